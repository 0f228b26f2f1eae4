"""Solvers and verifiers of relational.races."""

from __future__ import annotations

from math import isqrt


def factor_pair(n: int) -> tuple[int, int]:
    """The two factors of n that are closest together, the smaller one first."""
    small = next(k for k in range(isqrt(n), 0, -1) if n % k == 0)
    return small, n // small


def is_factor_pair(answer: tuple[int, int], n: int) -> bool:
    """Whether the product is n and the smaller factor comes first."""
    small, large = answer
    return small <= large and small * large == n
