"""The least that the values of a type take to write: what can never be asked for."""

from __future__ import annotations

from racesc.runtime.bounds import Bound
from racesc.runtime.size import LONGEST_TEXT, MOST_ITEMS
from racesc.runtime.types import List, Matrix, Newtype, Set, Str, Tuple, Type

APART = 2  # characters from an item to the next


def never_fits(type_: Type) -> str:
    """Why no value of a ground type can be written, in words; "" where some can."""
    items = least_items(type_)
    if items > MOST_ITEMS:
        return f"has at least {items:,} items, and at most {MOST_ITEMS:,} can be read"
    size = least_size(type_)
    if size > LONGEST_TEXT:
        return f"takes at least {size:,} characters, and at most {LONGEST_TEXT:,} can be read"
    return ""


def least_items(type_: Type) -> int:
    """The fewest items that the largest collection in a value has."""
    if isinstance(type_, Newtype):
        return least_items(type_.body)
    if isinstance(type_, (List, Set)):
        count = _least(type_.length[0])
        return max(count, least_items(type_.item) if count else 0)
    if isinstance(type_, Matrix):
        return max(
            _least(type_.rows[0]), _least(type_.cols[0]), least_items(type_.item)
        )
    if isinstance(type_, Tuple):
        return max(map(least_items, type_.items), default=0)
    return 0


def least_size(type_: Type) -> int:
    """So many characters has every value of a ground type, or more."""
    if isinstance(type_, Newtype):
        return least_size(type_.body)
    if isinstance(type_, Str):
        return _least(type_.length[0]) + 2
    if isinstance(type_, (List, Set)):
        return _several(_least(type_.length[0]), least_size(type_.item))
    if isinstance(type_, Matrix):
        row = _several(_least(type_.cols[0]), least_size(type_.item))
        return _several(_least(type_.rows[0]), row)
    if isinstance(type_, Tuple):
        return sum(least_size(item) + APART for item in type_.items)
    return 1


def _several(count: int, size: int) -> int:
    """So many values of a size in brackets, with what separates them."""
    return max(2, count * (size + APART))


def _least(bound: Bound) -> int:
    return bound if isinstance(bound, int) else 0
