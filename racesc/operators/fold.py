"""FOLD: one operation that takes the items of a list into a running value.

The model answers the last running value.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from racesc.operators.sequential import Sequential
from racesc.operators.step import Source, Step, drawn_list
from racesc.runtime.base import (
    ContractError,
    Outgrown,
    Parameter,
    Undefined,
    brief,
)
from racesc.runtime.choice import Rng
from racesc.runtime.instances import instances
from racesc.runtime.limits import Limits
from racesc.runtime.member import capped, shape
from racesc.runtime.node import Node, Record, indent, join
from racesc.runtime.sampling import draw
from racesc.runtime.single import Single
from racesc.runtime.text import decode, encode, noun, show
from racesc.runtime.types import List, Range, Type

PORT = "items"


@dataclass(frozen=True)
class Fold(Single):
    """The first free parameter of ``step`` takes the running value, which begins with
    ``start``, or where that is None with the first item; the second takes the items, or
    the others, in turn. What else it needs is drawn once. ``length`` bounds the list
    where it is drawn; ``item`` is the type of its items where it is drawn, or fed
    and may be empty. An instance that would outgrow at level 0 `takes` only so many
    items, and its words say so."""

    step: Node
    start: Any = None
    length: Range = (1, 8)
    item: Type | None = None

    @cached_property
    def node(self) -> Node:
        """The operation, which has one answer."""
        if isinstance(self.step, Sequential):
            return replace(self.step, opaque=True)
        return self.step

    @cached_property
    def _running(self) -> Parameter:
        return self.node.ports[0]

    @cached_property
    def _item(self) -> Parameter:
        return self.node.ports[1]

    @cached_property
    def _feeds(self) -> tuple[str, str]:
        return self._running.name, self._item.name

    @cached_property
    def ports(self) -> tuple[Parameter, ...]:
        return (Parameter(PORT, List(self._item.type, self.length)),)

    @cached_property
    def codomain(self) -> Type:
        return shape(self.node.codomain)

    # ── drawing and running ──

    def draw(self, rng: Rng, path: str, level: int, fed: Mapping[str, Any]) -> Record:
        known = fed or self.drawn(rng, path, level)
        items = known[PORT]
        if self.start is None and not items:
            raise ContractError("FOLD: an empty list has no first item")
        begin, rest = self._parted(items)
        failure: Exception | None = None
        # What is drawn with one item in hand must suit the others.
        for item in rest:
            given = {self._running.name: begin, self._item.name: item}
            pattern = self.node.draw(rng, path, level, given)
            try:
                return self._record(items, pattern, cut=level == 0)
            except Outgrown:
                raise
            except Undefined as error:
                failure = error
        if rest:
            raise ContractError(f"FOLD: it cannot be run on {brief(items)}: {failure}")
        # Nothing happens, but the words say what would.
        if self.start is None:
            item = begin
        else:
            source = rng.at(join(path, "item"))
            kind = capped(self.item or self._item.type)  # it may be open
            item = draw(kind, source, level, {})
        given = {self._running.name: begin, self._item.name: item}
        return self._record(items, self.node.draw(rng, path, level, given))

    def _parted(self, items: list[Any]) -> tuple[Any, list[Any]]:
        """What the running value begins as, and the items that are taken into it."""
        return (items[0], items[1:]) if self.start is None else (self.start, items)

    def drawn(self, rng: Rng, path: str, level: int) -> Mapping[str, Any]:
        each = Step(self.node, {self._item.name: Source(0)})
        return {PORT: drawn_list(each, self.item, self.length, rng, path, level)}

    def _record(
        self,
        items: list[Any],
        pattern: Record,
        takes: int | None = None,
        cut: bool = False,
    ) -> Record:
        """All items taken in, or the first so many; with ``cut`` only those before one
        that would outgrow."""
        if self.start is None and not items:
            raise Undefined("FOLD: an empty list has no first item")
        value, rest = self._parted(items)
        for done, item in enumerate(rest[:takes]):
            given = {self._running.name: value, self._item.name: item}
            try:
                value = self.node.again(pattern, given).value
            except Outgrown:
                if not cut or not done:
                    raise
                takes = done
                break
        notes = {} if takes is None else {"takes": takes}
        return Record({PORT: items}, value, value, (pattern,), notes)

    def again(self, record: Record, fed: Mapping[str, Any]) -> Record:
        items = {**record.inputs, **fed}[PORT]
        return self._record(items, record.parts[0], record.notes.get("takes"))

    def adapt(self, shapes: Mapping[str, Type]) -> Fold | None:
        kind = shapes.get(PORT, shape(self.ports[0].type))
        if not isinstance(kind, List):
            return None
        running = kind.item if self.start is None else shape(self._running.type)
        node = self.node.adapt(
            {self._running.name: running, self._item.name: kind.item}
        )
        if node is None or shape(node.codomain) != running:
            return None
        return replace(self, step=node)

    def consumed(self) -> Fold:
        return replace(self, step=self.node.consumed())

    # ── words ──

    def wording(self, record: Record, names: Mapping[str, str], label: str) -> str:
        what, item = noun(self._running.type), noun(self._item.type)
        items = List(self._item.type)
        reads = names.get(PORT) or show(record.inputs[PORT], items)
        inner = {
            self._running.name: f"the running {what}",
            self._item.name: f"this {item}",
        }
        task = self.node.wording(record.parts[0], inner, label)
        takes = record.notes.get("takes")
        each = f"each {item}"
        if takes is not None:
            first = "" if self.start is None else "first "
            each = f"each of the {first}{takes} {item}s"
            if takes == 1:
                each = f"the {first}{item}"
        if self.start is None:
            begin = f"the first {item} in {reads}. Do this for {each} after it"
        else:
            shown = show(self.start, self._running.type)
            begin = f"{shown}. Do this for {each} in {reads}"
        return (
            f"Keep a running {what}, which begins as {begin}, from left to right, each"
            f" time taking the result as the new running {what}:\n  {indent(task)}\n"
            f"Give the last running {what}."
        )

    # ── as data ──

    def given(self, record: Record, fed: Collection[str]) -> dict[str, Any]:
        out = {}
        if PORT not in fed:
            out[PORT] = encode(record.inputs[PORT], List(self._item.type))
        out.update(self.node.given(record.parts[0], self._feeds))
        return out

    def encode(self, record: Record, fed: Collection[str]) -> Any:
        data = {
            "pattern": self.node.encode(record.parts[0], ()),
            "out": encode(record.value, self.codomain),
        }
        if PORT not in fed:
            data["in"] = encode(record.inputs[PORT], List(self._item.type))
        return {**data, **record.notes}

    def decode(self, data: Any, fed: Mapping[str, Any]) -> Record:
        items = fed[PORT] if PORT in fed else decode(data["in"], List(self._item.type))
        pattern = self.node.decode(data["pattern"], {})
        value = decode(data["out"], self.codomain)
        notes = {"takes": data["takes"]} if "takes" in data else {}
        return Record({PORT: items}, value, value, (pattern,), notes)

    def instances(self, fed: Collection[str], cap: int) -> int:
        total = self.node.instances(self._feeds, cap)
        if PORT not in fed:
            total *= instances(self.ports[0].type, Limits(10), cap)
        return min(cap, total)


# ── compile time: everything above is carried into emitted packages ──

if TYPE_CHECKING:
    from racesc.compose import Flat, Incoming, Judge, Typed
    from racesc.syntax import Operation


MOST_ROUNDS = 64


def folded(
    begun: Type,
    length: Range,
    spared: int,
    run: Callable[[Type], Type | None],
    drawn: Callable[[Type], object],
) -> Type | None:
    """The type of what a list of some length is folded into, where ``run`` says what
    one round makes of a running value's type, which begins as ``begun``; ``spared``
    items are taken into nothing. None where a round refuses, or what it gives can
    never be fed to the next, or grows with every item and there may be too many.
    ``drawn`` is as for ``repeated``.
    """
    from racesc.subsume import within
    from racesc.unify import join as hull

    # How often at most the operation is run; None: there is no saying.
    rounds = max(1, length[1] - spared) if isinstance(length[1], int) else None
    runs = isinstance(length[0], int) and length[0] > spared
    running, first = begun, None
    for turn in range(min(rounds or MOST_ROUNDS, MOST_ROUNDS)):
        value = run(running)
        if value is None:
            return None
        last = rounds is not None and turn == rounds - 1
        wider = hull(running, value)
        if turn == 0:
            first = drawn(running)
        closed = within(value, running, {})
        if last and not closed and turn and drawn(running) != first:
            return None
        if closed or last and (wider or runs):
            return value if runs else hull(begun, value) or value
        if wider is None:
            return None
        running = wider
    return None


def rule(
    judge: Judge, flat: Flat, operation: Operation, incoming: Incoming | None
) -> Typed | None:
    """FOLD: `e : (acc: A, x: B) -> A'`, `A' <= A`, `z : A` give
    `List[B] |- FOLD(e, from: z) : A`. Without `from` the first item is where it
    begins: `B <= A` and the list is not empty.

    Where A' does not lie inside A, the running value is judged on the hull of what as
    many rounds as the list is long can make of it, as in ITERATE.
    """
    from racesc.compose import LITERAL, Typed, unfed
    from racesc.compose.draws import Draws, draws, growing
    from racesc.drawing import finite
    from racesc.errors.composition import (
        DomainMismatch,
        ParameterMayNotFit,
        PartMismatch,
        RefinementViolation,
    )
    from racesc.errors.declarations import UnboundedSample
    from racesc.literals import fit
    from racesc.runtime.types import Tuple
    from racesc.show_types import type_text
    from racesc.singleton import type_of
    from racesc.unify import UNKNOWN, variables
    from racesc.unify import join as hull

    options = judge.options(operation.options, {"from": LITERAL})
    if not judge.arity(flat, operation, 1) or options is None:
        return None
    part = operation.parts[0]
    ports = judge.ports(part, flat)
    if ports is None:
        return None
    if len(ports) < 2:
        judge.add(
            PartMismatch(
                f"`{part_name(operation)}` cannot be folded with",
                operation.parts[0].span,
                f"has {len(ports)} free parameter{'' if len(ports) == 1 else 's'}",
                flat.span,
                "feeds it a running value and an item",
            )
        )
        return None
    # So many items are taken into nothing.
    spared = 0 if "from" in options else 1
    length: Range = (1 + spared, 8)
    if incoming is None:
        item: Type = ports[1]
    elif isinstance(incoming.type, List):
        item, length = incoming.type.item, incoming.type.length
    elif incoming.type == UNKNOWN:
        item, length = UNKNOWN, (1 + spared, 1 + spared)
    else:
        judge.add(
            DomainMismatch(
                incoming.giver,
                type_text(incoming.type),
                "FOLD",
                "List",
                flat.span,
                incoming.span,
                named=incoming.named,
            )
        )
        return None
    if incoming is None and (variables(item) or not finite(item, {})):
        shown = type_text(List(item, length))
        judge.add(UnboundedSample("FOLD", PORT, shown, flat.span))
        return None
    start, begun = None, item
    if "from" in options:
        start = fit(options["from"], ports[0])
        known = type_of(start, ports[0])
        if known is None:
            judge.add(
                ParameterMayNotFit(
                    "FOLD cannot start from this value",
                    flat.span,
                    f"takes `{type_text(ports[0])}`",
                )
            )
            return None
        begun = known
    elif incoming is not None and length[0] == 0:
        judge.add(
            RefinementViolation(
                incoming.giver,
                type_text(incoming.type),
                "FOLD",
                f"List[{type_text(item)}] len 1..",
                flat.span,
                incoming.span,
                "[]",
                starts(judge, flat, operation, incoming),
                named=incoming.named,
            )
        )
        return None
    running: Type = begun
    typed: Typed | None = None

    def run(type_: Type) -> Type | None:
        nonlocal running, typed
        giver = incoming if typed is None else None
        running = type_
        pair = Tuple((running, item))
        with judge.many_values():
            typed = judge.fed(part, flat, pair, "the round before", giver)
        if typed is not None and len(typed.feeds) < 2:
            judge.add(
                PartMismatch(
                    f"FOLD feeds `{typed.name}` a running value and an item, not a pair",
                    typed.span,
                    f"takes `{type_text(pair)}` whole",
                )
            )
            typed = None
        return None if typed is None else typed.value

    def drawn_types(_: Type) -> Draws:
        assert typed is not None
        return draws(typed.node, typed.feeds)

    value = folded(begun, length, spared, run, drawn_types)
    if typed is None:
        return None
    if value is None:
        shown = f"takes `{type_text(running)}` and returns `{type_text(typed.value)}`"
        most = length[1]
        if hull(running, typed.value) is None:
            judge.add(
                PartMismatch(
                    f"FOLD feeds `{typed.name}` its own result, which it cannot take",
                    typed.span,
                    shown,
                )
            )
        elif isinstance(most, int) and most - spared <= MOST_ROUNDS:
            judge.add(growing("FOLD", typed, shown))
        else:
            judge.add(
                ParameterMayNotFit(
                    "the running value of FOLD grows with every item, and there may be "
                    f"more than {MOST_ROUNDS}",
                    typed.span,
                    shown,
                    None if incoming is None else incoming.span,
                    "" if incoming is None else f"returns `{type_text(incoming.type)}`",
                )
            )
        return None
    if not judge.one_answer(typed, flat):
        return None
    begins = "" if start is None else f", from: {show(start, begun)}"
    node = Fold(
        unfed(typed.node),
        start,
        length if incoming is None else (1, 8),
        item if incoming is None or length[0] == 0 else None,
    )
    return Typed(
        node,
        value,
        (Parameter(PORT, List(item, length)),) if incoming is None else (),
        f"FOLD({typed.text}{begins})",
        flat.span,
        "FOLD",
        feeds={} if incoming is None else {PORT: incoming.source},
        bases=typed.bases,
    )


def starts(
    judge: Judge, flat: Flat, operation: Operation, incoming: Incoming
) -> tuple[str, ...]:
    """A help line with something that such a FOLD could start from, where there is."""
    from racesc.format import format_literal
    from racesc.syntax import Literal, Option, SequenceLiteral

    if judge.speculating:
        return ()
    empty = SequenceLiteral("list", ())
    for value in (Literal(0), Literal(1), Literal(""), Literal(False), empty):
        option = Option("from", value)
        begun = replace(operation, options=(*operation.options, option))
        with judge.speculation() as aside:
            typed = rule(judge, flat, begun, incoming)
        if typed is not None and not aside.has_errors:
            shown = format_literal(value)
            return (f"say what an empty list gives: `FOLD(…, from: {shown})`",)
    return ()


def part_name(operation: Operation) -> str:
    """The part of a FOLD in words."""
    name = getattr(operation.parts[0], "name", "")
    return name or "its part"
