"""The combinatorics domain, checked against itertools and sympy."""

from __future__ import annotations

import random
from itertools import combinations, permutations, product

import sympy
from solvers import solvers

solver = solvers("combinatorics")


def test_binomial() -> None:
    for n in range(41):
        for k in range(n + 1):
            assert solver.binomial(n, k) == sympy.binomial(n, k)


def test_bounded_partitions() -> None:
    table = {(0, m): 1 for m in range(101)} | {(n, 0): 0 for n in range(1, 101)}
    for n in range(1, 101):
        for m in range(1, 101):
            table[n, m] = table[n, m - 1] + (table[n - m, m] if n >= m else 0)
    rng = random.Random(1)
    pairs = [(rng.randint(0, 100), rng.randint(1, 100)) for _ in range(200)]
    for n, m in [(0, 1), (1, 1), (100, 100), (100, 1), *pairs]:
        assert solver.bounded_partitions(n, m) == table[n, m]
    assert solver.bounded_partitions(100, 100) == 190569292


def test_ballot_sequences() -> None:
    for ahead in range(7):
        for behind in range(ahead + 1):
            count = 0
            for votes in product((1, -1), repeat=ahead + behind):
                sums = [sum(votes[:i]) for i in range(len(votes) + 1)]
                count += sums[-1] == ahead - behind and min(sums) >= 0
            assert solver.ballot_sequences(ahead, behind) == count


def test_count_anagrams() -> None:
    rng = random.Random(2)
    for _ in range(200):
        word = "".join(rng.choice("abc é") for _ in range(rng.randint(0, 6)))
        assert solver.count_anagrams(word) == len(set(permutations(word)))
    assert solver.count_anagrams("abcdefghijkl") == 479001600


def test_ranks() -> None:
    for size in range(1, 7):
        for rank, order in enumerate(permutations(range(-3, size - 3)), 1):
            assert solver.permutation_rank(list(order)) == rank
    for rank, order in zip(range(1, 5000), permutations(range(10)), strict=False):
        assert solver.permutation_unrank(rank) == list(order)
    rng = random.Random(3)
    for k in [1, 3628800, *(rng.randint(1, 3628800) for _ in range(200))]:
        assert solver.permutation_rank(solver.permutation_unrank(k)) == k
    assert solver.permutation_rank(["b", "a"]) == 2
    for size in (1, 2, 3, 4):
        for rank, chosen in enumerate(combinations(range(1, 21), size), 1):
            assert solver.combination_rank(list(chosen)) == rank
    assert solver.combination_rank(list(range(13, 21))) == 125970


def test_josephus_survivor() -> None:
    for people in range(1, 25):
        for step in range(1, 15):
            circle, at = list(range(1, people + 1)), 0
            while len(circle) > 1:
                at = (at + step - 1) % len(circle)
                del circle[at]
            assert solver.josephus_survivor(people, step) == circle[0]


def test_count_divisible_by_either() -> None:
    rng = random.Random(4)
    for _ in range(300):
        n, a, b = rng.randint(0, 300), rng.randint(1, 30), rng.randint(1, 30)
        expected = sum(1 for x in range(1, n + 1) if x % a == 0 or x % b == 0)
        assert solver.count_divisible_by_either(n, a, b) == expected


def test_divisible_block() -> None:
    rng = random.Random(5)
    for _ in range(300):
        size = rng.randint(1, 12)
        items = [rng.randint(-9999, 9999) for _ in range(size)]
        right = {
            (i + 1, j)
            for i in range(size)
            for j in range(i + 1, size + 1)
            if sum(items[i:j]) % size == 0
        }
        assert solver.divisible_block(items) in right
        for pair in product(range(1, size + 1), repeat=2):
            assert solver.is_divisible_block(pair, items) == (pair in right)


def test_permutation_with_inversions() -> None:
    for n in range(2, 21):
        for k in {0, 1, n, n * (n - 1) // 4, n * (n - 1) // 2}:
            if k > n * (n - 1) // 2:
                continue
            order = solver.permutation_with_inversions(n, k)
            assert sorted(order) == list(range(1, n + 1))
            assert sum(a > b for a, b in combinations(order, 2)) == k
    for order in permutations(range(1, 6)):
        right = sum(a > b for a, b in combinations(order, 2)) == 4
        assert solver.has_inversions(list(order), 5, 4) == right


def test_distinct_sum() -> None:
    for n in range(1, 41):
        for total in range(n * (n + 1) // 2 + 1):
            answer = solver.distinct_sum(n, total)
            assert sum(answer) == total and answer == sorted(set(answer))
            assert all(1 <= a <= n for a in answer)
    for size in range(6):
        for chosen in product(range(1, 7), repeat=size):
            right = list(chosen) == sorted(set(chosen)) and sum(chosen) == 9
            assert solver.is_distinct_sum(list(chosen), 6, 9) == right
