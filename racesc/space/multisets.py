"""Multisets of indices by number: the combinatorial number system.

A multiset i1 <= i2 <= … <= ir of range(n) is the set i1 < i2 + 1 < … < ir + r - 1, whose
number is the sum of the binomials C(ik + k - 1, k); the largest index counts slowest.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import comb


def count(n: int, r: int) -> int:
    """How many multisets of r members of range(n) there are."""
    return comb(n + r - 1, r)


def rank(members: Sequence[int]) -> int:
    """The number of a multiset given in ascending order."""
    return sum(comb(member + k, k + 1) for k, member in enumerate(members))


def unrank(r: int, number: int) -> list[int]:
    """The multiset of r members with a number, in ascending order."""
    found = []
    for k in range(r, 0, -1):
        largest = _largest(k, number)
        number -= comb(largest, k)
        found.append(largest - k + 1)
    return found[::-1]


def _largest(k: int, number: int) -> int:
    """The largest m with C(m, k) <= number."""
    if k == 1:
        return number
    low, high = k - 1, k
    while comb(high, k) <= number:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        if comb(middle, k) <= number:
            low = middle
        else:
            high = middle
    return low
