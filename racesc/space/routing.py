"""Which parameters of a scope types of one shape can fill.

What ``pieces.routes`` says of each environment, for all of them together: a pattern is
matched once, however many environments have it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from racesc.runtime.base import Base
from racesc.runtime.types import Tuple, Type
from racesc.unify import bind

PLAIN = 0  # the way of a place that is fed without saying which parameter

Route = tuple[int, int, tuple[str, ...], bool]  # piece, way, names, several


class Routing:
    """The ways into the environments of a scope."""

    def __init__(self, bases: Sequence[Base]) -> None:
        self._alone: dict[Type, list[Route]] = {}  # ways of one parameter
        self._several: list[tuple[int, tuple[str, ...], tuple[Type, ...]]] = []
        for index, base in enumerate(bases):
            names = tuple(p.name for p in base.parameters)
            types = tuple(p.type for p in base.parameters)
            for place, (name, type_) in enumerate(zip(names, types, strict=True)):
                way = place + 1 if place else PLAIN
                self._alone.setdefault(type_, []).append((index, way, (name,), False))
            if len(names) > 1:
                self._several.append((index, names, types))

    def of(self, like: Type) -> list[Route]:
        """The ways in which types of a shape fit, as far as constructors go, in library
        order; whether components of a tuple fill ``several`` parameters."""
        matches = {pattern: bind(pattern, like, {}) for pattern in self._alone}
        found = [
            route
            for pattern, routes in self._alone.items()
            if matches[pattern]
            for route in routes
        ]
        if isinstance(like, Tuple):
            several = {index for index, _, _ in self._several}
            # Plain forms of these may mean that the tuple is spread.
            found = [one for one in found if one[0] not in several or one[1] != PLAIN]
            found += self._spread(like, matches)
        return sorted(found, key=lambda route: route[:2])

    def _spread(self, like: Tuple, matches: dict[Type, bool]) -> Iterator[Route]:
        parts = like.items
        fits: list[dict[Type, bool]] = [{} for _ in parts]
        for index, names, types in self._several:
            whole = isinstance(types[0], Tuple) and matches[types[0]]
            spread = len(parts) <= len(names)
            for part, type_, known in zip(parts, types, fits, strict=False):
                if not spread:
                    break
                if type_ not in known:
                    known[type_] = bind(type_, part, {})
                spread = known[type_]
            # Where both fit, the plain form is ambiguous and illegal.
            if whole and not spread:
                yield index, PLAIN, names[:1], False
                continue
            if spread and not whole:
                yield index, PLAIN, names[: len(parts)], True
            if matches[types[0]]:
                yield index, 1, names[:1], False


__all__ = ["Route", "Routing"]
