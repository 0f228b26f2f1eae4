"""Graphs: every solver against networkx."""

from __future__ import annotations

import itertools
import random
from typing import Any

import networkx as nx
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
        edges = list(nx.bfs_edges(h, start, sort_neighbors=sorted))
        assert graphs.breadth_first_order(g, start) == [start] + [v for _, v in edges]
        order = list(nx.dfs_preorder_nodes(h, start, sort_neighbors=sorted))
        assert graphs.depth_first_order(g, start) == order


def test_directed() -> None:
    for d in some(directed=True, most=7):
        h = net(d, nx.DiGraph)
        leaders = {v: min(c) for c in nx.strongly_connected_components(h) for v in c}
        want = [leaders[v] for v in range(1, d[0] + 1)]
        assert graphs.strong_component_leaders(d) == want
        closed = sorted((u, v) for u in h for v in nx.descendants(h, u))
        assert graphs.transitive_closure(d) == (d[0], closed)


def test_topological_order() -> None:
    for d in some(directed=True, most=4) + [graphs.draw_acyclic(RNG, 5)]:
        h = net(d, nx.DiGraph)
        answer = graphs.topological_order(d)
        assert graphs.is_topological_order(answer, d)
        if nx.is_directed_acyclic_graph(h):
            assert answer == list(nx.lexicographical_topological_sort(h))
            right = {tuple(o) for o in nx.all_topological_sorts(h)}
            for other in itertools.permutations(range(1, d[0] + 1)):
                assert graphs.is_topological_order(list(other), d) == (other in right)
            assert not graphs.is_topological_order([], d)
        else:
            assert answer == []
            assert not graphs.is_topological_order([1], d)


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
        assert graphs.draw_sparse_digraph(RNG, level)[0] <= 7
        g, start = graphs.draw_graph_and_start(RNG, level)
        assert 1 <= start <= g[0] <= 12
        assert graphs.draw_graph_and_start(RNG, level, start=12)[0] == 12
        assert graphs.draw_graph_and_start(RNG, level, g=(1, [])) == 1
