"""What a parameter is drawn from: its declared type made finite, narrowed by a level.

The same limits as ``runtime/sampling.py`` draws within, on types instead of values.
Where a bound depends on other parameters the type is left as it is, which is never
too narrow.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache
from math import ceil, floor
from typing import Any

from racesc.intervals import Context, interval
from racesc.runtime.base import Base
from racesc.runtime.bounds import Bound, Expression, Operation
from racesc.runtime.limits import FEWEST, LETTERS, Limits
from racesc.runtime.member import at, rebuild
from racesc.runtime.types import (
    Graph,
    Int,
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

HIGHEST = 10  # the level at which `check` judges: every other lies inside it


def finite(type_: Type, context: Context) -> bool:
    """Whether a type has finitely many values for every value of the context (a Rat
    counts as finite between two ends, since denominators are drawn from 1..12)."""
    if isinstance(type_, (Int, Rat)):
        return (
            type_.low is not None
            and type_.high is not None
            and interval(type_.low, context).low is not None
            and interval(type_.high, context).high is not None
        )
    if isinstance(type_, Str):
        return _closed(type_.length[1], context)
    if isinstance(type_, (List, Set)):
        if interval(type_.length[1], context).high == 0:
            return True
        return _closed(type_.length[1], context) and finite(type_.item, context)
    if isinstance(type_, Matrix):
        return (
            _closed(type_.rows[1], context)
            and _closed(type_.cols[1], context)
            and finite(type_.item, context)
        )
    if isinstance(type_, Graph):
        return _closed(type_.nodes[1], context) and (
            type_.weight is None or finite(type_.weight, context)
        )
    if isinstance(type_, Tuple):
        return all(finite(item, context) for item in type_.items)
    if isinstance(type_, Newtype):
        return finite(type_.body, context)
    return True


def _closed(bound: Bound, context: Context) -> bool:
    return bound is not None and interval(bound, context).high is not None


def drawn_type(
    base: Base,
    parameter: str,
    declared: Type,
    context: Context,
    level: int = HIGHEST,
) -> Type:
    """The type that a parameter is drawn from at levels 1..``level``.

    The declared type made finite and narrowed by its `level` line, or by the level
    where it has none. A `sample` function keeps to the `level` lines alone.
    """
    own = [line for line in base.levels if line.parameter == parameter and line.type]
    if own:
        assert own[0].type is not None
        type_ = hull(own[0].type, level)
        return type_ if base.sample is not None else _lettered(type_)
    narrowed = declared if base.sample is not None else _lettered(declared)
    lines = [line for line in base.levels if line.parameter == parameter]
    for line in lines:
        # The largest bound of any level, so that all levels lie inside.
        limit = interval(line.bound, {**context, "level": Int(1, level)}).high
        if limit is not None:
            narrowed = _narrowed(narrowed, line.on_length, limit, context)
    if level >= HIGHEST or base.sample is not None:
        return narrowed
    return _at_level(narrowed, level, {line.on_length for line in lines})


@cache
def hull(type_: Type, level: int) -> Type:
    """The least type around what a `level p: T` line gives at levels 1..``level``."""

    def ends(_: str, range_: Range) -> Range:
        found = [
            (at(range_[0], {"level": one}), at(range_[1], {"level": one}))
            for one in range(1, level + 1)
        ]
        lows = [low for low, _ in found if isinstance(low, (int, Fraction))]
        highs = [high for _, high in found if isinstance(high, (int, Fraction))]
        return (
            min(lows) if len(lows) == len(found) else None,
            max(highs) if len(highs) == len(found) else None,
        )

    return rebuild(type_, ends)


def _lettered(type_: Type) -> Type:
    """The type with `Str` of any character made `Str` of a..z, as it is drawn."""
    if isinstance(type_, Str) and type_.alphabet is None:
        return replace(type_, alphabet=LETTERS)
    if isinstance(type_, (List, Set, Matrix)):
        return replace(type_, item=_lettered(type_.item))
    if isinstance(type_, Tuple):
        return Tuple(tuple(_lettered(item) for item in type_.items))
    if isinstance(type_, Graph) and type_.weight is not None:
        return replace(type_, weight=_lettered(type_.weight))
    return type_


def _at_level(type_: Type, level: int, lined: set[bool], least: int = FEWEST) -> Type:
    """A type narrowed as a draw at a level is. ``lined`` says what a `level` line
    narrows instead: a number (False), a length (True)."""
    limits = Limits(level)
    if isinstance(type_, (Int, Rat)):
        if False in lined:
            return type_
        return _numbers(type_, limits, least)

    def size(ends: Range) -> Range:
        low, high = ends
        if isinstance(low, int) and isinstance(high, int) and True not in lined:
            return limits.size(low, high)
        return ends

    inner = lined - {True}
    if isinstance(type_, Str):
        return replace(type_, length=size(type_.length))
    if isinstance(type_, (List, Set)):
        apart = isinstance(type_, Set) or type_.distinct
        length = size(type_.length)
        if not apart:
            return replace(
                type_, item=_at_level(type_.item, level, inner), length=length
            )
        # Where many different items are asked for, a draw takes a wider range.
        longest = length[1]
        if not isinstance(type_.item, Int) or not isinstance(longest, int):
            return replace(type_, length=length)
        item = _at_level(type_.item, level, inner, max(FEWEST, longest + 1))
        return replace(type_, item=item, length=length)
    if isinstance(type_, Matrix):
        item = _at_level(type_.item, level, inner)
        return Matrix(item, size(type_.rows), size(type_.cols))
    if isinstance(type_, Graph):
        weight = type_.weight and _at_level(type_.weight, level, inner)
        return replace(type_, nodes=size(type_.nodes), weight=weight)
    if isinstance(type_, Tuple):
        return Tuple(tuple(_at_level(item, level, lined) for item in type_.items))
    return type_


def _numbers(type_: Int | Rat, limits: Limits, least: int) -> Type:
    low, high = type_.low, type_.high
    if not isinstance(low, (int, Fraction)) or not isinstance(high, (int, Fraction)):
        return type_
    if isinstance(type_, Int):
        first, last = limits.numbers(ceil(low), floor(high), least)
        if type_.nonzero and first == last == 0:
            return type_
        return replace(type_, low=first, high=last)
    first, last = limits.numbers(floor(low), max(floor(low), ceil(high)))
    return replace(type_, low=max(low, first), high=min(high, last))


def _narrowed(type_: Type, on_length: bool, limit: Any, context: Context) -> Type:
    """A `level` line's bound on a type: the magnitude of a number, or a length; it is
    clamped so that it never empties the range."""
    if not on_length and isinstance(type_, (Int, Rat)):
        low, high = type_.low, type_.high
        if isinstance(high, Expression):
            # A clamped cap is at least the lower end, whatever that is.
            lowest = low if low is not None else -limit
            capped: Bound = Operation("max", lowest, Operation("min", high, limit))
        else:
            ceiling = limit if high is None else min(high, limit)
            reach = interval(low, context).high if low is not None else None
            if low is not None and reach is None:
                return type_
            capped = ceiling if reach is None else max(ceiling, reach)
        if low is None:
            top = interval(capped, context).low
            lowest_drawn: Bound = -limit if top is None else min(-limit, top)
        elif isinstance(low, Expression):
            lowest_drawn = low
        else:
            top = interval(capped, context).low
            reached = max(low, -limit)
            lowest_drawn = reached if top is None else max(low, min(reached, top))
        return replace(type_, low=lowest_drawn, high=capped)
    if on_length and isinstance(type_, (Str, List, Set)):
        low, high = type_.length
        longest = max(0, int(limit))
        least = interval(low, context).high if low is not None else 0
        if least is None:
            return type_
        cap = max(longest, int(least))
        if isinstance(high, Expression):
            return replace(type_, length=(low, Operation("min", high, cap)))
        return replace(type_, length=(low, cap if high is None else min(high, cap)))
    return type_
