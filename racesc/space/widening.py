"""Counting less exactly, and faster: types are widened.

The ends of what comes out of a step move outward to a few numbers, those that the
scope's ports name most often, so that fewer types are met. A wider type is taken by no
more environments than a narrower one, and what comes out of it is no narrower: a coarse
count leaves legal composites out, but has no others. For the same reason it may do
without whatever costs much: what nests deeper than ``NESTED`` is not fed onwards, nor
is what a polymorphic environment makes of a tuple, and types that are not regular are
taken only where no rule has to be asked.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from racesc.runtime.base import Base
from racesc.runtime.types import Int, Rat, Type
from racesc.space.forms import Form
from racesc.space.regular import FARTHEST
from racesc.space.vectors import HIGH, LOW, Part, Vector, ends
from racesc.unify import children

NESTED = 3  # constructors: a list of pairs of numbers
MOST = 6  # constants of a kind that ends are moved to


class Widening:
    """How types are widened in a scope."""

    def __init__(self, bases: Sequence[Base]) -> None:
        # Types are kept with what is known of them, for as long as their ids are theirs.
        self._deep: dict[int, tuple[Type, bool]] = {}
        # By side, and whether an end is a number's or a size's: the most common ones.
        common: dict[tuple[str, bool], Counter[int]] = defaultdict(Counter)
        for base in bases:
            for parameter in base.parameters:
                for side, number, bound in _constants(parameter.type):
                    common[side, number][bound] += 1
        self._grids = {
            key: _grid(*key, [bound for bound, _ in counter.most_common(MOST)])
            for key, counter in common.items()
        }

    def deep(self, type_: Type) -> bool:
        """Whether a type nests too deeply to be fed onwards."""
        found = self._deep.get(id(type_))
        if found is None:
            found = self._deep[id(type_)] = type_, _nested(type_) > NESTED
        return found[1]

    def of(self, form: Form) -> Callable[[Vector], Vector]:
        """A function that widens the regular types of a shape."""
        parts = [f"v[{at}]" for at in range(form.layout.stop)]
        scope: dict[str, Any] = {"left": bisect_left, "right": bisect_right}
        for at, side, number in _positions(form.layout):
            scope[f"k{at}"] = self._grids.get((side, number)) or _grid(side, number, ())
            found = f"left(k{at}, v[{at}])"
            if side == LOW:
                found = f"right(k{at}, v[{at}]) - 1"
            parts[at] = f"k{at}[{found}]"
        code = f"lambda v: ({''.join(f'{part}, ' for part in parts)})"
        made: Callable[[Vector], Vector] = eval(code, scope)
        return made


def _grid(side: str, number: bool, constants: Sequence[int]) -> list[int]:
    outmost = FARTHEST if side == HIGH else -FARTHEST if number else 0
    return sorted({outmost, 0, 1, *constants})


def _positions(part: Part) -> Iterator[tuple[int, str, bool]]:
    """Numeric ends: position, side, whether they are a number's."""
    for at, side, _ in ends(part.type, part.start):
        yield at, side, isinstance(part.type, (Int, Rat))
    for child in part.children:
        yield from _positions(child)


def _constants(type_: Type) -> Iterator[tuple[str, bool, int]]:
    for _, side, bound in ends(type_, 0):
        if isinstance(bound, int):
            yield side, isinstance(type_, (Int, Rat)), bound
    for child in children(type_):
        yield from _constants(child)


def _nested(type_: Type) -> int:
    return 1 + max(map(_nested, children(type_)), default=0)


__all__ = ["NESTED", "Widening"]
