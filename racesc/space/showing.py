"""Composites as they are shown: expression, signature, size and depth.

A stream passes by the same heads and steps again and again, so what is said of a part
is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from json.encoder import encode_basestring as quoted
from typing import Any, Generic, TypeVar

from racesc.runtime.base import Parameter
from racesc.runtime.types import Tuple, Type
from racesc.show_types import signature_text, type_text
from racesc.space import terms
from racesc.space.steps import Steps
from racesc.space.terms import FURTHER, Term, written
from racesc.typed import Signature

MOST_KEPT = 50_000  # parts of which something is kept

Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass(frozen=True)
class Entry:
    """One composite of the space, as it is shown."""

    rank: int
    expression: str
    signature: str
    size: int
    depth: int

    @property
    def id(self) -> str:
        """Its durable name: a hash of the canonical expression."""
        return identity(self.expression)

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "rank": self.rank,
            "id": self.id,
            "expression": self.expression,
            "signature": self.signature,
            "size": self.size,
            "depth": self.depth,
        }


def identity(expression: str) -> str:
    """The durable name of a composite, as packages have it."""
    return sha256(expression.encode("utf-8", "surrogatepass")).hexdigest()[:16]


class _Kept(dict[Key, Value], Generic[Key, Value]):
    """A function's results, forgotten where they become many."""

    def __init__(self, function: Callable[[Key], Value]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, key: Key) -> Value:
        if len(self) > MOST_KEPT:
            self.clear()
        found = self[key] = self._function(key)
        return found


class Showing:
    """What is said of the composites over a scope's steps."""

    def __init__(self, steps: Steps) -> None:
        self.steps = steps
        self._texts: _Kept[Term, str] = _Kept(self._text)
        self._measures: _Kept[Term, tuple[int, int]] = _Kept(
            lambda term: (terms.size(term), terms.depth(term))
        )
        self._behind: _Kept[tuple[int, Term], int] = _Kept(self._step_state)
        self._whole: _Kept[Term, int] = _Kept(self._head_state)
        self._drawn: _Kept[Term, str] = _Kept(self._drawn_text)
        self._codomain_texts: _Kept[Term, str] = _Kept(self._codomain_text)
        self._codomains: _Kept[int, str] = _Kept(
            lambda state: type_text(steps.types[state])
        )

    def entry(self, rank: int, term: Term) -> Entry:
        """A composite as it is shown."""
        size, depth = self._measured(term)
        return Entry(rank, self.expression(term), self._signature(term), size, depth)

    def line(self, rank: int, term: Term) -> str:
        """An entry as one line of JSON."""
        text = self.expression(term)
        size, depth = self._measured(term)
        return (
            f'{{"rank": {rank}, "id": "{identity(text)}", "expression": {quoted(text)},'
            f' "signature": {quoted(self._signature(term))}, "size": {size},'
            f' "depth": {depth}}}'
        )

    # ── text ──────────────────────────────────────────────────────────────────

    def expression(self, term: Term) -> str:
        """A composite's canonical text."""
        texts = self._texts
        if term[0] == "q":
            return " >> ".join([texts[step] for step in term[1]])
        if term[0] == "p":
            return f"PARALLEL({', '.join([texts[part] for part in term[1]])})"
        return texts[term]

    def _text(self, term: Term) -> str:
        return terms.text(term, self.steps.source_texts, self.steps.place_texts)

    def _measured(self, term: Term) -> tuple[int, int]:
        """Size and depth."""
        if term[0] not in "qp":
            return self._measures[term]
        size = deepest = 0
        for part in term[1]:
            own, depth = self._measures[part]
            size += own
            if depth > deepest:
                deepest = depth
        return size, deepest + 1

    def _signature(self, term: Term) -> str:
        """``signature``, written."""
        if term[0] == "p":
            return f"() -> {self._codomain_text(term)}"
        first = term[1][0] if term[0] == "q" else term
        return f"{self._drawn[first]}{self._codomain_text(term)}"

    def _codomain_text(self, term: Term) -> str:
        if term[0] == "p":  # no type of its own: nothing takes it
            texts = self._codomain_texts
            return f"({', '.join([texts[part] for part in term[1]])})"
        return self._codomains[self.state(term)]

    def _drawn_text(self, head: Term) -> str:
        drawn = Signature((), self._parameters(head), Tuple(()))
        return signature_text(drawn).removesuffix(type_text(Tuple(())))

    # ── types ─────────────────────────────────────────────────────────────────

    def signature(self, term: Term) -> Signature:
        """What a composite draws and answers, as ``check`` says it."""
        return Signature((), self._parameters(term), self.codomain(term))

    def codomain(self, term: Term) -> Type:
        """The type of a composite's value."""
        if term[0] == "p":
            return Tuple(tuple(map(self.codomain, term[1])))
        found: Type = self.steps.types[self.state(term)]
        return found

    def _parameters(self, term: Term) -> tuple[Parameter, ...]:
        while term[0] == "q":
            term = term[1][0]
        if term[0] == "b":
            return self.steps.sources[term[1]].parameters
        if term[0] == "p":
            return ()
        while term[0] in "st":
            term = term[1][0]
        if term[0] in FURTHER:
            form, places, drawn = written(term)
            return (self.steps.further.parameter(form, places, *drawn),)
        return self.steps.sources[term[1]].parameters[:1]

    def state(self, term: Term, fed: int = -1) -> int:
        """The state behind a composite, or behind a step that is fed one."""
        if term[0] == "u":
            return self._behind[fed, term]
        if term[0] != "q":
            return self._whole[term]
        head, *steps = term[1]
        state, behind = self._whole[head], self._behind
        for step in steps:
            state = behind[state, step]
        return state

    def _head_state(self, term: Term) -> int:
        if term[0] == "b":
            return self.steps.source_states[term[1]]
        if term[0] == "p":
            return self.steps.state(self.codomain(term))
        if term[0] in FURTHER:
            form, places, drawn = written(term)
            start = self.steps.further.draws(form, places, *drawn)
            return self._behind[self.steps.state(start), term]
        return self._ordered_state(term)

    def _step_state(self, fed: tuple[int, Term]) -> int:
        state, step = fed
        if step[0] in FURTHER:
            form, places, _ = written(step)
            number = self.steps.number(state)
            there = self.steps.further.behind(form, number, places)
            if there is None:
                raise ValueError(f"{self._texts[step]} does not take that")
            return there
        if step[0] != "u":
            return self._ordered_state(step)
        for place, there, _ in self.steps.takes(state):
            if place == step[1]:
                return there
        raise ValueError(f"{self.steps.place_texts[step[1]]} does not take that")

    def _ordered_state(self, term: Term) -> int:
        return self.steps.order_state(len(term[1]), term[2] if term[0] == "t" else 0)


__all__ = ["Entry", "Showing", "identity"]
