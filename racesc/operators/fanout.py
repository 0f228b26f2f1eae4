"""FANOUT: several operations on one value.

The model answers each; the value is the tuple of their values.
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
    drawn_value,
    incoming_names,
    incoming_type,
)
from racesc.runtime.base import Parameter
from racesc.runtime.choice import Rng
from racesc.runtime.instances import instances
from racesc.runtime.limits import Limits
from racesc.runtime.member import ground, shape
from racesc.runtime.node import Mark, Node, Record, indent, join, letter, place
from racesc.runtime.problem import combined, wrong
from racesc.runtime.reply import split
from racesc.runtime.text import decode, encode, noun, show
from racesc.runtime.types import Tuple, Type


@dataclass(frozen=True)
class Fanout(Node):
    """``parts`` all take the same value. ``port`` is its type where it is drawn: what
    all of them take; without it, what the first takes."""

    parts: Sequence[Step | Node]
    port: Type | None = None
    reward: str = "all"  # all mean

    @cached_property
    def branches(self) -> tuple[Step, ...]:
        """The parts, with what they are fed."""
        return tuple(map(as_step, self.parts))

    @cached_property
    def letters(self) -> tuple[str, ...]:
        """What the parts are called: a, b, …"""
        return tuple(map(letter, range(len(self.branches))))

    @cached_property
    def ports(self) -> tuple[Parameter, ...]:
        first = self.branches[0]
        name = next(iter(first.feeds)) if len(first.feeds) == 1 else "value"
        return (Parameter(name, self.port or incoming_type(first)),)

    @cached_property
    def codomain(self) -> Type:
        return Tuple(tuple(shape(step.node.codomain) for step in self.branches))

    # ── drawing and running ──

    def draw(self, rng: Rng, path: str, level: int, fed: Mapping[str, Any]) -> Record:
        known = fed or self.drawn(rng, path, level)
        value = known[self.ports[0].name]
        parts = [
            step.node.draw(rng, join(path, name), level, step.fed([value]))
            for step, name in zip(self.branches, self.letters, strict=True)
        ]
        return self._record(value, tuple(parts))

    def drawn(self, rng: Rng, path: str, level: int) -> Mapping[str, Any]:
        first, here = self.branches[0], join(path, "in")
        return {self.ports[0].name: drawn_value(first, self.port, rng, here, level)}

    def _record(self, value: Any, parts: tuple[Record, ...]) -> Record:
        answer = [part.answer for part in parts]
        result = tuple([part.value for part in parts])
        return Record({self.ports[0].name: value}, answer, result, parts)

    def again(self, record: Record, fed: Mapping[str, Any]) -> Record:
        value = {**record.inputs, **fed}[self.ports[0].name]
        parts = [
            step.node.again(part, step.fed([value]))
            for step, part in zip(self.branches, record.parts, strict=True)
        ]
        return self._record(value, tuple(parts))

    def adapt(self, shapes: Mapping[str, Type]) -> Fanout | None:
        port = self.ports[0]
        kind = shapes.get(port.name, shape(port.type))
        steps = []
        for step in self.branches:
            inner = step.shapes([kind])
            node = None if inner is None else step.node.adapt(inner)
            if node is None:
                return None
            steps.append(Step(node, step.feeds))
        return replace(self, parts=tuple(steps))

    def accepts(self, record: Record, value: Any) -> bool:
        return (
            isinstance(value, tuple)
            and len(value) == len(self.branches)
            and all(
                step.node.accepts(part, one)
                for step, part, one in zip(
                    self.branches, record.parts, value, strict=True
                )
            )
        )

    def consumed(self) -> Fanout:
        return replace(self, parts=tuple(map(consumed, self.branches)))

    # ── words ──

    def wording(self, record: Record, names: Mapping[str, str], label: str) -> str:
        port = self.ports[0]
        what = noun(port.type)
        reads = names.get(port.name) or show(record.inputs[port.name], port.type)
        lines = [f"Take {reads} and do each of these things with it."]
        for step, part, name in zip(
            self.branches, record.parts, self.letters, strict=True
        ):
            inner = incoming_names(step, f"this {what}")
            text = step.node.wording(part, inner, join(label, name))
            lines.append(f"({name}) {indent(text, 4)}")
        return "\n".join(lines)

    def form(self, label: str) -> str:
        lines = [f"a list of the {len(self.branches)} answers in order:"]
        for step, name in zip(self.branches, self.letters, strict=True):
            lines.append(f"- ({name}): {indent(step.node.form(join(label, name)))}")
        return "\n".join(lines)

    def example(self, record: Record, rng: Rng) -> str:
        shown = [
            step.node.example(part, rng)
            for step, part in zip(self.branches, record.parts, strict=True)
        ]
        return f"[{', '.join(shown)}]"

    @property
    def few(self) -> bool:
        return all(step.node.few for step in self.branches)

    def reference(self, label: str) -> str:
        if len(self.branches) == 2:
            return f"the pair of answers (a) and (b) of {place(label)}"
        last = self.letters[-1]
        return f"the tuple of answers (a) to ({last}) of {place(label)}"

    def component(self, label: str, part: int) -> str:
        return self.branches[part].node.reference(join(label, self.letters[part]))

    # ── grading ──

    def mark(self, record: Record, text: str | None, label: str = "") -> Mark:
        if text is None:
            return Mark(wrong("no answer"), record.value)
        count = len(self.branches)
        texts = split(text, count, self.letters)
        if texts is None:
            return Mark(wrong(f"not a list of {count} answers"), record.value)
        labels = [join(label, name) for name in self.letters]
        marks = [
            step.node.mark(part, piece, here)
            for step, part, piece, here in zip(
                self.branches, record.parts, texts, labels, strict=True
            )
        ]
        verdicts = tuple([mark.verdict for mark in marks])
        verdict = combined(verdicts, 0.0, list(map(place, labels)))
        reward = float(verdict.correct)
        if self.reward == "mean" and not verdict.correct:
            reward = sum(one.reward for one in verdicts) / count
        values = tuple([mark.value for mark in marks])
        if all(a is b for a, b in zip(values, record.value, strict=True)):
            values = record.value
        return Mark(replace(verdict, reward=reward), values)

    # ── as data ──

    def given(self, record: Record, fed: Collection[str]) -> dict[str, Any]:
        port = self.ports[0]
        out = {}
        if port.name not in fed:
            out[port.name] = encode(record.inputs[port.name], port.type)
        for step, part, name in zip(
            self.branches, record.parts, self.letters, strict=True
        ):
            for key, value in step.node.given(part, step.feeds).items():
                out[join(name, key)] = value
        return out

    def written(self, record: Record) -> str:
        shown = [
            step.node.written(part)
            for step, part in zip(self.branches, record.parts, strict=True)
        ]
        return f"[{', '.join(shown)}]"

    def answer_json(self, record: Record) -> Any:
        return [
            step.node.answer_json(part)
            for step, part in zip(self.branches, record.parts, strict=True)
        ]

    def encode(self, record: Record, fed: Collection[str]) -> Any:
        parts = [
            step.node.encode(part, step.feeds)
            for step, part in zip(self.branches, record.parts, strict=True)
        ]
        port = self.ports[0]
        if port.name in fed:
            return {"parts": parts}
        return {"parts": parts, "in": encode(record.inputs[port.name], port.type)}

    def decode(self, data: Any, fed: Mapping[str, Any]) -> Record:
        port = self.ports[0]
        value = fed[port.name] if port.name in fed else decode(data["in"], port.type)
        parts = [
            step.node.decode(trace, step.fed([value]))
            for step, trace in zip(self.branches, data["parts"], strict=True)
        ]
        return self._record(value, tuple(parts))

    def instances(self, fed: Collection[str], cap: int) -> int:
        port = self.ports[0]
        total = 1
        if port.name not in fed and ground(port.type):
            total = instances(port.type, Limits(10), cap)
        for step in self.branches:
            total = min(cap, total * step.node.instances(step.feeds, cap))
        return total


# ── compile time: everything above is carried into emitted packages ──

if TYPE_CHECKING:
    from racesc.compose import Flat, Incoming, Judge, Typed
    from racesc.syntax import Operation


def rule(
    judge: Judge, flat: Flat, operation: Operation, incoming: Incoming | None
) -> Typed | None:
    """FANOUT: `t |- o_k : t_k` for every part gives `t |- FANOUT(o_1..o_m) :
    (t_1, .., t_m)`."""
    from racesc.compose import Typed
    from racesc.errors.composition import WrongArity

    options = judge.options(operation.options, {"reward": ("all", "mean")})
    if len(operation.parts) < 2:
        judge.add(
            WrongArity(
                "FANOUT feeds one value to at least two environments",
                flat.span,
                "too few parts",
            )
        )
        return None
    type_ = judge.common_port(operation.parts, flat, incoming)
    if type_ is None or options is None:
        return None
    drawn = incoming is None or incoming.drawn
    found = [
        judge.fed(part, flat, type_, "the value", incoming, drawn)
        for part in operation.parts
    ]
    typed = [part for part in found if part is not None]
    if len(typed) < len(found):
        return None
    reward = options.get("reward", "all")
    text = ", ".join(part.text for part in typed)
    if reward != "all":
        text += f", reward: {reward}"
    node = Fanout(
        tuple(part.as_step() for part in typed),
        type_ if drawn else None,
        reward,
    )
    name = node.ports[0].name
    free = [part.policy for part in typed if part.relational]
    return Typed(
        node,
        Tuple(tuple(part.value for part in typed)),
        (Parameter(name, type_),) if incoming is None else (),
        f"FANOUT({text})",
        flat.span,
        "FANOUT",
        relational=bool(free),
        feeds={} if incoming is None else {name: incoming.source},
        bases=sum(part.bases for part in typed),
        chooses=any(part.chooses for part in typed),
        policy="model" if free and set(free) == {"model"} else None,
    )
