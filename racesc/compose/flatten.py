"""Chains in chains, opened where composites are named, as one list of steps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from racesc.compose.terms import LIMITS, MOST_STEPS, REWARDS, Flat
from racesc.errors.composition import TooLarge, WrongArity
from racesc.resolve import Scope
from racesc.source import Span
from racesc.syntax import BaseDeclaration, Block, Chain, Expression, Operation, Use

if TYPE_CHECKING:
    from racesc.compose.judge import Judge


def flatten(judge: Judge, flats: list[Flat]) -> list[Flat] | None:
    """The steps of chains in chains, opened where composites are named; None (and
    a report) where there are too many or a name is not known."""
    result: list[Flat] = []
    # A stack instead of recursion: aliases of aliases may be deep.
    waiting = [(flat, 0) for flat in reversed(flats)]
    failed = False
    while waiting:
        flat, depth = waiting.pop()
        opened = open_step(judge, flat)
        if opened is None:
            failed = True
        elif len(opened) == 1 and opened[0] is flat:
            result.append(flat)
        else:
            if depth > 200:
                judge.add(
                    TooLarge("this composite is nested too deeply", flat.span, LIMITS)
                )
                return None
            waiting += [(inner, depth + 1) for inner in reversed(opened)]
        if len(result) + len(waiting) > MOST_STEPS:
            judge.add(
                TooLarge(
                    f"this composite has more than {MOST_STEPS} steps",
                    flats[0].span,
                    LIMITS,
                )
            )
            return None
    return None if failed or not result else result


def open_step(judge: Judge, flat: Flat) -> list[Flat] | None:
    """One level of a step opened; the step itself where it is not a chain."""
    expression = flat.expression
    if isinstance(expression, Chain):
        return spread(judge, flat, expression.steps, flat.scope, flat.site)
    if isinstance(expression, Operation):
        if expression.operator == "SEQUENTIAL" and expression.fed is None:
            if not expression.parts:
                judge.add(
                    WrongArity(
                        "SEQUENTIAL has no steps",
                        flat.span,
                        "needs at least one step",
                    )
                )
                return None
            if judge.options(expression.options, REWARDS) is None:
                return None
            return spread(judge, flat, expression.parts, flat.scope, flat.site)
        return [flat]
    if not isinstance(expression, Use):
        return [flat]
    meant = flat.scope.environment(expression.name)
    if meant is None:
        return [flat]  # said where it is typed, like all that is wrong with a step
    owner, declared = meant
    if isinstance(declared, BaseDeclaration):
        return [flat]
    if judge.broken(owner, declared.name.text):
        return [flat]
    if judge.ascription(owner, declared.name.text) is not None:
        return [flat]
    if isinstance(declared.value, Block):
        return [flat]
    inner = Flat(
        declared.value,
        owner,
        flat.site or expression.name_span,
        expression.policy or flat.policy,
        (*flat.extra, *(expression.arguments or ())),
        locals=False if not (expression.arguments or flat.extra) else flat.locals,
        alias=flat.alias or expression.name,
    )
    return [inner]


def spread(
    judge: Judge,
    flat: Flat,
    parts: tuple[Expression, ...],
    scope: Scope,
    site: Span | None,
) -> list[Flat]:
    """Parts as steps: arguments go to the first, a policy to the last."""
    steps = [Flat(part, scope, site, locals=flat.locals) for part in parts]
    if flat.extra:
        steps[0] = replace(steps[0], extra=flat.extra)
    if flat.policy:
        steps[-1] = replace(steps[-1], policy=flat.policy)
    steps[-1] = replace(steps[-1], alias=flat.alias)
    return steps


def free_parameters(judge: Judge, head: Flat) -> list[str] | None:
    """The head's parameters that are not given where it stands."""
    expression = head.expression
    if not isinstance(expression, Use):
        return None
    meant = head.scope.environment(expression.name)
    if meant is None:
        return None
    declared = meant[1]
    if declared.parameters is None:
        return []
    names = [p.name.text for p in declared.parameters]
    given = (*head.extra, *(expression.arguments or ()))
    taken = {a.name for a in given if a.name is not None}
    positional = sum(1 for a in given if a.name is None)
    return [n for n in names[positional:] if n not in taken]
