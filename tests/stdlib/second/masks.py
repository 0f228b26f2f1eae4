"""Second solvers for masks, written from the wording alone."""

from __future__ import annotations

Matrix = list[list[int]]


def odd_mask(m: Matrix) -> Matrix:
    return [[1 if x & 1 else 0 for x in row] for row in m]


def above_mask(m: Matrix, limit: int) -> Matrix:
    return [[1 if x - limit > 0 else 0 for x in row] for row in m]


def summit_mask(m: Matrix) -> Matrix:
    found = [[1] * len(row) for row in m]
    for i, row in enumerate(m):
        for j, x in enumerate(row):
            if j and row[j - 1] > x:
                found[i][j] = 0
            if j and row[j - 1] < x:
                found[i][j - 1] = 0
            if i and m[i - 1][j] > x:
                found[i][j] = 0
            if i and m[i - 1][j] < x:
                found[i - 1][j] = 0
    return found


def row_minimum_mask(m: Matrix) -> Matrix:
    return [[1 if all(x <= y for y in row) else 0 for x in row] for row in m]


def change_mask(m: Matrix) -> Matrix:
    return [
        [1 if j and row[j] != row[j - 1] else 0 for j in range(len(row))] for row in m
    ]


def repeated_mask(m: Matrix) -> Matrix:
    everything = sum(m, [])
    return [[1 if everything.count(x) > 1 else 0 for x in row] for row in m]


def mirror_mask(m: Matrix) -> Matrix:
    return [
        [1 if row[j] != row[len(row) - 1 - j] else 0 for j in range(len(row))]
        for row in m
    ]


def thirds_table(m: Matrix) -> Matrix:
    return [[x - 3 * (x // 3) for x in row] for row in m]


def adjacency_matrix(g: tuple[int, list[tuple[int, int]]]) -> Matrix:
    nodes, edges = g
    numbers = range(1, nodes + 1)
    return [[int((min(i, j), max(i, j)) in edges) for j in numbers] for i in numbers]


def row_parities(m: Matrix) -> list[int]:
    return [len([x for x in row if x % 2]) % 2 for row in m]
