"""Literals of the language as Python values of the types they stand for."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from racesc.runtime.types import (
    Graph,
    List,
    Matrix,
    Newtype,
    Rat,
    Set,
    Tuple,
    Type,
)
from racesc.syntax import GraphLiteral, Literal, LiteralExpression


def value_of(written: LiteralExpression) -> Any:
    """The plain value: int, Fraction, bool, str, list, tuple, frozenset or graph.

    An undirected graph's edges are put in normal form, u < v and sorted.
    """
    if isinstance(written, Literal):
        return written.value
    if isinstance(written, GraphLiteral):
        edges = []
        for item in value_of(written.edges):
            edge = item if isinstance(item, tuple) else (item,)
            if (
                not written.directed
                and len(edge) >= 2
                and isinstance(edge[0], int)
                and isinstance(edge[1], int)
                and edge[0] > edge[1]
            ):
                edge = (edge[1], edge[0], *edge[2:])
            edges.append(edge)
        return (written.nodes, sorted(edges, key=_edge_order))
    items = [value_of(item) for item in written.items]
    if written.kind == "tuple":
        return tuple(items)
    if written.kind == "set":
        return frozenset(_hashable(item) for item in items)
    return items


def _edge_order(edge: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(x if isinstance(x, int) else 0 for x in edge[:2])


def _hashable(item: Any) -> Any:
    return tuple(_hashable(x) for x in item) if isinstance(item, list) else item


def fit(value: Any, expected: Type) -> Any:
    """The value with whole numbers made fractions where a `Rat` is expected.

    Anything else that does not fit is left as it is, for the type check to refuse.
    """
    if isinstance(expected, Newtype):
        return fit(value, expected.body)
    if isinstance(expected, Rat) and type(value) is int:
        return Fraction(value)
    if isinstance(expected, (List, Set)) and isinstance(value, (list, frozenset)):
        return type(value)(fit(item, expected.item) for item in value)
    if isinstance(expected, Matrix) and isinstance(value, list):
        return [
            [fit(x, expected.item) for x in row] if isinstance(row, list) else row
            for row in value
        ]
    if (
        isinstance(expected, Tuple)
        and isinstance(value, tuple)
        and len(value) == len(expected.items)
    ):
        return tuple(fit(a, b) for a, b in zip(value, expected.items, strict=True))
    if isinstance(expected, Graph) and expected.weight is not None:
        if isinstance(value, tuple) and len(value) == 2 and isinstance(value[1], list):
            weight = expected.weight
            edges = [
                (*edge[:2], fit(edge[2], weight)) if len(edge) == 3 else edge
                for edge in value[1]
            ]
            return (value[0], edges)
    return value
