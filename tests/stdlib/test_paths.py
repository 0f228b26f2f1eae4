"""Paths, flows, matchings: solvers against networkx and brute force."""

from __future__ import annotations

import itertools
import random
from typing import Any

import networkx as nx
import numpy as np
import pytest
from solvers import solvers

paths = solvers("paths")
RNG = random.Random(6)


def some(directed: bool, most: int, top: int | None, least: int = 1) -> list[Any]:
    out: list[Any] = [(least, [])]
    for _ in range(220):
        n = RNG.randint(least, most)
        p = RNG.choice([0.15, 0.3, 0.5, 0.8, 1])
        edges = []
        for u in range(1, n + 1):
            for v in range(1, n + 1):
                if (u != v if directed else u < v) and RNG.random() < p:
                    edges.append((u, v) if top is None else (u, v, RNG.randint(1, top)))
        out.append((n, edges))
    return out


def net(g: Any, kind: Any = nx.Graph) -> Any:
    h = kind()
    h.add_nodes_from(range(1, g[0] + 1))
    for u, v, *w in g[1]:
        h.add_edge(u, v, **({"weight": w[0], "capacity": w[0]} if w else {}))
    return h


def test_shortest() -> None:
    for g in some(False, 8, 20):
        h = net(g)
        a, b = RNG.randint(1, g[0]), RNG.randint(1, g[0])
        far = nx.single_source_dijkstra_path_length(h, a)
        turns = RNG.randint(-2, 2) * g[0]
        assert paths.shortest_path_length(g, a + turns, b) == far.get(b, -1)
        assert paths.shortest_path_length(g, a, b - turns) == far.get(b, -1)


def weights(top: int) -> tuple[list[list[int]], nx.DiGraph]:
    """A matrix of any shape and the digraph of its positive items."""
    rows, cols = RNG.randint(1, 7), RNG.randint(1, 7)
    low = RNG.choice([-top, -2 * top, 0])
    m = matrix(rows, cols, low, top)
    d = nx.DiGraph()
    d.add_nodes_from(range(max(rows, cols)))
    for i, j in itertools.product(range(rows), range(cols)):
        if m[i][j] > 0:
            d.add_edge(i, j, weight=m[i][j], capacity=m[i][j])
    return m, d


def test_matrices_of_edges() -> None:
    for _ in range(300):
        m, d = weights(20)
        flow = nx.maximum_flow_value(d, 0, len(d) - 1) if len(d) > 1 else 0
        assert paths.max_flow_value(m) == flow
        h = nx.Graph()
        h.add_weighted_edges_from(
            (u, v, w["weight"]) for u, v, w in d.edges.data() if u < v
        )
        tree = nx.minimum_spanning_edges(h, data=True)
        assert paths.spanning_forest_length(m) == sum(w["weight"] for *_, w in tree)


def test_routes() -> None:
    for d in some(True, 5, 6):
        h = net(d, nx.DiGraph)
        a, b = RNG.randint(1, d[0]), RNG.randint(1, d[0])
        far = nx.single_source_dijkstra_path_length(h, a)
        want = [far.get(v, -1) for v in range(1, d[0] + 1)]
        assert paths.distances_from_node(d, a) == want
        assert paths.distances_from_node(d, a - 3 * d[0]) == want
        assert paths.cheapest_route(d, a + d[0], b) == paths.cheapest_route(d, a, b)
        right = (
            [list(p) for p in nx.all_shortest_paths(h, a, b, "weight")]
            if b in far
            else [[]]
        )
        assert paths.cheapest_route(d, a, b) in right
        for size in range(4):
            for route in itertools.permutations(range(1, d[0] + 1), size):
                ok = list(route) in right
                assert paths.is_cheapest_route(list(route), d, a, b) == ok


def test_width() -> None:
    for g in some(False, 6, 99, 1):
        a, b = RNG.randint(1, g[0]), RNG.randint(1, g[0])
        best = 0
        for width in {w for _, _, w in g[1]}:
            wide = nx.Graph([(u, v) for u, v, w in g[1] if w >= width])
            if a != b and a in wide and b in wide and nx.has_path(wide, a, b):
                best = max(best, width)
        assert paths.widest_path_width(g, a, b) == best
        assert paths.widest_path_width(g, a - g[0], b + 2 * g[0]) == best


def test_matching() -> None:
    for g in some(False, 7, None):
        size = len(nx.max_weight_matching(net(g), maxcardinality=True))
        answer = paths.largest_matching(g)
        assert len(answer) == size and paths.is_largest_matching(answer, g)
        if answer:
            assert not paths.is_largest_matching(answer[1:], g)
    path = (4, [(1, 2), (2, 3), (3, 4)])
    assert paths.is_largest_matching([(1, 2), (3, 4)], path)
    assert not paths.is_largest_matching([(1, 2), (2, 3)], path)
    assert not paths.is_largest_matching([(1, 3), (2, 4)], path)


def matrix(rows: int, cols: int, lo: int = 0, hi: int = 20) -> list[list[int]]:
    return [[RNG.randint(lo, hi) for _ in range(cols)] for _ in range(rows)]


def test_tables() -> None:
    for _ in range(200):
        low = RNG.choice([0, -20])
        m = matrix(RNG.randint(1, 5), RNG.randint(1, 5), low)
        wide = m if len(m) <= len(m[0]) else np.array(m).T.tolist()
        want = min(
            sum(row[j] for row, j in zip(wide, columns, strict=True))
            for columns in itertools.permutations(range(len(wide[0])), len(wide))
        )
        assert paths.assignment_cost(m) == want
        m = matrix(RNG.randint(1, 5), RNG.randint(1, 5), -9, 9)
        down, right = len(m) - 1, len(m[0]) - 1
        sums = []
        for turns in itertools.combinations(range(down + right), down):
            i = j = 0
            total = m[0][0]
            for step in range(down + right):
                i, j = (i + 1, j) if step in turns else (i, j + 1)
                total += m[i][j]
            sums.append(total)
        assert paths.cheapest_grid_path(m) == min(sums)
        m = matrix(RNG.randint(1, 6), RNG.randint(1, 6), -3)
        cities = range(1, min(len(m), len(m[0])))
        want = min(
            sum(m[a][b] for a, b in zip((0, *trip), (*trip, 0), strict=True))
            for trip in itertools.permutations(cities)
        )
        assert paths.round_trip_cost(m) == want
    for size in (10, 12, 12):
        m = matrix(size, 12, -50, 50)
        h = nx.Graph()
        for i, j in itertools.product(range(size), range(12)):
            h.add_edge(("row", i), ("column", j), weight=99 - m[i][j])
        pairs = [sorted(pair) for pair in nx.max_weight_matching(h, True)]
        assert paths.assignment_cost(m) == sum(m[i][j] for (_, j), (_, i) in pairs)


def test_mazes() -> None:
    for _ in range(250):
        grid = [[int(c > 13) for c in row] for row in matrix(RNG.randint(1, 6), 5)]
        if RNG.random() < 0.8:
            grid[0][0] = grid[-1][-1] = 0
        grid = [[c + 2 * RNG.randint(-2, 2) for c in row] for row in grid]
        h = nx.grid_2d_graph(len(grid), 5)
        h.remove_nodes_from([v for v in list(h) if grid[v[0]][v[1]] % 2])
        ends = (0, 0), (len(grid) - 1, 4)
        answer = paths.maze_route(grid)
        assert paths.is_shortest_way(answer, grid)
        if all(e in h for e in ends) and nx.has_path(h, *ends):
            assert len(answer) == nx.shortest_path_length(h, *ends)
            assert not paths.is_shortest_way("", grid)
            assert not paths.is_shortest_way("U" + answer[1:], grid)
            assert not paths.is_shortest_way(answer + "LR", grid)
        else:
            assert answer == "" and not paths.is_shortest_way("R", grid)
    assert paths.maze_route([[0]]) == ""


def test_counting() -> None:
    for g in some(False, 6, None, 2):
        want = sum(1 for _ in nx.all_simple_paths(net(g), 1, g[0]))
        assert paths.count_simple_paths(g) == want
    for d in some(True, 6, None):
        a = nx.to_numpy_array(net(d, nx.DiGraph), range(1, d[0] + 1), dtype=int)
        s, t, k = RNG.randint(1, d[0]), RNG.randint(1, d[0]), RNG.randint(0, 8)
        want = int(np.linalg.matrix_power(a, k)[s - 1, t - 1])
        assert paths.count_walks(d, s, t, k) == want
        assert paths.count_walks(d, s + d[0], t - d[0], k) == want
    full = (7, [(u, v) for u in range(1, 8) for v in range(u + 1, 8)])
    assert paths.count_simple_paths(full) == 326
    full = (10, [(u, v) for u in range(1, 11) for v in range(u + 1, 11)])
    assert paths.count_simple_paths(full) == 109601


def test_project() -> None:
    for _ in range(250):
        durations, needs = paths.draw_project(RNG, RNG.randint(1, 10))
        if RNG.random() < 0.5:
            needs = [(a + RNG.randint(-2, 9), b) for a, b in needs]
        h = nx.DiGraph()
        for task, time in enumerate(durations, 1):
            h.add_edge(0, task, weight=time)
        for a, b in needs:
            if a != b and 1 <= min(a, b) and max(a, b) <= len(durations):
                h.add_edge(min(a, b), max(a, b), weight=durations[max(a, b) - 1])
        want = []
        for task in range(1, len(durations) + 1):
            part = h.subgraph(nx.ancestors(h, task) | {task})
            want.append(nx.dag_longest_path_length(part))
        assert paths.earliest_finish_times(durations, needs) == want


def test_trails() -> None:
    for g in some(False, 6, None) + [paths.draw_drawable(RNG, 8) for _ in range(50)]:
        answer = paths.euler_trail(g)
        h = net(g)
        h.remove_nodes_from([v for v in list(h) if h.degree(v) == 0])
        good = len(h) > 0 and (nx.is_eulerian(h) or nx.has_eulerian_path(h))
        assert (answer != []) == good
        assert paths.is_euler_trail(answer, g)
        assert paths.is_euler_trail(answer[::-1], g)
        assert not paths.is_euler_trail([1], g)
        if good:
            assert not paths.is_euler_trail([], g)
            assert not paths.is_euler_trail(answer[:-1], g)


@pytest.mark.parametrize("level", range(1, 11))
def test_samplers(level: int) -> None:
    for _ in range(20):
        g, end = paths.draw_two_ends(RNG, level, start=99)
        assert 1 <= end <= g[0] <= 9
        d, start = paths.draw_two_directed_ends(RNG, level, end=-8)
        assert 1 <= start <= d[0] <= 8
        assert paths.draw_start(RNG, level)[0][0] <= 8
        assert len(paths.draw_network(RNG, level)) <= 6
        d, start, end, steps = paths.draw_walks(RNG, level)
        assert d[0] <= 6 and 0 <= steps <= 8
