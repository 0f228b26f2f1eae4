"""Many counts in one number.

The ways on from a value are counted for all numbers of steps at once, and so side by
side in one whole number, each in a *lane* of its own (Kronecker's substitution): counts
of ways that begin with different steps are then added in one addition.

    run m          any number of steps, of size m together; for 0, whether the value may
                   be the last one
    steps m, j     exactly j functional steps, of size m together; for 0, 0, whether there
                   may be such a value at all
    pooled m, j, d the same where the value at hand is behind the first step of a SELECT
                   of j + 1 steps with d distractors: none if its pool is too small

One lane more, ``last``, is used in sums alone: last values that relational steps give.
"""

from __future__ import annotations

from collections.abc import Mapping

from racesc.space.sharing import DISTRACTORS, MOST_SORTED, orders

STRUCTURES = 6  # bits for each step: in how many ways steps can be nested


class Lanes:
    """A layout for steps of size up to ``most`` together."""

    def __init__(
        self, most: int, places: int, using: frozenset[str], ambiguity: float = 1
    ) -> None:
        self.most = most
        self.ambiguity = ambiguity
        self.operators = [name for name in ("SORT", "SELECT") if name in using]
        self.distractors = (0, *DISTRACTORS) if "SELECT" in using else (0,)
        self.width = (max(places, 1).bit_length() + STRUCTURES) * (most + 1)
        self.mask = (1 << self.width) - 1
        names: list[tuple[int, ...]] = [(0,)]
        if self.operators:
            names.append((0, 0))
        for m in range(1, most + 1):
            names.append((m,))
            if not self.operators:
                continue
            for j in range(1, min(m, MOST_SORTED) + 1):
                names.append((m, j))
                if "SELECT" in self.operators and j < MOST_SORTED:
                    names += [(m, j, d) for d in DISTRACTORS]
        self.at: Mapping[tuple[int, ...], int] = {
            name: self.width * place for place, name in enumerate(names)
        }
        self.last = self.width * len(names)
        self.pooled: dict[tuple[int, ...], list[tuple[int, ...]]] = {}
        for name in names:
            if len(name) == 3:
                self.pooled.setdefault(name[:2], []).append(name)

    def get(self, packed: int, *name: int) -> int:
        """One count; 0 where there is no such lane."""
        at = self.at.get(name)
        return 0 if at is None else packed >> at & self.mask

    def value(self, last: bool, any_: bool) -> int:
        """The lanes for no steps at all: whether a value may be the last one, and
        whether there may be such a value."""
        found = last << self.at[0,]
        return found + (any_ << self.at[0, 0]) if self.operators else found

    def relational(self, packed: int) -> int:
        """What a relational step adds to a sum, by the lanes of its result."""
        return self.get(packed, 0) << self.last

    def forms(self, size: int) -> list[tuple[int, int]]:
        """Steps and distractors of the SORTs and SELECTs of a size."""
        return [
            form
            for name in self.operators
            for form in orders(name, size, self.ambiguity)
        ]


__all__ = ["Lanes"]
