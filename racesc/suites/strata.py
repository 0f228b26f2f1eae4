"""The order in which a suite's composites are tried: the whole space, or the operators of
a mix one by one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from racesc.errors.suites import EmptyEnumeration
from racesc.space.shuffle import Shuffle
from racesc.space.space import Space
from racesc.suites.empty import Empty
from racesc.suites.suite import Suite

MOST_ALL = 1_000_000  # composites that `take all` may mean


@dataclass(frozen=True)
class Stratum:
    """Some intervals of ranks, and how many composites are wanted from them."""

    intervals: tuple[tuple[int, int], ...]  # (first rank, how many)
    wanted: int | None
    name: str = ""

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(count for _, count in self.intervals)

    def ranks(self, suite: Suite) -> Iterator[int]:
        """All ranks, in the order in which they are tried."""
        sizes = [count for _, count in self.intervals]
        ends = list(accumulate(sizes))
        total = ends[-1] if ends else 0
        if suite.take is None:
            for first, count in self.intervals:
                yield from range(first, first + count)
            return
        shuffle = Shuffle(total, suite.seed)
        for position in range(total):
            place = shuffle[position]
            index = bisect_right(ends, place)
            before = ends[index - 1] if index else 0
            yield self.intervals[index][0] + place - before


def strata(space: Space, suite: Suite) -> list[Stratum]:
    """The whole space, or a mix's operators one by one."""
    if suite.take is None and space.total > MOST_ALL:
        raise Empty(
            EmptyEnumeration(
                suite.name,
                f"`take all` would be {space.total:,} composites",
                suite.span,
                nearest=("say how many: `take 10_000 seed 0`",),
            )
        )
    if not suite.mix:
        return [Stratum(((0, space.total),), suite.take)]
    places: dict[str, list[tuple[int, int]]] = {}
    first = 0
    for (_, operator), count in space.counts().items():
        places.setdefault(operator, []).append((first, count))
        first += count
    shares = apportioned(suite.take, suite.mix)
    return [
        Stratum(tuple(places.get(name, ())), shares[name], name) for name in suite.mix
    ]


def apportioned(take: int | None, mix: Any) -> dict[str, int | None]:
    """How many composites each operator gets: whole numbers that add up."""
    if take is None:
        return dict.fromkeys(mix)
    exact = {name: take * percent for name, percent in mix.items()}
    found: dict[str, int | None] = {name: exact[name] // 100 for name in exact}
    left = take - sum(count or 0 for count in found.values())
    by_rest = sorted(
        exact, key=lambda name: (-(exact[name] % 100), list(mix).index(name))
    )
    for name in by_rest[:left]:
        found[name] = (found[name] or 0) + 1
    return found
