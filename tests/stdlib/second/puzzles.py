"""Second solvers for puzzles, written from the wording alone."""

from __future__ import annotations

import heapq
from itertools import combinations, product

Matrix = list[list[int]]
Square = tuple[int, int]


def _round(number: int, n: int) -> int:
    rounds = (number - 1) // n  # once for each time that the last is passed
    return number - rounds * n


def queens_through(n: int, row: int, column: int, holes: list[Square]) -> list[int]:
    row, column = _round(row, n), _round(column, n)

    def fits(queens: list[int], c: int) -> bool:
        r = len(queens)
        if (r + 1, c) in holes:
            return False
        return all(q != c and abs(q - c) != r - i for i, q in enumerate(queens))

    def place(queens: list[int]) -> list[int] | None:
        if len(queens) == n:
            return queens
        free = [column] if len(queens) == row - 1 else range(1, n + 1)
        for c in free:
            found = place([*queens, c]) if fits(queens, c) else None
            if found:
                return found
        return None

    return place([]) or []


def winning_nim_move(piles: list[int]) -> tuple[int, int]:
    total = 0
    for pile in piles:
        total ^= pile
    for place, pile in enumerate(piles, 1):
        if pile ^ total < pile:
            return place, pile - (pile ^ total)
    return 0, 0


def pour_jugs(a: int, b: int, target: int) -> str:
    ways = {(0, 0): ""}
    todo = [(0, 0)]
    for x, y in todo:
        if target in (x, y):
            return ways[x, y]
        over, back = min(x, b - y), min(y, a - x)
        moves = {
            "A": (a, y),
            "B": (x, b),
            "a": (0, y),
            "b": (x, 0),
            "p": (x - over, y + over),
            "q": (x + back, y - back),
        }
        for letter, state in moves.items():
            if state not in ways and len(ways[x, y]) < 400:
                ways[state] = ways[x, y] + letter
                todo.append(state)
    return ""


def hanoi_after(discs: int, moves: int) -> list[int]:
    pegs = [1] * discs
    moves %= 2**discs

    def move(count: int, start: int, end: int, left: int) -> int:
        """Move that many discs; what is left of the moves."""
        if count and left:
            spare = 6 - start - end
            left = move(count - 1, start, spare, left)
            if left:
                pegs[count - 1] = end
                left = move(count - 1, spare, end, left - 1)
        return left

    move(discs, 1, 3, moves)
    return pegs


def mastermind_code(guesses: list[tuple[list[int], int, int]], k: int) -> list[int]:
    fitting = []
    for code in product(range(1, 5), repeat=4):
        for guess, black, white in guesses:
            agree = sum(x == y for x, y in zip(guess, code, strict=True))
            shared = sum(min(guess.count(d), code.count(d)) for d in range(1, 5))
            if (agree, shared - agree) != (black, white):
                break
        else:
            fitting.append(list(code))
    return fitting[_round(k, len(fitting)) - 1] if fitting else []


def magic_square_with_centre(n: int) -> Matrix:
    return [[n - 5 + x for x in row] for row in ([2, 7, 6], [9, 5, 1], [4, 3, 8])]


def fill_sudoku4(grid: Matrix) -> Matrix:
    items = {(i, j): x for i, row in enumerate(grid) for j, x in enumerate(row)}
    cells = [[items.get((i, j), 0) for j in range(4)] for i in range(4)]
    grid = [[x if x in (1, 2, 3, 4) else 0 for x in row] for row in cells]
    groups = [{(i, j) for j in range(4)} for i in range(4)]
    groups += [{(i, j) for i in range(4)} for j in range(4)]
    groups += [
        {(i + a, j + b) for a in (0, 1) for b in (0, 1)} for i in (0, 2) for j in (0, 2)
    ]

    def clash(m: Matrix) -> bool:
        for group in groups:
            filled = [m[i][j] for i, j in group if m[i][j]]
            if len(filled) != len(set(filled)):
                return True
        return False

    def fill(m: Matrix) -> Matrix | None:
        if clash(m):
            return None
        for i, j in product(range(4), repeat=2):
            if m[i][j] == 0:
                for x in range(1, 5):
                    tried = [list(row) for row in m]
                    tried[i][j] = x
                    found = fill(tried)
                    if found:
                        return found
                return None
        return m

    return fill(grid) or [[0] * 4] * 4


def lights_out(grid: Matrix) -> Matrix:
    # Choose the first row; every further press follows from the light above it.
    rows, cols = len(grid), len(grid[0])
    for first in product((0, 1), repeat=cols):
        lights = [[x % 2 for x in row] for row in grid]
        pressed: Matrix = []
        for i in range(rows):
            row = list(first) if i == 0 else lights[i - 1][:]
            pressed.append(row)
            for j in range(cols):
                if row[j]:
                    for a, b in (
                        (i, j),
                        (i - 1, j),
                        (i + 1, j),
                        (i, j - 1),
                        (i, j + 1),
                    ):
                        if 0 <= a < rows and 0 <= b < cols:
                            lights[a][b] ^= 1
        if not any(map(any, lights)):
            return pressed
    return [[0] * cols for _ in range(rows)]


def take_ends_game(coins: list[int]) -> int:
    # The greatest total of the player to move, for the rows from i with k coins.
    n = len(coins)
    best = {(i, 0): 0 for i in range(n + 1)}
    for k in range(1, n + 1):
        for i in range(n - k + 1):
            total = sum(coins[i : i + k])
            best[i, k] = total - min(best[i + 1, k - 1], best[i, k - 1])
    return best[0, n]


def knight_route(start: Square, end: Square, blocked: list[Square]) -> list[Square]:
    start = (_round(start[0], 8), _round(start[1], 8))
    end = (_round(end[0], 8), _round(end[1], 8))
    board = set(product(range(1, 9), repeat=2)) - set(blocked) | {start, end}
    routes = {start: [start]}
    todo = [start]
    for r, c in todo:
        for a, b in product((-2, -1, 1, 2), repeat=2):
            square = (r + a, c + b)
            if abs(a) != abs(b) and square not in routes and square in board:
                routes[square] = [*routes[r, c], square]
                todo.append(square)
    return routes.get(end, [])


def pancake_flips(items: list[int]) -> list[int]:
    items = list(items)
    flips = []
    for size in range(len(items), 1, -1):
        place = items.index(max(items[:size])) + 1
        for flip in (place, size):
            items[:flip] = items[:flip][::-1]
            flips.append(flip)
    return flips


def bridge_crossing_time(times: list[int]) -> int:
    n = len(times)
    groups = [*combinations(range(n), 1), *combinations(range(n), 2)]
    crossings = [(sum(1 << i for i in g), max(times[i] for i in g)) for g in groups]
    # A state: who still waits, as bits; one more bit when the torch is with them.
    torch = 1 << n
    start = torch | (torch - 1)
    best = {start: 0}
    queue = [(0, start)]
    while True:
        time, state = heapq.heappop(queue)
        if state == 0:
            return time
        if time > best[state]:
            continue
        side = state & (torch - 1) if state & torch else torch - 1 & ~state
        for group, cost in crossings:
            if group & ~side == 0:
                after = state ^ group ^ torch
                if time + cost < best.get(after, time + cost + 1):
                    best[after] = time + cost
                    heapq.heappush(queue, (time + cost, after))
