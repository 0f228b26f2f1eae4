"""Solvers of further_operators.races."""

from __future__ import annotations


def is_even(n: int) -> bool:
    """Whether n is even."""
    return n % 2 == 0
