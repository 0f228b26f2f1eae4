"""The digits domain, checked against numpy and brute force."""

from __future__ import annotations

import random
from itertools import combinations, permutations
from math import factorial

import numpy as np
from solvers import solvers

digits = solvers("digits")


def numbers(seed: int, low: int = 0, high: int = 10**18, count: int = 250) -> list[int]:
    """Edges and random numbers of every size in ``low..high``."""
    rng = random.Random(seed)
    sizes = [10 ** rng.randint(1, 18) for _ in range(count)]
    drawn = [rng.randint(max(low, -size), min(high, size)) for size in sizes]
    return [low, low + 1, high - 1, high, *range(10), 99, 100, 101, *drawn]


def test_bases() -> None:
    for n in numbers(1):
        for base in (2, 3, 7, 10, 16):
            text = digits.to_base(n, base)
            assert text == np.base_repr(n, base).lower()
            assert int(text, base) == n
        ternary = np.base_repr(n, 3)[:25]
        assert digits.from_ternary(ternary) == int(ternary, 3)
        assert digits.from_ternary("00" + ternary[:9]) == int(ternary[:9], 3)
        mixed = "3x ²" + "-".join(ternary) + "9"
        assert digits.from_ternary(mixed) == int(ternary, 3)
    assert digits.from_ternary("") == digits.from_ternary("abc") == 0


def test_balanced_ternary() -> None:
    for n in [*range(-200, 200), *numbers(2, -(10**18))]:
        trits = digits.balanced_ternary(n)
        size = len(trits)
        assert n == sum(t * 3 ** (size - 1 - i) for i, t in enumerate(trits))
        assert set(trits) <= {-1, 0, 1}
        assert trits[0] != 0 or trits == [0]


def test_factorial_base() -> None:
    for n in numbers(3):
        places = digits.factorial_base(n)[::-1]
        assert n == sum(d * factorial(k) for k, d in enumerate(places, 1))
        assert all(0 <= d <= k for k, d in enumerate(places, 1))
        assert places[-1] != 0 or places == [0]


def test_digit_functions() -> None:
    for n in numbers(4):
        reverse, total, sign, rest = 0, 0, 1, n
        counts = [0] * 10
        while True:
            rest, digit = divmod(rest, 10)
            reverse, total, sign = 10 * reverse + digit, total + sign * digit, -sign
            counts[digit] += 1
            if rest == 0:
                break
        assert digits.reverse_digits(n) == reverse
        assert digits.alternating_digit_sum(n) == total
        assert (total - n) % 11 == 0
        assert digits.digit_counts(n) == counts


def test_rearrangements() -> None:
    for n in [*range(200), *numbers(5, 0, 10**6, 100)]:
        values = {int("".join(p)) for p in permutations(str(n)) if p[0] != "0"}
        larger = [value for value in values if value > n]
        assert digits.next_arrangement(n) == min(larger, default=n)
    for n in numbers(6, 0, 10**6):
        values = [int("".join(p)) for p in permutations(str(n).zfill(4))]
        assert digits.kaprekar_step(n) == max(values) - min(values)


def test_smallest_after_removal() -> None:
    rng = random.Random(7)
    for _ in range(300):
        base = rng.choice(["01", "0123456789", "7", "aB c", "é-9z"])
        text = "".join(rng.choice(base) for _ in range(rng.randint(0, 9)))
        for k in range(len(text) + 1):
            best = min("".join(c) for c in combinations(text, len(text) - k))
            assert digits.smallest_after_removal(text, k) == best


def test_next_palindrome() -> None:
    for n in [*range(300), *numbers(8, 0, 10**6), 99999998, 10**8]:
        expected = n + 1
        while str(expected) != str(expected)[::-1]:
            expected += 1
        assert digits.next_palindrome(n) == expected
        assert expected - n <= min(n + 2, 1100 + n // 100, 1100000)
    assert digits.next_palindrome(10**12) == 1000000000001
    assert digits.next_palindrome(899999999998) == 900000000009


def test_balanced_digit_split() -> None:
    for n in numbers(9):
        first, second = digits.balanced_digit_split(n)
        assert first + second == n
        gap = sum(map(int, str(first))) - sum(map(int, str(second)))
        assert abs(gap) <= 1 and digits.is_balanced_split((first, second), n)
        assert not digits.is_balanced_split((first, second + 1), n)
    assert not digits.is_balanced_split((9, 1), 10)
    assert digits.is_balanced_split((5, 5), 10)
