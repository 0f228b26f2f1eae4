"""Types of one shape: their ports, and which of them contain which types.

Types that the same ports take are one *class*. Which ports hold a type is a set of bits
that its ends look up (``containment.mask_of``); the few ports that are not sure of what
they hold are asked.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from racesc.runtime.types import Type
from racesc.space.containment import numeric
from racesc.space.ports import Port
from racesc.space.regular import irregular
from racesc.space.vectors import Part, Vector, built, rebuildable, source
from racesc.space.vectors import parts as parts_of

Entry = tuple[int, int, Port]  # piece, way, port


@dataclass(slots=True)
class Class:
    """Types that the same environments take. ``entries`` are those, in library order;
    ``counts`` how many functional and relational ones they are, ``pool`` how many
    functional ones take such types plainly. ``odd``: the one type is not regular."""

    entries: list[Entry]
    counts: tuple[int, int]
    pool: int
    first: int = -1  # the number of the first type
    near: Callable[[Vector], Any] | None = None  # see near.py
    joint: tuple[Port, ...] = ()
    nears: dict[Any, int] = field(default_factory=dict)
    odd: bool = False


@dataclass(slots=True)
class Form:
    """One shape. ``like`` is a type of it, ``odd`` tells the vectors of types that are
    not regular (``regular.py``)."""

    like: Type
    layout: Part
    odd: Callable[[Vector], bool]
    ports: list[Entry] = field(default_factory=list)
    distinct: list[Port] = field(default_factory=list)  # the ports, each once
    held: Callable[[Vector], int] | None = (
        None  # which hold a vector, as bits; or ports
    )
    # have not been looked for
    unsure: list[tuple[int, Port]] = field(default_factory=list)  # bits of ports to ask
    lows: list[tuple[int, list[Any]]] = field(default_factory=list)
    highs: list[tuple[int, list[Any]]] = field(default_factory=list)
    others: tuple[int, ...] = ()
    rebuilt: bool = True
    numbers: dict[Vector, int] = field(default_factory=dict)
    classes: dict[int, Class] = field(default_factory=dict)  # by who takes them
    odds: dict[Vector, Class] = field(default_factory=dict)  # of irregular types
    minded: frozenset[int] | None = None
    part_lows: list[tuple[int, list[Any]]] = field(default_factory=list)
    part_highs: list[tuple[int, list[Any]]] = field(default_factory=list)
    contained: dict[Any, bool] = field(default_factory=dict)  # by part cell and pattern
    widen: Callable[[Vector], Vector] | None = None  # see widening.py
    _part_cell: Callable[[Vector], tuple[Any, ...]] | None = None

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

    def part_cell(self, vector: Vector) -> tuple[Any, ...]:
        """Between which constants of what takes it as a part of a tuple its ends lie,
        and its flags."""
        if self._part_cell is None:
            self._part_cell = cells(self.part_lows, self.part_highs, self.others)
        return self._part_cell(vector)


def cells(
    lows: Sequence[tuple[int, list[Any]]],
    highs: Sequence[tuple[int, list[Any]]],
    others: Sequence[int],
) -> Callable[[Vector], tuple[Any, ...]]:
    """Between which constants the ends of a vector lie, and its other entries, as a
    function of the vector. A missing end lies before all."""
    parts: list[str] = []
    constants: list[list[Any]] = []
    for name, sides in (("right", lows), ("left", highs)):
        for at, known in sides:
            found = f"{name}(k[{len(constants)}], v[{at}])"
            parts.append(f"-1 if v[{at}] is None else {found}")
            constants.append(known)
    parts += [f"v[{at}]" for at in others]
    scope = {"k": constants, "left": bisect_left, "right": bisect_right}
    code = f"lambda v: ({''.join(f'{part}, ' for part in parts)})"
    made: Callable[[Vector], tuple[Any, ...]] = eval(source(code), scope)
    return made


def empty_form(like: Type) -> Form:
    """A shape without its ports."""
    layout = parts_of(like)
    numbers = {at for at, _ in numeric(layout)}
    return Form(
        like,
        layout,
        irregular(layout),
        others=tuple(at for at in range(layout.stop) if at not in numbers),
        rebuilt=rebuildable(like),
    )


__all__ = ["Class", "Entry", "Form", "empty_form"]
