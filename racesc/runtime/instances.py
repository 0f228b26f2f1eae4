"""How many different values a draw may give."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from .limits import DENOMINATORS, LETTERS, Limits, finite, whole_below
from .types import (
    Bool,
    Graph,
    Int,
    Labels,
    List,
    Matrix,
    Newtype,
    Range,
    Rat,
    Set,
    Str,
    Tuple,
    Type,
)


def instances(kind: Type, narrow: Limits, cap: int) -> int:
    """How many values of a ground type a draw may give, counted up to ``cap``.

    Flags and coinciding fractions are left out of account where the count is large
    anyway; a range without an end counts as ``cap``.
    """
    if isinstance(kind, Newtype):
        return instances(kind.body, narrow, cap)
    if isinstance(kind, Bool):
        return min(2, cap)
    if isinstance(kind, Labels):
        return min(len(kind.labels), cap)
    if isinstance(kind, Tuple):
        total = 1
        for item in kind.items:
            total = min(cap, total * instances(item, narrow, cap))
        return total
    if isinstance(kind, Int):
        if (kind.low is None or kind.high is None) and narrow.magnitude is None:
            return cap
        low, high = finite((kind.low, kind.high), narrow.magnitude, "number")
        low, high = narrow.numbers(low, high)
        return min(cap, high - low + 1 - (kind.nonzero and low <= 0 <= high))
    if isinstance(kind, Rat):
        if kind.low is None or kind.high is None:
            return cap
        assert isinstance(kind.low, (int, Fraction))
        assert isinstance(kind.high, (int, Fraction))
        if (kind.high - kind.low) * DENOMINATORS >= cap:
            return cap
        total = _fractions(kind.low, kind.high)
        return min(cap, total - (kind.nonzero and kind.low <= 0 <= kind.high))
    if isinstance(kind, Str):
        letters = LETTERS if kind.alphabet is None else kind.alphabet
        return _words(len(letters), kind.length, narrow, cap, False, False)
    if isinstance(kind, (List, Set)):
        unordered = isinstance(kind, Set) or kind.sorted
        apart = isinstance(kind, Set) or kind.distinct
        # From so many items on there are enough ways to choose different ones.
        longest = kind.length[1] if apart else None
        most = cap
        if isinstance(longest, (int, Fraction)):
            most += whole_below(longest)
        items = instances(kind.item, narrow.items(), most)
        return _words(items, kind.length, narrow, cap, apart, unordered)
    if isinstance(kind, Matrix):
        if None in (*kind.rows, *kind.cols) and narrow.length is None:
            return cap
        rows = narrow.size(*finite(kind.rows, narrow.length, "length"))
        cols = narrow.size(*finite(kind.cols, narrow.length, "length"))
        return grids(instances(kind.item, narrow.items(), cap), rows, cols, cap)
    if isinstance(kind, Graph):
        if None in kind.nodes and narrow.length is None:
            return cap
        nodes = narrow.size(*finite(kind.nodes, narrow.length, "length"))
        weights = 1 if kind.weight is None else instances(kind.weight, narrow, cap)
        return graphs(weights, nodes, kind.directed, cap)
    return 1


def _fractions(low: int | Fraction, high: int | Fraction) -> int:
    """How many fractions with small denominators lie in a range: those in lowest terms,
    however large the range is."""
    total = 0
    for over in range(1, DENOMINATORS + 1):
        first, last = ceil(low * over), floor(high * over)
        # Numerators that share no factor with the denominator, by inclusion and exclusion.
        for factor, sign in _signed_divisors(over):
            total += sign * (last // factor - (first - 1) // factor)
    return total


def _signed_divisors(number: int) -> list[tuple[int, int]]:
    """The divisors without a square, with 1 or -1 by the parity of their primes."""
    found = [(1, 1)]
    for prime in range(2, number + 1):
        if number % prime == 0:
            found += [(one * prime, -sign) for one, sign in found]
            while number % prime == 0:
                number //= prime
    return found


def _words(
    letters: int, ends: Range, narrow: Limits, cap: int, apart: bool, unordered: bool
) -> int:
    if (ends[0] is None or ends[1] is None) and narrow.length is None:
        return cap
    low, high = narrow.size(*finite(ends, narrow.length, "length"))
    return words(letters, low, high, cap, apart, unordered)


def words(
    letters: int, low: int, high: int, cap: int, apart: bool, unordered: bool
) -> int:
    """How many sequences of so many letters there are, up to ``cap``; ``apart``: no
    letter comes twice."""
    if letters == 1 and not apart:  # one of each length
        return min(cap, high - low + 1)
    total, ways = 0, 1
    for length in range(high + 1):
        if length >= low:
            total += ways
        if total >= cap or ways == 0:
            break
        if unordered:
            top = letters - length if apart else letters + length
            ways = ways * top // (length + 1)
        else:
            ways *= letters - length if apart else letters
        ways = max(0, ways)
        if ways > cap**2 and length + 1 >= low:
            return cap
        if not apart:  # then longer ones are no fewer, and need not be told exactly
            ways = min(ways, cap)
    return min(cap, total)


def grids(items: int, rows: tuple[int, int], cols: tuple[int, int], cap: int) -> int:
    """How many matrices there are of so many different items, up to ``cap``."""
    if items == 1:
        return min(cap, (rows[1] - rows[0] + 1) * (cols[1] - cols[0] + 1))
    total = 0
    for row in range(rows[0], rows[1] + 1):
        for col in range(cols[0], cols[1] + 1):
            total += min(cap, items ** min(row * col, cap.bit_length()))
            if total >= cap:
                return cap
    return total


def graphs(weights: int, nodes: tuple[int, int], directed: bool, cap: int) -> int:
    """How many graphs there are of so many different weights, up to ``cap``."""
    total = 0
    for count in range(max(0, nodes[0]), nodes[1] + 1):
        pairs = count * (count - 1) // (1 if directed else 2)
        total += min(cap, (1 + weights) ** min(pairs, cap.bit_length()))
        if total >= cap:
            return cap
    return total
