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


def text(cells: str) -> str:
    """The cells written with other characters than 0 too."""
    return "".join(c if c == "1" else RNG.choice("00a\né") for c in cells)


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
        cells, rule = bits(RNG.randint(1, 60)), RNG.randint(0, 255)
        assert automata.elementary_step(cells, rule) == elementary(cells, rule)
        other = rule + 256 * RNG.randint(0, 10**12)
        assert automata.elementary_step(text(cells), other) == elementary(cells, rule)
        before = bits(len(cells))
        after = automata.reversible_step(before, cells, rule)
        assert automata.reversible_step(text(before), text(cells), other) == after
        assert automata.reversible_step(after, cells, rule) == before
        want = int(elementary(cells, rule), 2) ^ int(before, 2)
        assert int(after, 2) == want
    assert automata.elementary_step("", 30) == ""
    assert automata.reversible_step("", "", 30) == ""


def test_predecessors() -> None:
    for _ in range(300):
        n, rule = RNG.randint(0, 7), RNG.randint(0, 255)
        cells = bits(n)
        rows = ["".join(row) for row in itertools.product("01", repeat=n)]
        right = [row for row in rows if not row or elementary(row, rule) == cells]
        cells, rule = text(cells), rule + 256 * RNG.randint(0, 9)
        answer = automata.elementary_predecessor(cells, rule)
        assert answer == (right[0] if right else "")
        for row in rows:
            assert automata.is_predecessor(row, cells, rule) == (row in right)
        assert automata.is_predecessor("", cells, rule) == (not right or n == 0)
    for _ in range(50):
        before, rule = bits(60), RNG.randint(0, 255)
        cells = elementary(before, rule)
        answer = automata.elementary_predecessor(cells, rule)
        assert elementary(answer, rule) == cells
        assert automata.is_predecessor(before, cells, rule)


def around(grid: Grid, state: int) -> np.ndarray:
    a = np.pad((np.array(grid) == state).astype(int), 1)
    moves = [(i, j) for i in (-1, 0, 1) for j in (-1, 0, 1) if i or j]
    return sum(np.roll(a, move, (0, 1)) for move in moves)[1:-1, 1:-1]


def test_two_dimensions() -> None:
    for grid in grids(7, 2):
        a, near = np.array(grid), around(grid, 1)
        want = ((near == 3) | ((near == 2) & (a == 1))).astype(int)
        assert automata.life_step(grid) == want.tolist()
        wide = [[c * RNG.choice([1, -5, 10**12]) for c in row] for row in grid]
        assert automata.life_step(wide) == want.tolist()
    for grid in grids(7, 4):
        a, near = np.array(grid), around(grid, 1)
        want = np.select(
            [a == 0, a == 1, a == 2, (near == 1) | (near == 2)], [0, 2, 3, 1], 3
        )
        assert automata.wireworld_step(grid) == want.tolist()
        wide = [[c or RNG.choice([0, -1, 4, 10**12]) for c in row] for row in grid]
        assert automata.wireworld_step(wide) == want.tolist()


def test_census() -> None:
    for grid in grids(12, 2):
        wide = [[c * RNG.choice([1, -5, 10**12]) for c in row] for row in grid]
        rows, cols = len(grid), len(grid[0])
        # Enough copies on all sides that their outer rim stays out of sight.
        up, left = -(-4 // rows), -(-4 // cols)
        a = np.tile(np.array(grid), (2 * up + 1, 2 * left + 1))
        counts = []
        for _ in range(3):
            near = around(a.tolist(), 1)
            a = ((near == 3) | ((near == 2) & (a == 1))).astype(int)
            i, j = up * rows, left * cols
            counts.append(int(a[i : i + rows, j : j + cols].sum()))
        assert automata.life_torus_census(wide, 3) == counts


def test_ant() -> None:
    def path(steps: int, black: list[tuple[int, int]]) -> list[tuple[int, int]]:
        z, heading, cells = 0 + 0j, 1j, {complex(*cell): True for cell in black}
        places = [(0, 0)]
        for _ in range(steps):
            heading *= 1j if cells.get(z) else -1j
            cells[z] = not cells.get(z)
            z += heading
            places.append((int(z.real), int(z.imag)))
        return places

    for step, place in enumerate(path(10_000, [])):
        if step < 200 or step % 500 == 0:
            assert automata.langtons_ant(step, []) == place
    for level in list(range(1, 11)) * 20:
        steps, black = automata.draw_ant(RNG, level)
        assert automata.langtons_ant(steps, black) == path(steps, black)[-1]
        again = [*black, (10**12, -(10**12)), black[0]]
        assert automata.langtons_ant(steps, again) == path(steps, black)[-1]


def test_sandpile() -> None:
    piles = grids(5, 10) + [[[9] * 5] * 5]
    piles += [[[c * 9 - 40 for c in row] for row in grid] for grid in grids(12, 12)]
    for grid in piles:
        a = np.pad(np.array(grid), 1)
        while (a[1:-1, 1:-1] > 3).any():
            tops = np.zeros_like(a)
            tops[1:-1, 1:-1] = np.maximum(a[1:-1, 1:-1], 0) // 4
            a = (
                a
                - 4 * tops
                + sum(np.roll(tops, s, axis) for s in (-1, 1) for axis in (0, 1))
            )
        assert automata.topple_sandpile(grid) == a[1:-1, 1:-1].tolist()


def test_totalistic() -> None:
    for _ in range(200):
        cells = [RNG.randint(0, 2) for _ in range(RNG.randint(1, 60))]
        code = RNG.choice([RNG.randint(0, 2186), RNG.randint(0, 10**15)])
        digits = np.base_repr(code, 3).zfill(7)[::-1]
        sums = np.convolve(cells, [1, 1, 1], "full")[1:-1] if len(cells) > 1 else cells
        want = [int(digits[int(s)]) for s in sums]
        assert automata.totalistic_step(cells, code) == want
        wide = [c + 3 * RNG.randint(-(10**12), 10**12) for c in cells]
        assert automata.totalistic_step(wide, code) == want
    assert automata.totalistic_step([], 5) == []


def test_traffic() -> None:
    for grid in grids(7, 3) + grids(12, 6):
        grid = [[{4: -7, 5: 10**12}.get(c, c) for c in row] for row in grid]
        a = np.array(grid)
        for car, axis in ((1, 1), (2, 0)):
            free = np.roll(a, -1, axis) == 0
            go = (a == car) & free
            a = np.where(go, 0, a) + car * np.roll(go, 1, axis)
        assert automata.traffic_grid_step(grid) == a.tolist()


def test_infection() -> None:
    for grid in grids(12, 2):
        thin = [[c if RNG.random() < 0.6 else 0 for c in row] for row in grid]
        a = np.pad(np.array(thin), 1)
        days = np.where(a == 1, 0, -1)
        for day in range(1, 145):
            near = sum(np.roll(a, s, axis) for s in (-1, 1) for axis in (0, 1))
            new = (a == 0) & (near >= 2)
            new[[0, -1], :] = False
            new[:, [0, -1]] = False
            days[new] = day
            a = a | new
        wide = [[c * RNG.choice([1, -5, 10**12]) for c in row] for row in thin]
        assert automata.infection_days(wide) == days[1:-1, 1:-1].tolist()


def test_rewriting() -> None:
    def grow(letter: str, rules: dict[str, str], rounds: int) -> str:
        if rounds == 0 or letter not in rules:
            return letter
        return "".join(grow(c, rules, rounds - 1) for c in rules[letter])

    for level in list(range(1, 11)) * 30:
        word, a, b, rounds = automata.draw_rewriting(RNG, level)
        if RNG.random() < 0.5:
            word = "".join(RNG.choice("ABXé") for _ in range(RNG.randint(0, 200)))
            a, b = RNG.choice(["A", "XB", "é"]), RNG.choice(["BA", "AA", "\n"])
            rounds = RNG.choice([0, 1, 3, 8])
        texts = [
            "".join(grow(c, {"A": a, "B": b}, n) for c in word)
            for n in range(rounds + 1)
        ]
        want = next((one for one in texts if len(one) >= 60), texts[-1])
        assert automata.rewrite_rounds(word, a, b, rounds) == want
    assert automata.rewrite_rounds("AB", "B", "A", 99) == "BA"


@pytest.mark.parametrize("level", range(1, 11))
def test_samplers(level: int) -> None:
    for _ in range(20):
        assert len(automata.draw_predecessor(RNG, level)[0]) <= 14
        assert len(automata.rewrite_rounds(*automata.draw_rewriting(RNG, level))) < 119
        previous, current, _rule = automata.draw_reversible(RNG, level)
        assert len(previous) == len(current) <= 30
        now, rule = automata.draw_reversible(RNG, level, previous="010")
        assert len(now) == 3 and 0 <= rule <= 255
