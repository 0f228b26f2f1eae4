"""Puzzles: verifiers against brute force, solvers against second ways."""

from __future__ import annotations

import itertools
import random
from functools import lru_cache

import networkx as nx
import pytest
from solvers import solvers

puzzles = solvers("puzzles")
RNG = random.Random(9)


def test_queens() -> None:
    for n in range(1, 8):
        orders = [
            order
            for order in itertools.permutations(range(1, n + 1))
            if all(
                abs(order[i] - order[j]) != j - i
                for i in range(n)
                for j in range(i + 1, n)
            )
        ]
        for row, column in itertools.product(range(1, n + 1), repeat=2):
            squares = itertools.product(range(n + 1), range(1, n + 2))
            for holes in ([], RNG.sample(sorted(squares), RNG.randint(1, n))):
                right = [
                    list(order)
                    for order in orders
                    if order[row - 1] == column
                    and not set(enumerate(order, 1)) & set(holes)
                ]
                turns = n * RNG.randint(-2, 2)
                square = row + turns, column - turns
                answer = puzzles.queens_through(n, *square, holes)
                assert answer in right if right else answer == []
                for order in [*RNG.sample(orders, min(5, len(orders))), ()]:
                    good = list(order) in right if order else not right
                    found = puzzles.is_queens_placement(list(order), n, *square, holes)
                    assert found == good
    for row, column in itertools.product(range(1, 11), repeat=2):
        answer = puzzles.queens_through(10, row, column, [])
        assert puzzles.is_queens_placement(answer, 10, row, column, [])
    assert not puzzles.is_queens_placement([2, 2, 2, 2], 4, 1, 2, [])
    assert not puzzles.is_queens_placement([3, 1, 4, 2], 4, 1, 2, [])


def test_nim() -> None:
    @lru_cache(None)
    def wins(piles: tuple[int, ...]) -> bool:
        return any(
            not wins(tuple(sorted((*piles[:i], left, *piles[i + 1 :]))))
            for i, pile in enumerate(piles)
            for left in range(pile)
        )

    for _ in range(200):
        piles = [RNG.randint(0, 6) for _ in range(RNG.randint(1, 4))]
        answer = puzzles.winning_nim_move(piles)
        assert puzzles.is_winning_nim_move(answer, piles)
        for place in range(len(piles) + 1):
            for taken in range(max(piles) + 1):
                good = (place, taken) == (0, 0) and not wins(tuple(sorted(piles)))
                if place and 0 < taken <= piles[place - 1]:
                    rest = list(piles)
                    rest[place - 1] -= taken
                    good = not wins(tuple(sorted(rest)))
                assert puzzles.is_winning_nim_move((place, taken), piles) == good


def test_jugs() -> None:
    from math import gcd

    for a, b in itertools.product(range(1, 31), repeat=2):
        for target in {1, max(a, b), RNG.randint(1, max(a, b))}:
            answer = puzzles.pour_jugs(a, b, target)
            assert (answer != "") == (target % gcd(a, b) == 0)
            assert len(answer) <= 120 and puzzles.is_pouring(answer, a, b, target)
        assert puzzles.pour_jugs(a, b, max(a, b) + 1) == ""
        assert puzzles.pour_jugs(a, b, RNG.choice([0, -1])) == ""
    for _ in range(60):
        a, b = RNG.randint(80, 100), RNG.randint(80, 100)
        target = gcd(a, b) * RNG.randint(1, max(a, b) // gcd(a, b))
        answer = puzzles.pour_jugs(a, b, target)
        assert answer and len(answer) <= 400
        assert puzzles.is_pouring(answer, a, b, target)
    assert not puzzles.is_pouring("A" * 401, 5, 3, 5)
    assert len(puzzles.pour_jugs(3, 5, 4)) == 6
    assert puzzles.is_pouring("BqaqBq", 3, 5, 4)
    assert puzzles.is_pouring("ApApbpAp", 3, 5, 4)
    assert not puzzles.is_pouring("Bqaq", 3, 5, 4)
    assert not puzzles.is_pouring("", 3, 5, 4)
    assert not puzzles.is_pouring("A", 2, 4, 3)


def test_hanoi() -> None:
    def tower(n: int, a: int, b: int, c: int) -> list[tuple[int, int]]:
        return tower(n - 1, a, c, b) + [(n, c)] + tower(n - 1, b, a, c) if n else []

    for discs in range(1, 9):
        pegs = [1] * discs
        assert puzzles.hanoi_after(discs, 0) == pegs
        for count, (disc, peg) in enumerate(tower(discs, 1, 2, 3), 1):
            pegs[disc - 1] = peg
            assert puzzles.hanoi_after(discs, count) == pegs
            assert puzzles.hanoi_after(discs, count - (1 << discs)) == pegs


def test_mastermind() -> None:
    def score(guess: tuple[int, ...], code: tuple[int, ...]) -> tuple[int, int]:
        black = sum(map(int.__eq__, guess, code))
        rest = [b for a, b in zip(guess, code, strict=True) if a != b]
        white = 0
        for a, b in zip(guess, code, strict=True):
            if a != b and a in rest:
                rest.remove(a)
                white += 1
        return black, white

    codes = list(itertools.product([1, 2, 3, 4], repeat=4))
    for _ in range(200):
        guesses, k = puzzles.draw_guesses(RNG, RNG.randint(1, 10))
        right = [
            list(c)
            for c in codes
            if all(score(tuple(g), c) == (x, y) for g, x, y in guesses)
        ]
        answer = puzzles.mastermind_code(guesses, k)
        assert answer == (right[k - 1] if right else [])
        turns = RNG.randint(-3, 3) * len(right)
        assert puzzles.mastermind_code(guesses, k + turns) == answer
        assert puzzles.mastermind_code(guesses, 0) == (right[-1] if right else [])


def test_magic() -> None:
    right = 0
    for order in itertools.permutations([1, 2, 3, 4, 6, 7, 8, 9]):
        a, b, c, d, e, f, g, h = order
        if a + b + c != 15 or d + e != 10:
            continue
        right += puzzles.is_magic_around([[a, b, c], [d, 5, e], [f, g, h]], 5)
    assert right == 8
    for n in [*range(-20, 200), 10**9]:
        assert puzzles.is_magic_around(puzzles.magic_square_with_centre(n), n)
    assert not puzzles.is_magic_around([[5] * 3] * 3, 5)
    far = [[15, -20, 5], [-10, 0, 10], [-5, 20, -15]]
    assert not puzzles.is_magic_around(far, 0)


def all_sudokus() -> list[list[list[int]]]:
    orders = list(itertools.permutations([1, 2, 3, 4]))
    out = []
    for rows in itertools.product(orders, repeat=4):
        if rows[0][0] in rows[1][:2] or rows[0][1] in rows[1][:2]:
            continue
        if any(len(set(c)) < 4 for c in zip(*rows, strict=True)):
            continue
        if set(rows[2][:2]) & set(rows[3][:2]):
            continue
        out.append([list(row) for row in rows])
    return out


def test_sudoku() -> None:
    full = all_sudokus()
    assert len(full) == 288
    for _ in range(200):
        grid = puzzles.draw_sudoku(RNG, RNG.randint(1, 10))
        if RNG.random() < 0.2:
            grid[RNG.randrange(4)][RNG.randrange(4)] = RNG.randint(1, 4)
        right = [
            s
            for s in full
            if all(
                g in (0, x)
                for r, t in zip(grid, s, strict=True)
                for g, x in zip(r, t, strict=True)
            )
        ]
        # Other numbers are empty cells, and what lies outside means nothing.
        grid = [[x or RNG.choice([0, 5, -1]) for x in row] for row in grid]
        if all(row[3] not in (1, 2, 3, 4) for row in grid) and RNG.random() < 0.5:
            grid = [row[:3] for row in grid]
        elif RNG.random() < 0.3:
            grid = [[*row, RNG.randint(1, 4)] for row in grid] + [[1] * 5]
        zeros = [[0] * 4 for _ in range(4)]
        answer = puzzles.fill_sudoku4(grid)
        assert answer in right if right else answer == zeros
        assert puzzles.is_sudoku_filled(answer, grid)
        for s in RNG.sample(full, 20):
            assert puzzles.is_sudoku_filled(s, grid) == (s in right)
        assert puzzles.is_sudoku_filled(zeros, grid) == (not right)


def test_lights() -> None:
    for _ in range(250):
        rows, cols = RNG.choice([(1, 1), (1, 5), (2, 3), (3, 2), (3, 3), (2, 4)])
        cells = list(itertools.product(range(rows), range(cols)))
        grid = [[RNG.randint(-3, 4) for _ in range(cols)] for _ in range(rows)]
        right = []
        for bits in itertools.product([0, 1], repeat=rows * cols):
            pressed = {cell for cell, bit in zip(cells, bits, strict=True) if bit}
            if all(
                (grid[i][j] + sum(abs(i - x) + abs(j - y) < 2 for x, y in pressed)) % 2
                == 0
                for i, j in cells
            ):
                right.append([list(bits[k * cols :][:cols]) for k in range(rows)])
        zeros = [[0] * cols for _ in range(rows)]
        answer = puzzles.lights_out(grid)
        assert answer in right if right else answer == zeros
        for other in [zeros, [[1] * cols for _ in range(rows)], *right]:
            good = other in right or (not right and other == zeros)
            assert puzzles.turns_lights_off(other, grid) == good
        assert not puzzles.turns_lights_off([*zeros, [0] * cols], grid)


def test_ends() -> None:
    @lru_cache(None)
    def best(coins: tuple[int, ...]) -> int:
        if not coins:
            return 0
        total = sum(coins)
        return total - min(best(coins[1:]), best(coins[:-1]))

    for _ in range(200):
        coins = [RNG.randint(0, 20) for _ in range(RNG.randint(1, 11))]
        assert puzzles.take_ends_game(coins) == best(tuple(coins))


def test_knight() -> None:
    board = nx.Graph()
    squares = list(itertools.product(range(1, 9), repeat=2))
    for a, b in itertools.combinations(squares, 2):
        if (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 == 5:
            board.add_edge(a, b)
    for _ in range(300):
        a, b = RNG.choice(squares), RNG.choice(squares)
        blocked = RNG.sample(squares, RNG.choice([0, 5, 30, 50]))
        open_board = board.copy()
        open_board.remove_nodes_from(set(blocked) - {a, b})
        blocked += [(0, 3), (9, 9)]
        start, end = (a[0] + 8, a[1] - 16), (b[0], b[1] + 24)
        answer = puzzles.knight_route(start, end, blocked)
        assert puzzles.is_knight_route(answer, start, end, blocked)
        if not nx.has_path(open_board, a, b):
            assert answer == []
            assert not puzzles.is_knight_route([a, b], start, end, blocked)
            continue
        assert len(answer) - 1 == nx.shortest_path_length(open_board, a, b)
        for route in itertools.islice(nx.all_shortest_paths(open_board, a, b), 5):
            assert puzzles.is_knight_route(route, start, end, blocked)
        assert not puzzles.is_knight_route(answer[:-1], start, end, blocked)
        assert not puzzles.is_knight_route([], start, end, blocked)
        jump = [a, (9 - a[0], 9 - a[1]), b]
        assert not puzzles.is_knight_route(jump, start, end, blocked)
    assert not puzzles.is_knight_route([(1, 1), (2, 3), (1, 1)], (1, 1), (1, 1), [])
    direct = [(1, 1), (2, 3), (3, 1)]
    assert puzzles.is_knight_route(direct, (1, 1), (3, 1), [])
    assert not puzzles.is_knight_route(direct, (1, 1), (3, 1), [(2, 3)])


def test_pancakes() -> None:
    for _ in range(250):
        top = RNG.choice([2, 99])
        items = [RNG.randint(-top, top) for _ in range(RNG.randint(0, 10))]
        flips = puzzles.pancake_flips(items)
        assert puzzles.is_pancake_sorting(flips, items)
        if len(set(items)) == len(items) and flips:
            assert not puzzles.is_pancake_sorting(flips[:-1], items)
    assert not puzzles.is_pancake_sorting([2] * 6, [1, 2])
    assert puzzles.is_pancake_sorting([2, 2], [1, 2])


def test_bridge() -> None:
    def least(times: list[int]) -> int:
        g = nx.DiGraph()
        everyone = frozenset(range(len(times)))
        for size in range(len(times) + 1):
            for side in itertools.combinations(range(len(times)), size):
                here = frozenset(side)
                for k in (1, 2):
                    for group in itertools.combinations(here, k):
                        cost = max(times[i] for i in group)
                        rest = here - set(group)
                        g.add_edge((here, 0), (rest, 1), weight=cost)
                        g.add_edge(
                            (everyone - here, 1), (everyone - rest, 0), weight=cost
                        )
        return nx.dijkstra_path_length(g, (everyone, 0), (frozenset(), 1))

    for _ in range(200):
        times = [RNG.randint(0, 12) for _ in range(RNG.randint(1, 5))]
        assert puzzles.bridge_crossing_time(times) == least(times)


@pytest.mark.parametrize("level", range(1, 11))
def test_samplers(level: int) -> None:
    for _ in range(20):
        n, row, column, holes = puzzles.draw_queen(RNG, level)
        assert 1 <= row <= n <= 10 and 1 <= column <= n
        assert 1 <= len(holes) <= 7 and (row, column) not in holes
        assert len(puzzles.draw_queen(RNG, level, row=-10, n=1)) == 2
        a, b, target = puzzles.draw_jugs(RNG, level)
        assert 1 <= target <= max(a, b) <= 35
        discs, moves = puzzles.draw_hanoi(RNG, level)
        assert discs <= 13 and 0 <= moves < 2**discs
        assert 2 <= len(puzzles.draw_lights(RNG, level)) <= 4
