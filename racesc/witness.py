"""Values that show something of a type: a small one, and one that breaks a refinement."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from racesc.runtime.bounds import Bound
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
    Tuple,
    Type,
)
from racesc.subsume import within


def small_value(type_: Type) -> Any:
    """A small value of a ground type, or None where it has none."""
    if isinstance(type_, (Int, Rat)):
        number = _near_zero(type_.low, type_.high)
        if number == 0 and type_.nonzero:
            for other in (1, -1):
                if _in_range(other, type_.low, type_.high):
                    number = other
        if number is None:
            return None
        return Fraction(number) if isinstance(type_, Rat) else int(number)
    if isinstance(type_, Bool):
        return False
    if isinstance(type_, Str):
        letter = (type_.alphabet or "a")[:1]
        return letter * _least_length(type_.length)
    if isinstance(type_, List):
        return several(type_.item, _least_length(type_.length), type_.distinct)
    if isinstance(type_, Set):
        items = several(type_.item, _least_length(type_.length), True)
        return None if items is None else frozenset(items)
    if isinstance(type_, Matrix):
        item = small_value(type_.item)
        width, height = _least_length(type_.cols), _least_length(type_.rows)
        return None if item is None else [[item] * width for _ in range(height)]
    if isinstance(type_, Graph):
        return (_least_length(type_.nodes), [])
    if isinstance(type_, Tuple):
        parts = tuple(small_value(item) for item in type_.items)
        return None if any(part is None for part in parts) else parts
    if isinstance(type_, Labels):
        return type_.labels[0]
    if isinstance(type_, Newtype):
        return small_value(type_.body)
    return 0


def several(item: Type, count: int, distinct: bool) -> list[Any] | None:
    """``count`` values of a type, ascending where they can differ."""
    first = small_value(item)
    if count == 0:
        return []
    if first is None:
        return None
    if not distinct:
        return [first] * count
    if isinstance(item, (Int, Rat)) and isinstance(first, (int, Fraction)):
        low = item.low if isinstance(item.low, (int, Fraction)) else first
        found: list[Any] = []
        number = max(low, first - count)
        while len(found) < count and _in_range(number, item.low, item.high):
            if not (item.nonzero and number == 0):
                found.append(number)
            number += 1
        return found if len(found) == count else None
    if isinstance(item, Str):
        letters = item.alphabet or "abcdefghijklmnopqrstuvwxyz"
        texts = [x * max(1, _least_length(item.length)) for x in letters[:count]]
        return texts if len(texts) == count else None
    if isinstance(item, Bool):
        return [False, True][:count] if count <= 2 else None
    if isinstance(item, Labels):
        return list(item.labels[:count]) if count <= len(item.labels) else None
    return [first] if count == 1 else None


def _in_range(number: Any, low: Bound, high: Bound) -> bool:
    return not (
        (isinstance(low, (int, Fraction)) and number < low)
        or (isinstance(high, (int, Fraction)) and number > high)
    )


def _near_zero(low: Bound, high: Bound) -> Any:
    if isinstance(low, (int, Fraction)) and low > 0:
        number: Any = low
    elif isinstance(high, (int, Fraction)) and high < 0:
        number = high
    else:
        number = 0
    return number if _in_range(number, low, high) else None


def _least_length(length: Range) -> int:
    return length[0] if isinstance(length[0], int) else 0


def counterexample(inner: Type, outer: Type) -> tuple[Any] | None:
    """A value of the ground type ``inner`` that is outside the ground type ``outer``,
    in a 1-tuple; None where none was found."""
    found = _outside(inner, outer)
    return None if found is None else (found[0],)


def _outside(inner: Type, outer: Type) -> tuple[Any] | None:
    if within(inner, outer, {}) or type(inner) is not type(outer):
        return None
    if isinstance(inner, (Int, Rat)) and isinstance(outer, (Int, Rat)):
        return _number_outside(inner, outer)
    if isinstance(inner, Str) and isinstance(outer, Str):
        return _text_outside(inner, outer)
    if isinstance(inner, (List, Set)) and isinstance(outer, (List, Set)):
        return _collection_outside(inner, outer)
    if isinstance(inner, Matrix) and isinstance(outer, Matrix):
        return _matrix_outside(inner, outer)
    if isinstance(inner, Graph) and isinstance(outer, Graph):
        for count in _lengths_outside(inner.nodes, outer.nodes):
            return ((count, []),)
        return None
    if isinstance(inner, Tuple) and isinstance(outer, Tuple):
        values = [small_value(item) for item in inner.items]
        for place, (a, b) in enumerate(zip(inner.items, outer.items, strict=False)):
            bad = _outside(a, b)
            if bad is not None:
                values[place] = bad[0]
                return (tuple(values),)
        return None
    if isinstance(inner, Labels) and isinstance(outer, Labels):
        others = [label for label in inner.labels if label not in outer.labels]
        return (others[0],)
    return None


def _number_outside(inner: Int | Rat, outer: Int | Rat) -> tuple[Any] | None:
    candidates: list[Any] = []
    if outer.nonzero:
        candidates.append(0)
    for end, step in ((outer.low, -1), (outer.high, 1)):
        if isinstance(end, (int, Fraction)):
            candidates.append(end + step)
    candidates += [0]
    candidates += [x for x in (inner.low, inner.high) if isinstance(x, (int, Fraction))]
    for number in candidates:
        inside = _in_range(number, inner.low, inner.high) and not (
            inner.nonzero and number == 0
        )
        accepted = _in_range(number, outer.low, outer.high) and not (
            outer.nonzero and number == 0
        )
        if inside and not accepted:
            return (Fraction(number) if isinstance(inner, Rat) else int(number),)
    return None


def _lengths_outside(inner: Range, outer: Range) -> list[int]:
    low = _least_length(inner)
    found = []
    if isinstance(outer[0], int) and low < outer[0]:
        found.append(low)
    if isinstance(outer[1], int):
        longer = max(low, outer[1] + 1)
        if not isinstance(inner[1], int) or longer <= inner[1]:
            found.append(longer)
    return found


def _text_outside(inner: Str, outer: Str) -> tuple[Any] | None:
    letters = inner.alphabet if inner.alphabet is not None else "aZ 0é"
    for length in _lengths_outside(inner.length, outer.length):
        return ((letters[:1] or "a") * length,)
    if outer.alphabet is not None:
        for letter in letters:
            if letter not in outer.alphabet:
                return (letter * max(1, _least_length(inner.length)),)
    return None


def _collection_outside(inner: List | Set, outer: List | Set) -> tuple[Any] | None:
    def made(items: list[Any]) -> Any:
        return items if isinstance(inner, List) else frozenset(items)

    unique = isinstance(inner, Set) or inner.distinct
    for length in _lengths_outside(inner.length, outer.length):
        items = several(inner.item, length, unique)
        if items is not None:
            return (made(items),)
    least = max(1, _least_length(inner.length))
    bad = _outside(inner.item, outer.item)
    if bad is not None:
        rest = several(inner.item, least - 1, unique) or []
        items = [x for x in rest if x != bad[0]] + [bad[0]]
        if isinstance(inner, List) and inner.sorted:
            items = _sorted_or_same(items)
        if len(items) == least or not unique:
            return (made(items),)
    if isinstance(inner, List) and isinstance(outer, List):
        two = several(inner.item, max(2, least), True)
        if outer.sorted and not inner.sorted and two is not None:
            return (two[::-1],)
        if outer.distinct and not inner.distinct:
            repeated = several(inner.item, max(2, least), False)
            return None if repeated is None else (repeated,)
    return None


def _sorted_or_same(items: list[Any]) -> list[Any]:
    try:
        return sorted(items)
    except TypeError:
        return items


def _matrix_outside(inner: Matrix, outer: Matrix) -> tuple[Any] | None:
    item = small_value(inner.item)
    height, width = _least_length(inner.rows), _least_length(inner.cols)
    for count in _lengths_outside(inner.rows, outer.rows):
        return ([[item] * width for _ in range(count)],)
    for count in _lengths_outside(inner.cols, outer.cols):
        return ([[item] * count for _ in range(height)],)
    bad = _outside(inner.item, outer.item)
    if bad is None:
        return None
    grid = [[item] * width for _ in range(height)]
    grid[0][0] = bad[0]
    return (grid,)


__all__ = ["counterexample", "several", "small_value"]
