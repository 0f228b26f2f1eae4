"""PARALLEL: independent problems asked together.

The model answers each; the reward is the mean of the parts' rewards.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from racesc.runtime.base import Parameter, Undefined
from racesc.runtime.choice import Rng
from racesc.runtime.node import Mark, Node, Record, indent, join, letter, place
from racesc.runtime.problem import combined, wrong
from racesc.runtime.reply import split
from racesc.runtime.types import Tuple, Type

REDRAWS = 8  # tries at a part that asks what an earlier part asks


@dataclass(frozen=True)
class Parallel(Node):
    """Parts that share nothing; the value is the tuple of theirs."""

    parts: tuple[Node, ...]
    reward: str = "mean"  # mean all

    @property
    def ports(self) -> tuple[Parameter, ...]:
        return ()

    @cached_property
    def codomain(self) -> Type:
        return Tuple(tuple(part.codomain for part in self.parts))

    @cached_property
    def letters(self) -> tuple[str, ...]:
        """What the parts are called: a, b, …"""
        return tuple(map(letter, range(len(self.parts))))

    @cached_property
    def _twins(self) -> tuple[tuple[int, ...], ...]:
        """For each part the earlier ones that are the same environment."""
        return tuple(
            tuple(j for j in range(i) if self.parts[j] == self.parts[i])
            for i in range(len(self.parts))
        )

    # ── drawing and running ──

    def draw(self, rng: Rng, path: str, level: int, fed: Mapping[str, Any]) -> Record:
        records: list[Record] = []
        for index, part in enumerate(self.parts):
            here = join(path, self.letters[index])
            record = part.draw(rng, here, level, {})
            if self._twins[index]:
                asked = [part.given(records[j], ()) for j in self._twins[index]]
                for attempt in range(REDRAWS):
                    if part.given(record, ()) not in asked:
                        break
                    other = rng.at(f"{here} again {attempt}")
                    record = part.draw(other, here, level, {})
            records.append(record)
        return self._record(tuple(records))

    def _record(self, records: tuple[Record, ...]) -> Record:
        answer = [record.answer for record in records]
        return Record({}, answer, tuple([record.value for record in records]), records)

    def again(self, record: Record, fed: Mapping[str, Any]) -> Record:
        if fed:
            raise Undefined("a PARALLEL takes nothing")
        return record

    def adapt(self, shapes: Mapping[str, Type]) -> Parallel | None:
        return None if shapes else self

    def consumed(self) -> Parallel:
        return replace(self, parts=tuple(part.consumed() for part in self.parts))

    # ── words ──

    def wording(self, record: Record, names: Mapping[str, str], label: str) -> str:
        count = len(self.parts)
        head = f"Solve these {count} problems; they do not depend on each other."
        lines = [head]
        for index, part in enumerate(self.parts):
            name = self.letters[index]
            text = part.wording(record.parts[index], {}, join(label, name))
            lines.append(f"({name}) {indent(text, 4)}")
        return "\n".join(lines)

    def form(self, label: str) -> str:
        lines = [f"a list of the {len(self.parts)} answers in order:"]
        for part, name in zip(self.parts, self.letters, strict=True):
            lines.append(f"- ({name}): {indent(part.form(join(label, name)))}")
        return "\n".join(lines)

    def example(self, record: Record, rng: Rng) -> str:
        shown = [
            part.example(one, rng)
            for part, one in zip(self.parts, record.parts, strict=True)
        ]
        return f"[{', '.join(shown)}]"

    @property
    def few(self) -> bool:
        return all(part.few for part in self.parts)

    def reference(self, label: str) -> str:
        if len(self.parts) == 2:
            return f"the pair of answers (a) and (b) of {place(label)}"
        last = self.letters[-1]
        return f"the tuple of answers (a) to ({last}) of {place(label)}"

    def component(self, label: str, part: int) -> str:
        return self.parts[part].reference(join(label, self.letters[part]))

    # ── grading ──

    def mark(self, record: Record, text: str | None, label: str = "") -> Mark:
        if text is None:
            return Mark(wrong("no answer"), record.value)
        count = len(self.parts)
        texts = split(text, count, self.letters)
        if texts is None:
            return Mark(wrong(f"not a list of {count} answers"), record.value)
        labels = [join(label, name) for name in self.letters]
        marks = [
            part.mark(one, piece, here)
            for part, one, piece, here in zip(
                self.parts, record.parts, texts, labels, strict=True
            )
        ]
        verdicts = tuple([mark.verdict for mark in marks])
        verdict = combined(verdicts, 0.0, list(map(place, labels)))
        if self.reward == "all":
            reward = float(verdict.correct)
        elif verdict.correct:
            reward = 1.0
        else:
            reward = sum(one.reward for one in verdicts) / count
        values = tuple([mark.value for mark in marks])
        if all(a is b for a, b in zip(values, record.value, strict=True)):
            values = record.value
        return Mark(replace(verdict, reward=reward), values)

    # ── as data ──

    def given(self, record: Record, fed: Collection[str]) -> dict[str, Any]:
        out = {}
        for part, one, name in zip(self.parts, record.parts, self.letters, strict=True):
            for key, value in part.given(one, ()).items():
                out[join(name, key)] = value
        return out

    def written(self, record: Record) -> str:
        shown = [
            part.written(one)
            for part, one in zip(self.parts, record.parts, strict=True)
        ]
        return f"[{', '.join(shown)}]"

    def answer_json(self, record: Record) -> Any:
        return [
            part.answer_json(one)
            for part, one in zip(self.parts, record.parts, strict=True)
        ]

    def encode(self, record: Record, fed: Collection[str]) -> Any:
        return [
            part.encode(one, ())
            for part, one in zip(self.parts, record.parts, strict=True)
        ]

    def decode(self, data: Any, fed: Mapping[str, Any]) -> Record:
        return self._record(
            tuple(
                part.decode(trace, {})
                for part, trace in zip(self.parts, data, strict=True)
            )
        )

    def instances(self, fed: Collection[str], cap: int) -> int:
        total = 1
        for part in self.parts:
            total = min(cap, total * part.instances((), cap))
        return total


# ── compile time: everything above is carried into emitted packages ──

if TYPE_CHECKING:
    from racesc.compose import Flat, Incoming, Judge, Typed
    from racesc.syntax import Operation


def rule(
    judge: Judge, flat: Flat, operation: Operation, incoming: Incoming | None
) -> Typed | None:
    """PARALLEL: `|- C_k : src t_k` for two parts or more give
    `|- PARALLEL(C_1..C_m) : src (t_1, .., t_m)`."""
    from racesc.compose import Typed
    from racesc.errors.composition import AmbiguousPort, WrongArity

    if incoming is not None:
        judge.add(
            AmbiguousPort(
                "PARALLEL is made of independent problems, so nothing can be fed to it",
                flat.span,
                "receives a result",
                "to feed one result to several environments, write `FANOUT(e, f)`",
                incoming.span,
                "feeds it",
            )
        )
        return None
    options = judge.options(operation.options, {"reward": ("mean", "all")})
    if len(operation.parts) < 2:
        judge.add(
            WrongArity(
                "PARALLEL asks at least two problems together",
                flat.span,
                "too few parts",
            )
        )
        return None
    parts = [judge.closed(part, flat.scope, flat.site) for part in operation.parts]
    known = [part for part in parts if part is not None]
    if options is None or len(known) < len(parts):
        return None
    reward = options.get("reward", "mean")
    text = ", ".join(part.text for part in known)
    shown = f"PARALLEL({text}, reward: all)" if reward == "all" else f"PARALLEL({text})"
    return Typed(
        Parallel(tuple(part.node for part in known), reward),
        Tuple(tuple(part.value for part in known)),
        (),
        shown,
        flat.span,
        "PARALLEL",
        relational=any(part.relational for part in known),
        bases=sum(part.bases for part in known),
        chooses=any(part.chooses for part in known),
        policy=_policy(known),
    )


def _policy(parts: list[Typed]) -> str | None:
    """What holds when the tuple is fed onwards: "model" where every part with many
    answers goes on from the model's own."""
    free = [part.policy for part in parts if part.relational]
    return "model" if free and all(policy == "model" for policy in free) else None
