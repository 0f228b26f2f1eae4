"""What SORT and SELECT ask of their steps when a composite is typed; at run time they are
an ``Ordering``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from racesc.operators.ordering import Ordering
from racesc.operators.step import Source, Step, as_step
from racesc.runtime.node import Node

if TYPE_CHECKING:
    from racesc.compose import Flat, Incoming, Judge, Typed
    from racesc.syntax import Operation

MOST_STEPS = 6


def sortable(
    judge: Judge, flat: Flat, operation: Operation, incoming: Incoming | None
) -> list[Typed] | None:
    """The steps that SORT or SELECT shuffles, typed; reports `not-sortable` where they
    are fewer than two, where one has many answers or is a block, and where the first
    takes nothing."""
    from racesc.errors.composition import NotSortable

    flats = _steps(judge, flat, operation)
    if flats is None:
        return None
    typed = judge.typed_steps(flats, incoming, relational=True)
    if typed is None:
        return None
    for place, one in zip(flats, typed, strict=True):
        if one.relational:
            problem = f"`{one.name}` has many right answers"
            label = "its result is not determined"
            help = f"`{one.name} as canonical` accepts only the solver's answer"
            judge.add(NotSortable(operation.operator, problem, place.span, label, help))
            return None
    if incoming is None and not typed[0].node.ports:
        problem = f"`{typed[0].name}` takes nothing, so there is no value to start from"
        help = "start with an environment that has a parameter"
        start = flats[0].span
        judge.add(
            NotSortable(operation.operator, problem, start, "takes nothing", help)
        )
        return None
    return typed


def _steps(judge: Judge, flat: Flat, operation: Operation) -> list[Flat] | None:
    """The steps to be shuffled, before they are typed; reports what keeps any steps
    like these from being put in order."""
    from racesc.compose import Flat as FlatStep
    from racesc.compose import is_block
    from racesc.errors.composition import NotSortable, TooLarge

    operator = operation.operator
    if judge.whole:
        problem = (
            "it shows one final result, and what it starts from is not one value here"
        )
        label = "inside MAP, ITERATE or FOLD, or behind `as model`"
        help = "shuffle the steps around it instead"
        judge.add(NotSortable(operator, problem, flat.span, label, help))
        return None
    parts = [FlatStep(part, flat.scope, flat.site) for part in operation.parts]
    flats = judge.flatten(parts) if parts else []
    if flats is None:
        return None
    for step in flats:
        if is_block(step):
            problem = "a block's steps have names, so their order is known"
            help = "shuffle a chain: `a >> b >> c`"
            judge.add(NotSortable(operator, problem, step.span, "a block", help))
            return None
    if len(flats) < 2:
        place, label = flat.span, "no steps"
        if flats:
            place, label = flats[0].span, "a single step"
        problem = "an order needs at least two steps"
        help = f"name a chain: `{operator}(a >> b)`"
        judge.add(NotSortable(operator, problem, place, label, help))
        return None
    if len(flats) > MOST_STEPS:
        problem = f"{operator} shuffles at most {MOST_STEPS} steps, and these are {len(flats)}"
        why = "all orders of the steps are tried for every problem"
        judge.add(TooLarge(problem, flat.span, why))
        return None
    return flats


def shuffled(step: Typed) -> Step:
    """A typed step as an operation on "the current value"."""
    return shuffled_step(step.node.consumed(), step.feeds)


def shuffled_step(node: Node, feeds: Mapping[str, Source]) -> Step:
    """The same from a node, as it is where its value is used onwards."""
    if not feeds:
        return as_step(node)
    return Step(
        node, {name: Source(0, part=source.part) for name, source in feeds.items()}
    )


def ordered(
    flat: Flat, operation: Operation, steps: list[Typed], node: Ordering, text: str
) -> Typed:
    """The typed result of SORT or SELECT."""
    from racesc.compose import Typed

    return Typed(
        node,
        node.codomain,
        steps[0].parameters[:1] if not steps[0].feeds else (),
        text,
        flat.span,
        operation.operator,
        feeds=steps[0].feeds,
        bases=sum(step.bases for step in steps),
    )
