"""Second solvers for automata, written from the wording alone."""

from __future__ import annotations

Matrix = list[list[int]]


def elementary_step(cells: str, rule: int) -> str:
    n = len(cells)
    ones = [int(c == "1") for c in cells]
    result = ""
    for i in range(n):
        b = 4 * ones[i - 1] + 2 * ones[i] + ones[(i + 1) % n]
        result += str(rule >> b & 1)
    return result


def elementary_predecessor(cells: str, rule: int) -> str:
    n = len(cells)
    cells = "".join(c if c == "1" else "0" for c in cells)

    def extend(row: str) -> str | None:
        # The cell before the last one is settled once the last one is known.
        if len(row) >= 3:
            b = int(row[-3:], 2)
            if str(rule >> b & 1) != cells[len(row) - 2]:
                return None
        if len(row) == n:
            return row if elementary_step(row, rule) == cells else None
        return extend(row + "0") or extend(row + "1")

    return extend("") or ""


def _life(grid: Matrix, torus: bool) -> Matrix:
    rows, columns = len(grid), len(grid[0])
    grid = [[0 if x == 0 else 1 for x in row] for row in grid]

    def cell(i: int, j: int) -> int:
        if torus:
            return grid[i % rows][j % columns]
        return grid[i][j] if 0 <= i < rows and 0 <= j < columns else 0

    result = []
    for i in range(rows):
        line = []
        for j in range(columns):
            near = sum(cell(i + a, j + b) for a in (-1, 0, 1) for b in (-1, 0, 1))
            near -= grid[i][j]
            line.append(int(near in (2, 3) if grid[i][j] else near == 3))
        result.append(line)
    return result


def life_step(grid: Matrix) -> Matrix:
    return _life(grid, torus=False)


def life_torus_census(grid: Matrix, steps: int) -> list[int]:
    counts = []
    for _ in range(steps):
        grid = _life(grid, torus=True)
        counts.append(sum(map(sum, grid)))
    return counts


def langtons_ant(steps: int, first: list[tuple[int, int]]) -> tuple[int, int]:
    black = {(x, y) for x, y in first}
    x, y, dx, dy = 0, 0, 0, 1
    for _ in range(steps):
        dx, dy = (-dy, dx) if (x, y) in black else (dy, -dx)
        black ^= {(x, y)}
        x, y = x + dx, y + dy
    return x, y


def topple_sandpile(grid: Matrix) -> Matrix:
    piles = {(i, j): x for i, row in enumerate(grid) for j, x in enumerate(row)}
    while max(piles.values()) >= 4:
        for i, j in piles:
            if piles[i, j] >= 4:
                piles[i, j] -= 4
                for cell in ((i - 1, j), (i + 1, j), (i, j - 1), (i, j + 1)):
                    if cell in piles:
                        piles[cell] += 1
    return [[piles[i, j] for j in range(len(grid[0]))] for i in range(len(grid))]


def totalistic_step(cells: list[int], code: int) -> list[int]:
    line = [0, *[x % 3 for x in cells], 0]
    return [
        code // 3 ** (line[i - 1] + line[i] + line[i + 1]) % 3
        for i in range(1, len(cells) + 1)
    ]


def wireworld_step(grid: Matrix) -> Matrix:
    heads = {(i, j) for i, row in enumerate(grid) for j, x in enumerate(row) if x == 1}

    def becomes(x: int, i: int, j: int) -> int:
        if x in (1, 2):
            return x + 1
        near = sum((i + a, j + b) in heads for a in (-1, 0, 1) for b in (-1, 0, 1))
        if x != 3:
            return 0
        return 1 if near in (1, 2) else 3

    return [[becomes(x, i, j) for j, x in enumerate(r)] for i, r in enumerate(grid)]


def traffic_grid_step(grid: Matrix) -> Matrix:
    rows, columns = len(grid), len(grid[0])

    def drive(now: Matrix, car: int, down: int, right: int) -> Matrix:
        result = [list(row) for row in now]
        for i in range(rows):
            for j in range(columns):
                a, b = (i + down) % rows, (j + right) % columns
                if now[i][j] == car and now[a][b] == 0:
                    result[i][j] = 0
                    result[a][b] = car
        return result

    return drive(drive(grid, 1, 0, 1), 2, 1, 0)


def infection_days(grid: Matrix) -> Matrix:
    days = {
        (i, j): 0 if x else -1 for i, row in enumerate(grid) for j, x in enumerate(row)
    }
    for day in range(1, len(days) + 1):
        new = [
            (i, j)
            for i, j in days
            if days[i, j] < 0
            and sum(
                days.get(cell, -1) >= 0
                for cell in ((i - 1, j), (i + 1, j), (i, j - 1), (i, j + 1))
            )
            >= 2
        ]
        for cell in new:
            days[cell] = day
    return [[days[i, j] for j in range(len(grid[0]))] for i in range(len(grid))]


def reversible_step(previous: str, current: str, rule: int) -> str:
    previous = "".join(c if c == "1" else "0" for c in previous)
    step = elementary_step(current, rule)
    return "".join(str(int(x) ^ int(y)) for x, y in zip(step, previous, strict=True))


def rewrite_rounds(word: str, rule_a: str, rule_b: str, rounds: int) -> str:
    while rounds > 0 and len(word) < 60:
        word = "".join({"A": rule_a, "B": rule_b}.get(c, c) for c in word)
        rounds -= 1
    return word
