"""Differential tests of the module of exact exact_fractions."""

from __future__ import annotations

import random
from collections import Counter
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction

import sympy
from solvers import solvers
from sympy.ntheory.continued_fraction import continued_fraction_iterator

exact_fractions = solvers("exact_fractions")


def _values(seed: int) -> list[Fraction]:
    rng = random.Random(seed)
    edges = [Fraction(0), Fraction(-1, 2), Fraction(5, 2), Fraction(10**30, 7)]
    return edges + [
        Fraction(rng.randint(-reach, reach), rng.randint(1, 999))
        for reach in (rng.choice([9, 999, 10**9]) for _ in range(250))
    ]


def test_digits_and_rounding_against_decimal() -> None:
    rng = random.Random(1)
    with localcontext() as context:
        context.prec = 120
        for value in _values(2):
            exact = Decimal(value.numerator) / Decimal(value.denominator)
            whole, _, behind = f"{abs(exact):f}".partition(".")
            place = rng.randint(1, 40)
            digit = int((behind + "0" * 60)[place - 1])
            assert exact_fractions.fraction_digit(value, place) == digit, (value, whole)
            nearest = int(exact.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))
            assert exact_fractions.nearest_whole(value) == nearest


def test_parts_against_sympy() -> None:
    rng = random.Random(3)
    for value in _values(4):
        exact = sympy.Rational(value.numerator, value.denominator)
        modulus = rng.randint(2, 10**3)
        rest = exact_fractions.fractional_part(value)
        assert sympy.Rational(rest.numerator, rest.denominator) == sympy.frac(exact)
        left = exact_fractions.fraction_remainder(value, modulus)
        assert sympy.Rational(left.numerator, left.denominator) == exact % modulus
        assert exact_fractions.numerator_remainder(value, modulus) == exact.p % modulus
        terms = list(continued_fraction_iterator(exact))
        count = rng.randint(1, 30)
        if abs(value) < 9999:
            large = [i for i, term in enumerate(terms) if term > 9999]
            count = min([count, *large])
            found = exact_fractions.continued_fraction(value, count + (count in large))
            assert found == terms[:count]
        more = exact + 1
        assert exact_fractions.numerator_and_denominator(value) == (more.p, more.q)


def test_two_fractions_against_sympy() -> None:
    for first, second in zip(_values(5), _values(6), strict=True):
        a = sympy.Rational(first.numerator, first.denominator)
        b = sympy.Rational(second.numerator, second.denominator)
        for found, expected in (
            (exact_fractions.add_fractions(first, second), a + b),
            (exact_fractions.multiply_fractions(first, second), a * b),
            (
                exact_fractions.mediant(first, second),
                sympy.Rational(a.p + b.p, a.q + b.q),
            ),
        ):
            assert (found.numerator, found.denominator) == (expected.p, expected.q)


def test_frequencies_against_a_counter() -> None:
    rng = random.Random(7)
    for _ in range(250):
        items = [rng.randint(0, 5) for _ in range(rng.randint(1, 40))]
        item = rng.randint(0, 6)
        found = exact_fractions.frequency_of(items, item)
        assert found * len(items) == Counter(items)[item]
    assert exact_fractions.frequency_of([], 1) == 0
