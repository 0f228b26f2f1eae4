"""What narrows a draw: the level of difficulty and the `level` lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor
from typing import Any

from .base import ContractError, Endless, Level
from .bounds import Bound
from .member import at, resolve
from .types import Int, List, Newtype, Range, Rat, Set, Str, Type

LETTERS = "abcdefghijklmnopqrstuvwxyz"
DENOMINATORS = 12
FEWEST = 20  # values that every level keeps of a range, where there are as many


@dataclass(frozen=True)
class Limits:
    """What narrows one draw: the level, and what the parameter's `level` lines say
    in its place (the largest magnitude, the largest length). At level 0, which nobody
    asks for (``fitting.py``), what level 1 draws from, and of that the least."""

    level: int
    magnitude: int | None = None
    length: int | None = None

    def numbers(self, low: int, high: int, least: int = FEWEST) -> tuple[int, int]:
        """The part of low..high that is drawn from; never empty."""
        if self.magnitude is not None:
            if low > self.magnitude:
                return low, low
            if high < -self.magnitude:
                return high, high
            return max(low, -self.magnitude), min(high, self.magnitude)
        if self.level >= 10 or high - low < least:
            return low, high
        count = max(least, -(-(high - low + 1) * self.level**2 // 100))
        low = max(low, min(max(low, 0), high) - count // 2)
        if low + count - 1 > high:
            return high - count + 1, high
        return low, low + count - 1

    def items(self) -> Limits:
        """What narrows a collection's items: a `level` line on lengths is its own."""
        return self if self.length is None else Limits(self.level, self.magnitude)

    def size(self, low: int, high: int) -> tuple[int, int]:
        """The lengths that are drawn from low..high; never empty."""
        if not self.level:
            return low, low
        if self.length is not None:
            return low, max(low, min(high, self.length))
        return low, low - (low - high) * self.level // 10


def limits(
    level: int, parameter: str, lines: tuple[Level, ...], values: Mapping[str, Any]
) -> Limits:
    """What narrows the draw of a parameter at a level, given the values before it."""
    magnitude = length = None
    for line in lines:
        if line.parameter == parameter and line.type is None:
            bound = at(line.bound, {**values, "level": max(1, level)})
            if bound is not None:
                assert isinstance(bound, (int, Fraction))
                if line.on_length:
                    length = max(0, floor(bound))
                else:
                    magnitude = max(0, floor(bound))
    return Limits(level, magnitude, length)


def drawn_from(level: int, parameter: str, lines: tuple[Level, ...]) -> Type | None:
    """The type that a `level p: T` line gives a parameter at a level; None without."""
    for line in lines:
        if line.type is not None and line.parameter == parameter:
            return resolve(line.type, {"level": max(1, level)})
    return None


def promised(kind: Type, narrow: Limits) -> Type:
    """The part of a ground type that `level p <= e` and `level p len <= e` leave."""
    if isinstance(kind, Newtype):
        return promised(kind.body, narrow)
    if isinstance(kind, (Int, Rat)) and narrow.magnitude is not None:
        low, high = kind.low, kind.high
        low = -narrow.magnitude if low is None else low
        high = narrow.magnitude if high is None else high
        assert isinstance(low, (int, Fraction)) and isinstance(high, (int, Fraction))
        most = max(low, min(high, narrow.magnitude))
        least = min(high, max(low, -narrow.magnitude))
        return type(kind)(least, most, kind.nonzero)
    if isinstance(kind, (Str, List, Set)) and narrow.length is not None:
        low, high = kind.length
        most = narrow.length
        if isinstance(high, (int, Fraction)):
            most = min(most, whole_below(high))
        if isinstance(low, (int, Fraction)):
            most = max(most, whole_above(low))
        return replace(kind, length=(low, most))
    return kind


def finite(ends: Range, narrow: int | None, what: str) -> tuple[int, int]:
    """The whole numbers between two ends, an absent one taken from a `level` line."""
    low, high = ends
    if low is None and narrow is not None:
        low = min(-narrow, whole_below(high)) if high is not None else -narrow
    if high is None and narrow is not None:
        high = max(narrow, whole_above(low))
    if low is None or high is None:
        raise Endless(f"nothing says how large {what} to draw may be")
    first, last = whole_above(low), whole_below(high)
    if first > last:
        raise ContractError(f"there is no {what} between {low} and {high} to draw")
    return first, last


def whole_above(bound: Bound) -> int:
    assert isinstance(bound, (int, Fraction))
    return ceil(bound)


def whole_below(bound: Bound) -> int:
    assert isinstance(bound, (int, Fraction))
    return floor(bound)
