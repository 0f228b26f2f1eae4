"""The combinatorics domain, checked against itertools and sympy."""

from __future__ import annotations

import random
from itertools import combinations, permutations, product

import sympy
from solvers import solvers

combinatorics = solvers("combinatorics")


def test_binomial() -> None:
    rng = random.Random(11)
    for n in [*range(41), 1000, 5000]:
        for k in {*range(min(n, 40) + 2), n // 2, n, n + 1, 10**12}:
            m = rng.choice([2, 10**6, rng.randint(2, 999)])
            assert combinatorics.binomial(n, k, m) == sympy.binomial(n, k) % m


def test_bounded_partitions() -> None:
    table = {(0, m): 1 for m in range(31)} | {(n, 0): 0 for n in range(1, 1001)}
    for n in range(1, 1001):
        for m in range(1, 31):
            table[n, m] = table[n, m - 1] + (table[n - m, m] if n >= m else 0)
    rng = random.Random(1)
    pairs = [(rng.randint(0, 1000), rng.randint(1, 30)) for _ in range(200)]
    for n, m in [(0, 1), (1, 1), (1000, 30), (1000, 1), *pairs]:
        modulus = rng.choice([2, 10**6, rng.randint(2, 999)])
        assert combinatorics.bounded_partitions(n, m, modulus) == table[n, m] % modulus
    assert combinatorics.bounded_partitions(30, 30, 10**6) == 5604


def test_ballot_sequences() -> None:
    for ahead in range(7):
        for behind in range(8):
            count = 0
            for votes in product((1, -1), repeat=ahead + behind):
                sums = [sum(votes[:i]) for i in range(len(votes) + 1)]
                count += sums[-1] == ahead - behind and min(sums) >= 0
            for modulus in (2, 7, 10**6):
                found = combinatorics.ballot_sequences(ahead, behind, modulus)
                assert found == count % modulus
    assert (
        combinatorics.ballot_sequences(1000, 1000, 10**6) == sympy.catalan(1000) % 10**6
    )
    assert combinatorics.ballot_sequences(3, 10**12, 2) == 0


def test_count_anagrams() -> None:
    rng = random.Random(2)
    for _ in range(200):
        word = "".join(rng.choice("abc é") for _ in range(rng.randint(0, 6)))
        assert combinatorics.count_anagrams(word) == len(set(permutations(word)))
        more = word + "x" * (12 - len(word)) + "dropped"
        assert combinatorics.count_anagrams(more) == combinatorics.count_anagrams(
            more[:12]
        )
    assert combinatorics.count_anagrams("abcdefghijklmno") == 479001600


def test_ranks() -> None:
    for size in range(1, 7):
        for rank, order in enumerate(permutations(range(-3, size - 3)), 1):
            assert combinatorics.permutation_rank(list(order)) == rank
    for number, order in zip(range(5000), permutations(range(10)), strict=False):
        assert combinatorics.permutation_unrank(number) == list(order)
    rng = random.Random(3)
    for k in [0, 3628799, *(rng.randint(0, 3628799) for _ in range(200))]:
        assert (
            combinatorics.permutation_rank(combinatorics.permutation_unrank(k)) == k + 1
        )
        round_trip = combinatorics.permutation_unrank(k + 3628800 * rng.randint(1, 99))
        assert round_trip == combinatorics.permutation_unrank(k)
    for _ in range(200):
        items = [rng.randint(0, 3) for _ in range(rng.randint(0, 6))]
        orders = sorted(set(permutations(items)))
        rank = orders.index(tuple(items)) + 1
        assert combinatorics.permutation_rank(items) == rank
    order = [rng.randint(-9, 9) for _ in range(12)]
    assert combinatorics.permutation_rank(
        [*order, 1, 2]
    ) == combinatorics.permutation_rank(order)
    for size in (0, 1, 2, 3, 4):
        for rank, chosen in enumerate(combinations(range(20), size), 1):
            assert combinatorics.combination_rank(list(chosen)) == rank
            items = [c + 20 * rng.randint(-99, 99) for c in (*chosen, *chosen[:1])]
            assert combinatorics.combination_rank(items[::-1]) == rank
    assert combinatorics.combination_rank(list(range(10, 20))) == 184756


def test_josephus_survivor() -> None:
    for people in range(1, 25):
        for step in range(1, 15):
            circle, at = list(range(1, people + 1)), 0
            while len(circle) > 1:
                at = (at + step - 1) % len(circle)
                del circle[at]
            assert combinatorics.josephus_survivor(people, step) == circle[0]
    assert combinatorics.josephus_survivor(0, 3) == 0


def test_count_divisible_by_either() -> None:
    rng = random.Random(4)
    for _ in range(300):
        n, a, b = rng.randint(0, 300), rng.randint(1, 30), rng.randint(1, 30)
        expected = sum(1 for x in range(1, n + 1) if x % a == 0 or x % b == 0)
        assert combinatorics.count_divisible_by_either(n, a, b) == expected


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
        assert combinatorics.divisible_block(items) in right
        for pair in product(range(1, size + 1), repeat=2):
            assert combinatorics.is_divisible_block(pair, items) == (pair in right)


def test_permutation_with_inversions() -> None:
    rng = random.Random(6)
    for n in range(21):
        items = rng.choices(range(-9, 10), k=n) if n % 2 else rng.sample(range(99), n)
        most = sum(a != b for a, b in combinations(items, 2))
        for k in {0, 1, n, most // 2, max(0, most - 1), most, most + 1, 10**12}:
            order = combinatorics.permutation_with_inversions(items, k)
            assert sorted(order) == sorted(items)
            assert sum(a > b for a, b in combinations(order, 2)) == min(k, most)
            assert combinatorics.has_inversions(order, items, k)
    for items, wanted in (([3, 1, 2, 5, 4], 4), ([2, 2, 1, 3, 1], 9)):
        most = sum(a != b for a, b in combinations(items, 2))
        for order in permutations(items):
            right = sum(a > b for a, b in combinations(order, 2)) == min(wanted, most)
            assert combinatorics.has_inversions(list(order), items, wanted) == right
    assert not combinatorics.has_inversions([1, 2], [1, 2, 3], 0)


def test_distinct_sum() -> None:
    for n in range(1, 61, 3):
        most = n * (n + 1) // 2
        for total in [*range(most + 2), 10**12]:
            answer = combinatorics.distinct_sum(n, total)
            assert combinatorics.is_distinct_sum(answer, n, total)
            assert sum(answer) == min(total, most) and answer == sorted(set(answer))
            assert all(1 <= a <= n for a in answer)
    for size in range(6):
        for chosen in product(range(1, 7), repeat=size):
            right = list(chosen) == sorted(set(chosen)) and sum(chosen) == 9
            assert combinatorics.is_distinct_sum(list(chosen), 6, 9) == right
