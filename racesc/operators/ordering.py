"""What SORT and SELECT share: operations shown out of order, which lead from a starting
value to a final result."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from math import factorial, perm
from typing import Any

from racesc.operators.step import (
    Step,
    incoming,
    incoming_names,
    incoming_type,
    incoming_value,
)
from racesc.runtime.base import Outgrown, Parameter, Undefined
from racesc.runtime.brick import Brick
from racesc.runtime.choice import Rng
from racesc.runtime.member import inside, resolve, same, shape
from racesc.runtime.node import REFUSED, Mark, Node, Record, indent, join, reference
from racesc.runtime.orders import Orders
from racesc.runtime.problem import right, wrong
from racesc.runtime.readers import readings
from racesc.runtime.takes import takes
from racesc.runtime.text import decode, encode, form, noun, show
from racesc.runtime.types import Int, List, Type

REDRAWS = 32  # tries at an instance with few right orders
EXAMPLES = 100  # tries at an order that is not right


class Ordering(Node):
    """What SORT and SELECT share: operations to be put in order.

    An instance's ``parts`` are the shown operations, in the order shown. Its ``notes``:
    `slots` (which operation each is), `own` (the places of the chain's own steps, in
    order), `start`, `final`, `right`, `running`, `ambiguity`, and `orders`, which is
    not part of the data.
    """

    canonical: bool

    @property
    @abstractmethod
    def _result(self) -> str:
        """The answer in words."""

    @property
    @abstractmethod
    def chain(self) -> tuple[Step, ...]:
        """The steps, in the order that was composed."""

    @property
    @abstractmethod
    def operations(self) -> tuple[Step, ...]:
        """The steps and everything that may be mixed in."""

    @abstractmethod
    def _extra(
        self, rng: Rng, path: str, level: int, value: Any
    ) -> list[tuple[int, Record]]:
        """Operations to mix in, each on the value behind the first step."""

    @abstractmethod
    def _task(self, count: int) -> str:
        """What is asked, of so many shown operations."""

    # ── types ──

    @cached_property
    def ports(self) -> tuple[Parameter, ...]:
        return incoming(self.chain[0])

    @property
    def _shown_count(self) -> int:
        return len(self.chain)

    @cached_property
    def codomain(self) -> Type:
        length = len(self.chain)
        return List(Int(1, self._shown_count), (length, length), distinct=True)

    @cached_property
    def _start_type(self) -> Type:
        return incoming_type(self.chain[0])

    @cached_property
    def _start(self) -> tuple[Type, str]:
        """The starting value's shape, also as text."""
        kind = shape(self._start_type)
        return kind, repr(kind)

    @cached_property
    def _final_type(self) -> Type:
        return self.chain[-1].node.codomain

    @cached_property
    def _shapes(self) -> list[Type]:
        return [shape(step.node.codomain) for step in self.chain]

    # ── drawing and running ──

    def draw(self, rng: Rng, path: str, level: int, fed: Mapping[str, Any]) -> Record:
        best: Record | None = None
        length = len(self.chain)
        total = perm(self._shown_count, length)
        for attempt in range(REDRAWS):
            source = rng.at(f"{path} try {attempt}") if attempt else rng
            try:
                record = self._draw_once(source, path, level, fed)
            except Outgrown:
                if best is None:
                    raise
                continue
            count = record.notes["right"]
            if best is None or count < best.notes["right"]:
                best = record
            if 3 * count <= total or factorial(length) * count <= total:
                break
            if attempt == 0 and length == self._shown_count:
                if not self.given(record, fed):
                    break  # nothing was drawn: the next try would be the same
        assert best is not None
        return self._answered(best)

    def drawn(self, rng: Rng, path: str, level: int) -> Mapping[str, Any]:
        return self.chain[0].node.drawn(rng, join(path, 1), level)

    def _draw_once(
        self, rng: Rng, path: str, level: int, fed: Mapping[str, Any]
    ) -> Record:
        records: list[tuple[int, Record]] = []
        values: list[Any] = []
        given: Mapping[str, Any] = fed
        for index, step in enumerate(self.chain):
            here = join(path, index + 1)
            record = step.node.draw(rng, here, level, given)
            records.append((index, record))
            values.append(record.value)
            if index + 1 < len(self.chain):
                given = self.chain[index + 1].fed_one(record.value)
        records += self._extra(rng, path, level, values[0])
        order = list(range(len(records)))
        rng.at(join(path, "order")).shuffle(order)
        slots = tuple(records[place][0] for place in order)
        shown = tuple(records[place][1] for place in order)
        start = incoming_value(self.chain[0], records[0][1].inputs)
        return self._record(slots, shown, start)

    def _record(
        self,
        slots: tuple[int, ...],
        shown: tuple[Record, ...],
        start: Any,
        counts: Mapping[str, Any] | None = None,
    ) -> Record:
        """An instance from its shown operations, with the chain's own order for an
        answer; ``counts`` where they are known."""
        own = tuple(slots.index(index) for index in range(len(self.chain)))
        orders = self._orders(slots, shown, start)
        final = orders.prove(own, self._shapes)
        if counts is None:
            running, count = orders.count(final)
            total = perm(len(shown), len(own))
            counts = {"right": count, "running": running, "ambiguity": count / total}
        answer = [place + 1 for place in own]
        notes = {
            "slots": slots,
            "own": own,
            "start": start,
            "final": final,
            "orders": orders,
            **counts,
        }
        return Record(self._inputs(start), answer, answer, shown, notes)

    def _answered(self, record: Record) -> Record:
        """The instance with the answer that counts."""
        if not self.canonical:
            return record
        order = record.notes["orders"].smallest(record.notes["final"])
        answer = [place + 1 for place in order]
        return Record(record.inputs, answer, answer, record.parts, record.notes)

    def _inputs(self, start: Any) -> dict[str, Any]:
        """The starting value under the parameters' names."""
        only = self.chain[0].only
        if only is not None:
            return {only: start}
        names = [port.name for port in self.ports]
        return dict(zip(names, start, strict=True))

    def _orders(
        self, slots: tuple[int, ...], shown: tuple[Record, ...], start: Any
    ) -> Orders:
        steps = [self.operations[slot] for slot in slots]
        adapts = [step.adapted for step in steps]
        return Orders(shown, len(self.chain), (start, *self._start), adapts)

    def again(self, record: Record, fed: Mapping[str, Any]) -> Record:
        # The final result stands in the prompt: from another start it may be reached
        # in another order, or not at all.
        start = incoming_value(self.chain[0], {**record.inputs, **fed})
        notes = record.notes
        orders = self._orders(notes["slots"], record.parts, start)
        order = orders.smallest(notes["final"])
        if order is None:
            raise Undefined("no order leads from there to the final result")
        answer = [place + 1 for place in order]
        notes = {**notes, "start": start, "orders": orders}
        return Record(self._inputs(start), answer, answer, record.parts, notes)

    def runner(self, record: Record, name: str) -> Callable[[Any], Any]:
        first, inputs, notes = self.chain[0], dict(record.inputs), record.notes
        final = notes["final"]
        orders = self._orders(notes["slots"], record.parts, notes["start"])

        def run(value: Any) -> Any:
            inputs[name] = value
            orders.begin(incoming_value(first, inputs))
            order = orders.smallest(final)
            return REFUSED if order is None else [place + 1 for place in order]

        return run

    # ── words ──

    def wording(self, record: Record, names: Mapping[str, str], label: str) -> str:
        notes = record.notes
        lines = [self._task(len(record.parts))]
        lines.append(f"Starting value: {self._start_words(notes['start'], names)}")
        for place, (slot, part) in enumerate(
            zip(notes["slots"], record.parts, strict=True)
        ):
            step = self.operations[slot]
            reads = incoming_names(step, f"the current {noun(incoming_type(step))}")
            text = step.node.wording(part, reads, join(label, place + 1))
            only = self._only(notes["orders"], place)
            lines.append(f"Operation {place + 1}{only}: {indent(text)}")
        lines.append(f"Final result: {show(notes['final'], self._final_type)}")
        if self.canonical:
            lines.append(
                "If several orders lead to the final result, give the one with the"
                " smallest first number, among those the one with the smallest second"
                " number, and so on."
            )
        if label:
            lines.append(f"The result is {self._result}.")
        return "\n".join(lines)

    def _only(self, orders: Orders, place: int) -> str:
        """What an operation takes, said where it refused a value in some order: a
        reader might carry it out all the same."""
        if place not in orders.refused:
            return ""
        adapted, fed = orders.refused[place]
        if not isinstance(adapted.node, Brick):
            return ""
        inputs = {**orders.records[place].inputs, **fed}
        # The declared bounds first, because the caps are our own.
        for types in (adapted.node.types, adapted.caps):
            words = [
                takes(kind)
                for name, value in fed.items()
                if name in types
                and not inside(kind := resolve(types[name], inputs), value)
            ]
            if words:
                return f" (it takes {' and '.join(words)})"
        return ""

    def _start_words(self, start: Any, names: Mapping[str, str]) -> str:
        ports = [port.name for port in self.ports]
        if not all(name in names for name in ports):
            return show(start, self._start_type)
        if len(ports) == 1:
            return names[ports[0]]
        return f"the {noun(self._start_type)} of " + " and ".join(
            names[name] for name in ports
        )

    def example(self, record: Record, rng: Rng) -> str:
        count, length = len(record.parts), len(self.chain)
        orders: Orders = record.notes["orders"]
        final = record.notes["final"]
        order: list[int] = []
        for _ in range(EXAMPLES):
            order = rng.sample(range(count), length)
            result = orders.run(order)
            if result is REFUSED or not same(result, final):
                break
        else:
            # Every order is right: any but the stored one will do.
            while [place + 1 for place in order] == record.answer:
                rng.shuffle(order)
        return show([place + 1 for place in order], self.codomain)

    def reference(self, label: str) -> str:
        return reference(label, "list of operation numbers")

    # ── grading ──

    def mark(self, record: Record, text: str | None, label: str = "") -> Mark:
        if text is None:
            return Mark(wrong("no answer"), record.value)
        values = readings(text, self.codomain)
        if not values:
            return Mark(wrong(f"not {form(self.codomain)}"), record.value)
        order = values[0]
        if not inside(self.codomain, order):
            return Mark(wrong("not an order of the operations", order), record.value)
        if self.canonical:
            if order == record.answer:
                return Mark(right(order), record.value)
            return Mark(wrong("wrong", order), record.value)
        orders: Orders = record.notes["orders"]
        result = orders.run([number - 1 for number in order])
        if result is REFUSED:
            return Mark(wrong("this order does not run", order), record.value)
        if not same(result, record.notes["final"]):
            reason = "this order leads to another result"
            return Mark(wrong(reason, order), record.value)
        return Mark(right(order), record.value)

    def accepts(self, record: Record, value: Any) -> bool:
        if self.canonical or not inside(self.codomain, value):
            return super().accepts(record, value)
        orders: Orders = record.notes["orders"]
        result = orders.run([number - 1 for number in value])
        return result is not REFUSED and same(result, record.notes["final"])

    # ── as data ──

    def given(self, record: Record, fed: Collection[str]) -> dict[str, Any]:
        out: dict[str, Any] = {}
        slots, own = record.notes["slots"], record.notes["own"]
        first = record.parts[own[0]]
        for port in self.ports:
            if port.name not in fed:
                kind = resolve(port.type, first.inputs)
                out[port.name] = encode(first.inputs[port.name], kind)
        mixed = [place for place in range(len(slots)) if place not in own]
        for place in (*own, *mixed):
            step = self.operations[slots[place]]
            if place in mixed:
                name = f"x{mixed.index(place) + 1}"
            else:
                name = str(slots[place] + 1)
            drawn = step.node.given(record.parts[place], step.feeds)
            for key, value in drawn.items():
                out[join(name, key)] = value
        return out

    def written(self, record: Record) -> str:
        return str(record.answer)

    def answer_json(self, record: Record) -> Any:
        return list(record.answer)

    def encode(self, record: Record, fed: Collection[str]) -> Any:
        notes = record.notes
        parts = []
        for slot, part in zip(notes["slots"], record.parts, strict=True):
            step = self.operations[slot]
            parts.append([slot, step.node.encode(part, step.feeds)])
        data = {
            "operations": parts,
            "right": notes["right"],
            "running": notes["running"],
            "ambiguity": notes["ambiguity"],
        }
        if not all(port.name in fed for port in self.ports):
            data["start"] = encode(notes["start"], self._start_type)
        return data

    def decode(self, data: Any, fed: Mapping[str, Any]) -> Record:
        if "start" in data:
            start = decode(data["start"], self._start_type)
        else:
            start = incoming_value(self.chain[0], fed)
        traces = data["operations"]
        slots = tuple(slot for slot, _ in traces)
        records: dict[int, Record] = {}
        value = start
        for index, step in enumerate(self.chain):
            trace = traces[slots.index(index)][1]
            records[index] = step.node.decode(trace, step.fed_one(value))
            value = records[index].value
        behind = records[0].value
        for slot, trace in traces:
            if slot not in records:
                step = self.operations[slot]
                records[slot] = step.node.decode(trace, step.fed_one(behind))
        shown = tuple(records[slot] for slot in slots)
        counts = {name: data[name] for name in ("right", "running", "ambiguity")}
        return self._answered(self._record(slots, shown, start, counts))

    def instances(self, fed: Collection[str], cap: int) -> int:
        total = 1
        for index, step in enumerate(self.chain):
            names = [*fed] if index == 0 else step.feeds
            total = min(cap, total * step.node.instances(names, cap))
        return total
