"""Solvers of numbers_and_digits.races: plain functions that import nothing of racesc."""

from __future__ import annotations


def square_digits(n: int) -> int:
    """The sum of the squares of the decimal digits of n."""
    return sum(int(digit) ** 2 for digit in str(n))
