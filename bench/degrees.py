"""Who can feed whom in a library: composition degrees.

An environment *feeds* another where the checker accepts `one >> other`, or
`one >> other(p: _)` for some parameter: with everything of the first drawn up to level
10, under any of the default types where it is polymorphic, its answer going to one
parameter, or filling several where it is a tuple. An environment with many right
answers feeds `as canonical`. Feeding itself does not count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from racesc.space.feeding import Feeder
from racesc.space.pieces import pieces_of, sources_of
from racesc.typed import TypedEnvironment

WANTED = 10  # others on either side
SHARE = 0.9  # of the environments that have so many


@dataclass(frozen=True)
class Degrees:
    """For every environment by name the names of those that it ``feeds`` and that feed
    it (``fed``), both in library order."""

    feeds: dict[str, tuple[str, ...]]
    fed: dict[str, tuple[str, ...]]

    @property
    def open(self) -> list[str]:
        """Those that feed, and can be fed by, at least ``WANTED`` others."""
        return [name for name in self.feeds if self.least(name) >= WANTED]

    def least(self, name: str) -> int:
        """The smaller of an environment's two degrees."""
        return min(len(self.feeds[name]), len(self.fed[name]))

    @property
    def share(self) -> float:
        """The share of ``open``."""
        return len(self.open) / len(self.feeds)

    def hubs(self, count: int) -> list[str]:
        """Those with the most others on both sides, the smaller degree deciding."""
        return sorted(self.feeds, key=lambda name: (-self.least(name), name))[:count]


def degrees(scope: Sequence[TypedEnvironment]) -> Degrees:
    """The degrees of the base environments in scope."""
    pieces = pieces_of(scope)
    feeder = Feeder(pieces)
    pairs = set()
    for source in sources_of(pieces):
        for taker, _, _ in feeder.takers(feeder.number(source.type)):
            if taker != source.piece:
                pairs.add((source.piece, taker))
    names = [piece.name for piece in pieces]
    feeds: dict[str, list[str]] = {name: [] for name in names}
    fed: dict[str, list[str]] = {name: [] for name in names}
    for giver, taker in sorted(pairs):
        feeds[names[giver]].append(names[taker])
        fed[names[taker]].append(names[giver])
    return Degrees(
        {name: tuple(found) for name, found in feeds.items()},
        {name: tuple(found) for name, found in fed.items()},
    )
