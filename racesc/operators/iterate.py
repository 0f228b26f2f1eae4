"""ITERATE: one operation several times over, each time on its own result.

The model answers the last result.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from racesc.operators.sequential import one_answer
from racesc.operators.step import (
    Step,
    consumed,
    drawn_value,
    incoming,
    incoming_names,
    incoming_type,
    incoming_value,
)
from racesc.runtime.base import ContractError, Outgrown, Parameter, Undefined
from racesc.runtime.choice import Rng
from racesc.runtime.member import shape
from racesc.runtime.node import Node, Record, indent, join
from racesc.runtime.sampling import draw
from racesc.runtime.single import Single
from racesc.runtime.text import decode, encode, noun, show
from racesc.runtime.types import Int, Type

REDRAWS = 32  # tries at an operation that can be repeated


@dataclass(frozen=True)
class Iterate(Single):
    """``step`` is carried out ``times`` times, or a drawn number of times within two
    ends; what else it needs is drawn once. ``port`` is the type from which the value is
    drawn, where the operation itself draws from what all rounds may feed it."""

    step: Step | Node
    times: int | tuple[int, int]
    port: Type | None = None

    @cached_property
    def each(self) -> Step:
        """The operation, with what it is fed."""
        return one_answer(self.step)

    @cached_property
    def ports(self) -> tuple[Parameter, ...]:
        return incoming(self.each)

    @cached_property
    def codomain(self) -> Type:
        return shape(self.each.node.codomain)

    # ── drawing and running ──

    def draw(self, rng: Rng, path: str, level: int, fed: Mapping[str, Any]) -> Record:
        if isinstance(self.times, int):
            times = self.times
        else:
            source = rng.at(join(path, "times"))
            times = draw(Int(*self.times), source, level, {})
        if self.port is not None and not all(port.name in fed for port in self.ports):
            fed = self.drawn(rng, path, level)
        failure: Exception | None = None
        for attempt in range(REDRAWS):
            source = rng.at(f"{path} try {attempt}") if attempt else rng
            first = self.each.node.draw(source, path, level, fed)
            try:
                return self._record(first, times, cut=level == 0)
            except Outgrown:
                raise
            except Undefined as error:
                failure = error
        raise ContractError(f"ITERATE: it cannot be done {times} times: {failure}")

    def drawn(self, rng: Rng, path: str, level: int) -> Mapping[str, Any]:
        value = drawn_value(self.each, self.port, rng, join(path, "in"), level)
        return self.each.fed([value])

    def _record(self, first: Record, times: int, cut: bool = False) -> Record:
        """All rounds; with ``cut`` only those before one that would outgrow."""
        here = first
        for done in range(1, times):
            try:
                here = self.each.node.again(first, self.each.fed([here.value]))
            except Outgrown:
                if not cut:
                    raise
                times = done
                break
        notes = {"times": times}
        return Record(first.inputs, here.value, here.value, (first,), notes)

    def again(self, record: Record, fed: Mapping[str, Any]) -> Record:
        first = self.each.node.again(record.parts[0], fed)
        return self._record(first, record.notes["times"])

    def adapt(self, shapes: Mapping[str, Type]) -> Iterate | None:
        node = self.each.node.adapt(shapes)
        if node is None or shape(node.codomain) != shape(
            incoming_type(Step(node, self.each.feeds))
        ):
            return None
        return replace(self, step=Step(node, self.each.feeds))

    def consumed(self) -> Iterate:
        return replace(self, step=consumed(self.each))

    # ── words ──

    def wording(self, record: Record, names: Mapping[str, str], label: str) -> str:
        kind = incoming_type(self.each)
        first, times = record.parts[0], record.notes["times"]
        start = [names.get(port.name, "") for port in self.ports]
        if not all(start):
            reads = show(incoming_value(self.each, first.inputs), kind)
        else:
            reads = " and ".join(start)
        what = f"the current {noun(kind)}"
        inner = incoming_names(self.each, what)
        task = self.each.node.wording(first, inner, label)
        often = "once" if times == 1 else f"{times} times in a row"
        return (
            f"Begin with {reads} and do this {often}, each time taking the result as"
            f" {what.replace('current', 'new current')}:\n  {indent(task)}\n"
            "Give the last result."
        )

    # ── as data ──

    def given(self, record: Record, fed: Collection[str]) -> dict[str, Any]:
        out = self.each.node.given(record.parts[0], fed)
        if not isinstance(self.times, int):
            out["times"] = record.notes["times"]
        return out

    def encode(self, record: Record, fed: Collection[str]) -> Any:
        return {
            "times": record.notes["times"],
            "first": self.each.node.encode(record.parts[0], fed),
            "out": encode(record.value, self.codomain),
        }

    def decode(self, data: Any, fed: Mapping[str, Any]) -> Record:
        first = self.each.node.decode(data["first"], fed)
        value = decode(data["out"], self.codomain)
        notes = {"times": data["times"]}
        return Record(first.inputs, value, value, (first,), notes)

    def instances(self, fed: Collection[str], cap: int) -> int:
        return self.each.node.instances(fed, cap)


# ── compile time: everything above is carried into emitted packages ──

if TYPE_CHECKING:
    from racesc.compose import Flat, Incoming, Judge, Typed
    from racesc.syntax import Operation


MOST_TIMES = 20


def repeated(
    start: Type,
    times: int,
    run: Callable[[Type], Type | None],
    drawn: Callable[[Type], object],
) -> Type | None:
    """The type of what so many rounds give, where ``run`` says what one round makes of
    a type; None where a round refuses, or what it gives can never be fed to the next.

    Where a round gives more than it was fed, the next is judged on the hull of both, so
    every value that is fed lies in what ``run`` was last asked about. What a round
    draws is drawn once for all rounds, in the types that ``drawn`` gives for the widest
    hull. Where they are not those of the first round, already that one may give what
    was reckoned for the last: then it has to lie in what the rounds are fed.
    """
    from racesc.subsume import within
    from racesc.unify import join as hull

    fed, begun = start, None
    for turn in range(times):
        value = run(fed)
        if value is None or times == 1 or within(value, fed, {}):
            return value
        if turn == 0:
            begun = drawn(fed)
        if turn == times - 1:
            return value if drawn(fed) == begun else None
        wider = hull(fed, value)
        if wider is None:
            return None
        fed = wider
    return None


def rounds_that_fit(
    start: Type, times: int, run: Callable[[Type], Type | None]
) -> tuple[int, str]:
    """After how many rounds every value of the type that follows is too large to be
    written, and in which way; ``times`` where that does not come.

    The hull on which ``repeated`` judges the rounds also holds what came before, so the
    rounds are followed one by one.
    """
    from racesc.least_size import never_fits
    from racesc.runtime.types import Bool, Labels, Rat

    here = start
    if isinstance(here, (Int, Rat, Bool, Labels)):
        return times, ""  # one of these can always be written
    for turn in range(times):
        there = run(here)
        if there is None or there == here:
            break
        why = never_fits(there)
        if why:
            return turn, why
        here = there
    return times, ""


def rule(
    judge: Judge, flat: Flat, operation: Operation, incoming: Incoming | None
) -> Typed | None:
    """ITERATE: `t |- o : t'`, `t' <= t`, n in 1..m give
    `t |- ITERATE(o, times: n) : t'`.

    Where t' does not lie inside t, the operation is judged on the hull of what n
    rounds can feed it: `s = t`, then `s = join(s, t')`, at most n - 1 times. So every
    value that is fed lies in s, and the rule holds for s. The result of round n need
    not lie in s, unless what is drawn has a type that grew with s.
    """
    from racesc.compose import Typed
    from racesc.compose.draws import Draws, draws, growing
    from racesc.errors.composition import InvalidOption, PartMismatch, TooLarge
    from racesc.runtime.brick import Brick
    from racesc.show_types import type_text
    from racesc.unify import join as hull

    options = judge.options(operation.options, {"times": range(1, MOST_TIMES + 1)})
    if not judge.arity(flat, operation, 1) or options is None:
        return None
    if "times" not in options:
        judge.add(
            InvalidOption(
                "ITERATE does not say how many times",
                flat.span,
                "write `ITERATE(e, times: 3)`",
            )
        )
        return None
    part, times = operation.parts[0], options["times"]
    start = judge.port(part, flat) if incoming is None else incoming.type
    if start is None:
        return None
    fed: Type = start
    drawn = incoming is None or incoming.drawn
    typed: Typed | None = None

    def run(type_: Type) -> Type | None:
        nonlocal fed, typed
        giver = incoming if typed is None else None
        fed = type_
        with judge.many_values():
            typed = judge.fed(part, flat, fed, "the round before", giver, drawn)
        return None if typed is None else typed.value

    def drawn_types(_: Type) -> Draws:
        assert typed is not None
        return draws(typed.node, typed.feeds)

    value = repeated(start, times, run, drawn_types)
    if typed is None:
        return None
    if value is None:
        label = f"takes `{type_text(fed)}` and returns `{type_text(typed.value)}`"
        if hull(fed, typed.value) is None:
            problem = (
                f"ITERATE feeds `{typed.name}` its own result, which it cannot take"
            )
            judge.add(PartMismatch(problem, typed.span, label))
        else:
            judge.add(growing("ITERATE", typed, label))
        return None
    if not judge.one_answer(typed, flat):
        return None

    def run_aside(type_: Type) -> Type | None:
        with judge.speculation() as aside, judge.many_values():
            typed = judge.fed(part, flat, type_, "the round before")
        return None if typed is None or aside.has_errors else typed.value

    fitting, why = rounds_that_fit(start, times, run_aside)
    if fitting < times:
        most = f"at most `times: {fitting}`" if fitting else "another part"
        judge.add(
            TooLarge(
                "what ITERATE returns is always too large to be written",
                flat.span,
                f"after round {fitting + 1} it {why}",
                f"write {most}, or feed it something shorter",
            )
        )
        return None
    # A base environment draws from its own type, which is where the rounds began.
    wider = fed is not start and not isinstance(typed.node, Brick)
    node = Iterate(typed.as_step(), times, start if drawn and wider else None)
    return Typed(
        node,
        typed.value,
        tuple(Parameter(p.name, start) for p in node.ports) if incoming is None else (),
        f"ITERATE({typed.text}, times: {times})",
        flat.span,
        "ITERATE",
        feeds={} if incoming is None else judge.onwards(typed, incoming),
        bases=typed.bases,
    )
