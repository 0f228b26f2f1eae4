"""Solvers of the golden packages."""

from __future__ import annotations

from fractions import Fraction
from math import gcd as divisor
from typing import Any


def to_digits(n: int) -> list[int]:
    return [int(digit) for digit in str(n)]


def total(items: list[int]) -> int:
    return sum(items)


def sort(items: list[Any]) -> list[Any]:
    return sorted(items)


def reverse(items: list[Any]) -> list[Any]:
    return items[::-1]


def kth_largest(items: list[Any], k: int) -> Any:
    return sorted(items)[len(items) - k]


def turn(items: list[Any], times: int) -> list[Any]:
    start = times % len(items)
    return items[start:] + items[:start]


def split_sum(n: int) -> tuple[int, int]:
    return (2, n - 2)


def is_split(answer: tuple[int, int], n: int) -> bool:
    return sum(answer) == n


def round_number(rng: Any, level: int, **given: Any) -> int:
    return 10 * int(rng.randint(1, 10 * level))


def gcd(a: int, b: int) -> int:
    return divisor(a, b)


def code_of(n: int) -> list[int]:
    return to_digits(n)


def checksum(code: list[int], weight: Fraction) -> Fraction:
    return sum(code) * weight
