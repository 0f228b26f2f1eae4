"""The type of one value: what a literal is typed as."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
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
    Var,
)
from racesc.unify import UNKNOWN, join


def type_of(value: Any, expected: Type) -> Type | None:
    """The smallest type of a literal's value, shaped like ``expected`` (whose
    constructors tell a list from a matrix and text from a label).

    None where the value has another shape. The result is ground.
    """
    if isinstance(expected, Newtype):
        body = type_of(value, expected.body)
        return None if body is None else replace(expected, body=body)
    if isinstance(value, bool):
        return Bool() if isinstance(expected, (Bool, Var)) else None
    if isinstance(value, int) and isinstance(expected, (Int, Var)):
        return Int(value, value)
    if isinstance(value, (int, Fraction)) and isinstance(expected, (Rat, Var)):
        return Rat(Fraction(value), Fraction(value))
    if isinstance(value, str):
        if isinstance(expected, Labels):
            return Labels((value,))
        if isinstance(expected, (Str, Var)):
            return Str((len(value),) * 2, "".join(sorted(set(value))))
        return None
    if isinstance(value, tuple) and isinstance(expected, Graph):
        return _graph_type(value, expected)
    if isinstance(value, tuple) and isinstance(expected, (Tuple, Var)):
        shapes: tuple[Type, ...] = (UNKNOWN,) * len(value)
        if isinstance(expected, Tuple):
            shapes = expected.items
        if len(shapes) != len(value):
            return None
        parts = [type_of(a, b) for a, b in zip(value, shapes, strict=True)]
        known = tuple(part for part in parts if part is not None)
        return Tuple(known) if len(known) == len(parts) else None
    if isinstance(value, frozenset) and isinstance(expected, (Set, Var)):
        inner = expected.item if isinstance(expected, Set) else UNKNOWN
        item = _item_type(sorted(value, key=repr), inner)
        return None if item is None else Set(item, (len(value),) * 2)
    if isinstance(value, list) and isinstance(expected, Matrix):
        if not all(isinstance(row, list) for row in value):
            return None
        if not value or not value[0] or len({len(row) for row in value}) != 1:
            return None
        item = _item_type([x for row in value for x in row], expected.item)
        if item is None:
            return None
        return Matrix(item, (len(value),) * 2, (len(value[0]),) * 2)
    if isinstance(value, list) and isinstance(expected, (List, Var)):
        inner = expected.item if isinstance(expected, List) else UNKNOWN
        item = _item_type(value, inner)
        if item is None:
            return None
        return List(
            item,
            (len(value),) * 2,
            distinct=len({_frozen(each) for each in value}) == len(value),
            sorted=_ascending(value),
        )
    return None


def _frozen(value: Any) -> Any:
    """A value that can be hashed, equal where the value is."""
    if isinstance(value, (list, tuple)):
        return tuple([_frozen(each) for each in value])
    return value


def _ascending(items: list[Any]) -> bool:
    try:
        return all(a <= b for a, b in zip(items, items[1:], strict=False))
    except TypeError:
        return False


def _item_type(items: list[Any], expected: Type) -> Type | None:
    joined: Type = UNKNOWN
    for item in items:
        found = type_of(item, expected)
        both = None if found is None else join(joined, found)
        if both is None:
            return None
        joined = both
    return joined


def _graph_type(value: Any, expected: Graph) -> Type | None:
    if len(value) != 2:
        return None
    nodes, edges = value
    if not isinstance(nodes, int) or not isinstance(edges, list):
        return None
    if not all(isinstance(edge, tuple) for edge in edges):
        return None
    if expected.weight is None:
        weight = None
        if any(len(edge) != 2 for edge in edges):
            return None
    else:
        if any(len(edge) != 3 for edge in edges):
            return None
        weight = _item_type([edge[2] for edge in edges], expected.weight)
        if weight is None:
            return None
    return Graph((nodes, nodes), expected.directed, weight)


__all__ = ["type_of"]
