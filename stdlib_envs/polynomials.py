"""Polynomials as lists of coefficients, from the highest power down."""

from __future__ import annotations

from fractions import Fraction
from math import comb
from typing import Any


def _left(given: dict[str, Any], **drawn: Any) -> Any:
    """The drawn parameters that were not given: one value, or a tuple of them."""
    rest = tuple(value for name, value in drawn.items() if name not in given)
    return rest[0] if len(rest) == 1 else rest


def _some(rng: Any, level: int, most: int, least: int = 2) -> list[int]:
    """Draw coefficients of at most ``most`` terms, the first one not 0."""
    longest = max(3, least) + level // 2
    size = rng.randint(min(most, least + level // 3), min(most, longest))
    top = 2 + level**2 // 4
    first = rng.randint(1, top) * rng.choice([-1, 1])
    return [first, *(rng.randint(-top, top) for _ in range(size - 1))]


def evaluate_polynomial(coefficients: list[int], x: int) -> int:
    """The value at ``x``, by Horner's rule."""
    value = 0
    for coefficient in coefficients:
        value = value * x + coefficient
    return value


def polynomial_and_place(rng: Any, level: int, **given: Any) -> Any:
    """Draw a polynomial and a place other than 0 and 1."""
    x = rng.choice([-1, 1]) * rng.randint(2, 3 + level // 2)
    return _left(given, coefficients=_some(rng, level, 8, 3), x=x)


def polynomial_derivative(coefficients: list[int]) -> list[int]:
    """The coefficients of the derivative."""
    degree = len(coefficients) - 1
    return [(degree - i) * item for i, item in enumerate(coefficients[:-1])]


def some_polynomial(rng: Any, level: int, **given: Any) -> list[int]:
    """Draw a polynomial of a degree that grows with the level."""
    longer = rng.randint(0, level // 3)
    return _some(rng, level, 8) + [rng.randint(-9, 9) for _ in range(longer)]


def polynomial_integral(coefficients: list[int], low: int, high: int) -> Fraction:
    """The definite integral from ``low`` to ``high``."""
    total = Fraction(0)
    for power, item in enumerate(reversed(coefficients), 1):
        total += Fraction(item * (high**power - low**power), power)
    return total


def polynomial_and_interval(rng: Any, level: int, **given: Any) -> Any:
    """Draw a polynomial and an interval of positive length."""
    size = 1 + level // 3
    low = rng.randint(-size, size)
    low = given.get("low", min(low, given.get("high", size)))
    high = rng.randint(min(9, low + 1), min(9, low + 1 + size))
    return _left(given, coefficients=_some(rng, level, 6), low=low, high=high)


def multiply_polynomials(first: list[int], second: list[int]) -> list[int]:
    """The coefficients of the product."""
    if not first or not second:
        return []
    product = [0] * (len(first) + len(second) - 1)
    for i, a in enumerate(first):
        for j, b in enumerate(second):
            product[i + j] += a * b
    return product


def two_polynomials(rng: Any, level: int, **given: Any) -> Any:
    """Draw two polynomials of similar size."""
    half = 1 + level // 2
    return _left(given, first=_some(rng, half, 6), second=_some(rng, half, 6))


def synthetic_division(coefficients: list[int], r: int) -> list[int]:
    """Quotient and, at the end, remainder of the division by ``x - r``."""
    row: list[int] = []
    for item in coefficients:
        row.append(item + (row[-1] * r if row else 0))
    return row


def polynomial_and_root(rng: Any, level: int, **given: Any) -> Any:
    """Draw a polynomial and a number other than 0."""
    r = rng.choice([-1, 1]) * rng.randint(1, 3 + level // 2)
    return _left(given, coefficients=_some(rng, level, 8, 3), r=r)


def taylor_shift(coefficients: list[int], a: int) -> list[int]:
    """The coefficients of the polynomial at ``x + a``."""
    degree = len(coefficients) - 1
    shifted = [0] * len(coefficients)
    for i, item in enumerate(coefficients):
        power = degree - i
        for k in range(power + 1):
            shifted[degree - k] += item * comb(power, k) * a ** (power - k)
    return shifted


def polynomial_and_shift(rng: Any, level: int, **given: Any) -> Any:
    """Draw a polynomial and a shift other than 0."""
    a = rng.choice([-1, 1]) * rng.randint(1, 1 + level // 2)
    return _left(given, coefficients=_some(rng, level, 7, 3), a=a)


def polynomial_from_roots(roots: list[int]) -> list[int]:
    """The coefficients of the product of all ``x - r``."""
    product = [1]
    for root in roots:
        product = multiply_polynomials(product, [1, -root])
    return product


def interpolate_values(items: list[int]) -> list[Fraction]:
    """The polynomial through ``(0, items[0]), (1, items[1]), …``, by Newton."""
    row = [Fraction(item) for item in items]
    differences = []
    while row:
        differences.append(row[0])
        pairs = zip(row, row[1:], strict=False)
        row = [(b - a) / (len(differences)) for a, b in pairs]
    result = [Fraction(0)] * len(items)
    for i in range(len(items) - 1, -1, -1):
        shifted = [*result[1:], Fraction(0)]
        result = [s - i * r for s, r in zip(shifted, result, strict=True)]
        result[-1] += differences[i]
    return result


def values_to_interpolate(rng: Any, level: int, **given: Any) -> list[int]:
    """Draw two to five values."""
    size = rng.randint(2 + level // 5, 3 + level // 5)
    most = 5 + 2 * level
    return [rng.randint(-most, most) for _ in range(size)]


def cubic_root_bracket(a: int, b: int, c: int, d: int) -> int:
    """A ``k`` with a root between ``k`` and ``k + 1``, halving Cauchy's bound."""
    most = max(abs(b), abs(c), abs(d))
    low, high = -1 - most, 1 + most  # different signs, or a root at an end
    while high - low > 1:
        middle = (low + high) // 2
        if _cubic_sign(a, b, c, d, low) * _cubic_sign(a, b, c, d, middle) <= 0:
            high = middle
        else:
            low = middle
    return low


def _cubic_sign(a: int, b: int, c: int, d: int, x: int) -> int:
    """The sign of the cubic at ``x``."""
    value = evaluate_polynomial([a, b, c, d], x)
    return (value > 0) - (value < 0)


def cubic_near_root(rng: Any, level: int, **given: Any) -> Any:
    """Draw a cubic that has hardly any roots but one near a number for the level."""
    near = rng.choice([-1, 1]) * rng.randint(2, 4 + 3 * level)
    a, middle = rng.randint(1, 1 + level // 4), rng.randint(-level, level)
    last = middle**2 // (4 * a) + rng.randint(1, 1 + level)
    sign, noise = rng.choice([-1, 1]), rng.randint(-2 * level, 2 * level)
    b, c, d = middle - a * near, last - middle * near, noise - last * near
    return _left(given, a=sign * a, b=sign * b, c=sign * c, d=sign * d)


def brackets_root(answer: int, a: int, b: int, c: int, d: int) -> bool:
    """Whether the cubic has no common strict sign at the answer and the next."""
    cubic = [a, b, c, d]
    here = evaluate_polynomial(cubic, answer)
    return here * evaluate_polynomial(cubic, answer + 1) <= 0


def cubic_discriminant(a: int, b: int, c: int, d: int) -> int:
    """The discriminant of ``a x^3 + b x^2 + c x + d``."""
    squares = b * b * c * c - 27 * a * a * d * d
    return squares - 4 * (a * c**3 + b**3 * d) + 18 * a * b * c * d


def format_polynomial(coefficients: list[int]) -> str:
    """The polynomial written like ``3x^2 - x + 5``."""
    text = ""
    for i, item in enumerate(coefficients):
        power = len(coefficients) - 1 - i
        if item == 0:
            continue
        number = "" if abs(item) == 1 and power else str(abs(item))
        variable = "" if power == 0 else "x" if power == 1 else f"x^{power}"
        sign = "-" if item < 0 else "+"
        lead = f" {sign} " if text else sign.replace("+", "")
        text += lead + number + variable
    return text or "0"


def sparse_polynomial(rng: Any, level: int, **given: Any) -> list[int]:
    """Draw a polynomial with some coefficients 0, 1 and -1."""
    size, most = rng.randint(2 + level // 3, 3 + level // 2), 3 + level**2
    kinds = (0, 1, -1, rng.randint(-most, most), rng.randint(-most, most))
    items = [rng.choice(kinds) for _ in range(size)]
    return [max(-99, min(99, item + rng.randint(0, 1) * level)) for item in items]


def remainder_by_quadratic(coefficients: list[int], p: int, q: int) -> tuple[int, int]:
    """The remainder ``s x + t`` of the division by ``x^2 + p x + q``."""
    s, t = 0, 0
    for item in coefficients:
        s, t = t - p * s, item - q * s
    return s, t


def polynomial_and_quadratic(rng: Any, level: int, **given: Any) -> Any:
    """Draw a polynomial and a quadratic one to divide it by."""
    size = 1 + level // 2
    return _left(
        given,
        coefficients=_some(rng, level, 7, 3) + [rng.randint(-level, level)],
        p=rng.randint(-size, size),
        q=rng.randint(1, size) * rng.choice([-1, 1]),
    )
