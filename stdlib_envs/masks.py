"""Solvers for grids of zeros and ones made from matrices and graphs."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import Any

_Grid = list[list[int]]
_Graph = tuple[int, list[tuple[int, int]]]


def _table(rng: Any, level: int, pool: list[int]) -> _Grid:
    """Draw a matrix of numbers from a pool; it has 3 by 4 entries or more."""
    rows, columns = rng.randint(3, 3 + level // 3), rng.randint(4, 4 + level // 3)
    return [[rng.choice(pool) for _ in range(columns)] for _ in range(rows)]


def some_table(rng: Any, level: int, **given: Any) -> _Grid:
    """Draw a matrix of all kinds of numbers."""
    return _table(rng, level, [rng.randint(-9 * level, 30 * level) for _ in range(60)])


def table_of_some(rng: Any, level: int, **given: Any) -> _Grid:
    """Draw a matrix of numbers of which some are repeated."""
    return _table(rng, level, [rng.randint(10, 99) for _ in range(14 + 2 * level)])


def table_of_few(rng: Any, level: int, **given: Any) -> _Grid:
    """Draw a matrix of two or three different numbers."""
    return _table(rng, level, [rng.randint(0, 99) for _ in range(2 + level // 6)])


def table_and_limit(rng: Any, level: int, **given: Any) -> Any:
    """Draw a matrix and a limit near its middle."""
    table = given.get("m") or some_table(rng, level)
    entries = sorted(itertools.chain(*table))
    if "m" in given:
        return entries[len(entries) // 2]
    return table if given else (table, entries[len(entries) // 2])


def tall_table(rng: Any, level: int, **given: Any) -> _Grid:
    """Draw a matrix with more rows than columns."""
    low, high = -9 * level, 30 * level
    rows, columns = rng.randint(5 + level // 3, 6 + level), 3 + level // 3
    return [[rng.randint(low, high) for _ in range(columns)] for _ in range(rows)]


def some_graph(rng: Any, level: int, **given: Any) -> _Graph:
    """Draw a graph with about half of all edges."""
    nodes = rng.randint(5 + level // 4, 6 + level // 4)
    pairs = list(itertools.combinations(range(1, nodes + 1), 2))
    return nodes, sorted(
        rng.sample(pairs, rng.randint(len(pairs) // 3, len(pairs) // 2))
    )


def odd_mask(m: _Grid) -> _Grid:
    """Give 1 for odd numbers."""
    return [[entry % 2 for entry in row] for row in m]


def above_mask(m: _Grid, limit: int) -> _Grid:
    """Give 1 for numbers above the limit."""
    return [[int(entry > limit) for entry in row] for row in m]


def summit_mask(m: _Grid) -> _Grid:
    """Give 1 for numbers with no greater neighbour."""
    rows, columns = len(m), len(m[0])

    def around(i: int, j: int) -> list[int]:
        places = ((i - 1, j), (i + 1, j), (i, j - 1), (i, j + 1))
        return [m[x][y] for x, y in places if 0 <= x < rows and 0 <= y < columns]

    return [
        [int(all(m[i][j] >= other for other in around(i, j))) for j in range(columns)]
        for i in range(rows)
    ]


def row_minimum_mask(m: _Grid) -> _Grid:
    """Give 1 for the smallest numbers of the rows."""
    return [[int(entry == min(row)) for entry in row] for row in m]


def change_mask(m: _Grid) -> _Grid:
    """Give 1 where a number differs from the one before."""
    return [[0, *(int(a != b) for a, b in itertools.pairwise(row))] for row in m]


def repeated_mask(m: _Grid) -> _Grid:
    """Give 1 for numbers that occur several times."""
    counts = Counter(itertools.chain(*m))
    return [[int(counts[entry] > 1) for entry in row] for row in m]


def mirror_mask(m: _Grid) -> _Grid:
    """Give 1 where a row differs from its mirror image."""
    return [[int(a != b) for a, b in zip(row, reversed(row), strict=True)] for row in m]


def thirds_table(m: _Grid) -> _Grid:
    """Give the remainders modulo 3."""
    return [[entry % 3 for entry in row] for row in m]


def adjacency_matrix(g: _Graph) -> _Grid:
    """Give the adjacency matrix."""
    table = [[0] * g[0] for _ in range(g[0])]
    for u, v in g[1]:
        table[u - 1][v - 1] = table[v - 1][u - 1] = 1
    return table


def row_parities(m: _Grid) -> list[int]:
    """Give 1 for rows with an odd sum."""
    return [sum(row) % 2 for row in m]
