"""An operator as one step: its rule is looked up, and what it is fed is found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from racesc.compose.terms import Flat, Incoming, Locals, Typed
from racesc.errors.composition import InvalidOption, WrongArity
from racesc.errors.names import UnknownName
from racesc.intervals import ground
from racesc.resolve import near
from racesc.runtime.bounds import Atom
from racesc.runtime.types import List
from racesc.syntax import Name, Operation

if TYPE_CHECKING:
    from racesc.compose.judge import Judge


def operation_of(
    judge: Judge,
    flat: Flat,
    operation: Operation,
    incoming: Incoming | None,
    locals_: Locals,
) -> Typed | None:
    """An operator, typed by its own rule; None where a mistake was reported."""
    from racesc.operators import RULES

    operator = operation.operator
    rule = RULES.get(operator)
    if rule is None:
        similar = near(operator, RULES, judge.report)
        hint = "" if similar else f"the operators are {', '.join(RULES)}"
        place = operation.operator_span
        judge.add(UnknownName("operator", operator, place, similar, hint))
        return None
    if flat.policy is not None:
        problem = f"{operator} takes no policy"
        help = "write the policy after the environment that has many answers"
        judge.add(InvalidOption(problem, flat.span, help))
        return None
    if flat.extra:
        problem = f"{operator} takes no arguments here"
        judge.add(WrongArity(problem, flat.span, "given arguments"))
        return None
    if operation.fed is not None:
        incoming = _operand(judge, flat, operation, locals_)
        if incoming is None:
            return None
    if incoming is not None:
        # The parts are judged on their own, where the names here mean nothing.
        known = ground(incoming.type, locals_.context)
        incoming = replace(incoming, type=known, exact=incoming.type, name=None)
    typed: Typed | None = rule(judge, flat, operation, incoming)
    return typed


def _operand(
    judge: Judge, flat: Flat, operation: Operation, locals_: Locals
) -> Incoming | None:
    """What `MAP(e)(xs)` is fed in a block."""
    assert operation.fed is not None
    operator = operation.operator
    name = operation.fed[0].value if len(operation.fed) == 1 else None
    if not isinstance(name, Name):
        problem = f"{operator} is fed one earlier result"
        help = f"write `{operator}(…)(name)`"
        judge.add(WrongArity(problem, flat.span, "here", help))
        return None
    known = locals_.context.get(name.text)
    if known is None:
        similar = near(name.text, locals_.context, judge.report)
        judge.add(UnknownName("earlier result", name.text, name.span, similar))
        return None
    locals_.used.add(name.text)
    if isinstance(known, List):
        known = replace(known, length=(Atom("len", name.text),) * 2)
    return Incoming(
        known,
        f"`{name.text}`",
        locals_.spans.get(name.text),
        locals_.sources[name.text],
        named=True,
    )
