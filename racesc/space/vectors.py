"""Ground types as a shape and a vector: constructors apart from refinements.

The vector holds every refinement in a fixed order, so that what a step looks at is a
choice of positions in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import CodeType
from typing import Any

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
    Tuple,
    Type,
)
from racesc.unify import children

Shape = tuple[Any, ...]
Vector = tuple[Any, ...]


@cache
def source(code: str) -> CodeType:
    """Python source over vectors, compiled once for all shapes that share it."""
    return compile(code, "<vectors>", "eval")


def flat(type_: Type) -> tuple[Shape, Vector]:
    """A ground type's shape and its vector."""
    vector: list[Any] = []
    return _walk(type_, vector.append), tuple(vector)


def _walk(type_: Type, add: Callable[[Any], None]) -> Shape:
    kind = type(type_)
    if isinstance(type_, (Int, Rat)):
        add(type_.low)
        add(type_.high)
        add(type_.nonzero)
        return (kind,)
    if isinstance(type_, Str):
        add(type_.length[0])
        add(type_.length[1])
        add(type_.alphabet)
        return (kind,)
    if isinstance(type_, List):
        add(type_.length[0])
        add(type_.length[1])
        add(type_.distinct)
        add(type_.sorted)
        return kind, _walk(type_.item, add)
    if isinstance(type_, Set):
        add(type_.length[0])
        add(type_.length[1])
        return kind, _walk(type_.item, add)
    if isinstance(type_, Matrix):
        for end in (*type_.rows, *type_.cols):
            add(end)
        return kind, _walk(type_.item, add)
    if isinstance(type_, Graph):
        add(type_.nodes[0])
        add(type_.nodes[1])
        if type_.weight is None:
            return kind, type_.directed
        return kind, type_.directed, _walk(type_.weight, add)
    if isinstance(type_, Tuple):
        return (kind, *(_walk(item, add) for item in type_.items))
    if isinstance(type_, Labels):
        add(type_.labels)
        return (kind,)
    if isinstance(type_, Newtype):
        inner = tuple(_walk(item, add) for item in type_.arguments)
        return kind, type_.name, type_.body if not inner else None, *inner
    return (kind,)


def built(like: Type, vector: Sequence[Any]) -> Type:
    """The type of a shape, given as any type of it, with a vector; ``flat``'s
    inverse."""
    return _built(like, iter(vector))


def _built(like: Type, rest: Iterator[Any]) -> Type:
    if isinstance(like, (Int, Rat)):
        return type(like)(next(rest), next(rest), next(rest))
    if isinstance(like, Str):
        return Str((next(rest), next(rest)), next(rest))
    if isinstance(like, List):
        length, apart, ascending = (next(rest), next(rest)), next(rest), next(rest)
        return List(_built(like.item, rest), length, apart, ascending)
    if isinstance(like, Set):
        length = (next(rest), next(rest))
        return Set(_built(like.item, rest), length)
    if isinstance(like, Matrix):
        rows, cols = (next(rest), next(rest)), (next(rest), next(rest))
        return Matrix(_built(like.item, rest), rows, cols)
    if isinstance(like, Graph):
        nodes = (next(rest), next(rest))
        weight = None if like.weight is None else _built(like.weight, rest)
        return Graph(nodes, like.directed, weight)
    if isinstance(like, Tuple):
        return Tuple(tuple(_built(item, rest) for item in like.items))
    if isinstance(like, Labels):
        return Labels(next(rest))
    assert not (isinstance(like, Newtype) and like.arguments)
    return like


def rebuildable(type_: Type) -> bool:
    """Whether ``built`` can make types of this shape: a newtype's body is not in the
    vector, so not where it depends on the newtype's arguments."""
    if isinstance(type_, Newtype):
        return not type_.arguments
    return all(map(rebuildable, children(type_)))


@dataclass(frozen=True)
class Part:
    """A subtree of a type of some shape, and where its refinements stand."""

    type: Type
    start: int
    stop: int
    children: tuple[Part, ...]


def parts(type_: Type, start: int = 0) -> Part:
    """The layout of a type's vector."""
    if isinstance(type_, (Int, Rat, Str)):
        return Part(type_, start, start + 3, ())
    if isinstance(type_, Labels):
        return Part(type_, start, start + 1, ())
    own, inside = _inside(type_)
    place = start + own
    children = []
    for item in inside:
        child = parts(item, place)
        children.append(child)
        place = child.stop
    return Part(type_, start, place, tuple(children))


def _inside(type_: Type) -> tuple[int, tuple[Type, ...]]:
    """How many refinements a constructor has, and the types in it."""
    if isinstance(type_, List):
        return 4, (type_.item,)
    if isinstance(type_, Set):
        return 2, (type_.item,)
    if isinstance(type_, Matrix):
        return 4, (type_.item,)
    if isinstance(type_, Graph):
        return 2, () if type_.weight is None else (type_.weight,)
    if isinstance(type_, Tuple):
        return 0, type_.items
    if isinstance(type_, Newtype):
        return 0, type_.arguments
    assert isinstance(type_, Bool)
    return 0, ()


def inner(type_: Type) -> tuple[Type, ...]:
    """The types inside of one whose refinements stand in the vector, in order."""
    return type_.arguments if isinstance(type_, Newtype) else children(type_)


def measured(part: Part, kind: str) -> tuple[int, ...] | None:
    """The positions that a bound's atom looks at; None where it is hard to say."""
    type_, at = part.type, part.start
    if isinstance(type_, Newtype):
        return None if type_.arguments else ()
    if kind == "value" and isinstance(type_, (Int, Rat)):
        return at, at + 1, at + 2
    if kind == "len" and isinstance(type_, (Str, List, Set)):
        return at, at + 1
    if kind in ("rows", "cols") and isinstance(type_, Matrix):
        return (at, at + 1) if kind == "rows" else (at + 2, at + 3)
    if kind == "nodes" and isinstance(type_, Graph):
        return at, at + 1
    if kind in ("lo", "hi") and isinstance(type_, (List, Set, Matrix)):
        (item,) = part.children
        if isinstance(item.type, (Int, Rat)):
            # Whether there are items at all matters too.
            own = () if isinstance(type_, Matrix) else (at, at + 1)
            return *own, item.start, item.start + 1
    return None


LOW, HIGH = "low", "high"


def change_ends(type_: Type, end: Callable[[str, Any], Any]) -> Type:
    """A type with every numeric end replaced by what ``end(side, bound)`` says."""

    def pair(ends: tuple[Any, Any]) -> tuple[Any, Any]:
        return end(LOW, ends[0]), end(HIGH, ends[1])

    if isinstance(type_, (Int, Rat)):
        low, high = pair((type_.low, type_.high))
        return replace(type_, low=low, high=high)
    if isinstance(type_, Str):
        return replace(type_, length=pair(type_.length))
    if isinstance(type_, (List, Set)):
        item = change_ends(type_.item, end)
        return replace(type_, item=item, length=pair(type_.length))
    if isinstance(type_, Matrix):
        return Matrix(change_ends(type_.item, end), pair(type_.rows), pair(type_.cols))
    if isinstance(type_, Graph):
        weight = None if type_.weight is None else change_ends(type_.weight, end)
        return replace(type_, nodes=pair(type_.nodes), weight=weight)
    if isinstance(type_, Tuple):
        return Tuple(tuple(change_ends(item, end) for item in type_.items))
    return type_


def ends(type_: Type, start: int) -> Iterator[tuple[int, str, Any]]:
    """A constructor's own numeric ends: position, side, bound."""
    pairs: tuple[tuple[Any, Any], ...] = ()
    if isinstance(type_, (Int, Rat)):
        pairs = ((type_.low, type_.high),)
    elif isinstance(type_, (Str, List, Set)):
        pairs = (type_.length,)
    elif isinstance(type_, Matrix):
        pairs = (type_.rows, type_.cols)
    elif isinstance(type_, Graph):
        pairs = (type_.nodes,)
    for index, (low, high) in enumerate(pairs):
        yield start + 2 * index, LOW, low
        yield start + 2 * index + 1, HIGH, high
