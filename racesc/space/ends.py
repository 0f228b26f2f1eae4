"""Ends of a result's ranges as arithmetic over what is fed.

``racesc.intervals.interval`` evaluates a bound for one type at a time. Here the same
rules are applied once for all types that a port can hold: what is fed is a vector of
refinements ``v`` (``vectors.py``), and an end becomes Python source over ``v`` with the
positions that it looks at. Where the port's own range settles a sign, the formula is
the shorter one that holds there, so that `0..n * m` looks at two positions of eight.

Numbers beyond ``LARGEST`` count as unbounded there. Where a formula may come to such a
number it says so, by raising ``TooFar``: then ``interval`` has to be asked after all.

Bounds outside of what is handled here (fractions, ends that may be missing, signs that
are not settled) raise ``NotPlain``; whoever asks falls back on ``interval``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from racesc.runtime.bounds import LARGEST, Atom, Bound, Expression, Operation

MOST_POWER, MOST_BITS = 200, 20_000  # exponents, and results, that are computed

Pair = tuple["End", "End"]
Measure = Callable[[Atom], Pair]


class NotPlain(Exception):
    """A bound that this module has no formula for."""


class TooFar(Exception):
    """A number that would count as unbounded."""


def near(number: int) -> int:
    """A number; raises ``TooFar``."""
    if -LARGEST <= number <= LARGEST:
        return number
    raise TooFar


@dataclass(frozen=True, slots=True)
class End:
    """A whole number computed from ``v``: between ``low`` and ``high`` for every
    vector that the port holds; ``positions`` are those that ``code`` reads."""

    code: str
    low: int
    high: int
    positions: frozenset[int] = frozenset()

    @property
    def constant(self) -> bool:
        """Whether it is the same for every vector."""
        return self.low == self.high


def constant(value: object) -> End:
    """A number of a signature."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise NotPlain
    return End(f"({value})" if value < 0 else str(value), value, value)


def position(at: int, low: object, high: object) -> End:
    """An entry of the vector that lies between two numbers."""
    if not isinstance(low, int) or not isinstance(high, int):
        raise NotPlain
    return End(f"v[{at}]", low, high, frozenset((at,)))


def ends_of(bound: Bound, measure: Measure, far: bool = False) -> Pair:
    """The lowest and the highest number that a bound can be.

    ``measure`` gives both for an atom. ``far``: formulas may raise ``TooFar``, which
    they know as ``near``. Raises ``NotPlain``.
    """
    if isinstance(bound, Atom):
        return measure(bound)
    if not isinstance(bound, Expression):
        end = constant(bound)
        return end, end
    assert isinstance(bound, Operation)
    left = ends_of(bound.left, measure, far)
    right = ends_of(bound.right, measure, far)
    low, high = _RULES[bound.operator](left, right)
    return _within(low, far), _within(high, far)


def _within(end: End, far: bool) -> End:
    if -LARGEST <= end.low <= end.high <= LARGEST:
        return end
    if not far or end.high < -LARGEST or end.low > LARGEST:
        raise NotPlain  # would count as unbounded
    low, high = max(end.low, -LARGEST), min(end.high, LARGEST)
    return End(f"near({end.code})", low, high, end.positions)


def _made(code: str, low: int, high: int, *parts: End) -> End:
    if low == high:
        return constant(low)
    positions: frozenset[int] = frozenset().union(*(part.positions for part in parts))
    return End(code, low, high, positions)


def _plus(a: End, b: End) -> End:
    if a.constant and a.low == 0:
        return b
    if b.constant and b.low == 0:
        return a
    return _made(f"({a.code} + {b.code})", a.low + b.low, a.high + b.high, a, b)


def _less(a: End, b: End) -> End:
    if b.constant and b.low == 0:
        return a
    return _made(f"({a.code} - {b.code})", a.low - b.high, a.high - b.low, a, b)


def _times(a: End, b: End) -> End:
    if a.constant and a.low == 1:
        return b
    if b.constant and b.low == 1:
        return a
    corners = [x * y for x in (a.low, a.high) for y in (b.low, b.high)]
    return _made(f"({a.code} * {b.code})", min(corners), max(corners), a, b)


def _chosen(name: str, choose: Callable[[int, int], int], *parts: End) -> End:
    found = parts[0]
    for part in parts[1:]:
        if part == found:
            continue
        low, high = choose(found.low, part.low), choose(found.high, part.high)
        # Where one always wins, the other is not looked at.
        if name == "min" and found.high <= part.low:
            continue
        if name == "max" and found.low >= part.high:
            continue
        if name == "min" and part.high <= found.low:
            found = part
        elif name == "max" and part.low >= found.high:
            found = part
        else:
            code = f"{name}({found.code}, {part.code})"
            found = _made(code, low, high, found, part)
    return found


def least(*parts: End) -> End:
    """The smallest of some ends."""
    return _chosen("min", min, *parts)


def greatest(*parts: End) -> End:
    """The largest of some ends."""
    return _chosen("max", max, *parts)


def _add(left: Pair, right: Pair) -> Pair:
    return _plus(left[0], right[0]), _plus(left[1], right[1])


def _subtract(left: Pair, right: Pair) -> Pair:
    return _less(left[0], right[1]), _less(left[1], right[0])


def _multiply(left: Pair, right: Pair) -> Pair:
    (a, b), (c, d) = left, right
    if c.low >= 0 and a.low >= 0:
        return _times(a, c), _times(b, d)
    if a.constant and a == b:
        return _scaled(right, a)
    if c.constant and c == d:
        return _scaled(left, c)
    if a.low >= 0:  # the sign is the right one's
        if d.high <= 0:
            return _times(b, c), _times(a, d)
        return least(_times(a, c), _times(b, c)), greatest(_times(b, d), _times(a, d))
    if c.low >= 0:
        return _multiply(right, left)
    every = [_times(x, y) for x in (a, b) for y in (c, d)]
    return least(*every), greatest(*every)


def _scaled(pair: Pair, by: End) -> Pair:
    low, high = pair if by.low >= 0 else pair[::-1]
    return _times(low, by), _times(high, by)


def _minimum(left: Pair, right: Pair) -> Pair:
    return least(left[0], right[0]), least(left[1], right[1])


def _maximum(left: Pair, right: Pair) -> Pair:
    return greatest(left[0], right[0]), greatest(left[1], right[1])


def _divide(left: Pair, right: Pair) -> Pair:
    (a, b), (c, d) = left, right
    if c.low <= 0:
        raise NotPlain
    return _over(a, c, d), _over(b, d, c)


def _over(a: End, negative: End, positive: End) -> End:
    """``a`` divided by one of two positive ends, as its sign says, and rounded down."""
    if negative == positive or a.low >= 0:
        return _quotient(a, positive)
    if a.high < 0:
        return _quotient(a, negative)
    low = min(a.low // negative.low, a.low // positive.low)
    high = max(a.high // negative.low, a.high // positive.low)
    code = (
        f"({a.code} // {positive.code} if {a.code} >= 0 "
        f"else {a.code} // {negative.code})"
    )
    return _made(code, low, high, a, negative, positive)


def _quotient(a: End, b: End) -> End:
    if b.constant and b.low == 1:
        return a
    corners = [x // y for x in (a.low, a.high) for y in (b.low, b.high)]
    return _made(f"({a.code} // {b.code})", min(corners), max(corners), a, b)


def _remainder(left: Pair, right: Pair) -> Pair:
    (a, b), (c, d) = left, right
    if c.low <= 0:
        raise NotPlain
    top = _less(d, constant(1))
    if a.high < 0:
        return constant(0), top
    if a.low < 0:
        raise NotPlain  # what is negative counts otherwise
    if b.high < c.low:
        return left
    capped = least(top, b)
    if b.low >= c.high:
        return constant(0), capped
    # Where every number is smaller than every divisor, the numbers themselves.
    small = f"{b.code} < {c.code}"
    low = _made(f"({a.code} if {small} else 0)", 0, a.high, a, b, c)
    code = f"({b.code} if {small} else {capped.code})"
    return low, _made(code, min(b.low, capped.low), b.high, b, c, capped)


def _power(left: Pair, right: Pair) -> Pair:
    (a, b), (c, d) = left, right
    if c.low < 0 or d.high > MOST_POWER:
        raise NotPlain
    zero, one = constant(0), constant(1)
    base = greatest(b, one)
    if a.low < 0:  # then it may be as large on the other side of 0
        base = greatest(base, _less(zero, a))
    if base.high > 1 and d.high * base.high.bit_length() > MOST_BITS:
        raise NotPlain
    high = _made(
        f"({base.code} ** {d.code})", base.low**d.low, base.high**d.high, base, d
    )
    if a.low >= 1:
        code = f"({a.code} ** {c.code})"
        return _made(code, a.low**c.low, a.high**c.high, a, c), high
    code = f"{a.code} ** {c.code} if {a.code} >= 1 else 0"
    highest = a.high**c.high if a.high >= 1 else 0 if a.high >= 0 else -high.low
    if a.low < 0:
        code += f" if {a.code} >= 0 else -({high.code})"
        return _made(f"({code})", -high.high, highest, a, c, high), high
    return _made(f"({code})", 0, highest, a, c), high


_RULES: Mapping[str, Callable[[Pair, Pair], Pair]] = {
    "+": _add,
    "-": _subtract,
    "*": _multiply,
    "min": _minimum,
    "max": _maximum,
    "//": _divide,
    "%": _remainder,
    "^": _power,
}


__all__ = [
    "End",
    "NotPlain",
    "Pair",
    "TooFar",
    "constant",
    "ends_of",
    "greatest",
    "least",
    "near",
    "position",
]
