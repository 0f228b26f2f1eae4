"""How large a value may grow: what can be written into a prompt and read from a reply.

A type bounds what a Rat is worth, not its numerator and denominator, and a type may
have no bounds at all, so composites can make numbers and lists that grow without end.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from .base import Outgrown
from .types import (
    Bool,
    Graph,
    Int,
    Labels,
    List,
    Matrix,
    Newtype,
    Set,
    Str,
    Tuple,
    Type,
)

# No reader takes more, so no more is asked for.
MOST_DIGITS = 400
MOST_ITEMS = 10_000
LONGEST_TEXT = 100_000

_TOO_LONG = 10**MOST_DIGITS
_MOST_BITS = _TOO_LONG.bit_length()
_MARKS = 2  # characters around an item


def held(value: Any) -> Any:
    """The value itself. Raises Outgrown where it has a number of more than 400 digits,
    a collection of more than 10,000 items, or takes more than 100,000 characters."""
    if size(value) > LONGEST_TEXT:
        raise Outgrown(f"a value of more than {LONGEST_TEXT:,} characters")
    return value


def writable(value: Any) -> bool:
    """Whether ``held`` takes a value."""
    try:
        held(value)
    except Outgrown:
        return False
    return True


def size(value: Any) -> int:
    """How many characters a value takes, about and not fewer. Raises as ``held``."""
    kind = type(value)
    if kind is int:
        return _digits(value) + _MARKS
    if kind is str:
        return len(value) + _MARKS
    if kind is Fraction:
        return _digits(value.numerator) + _digits(value.denominator) + _MARKS
    if kind is bool:
        return 5 + _MARKS
    if len(value) > MOST_ITEMS:
        raise Outgrown(f"a collection of more than {MOST_ITEMS:,} items")
    if {*map(type, value)} == {int}:  # the usual case, without a call for each item
        _digits(max(value))
        _digits(min(value))
        return sum(map(int.bit_length, value)) // 3 + (2 + _MARKS) * len(value)
    total = 2 * _MARKS
    for item in value:
        total += size(item)
        if total > LONGEST_TEXT:
            break
    return total


def _digits(number: int) -> int:
    """At most so many characters has a number, with its sign."""
    bits = number.bit_length()
    if bits >= _MOST_BITS and abs(number) >= _TOO_LONG:
        raise Outgrown(f"a number of more than {MOST_DIGITS} digits")
    return bits // 3 + 2


def may_outgrow(kind: Type) -> bool:
    """Whether a type has values that ``held`` refuses, as far as constant bounds tell."""
    return _longest(kind) > LONGEST_TEXT


def _longest(kind: Type) -> int:
    """At most so many characters take the values of a type; beyond all limits where
    its bounds are no constants."""
    if isinstance(kind, Newtype):
        return _longest(kind.body)
    if isinstance(kind, Bool):
        return 5 + _MARKS
    if isinstance(kind, Labels):
        if kind.labels:  # a shape has none
            return max(map(len, kind.labels)) + _MARKS
    elif isinstance(kind, Int):
        if type(kind.low) is int and type(kind.high) is int:
            bits = max(kind.low.bit_length(), kind.high.bit_length())
            return bits // 3 + 2 + _MARKS if bits < _MOST_BITS else LONGEST_TEXT + 1
    elif isinstance(kind, Str):
        if type(kind.length[1]) is int:
            return kind.length[1] + _MARKS
    elif isinstance(kind, (List, Set)):
        if type(kind.length[1]) is int and kind.length[1] <= MOST_ITEMS:
            return kind.length[1] * _longest(kind.item) + _MARKS
    elif isinstance(kind, Matrix):
        rows, cols = kind.rows[1], kind.cols[1]
        if type(rows) is int and type(cols) is int and max(rows, cols) <= MOST_ITEMS:
            return rows * (cols * _longest(kind.item) + _MARKS) + _MARKS
    elif isinstance(kind, Tuple):
        return sum(map(_longest, kind.items)) + _MARKS
    elif isinstance(kind, Graph) and type(kind.nodes[1]) is int:
        weight = 0 if kind.weight is None else _longest(kind.weight)
        edges = kind.nodes[1] ** 2
        if edges <= MOST_ITEMS:
            return edges * (weight + 2 * len(str(kind.nodes[1])) + 3 * _MARKS)
    return LONGEST_TEXT + 1
