"""The space of compositions over a scope: count, find by index, find the index."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from racesc.runtime.types import Type
from racesc.space import terms
from racesc.space.counting import Counting
from racesc.space.grammar import Grammar, Key
from racesc.space.indices import Indices, NotHere
from racesc.space.selection import Selection
from racesc.space.showing import Entry, Showing, identity
from racesc.space.steps import Steps, steps_of
from racesc.space.streaming import Streaming
from racesc.space.terms import Term
from racesc.typed import Signature, TypedEnvironment


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
        self.indices = Indices(self.counting)
        self.streaming = Streaming(self.indices)
        self.showing = Showing(self.steps)
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
        found: Term = self.indices.unrank(keys[place], rank - before)
        return found

    def rank(self, term: Term) -> int | None:
        """The rank of a composite; None where the selection has it not."""
        size, operator = terms.size(term), terms.operator(term)
        if size not in self.sizes:
            return None
        for place, key in enumerate(self._top()):
            if (key[2], key[1]) == (size, operator):
                try:
                    index = self.indices.rank(key, term)
                except NotHere:
                    return None
                return index + (self._totals[place - 1] if place else 0)
        return None

    def terms(self, start: int = 0, stop: int | None = None) -> Iterator[Term]:
        """The composites with ranks from one number up to another, in order."""
        for run in self.runs(start, stop):
            yield from run

    def runs(self, start: int = 0, stop: int | None = None) -> Iterator[Sequence[Term]]:
        """The same in lists of any length but 0."""
        keys = self._top()
        stop = self.total if stop is None else min(stop, self.total)
        place = bisect_right(self._totals, start)
        for index in range(place, len(keys)):
            before = self._totals[index - 1] if index else 0
            for run in self.streaming.runs(keys[index], start - before):
                start += len(run)
                if start >= stop:
                    yield run[: len(run) - (start - stop)]
                    return
                yield run

    # ── what is shown ─────────────────────────────────────────────────────────

    def expression(self, term: Term) -> str:
        """A composite's canonical text."""
        return self.showing.expression(term)

    def entry(self, rank: int) -> Entry:
        """The composite with a rank, as it is shown."""
        return self.showing.entry(rank, self.term(rank))

    def shown(self, rank: int, term: Term) -> Entry:
        """A composite as it is shown."""
        return self.showing.entry(rank, term)

    def lines(self, ranks: Iterable[int]) -> Iterator[str]:
        """The entries with these ranks, each as a line of JSON."""
        line = self.showing.line
        if isinstance(ranks, range) and ranks.step == 1:
            return map(line, ranks, self.terms(ranks.start, ranks.stop))
        return (line(rank, self.term(rank)) for rank in ranks)

    def signature(self, term: Term) -> Signature:
        """What a composite draws and answers, as ``check`` says it."""
        return self.showing.signature(term)

    def codomain(self, term: Term) -> Type:
        """The type of a composite's value."""
        return self.showing.codomain(term)


__all__ = ["Entry", "Space", "identity"]
