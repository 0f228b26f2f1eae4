"""Literals of the language as Python values of the types they stand for."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from racesc.runtime.types import (
    Graph,
    Labels,
    List,
    Matrix,
    Newtype,
    Rat,
    Set,
    Tuple,
    Type,
    Var,
)
from racesc.singleton import type_of
from racesc.syntax import GraphLiteral, Literal, LiteralExpression, SequenceLiteral


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
    if isinstance(item, (list, tuple)):
        return tuple(_hashable(each) for each in item)
    return item


def read(written: LiteralExpression, expected: Type) -> tuple[Any, Type | None, str]:
    """A literal where a type is expected: its value, the smallest type that holds it,
    and where it has none the reason, as far as there is more to say than that the
    constructors differ."""
    shape = _shape(written, expected)
    value = fit(value_of(written), shape)
    reason = _flaw(written, shape)
    return value, None if reason else type_of(value, shape), reason


def _shape(written: LiteralExpression, expected: Type) -> Type:
    """The expected type; a variable in it that stands for a graph is made one, since
    the graph's value is a tuple like others."""
    if isinstance(expected, (Newtype, Labels)) or isinstance(written, Literal):
        return expected
    if isinstance(written, GraphLiteral):
        if not isinstance(expected, Var):
            return expected
        weighted = any(_size(edge) == 3 for edge in written.edges.items)
        return Graph((0, None), written.directed, expected if weighted else None)
    if written.kind == "list" and written.items:
        if isinstance(expected, List):
            return replace(expected, item=_shape(written.items[0], expected.item))
        if isinstance(expected, Var):
            item = _shape(written.items[0], expected)
            return expected if item is expected else List(item)
    if written.kind == "tuple":
        inner: tuple[Type, ...] = (expected,) * len(written.items)
        if isinstance(expected, Tuple):
            inner = expected.items
        elif not isinstance(expected, Var):
            return expected
        if len(inner) == len(written.items):
            return Tuple(tuple(map(_shape, written.items, inner)))
    return expected


def _flaw(written: LiteralExpression, expected: Type) -> str:
    """What is wrong with a literal that has the right constructor, or ""."""
    if isinstance(expected, Newtype):
        return _flaw(written, expected.body)
    if isinstance(written, GraphLiteral):
        return _graph_flaw(written, expected) if isinstance(expected, Graph) else ""
    if not isinstance(written, SequenceLiteral):
        return ""
    if isinstance(expected, Matrix):
        return _matrix_flaw(written)
    inner: tuple[Type, ...] = ()
    if isinstance(expected, List):
        inner = (expected.item,) * len(written.items)
    elif isinstance(expected, Tuple):
        inner = expected.items
    flaws = map(_flaw, written.items, inner)
    return next((flaw for flaw in flaws if flaw), "")


def _matrix_flaw(written: SequenceLiteral) -> str:
    rows = [_size(row) for row in written.items]
    if None in rows:
        return "a matrix is a list of rows: `[[1, 2], [3, 4]]`"
    if not rows or 0 in rows:
        return "a matrix has at least one row and one column"
    odd = next((place for place, size in enumerate(rows) if size != rows[0]), None)
    if odd is None:
        return ""
    return f"row 1 has length {rows[0]} and row {odd + 1} has length {rows[odd]}"


def _graph_flaw(written: GraphLiteral, expected: Graph) -> str:
    if written.directed != expected.directed:
        words = ("a graph", "`graph(…)`"), ("a digraph", "`digraph(…)`")
        is_a, asked = words[written.directed][0], words[expected.directed][1]
        return f"this is {is_a}, and {asked} is asked for"
    wanted = 2 if expected.weight is None else 3
    seen = set()
    for edge in written.edges.items:
        if _size(edge) != wanted:
            kind = "two nodes" if wanted == 2 else "two nodes and a weight"
            return f"an edge is a tuple of {kind}"
        ends = tuple(value_of(edge)[:2])
        shown = f"`({ends[0]}, {ends[1]})`".lower()
        for node in ends:
            if type(node) is not int or not 1 <= node <= written.nodes:
                if not written.nodes:
                    return "there are no nodes"
                return f"the nodes are 1 to {written.nodes}, so {shown} is no edge"
        if ends[0] == ends[1]:
            return f"an edge joins two different nodes, and {shown} does not"
        ends = ends if written.directed else tuple(sorted(ends))
        if ends in seen:
            return f"the edge {shown} is there twice"
        seen.add(ends)
    return ""


def _size(written: LiteralExpression) -> int | None:
    """How many items a list or a tuple has; None for anything else."""
    if isinstance(written, SequenceLiteral) and written.kind != "set":
        return len(written.items)
    return None


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
