"""The space of compositions over a scope: count, find by index, find the index."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate
from typing import Any

from racesc.runtime.base import Parameter
from racesc.runtime.types import Tuple, Type
from racesc.show_types import signature_text
from racesc.space import terms
from racesc.space.counting import Counting, NotHere
from racesc.space.grammar import Grammar, Key
from racesc.space.selection import Selection
from racesc.space.steps import Steps, steps_of
from racesc.space.terms import Term
from racesc.typed import Signature, TypedEnvironment


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


class Space:
    """The composites of a scope that a selection asks for, numbered from 0."""

    def __init__(
        self,
        scope: Sequence[TypedEnvironment],
        selection: Selection,
        steps: Steps | None = None,
    ) -> None:
        self.selection = selection
        self.steps = steps or steps_of(scope, selection)
        self.grammar = Grammar(self.steps, selection)
        self.counting = Counting(self.grammar)
        low, high = selection.sizes
        self.sizes = range(low, high + 1)
        self._keys: list[Key] | None = None
        self._totals: list[int] = []

    # ── counts ────────────────────────────────────────────────────────────────

    def _top(self) -> list[Key]:
        if self._keys is None:
            self._keys = [key for n in self.sizes for key in self.grammar.top(n)]
            self._totals = list(accumulate(map(self.counting.count, self._keys)))
        return self._keys

    @property
    def total(self) -> int:
        """How many composites there are."""
        self._top()
        return self._totals[-1] if self._totals else 0

    def counts(self) -> dict[tuple[int, str], int]:
        """How many there are of each size and operator."""
        return {
            (key[2], key[1]): self.counting.count(key)
            for key in self._top()
            if self.counting.count(key)
        }

    def by_codomain(self) -> dict[str, int]:
        """How many there are of each codomain, refinements dropped; free-standing
        PARALLELs only by their number of parts, as `(_, _)`."""
        found: dict[str, int] = {}
        for key in self._top():
            for shape, count in self.counting.spectrum(key).items():
                found[shape] = found.get(shape, 0) + count
        return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))

    # ── composites ────────────────────────────────────────────────────────────

    def term(self, rank: int) -> Term:
        """The composite with a rank."""
        keys = self._top()
        if not 0 <= rank < self.total:
            raise IndexError(rank)
        place = bisect_right(self._totals, rank)
        before = self._totals[place - 1] if place else 0
        found: Term = self.counting.unrank(keys[place], rank - before)
        return found

    def rank(self, term: Term) -> int | None:
        """The rank of a composite; None where the selection has it not."""
        size, operator = terms.size(term), terms.operator(term)
        if size not in self.sizes:
            return None
        for place, key in enumerate(self._top()):
            if (key[2], key[1]) == (size, operator):
                try:
                    index = self.counting.rank(key, term)
                except NotHere:
                    return None
                return index + (self._totals[place - 1] if place else 0)
        return None

    def expression(self, term: Term) -> str:
        """A composite's canonical text."""
        return terms.text(term, self.steps.source_texts, self.steps.place_texts)

    def entry(self, rank: int) -> Entry:
        """The composite with a rank, as it is shown."""
        return self.shown(rank, self.term(rank))

    def shown(self, rank: int, term: Term) -> Entry:
        """A composite as it is shown."""
        return Entry(
            rank,
            self.expression(term),
            signature_text(self.signature(term)),
            terms.size(term),
            terms.depth(term),
        )

    def entries(self, ranks: Iterator[int] | range) -> Iterator[Entry]:
        """The composites with these ranks, as they are shown."""
        return map(self.entry, ranks)

    # ── types ─────────────────────────────────────────────────────────────────

    def signature(self, term: Term) -> Signature:
        """What a composite draws and answers, as ``check`` says it."""
        return Signature((), self._parameters(term), self.codomain(term))

    def _parameters(self, term: Term) -> tuple[Parameter, ...]:
        while term[0] == "q":
            term = term[1][0]
        if term[0] == "b":
            return self.steps.sources[term[1]].parameters
        if term[0] == "p":
            return ()
        while term[0] != "b":
            term = term[1][0]
        return self.steps.sources[term[1]].parameters[:1]

    def codomain(self, term: Term) -> Type:
        """The type of a composite's value."""
        found: Type = self.steps.types[self._state(term)]
        return found

    def _state(self, term: Term, state: int = -1) -> int:
        kind = term[0]
        if kind == "b":
            return self.steps.source_states[term[1]]
        if kind == "u":
            for place, there, _ in self.steps.takes(state):
                if place == term[1]:
                    return there
            raise NotHere
        if kind == "p":
            parts = tuple(self.codomain(part) for part in term[1])
            return self.steps.state(Tuple(parts))
        if kind == "q":
            for step in term[1]:
                state = self._state(step, state)
            return state
        return self.steps.order_state(len(term[1]), term[2] if kind == "t" else 0)
