"""Graphs: every solver against networkx."""

from __future__ import annotations

import itertools
import random
from typing import Any

import networkx as nx
import numpy as np
import pytest
from solvers import solvers

graphs = solvers("graphs")
RNG = random.Random(2)
Graph = tuple[int, list[tuple[int, int]]]


def some(directed: bool, most: int = 9, count: int = 250) -> list[Graph]:
    out: list[Graph] = [(1, []), (most, [])]
    for _ in range(count):
        n = RNG.randint(1, most)
        p = RNG.choice([0.1, 0.2, 0.4, 0.6, 0.9, 1])
        pairs = [
            (u, v)
            for u in range(1, n + 1)
            for v in range(1, n + 1)
            if (u != v if directed else u < v) and RNG.random() < p
        ]
        out.append((n, pairs))
    return out


def net(g: Graph, kind: Any = nx.Graph) -> Any:
    h = kind()
    h.add_nodes_from(range(1, g[0] + 1))
    h.add_edges_from(g[1])
    return h


def test_undirected() -> None:
    for g in some(directed=False):
        h = net(g)
        assert graphs.node_degrees(g) == [h.degree(v) for v in range(1, g[0] + 1)]
        sizes = sorted(len(c) for c in nx.connected_components(h))
        assert graphs.component_sizes(g) == sizes
        assert graphs.count_triangles(g) == sum(nx.triangles(h).values()) // 3
        other = nx.complement(h)
        edges = sorted((min(e), max(e)) for e in other.edges)
        assert graphs.complement_graph(g) == (g[0], edges)
        bridges = sorted((min(e), max(e)) for e in nx.bridges(h))
        assert graphs.cut_edges(g) == bridges
        a = nx.to_numpy_array(h, nodelist=range(1, g[0] + 1), dtype=int)
        assert graphs.common_neighbour_table(g) == (a @ a).tolist()


def test_orders() -> None:
    for g in some(directed=False):
        start = RNG.randint(1, g[0])
        h = net(g)
        turns = RNG.randint(-3, 3) * g[0]
        edges = list(nx.bfs_edges(h, start, sort_neighbors=sorted))
        want = [start] + [v for _, v in edges]
        assert graphs.breadth_first_order(g, start + turns) == want
        order = list(nx.dfs_preorder_nodes(h, start, sort_neighbors=sorted))
        assert graphs.depth_first_order(g, start + turns) == order


def pairs(most: int, low: int = -4, high: int = 5) -> list[tuple[int, int]]:
    return [
        (RNG.randint(low, high), RNG.randint(low, high))
        for _ in range(RNG.randint(0, most))
    ]


def test_components() -> None:
    for _ in range(300):
        edges = pairs(14)
        h = nx.DiGraph(edges)
        leaders = {v: min(c) for c in nx.strongly_connected_components(h) for v in c}
        want = [sorted(h).index(leaders[v]) + 1 for v in sorted(h)]
        assert graphs.strong_component_leaders(edges) == want


def test_closure() -> None:
    for _ in range(250):
        rows, cols = RNG.randint(1, 7), RNG.randint(1, 7)
        even = RNG.choice([2, 4, 6])
        m = [
            [RNG.choice([-3, 1, 7] + [0, -2] * even) for _ in range(cols)]
            for _ in range(rows)
        ]
        h = nx.DiGraph()
        h.add_nodes_from(range(max(rows, cols)))
        h.add_edges_from(
            (i, j) for i in range(rows) for j in range(cols) if m[i][j] % 2 == 1
        )
        closed = nx.transitive_closure(h, reflexive=False)
        want = nx.to_numpy_array(closed, sorted(h), dtype=int).tolist()
        assert graphs.transitive_closure(m) == want


def test_topological_order() -> None:
    for _ in range(250):
        edges = pairs(6, 0, RNG.randint(1, 4))
        h = nx.DiGraph([e for e in edges if e[0] != e[1]])
        h.add_nodes_from(v for e in edges for v in e)
        answer = graphs.topological_order(edges)
        assert graphs.is_topological_order(answer, edges)
        if nx.is_directed_acyclic_graph(h):
            assert answer == list(nx.lexicographical_topological_sort(h))
            right = {tuple(o) for o in nx.all_topological_sorts(h)}
            for other in itertools.permutations(sorted(h)):
                ok = graphs.is_topological_order(list(other), edges)
                assert ok == (other in right)
            assert graphs.is_topological_order([], edges) == (not edges)
        else:
            assert answer == []
            assert not graphs.is_topological_order([1], edges)


def joined(things: list[Any], test: Any) -> Graph:
    places = itertools.combinations(enumerate(things, 1), 2)
    return len(things), [(i, j) for (i, a), (j, b) in places if test(a, b)]


def sees(items: list[int]) -> Graph:
    """From every column, look on over whatever is lower than it."""
    edges = []
    for i, height in enumerate(items):
        for j in range(i + 1, len(items)):
            if all(x < items[j] for x in items[i + 1 : j]):
                edges.append((i + 1, j + 1))
            if items[j] >= height:
                break
    return len(items), edges


def test_graphs_of_lists() -> None:
    for _ in range(250):
        n = RNG.randint(1, 9)
        items = [RNG.randint(-12, 12) for _ in range(n)]
        permutation = sorted(range(n), key=lambda i: (items[i], i))
        place = [permutation.index(i) for i in range(n)]
        h = nx.Graph()
        h.add_nodes_from(range(1, n + 1))
        h.add_edges_from(
            (i + 1, j + 1) for i in range(n) for j in range(i) if place[j] > place[i]
        )
        edges = sorted((min(e), max(e)) for e in h.edges)
        assert graphs.inversion_graph(items) == (n, edges)
        assert graphs.visibility_graph(items) == sees(items)
        gap = RNG.randint(0, 9)
        table = np.abs(np.subtract.outer(items, items)) <= gap
        near = [(int(i) + 1, int(j) + 1) for i, j in np.argwhere(np.triu(table, 1))]
        assert graphs.nearness_graph(items, gap) == (n, near)
        items = [RNG.randint(-9999, 9999) for _ in items]
        text = [set(f"{x}".removeprefix("-")) for x in items]
        common = joined(text, lambda a, b: bool(a & b))
        assert graphs.shared_digit_graph(items) == common
        words = ["".join(RNG.choices("abcdefghij", k=RNG.randint(0, 4))) for _ in items]
        common = joined(words, lambda a, b: any(c in b for c in a))
        assert graphs.shared_letter_graph(words) == common
        pointed = nx.Graph()
        pointed.add_nodes_from(range(n))
        pointed.add_edges_from((i, (x - 1) % n) for i, x in enumerate(items))
        pointed.remove_edges_from(list(nx.selfloop_edges(pointed)))
        edges = sorted((min(e) + 1, max(e) + 1) for e in pointed.edges)
        assert graphs.pointer_graph(items) == (n, edges)
    # Known by hand.
    assert graphs.inversion_graph([]) == graphs.visibility_graph([]) == (1, [])
    assert graphs.nearness_graph([], 3) == graphs.pointer_graph([]) == (1, [])
    assert graphs.shared_digit_graph([]) == (1, [])
    assert graphs.overlap_graph([]) == graphs.shared_letter_graph([]) == (1, [])
    assert graphs.visibility_graph([4, 2, 2, 5]) == (
        4,
        [(1, 2), (1, 4), (2, 3), (3, 4)],
    )
    assert graphs.pointer_graph([3, -1, 1]) == (3, [(1, 3)])


def test_graphs_of_pairs_and_rows() -> None:
    for _ in range(250):
        spans = [(1, 2)] + pairs(8, 0, 20)
        cells = [set(range(min(span), max(span) + 1)) for span in spans]
        want = joined(cells, lambda a, b: bool(a & b))
        assert graphs.overlap_graph(spans) == want
        rows, cols = RNG.randint(1, 6), RNG.randint(1, 4)
        a = np.array([[RNG.randint(-2, 3) for _ in range(cols)] for _ in range(rows)])
        agree = (a[:, None, :] == a[None, :, :]).any(axis=2)
        edges = [(int(i) + 1, int(j) + 1) for i, j in np.argwhere(np.triu(agree, 1))]
        assert graphs.agreeing_rows_graph(a.tolist()) == (rows, edges)


def test_changed_graphs() -> None:
    for g in some(directed=False):
        power = nx.power(net(g), 2)
        edges = sorted((min(e), max(e)) for e in power.edges)
        assert graphs.square_graph(g) == (g[0], edges)
        switches = pairs(8, -1, g[0] + 1)
        odd = nx.Graph()
        odd.add_nodes_from(range(1, g[0] + 1))
        for edge in {frozenset(e) for e in switches} | {frozenset(e) for e in g[1]}:
            times = sum(frozenset(e) == edge for e in [*switches, *g[1]])
            if len(edge) == 2 and edge <= set(range(1, g[0] + 1)) and times % 2:
                odd.add_edge(*edge)
        edges = sorted((min(e), max(e)) for e in odd.edges)
        assert graphs.switch_edges(g, switches) == (g[0], edges)


def test_colouring() -> None:
    for g in some(directed=False):
        assert graphs.is_proper_colouring(graphs.proper_colouring(g), g)
    path = (3, [(1, 2), (2, 3)])
    assert graphs.is_proper_colouring([3, 1, 2], path)
    assert not graphs.is_proper_colouring([1, 1, 2], path)
    assert not graphs.is_proper_colouring([1, 2, 3], (3, [(1, 2)]))
    assert not graphs.is_proper_colouring([1, 2], path)


def test_independence() -> None:
    for g in some(directed=False):
        answer = graphs.largest_independent_set(g)
        cliques = nx.find_cliques(nx.complement(net(g)))
        assert len(answer) == max(len(c) for c in cliques)
        assert graphs.is_largest_independent_set(answer, g)
        assert not graphs.is_largest_independent_set(answer - {min(answer)}, g)
    path = (4, [(1, 2), (2, 3), (3, 4)])
    for pair, right in [((1, 3), True), ((2, 4), True), ((1, 2), False)]:
        assert graphs.is_largest_independent_set(frozenset(pair), path) is right


@pytest.mark.parametrize("level", range(1, 11))
def test_samplers(level: int) -> None:
    for _ in range(20):
        assert graphs.draw_sparse(RNG, level)[0] <= 10
        assert 4 <= len(graphs.draw_sparse_digraph(RNG, level)) <= 12
        assert level < len(graphs.draw_acyclic(RNG, level)) + 1 <= 2 * level + 5
        g, start = graphs.draw_graph_and_start(RNG, level)
        assert 1 <= start <= g[0] <= 12
        assert graphs.draw_graph_and_start(RNG, level, start=99)[0] <= 12
        assert graphs.draw_graph_and_start(RNG, level, g=(1, [])) == 1
