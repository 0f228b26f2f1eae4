"""MAP: one operation on every item of a list.

The model answers the list of results.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from racesc.operators.step import (
    Step,
    as_step,
    consumed,
    drawn_list,
    incoming_names,
    incoming_type,
)
from racesc.runtime.base import (
    ContractError,
    Outgrown,
    Parameter,
    Undefined,
    brief,
)
from racesc.runtime.brick import Brick
from racesc.runtime.choice import Rng
from racesc.runtime.instances import instances
from racesc.runtime.limits import Limits
from racesc.runtime.member import shape
from racesc.runtime.node import Mark, Node, Record, indent
from racesc.runtime.problem import combined, wrong
from racesc.runtime.reply import split
from racesc.runtime.size import held
from racesc.runtime.text import decode, encode, noun, show
from racesc.runtime.types import List, Range, Type

PORT = "items"


@dataclass(frozen=True)
class Map(Node):
    """``step`` takes the items; what else it needs is drawn once for all of them.
    ``length`` bounds the list where it is drawn."""

    step: Step | Node
    reward: str = "all"  # all mean
    length: Range = (1, 8)

    @cached_property
    def each(self) -> Step:
        """The operation, with what it is fed."""
        return as_step(self.step)

    @cached_property
    def _item(self) -> Type:
        return incoming_type(self.each)

    @cached_property
    def ports(self) -> tuple[Parameter, ...]:
        return (Parameter(PORT, List(self._item, self.length)),)

    @cached_property
    def codomain(self) -> Type:
        return List(shape(self.each.node.codomain))

    # ── drawing and running ──

    def draw(self, rng: Rng, path: str, level: int, fed: Mapping[str, Any]) -> Record:
        known = fed or self.drawn(rng, path, level)
        items = known[PORT]
        failure: Exception | None = None
        # What is drawn with one item in hand must suit the others.
        for item in items:
            first = self.each.node.draw(rng, path, level, self.each.fed([item]))
            try:
                return self._record(items, first)
            except Outgrown as error:
                # At level 0 what is drawn with a larger item in hand stops sooner.
                if level:
                    raise
                failure = error
            except Undefined as error:
                failure = error
        if isinstance(failure, Outgrown):
            raise failure
        if items:
            raise ContractError(
                f"MAP: nothing drawn for one item suits all of {brief(items)}: {failure}"
            )
        return self._record(items, self.each.node.draw(rng, path, level, {}))

    def drawn(self, rng: Rng, path: str, level: int) -> Mapping[str, Any]:
        return {PORT: drawn_list(self.each, None, self.length, rng, path, level)}

    def _record(self, items: Sequence[Any], pattern: Record) -> Record:
        """The operation on each item, as in the ``pattern``, which the words show."""
        again, fed = self.each.node.again, self.each.fed
        parts = tuple([again(pattern, fed([item])) for item in items])
        # Every result fits, but all of them together may not.
        values = held([part.value for part in parts])
        return Record(
            {PORT: items},
            [part.answer for part in parts],
            values,
            parts,
            {"pattern": pattern},
        )

    def again(self, record: Record, fed: Mapping[str, Any]) -> Record:
        return self._record(fed.get(PORT, record.inputs[PORT]), record.notes["pattern"])

    def adapt(self, shapes: Mapping[str, Type]) -> Map | None:
        kind = shapes.get(PORT, shape(self.ports[0].type))
        if not isinstance(kind, List):
            return None
        inner = self.each.shapes([kind.item])
        node = None if inner is None else self.each.node.adapt(inner)
        if node is None:
            return None
        return replace(self, step=Step(node, self.each.feeds))

    def consumed(self) -> Map:
        return replace(self, step=consumed(self.each))

    # ── words ──

    def wording(self, record: Record, names: Mapping[str, str], label: str) -> str:
        what = noun(self._item)
        reads = names.get(PORT) or show(record.inputs[PORT], List(self._item))
        inner = incoming_names(self.each, f"this {what}")
        task = self.each.node.wording(record.notes["pattern"], inner, label)
        return (
            f"Do this for each {what} in {reads}, from left to right, and collect the"
            f" results in a list:\n  {indent(task)}"
        )

    def form(self, label: str) -> str:
        inner = self.each.node.form(label)
        return f"a list with one result for each {noun(self._item)}, each {inner}"

    def example(self, record: Record, rng: Rng) -> str:
        if not record.parts:
            return ""
        shown = [self.each.node.example(part, rng) for part in record.parts[:3]]
        return f"[{', '.join(shown)}]"

    @property
    def few(self) -> bool:
        return self.each.node.few

    def reference(self, label: str) -> str:
        if isinstance(self.each.node, Brick):
            return super().reference(label)
        return f"the list with {self.each.node.reference(label)} for each item"

    # ── grading ──

    def mark(self, record: Record, text: str | None, label: str = "") -> Mark:
        if text is None:
            return Mark(wrong("no answer"), record.value)
        count = len(record.parts)
        texts = split(text, count, ())
        if texts is None:
            return Mark(wrong(f"not a list of {count} results"), record.value)
        node = self.each.node
        marks = [
            node.mark(part, piece, label)
            for part, piece in zip(record.parts, texts, strict=True)
        ]
        verdicts = tuple([mark.verdict for mark in marks])
        places = [f"item {number}" for number in range(1, count + 1)]
        verdict = combined(verdicts, 0.0, places)
        reward = float(verdict.correct)
        if self.reward == "mean" and not verdict.correct:
            reward = sum(one.reward for one in verdicts) / count
        values = [mark.value for mark in marks]
        if all(a is b for a, b in zip(values, record.value, strict=True)):
            values = record.value
        return Mark(replace(verdict, reward=reward), values)

    # ── as data ──

    def given(self, record: Record, fed: Collection[str]) -> dict[str, Any]:
        out = {}
        if PORT not in fed:
            out[PORT] = encode(record.inputs[PORT], List(self._item))
        out.update(self.each.node.given(record.notes["pattern"], self.each.feeds))
        return out

    def written(self, record: Record) -> str:
        shown = [self.each.node.written(part) for part in record.parts]
        return f"[{', '.join(shown)}]"

    def answer_json(self, record: Record) -> Any:
        return [self.each.node.answer_json(part) for part in record.parts]

    def encode(self, record: Record, fed: Collection[str]) -> Any:
        node, feeds = self.each.node, self.each.feeds
        data = {"each": [node.encode(part, feeds) for part in record.parts]}
        if PORT not in fed:
            data["in"] = encode(record.inputs[PORT], List(self._item))
        return data

    def decode(self, data: Any, fed: Mapping[str, Any]) -> Record:
        items = fed[PORT] if PORT in fed else decode(data["in"], List(self._item))
        parts = tuple(
            self.each.node.decode(trace, self.each.fed([item]))
            for item, trace in zip(items, data["each"], strict=True)
        )
        pattern = parts[0] if parts else None
        return Record(
            {PORT: items},
            [part.answer for part in parts],
            [part.value for part in parts],
            parts,
            {"pattern": pattern},
        )

    def instances(self, fed: Collection[str], cap: int) -> int:
        total = self.each.node.instances(self.each.feeds, cap)
        if PORT not in fed:
            total *= instances(self.ports[0].type, Limits(10), cap)
        return min(cap, total)


# ── compile time: everything above is carried into emitted packages ──

if TYPE_CHECKING:
    from racesc.compose import Flat, Incoming, Judge, Typed
    from racesc.syntax import Operation


def rule(
    judge: Judge, flat: Flat, operation: Operation, incoming: Incoming | None
) -> Typed | None:
    """MAP: `a |- o : b`, feasible for all elements at once, gives
    `List[a] len l..u |- MAP(o) : List[b] len l..u`, l >= 1."""
    from racesc.compose import Typed
    from racesc.errors.composition import DomainMismatch, RefinementViolation, TooLarge
    from racesc.least_size import never_fits
    from racesc.show_types import type_text
    from racesc.unify import UNKNOWN

    options = judge.options(operation.options, {"reward": ("all", "mean")})
    if not judge.arity(flat, operation, 1) or options is None:
        return None
    part = operation.parts[0]
    length: Range = (1, 8)
    if incoming is None:
        item = judge.port(part, flat)
    elif isinstance(incoming.type, List):
        item, length = incoming.type.item, incoming.type.length
    elif incoming.type == UNKNOWN:
        item = UNKNOWN
    else:
        judge.add(
            DomainMismatch(
                incoming.giver,
                type_text(incoming.type),
                "MAP",
                "List",
                flat.span,
                incoming.span,
                named=incoming.named,
            )
        )
        return None
    if item is None:
        return None
    if length[0] == 0 and incoming is not None:
        judge.add(
            RefinementViolation(
                incoming.giver,
                type_text(incoming.type),
                "MAP",
                f"List[{type_text(item)}] len 1..",
                flat.span,
                incoming.span,
                "[]",
                named=incoming.named,
            )
        )
        return None
    with judge.many_values():
        drawn = incoming is None or incoming.drawn
        typed = judge.fed(part, flat, item, "an item of the list", drawn=drawn)
    if typed is None:
        return None
    reward = options.get("reward", "all")
    inner = typed.text if reward == "all" else f"{typed.text}, reward: mean"
    node = Map(typed.as_step(), reward, length if incoming is None else (1, 8))
    port = Parameter(PORT, List(item, length))
    why = never_fits(List(typed.value, length))
    if why:
        say = "feed it a shorter list, or map a part with a smaller result"
        problem = "what MAP returns is always too large to be written"
        judge.add(TooLarge(problem, flat.span, f"it {why}", say))
        return None
    if incoming is not None and isinstance(incoming.exact, List):
        length = incoming.exact.length
    return Typed(
        node,
        List(typed.value, length),
        (port,) if incoming is None else (),
        f"MAP({inner})",
        flat.span,
        "MAP",
        relational=typed.relational,
        feeds={} if incoming is None else {PORT: incoming.source},
        bases=typed.bases,
        policy=typed.policy,
    )
