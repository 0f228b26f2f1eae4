"""BRANCH: one of two operations on a value, by a condition on the same value.

The model answers the result of the operation that applies.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from racesc.operators.sequential import one_answer
from racesc.operators.step import (
    Step,
    consumed,
    drawn_value,
    incoming_names,
    incoming_type,
)
from racesc.runtime.base import Parameter
from racesc.runtime.choice import Rng
from racesc.runtime.instances import instances
from racesc.runtime.limits import Limits
from racesc.runtime.member import ground, shape
from racesc.runtime.node import Node, Record, indent, join
from racesc.runtime.single import Single
from racesc.runtime.text import decode, encode, noun, show
from racesc.runtime.types import Type

ARMS = ("if", "then", "else")


@dataclass(frozen=True)
class Branch(Single):
    """``then`` where ``condition`` answers true, ``otherwise`` where not; all three
    take the same value. ``port`` is its type where it is drawn: what all of them take;
    without it, what the condition takes."""

    condition: Step | Node
    then: Step | Node
    otherwise: Step | Node
    port: Type | None = None

    @cached_property
    def arms(self) -> tuple[Step, Step, Step]:
        """The condition and the two operations, with what they are fed."""
        return (
            one_answer(self.condition),
            one_answer(self.then),
            one_answer(self.otherwise),
        )

    @cached_property
    def ports(self) -> tuple[Parameter, ...]:
        first = self.arms[0]
        name = next(iter(first.feeds)) if len(first.feeds) == 1 else "value"
        return (Parameter(name, self.port or incoming_type(first)),)

    @cached_property
    def codomain(self) -> Type:
        return shape(self.arms[1].node.codomain)

    # ── drawing and running ──

    def draw(self, rng: Rng, path: str, level: int, fed: Mapping[str, Any]) -> Record:
        known = fed or self.drawn(rng, path, level)
        value = known[self.ports[0].name]
        parts = [
            step.node.draw(rng, join(path, name), level, step.fed([value]))
            for step, name in zip(self.arms, ARMS, strict=True)
        ]
        return self._record(value, tuple(parts))

    def drawn(self, rng: Rng, path: str, level: int) -> Mapping[str, Any]:
        first, here = self.arms[0], join(path, "in")
        return {self.ports[0].name: drawn_value(first, self.port, rng, here, level)}

    def _record(self, value: Any, parts: tuple[Record, ...]) -> Record:
        result = parts[3 - idle_arm(parts[0])].value
        return Record({self.ports[0].name: value}, result, result, parts)

    def again(self, record: Record, fed: Mapping[str, Any]) -> Record:
        value = {**record.inputs, **fed}[self.ports[0].name]
        parts = list(record.parts)
        parts[0] = self._arm_again(0, parts[0], value)
        # Only the operation that applies has to run.
        taken = 3 - idle_arm(parts[0])
        parts[taken] = self._arm_again(taken, parts[taken], value)
        return self._record(value, tuple(parts))

    def _arm_again(self, index: int, part: Record, value: Any) -> Record:
        step = self.arms[index]
        return step.node.again(part, step.fed([value]))

    def adapt(self, shapes: Mapping[str, Type]) -> Branch | None:
        port = self.ports[0]
        kind = shapes.get(port.name, shape(port.type))
        arms = []
        for step in self.arms:
            inner = step.shapes([kind])
            node = None if inner is None else step.node.adapt(inner)
            if node is None:
                return None
            arms.append(Step(node, step.feeds))
        if shape(arms[1].node.codomain) != shape(arms[2].node.codomain):
            return None
        return Branch(arms[0], arms[1], arms[2], self.port)

    def accepts(self, record: Record, value: Any) -> bool:
        taken = 3 - idle_arm(record.parts[0])
        return self.arms[taken].node.accepts(record.parts[taken], value)

    def _right(self, record: Record, value: Any) -> bool:
        return self.accepts(record, value)

    def consumed(self) -> Branch:
        then, otherwise = map(consumed, self.arms[1:])
        return replace(self, then=then, otherwise=otherwise)

    # ── words ──

    def wording(self, record: Record, names: Mapping[str, str], label: str) -> str:
        port = self.ports[0]
        what = noun(port.type)
        reads = names.get(port.name) or show(record.inputs[port.name], port.type)
        texts = [
            step.node.wording(
                part, incoming_names(step, f"this {what}"), join(label, name)
            )
            for step, part, name in zip(self.arms, record.parts, ARMS, strict=True)
        ]
        return (
            f"Take {reads} and do one of two things with it.\n"
            f"Condition: {indent(texts[0])}\n"
            f"If that is true: {indent(texts[1])}\n"
            f"If that is false: {indent(texts[2])}\n"
            "Give only the result of the one that applies."
        )

    # ── as data ──

    def given(self, record: Record, fed: Collection[str]) -> dict[str, Any]:
        port = self.ports[0]
        out = {}
        if port.name not in fed:
            out[port.name] = encode(record.inputs[port.name], port.type)
        for step, part, name in zip(self.arms, record.parts, ARMS, strict=True):
            for key, value in step.node.given(part, step.feeds).items():
                out[join(name, key)] = value
        return out

    def encode(self, record: Record, fed: Collection[str]) -> Any:
        idle = idle_arm(record.parts[0])
        parts = [
            step.node.encode(part, () if index == idle else step.feeds)
            for index, (step, part) in enumerate(
                zip(self.arms, record.parts, strict=True)
            )
        ]
        port = self.ports[0]
        if port.name in fed:
            return {"parts": parts}
        return {"parts": parts, "in": encode(record.inputs[port.name], port.type)}

    def decode(self, data: Any, fed: Mapping[str, Any]) -> Record:
        port = self.ports[0]
        value = fed[port.name] if port.name in fed else decode(data["in"], port.type)
        parts: list[Record] = []
        for step, trace in zip(self.arms, data["parts"], strict=True):
            idle = len(parts) > 0 and len(parts) == idle_arm(parts[0])
            given = {} if idle else step.fed([value])
            parts.append(step.node.decode(trace, given))
        return self._record(value, tuple(parts))

    def instances(self, fed: Collection[str], cap: int) -> int:
        port = self.ports[0]
        total = 1
        if port.name not in fed and ground(port.type):
            total = instances(port.type, Limits(10), cap)
        for step in self.arms:
            total = min(cap, total * step.node.instances(step.feeds, cap))
        return total


def idle_arm(condition: Record) -> int:
    """The index of the arm that does not apply. What it was last run on may be another
    value than the one at hand (in MAP, say), so its trace says which."""
    return 2 if condition.value else 1


# ── compile time: everything above is carried into emitted packages ──

if TYPE_CHECKING:
    from racesc.compose import Flat, Incoming, Judge, Typed
    from racesc.syntax import Operation


def rule(
    judge: Judge, flat: Flat, operation: Operation, incoming: Incoming | None
) -> Typed | None:
    """BRANCH: `t |- p : Bool`, `t |- o1 : t1`, `t |- o2 : t2` give
    `t |- BRANCH(p, o1, o2) : join(t1, t2)`."""
    from racesc.compose import Typed
    from racesc.errors.composition import PartMismatch
    from racesc.runtime.types import Bool
    from racesc.show_types import type_text
    from racesc.unify import join as hull

    options = judge.options(operation.options, {})
    if not judge.arity(flat, operation, 3) or options is None:
        return None
    type_ = judge.common_port(operation.parts, flat, incoming)
    if type_ is None:
        return None
    drawn = incoming is None or incoming.drawn
    found = [
        judge.fed(part, flat, type_, "the value", incoming, drawn)
        for part in operation.parts
    ]
    typed = [part for part in found if part is not None]
    if len(typed) < len(found):
        return None
    condition, then, otherwise = typed
    if not isinstance(condition.value, Bool):
        judge.add(
            PartMismatch(
                f"`{condition.name}` cannot decide a BRANCH",
                condition.span,
                f"returns `{type_text(condition.value)}`, not `Bool`",
                flat.span,
                "decides by its first environment",
            )
        )
        return None
    value = hull(then.value, otherwise.value)
    if value is None:
        judge.add(
            PartMismatch(
                "the two ways of BRANCH return different kinds of values",
                otherwise.span,
                f"returns `{type_text(otherwise.value)}`",
                then.span,
                f"returns `{type_text(then.value)}`",
            )
        )
        return None
    for part in typed:
        if not judge.one_answer(part, flat):
            return None
    node = Branch(
        condition.as_step(),
        then.as_step(),
        otherwise.as_step(),
        type_ if drawn else None,
    )
    name = node.ports[0].name
    return Typed(
        node,
        value,
        (Parameter(name, type_),) if incoming is None else (),
        f"BRANCH({', '.join(part.text for part in typed)})",
        flat.span,
        "BRANCH",
        feeds={} if incoming is None else {name: incoming.source},
        bases=sum(part.bases for part in typed),
    )
