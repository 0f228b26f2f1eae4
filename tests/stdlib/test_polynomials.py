"""The polynomials domain, checked against numpy, sympy and evaluation."""

from __future__ import annotations

import random
import re
from fractions import Fraction

import numpy as np
import pytest
import sympy
from solvers import solvers

polynomials = solvers("polynomials")
X = sympy.Symbol("x")


def some(rng: random.Random, least: int, most: int, top: int = 99) -> list[int]:
    """Random coefficients, now and then all equal or all 0."""
    size = rng.choice([least, most, rng.randint(least, most)])
    same = rng.choice([0, top, -top])
    if rng.random() < 0.15:
        return [same] * size
    return [rng.randint(-top, top) for _ in range(size)]


def value(coefficients: list[Fraction], x: int) -> Fraction:
    """The value of a polynomial, power by power."""
    powers = enumerate(reversed(coefficients))
    return sum((item * Fraction(x) ** power for power, item in powers), Fraction(0))


def test_evaluation_and_calculus() -> None:
    rng = random.Random(1)
    assert polynomials.evaluate_polynomial([], 3) == 0
    assert polynomials.polynomial_derivative([]) == []
    assert polynomials.polynomial_derivative([4]) == []
    assert polynomials.polynomial_integral([], 1, 5) == 0
    for _ in range(200):
        items, x = some(rng, 2, 12), rng.randint(-9, 9)
        assert polynomials.evaluate_polynomial(items, x) == np.polyval(items, x)
        derivative = [int(c) for c in np.polyder(np.array(items))]
        assert polynomials.polynomial_derivative(items) == derivative
    for _ in range(200):
        items, low = some(rng, 1, 6), rng.randint(-9, 9)
        high = rng.randint(low, 9)
        whole = sympy.Poly(items, X, domain="QQ").integrate()
        expected = whole.eval(high) - whole.eval(low)
        found = polynomials.polynomial_integral(items, low, high)
        assert found == Fraction(str(expected))


def test_products_and_divisions() -> None:
    rng = random.Random(2)
    for _ in range(250):
        a, b = some(rng, 1, 6), some(rng, 1, 6)
        product = [int(c) for c in np.convolve(a, b)]
        assert polynomials.multiply_polynomials(a, b) == product
        items, r = some(rng, 2, 8), rng.randint(-9, 9)
        *quotient, remainder = polynomials.synthetic_division(items, r)
        back = [int(c) for c in np.convolve(quotient, [1, -r])]
        back[-1] += remainder
        assert back == items and len(quotient) == len(items) - 1
        top = rng.choice([9, 1000])
        roots = [rng.randint(-top, top) for _ in range(rng.randint(0, 8))]
        whole = sympy.prod([sympy.Poly(X - r, X) for r in roots], sympy.Poly(1, X))
        assert polynomials.polynomial_from_roots(roots) == whole.all_coeffs()
    assert polynomials.multiply_polynomials([], [1, 2]) == []
    assert polynomials.multiply_polynomials([3], []) == []
    assert polynomials.synthetic_division([], 2) == []
    assert polynomials.synthetic_division([7], 2) == [7]
    for _ in range(200):
        items, p, q = some(rng, 0, 12), rng.randint(-9, 9), rng.randint(-9, 9)
        matrix = np.array([[-p, 1], [-q, 0]], dtype=object)
        state = np.array([0, 0], dtype=object)
        for item in items:
            state = matrix.dot(state) + np.array([0, item], dtype=object)
        assert polynomials.remainder_by_quadratic(items, p, q) == tuple(state)
    rest = sympy.rem(sympy.Poly([3, -2, 5, 7, -1], X), sympy.Poly([1, 4, -3], X))
    found = polynomials.remainder_by_quadratic([3, -2, 5, 7, -1], 4, -3)
    assert found == tuple(rest.all_coeffs())


def test_taylor_shift() -> None:
    rng = random.Random(3)
    for _ in range(200):
        items, a = some(rng, 1, 7), rng.randint(-9, 9)
        shifted = polynomials.taylor_shift(items, a)
        assert len(shifted) == len(items)
        for x in range(-4, 4):
            assert value(shifted, x) == value(items, x + a)


def test_interpolate_values() -> None:
    rng = random.Random(4)
    for _ in range(250):
        items = some(rng, 0, 8, 10**4)
        result = polynomials.interpolate_values(items)
        assert len(result) == len(items)
        assert all(type(item) is Fraction for item in result)
        assert [value(result, x) for x in range(len(items))] == items


def test_cubics() -> None:
    rng = random.Random(5)
    for _ in range(200):
        a = rng.choice([-9, -1, 1, 9, rng.randint(1, 9)])
        top = rng.choice([2, 99])
        rest = [rng.choice([-top, top, 0, rng.randint(-top, top)]) for _ in range(3)]
        most = max(map(abs, rest))
        right = [
            k
            for k in range(-most - 1, most + 1)
            if np.polyval([a, *rest], k) * np.polyval([a, *rest], k + 1) <= 0
        ]
        assert polynomials.cubic_root_bracket(a, *rest) in right
        for k in range(-most - 1, most + 1):
            assert polynomials.brackets_root(k, a, *rest) == (k in right)
    for _ in range(200):
        cubic = [rng.choice([-1, 1]) * rng.randint(1, 10**4)]
        cubic += [rng.randint(-(10**6), 10**6) for _ in range(3)]
        k = polynomials.cubic_root_bracket(*cubic)
        assert polynomials.brackets_root(k, *cubic)
        most = max(map(abs, cubic[1:]))
        assert -most - 1 <= k <= most
    assert polynomials.cubic_root_bracket(1, -1, 0, 0) in (-1, 0, 1)
    for _ in range(200):
        top = rng.choice([5, 20, 10**6])
        a = rng.randint(1, top) * rng.choice([-1, 1])
        rest = [rng.randint(-top, top) for _ in range(3)]
        expected = sympy.discriminant(sympy.Poly([a, *rest], X))
        assert polynomials.cubic_discriminant(a, *rest) == expected


@pytest.mark.parametrize(
    ("coefficients", "text"),
    [
        ([0], "0"),
        ([0, 0, 0], "0"),
        ([], "0"),
        ([1], "1"),
        ([-1], "-1"),
        ([1, 0], "x"),
        ([-1, -1], "-x - 1"),
        ([0, 12, -1, 0], "12x^2 - x"),
        ([1, 1, 1, 1], "x^3 + x^2 + x + 1"),
        ([-99] * 4, "-99x^3 - 99x^2 - 99x - 99"),
    ],
)
def test_format_polynomial(coefficients: list[int], text: str) -> None:
    assert polynomials.format_polynomial(coefficients) == text


def test_format_polynomial_against_sympy() -> None:
    rng = random.Random(6)
    for _ in range(150):
        items = some(rng, 1, 8, rng.choice([1, 3, 99, 10**6]))
        found = polynomials.format_polynomial(items)
        product = re.sub(r"(\d)x", r"\1*x", found).replace("^", "**")
        assert sympy.Poly(product, X) == sympy.Poly(items, X)
        assert not re.search(r"\b[01]x|x\^[01]\b|[+-] 0|  ", found)
