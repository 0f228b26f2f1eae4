"""Solvers for matrices and grids; a matrix is a list of equally long rows."""

from __future__ import annotations

from typing import Any

Grid = list[list[int]]


def _neighbours(rows: int, cols: int, i: int, j: int) -> list[tuple[int, int]]:
    """The cells that share a side with (i, j), from 0."""
    around = [(i - 1, j), (i + 1, j), (i, j - 1), (i, j + 1)]
    return [(x, y) for x, y in around if 0 <= x < rows and 0 <= y < cols]


def _area(grid: Grid, i: int, j: int) -> set[tuple[int, int]]:
    """The cells connected to (i, j) that hold the same number."""
    seen = {(i, j)}
    todo = [(i, j)]
    while todo:
        x, y = todo.pop()
        for cell in _neighbours(len(grid), len(grid[0]), x, y):
            if cell not in seen and grid[cell[0]][cell[1]] == grid[i][j]:
                seen.add(cell)
                todo.append(cell)
    return seen


def _left(given: dict[str, Any], **values: Any) -> Any:
    """The values of the parameters that are not given, as a sampler returns them."""
    rest = [value for name, value in values.items() if name not in given]
    return rest[0] if len(rest) == 1 else tuple(rest)


def transpose(m: list[list[Any]]) -> list[list[Any]]:
    """The transpose of a matrix."""
    return [list(column) for column in zip(*m, strict=True)]


def rotate_clockwise(m: list[list[Any]]) -> list[list[Any]]:
    """A matrix turned by a quarter turn to the right."""
    return [list(column) for column in zip(*m[::-1], strict=True)]


def spiral_order(m: list[list[Any]]) -> list[Any]:
    """The items of a matrix read along a clockwise spiral."""
    rest = [list(row) for row in m]
    out: list[Any] = []
    while rest:
        out.extend(rest[0])
        rest = [list(column) for column in zip(*rest[1:], strict=True)][::-1]
    return out


def matrix_product(a: Grid, b: Grid) -> Grid:
    """The product of two matrices."""
    columns = [list(column) for column in zip(*b, strict=True)]
    return [
        [sum(x * y for x, y in zip(row, column, strict=True)) for column in columns]
        for row in a
    ]


def main_diagonal_sum(m: Grid) -> int:
    """The sum along the main diagonal."""
    return sum(m[i][i] for i in range(min(len(m), len(m[0]))))


def determinant_3x3(m: Grid) -> int:
    """The determinant of the top left 3 by 3 matrix, filled up from the identity."""
    rows = [row[:3] + [0] * (3 - len(row)) for row in m[:3]]
    rows += [[0, 0, 0] for _ in range(3 - len(rows))]
    for i in range(3):
        if i >= min(len(m), len(m[0])):
            rows[i][i] = 1
    (a, b, c), (d, e, f), (g, h, i) = rows
    return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)


def island_sizes(grid: Grid) -> list[int]:
    """The sizes of the connected groups of odd numbers."""
    odd = [[cell % 2 for cell in row] for row in grid]
    seen: set[tuple[int, int]] = set()
    sizes = []
    for i, row in enumerate(odd):
        for j in range(len(row)):
            if odd[i][j] and (i, j) not in seen:
                area = _area(odd, i, j)
                seen |= area
                sizes.append(len(area))
    return sorted(sizes)


def draw_islands(rng: Any, level: int, **given: Any) -> Grid:
    """A grid about half full of ones."""
    rows = rng.randint(min(level + 1, 6), min(level + 2, 8))
    cols = rng.randint(min(level + 2, 7), min(level + 3, 8))
    return [[int(rng.random() < 0.5) for _ in range(cols)] for _ in range(rows)]


def prefix_sum_table(m: Grid) -> Grid:
    """The sums of all rectangles that start at the top left corner."""
    table: Grid = []
    above = [0] * len(m[0])
    for row in m:
        total = 0
        line = []
        for j, item in enumerate(row):
            total += item
            line.append(total + above[j])
        table.append(line)
        above = line
    return table


def best_window_sum(m: Grid, k: int) -> int:
    """The largest sum of a square window."""
    return max(
        sum(sum(row[j : j + k]) for row in m[i : i + k])
        for i in range(len(m) - k + 1)
        for j in range(len(m[0]) - k + 1)
    )


def flood_fill(grid: Grid, row: int, column: int, colour: int) -> Grid:
    """A grid after filling an area with a colour."""
    area = _area(grid, row - 1, column - 1)
    return [
        [colour if (i, j) in area else cell for j, cell in enumerate(line)]
        for i, line in enumerate(grid)
    ]


def draw_flood(rng: Any, level: int, **given: Any) -> Any:
    """A grid in few colours and a cell of one of its larger areas."""
    if "grid" in given:
        grid = given["grid"]
    else:
        rows = max(min(level + 1, 6), given.get("row", 1))
        cols = max(min(level + 2, 7), given.get("column", 1))
        colours = rng.sample(range(4), 2 if level < 8 else 3)
        grid = [[rng.choice(colours) for _ in range(cols)] for _ in range(rows)]
    rows = [given["row"]] if "row" in given else range(1, len(grid) + 1)
    columns = [given["column"]] if "column" in given else range(1, len(grid[0]) + 1)
    cells = [(i, j) for i in rows for j in columns]
    starts = [rng.choice(cells) for _ in range(4)]
    best = max(starts, key=lambda cell: len(_area(grid, cell[0] - 1, cell[1] - 1)))
    return _left(
        given, grid=grid, row=best[0], column=best[1], colour=rng.randint(4, 9)
    )


def local_peaks(m: Grid) -> list[int]:
    """The items greater than all their neighbours."""
    return [
        item
        for i, row in enumerate(m)
        for j, item in enumerate(row)
        if all(m[x][y] < item for x, y in _neighbours(len(m), len(row), i, j))
    ]


def mine_counts(grid: Grid) -> Grid:
    """The number of mines, the odd numbers, around every cell."""
    mines = [[cell % 2 for cell in row] for row in grid]
    return [
        [
            sum(
                sum(line[max(0, j - 1) : j + 2])
                for line in mines[max(0, i - 1) : i + 2]
            )
            - row[j]
            for j in range(len(row))
        ]
        for i, row in enumerate(mines)
    ]


def sort_rows_then_columns(m: list[list[Any]]) -> list[list[Any]]:
    """A matrix with its rows sorted, then its columns."""
    columns = [sorted(column) for column in zip(*map(sorted, m), strict=True)]
    return [list(row) for row in zip(*columns, strict=True)]


def antidiagonal_sums(m: Grid) -> list[int]:
    """The sums along the antidiagonals of a matrix."""
    sums = [0] * (len(m) + len(m[0]) - 1)
    for i, row in enumerate(m):
        for j, item in enumerate(row):
            sums[i + j] += item
    return sums
