"""Grids: every solver against numpy, networkx or a second way to compute."""

from __future__ import annotations

import random
from typing import Any

import networkx as nx
import numpy as np
import pytest
from solvers import solvers

grids = solvers("grids")
RNG = random.Random(1)


def matrix(rows: int, cols: int, lo: int = -9, hi: int = 9) -> list[list[int]]:
    return [[RNG.randint(lo, hi) for _ in range(cols)] for _ in range(rows)]


def matrices(lo: int = -9, hi: int = 9, most: int = 6) -> list[list[list[int]]]:
    some = [matrix(1, 1, lo, hi), matrix(1, most, lo, hi), matrix(most, 1, lo, hi)]
    return some + [
        matrix(RNG.randint(1, most), RNG.randint(1, most), lo, hi) for _ in range(250)
    ]


def areas(grid: list[list[int]]) -> nx.Graph:
    g = nx.grid_2d_graph(len(grid), len(grid[0]))
    g.remove_edges_from(
        [(u, v) for u, v in g.edges if grid[u[0]][u[1]] != grid[v[0]][v[1]]]
    )
    return g


def test_turning() -> None:
    for m in matrices():
        assert grids.transpose(m) == np.array(m).T.tolist()
        assert grids.rotate_clockwise(m) == np.rot90(np.array(m), -1).tolist()


def walk(m: list[list[Any]]) -> list[Any]:
    rows, cols = len(m), len(m[0])
    seen = {(0, 0)}
    out = [m[0][0]]
    i = j = 0
    di, dj = 0, 1
    while len(out) < rows * cols:
        x, y = i + di, j + dj
        if not (0 <= x < rows and 0 <= y < cols) or (x, y) in seen:
            di, dj = dj, -di
            continue
        i, j = x, y
        seen.add((i, j))
        out.append(m[i][j])
    return out


def test_spiral() -> None:
    for m in matrices():
        assert grids.spiral_order(m) == walk(m)


def test_arithmetic() -> None:
    for m in matrices(-99, 99, 4):
        a = np.array(m)
        b = matrix(len(m[0]), RNG.randint(1, 4), -99, 99)
        assert grids.matrix_product(m, b) == (a @ np.array(b)).tolist()
        assert grids.main_diagonal_sum(m) == int(np.trace(a))
        assert grids.prefix_sum_table(m) == a.cumsum(0).cumsum(1).tolist()
        flipped = np.fliplr(a)
        sums = [
            int(np.trace(flipped, offset=len(m[0]) - 1 - d))
            for d in range(len(m) + len(m[0]) - 1)
        ]
        assert grids.antidiagonal_sums(m) == sums


def test_determinant() -> None:
    for _ in range(300):
        m = matrix(RNG.randint(1, 5), RNG.randint(1, 5), -99, 99)
        rows, cols = min(3, len(m)), min(3, len(m[0]))
        a = np.eye(3)
        a[:rows, :] = 0
        a[:, :cols] = 0
        a[:rows, :cols] = np.array(m)[:3, :3]
        for i in range(min(rows, cols), 3):
            a[i, i] = 1
        assert grids.determinant_3x3(m) == round(np.linalg.det(a))
    top = [[99, 99, 99], [99, -99, 99], [-99, 99, 99]]
    assert abs(grids.determinant_3x3(top)) == 3881196


def test_windows() -> None:
    for m in matrices(-99, 99, 7):
        k = RNG.randint(1, min(len(m), len(m[0])))
        views = np.lib.stride_tricks.sliding_window_view(np.array(m), (k, k))
        assert grids.best_window_sum(m, k) == int(views.sum(axis=(2, 3)).max())


def test_areas() -> None:
    for m in matrices(0, 1, 8) + matrices(-3, 3, 7):
        odd = nx.grid_2d_graph(len(m), len(m[0]))
        odd.remove_nodes_from([v for v in list(odd) if m[v[0]][v[1]] % 2 == 0])
        ones = [len(c) for c in nx.connected_components(odd)]
        assert grids.island_sizes(m) == sorted(ones)
        g = areas(m)
        i, j = RNG.randrange(len(m)), RNG.randrange(len(m[0]))
        want = np.array(m)
        for x, y in nx.node_connected_component(g, (i, j)):
            want[x, y] = 5
        assert grids.flood_fill(m, i + 1, j + 1, 5) == want.tolist()


def test_neighbourhoods() -> None:
    for m in matrices(0, 1, 7) + matrices(-5, 5, 7):
        a = np.pad(np.array(m) % 2, 1)
        around = [
            np.roll(np.roll(a, i, 0), j, 1) for i in (-1, 0, 1) for j in (-1, 0, 1)
        ]
        assert grids.mine_counts(m) == (sum(around) - a)[1:-1, 1:-1].tolist()
    for m in matrices(-5, 5, 8):
        a = np.pad(np.array(m), 1, constant_values=-1000)
        high = np.maximum.reduce(
            [np.roll(a, s, axis) for s in (-1, 1) for axis in (0, 1)]
        )
        assert grids.local_peaks(m) == a[(a > high) & (a > -1000)].tolist()


def test_sorting() -> None:
    for m in matrices():
        want = np.sort(np.sort(np.array(m), axis=1), axis=0).tolist()
        assert grids.sort_rows_then_columns(m) == want
    words = [["b", "a"], ["ab", ""]]
    assert grids.sort_rows_then_columns(words) == [["", "ab"], ["a", "b"]]


@pytest.mark.parametrize("level", [1, 5, 10])
def test_samplers(level: int) -> None:
    for _ in range(50):
        grid, row, column, colour = grids.draw_flood(RNG, level)
        assert 1 <= row <= len(grid) <= 7 and 1 <= column <= len(grid[0]) <= 7
        assert 0 <= colour <= 9
        assert grids.draw_flood(RNG, level, grid=[[1]], row=1, colour=2) == 1
        grid = grids.draw_islands(RNG, level)
        assert 1 <= len(grid) <= 8 and 1 <= len(grid[0]) <= 8
