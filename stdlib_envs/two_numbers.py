"""Solvers for what can be asked of any two whole numbers."""

from __future__ import annotations

import math
from typing import Any


def _left(given: dict[str, Any], drawn: dict[str, Any]) -> Any:
    """The drawn values of the parameters that are not given."""
    left = [value for name, value in drawn.items() if name not in given]
    return left[0] if len(left) == 1 else tuple(left)


def two_far_numbers(rng: Any, level: int, **given: Any) -> Any:
    """Draw the coordinates of a cell some way from the middle, of level 3 on far."""
    reach = 4 + 6 * level * level
    values = [rng.randint(-reach, reach) for _ in range(2 - len(given))]
    return values[0] if len(values) == 1 else tuple(values)


def two_far_numbers_mostly_alike(rng: Any, level: int, **given: Any) -> Any:
    """Draw the coordinates of a cell, seldom with opposite signs."""
    reach = 4 + 6 * level * level
    values = [rng.randint(1, reach) for _ in range(2 - len(given))]
    sign = rng.choice([1, -1])
    if given:
        return sign * values[0]
    other = -sign if rng.randint(0, 7) == 0 else sign
    return sign * values[0], other * values[1]


def two_long_numbers(rng: Any, level: int, **given: Any) -> Any:
    """Draw numbers with as many digits as the level says, and one more."""
    return _long_numbers(rng, 10 ** (level + 1), 2 - len(given))


def two_longer_numbers(rng: Any, level: int, **given: Any) -> Any:
    """Draw numbers with three digits more than the level says."""
    return _long_numbers(rng, 10 ** (level + 3), 2 - len(given))


def _long_numbers(rng: Any, reach: int, count: int) -> Any:
    """Draw so many numbers up to ``reach``, some of them negative."""
    values = [
        rng.choice([1, 1, -1]) * rng.randint(reach // 20, reach) for _ in range(count)
    ]
    return values[0] if len(values) == 1 else tuple(values)


def number_and_changed_one(rng: Any, level: int, **given: Any) -> Any:
    """Draw a number, and one that differs from it in some binary places."""
    size = 5 + 2 * level
    known = next(iter(given.values()), None)
    first = rng.randint(2 ** (size - 2), 2**size - 1) if known is None else abs(known)
    second = first % 2**size
    for place in rng.sample(range(size), rng.randint(1, size - 1)):
        second ^= 1 << place
    first, second = (rng.choice([1, 1, -1]) * n for n in (first, second))
    return (first, second) if known is None else second or 1


def four_numbers(rng: Any, level: int, **given: Any) -> Any:
    """Draw four numbers, larger ones at higher levels."""
    reach = 3 + level * level
    values = [rng.randint(-reach, reach) for _ in range(4 - len(given))]
    return values[0] if len(values) == 1 else tuple(values)


def two_numbers_and_times(rng: Any, level: int, **given: Any) -> Any:
    """Draw a pair and how often it is replaced."""
    reach = 40 + level * level
    return _left(
        given,
        {
            "first": rng.randint(-reach, reach),
            "second": rng.randint(-reach, reach),
            "times": rng.randint(1 + level // 4, 2 + level // 2),
        },
    )


def spiral_number(x: int, y: int) -> int:
    """Give the number of a cell, counted from the end of its ring."""
    ring = max(abs(x), abs(y))
    last = (2 * ring + 1) ** 2 - 1  # the number of (ring, -ring)
    if y == -ring:
        return last - (ring - x)
    if x == -ring:
        return last - 2 * ring - (ring + y)
    if y == ring:
        return last - 4 * ring - (ring + x)
    return last - 6 * ring - (ring - y)


def hex_distance(q: int, r: int) -> int:
    """Give the number of steps between hexagons."""
    return max(abs(q), abs(r), abs(q + r))


def knight_distance(x: int, y: int) -> int:
    """Give the number of a knight's moves, by the known formula."""
    x, y = abs(x), abs(y)
    x, y = max(x, y), min(x, y)
    if (x, y) == (1, 0):
        return 3
    if (x, y) == (2, 2):
        return 4
    gap = x - y
    if y > gap:
        return gap - 2 * ((gap - y) // 3)
    return gap - 2 * ((gap - y) // 4)


def complex_product(a: int, b: int, c: int, d: int) -> tuple[int, int]:
    """Give the product of a + bi and c + di."""
    return a * c - b * d, a * d + b * c


def determinant_2x2(a: int, b: int, c: int, d: int) -> int:
    """Give the determinant."""
    return a * d - b * c


def shared_digits(first: int, second: int) -> list[int]:
    """Give the digits that both numbers have."""
    return sorted(map(int, set(str(abs(first))) & set(str(abs(second)))))


def digit_sum_of_both(first: int, second: int) -> int:
    """Give the sum of all digits."""
    return sum(map(int, str(abs(first)) + str(abs(second))))


def multiples_of_six_between(first: int, second: int) -> int:
    """Give the number of multiples of 6 between two numbers."""
    low, high = min(first, second), max(first, second)
    return high // 6 - (low - 1) // 6


def binary_distance(first: int, second: int) -> int:
    """Give the number of binary places that differ."""
    return (abs(first) ^ abs(second)).bit_count()


def euclid_quotients(first: int, second: int) -> list[int]:
    """Give the quotients of Euclid's algorithm."""
    a, b = abs(first), abs(second)
    quotients = []
    while b:
        quotients.append(a // b)
        a, b = b, a % b
    return quotients


def sum_and_difference(first: int, second: int, times: int) -> tuple[int, int]:
    """Give the pair after all replacements; two of them double it."""
    factor = math.prod([2] * (times // 2))
    a, b = first * factor, second * factor
    return (a + b, a - b) if times % 2 else (a, b)
