"""Counting less exactly, and much faster: types are widened.

The ends of what comes out of a step move outward to the nearest constants that the
scope's ports compare such ends with, so that fewer types are met. A wider type is taken
by no more environments than a narrower one, and what comes out of it is no narrower: a
coarse count leaves legal composites out, but has no others. What nests deeper than
``NESTED`` is not fed onwards, nor is a whole tuple that is taken as it is, whatever its
parts.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from racesc.runtime.base import Base
from racesc.runtime.bounds import Expression
from racesc.runtime.types import Int, Type
from racesc.space.forms import Form
from racesc.space.regular import FARTHEST
from racesc.space.vectors import LOW, Part, Vector, ends
from racesc.unify import children

NESTED = 3  # constructors: a list of pairs of numbers


class Widening:
    """How types are widened in a scope."""

    def __init__(self, bases: Sequence[Base]) -> None:
        lows, highs = {-FARTHEST, 0, 1}, {FARTHEST, 0, -1}
        for base in bases:
            for parameter in base.parameters:
                for side, bound in _number_ends(parameter.type):
                    (lows if side == LOW else highs).add(bound)
        self._lows, self._highs = sorted(lows), sorted(highs)

    def deep(self, type_: Type) -> bool:
        """Whether a type nests too deeply to be fed onwards."""
        return _nested(type_) > NESTED

    def of(self, form: Form) -> Callable[[Vector], Vector]:
        """A function that widens the regular types of a shape."""
        known = {at: constants for at, constants in (*form.lows, *form.highs)}
        parts = [f"v[{at}]" for at in range(form.layout.stop)]
        scope: dict[str, Any] = {"left": bisect_left, "right": bisect_right}
        for at, side, numbers in _positions(form.layout):
            constants = set(known.get(at, ()))
            if numbers:
                constants.update(self._lows if side == LOW else self._highs)
            constants = {c for c in constants if isinstance(c, int)}
            constants.add(-FARTHEST if side == LOW and numbers else 0)
            constants.add(FARTHEST)
            scope[f"k{at}"] = sorted(constants)
            found = (
                f"right(k{at}, v[{at}]) - 1" if side == LOW else f"left(k{at}, v[{at}])"
            )
            parts[at] = f"k{at}[{found}]"
        code = f"lambda v: ({''.join(f'{part}, ' for part in parts)})"
        made: Callable[[Vector], Vector] = eval(code, scope)
        return made


def _positions(part: Part) -> Iterator[tuple[int, str, bool]]:
    """Numeric ends: position, side, whether they are those of whole numbers."""
    for at, side, _ in ends(part.type, part.start):
        yield at, side, isinstance(part.type, Int)
    for child in part.children:
        yield from _positions(child)


def _number_ends(type_: Type) -> Iterator[tuple[str, int]]:
    if isinstance(type_, Int):
        for _, side, bound in ends(type_, 0):
            if isinstance(bound, int) and not isinstance(bound, Expression):
                yield side, bound
    for child in children(type_):
        yield from _number_ends(child)


def _nested(type_: Type) -> int:
    return 1 + max(map(_nested, children(type_)), default=0)


__all__ = ["NESTED", "Widening"]
