"""Blocks: steps that may use any earlier result by its name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from racesc.compose.flatten import flatten
from racesc.compose.terms import (
    LIMITS,
    MOST_STEPS,
    NO_LOCALS,
    REWARDS,
    Flat,
    Incoming,
    Locals,
    Typed,
)
from racesc.errors.composition import (
    AmbiguousPort,
    RelationalStep,
    TooLarge,
    WrongArity,
)
from racesc.errors.declarations import UnusedParameter
from racesc.errors.names import DuplicateName, UnknownName
from racesc.intervals import ground
from racesc.runtime.base import Parameter
from racesc.runtime.types import Type
from racesc.show_types import type_text
from racesc.source import Span
from racesc.syntax import Block, Chain, Expression, Operation, Statement, Use
from racesc.unify import UNKNOWN

if TYPE_CHECKING:
    from racesc.compose.judge import Judge


def block_of(
    judge: Judge,
    flat: Flat,
    block: Block,
    parameters: Locals | None,
    incoming: Incoming | None,
    outer: Locals,
) -> Typed | None:
    """A block: its statements in order, each seeing the earlier names."""
    from racesc.operators.sequential import Sequential
    from racesc.operators.step import Source, Step

    if incoming is not None:
        judge.add(
            AmbiguousPort(
                "a block does not say where the previous result goes",
                flat.span,
                "receives a result",
                "declare it as an environment with parameters: `env f(x: T) = "
                "SEQUENTIAL { … }`",
                incoming.span,
                f"returns `{type_text(incoming.type)}`",
            )
        )
        return None
    if not block.statements:
        judge.add(WrongArity("this block has no steps", flat.span))
        return None
    if len(block.statements) > MOST_STEPS:
        judge.add(
            TooLarge(f"this block has more than {MOST_STEPS} steps", flat.span, LIMITS)
        )
        return None
    start = parameters or NO_LOCALS
    context: dict[str, Type] = dict(start.context)
    sources: dict[str, Any] = dict(start.sources)
    spans: dict[str, Span] = dict(start.spans)
    used: set[str] = set()
    typed: list[tuple[Statement, Typed]] = []
    failed = False
    for place, statement in enumerate(block.statements):
        reach = Locals(context, sources, spans, used)
        here = statement_of(judge, flat, statement, reach)
        if statement.name is not None and statement.name.text in context:
            judge.add(
                DuplicateName(
                    "step",
                    statement.name.text,
                    statement.name.span,
                    spans.get(statement.name.text),
                )
            )
            failed = True
        failed = failed or here is None
        if here is not None:
            typed.append((statement, here))
        if statement.name is not None:
            name = statement.name.text
            context = {**context, name: UNKNOWN if here is None else here.value}
            sources = {**sources, name: Source(place)}
            spans = {**spans, name: statement.name.span}
    if failed:
        return None
    for statement, here in typed:
        named = statement.name.text if statement.name else None
        if here.relational and here.policy is None and named in used:
            legal = ("model", "canonical") if here.bases == 1 else ("canonical",)
            judge.add(RelationalStep(here.name, here.span, None, legal))
            failed = True
    if not flat.site:
        for name in start.context:
            if name not in used:
                judge.add(
                    UnusedParameter(name, start.spans.get(name, flat.span), None, True)
                )
                failed = True
    if failed:
        return None
    rewards = judge.options(block.options, REWARDS)
    if rewards is None:
        return None
    last = typed[-1][1]
    names = tuple(s.name.text if s.name else "" for s, _ in typed)
    steps = tuple(
        Step(
            here.node.consumed() if names[i] and names[i] in used else here.node,
            dict(here.feeds),
        )
        for i, (_, here) in enumerate(typed)
    )
    node = Sequential(steps, reward=rewards.get("reward", "prefix"), names=names)
    value = ground(
        last.value,
        context,
        frozenset(start.context),
    )
    inner = "; ".join(
        f"{name} = {here.text}" if name else here.text
        for name, (_, here) in zip(names, typed, strict=True)
    )
    return Typed(
        node,
        value,
        tuple(Parameter(n, t) for n, t in start.context.items()),
        f"SEQUENTIAL {{ {inner} }}",
        flat.span,
        "SEQUENTIAL",
        relational=last.relational,
        steps=tuple(here for _, here in typed),
        bases=sum(here.bases for _, here in typed),
        chooses=any(here.policy == "model" for _, here in typed[:-1])
        or any(here.chooses for _, here in typed),
        policy=last.policy,
    )


def statement_of(
    judge: Judge, flat: Flat, statement: Statement, reach: Locals
) -> Typed | None:
    inner = replace(flat, expression=statement.value, extra=(), policy=None)
    if _begins_with_a_result(judge, flat, statement.value, reach):
        return None
    steps = flatten(judge, [inner])
    if steps is None:
        return None
    typed = judge.steps(steps, None, reach)
    if typed is None:
        return None
    if len(typed) == 1:
        return typed[0]
    whole = judge.sequence(
        typed, judge.reward_of(statement.value, flat.scope) or "prefix"
    )
    # A chain in a block takes the block's names through its head's parameters.
    return lifted(judge, whole, reach)


def _begins_with_a_result(
    judge: Judge, flat: Flat, expression: Expression, reach: Locals
) -> bool:
    """Whether an earlier result stands where an environment should, as in `s >> sort`;
    reports that."""
    first = expression.steps[0] if isinstance(expression, Chain) else expression
    if not isinstance(first, Use) or first.name not in reach.context:
        return False
    if flat.scope.find(first.name, "environments"):
        return False
    hint = f"`{first.name}` is an earlier result: it is fed as an argument"
    if isinstance(expression, Chain):
        second = expression.steps[1]
        if isinstance(second, Use) and not second.arguments:
            hint += f", `{second.name}({first.name})`"
        elif isinstance(second, Operation):
            hint += f", `{second.operator}(…)({first.name})`"
    span = first.name_span
    judge.add(UnknownName("environment", first.name, span, hint=hint))
    return True


def lifted(judge: Judge, whole: Typed, reach: Locals) -> Typed:
    """A chain whose head is fed by names: the names become its parameters."""
    from racesc.operators.sequential import Sequential
    from racesc.operators.step import Source, Step

    node = whole.node
    assert isinstance(node, Sequential)
    outer: dict[str, Any] = {}
    steps = []
    for step in node.steps:
        feeds = {}
        for target, source in step.feeds.items():
            name = next(
                (
                    n
                    for n, s in reach.sources.items()
                    if s is source or (s == source and source.step is None)
                ),
                None,
            )
            if name is not None and any(source is s for s in reach.sources.values()):
                outer[name] = source
                feeds[target] = Source(None, name)
            else:
                feeds[target] = source
        steps.append(Step(step.node, feeds))
    parameters = tuple(
        Parameter(name, ground(reach.context[name], reach.context)) for name in outer
    )
    return replace(
        whole,
        node=replace(node, steps=tuple(steps), parameters=parameters),
        feeds=outer,
    )
