"""The reader of graphs."""

from __future__ import annotations

import re
from typing import Any

from .read_items import NUMBER, bare, read_all
from .read_scalars import read_int
from .size import MOST_ITEMS
from .spelling import GRAPH_NAME, inside, pieces
from .types import Graph
from .unreadable import NO_BRACKETS, NO_GRAPH, Unreadable

_P = rf"\({NUMBER}, ?{NUMBER}\)"
_L = rf"\[{NUMBER}, ?{NUMBER}\]"
_INT_GRAPH = re.compile(
    rf"(?:(?:di)?graph)?\({NUMBER}, ?\[(?:{_P}(?:, ?{_P})*+)?\]\)"
    rf"|\[{NUMBER}, ?\[(?:{_L}(?:, ?{_L})*+)?\]\]"
)
_NUMBERS = re.compile(NUMBER)


def read_graph(text: str, type: Any, nested: bool) -> Any:
    """`graph(3, [(1, 2), (2, 3)])`, with or without the name."""
    if not text:
        return NO_GRAPH
    if type.weight is None and len(text) <= MOST_ITEMS:
        if (type.directed or text[0] != "d") and _INT_GRAPH.fullmatch(text):
            numbers = list(map(int, _NUMBERS.findall(text)))
            pairs = zip(numbers[1::2], numbers[2::2], strict=True)
            return _joined(numbers[0], list(pairs), type)
    text = bare(text, type, nested, "[(gdGD")
    name = GRAPH_NAME.match(text)
    if name:
        # A directed graph is no undirected one; `graph` may name either.
        if name[1] and not type.directed:
            return NO_GRAPH
        text = text[name.end() - 1 :]
    held = inside(text)
    if held is None and nested:
        return NO_BRACKETS
    cut = pieces((text if held is None else held).strip() or ",", bare=False)
    if cut is None or len(cut[0]) != 2:
        return NO_GRAPH
    count = read_int(cut[0][0], True)
    listed = inside(cut[0][1], "[({")
    if isinstance(count, Unreadable) or listed is None:
        return NO_GRAPH
    listed = listed.strip()
    spelled = pieces(listed, bare=False) if listed else ([], "")
    if spelled is None:
        return NO_GRAPH
    edges = []
    for part in spelled[0]:
        edge = _edge(part, type)
        if isinstance(edge, Unreadable):
            return edge
        edges.append(edge)
    return _joined(count, edges, type)


def _edge(text: str, type: Graph) -> Any:
    held = (inside(text, "[({") or "").strip()
    cut = pieces(held, bare=False) if held else None
    if cut is None or len(cut[0]) != (2 if type.weight is None else 3):
        return NO_GRAPH
    ends = read_int(cut[0][0], True), read_int(cut[0][1], True)
    if isinstance(ends[0], Unreadable) or isinstance(ends[1], Unreadable):
        return NO_GRAPH
    if type.weight is None:
        return ends
    weight = read_all(cut[0][2:], type.weight)
    return weight if isinstance(weight, Unreadable) else (*ends, *weight)


def _joined(count: int, edges: list[Any], type: Graph) -> Any:
    """The graph, its edges turned and sorted as graphs have them."""
    for place, (first, second, *weight) in enumerate(edges):
        if first == second or not (1 <= first <= count and 1 <= second <= count):
            return Unreadable("an edge joins no two of the nodes")
        if first > second and not type.directed:
            edges[place] = (second, first, *weight)
    edges.sort(key=_ends)
    if any(a[:2] == b[:2] for a, b in zip(edges, edges[1:], strict=False)):
        return Unreadable("an edge stands twice")
    return NO_GRAPH if count < 0 else (count, edges)


def _ends(edge: tuple[Any, ...]) -> tuple[Any, ...]:
    return edge[:2]
