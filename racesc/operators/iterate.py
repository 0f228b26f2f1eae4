"""ITERATE: one operation several times over, each time on its own result.

The model answers the last result.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from racesc.operators.sequential import (
    Step,
    consumed,
    incoming,
    incoming_names,
    incoming_type,
    incoming_value,
    one_answer,
)
from racesc.runtime.base import ContractError, Parameter, Undefined
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
    ends; what else it needs is drawn once."""

    step: Step | Node
    times: int | tuple[int, int]

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
        failure: Exception | None = None
        for attempt in range(REDRAWS):
            source = rng.at(f"{path} try {attempt}") if attempt else rng
            first = self.each.node.draw(source, path, level, fed)
            try:
                return self._record(first, times)
            except Undefined as error:
                failure = error
        raise ContractError(f"ITERATE: it cannot be done {times} times: {failure}")

    def _record(self, first: Record, times: int) -> Record:
        here = first
        for _ in range(times - 1):
            here = self.each.node.again(first, self.each.fed([here.value]))
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
