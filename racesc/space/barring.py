"""Forbidden neighbours, where counts are sums over everything that takes a value.

A value that several environments make is counted once for all of them, as if nothing
were forbidden; what is forbidden to stand behind it is taken off. A *barrier* says what
that is: places, each with how many of those environments forbid it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from racesc.space.steps import NOBODY, Steps

Way = tuple[int, int]  # piece, way


class Barrier:
    """Places, each with how often it is forbidden; ``known`` is what is taken off, by
    steps left, shape and vector."""

    __slots__ = ("known", "weights")

    def __init__(self, weights: tuple[tuple[Way, int], ...], most: int) -> None:
        self.weights = weights
        self.known: list[dict[Any, int]] = [{} for _ in range(most + 1)]


class Barriers:
    """The barriers of a selection; equal ones are one."""

    def __init__(self, steps: Steps, most: int) -> None:
        self._steps = steps
        self._most = most
        self._made: dict[tuple[tuple[Way, int], ...], Barrier] = {}
        self._behind = {
            maker: [
                (where.piece, where.way)
                for place, where in enumerate(steps.places)
                if steps.barred(maker, place)
            ]
            for maker in {steps.maker(state) for state in steps.source_states}
            | set(steps.place_lasts)
            if maker != NOBODY
        }

    def behind(self, makers: Iterable[int]) -> Barrier | None:
        """What these makers forbid together; None where it is nothing."""
        weights: dict[Way, int] = {}
        for maker in makers:
            for way in self._behind.get(maker, ()):
                weights[way] = weights.get(way, 0) + 1
        if not weights:
            return None
        key = tuple(sorted(weights.items()))
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = Barrier(key, self._most)
        return found

    def behind_places(self, ways: Iterable[Way]) -> Barrier | None:
        """What the environments in these places forbid together."""
        steps = self._steps
        return self.behind(steps.place_lasts[steps.place(*way)] for way in ways)


__all__ = ["Barrier", "Barriers", "Way"]
