"""Which types formulas hold for.

Nearly all types that are reached are *regular*: every end is there and none is huge,
ranges are not empty, collections may hold something, and different items where they
have to be different. Formulas are made for them. For
the few others the checker's own rule is asked, each time, and they count as one with no
other type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from racesc.drawing import finite
from racesc.feeding import infeasible
from racesc.runtime.types import (
    Bool,
    Graph,
    Int,
    Labels,
    List,
    Matrix,
    Newtype,
    Rat,
    Set,
    Str,
    Type,
)
from racesc.space.vectors import Part, Vector, source
from racesc.unify import children

FARTHEST = 10**28  # no end of a regular type lies beyond


def irregular(layout: Part) -> Callable[[Vector], bool]:
    """Whether a type is not regular, as a function of its vector."""
    check: Callable[[Vector], bool] = eval(source(f"lambda v: {odd_code(layout)}"))
    return check


def odd_code(layout: Part) -> str:
    """``irregular`` as Python source over a vector `v`."""
    return " or ".join(f"({one})" for one in _irregular(layout)) or "False"


def _irregular(part: Part) -> Iterator[str]:
    type_, at = part.type, part.start
    for child in part.children:  # first: what follows reads their ends
        yield from _irregular(child)
    if isinstance(type_, (Int, Rat)):
        yield from _range(at)
        # `nonzero` moves ends off 0; whatever has not been moved is looked at.
        yield f"v[{at + 2}] and (v[{at}] == 0 or v[{at + 1}] == 0)"
    elif isinstance(type_, Str):
        yield from _range(at)
        yield f"v[{at + 2}] == ''"
    elif isinstance(type_, (List, Set)):
        yield from _range(at)
        # What a collection that is always empty is said to hold may be anything.
        yield f"v[{at + 1}] == 0"
        # There may be too few different items.
        apart = f"v[{at + 2}]" if isinstance(type_, List) else "True"
        few = _fewer(part.children[0], f"v[{at}]")
        if few:
            yield f"{apart} and {few}"
    elif isinstance(type_, Matrix):
        yield from _range(at)
        yield from _range(at + 2)
    elif isinstance(type_, Graph):
        yield from _range(at)


def _fewer(item: Part, number: str) -> str:
    """Whether there may be fewer items than a number, as the checker reckons: of most
    kinds it takes there to be many (``feeding.infeasible``)."""
    type_, at = item.type, item.start
    if isinstance(type_, Int):
        return f"{number} > v[{at + 1}] - v[{at}]"
    if isinstance(type_, Bool):
        return f"{number} > 2"
    if isinstance(type_, Labels):
        return f"{number} > len(v[{at}])"
    return "True" if isinstance(type_, Newtype) else ""


def _range(at: int) -> Iterator[str]:
    low, high = f"v[{at}]", f"v[{at + 1}]"
    yield f"{low} is None or {high} is None"
    yield f"not -{FARTHEST} <= {low} <= {high} <= {FARTHEST}"


def drawable_inside(type_: Type) -> bool:
    """Whether regular types of this shape have a value, finitely many, and may be the
    items of what is drawn."""
    if isinstance(type_, Newtype):
        return (
            not type_.arguments
            and finite(type_.body, {})
            and not infeasible(type_.body, {})
        )
    if isinstance(type_, (Int, Rat, Str, Bool, Labels)):
        return True
    return all(map(drawable_inside, children(type_)))


__all__ = ["FARTHEST", "drawable_inside", "irregular", "odd_code"]
