"""What a port takes, in words: for operations that do not run on every value."""

from __future__ import annotations

from .bounds import Bound
from .text import noun, quote
from .types import Int, List, Matrix, Newtype, Range, Rat, Set, Str, Tuple, Type


def takes(kind: Type) -> str:
    """A ground type in words: "a list of 2 to 13 numbers, each from 0 to 9"."""
    while isinstance(kind, Newtype):
        kind = kind.body
    if isinstance(kind, (Int, Rat)):
        return f"a {noun(kind)}{_between(kind)}"
    if isinstance(kind, Str):
        among = "" if kind.alphabet is None else f" among {quote(kind.alphabet)}"
        return f"a text of {_count(kind.length, 'character')}{among}"
    if isinstance(kind, (List, Set)):
        item, flag = noun(kind.item), ""
        if isinstance(kind, List):
            item = f"different {item}" if kind.distinct else item
            flag = "sorted " if kind.sorted else ""
        words = f"a {flag}{noun(kind)} of {_count(kind.length, item)}"
        if isinstance(kind.item, (Int, Rat)) and _between(kind.item):
            return f"{words}, each{_between(kind.item)}"
        return words
    if isinstance(kind, Matrix):
        rows, cols = _count(kind.rows, "row"), _count(kind.cols, "column")
        return f"a grid of {rows} and {cols}"
    if isinstance(kind, Tuple):
        return f"a {noun(kind)} of " + " and ".join(takes(item) for item in kind.items)
    return f"a {noun(kind)}"


def _between(kind: Int | Rat) -> str:
    low, high = kind.low, kind.high
    words = ""
    if low is not None and high is not None:
        words = f" from {low} to {high}"
    elif low is not None:
        words = f" of at least {low}"
    elif high is not None:
        words = f" of at most {high}"
    return words + " other than 0" * kind.nonzero


def _count(ends: Range, unit: str) -> str:
    low, high = ends
    if low == high:
        return _units(low, unit)
    if high is None:
        return f"at least {_units(low, unit)}" if low else f"any number of {unit}s"
    return f"at most {_units(high, unit)}" if not low else f"{low} to {high} {unit}s"


def _units(count: Bound, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
