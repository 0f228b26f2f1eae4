"""The smallest type that contains two regular types of one shape, as a function of their
vectors: ``unify.join``, compiled for a shape."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from racesc.runtime.types import (
    Graph,
    Int,
    Labels,
    List,
    Matrix,
    Rat,
    Set,
    Str,
    Type,
)
from racesc.space.vectors import Part, Vector, parts

Hull = Callable[[Vector, Vector], Vector]


@cache
def hull_of(like: Type) -> Hull:
    """The function for the shape of a type whose types can be made of vectors."""
    return _hull(parts(like))


def _hull(part: Part) -> Hull:
    own = _OWN.get(type(part.type), _nothing)
    if not part.children:
        return own
    first = part.children[0].start - part.start
    inside = [
        (child.start - part.start, child.stop - part.start, _hull(child))
        for child in part.children
    ]

    def hull(a: Vector, b: Vector) -> Vector:
        if a == b:
            return a
        found = own(a[:first], b[:first])
        for start, stop, below in inside:
            found += below(a[start:stop], b[start:stop])
        return found

    return hull


# What a constructor's own refinements come to. Two that are equal stay as they are only
# if all that is inside of them is equal too, which is looked at before; so leaves look.


def _nothing(a: Vector, b: Vector) -> Vector:
    return a


def _whole(a: Vector, b: Vector) -> Vector:
    return a if a == b else _range(a, b, True)


def _fraction(a: Vector, b: Vector) -> Vector:
    return a if a == b else _range(a, b, False)


def _range(a: Vector, b: Vector, whole: bool) -> Vector:
    low, high = min(a[0], b[0]), max(a[1], b[1])
    nonzero = _apart_from_zero(a) and _apart_from_zero(b)
    if nonzero and whole:
        low, high = low or 1, high or -1
    return low, high, nonzero and low <= 0 <= high


def _apart_from_zero(a: Vector) -> bool:
    return bool(a[2] or a[0] > 0 or a[1] < 0)


def _text(a: Vector, b: Vector) -> Vector:
    if a == b:
        return a
    letters = None
    if a[2] is not None and b[2] is not None:
        letters = "".join(sorted({*a[2], *b[2]}))
    return *_ends(a, b), letters


def _ends(a: Vector, b: Vector) -> Vector:
    return min(a[0], b[0]), max(a[1], b[1])


def _list(a: Vector, b: Vector) -> Vector:
    few, fewer = _at_most_one(a[1]), _at_most_one(b[1])
    distinct = (a[2] or few) and (b[2] or fewer)
    return *_ends(a, b), distinct, (a[3] or few) and (b[3] or fewer)


def _at_most_one(longest: object) -> bool:
    return isinstance(longest, int) and longest <= 1


def _matrix(a: Vector, b: Vector) -> Vector:
    return *_ends(a, b), *_ends(a[2:], b[2:])


def _labels(a: Vector, b: Vector) -> Vector:
    return a if a == b else (tuple(sorted({*a[0], *b[0]})),)


_OWN: dict[type[Type], Hull] = {
    Int: _whole,
    Rat: _fraction,
    Str: _text,
    List: _list,
    Set: _ends,
    Matrix: _matrix,
    Graph: _ends,
    Labels: _labels,
}

__all__ = ["hull_of"]
