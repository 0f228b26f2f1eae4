"""Solvers for cellular automata and rewriting rules."""

from __future__ import annotations

from typing import Any

Grid = list[list[int]]


def _left(given: dict[str, Any], **values: Any) -> Any:
    """The values of the parameters that are not given, as a sampler returns them."""
    rest = [value for name, value in values.items() if name not in given]
    return rest[0] if len(rest) == 1 else tuple(rest)


def _random_grid(rng: Any, rows: int, cols: int, states: list[int]) -> Grid:
    """A grid with cells drawn from some states, repeated to weigh them."""
    return [[rng.choice(states) for _ in range(cols)] for _ in range(rows)]


def _random_bits(rng: Any, length: int) -> str:
    """A string of random bits."""
    return "".join(rng.choice("01") for _ in range(length))


def _size(rng: Any, level: int, most: int) -> int:
    """A side length for a level."""
    size: int = rng.randint(min(2 + level // 2, most - 1), min(3 + level // 2, most))
    return size


def _eight(grid: Grid, i: int, j: int, state: int) -> int:
    """How many of the up to eight cells around (i, j) have a state."""
    count = sum(
        row[max(0, j - 1) : j + 2].count(state) for row in grid[max(0, i - 1) : i + 2]
    )
    return count - (grid[i][j] == state)


def _bits(cells: str) -> str:
    """The cells with 0 for every character other than 1."""
    return "".join("1" if c == "1" else "0" for c in cells)


def elementary_step(cells: str, rule: int) -> str:
    """One step of an elementary cellular automaton on a ring."""
    ring = [int(c == "1") for c in cells]
    n = len(ring)
    return "".join(
        str(rule >> (4 * ring[i - 1] + 2 * ring[i] + ring[(i + 1) % n]) & 1)
        for i in range(n)
    )


_RULES = [18, 22, 26, 30, 41, 45, 54, 60, 73, 86, 89, 90, 94, 101, 102, 105, 106]
_RULES += [109, 110, 122, 124, 126, 129, 135, 137, 146, 149, 150, 153, 154, 161]


def draw_elementary(rng: Any, level: int, **given: Any) -> Any:
    """A row of cells and one of the livelier rules."""
    cells = _random_bits(rng, rng.randint(3 * level + 1, 4 * level))
    return _left(given, cells=cells, rule=rng.choice(_RULES))


def elementary_predecessor(cells: str, rule: int) -> str:
    """The smallest row of cells that a rule turns into the given one, or nothing."""
    cells = _bits(cells)
    n = len(cells)
    if n <= 2:
        rows = ["", "0", "1", "00", "01", "10", "11"]
        rows = [row for row in rows if len(row) == n]
        return next((row for row in rows if elementary_step(row, rule) == cells), "")
    makes = {f"{b:03b}": str(rule >> b & 1) for b in range(8)}
    best = ""
    for first in ("00", "01", "10", "11"):
        ways = {first: first}
        for i in range(1, n - 1):
            more: dict[str, str] = {}
            for pair, row in ways.items():
                for bit in "01":
                    if makes[pair + bit] == cells[i]:
                        key = pair[1] + bit
                        more[key] = min(more.get(key, row + bit), row + bit)
            ways = more
        for row in ways.values():
            if elementary_step(row, rule) == cells and (not best or row < best):
                best = row
    return best


def is_predecessor(answer: str, cells: str, rule: int) -> bool:
    """Whether a step leads from one row to the other, or nothing is right."""
    if len(answer) != len(cells):
        return answer == "" and elementary_predecessor(cells, rule) == ""
    return elementary_step(answer, rule) == _bits(cells)


def draw_predecessor(rng: Any, level: int, **given: Any) -> Any:
    """A rule and a row of cells that mostly has a predecessor."""
    rule = given.get("rule", rng.choice(_RULES))
    cells = _random_bits(rng, rng.randint(level + 3, level + 4))
    if rng.random() < 0.9:
        cells = elementary_step(cells, rule)
    return _left(given, cells=cells, rule=rule)


def life_step(grid: Grid) -> Grid:
    """One generation of the Game of Life."""
    grid = [[int(cell != 0) for cell in row] for row in grid]
    return [
        [int(_eight(grid, i, j, 1) in ((2, 3) if cell else (3,))) for j, cell in line]
        for i, line in enumerate(list(enumerate(row)) for row in grid)
    ]


def draw_life(rng: Any, level: int, **given: Any) -> Grid:
    """A grid with two live cells in five."""
    return _random_grid(
        rng, _size(rng, level, 8), _size(rng, level, 8), [0, 0, 0, 1, 1]
    )


def life_torus_census(grid: Grid, steps: int) -> list[int]:
    """The numbers of live cells over several generations on a torus."""
    grid = [[int(cell != 0) for cell in row] for row in grid]
    counts = []
    for _ in range(steps):
        threes = [
            [
                a + b + c
                for a, b, c in zip(
                    row[-1:] + row[:-1], row, row[1:] + row[:1], strict=True
                )
            ]
            for row in grid
        ]
        blocks = zip(
            threes[-1:] + threes[:-1], threes, threes[1:] + threes[:1], strict=True
        )
        grid = [
            [
                int(a + b + c == 3 or (a + b + c == 4 and cell))
                for a, b, c, cell in zip(*block, row, strict=True)
            ]
            for block, row in zip(blocks, grid, strict=True)
        ]
        counts.append(sum(map(sum, grid)))
    return counts


def draw_census(rng: Any, level: int, **given: Any) -> Any:
    """A torus with one live cell in three and a few generations."""
    rows, cols = 3 + rng.randint(level // 4, level // 3 + 1), _size(rng, level + 2, 7)
    grid = _random_grid(rng, rows, cols, [0, 0, 1])
    return _left(given, grid=grid, steps=rng.randint(1 + level // 3, 1 + level // 2))


def langtons_ant(steps: int, black: list[tuple[int, int]]) -> tuple[int, int]:
    """Where Langton's ant stands."""
    # A cell (x, y) is the number y + wide * x, and turns count to the right.
    wide = 2 * (steps + max((abs(y) for _, y in black), default=0)) + 1
    moves = (1, wide, -1, -wide)
    place = turns = 0
    cells = {y + wide * x for x, y in black}
    for _ in range(steps):
        if place in cells:
            cells.remove(place)
            turns -= 1
        else:
            cells.add(place)
            turns += 1
        place += moves[turns & 3]
    x = (place + wide // 2) // wide
    return x, place - wide * x


def draw_ant(rng: Any, level: int, **given: Any) -> Any:
    """A number of steps and black cells near the start."""
    near = [(x, y) for x in range(-2, 3) for y in range(-2, 3)]
    black = rng.sample(near, rng.randint(1 + level // 2, 3 + level // 2))
    return _left(given, steps=rng.randint(3 * level, 8 * level + 4), black=black)


def topple_sandpile(grid: Grid) -> Grid:
    """A sandpile after all topplings."""
    rows, cols = len(grid), len(grid[0])
    wide = [0] * ((rows + 2) * (cols + 2))
    for i, row in enumerate(grid, 1):
        for j, grains in enumerate(row, 1):
            wide[i * (cols + 2) + j] = grains
    inside = [
        i * (cols + 2) + j for i in range(1, rows + 1) for j in range(1, cols + 1)
    ]
    unstable = True
    while unstable:
        unstable = False
        for at in inside:
            if wide[at] > 3:
                unstable = True
                share, wide[at] = divmod(wide[at], 4)
                for other in (at - 1, at + 1, at - cols - 2, at + cols + 2):
                    wide[other] += share
    return [
        wide[i * (cols + 2) + 1 : i * (cols + 2) + 1 + cols] for i in range(1, rows + 1)
    ]


def totalistic_step(cells: list[int], code: int) -> list[int]:
    """One step of a three-colour totalistic automaton."""
    row = [0, *(cell % 3 for cell in cells), 0]
    return [code // 3 ** sum(row[i : i + 3]) % 3 for i in range(len(cells))]


def draw_totalistic(rng: Any, level: int, **given: Any) -> Any:
    """A row of cells and a code of seven digits."""
    cells = [rng.randint(0, 2) for _ in range(rng.randint(3 * level - 1, 3 * level))]
    return _left(given, cells=cells, code=rng.randint(729, 2186))


def wireworld_step(grid: Grid) -> Grid:
    """One step of Wireworld."""
    return [
        [
            {1: 2, 2: 3, 3: 1 if _eight(grid, i, j, 1) in (1, 2) else 3}.get(cell, 0)
            for j, cell in enumerate(row)
        ]
        for i, row in enumerate(grid)
    ]


def draw_wireworld(rng: Any, level: int, **given: Any) -> Grid:
    """A grid that is mostly conductor."""
    states = [0, 0, 1, 2, 3, 3, 3, 3]
    return _random_grid(rng, _size(rng, level, 7), _size(rng, level, 7), states)


def _advance(rows: Grid, car: int) -> Grid:
    """All cars of a kind that can move one cell on in their row, moved."""
    out = [list(row) for row in rows]
    for i, row in enumerate(rows):
        n = len(row)
        for j in range(n):
            if row[j] == car and row[(j + 1) % n] == 0:
                out[i][j], out[i][(j + 1) % n] = 0, car
    return out


def traffic_grid_step(grid: Grid) -> Grid:
    """One step of the two-way traffic model."""
    columns = [list(column) for column in zip(*_advance(grid, 1), strict=True)]
    return [list(row) for row in zip(*_advance(columns, 2), strict=True)]


def draw_traffic(rng: Any, level: int, **given: Any) -> Grid:
    """A grid with half of the cells free."""
    size = _size(rng, level, 7), _size(rng, level, 7)
    return _random_grid(rng, *size, [0, 0, 1, 2])


def infection_days(grid: Grid) -> Grid:
    """The days on which the cells of a grid are infected."""
    rows, cols = len(grid), len(grid[0])
    days = [[0 if cell else -1 for cell in row] for row in grid]
    day = 0
    new = [(i, j) for i in range(rows) for j in range(cols) if grid[i][j]]
    while new:
        day += 1
        near = {
            (x, y)
            for i, j in new
            for x, y in ((i - 1, j), (i + 1, j), (i, j - 1), (i, j + 1))
            if 0 <= x < rows and 0 <= y < cols and days[x][y] < 0
        }
        new = []
        for x, y in near:
            around = [
                days[i][j]
                for i, j in ((x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1))
                if 0 <= i < rows and 0 <= j < cols
            ]
            if sum(d >= 0 for d in around) >= 2:
                new.append((x, y))
        for x, y in new:
            days[x][y] = day
    return days


def draw_infection(rng: Any, level: int, **given: Any) -> Grid:
    """A grid with three infected cells in ten."""
    size = _size(rng, level, 7), _size(rng, level, 7)
    return _random_grid(rng, *size, [0, 0, 0, 0, 0, 0, 0, 1, 1, 1])


def reversible_step(previous: str, current: str, rule: int) -> str:
    """A row of cells after a second-order, reversible step."""
    rows = zip(_bits(previous), elementary_step(current, rule), strict=True)
    return "".join(str(int(a != b)) for a, b in rows)


def draw_reversible(rng: Any, level: int, **given: Any) -> Any:
    """Two rows of cells of one length and one of the livelier rules."""
    lengths = [len(given[p]) for p in ("previous", "current") if p in given]
    n = lengths[0] if lengths else rng.randint(2 * level + 3, 2 * level + 6)
    before, now = _random_bits(rng, n), _random_bits(rng, n)
    return _left(given, previous=before, current=now, rule=rng.choice(_RULES))


def rewrite_rounds(word: str, rule_a: str, rule_b: str, rounds: int) -> str:
    """A word after several rounds of rewriting."""
    rules = {"A": rule_a, "B": rule_b}
    for _ in range(rounds):
        if len(word) >= 60:
            break
        word = "".join(rules.get(letter, letter) for letter in word)
    return word


def draw_rewriting(rng: Any, level: int, **given: Any) -> Any:
    """A word and two rules of which at least one makes it longer."""
    size = rng.randint(2 + level // 4, 3 + level // 2)
    word = "".join(rng.choice("AB") for _ in range(size))
    rule_a, rule_b = rng.choice(["AB", "BA", "BB", "AA"]), rng.choice(["AB", "BA", "A"])
    if rng.random() < 0.5:
        flip = str.maketrans("AB", "BA")
        rule_a, rule_b = rule_b.translate(flip), rule_a.translate(flip)
    rounds = rng.randint(min(3, 1 + level // 3), min(4, 2 + level // 3))
    return _left(given, word=word, rule_a=rule_a, rule_b=rule_b, rounds=rounds)
