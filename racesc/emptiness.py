"""Types without any value, and types with few."""

from __future__ import annotations

from racesc.intervals import Context, interval
from racesc.runtime.types import (
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
    Type,
)


def uninhabited(type_: Type, context: Context) -> str:
    """Why a type has no value whatever the context holds, or an empty string."""
    ends: tuple[tuple[str, Range], ...] = ()
    if isinstance(type_, (Int, Rat)):
        ends = (("range", (type_.low, type_.high)),)
    elif isinstance(type_, (Str, List, Set)):
        ends = (("length", type_.length),)
    elif isinstance(type_, Matrix):
        ends = (("number of rows", type_.rows), ("number of columns", type_.cols))
    elif isinstance(type_, Graph):
        ends = (("number of nodes", type_.nodes),)
    for what, (low, high) in ends:
        if low is None or high is None:
            continue
        lowest = interval(low, context).low
        highest = interval(high, context).high
        if what != "range" and highest is not None and highest < 0:
            return f"this {what} is negative"
        if lowest is not None and highest is not None and lowest > highest:
            return "this range is empty" if what == "range" else f"the {what} is empty"
    if isinstance(type_, (Int, Rat)) and type_.nonzero:
        if type_.low == 0 and type_.high == 0:
            return "only 0 is in this range"
    least = 0
    if isinstance(type_, (Str, List, Set)):
        found = interval(type_.length[0], context).low
        least = int(found) if found is not None else 0
    if isinstance(type_, Str) and type_.alphabet == "" and least > 0:
        return "no character may be used"
    if isinstance(type_, Set) or (isinstance(type_, List) and type_.distinct):
        count = cardinality(type_.item, context)
        if count is not None and least > count:
            return f"there are only {count} different items"
    if isinstance(type_, Labels) and not type_.labels:
        return "there is no label"
    return ""


def cardinality(type_: Type, context: Context) -> int | None:
    """How many values a small type has at most; None for many or not known."""
    if isinstance(type_, Bool):
        return 2
    if isinstance(type_, Labels):
        return len(type_.labels)
    if isinstance(type_, Newtype):
        return cardinality(type_.body, context)
    if isinstance(type_, Int) and type_.low is not None and type_.high is not None:
        low, high = interval(type_.low, context).low, interval(type_.high, context).high
        if low is None or high is None or low > high:
            return None
        return int(high - low) + 1 - (1 if type_.nonzero and low <= 0 <= high else 0)
    return None
