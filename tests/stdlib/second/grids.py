"""Second solvers for grids, written from the wording alone."""

from __future__ import annotations

from itertools import permutations
from typing import Any

Matrix = list[list[int]]


def transpose(m: list[list[Any]]) -> list[list[Any]]:
    return [[row[j] for row in m] for j in range(len(m[0]))]


def rotate_clockwise(m: list[list[Any]]) -> list[list[Any]]:
    return [[row[j] for row in reversed(m)] for j in range(len(m[0]))]


def spiral_order(m: list[list[Any]]) -> list[Any]:
    unread = {(i, j) for i in range(len(m)) for j in range(len(m[0]))}
    i, j, di, dj = 0, 0, 0, 1
    result = []
    while True:
        result.append(m[i][j])
        unread.remove((i, j))
        if not unread:
            return result
        while (i + di, j + dj) not in unread:
            di, dj = dj, -di
        i, j = i + di, j + dj


def matrix_product(a: Matrix, b: Matrix) -> Matrix:
    return [
        [sum(row[k] * b[k][j] for k in range(len(b))) for j in range(len(b[0]))]
        for row in a
    ]


def main_diagonal_sum(m: Matrix) -> int:
    return sum(x for i, row in enumerate(m) for j, x in enumerate(row) if i == j)


def determinant_3x3(m: Matrix) -> int:
    def item(i: int, j: int) -> int:
        if i < len(m) and j < len(m[0]):
            return m[i][j]
        return int(i == j)

    total = 0
    for p in permutations(range(3)):
        inversions = sum(p[i] > p[j] for i in range(3) for j in range(i + 1, 3))
        total += (-1) ** inversions * item(0, p[0]) * item(1, p[1]) * item(2, p[2])
    return total


def _around(i: int, j: int) -> list[tuple[int, int]]:
    return [(i - 1, j), (i + 1, j), (i, j - 1), (i, j + 1)]


def _region(m: Matrix, i: int, j: int) -> set[tuple[int, int]]:
    """The cells with the same number that are reached along sides."""
    cells = {(r, c) for r in range(len(m)) for c in range(len(m[0]))}
    found = {(i, j)}
    todo = [(i, j)]
    while todo:
        for cell in _around(*todo.pop()):
            if cell in cells - found and m[cell[0]][cell[1]] == m[i][j]:
                found.add(cell)
                todo.append(cell)
    return found


def island_sizes(grid: Matrix) -> list[int]:
    grid = [[int(x % 2 == 1) for x in row] for row in grid]
    seen: set[tuple[int, int]] = set()
    sizes = []
    for i, row in enumerate(grid):
        for j, x in enumerate(row):
            if x == 1 and (i, j) not in seen:
                island = _region(grid, i, j)
                seen |= island
                sizes.append(len(island))
    return sorted(sizes)


def prefix_sum_table(m: Matrix) -> Matrix:
    return [
        [sum(sum(row[: j + 1]) for row in m[: i + 1]) for j in range(len(m[0]))]
        for i in range(len(m))
    ]


def best_window_sum(m: Matrix, k: int) -> int:
    return max(
        sum(sum(row[j : j + k]) for row in m[i : i + k])
        for i in range(len(m) - k + 1)
        for j in range(len(m[0]) - k + 1)
    )


def flood_fill(grid: Matrix, row: int, column: int, colour: int) -> Matrix:
    filled = _region(grid, row - 1, column - 1)
    return [
        [colour if (i, j) in filled else x for j, x in enumerate(line)]
        for i, line in enumerate(grid)
    ]


def local_peaks(m: Matrix) -> list[int]:
    value = {(i, j): x for i, row in enumerate(m) for j, x in enumerate(row)}
    return [
        x
        for i, row in enumerate(m)
        for j, x in enumerate(row)
        if all(value[cell] < x for cell in _around(i, j) if cell in value)
    ]


def mine_counts(grid: Matrix) -> Matrix:
    mines = {(i, j) for i, row in enumerate(grid) for j, x in enumerate(row) if x % 2}
    return [
        [
            sum(
                (i + a, j + b) in mines
                for a in (-1, 0, 1)
                for b in (-1, 0, 1)
                if (a, b) != (0, 0)
            )
            for j in range(len(grid[0]))
        ]
        for i in range(len(grid))
    ]


def sort_rows_then_columns(m: list[list[Any]]) -> list[list[Any]]:
    rows = [sorted(row) for row in m]
    return transpose([sorted(column) for column in transpose(rows)])


def antidiagonal_sums(m: Matrix) -> list[int]:
    sums = [0] * (len(m) + len(m[0]) - 1)
    for i, row in enumerate(m):
        for j, x in enumerate(row):
            sums[i + j] += x
    return sums
