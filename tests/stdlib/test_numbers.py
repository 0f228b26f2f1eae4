"""The numbers domain, checked against other ways to compute the same."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
import sympy
from solvers import solvers

numbers = solvers("numbers")
BIG = 10**18


def some(rng: random.Random, low: int, high: int) -> int:
    """A number of ``low..high``, at an end or of a random size."""
    size = 10 ** rng.randint(1, 18)
    drawn = rng.randint(max(low, -size), max(low, min(high, size)))
    return rng.choice([low, high, drawn, drawn, drawn, drawn])


def cases(seed: int, *ranges: tuple[int, int]) -> list[tuple[int, ...]]:
    """Three hundred tuples of numbers of the given ranges."""
    rng = random.Random(seed)
    return [tuple(some(rng, *each) for each in ranges) for _ in range(300)]


def test_digit_functions() -> None:
    for (n,) in cases(1, (-BIG, BIG)):
        total, product, rest = 0, 1, abs(n)
        while True:
            rest, digit = divmod(rest, 10)
            total, product = total + digit, product * digit
            if rest == 0:
                break
        assert numbers.digit_sum(abs(n)) == total
        assert numbers.digit_product(n) == product


def test_gcd_and_lcm() -> None:
    for a, b in cases(2, (-BIG, BIG), (-BIG, BIG)):
        assert numbers.gcd(a, b) == sympy.igcd(a, b)
    for a, b in [(0, 0), *cases(3, (-(10**12), 10**12), (-(10**12), 10**12))]:
        assert numbers.lcm(a, b) == sympy.ilcm(a, b)


def test_clamp() -> None:
    for n, low, width in cases(4, (-BIG, BIG), (-(10**6), 0), (0, 10**6)):
        assert numbers.clamp(n, low, low + width) == sorted([n, low, low + width])[1]


def test_squares() -> None:
    for (n,) in cases(5, (0, BIG)):
        root = numbers.integer_square_root(n)
        assert root**2 <= n < (root + 1) ** 2
        near = min(((root + step) ** 2 for step in (0, 1)), key=lambda s: abs(s - n))
        assert numbers.nearest_square(n) == near


def test_division_and_rounding() -> None:
    for n, d in cases(6, (-BIG, BIG), (1, 10**12)):
        quotient, remainder = numbers.quotient_and_remainder(n, d)
        assert quotient * d + remainder == n and 0 <= remainder < d
        rounded = numbers.round_to_multiple(n, d)
        assert (
            rounded % d == 0 and rounded // d == (Fraction(n, d) + Fraction(1, 2)) // 1
        )


def test_ranges() -> None:
    for first, width, step in cases(7, (-500, 500), (0, 900), (1, 60)):
        last = first + width
        run = range(first, last + 1)
        assert numbers.range_sum(first, last) == sum(run)
        assert numbers.range_sum(last, first) == sum(run)
        count = sum(1 for n in run if n % step == 0)
        assert numbers.count_multiples(first, last, step) == count
        assert numbers.count_multiples(last, first, step) == count


@pytest.mark.parametrize("n", [0, 1, 2, 999, 10**12])
def test_split_sum(n: int) -> None:
    right = {(a, n + 4 - a) for a in range(2, min(n, 10**4) + 3)}
    assert numbers.split_sum(n) in right
    assert numbers.is_split((2, n + 2), n) and not numbers.is_split((1, n + 3), n)
    answers = [(a, b) for a in range(2, min(n, 12)) for b in range(2, min(n, 12))]
    assert all(numbers.is_split(pair, n) == (pair in right) for pair in answers)
