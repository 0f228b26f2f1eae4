"""Cellular automata: solvers against numpy or a second way to compute."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest
from solvers import solvers

automata = solvers("automata")
RNG = random.Random(4)
Grid = list[list[int]]


def bits(n: int) -> str:
    return "".join(RNG.choice("01") for _ in range(n))


def grids(most: int, states: int, least: int = 1) -> list[Grid]:
    sizes = [(least, least), (least, most), (most, least), (most, most)]
    sizes += [(RNG.randint(least, most), RNG.randint(least, most)) for _ in range(220)]
    return [
        [[RNG.randrange(states) for _ in range(c)] for _ in range(r)] for r, c in sizes
    ]


def elementary(cells: str, rule: int) -> str:
    table = {f"{b:03b}": f"{rule:08b}"[7 - b] for b in range(8)}
    ring = cells[-1] + cells + cells[0]
    return "".join(table[ring[i : i + 3]] for i in range(len(cells)))


def test_elementary() -> None:
    for _ in range(300):
        cells, rule = bits(RNG.randint(1, 12)), RNG.randint(0, 255)
        assert automata.elementary_step(cells, rule) == elementary(cells, rule)
        before = bits(len(cells))
        after = automata.reversible_step(before, cells, rule)
        assert automata.reversible_step(after, cells, rule) == before
        want = int(elementary(cells, rule), 2) ^ int(before, 2)
        assert int(after, 2) == want


def test_predecessors() -> None:
    for _ in range(300):
        n, rule = RNG.randint(1, 7), RNG.randint(0, 255)
        cells = bits(n)
        rows = ["".join(row) for row in itertools.product("01", repeat=n)]
        right = [row for row in rows if elementary(row, rule) == cells]
        answer = automata.elementary_predecessor(cells, rule)
        assert answer == (right[0] if right else "")
        for row in rows:
            assert automata.is_predecessor(row, cells, rule) == (row in right)
        assert automata.is_predecessor("", cells, rule) == (not right)


def around(grid: Grid, state: int) -> np.ndarray:
    a = np.pad((np.array(grid) == state).astype(int), 1)
    moves = [(i, j) for i in (-1, 0, 1) for j in (-1, 0, 1) if i or j]
    return sum(np.roll(a, move, (0, 1)) for move in moves)[1:-1, 1:-1]


def test_two_dimensions() -> None:
    for grid in grids(7, 2):
        a, near = np.array(grid), around(grid, 1)
        want = ((near == 3) | ((near == 2) & (a == 1))).astype(int)
        assert automata.life_step(grid) == want.tolist()
    for grid in grids(7, 4):
        a, near = np.array(grid), around(grid, 1)
        want = np.select(
            [a == 0, a == 1, a == 2, (near == 1) | (near == 2)], [0, 2, 3, 1], 3
        )
        assert automata.wireworld_step(grid) == want.tolist()


def test_census() -> None:
    moves = [(i, j) for i in (-1, 0, 1) for j in (-1, 0, 1) if i or j]
    for grid in grids(7, 2, 3):
        a = np.array(grid)
        counts = []
        for _ in range(3):
            near = sum(np.roll(a, move, (0, 1)) for move in moves)
            a = ((near == 3) | ((near == 2) & (a == 1))).astype(int)
            counts.append(int(a.sum()))
        assert automata.life_torus_census(grid, 3) == counts


def test_ant() -> None:
    z, heading, cells = 0 + 0j, 1j, {}
    for step in range(1001):
        if step < 200 or step % 40 == 0:
            assert automata.langtons_ant(step) == (int(z.real), int(z.imag))
        heading *= 1j if cells.get(z) else -1j
        cells[z] = not cells.get(z)
        z += heading


def test_sandpile() -> None:
    for grid in grids(5, 10) + [[[9] * 5] * 5]:
        a = np.pad(np.array(grid), 1)
        while (a[1:-1, 1:-1] > 3).any():
            tops = np.zeros_like(a)
            tops[1:-1, 1:-1] = a[1:-1, 1:-1] > 3
            a = (
                a
                - 4 * tops
                + sum(np.roll(tops, s, axis) for s in (-1, 1) for axis in (0, 1))
            )
        assert automata.topple_sandpile(grid) == a[1:-1, 1:-1].tolist()


def test_totalistic() -> None:
    for _ in range(200):
        cells = [RNG.randint(0, 2) for _ in range(RNG.randint(1, 30))]
        code = RNG.randint(0, 2186)
        digits = np.base_repr(code, 3).zfill(7)[::-1]
        sums = np.convolve(cells, [1, 1, 1], "full")[1:-1] if len(cells) > 1 else cells
        want = [int(digits[int(s)]) for s in sums]
        assert automata.totalistic_step(cells, code) == want


def test_traffic() -> None:
    for grid in grids(7, 3):
        a = np.array(grid)
        for car, axis in ((1, 1), (2, 0)):
            free = np.roll(a, -1, axis) == 0
            go = (a == car) & free
            a = np.where(go, 0, a) + car * np.roll(go, 1, axis)
        assert automata.traffic_grid_step(grid) == a.tolist()


def test_infection() -> None:
    for grid in grids(7, 2):
        thin = [[c if RNG.random() < 0.6 else 0 for c in row] for row in grid]
        a = np.pad(np.array(thin), 1)
        days = np.where(a == 1, 0, -1)
        for day in range(1, 60):
            near = sum(np.roll(a, s, axis) for s in (-1, 1) for axis in (0, 1))
            new = (a == 0) & (near >= 2)
            new[[0, -1], :] = False
            new[:, [0, -1]] = False
            days[new] = day
            a = a | new
        assert automata.infection_days(thin) == days[1:-1, 1:-1].tolist()


def test_rewriting() -> None:
    def grow(letter: str, rules: dict[str, str], rounds: int) -> str:
        if rounds == 0:
            return letter
        return "".join(grow(c, rules, rounds - 1) for c in rules[letter])

    for level in list(range(1, 11)) * 20:
        word, a, b, rounds = automata.draw_rewriting(RNG, level)
        want = "".join(grow(c, {"A": a, "B": b}, rounds) for c in word)
        assert automata.rewrite_rounds(word, a, b, rounds) == want


@pytest.mark.parametrize("level", range(1, 11))
def test_samplers(level: int) -> None:
    for _ in range(20):
        assert len(automata.draw_predecessor(RNG, level)[0]) <= 14
        previous, current, _rule = automata.draw_reversible(RNG, level)
        assert len(previous) == len(current) <= 30
        now, rule = automata.draw_reversible(RNG, level, previous="010")
        assert len(now) == 3 and 0 <= rule <= 255
