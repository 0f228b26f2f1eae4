"""Dynamic programming: solvers and verifiers against brute force."""

from __future__ import annotations

import itertools
import random
from functools import lru_cache
from typing import Any

import numpy as np
import pytest
from solvers import solvers

programming = solvers("programming")
RNG = random.Random(10)


def numbers(most: int, low: int, high: int, least: int = 1) -> list[int]:
    return [RNG.randint(low, high) for _ in range(RNG.randint(least, most))]


def text(most: int, letters: str, least: int = 0) -> str:
    return "".join(RNG.choice(letters) for _ in range(RNG.randint(least, most)))


def parts(items: Any) -> list[tuple[Any, ...]]:
    return [
        c for size in range(len(items) + 1) for c in itertools.combinations(items, size)
    ]


def longest(some: set[Any]) -> set[Any]:
    most = max(map(len, some))
    return {one for one in some if len(one) == most}


def test_increasing() -> None:
    for _ in range(200):
        items = numbers(8, -5, 5, 0)
        every = set(parts(items))
        right = longest({c for c in every if list(c) == sorted(set(c))})
        assert tuple(programming.longest_increasing_subsequence(items)) in right
        for c in every:
            good = programming.is_longest_increasing(list(c), items)
            assert good == (c in right)
        wrong = [6] * (len(min(right)) or 1)
        assert not programming.is_longest_increasing(wrong, items)


def test_strings() -> None:
    for _ in range(200):
        letters = RNG.choice(["abcd", "A ?", "01"])
        a, b = text(7, letters), text(7, letters)
        ours = {"".join(c) for c in parts(a)}
        right = longest(ours & {"".join(c) for c in parts(b)})
        assert programming.longest_common_subsequence(a, b) in right
        for s in ours:
            assert programming.is_longest_common(s, a, b) == (s in right)
        a = text(8, letters + "e")
        ours = {"".join(c) for c in parts(a)}
        right = longest({s for s in ours if s == s[::-1]})
        assert programming.longest_palindromic_subsequence(a) in right
        for s in ours:
            assert programming.is_longest_palindromic(s, a) == (s in right)


def test_choices() -> None:
    for _ in range(200):
        weights = numbers(8, 1, 12)
        values = numbers(len(weights), 1, 30, len(weights))
        capacity = RNG.randint(0, 40)
        pairs = list(zip(weights, values, strict=True))
        want = max(
            sum(v for _, v in c)
            for c in parts(pairs)
            if sum(w for w, _ in c) <= capacity
        )
        assert programming.knapsack_value(weights, values, capacity) == want
        items = numbers(9, -20, 40, 0)
        places = parts(range(len(items)))
        want = max(
            sum(items[i] for i in c)
            for c in places
            if all(b - a > 1 for a, b in itertools.pairwise(c))
        )
        assert programming.best_sum_without_neighbours(items) == want
        reach = RNG.choice([9, 99])
        bookings = list(
            zip(numbers(8, -reach, reach, 8), numbers(8, -9, 40, 8), strict=True)
        )[: RNG.randint(0, 8)]
        length = RNG.randint(1, reach)
        want = max(
            sum(v for _, v in c)
            for c in parts(bookings)
            if all(
                {*range(s, s + length)}.isdisjoint(range(t, t + length))
                for (s, _), (t, _) in itertools.combinations(c, 2)
            )
        )
        assert programming.best_booking_value(bookings, length) == want


def test_payments() -> None:
    for _ in range(200):
        reach, most = RNG.choice([(12, 40), (12, 300), (1000, 3000)])
        coins = RNG.sample(range(1, reach), RNG.randint(1, 4))
        amount = RNG.randint(0, most)
        product = np.array([1] + [0] * amount, dtype=object)
        for coin in coins:
            row = [int(i % coin == 0) for i in range(amount + 1)]
            product = np.convolve(product, row)[: amount + 1]
        assert programming.count_payments(amount, coins) == product[amount]


def test_chains() -> None:
    @lru_cache(None)
    def chain(sizes: tuple[int, ...]) -> int:
        if len(sizes) <= 2:
            return 0
        return min(
            sizes[i - 1] * sizes[i] * sizes[i + 1] + chain(sizes[:i] + sizes[i + 1 :])
            for i in range(1, len(sizes) - 1)
        )

    @lru_cache(None)
    def merge(piles: tuple[int, ...]) -> int:
        if len(piles) <= 1:
            return 0
        return min(
            piles[i]
            + piles[i + 1]
            + merge((*piles[:i], piles[i] + piles[i + 1], *piles[i + 2 :]))
            for i in range(len(piles) - 1)
        )

    for _ in range(200):
        sizes = numbers(7, RNG.choice([0, 1]), 20, 0)
        assert programming.matrix_chain_cost(sizes) == chain(tuple(sizes))
        piles = numbers(7, 0, 30, 0)
        assert programming.cheapest_merges(piles) == merge(tuple(piles))


def test_bracketings() -> None:
    def values(bits: str, operators: str) -> list[int]:
        if len(bits) == 1:
            return [int(bits == "1")]
        out = []
        for k, op in enumerate(operators):
            for a in values(bits[: k + 1], operators[:k]):
                for b in values(bits[k + 1 :], operators[k + 1 :]):
                    out.append({"&": a & b, "|": a | b, "^": a ^ b}[op])
        return out

    for _ in range(200):
        bits = text(7, RNG.choice(["01", "01x"]), 1)
        operators = text(len(bits) - 1, "&|^", len(bits) - 1)
        want = sum(values(bits, operators))
        assert programming.count_true_bracketings(bits, operators) == want
    assert programming.count_true_bracketings("", "") == 0


def test_ways() -> None:
    for _ in range(200):
        grid = [
            [RNG.choice([0, 0, 0, RNG.randint(-5, 5)]) for _ in range(4)]
            for _ in range(RNG.randint(1, 5))
        ]
        rows = len(grid)
        want = 0
        for turns in itertools.combinations(range(rows + 2), rows - 1):
            i = j = 0
            cells = [grid[0][0]]
            for step in range(rows + 2):
                i, j = (i + 1, j) if step in turns else (i, j + 1)
                cells.append(grid[i][j])
            want += not any(cells)
        assert programming.count_free_ways(grid) == want
    assert programming.count_free_ways([[0] * 12] * 12) == 705432


def test_cuts() -> None:
    for _ in range(200):
        items = numbers(8, 0, 20)
        count = RNG.randint(1, len(items))
        n = len(items)
        want = min(
            max(sum(items[a:b]) for a, b in itertools.pairwise((0, *cuts, n)))
            for cuts in itertools.combinations(range(1, n), count - 1)
        )
        assert programming.smallest_largest_part(items, count) == want
        cuttings = [
            [b - a for a, b in itertools.pairwise((0, *cuts, n))]
            for cuts in parts(range(1, n))
        ]
        best = max(sum(items[k - 1] for k in pieces) for pieces in cuttings)
        assert programming.rod_revenue(items) == best


@pytest.mark.parametrize("level", range(1, 11))
def test_samplers(level: int) -> None:
    for _ in range(20):
        weights, values, capacity = programming.draw_knapsack(RNG, level)
        assert len(weights) == len(values) <= 10 and capacity <= 150
        values, capacity = programming.draw_knapsack(RNG, level, weights=[3])
        assert len(values) == 1
        bits, operators = programming.draw_formula(RNG, level)
        assert len(operators) == len(bits) - 1 <= 8
        assert programming.draw_parts(RNG, level, items=[4]) == 1
        assert len(programming.draw_parts(RNG, level, parts=16)) == 16
