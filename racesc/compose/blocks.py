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
from racesc.show_types import type_text
from racesc.syntax import Block, Chain, Expression, Operation, Statement, Use
from racesc.unify import UNKNOWN

if TYPE_CHECKING:
    from racesc.compose.judge import Judge


def block_of(
    judge: Judge,
    flat: Flat,
    block: Block,
    incoming: Incoming | None,
    start: Locals = NO_LOCALS,
) -> Typed | None:
    """A block: its statements in order, each seeing the earlier names, and before them
    those it starts with, its parameters. None where a mistake was reported."""
    if not _may_stand(judge, flat, block, incoming):
        return None
    found = _statements(judge, flat, block, start)
    if found is None:
        return None
    typed, reach = found
    names = [s.name.text if s.name else "" for s in block.statements]
    if not _all_used(judge, flat, start, names, typed, reach.used):
        return None
    rewards = judge.options(block.options, REWARDS)
    if rewards is None:
        return None
    return _whole(flat, start, names, typed, reach, rewards.get("reward", "prefix"))


def _may_stand(
    judge: Judge, flat: Flat, block: Block, incoming: Incoming | None
) -> bool:
    """Whether a block may stand here, whatever its steps; reports where not."""
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
        return False
    if not block.statements:
        judge.add(WrongArity("this block has no steps", flat.span))
        return False
    if len(block.statements) > MOST_STEPS:
        problem = f"this block has more than {MOST_STEPS} steps"
        judge.add(TooLarge(problem, flat.span, LIMITS))
        return False
    return True


def _statements(
    judge: Judge, flat: Flat, block: Block, start: Locals
) -> tuple[list[Typed], Locals] | None:
    """The statements typed, and the names in reach behind the last one."""
    from racesc.operators.step import Source

    reach = replace(start, used=set(), ascribed=None)
    typed: list[Typed | None] = []
    failed = False
    for place, statement in enumerate(block.statements):
        here = statement_of(judge, flat, statement, reach)
        typed.append(here)
        if statement.name is None:
            continue
        name, span = statement.name.text, statement.name.span
        if name in reach.context:
            judge.add(DuplicateName("step", name, span, reach.spans.get(name)))
            failed = True
        reach = replace(
            reach,
            context={**reach.context, name: UNKNOWN if here is None else here.value},
            sources={**reach.sources, name: Source(place)},
            spans={**reach.spans, name: span},
        )
    sound = [here for here in typed if here is not None]
    return None if failed or len(sound) < len(typed) else (sound, reach)


def _all_used(
    judge: Judge,
    flat: Flat,
    start: Locals,
    names: list[str],
    typed: list[Typed],
    used: set[str],
) -> bool:
    """Whether every parameter is used, and no step with many answers without saying
    which of them; reports where not."""
    failed = False
    for name, here in zip(names, typed, strict=True):
        if here.relational and here.policy is None and name in used:
            legal = ("model", "canonical") if here.bases == 1 else ("canonical",)
            judge.add(RelationalStep(here.name, here.span, None, legal))
            failed = True
    for name in start.context if not flat.site else ():
        if name not in used:
            place = start.spans.get(name, flat.span)
            judge.add(UnusedParameter(name, place, None, True))
            failed = True
    return not failed


def _whole(
    flat: Flat,
    start: Locals,
    names: list[str],
    typed: list[Typed],
    reach: Locals,
    reward: str,
) -> Typed:
    """A block's typed statements as one composite."""
    from racesc.operators.sequential import Sequential
    from racesc.operators.step import Step

    last = typed[-1]
    named = list(zip(names, typed, strict=True))
    nodes = [
        here.node.consumed() if name and name in reach.used else here.node
        for name, here in named
    ]
    node = Sequential(
        tuple(Step(n, dict(t.feeds)) for n, t in zip(nodes, typed, strict=True)),
        reward=reward,
        names=tuple(names),
    )
    inner = "; ".join(
        f"{name} = {here.text}" if name else here.text for name, here in named
    )
    return Typed(
        node,
        ground(last.value, reach.context, frozenset(start.context)),
        tuple(Parameter(n, t) for n, t in start.context.items()),
        f"SEQUENTIAL {{ {inner} }}",
        flat.span,
        "SEQUENTIAL",
        relational=last.relational,
        steps=tuple(typed),
        bases=sum(here.bases for here in typed),
        chooses=any(here.policy == "model" for here in typed[:-1])
        or any(here.chooses for here in typed),
        policy=last.policy,
    )


def statement_of(
    judge: Judge, flat: Flat, statement: Statement, reach: Locals
) -> Typed | None:
    """A statement's value with the names in reach; None where a mistake was reported."""
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
