"""The composites of a nonterminal in their order, one after the other.

The same descent as from an index, but each choice is followed by the next one instead
of a new search from the top. Composites come in runs that share all but their last
part, so a run is one list; short runs are kept, for the ends of chains are met again
behind many beginnings.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

from racesc.space import multisets
from racesc.space.grammar import Key
from racesc.space.indices import Indices
from racesc.space.joining import all_joined, joined

SHORT = 4_096  # composites of a nonterminal that are listed at once
MOST_KEPT = 500_000  # composites in lists that are kept


class Streaming:
    """Streams of a counted space's nonterminals."""

    def __init__(self, indices: Indices) -> None:
        self.indices = indices
        self.count = indices.counting.count
        self._lists: dict[Key, Sequence[Any]] = {}
        self._kept = 0

    def runs(self, key: Key, start: int = 0) -> Iterator[Sequence[Any]]:
        """The composites (or sequences of steps) from an index on, in lists of any
        length but 0."""
        count = self.count(key)
        if start >= count:
            return
        if count <= SHORT:
            yield self._listed(key)[start:]
        else:
            yield from self._runs(key, start)

    def _runs(self, key: Key, start: int) -> Iterator[Sequence[Any]]:
        if key[0] == "many":
            _, n, r, end, lo, hi = key
            solo = ("solo", n, end, lo, hi)
            yield from self._multisets(solo, r, start, self.count(solo))
            return
        cell = self.indices.cell(key)
        place = bisect_right(cell.totals, start)
        if place:
            start -= cell.totals[place - 1]
        for id_, keys in zip(cell.ids[place:], cell.keys[place:], strict=True):
            if not keys:
                yield (joined(key, id_, ()),)
                continue
            after = self._only(keys)
            varying = keys[: len(keys) - len(after)]
            for before, choices in self._products(varying, start):
                yield all_joined(key, id_, before, choices, after)
            start = 0

    def _only(self, keys: Sequence[Key]) -> list[Any]:
        """What the last nonterminals are of which there is one composite alone."""
        found: list[Any] = []
        for key in reversed(keys[1:]):
            if self.count(key) > 1:
                break
            found.append(self._listed(key)[0])
        return found[::-1]

    def _products(
        self, keys: Sequence[Key], start: int
    ) -> Iterator[tuple[tuple[Any, ...], Sequence[Any]]]:
        """Parts side by side, the first one counting slowest: all but the last, and
        a list of last ones."""
        if len(keys) == 1:
            for lasts in self.runs(keys[0], start):
                yield (), lasts
            return
        width = 1
        for key in keys[1:]:
            width *= self.count(key)
        first, start = divmod(start, width)
        for run in self.runs(keys[0], first):
            for part in run:
                for parts, lasts in self._products(keys[1:], start):
                    yield (part, *parts), lasts
                start = 0

    def _multisets(
        self, solo: Key, r: int, start: int, bound: int
    ) -> Iterator[Sequence[tuple[Any, ...]]]:
        """Multisets of r composites with indices below a bound, the largest index
        counting slowest."""
        if r == 1:
            for run in self._below(solo, start, bound):
                yield [(part,) for part in run]
            return
        *_, last = multisets.unrank(r, start)
        start -= multisets.count(last, r)
        for run in self._below(solo, last, bound):
            for part in run:
                last += 1
                for smaller in self._multisets(solo, r - 1, start, last):
                    yield [(*parts, part) for parts in smaller]
                start = 0

    def _below(self, key: Key, start: int, bound: int) -> Iterator[Sequence[Any]]:
        """``runs`` up to an index."""
        if start >= bound:
            return
        for run in self.runs(key, start):
            start += len(run)
            if start >= bound:
                yield run[: len(run) - (start - bound)]
                return
            yield run

    def _listed(self, key: Key) -> Sequence[Any]:
        found = self._lists.get(key)
        if found is None:
            found = [one for run in self._runs(key, 0) for one in run]
            if self._kept > MOST_KEPT:
                self._lists.clear()
                self._kept = 0
            self._kept += len(found)
            self._lists[key] = found
        return found


__all__ = ["Streaming"]
