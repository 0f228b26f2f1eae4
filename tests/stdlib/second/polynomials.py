"""Second solvers for polynomials, written from the wording alone."""

from __future__ import annotations

import math
from fractions import Fraction


def evaluate_polynomial(coefficients: list[int], x: int) -> int:
    powers = reversed(range(len(coefficients)))
    return sum(c * x**k for c, k in zip(coefficients, powers, strict=True))


def polynomial_derivative(coefficients: list[int]) -> list[int]:
    degree = len(coefficients) - 1
    return [c * (degree - i) for i, c in enumerate(coefficients[:-1])]


def polynomial_integral(coefficients: list[int], low: int, high: int) -> Fraction:
    total = Fraction(0)
    for k, c in enumerate(reversed(coefficients)):
        total += Fraction(c * (high ** (k + 1) - low ** (k + 1)), k + 1)
    return total


def multiply_polynomials(first: list[int], second: list[int]) -> list[int]:
    if first == [] or second == []:
        return []
    product = [0] * (len(first) + len(second) - 1)
    for i, a in enumerate(first):
        for j, b in enumerate(second):
            product[i + j] += a * b
    return product


def divide(dividend: list[int], divisor: list[int]) -> tuple[list[int], list[int]]:
    """Long division by a divisor that begins with 1."""
    rest = list(dividend)
    quotient = []
    for i in range(len(dividend) - len(divisor) + 1):
        quotient.append(rest[i])
        for j, b in enumerate(divisor):
            rest[i + j] -= quotient[-1] * b
    return quotient, rest[len(quotient) :]


def synthetic_division(coefficients: list[int], r: int) -> list[int]:
    if coefficients == []:
        return []
    quotient, remainder = divide(coefficients, [1, -r])
    return quotient + remainder


def taylor_shift(coefficients: list[int], a: int) -> list[int]:
    shifted = [0] * len(coefficients)
    for k, c in enumerate(reversed(coefficients)):
        for i in range(k + 1):
            shifted[i] += c * math.comb(k, i) * a ** (k - i)
    return shifted[::-1]


def polynomial_from_roots(roots: list[int]) -> list[int]:
    product = [1]
    for r in roots:
        product = multiply_polynomials(product, [1, -r])
    return product


def interpolate_values(items: list[int]) -> list[Fraction]:
    # Lagrange's form
    size = len(items)
    total = [Fraction(0)] * size
    for i, value in enumerate(items):
        others = [j for j in range(size) if j != i]
        scale = Fraction(value, math.prod(i - j for j in others))
        basis = polynomial_from_roots(others)
        total = [t + scale * b for t, b in zip(total, basis, strict=True)]
    return total


def cubic_root_bracket(a: int, b: int, c: int, d: int) -> int:
    m = max(abs(b), abs(c), abs(d))
    for k in range(-1 - m, m + 1):
        values = [evaluate_polynomial([a, b, c, d], x) for x in (k, k + 1)]
        if values[0] * values[1] <= 0:
            return k
    raise AssertionError((a, b, c, d))


def cubic_discriminant(a: int, b: int, c: int, d: int) -> int:
    return (
        b**2 * c**2
        - 4 * a * c**3
        - 4 * b**3 * d
        - 27 * a**2 * d**2
        + 18 * a * b * c * d
    )


def format_polynomial(coefficients: list[int]) -> str:
    text = ""
    for i, c in enumerate(coefficients):
        power = len(coefficients) - 1 - i
        if c == 0:
            continue
        if text:
            text += " - " if c < 0 else " + "
        elif c < 0:
            text += "-"
        variable = {0: "", 1: "x"}.get(power, f"x^{power}")
        text += variable if abs(c) == 1 and variable else f"{abs(c)}{variable}"
    return text or "0"


def remainder_by_quadratic(coefficients: list[int], p: int, q: int) -> tuple[int, int]:
    _, (s, t) = divide([0, 0, *coefficients], [1, p, q])
    return s, t
