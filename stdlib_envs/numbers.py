"""Arithmetic on whole numbers."""

from __future__ import annotations

import math
from typing import Any


def _left(given: dict[str, Any], **drawn: Any) -> Any:
    """The drawn parameters that were not given: one value, or a tuple of them."""
    rest = tuple(value for name, value in drawn.items() if name not in given)
    return rest[0] if len(rest) == 1 else rest


def digit_sum(n: int) -> int:
    """The sum of the decimal digits of ``n``."""
    return sum(int(digit) for digit in str(n))


def digit_product(n: int) -> int:
    """The product of the decimal digits of ``n``."""
    return math.prod(int(digit) for digit in str(abs(n)))


def number_without_zeros(rng: Any, level: int, **given: Any) -> int:
    """Draw a number of digits 1 to 9, so that the product says something."""
    size = rng.randint(max(2, level // 2 + 1), max(3, level))
    return int("".join(str(rng.randint(1, 9)) for _ in range(size)))


def gcd(a: int, b: int) -> int:
    """The greatest common divisor, never negative."""
    return math.gcd(a, b)


def pair_with_common_factor(rng: Any, level: int, **given: Any) -> Any:
    """Draw two numbers that often share a factor."""
    top = 10**level
    if "a" in given:
        factor = _some_divisor(rng, given["a"])
        return factor * rng.randint(1, max(1, top // factor))
    if "b" in given:
        factor = _some_divisor(rng, given["b"])
        return factor * rng.randint(1, max(1, top // factor))
    factor = rng.randint(1, 6 * level**2) if level < 4 else rng.randint(2, 90 * level)
    other = max(3, min(top // factor, 40 * level**2))
    return factor * rng.randint(2, other), factor * rng.randint(2, other)


def _some_divisor(rng: Any, n: int) -> int:
    """A random small divisor of ``n`` (any small number for 0)."""
    divisor = 1
    for prime in (2, 3, 5, 7, 11, 13):
        while n % (divisor * prime) == 0 and divisor * prime <= 10**6:
            if rng.randint(0, 3) == 0:
                break
            divisor *= prime
    return divisor


def lcm(a: int, b: int) -> int:
    """The least common multiple, never negative; 0 if one number is 0."""
    return math.lcm(a, b)


def positive_pair_with_common_factor(rng: Any, level: int, **given: Any) -> Any:
    """Draw two positive numbers that often share a factor."""
    top, most = 4 + 10 * level, 5 + 9 * level**2
    if given:
        factor = math.gcd(rng.randint(2, top), *given.values()) * rng.randint(1, 2)
        return factor * rng.randint(1, max(1, top * most // factor))
    factor = rng.randint(2, top)
    return factor * rng.randint(1, most), factor * rng.randint(1, most)


def clamp(n: int, low: int, high: int) -> int:
    """``n`` moved to the nearest value of ``low..high``."""
    return max(low, min(n, high))


def number_and_range(rng: Any, level: int, **given: Any) -> Any:
    """Draw a number near a range, with every outcome about equally likely."""
    size = min(10**6, 5 * 4**level)
    most = max(-(10**6), min(given.get("high", size), size))
    low = given.get("low", rng.randint(min(-size, most), most))
    high = given.get("high", rng.randint(low, max(low, size)))
    kind = rng.randint(0, 2)
    n = rng.randint(low - size, low) if kind == 0 else rng.randint(low, max(low, high))
    n = rng.randint(high, high + size) if kind == 2 else n
    return _left(given, n=n, low=low, high=high)


def integer_square_root(n: int) -> int:
    """The largest whole number whose square is at most ``n``."""
    return math.isqrt(n)


def nearest_square(n: int) -> int:
    """The perfect square closest to ``n``; there is never a tie."""
    root = math.isqrt(n)
    below, above = root**2, (root + 1) ** 2
    return below if n - below < above - n else above


def quotient_and_remainder(n: int, d: int) -> tuple[int, int]:
    """The floored quotient and the remainder of ``n`` by ``d``."""
    return divmod(n, d)


def round_to_multiple(n: int, step: int) -> int:
    """The multiple of ``step`` nearest to ``n``, the larger one on a tie."""
    return (2 * n + step) // (2 * step) * step


def range_sum(first: int, last: int) -> int:
    """The sum of the whole numbers from the smaller to the larger."""
    return (first + last) * (abs(last - first) + 1) // 2


def count_multiples(first: int, last: int, step: int) -> int:
    """How many multiples of ``step`` lie from the smaller to the larger number."""
    low, high = min(first, last), max(first, last)
    return high // step - (low - 1) // step


def range_and_step(rng: Any, level: int, **given: Any) -> Any:
    """Draw a range and a step that is small beside the range."""
    size = 40 * level**2
    step = rng.randint(2, 3 + 4 * level)
    width = step * rng.randint(2, 20 * level**2) + rng.randint(0, step - 1)
    first = rng.randint(-size, size)
    return _left(given, first=first, last=first + width, step=step)


def split_sum(n: int) -> tuple[int, int]:
    """The first split of ``n + 4`` into two numbers of at least 2."""
    return 2, n + 2


def is_split(answer: tuple[int, int], n: int) -> bool:
    """Whether the two numbers are at least 2 and add up to ``n + 4``."""
    return min(answer) >= 2 and sum(answer) == n + 4
