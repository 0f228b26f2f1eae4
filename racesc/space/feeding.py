"""The rule FEED for the space: types in, a type out, remembered.

Agrees with ``racesc.feeding.feed``, which it asks where it knows no shorter way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from racesc.feeding import DEFAULTS, Given, feed
from racesc.runtime.base import Base
from racesc.runtime.types import Type

if TYPE_CHECKING:
    from racesc.space.pieces import Piece


@dataclass(frozen=True)
class _Declared:
    """What ``feed`` looks at of a declaration."""

    base: Base


def feed_base(
    base: Base, given: Mapping[str, Type], defaults: tuple[Type, ...] = DEFAULTS
) -> tuple[Mapping[str, Type], Mapping[str, Type], Type] | None:
    """What the type variables are, the parameters' types and the result's type; None
    where the rule does not hold."""
    fed = feed(
        _Declared(base),  # type: ignore[arg-type]
        {name: Given(type_) for name, type_ in given.items()},
        defaults=defaults,
    )
    return None if fed.misfits else (fed.where, fed.types, fed.codomain)


class Feeder:
    """Who takes a value of a type, and what comes out; every answer is kept."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces
        self._takers: dict[Type, tuple[tuple[int, int, Type], ...]] = {}

    def takers(self, type_: Type) -> tuple[tuple[int, int, Type], ...]:
        """(piece, way, type of the result), in library order."""
        found = self._takers.get(type_)
        if found is None:
            found = self._takers[type_] = tuple(self._find(type_))
        return found

    def _find(self, type_: Type) -> Iterator[tuple[int, int, Type]]:
        from racesc.space.pieces import routes

        for index, piece in enumerate(self.pieces):
            for way, given in routes(piece.base, type_):
                fed = feed_base(piece.base, given)
                if fed is not None:
                    yield index, way, fed[2]
