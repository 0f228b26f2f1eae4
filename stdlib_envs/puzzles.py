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


def _place_queens(
    n: int, rows: list[int], placed: dict[int, int], holes: set[Point]
) -> bool:
    """Extend a placement to the rows left, in order; whether that was possible."""
    if not rows:
        return True
    row = rows[0]
    taken: set[int] = set()
    for other, column in placed.items():
        away = abs(row - other)
        taken.update((column, column - away, column + away))
    for column in range(1, n + 1):
        if column not in taken and (row, column) not in holes:
            placed[row] = column
            if _place_queens(n, rows[1:], placed, holes):
                return True
            del placed[row]
    return False


def _round(number: int, n: int) -> int:
    """The number from 1 to n that one stands for, going round."""
    return (number - 1) % n + 1


def queens_through(n: int, row: int, column: int, holes: list[Point]) -> list[int]:
    """A placement of queens that contains a given square and avoids some, if any."""
    row, column = _round(row, n), _round(column, n)
    if (row, column) in holes:
        return []
    placed = {row: column}
    others = [r for r in range(1, n + 1) if r != row]
    others.sort(key=lambda r: abs(r - row))
    if not _place_queens(n, others, placed, set(holes)):
        return []
    return [placed[r] for r in range(1, n + 1)]


def is_queens_placement(
    answer: list[int], n: int, row: int, column: int, holes: list[Point]
) -> bool:
    """Whether no queen attacks another, one stands on the square and none on a hole,
    or nothing is right."""
    if len(answer) != n:
        return not answer and queens_through(n, row, column, holes) == []
    if answer[_round(row, n) - 1] != _round(column, n):
        return False
    if not set(enumerate(answer, 1)).isdisjoint(holes):
        return False
    falling = {c - r for r, c in enumerate(answer)}
    rising = {c + r for r, c in enumerate(answer)}
    return len(set(answer)) == len(falling) == len(rising) == n


def draw_queen(rng: Any, level: int, **given: Any) -> Any:
    """A board size that grows with the level, a square, and holes elsewhere that
    mostly leave a placement."""
    n = given.get("n", min(10, 7 + rng.randint(level // 4, level // 3)))
    for _ in range(3):
        row, column = rng.randint(1, n), rng.randint(1, n)
        row, column = given.get("row", row), given.get("column", column)
        square = _round(row, n), _round(column, n)
        squares = [(r, c) for r in range(1, n + 1) for c in range(1, n + 1)]
        squares.remove(square)
        size = min(len(squares), rng.randint(1, 2 + level // 2))
        holes = given.get("holes", rng.sample(squares, size))
        if queens_through(n, row, column, holes):
            break
    return _left(given, n=n, row=row, column=column, holes=holes)


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
    if len(answer) > 400:
        return False
    jugs = (0, 0)
    for move in answer:
        jugs = _pour(jugs, (a, b), move)
    return target in jugs


def draw_jugs(rng: Any, level: int, **given: Any) -> Any:
    """Two jugs and an amount that mostly needs several moves."""
    most = 3 * level + 5
    for _ in range(8):
        a = given.get("a", rng.randint(2, most))
        b = given.get("b", rng.randint(2, most))
        target = given.get("target", rng.randint(1, max(a, b)))
        if min(level, 8) < len(pour_jugs(a, b, target)) <= 10 + 2 * level:
            break
    return _left(given, a=a, b=b, target=target)


def hanoi_after(discs: int, moves: int) -> list[int]:
    """Where the discs of the Tower of Hanoi lie after some moves."""
    moves %= 1 << discs
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
    discs = rng.randint(min(12, level + 2), min(13, level + 3))
    discs = given.get("discs", discs)
    return _left(given, discs=discs, moves=rng.randint(0, 2**discs - 1))


def _score(guess: list[int], code: list[int]) -> Point:
    """The black and white marks of a guess."""
    black = sum(a == b for a, b in zip(guess, code, strict=True))
    both = sum(min(guess.count(digit), code.count(digit)) for digit in (1, 2, 3, 4))
    return black, both - black


_CODES = [list(code) for code in product((1, 2, 3, 4), repeat=4)]


def _fitting(guesses: list[Guess]) -> list[list[int]]:
    """All codes that fit all answers, in ascending order."""
    left = _CODES
    for guess, black, white in guesses:
        left = [code for code in left if _score(guess, code) == (black, white)]
    return left


def mastermind_code(guesses: list[Guess], k: int) -> list[int]:
    """One of the codes that fit all answers, by its number, or nothing."""
    codes = _fitting(guesses)
    return list(codes[_round(k, len(codes)) - 1]) if codes else []


def draw_guesses(rng: Any, level: int, **given: Any) -> Any:
    """Guesses with the answers of a hidden code, rarely with a wrong one, and a small
    number."""
    code = [rng.randint(1, 4) for _ in range(4)]
    guesses = []
    for _ in range(min(6, 2 + level // 2)):
        guess = [rng.randint(1, 4) for _ in range(4)]
        guesses.append((guess, *_score(guess, code)))
    if rng.random() < 0.08:
        guess, black, white = guesses[-1]
        guesses[-1] = (guess, max(0, black - 1), white)
    guesses = given.get("guesses", guesses)
    most = max(1, min(level, len(_fitting(guesses))))
    return _left(given, guesses=guesses, k=rng.randint(1, most))


def magic_square_with_centre(n: int) -> Grid:
    """A magic square with a given centre."""
    return [[n + 3, n - 4, n + 1], [n - 2, n, n + 2], [n - 1, n + 4, n - 3]]


def is_magic_around(answer: Grid, n: int) -> bool:
    """Whether a square is magic with different entries and the right centre."""
    if len(answer) != 3 or len(answer[0]) != 3 or answer[1][1] != n:
        return False
    if any(abs(entry - n) > 9 for row in answer for entry in row):
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


_ZEROS = [[0] * 4 for _ in range(4)]


def _sudoku(grid: Grid) -> Grid:
    """A matrix as a small Sudoku, 0 for empty cells."""
    full = [list(row) for row in _ZEROS]
    for i, row in enumerate(grid[:4]):
        for j, item in enumerate(row[:4]):
            if 1 <= item <= 4:
                full[i][j] = item
    return full


def fill_sudoku4(grid: Grid) -> Grid:
    """A completed small Sudoku, or zeros."""
    full = _sudoku(grid)
    for unit in _UNITS:
        numbers = [full[i][j] for i, j in unit if full[i][j]]
        if len(set(numbers)) < len(numbers):
            return [list(row) for row in _ZEROS]
    return full if _fill(full) else [list(row) for row in _ZEROS]


def is_sudoku_filled(answer: Grid, grid: Grid) -> bool:
    """Whether a grid completes another, or zeros stand for none."""
    if len(answer) != 4 or len(answer[0]) != 4:
        return False
    if all({answer[i][j] for i, j in unit} == {1, 2, 3, 4} for unit in _UNITS):
        rows = zip(answer, _sudoku(grid), strict=True)
        pairs = [pair for row in rows for pair in zip(*row, strict=True)]
        return all(new == old or old == 0 for new, old in pairs)
    return answer == _ZEROS == fill_sudoku4(grid)


def draw_sudoku(rng: Any, level: int, **given: Any) -> Grid:
    """A small Sudoku with cells left out, rarely one that cannot be completed."""
    full = [list(row) for row in _ZEROS]
    while full == _ZEROS:
        start = [list(row) for row in _ZEROS]
        start[0] = rng.sample([1, 2, 3, 4], 4)
        for i, j in ((1, 0), (2, 2), (3, 1)):
            used = {start[x][y] for x, y in _PEERS[i, j]}
            start[i][j] = rng.choice([k for k in (1, 2, 3, 4) if k not in used])
        full = fill_sudoku4(start)
    for i, j in rng.sample(sorted(_PEERS), 4 + level * 6 // 10):
        full[i][j] = 0
    if rng.random() < 0.05:
        i, j = rng.choice(sorted(_PEERS))
        full[i][j] = rng.randint(1, 4)
    return full


def _switched(rows: int, cols: int) -> list[int]:
    """For every cell the lights that it switches, as bits, in reading order."""
    switched = []
    for i in range(rows):
        for j in range(cols):
            cells = ((i, j), (i - 1, j), (i + 1, j), (i, j - 1), (i, j + 1))
            inside = [(x, y) for x, y in cells if 0 <= x < rows and 0 <= y < cols]
            switched.append(sum(1 << cols * x + y for x, y in inside))
    return switched


def _lit(grid: Grid) -> int:
    """The lights that are on, as bits."""
    cells = [item % 2 for row in grid for item in row]
    return sum(cell << k for k, cell in enumerate(cells))


def lights_out(grid: Grid) -> Grid:
    """Cells that turn all lights off, or zeros, by elimination modulo 2."""
    rows, cols = len(grid), len(grid[0])
    size = rows * cols
    # Switching is symmetric: equation k is about the cells that switch light k.
    lit = _lit(grid)
    equations = [
        cells | (lit >> k & 1) << size for k, cells in enumerate(_switched(rows, cols))
    ]
    solved: list[tuple[int, int]] = []
    for k in range(size):
        at = next((n for n, row in enumerate(equations) if row >> k & 1), None)
        if at is None:
            continue
        pivot = equations.pop(at)
        equations = [row ^ pivot if row >> k & 1 else row for row in equations]
        solved = [(n, row ^ pivot if row >> k & 1 else row) for n, row in solved]
        solved.append((k, pivot))
    pressed = 0
    if not any(equations):
        pressed = sum((row >> size & 1) << k for k, row in solved)
    return [[pressed >> cols * i + j & 1 for j in range(cols)] for i in range(rows)]


def turns_lights_off(answer: Grid, grid: Grid) -> bool:
    """Whether the pressed cells turn all lights off, or zeros stand for none."""
    if len(answer) != len(grid) or len(answer[0]) != len(grid[0]):
        return False
    lit = _lit(grid)
    pressed = [cell for row in answer for cell in row]
    for press, lights in zip(pressed, _switched(len(grid), len(grid[0])), strict=True):
        if press:
            lit ^= lights
    return lit == 0 or (not any(pressed) and lights_out(grid) == answer)


def draw_lights(rng: Any, level: int, **given: Any) -> Grid:
    """Lights, mostly ones that pressing some cells turned on."""
    rows = rng.randint(2 + level // 5, 2 + (level + 2) // 5)
    cols = rng.randint(2 + level // 4, max(2 + level // 4, 3 + level // 5))
    lit = 0
    if rng.random() < 0.05:
        lit = rng.randrange(1 << rows * cols)
    else:
        for lights in _switched(rows, cols):
            if rng.random() < 0.5:
                lit ^= lights
    return [[lit >> cols * i + j & 1 for j in range(cols)] for i in range(rows)]


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


def _square(pair: Point) -> Point:
    """The square that a pair stands for, going round."""
    return _round(pair[0], 8), _round(pair[1], 8)


def knight_route(start: Point, end: Point, blocked: list[Point]) -> list[Point]:
    """A shortest route of a knight, or nothing."""
    start, end = _square(start), _square(end)
    closed = set(blocked) - {start, end}
    before = {end: end}
    queue = deque([end])
    while queue and start not in before:
        square = queue.popleft()
        for other in _jumps(square):
            if other not in before and other not in closed:
                before[other] = square
                queue.append(other)
    if start not in before:
        return []
    route = [start]
    while route[-1] != end:
        route.append(before[route[-1]])
    return route


def is_knight_route(
    answer: list[Point], start: Point, end: Point, blocked: list[Point]
) -> bool:
    """Whether a route consists of knight's moves, avoids what is blocked and is as
    short as possible, or nothing is right."""
    if len(answer) != len(knight_route(start, end, blocked)):
        return False
    if not answer:
        return True
    if answer[0] != _square(start) or answer[-1] != _square(end):
        return False
    if not set(answer[1:-1]).isdisjoint(blocked):
        return False
    steps = zip(answer, answer[1:], strict=False)
    return all(sorted((abs(a - c), abs(b - d))) == [1, 2] for (a, b), (c, d) in steps)


def draw_knight(rng: Any, level: int, **given: Any) -> Any:
    """Two squares that are further apart at higher levels, and blocked ones."""
    squares = [(i, j) for i in range(1, 9) for j in range(1, 9)]
    for _ in range(10):
        start = given.get("start", rng.choice(squares))
        end = given.get("end", rng.choice(squares))
        size = rng.randint(1 + level // 2, 4 + level)
        blocked = given.get("blocked", rng.sample(squares, size))
        moves = len(knight_route(start, end, blocked)) - 1
        if 1 + level // 4 <= moves <= 3 + level // 2:
            break
    return _left(given, start=start, end=end, blocked=blocked)


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
