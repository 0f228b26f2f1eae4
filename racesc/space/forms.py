"""Types of one shape: their ports, and which of them contain which types.

Types whose ends lie between the same constants of a shape's ports are one *class*: the
same ports contain them. Types of a class that agree in what the few ports look at that
are not sure are taken by the same environments.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from racesc.runtime.types import List, Set, Type
from racesc.space.containment import numeric
from racesc.space.ports import Port
from racesc.space.vectors import Part, Vector, built, rebuildable
from racesc.space.vectors import parts as parts_of

Entry = tuple[int, int, Port]  # piece, way, port


@dataclass(slots=True)
class Class:
    """Types that the same ports contain. ``entries`` are those, in library order;
    ``counts`` how many functional and relational ones among them are sure, ``rest``
    the others with whether they are relational."""

    entries: list[Entry]
    counts: tuple[int, int]
    rest: list[tuple[bool, Port]]
    firsts: dict[Any, int] = field(default_factory=dict)  # the first type of each case
    near: Callable[[Vector], Any] | None = None  # see near.py
    joint: tuple[Port, ...] = ()
    nears: dict[Any, int] = field(default_factory=dict)


@dataclass(slots=True)
class Form:
    """One shape. ``like`` is a type of it, ``lengths`` where the longest lengths of
    collections stand in a vector."""

    like: Type
    layout: Part
    ports: list[Entry] = field(default_factory=list)
    lows: list[tuple[int, list[Any]]] = field(default_factory=list)
    highs: list[tuple[int, list[Any]]] = field(default_factory=list)
    others: tuple[int, ...] = ()
    lengths: tuple[int, ...] = ()
    rebuilt: bool = True
    numbers: dict[Vector, int] = field(default_factory=dict)
    classes: dict[Any, Class] = field(default_factory=dict)
    minded: frozenset[int] | None = None
    text: str = ""  # as people read it, refinements dropped
    part_lows: list[tuple[int, list[Any]]] = field(default_factory=list)
    part_highs: list[tuple[int, list[Any]]] = field(default_factory=list)
    contained: dict[Any, bool] = field(default_factory=dict)  # by part cell and pattern

    def type(self, vector: Vector) -> Type:
        """The type with a vector."""
        return built(self.like, vector)

    def watched(self) -> frozenset[int]:
        """The positions that decide about ports that no class settles."""
        if self.minded is None:
            self.minded = frozenset(
                at
                for _, _, port in self.ports
                if not (port.sure or port.by_class)
                for at in (
                    range(self.layout.stop) if port.needs is None else port.needs
                )
            )
        return self.minded

    def cell(self, vector: Vector) -> tuple[Any, ...]:
        """Between which constants a type's ends lie, and its flags."""
        return cell(self.lows, self.highs, self.others, vector)

    def part_cell(self, vector: Vector) -> tuple[Any, ...]:
        """The same among the constants of what takes it as a part of a tuple."""
        return cell(self.part_lows, self.part_highs, self.others, vector)


def cell(
    lows: Sequence[tuple[int, list[Any]]],
    highs: Sequence[tuple[int, list[Any]]],
    others: Sequence[int],
    vector: Vector,
) -> tuple[Any, ...]:
    """Between which constants the ends of a vector lie, and its other entries."""
    return (
        *[
            -1 if vector[at] is None else bisect_right(known, vector[at])
            for at, known in lows
        ],
        *[
            -1 if vector[at] is None else bisect_left(known, vector[at])
            for at, known in highs
        ],
        *[vector[at] for at in others],
    )


def empty_form(like: Type) -> Form:
    """A shape without its ports."""
    layout = parts_of(like)
    numbers = {at for at, _ in numeric(layout)}
    return Form(
        like,
        layout,
        others=tuple(at for at in range(layout.stop) if at not in numbers),
        lengths=tuple(_lengths(layout)),
        rebuilt=rebuildable(like),
    )


def _lengths(part: Part) -> list[int]:
    own = [part.start + 1] if isinstance(part.type, (List, Set)) else []
    return own + [at for child in part.children for at in _lengths(child)]


__all__ = ["Class", "Entry", "Form", "cell", "empty_form"]
