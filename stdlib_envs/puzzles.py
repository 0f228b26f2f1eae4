"""Solvers for games and puzzles."""

from __future__ import annotations

from collections import deque
from itertools import product
from typing import Any

Grid = list[list[int]]
Point = tuple[int, int]
Guess = tuple[list[int], int, int]


def _left(given: dict[str, Any], **values: Any) -> Any:
    """The values of the parameters that are not given, as a sampler returns them."""
    rest = [value for name, value in values.items() if name not in given]
    return rest[0] if len(rest) == 1 else tuple(rest)


def _place_queens(n: int, rows: list[int], placed: dict[int, int]) -> bool:
    """Extend a placement to the rows left, in order; whether that was possible."""
    if not rows:
        return True
    row = rows[0]
    taken: set[int] = set()
    for other, column in placed.items():
        away = abs(row - other)
        taken.update((column, column - away, column + away))
    for column in range(1, n + 1):
        if column not in taken:
            placed[row] = column
            if _place_queens(n, rows[1:], placed):
                return True
            del placed[row]
    return False


def queens_through(n: int, row: int, column: int) -> list[int]:
    """A placement of queens that contains a given square."""
    placed = {row: column}
    others = [r for r in range(1, n + 1) if r != row]
    _place_queens(n, sorted(others, key=lambda r: abs(r - row)), placed)
    return [placed[r] for r in range(1, n + 1)]


def is_queens_placement(answer: list[int], n: int, row: int, column: int) -> bool:
    """Whether no queen attacks another and one stands on the square."""
    if len(answer) != n or answer[row - 1] != column:
        return False
    falling = {c - r for r, c in enumerate(answer)}
    rising = {c + r for r, c in enumerate(answer)}
    return len(set(answer)) == len(falling) == len(rising) == n


def draw_queen(rng: Any, level: int, **given: Any) -> Any:
    """A board size that grows with the level, and a square."""
    least = max(7, given.get("row", 1), given.get("column", 1))
    n = given.get("n", max(least, min(10, 7 + rng.randint(level // 4, level // 3))))
    return _left(given, n=n, row=rng.randint(1, n), column=rng.randint(1, n))


def _nim_sum(piles: list[int]) -> int:
    """The exclusive or of all piles."""
    total = 0
    for pile in piles:
        total ^= pile
    return total


def winning_nim_move(piles: list[int]) -> tuple[int, int]:
    """A winning move in the game of Nim, or (0, 0)."""
    total = _nim_sum(piles)
    for place, pile in enumerate(piles, 1):
        if pile ^ total < pile:
            return place, pile - (pile ^ total)
    return 0, 0


def is_winning_nim_move(answer: tuple[int, int], piles: list[int]) -> bool:
    """Whether a move leaves the opponent without a winning move."""
    place, taken = answer
    if place == 0 or taken == 0:
        return answer == (0, 0) and _nim_sum(piles) == 0
    rest = list(piles)
    rest[place - 1] -= taken
    return rest[place - 1] >= 0 and _nim_sum(rest) == 0


def draw_piles(rng: Any, level: int, **given: Any) -> list[int]:
    """Piles, mostly with a winning move."""
    count = rng.randint(3 + level // 4, 4 + level // 3)
    most = min(1000, 5 * level + 2 + (level > 6) * 10 * level)
    piles = [rng.randint(1, most) for _ in range(count)]
    if rng.random() < 0.08:
        last = _nim_sum(piles[:-1])
        piles[-1] = last if last <= 1000 else piles[-1]
    return piles


def _pour(jugs: Point, sizes: Point, move: str) -> Point:
    """The contents of two jugs after a move."""
    first, second = jugs
    if move == "A":
        return sizes[0], second
    if move == "B":
        return first, sizes[1]
    if move == "a":
        return 0, second
    if move == "b":
        return first, 0
    if move == "p":
        amount = min(first, sizes[1] - second)
        return first - amount, second + amount
    amount = min(second, sizes[0] - first)
    return first + amount, second - amount


def pour_jugs(a: int, b: int, target: int) -> str:
    """A shortest way to measure an amount with two jugs, or nothing."""
    routes = {(0, 0): ""}
    queue = deque([(0, 0)])
    while queue:
        jugs = queue.popleft()
        if target in jugs:
            return routes[jugs]
        for move in "ABabpq":
            after = _pour(jugs, (a, b), move)
            if after not in routes:
                routes[after] = routes[jugs] + move
                queue.append(after)
    return ""


def is_pouring(answer: str, a: int, b: int, target: int) -> bool:
    """Whether the moves measure the amount, or nothing is right."""
    if not answer:
        return pour_jugs(a, b, target) == ""
    jugs = (0, 0)
    for move in answer:
        jugs = _pour(jugs, (a, b), move)
    return len(answer) <= 120 and target in jugs


def draw_jugs(rng: Any, level: int, **given: Any) -> Any:
    """Two jugs and an amount that mostly needs several moves."""
    most = min(30, level + 5)
    for _ in range(8):
        a = given.get("a", rng.randint(2, most))
        b = given.get("b", rng.randint(2, most))
        if "target" in given and max(a, b) < given["target"]:
            a, b = given.get("a", given["target"]), given.get("b", given["target"])
        target = given.get("target", rng.randint(1, max(a, b)))
        if len(pour_jugs(a, b, target)) > min(level, 8):
            break
    return _left(given, a=a, b=b, target=target)


def hanoi_after(discs: int, moves: int) -> list[int]:
    """Where the discs of the Tower of Hanoi lie after some moves."""
    pegs = [0] * discs
    start, spare, goal = 1, 2, 3
    for disc in range(discs - 1, -1, -1):
        if moves >= 1 << disc:
            moves -= 1 << disc
            pegs[disc] = goal
            start, spare = spare, start
        else:
            pegs[disc] = start
            spare, goal = goal, spare
    return pegs


def draw_hanoi(rng: Any, level: int, **given: Any) -> Any:
    """A tower that grows with the level, and a number of moves."""
    least = given.get("moves", 0).bit_length()
    discs = max(least, rng.randint(min(11, level + 2), min(12, level + 3)))
    discs = given.get("discs", discs)
    return _left(given, discs=discs, moves=rng.randint(0, 2**discs - 1))


def _score(guess: list[int], code: list[int]) -> Point:
    """The black and white marks of a guess."""
    black = sum(a == b for a, b in zip(guess, code, strict=True))
    both = sum(min(guess.count(digit), code.count(digit)) for digit in (1, 2, 3, 4))
    return black, both - black


def mastermind_code(guesses: list[Guess]) -> list[int]:
    """The first code that fits all answers, or nothing."""
    left = [list(code) for code in product((1, 2, 3, 4), repeat=4)]
    for guess, black, _ in guesses:
        left = [
            code
            for code in left
            if (guess[0] == code[0])
            + (guess[1] == code[1])
            + (guess[2] == code[2])
            + (guess[3] == code[3])
            == black
        ]
    for code in left:
        if is_possible_code(code, guesses):
            return code
    return []


def is_possible_code(answer: list[int], guesses: list[Guess]) -> bool:
    """Whether a code fits all answers, or nothing is right."""
    if len(answer) != 4:
        return answer == [] and mastermind_code(guesses) == []
    return all(
        _score(guess, answer) == (black, white) for guess, black, white in guesses
    )


def draw_guesses(rng: Any, level: int, **given: Any) -> list[Guess]:
    """Guesses with the answers of a hidden code, rarely with a wrong one."""
    code = [rng.randint(1, 4) for _ in range(4)]
    guesses = []
    for _ in range(min(6, 2 + level // 2)):
        guess = [rng.randint(1, 4) for _ in range(4)]
        guesses.append((guess, *_score(guess, code)))
    if rng.random() < 0.08:
        guess, black, white = guesses[-1]
        guesses[-1] = (guess, max(0, black - 1), white)
    return guesses


def magic_square_with_centre(n: int) -> Grid:
    """A magic square with a given centre."""
    return [[n + 3, n - 4, n + 1], [n - 2, n, n + 2], [n - 1, n + 4, n - 3]]


def is_magic_around(answer: Grid, n: int) -> bool:
    """Whether a square is magic with different entries and the right centre."""
    if len(answer) != 3 or len(answer[0]) != 3 or answer[1][1] != n:
        return False
    lines = [*answer, *(list(column) for column in zip(*answer, strict=True))]
    lines.append([answer[i][i] for i in range(3)])
    lines.append([answer[i][2 - i] for i in range(3)])
    entries = {entry for row in answer for entry in row}
    return len(entries) == 9 and all(sum(line) == 3 * n for line in lines)


def _units() -> list[list[Point]]:
    """The rows, columns and blocks of a small Sudoku."""
    four = range(4)
    units = [[(i, j) for j in four] for i in four]
    units += [[(i, j) for i in four] for j in four]
    units += [
        [(i + x, j + y) for x in (0, 1) for y in (0, 1)] for i in (0, 2) for j in (0, 2)
    ]
    return units


_UNITS = _units()
_PEERS = {
    (i, j): sorted({cell for unit in _UNITS if (i, j) in unit for cell in unit})
    for i in range(4)
    for j in range(4)
}


def _fill(grid: Grid) -> bool:
    """Fill the cell with the fewest choices, then the rest; whether it worked."""
    best: tuple[int, int] | None = None
    choices: list[int] = []
    for i in range(4):
        for j in range(4):
            if grid[i][j] == 0:
                used = {grid[x][y] for x, y in _PEERS[i, j]}
                fits = [number for number in (1, 2, 3, 4) if number not in used]
                if best is None or len(fits) < len(choices):
                    best, choices = (i, j), fits
    if best is None:
        return True
    for number in choices:
        grid[best[0]][best[1]] = number
        if _fill(grid):
            return True
    grid[best[0]][best[1]] = 0
    return False


def fill_sudoku4(grid: Grid) -> Grid:
    """A completed small Sudoku, or the grid itself."""
    for unit in _UNITS:
        numbers = [grid[i][j] for i, j in unit if grid[i][j]]
        if len(set(numbers)) < len(numbers):
            return [list(row) for row in grid]
    full = [list(row) for row in grid]
    _fill(full)
    return full


def is_sudoku_filled(answer: Grid, grid: Grid) -> bool:
    """Whether a grid completes another, or nothing but the other itself is right."""
    if len(answer) != 4 or len(answer[0]) != 4:
        return False
    if all({answer[i][j] for i, j in unit} == {1, 2, 3, 4} for unit in _UNITS):
        rows = zip(answer, grid, strict=True)
        pairs = [pair for row in rows for pair in zip(*row, strict=True)]
        return all(new == old or old == 0 for new, old in pairs)
    return answer == grid and fill_sudoku4(grid) == grid


def draw_sudoku(rng: Any, level: int, **given: Any) -> Grid:
    """A small Sudoku with cells left out, rarely one that cannot be completed."""
    order = rng.sample([1, 2, 3, 4], 4)
    start = [[0] * 4 for _ in range(4)]
    start[0] = order
    for i, j in ((1, 0), (2, 2), (3, 1)):
        used = {start[x][y] for x, y in _PEERS[i, j]}
        start[i][j] = rng.choice([k for k in (1, 2, 3, 4) if k not in used])
    full = fill_sudoku4(start)
    for i, j in rng.sample(sorted(_PEERS), min(12, 4 + level)):
        full[i][j] = 0
    if rng.random() < 0.05:
        i, j = rng.choice(sorted(_PEERS))
        full[i][j] = rng.randint(1, 4)
    return full


def _presses() -> dict[int, int]:
    """For every pattern of lit cells (bits), the cells to press."""
    flips = []
    for i in range(3):
        for j in range(3):
            cells = ((i, j), (i - 1, j), (i + 1, j), (i, j - 1), (i, j + 1))
            inside = [(x, y) for x, y in cells if 0 <= x < 3 and 0 <= y < 3]
            flips.append(sum(1 << 3 * x + y for x, y in inside))
    table = {}
    for pressed in range(512):
        lit = 0
        for k, flip in enumerate(flips):
            if pressed >> k & 1:
                lit ^= flip
        table[lit] = pressed
    return table


_PRESSES = _presses()


def lights_out(grid: Grid) -> Grid:
    """The switches that turn all lights off."""
    lit = sum(grid[k // 3][k % 3] << k for k in range(9))
    return [[_PRESSES[lit] >> 3 * i + j & 1 for j in range(3)] for i in range(3)]


def take_ends_game(coins: list[int]) -> int:
    """What the first player gets when coins are taken from the ends."""
    ahead = [0] * (len(coins) + 1)
    for size in range(1, len(coins) + 1):
        ahead = [
            max(coins[i] - ahead[i + 1], coins[i + size - 1] - ahead[i])
            for i in range(len(coins) - size + 1)
        ]
    return (sum(coins) + ahead[0]) // 2


_JUMPS = ((1, 2), (2, 1), (2, -1), (1, -2), (-1, -2), (-2, -1), (-2, 1), (-1, 2))


def _jumps(square: Point) -> list[Point]:
    """The squares that a knight reaches in one move."""
    squares = [(square[0] + i, square[1] + j) for i, j in _JUMPS]
    return [(i, j) for i, j in squares if 1 <= i <= 8 and 1 <= j <= 8]


def knight_route(start: Point, end: Point) -> list[Point]:
    """A shortest route of a knight."""
    before = {end: end}
    queue = deque([end])
    while start not in before:
        square = queue.popleft()
        for other in _jumps(square):
            if other not in before:
                before[other] = square
                queue.append(other)
    route = [start]
    while route[-1] != end:
        route.append(before[route[-1]])
    return route


def is_knight_route(answer: list[Point], start: Point, end: Point) -> bool:
    """Whether a route consists of knight's moves and is as short as possible."""
    if not answer or answer[0] != start or answer[-1] != end:
        return False
    steps = zip(answer, answer[1:], strict=False)
    if any(sorted((abs(a - c), abs(b - d))) != [1, 2] for (a, b), (c, d) in steps):
        return False
    return len(answer) == len(knight_route(start, end))


def draw_knight(rng: Any, level: int, **given: Any) -> Any:
    """Two squares that are further apart at higher levels."""
    for _ in range(10):
        ends = {
            name: given.get(name, (rng.randint(1, 8), rng.randint(1, 8)))
            for name in ("start", "end")
        }
        moves = len(knight_route(**ends)) - 1
        if 1 + level // 4 <= moves <= 2 + level // 2:
            break
    return _left(given, **ends)


def pancake_flips(items: list[int]) -> list[int]:
    """Flips that bring the largest, then the next largest item into place."""
    row = list(items)
    flips = []
    for size in range(len(row), 1, -1):
        place = row.index(max(row[:size])) + 1
        if place == size:
            continue
        for flip in (place, size):
            if flip > 1:
                flips.append(flip)
                row[:flip] = row[:flip][::-1]
    return flips


def is_pancake_sorting(answer: list[int], items: list[int]) -> bool:
    """Whether flips sort the items."""
    row = list(items)
    for flip in answer:
        row[:flip] = row[:flip][::-1]
    return row == sorted(items) and len(answer) <= 2 * len(items)


def draw_pancakes(rng: Any, level: int, **given: Any) -> list[int]:
    """Different numbers, in random order."""
    size = rng.randint(min(9, level + 2), min(10, level + 3))
    items: list[int] = rng.sample(range(1, min(999, 10 * level * level) + 1), size)
    return items


def bridge_crossing_time(times: list[int]) -> int:
    """The least time in which a group crosses a bridge at night."""
    left = sorted(times)
    total = 0
    while len(left) > 3:
        fast = left[0] + 2 * left[1] + left[-1]
        alone = 2 * left[0] + left[-2] + left[-1]
        total += min(fast, alone)
        left = left[:-2]
    if len(left) == 3:
        return total + sum(left)
    return total + left[-1]
