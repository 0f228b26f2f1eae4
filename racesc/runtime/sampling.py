"""Drawing a value of a type at a level of difficulty, 1..10.

A level narrows ranges around the value nearest 0 and shortens collections; level 10 is
the whole type, and at level 0 every number and every length is the least there is. One draw in sixteen is made of the ends of its ranges, because that is
where promises break.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import ceil, floor
from typing import Any

from .base import ContractError, Level, Outgrown
from .bounds import Bound
from .choice import Rng
from .instances import instances
from .limits import (
    DENOMINATORS,
    FEWEST,
    LETTERS,
    Limits,
    drawn_from,
    finite,
    limits,
    whole_above,
)
from .member import freeze, resolve
from .size import LONGEST_TEXT, size
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

_COLLECTIONS = (List, Set, Matrix, Graph, Tuple, Newtype)
EDGE_SHARE = 16  # one draw in so many is an edge


def draw(
    kind: Type,
    rng: Rng,
    level: int,
    values: Mapping[str, Any],
    parameter: str = "",
    lines: tuple[Level, ...] = (),
) -> Any:
    """A value of a declared type at a level, its bounds taken at earlier ``values``.

    ``parameter`` and ``lines`` say which `level` lines apply.
    """
    return draw_ground(resolve(kind, values), rng, level, values, parameter, lines)


def draw_ground(
    kind: Type,
    rng: Rng,
    level: int,
    values: Mapping[str, Any],
    parameter: str = "",
    lines: tuple[Level, ...] = (),
) -> Any:
    """The same for a type whose bounds are numbers."""
    narrow = Limits(level)
    if lines:
        own = drawn_from(level, parameter, lines)
        if own is None:
            narrow = limits(level, parameter, lines, values)
        else:
            kind, narrow = own, Limits(10 if level else 0)
    return draw_within(kind, rng, narrow)


def draw_within(kind: Type, rng: Rng, narrow: Limits) -> Any:
    """The same within limits."""
    edge = rng.randrange(EDGE_SHARE) == 0 and narrow.level > 0
    return _DRAW[type(kind)](kind, rng, narrow, edge)


def _draw(kind: Type, rng: Rng, narrow: Limits, edge: bool) -> Any:
    return _DRAW[type(kind)](kind, rng, narrow, edge)


def _end(low: int, high: int, rng: Rng) -> int:
    return low if rng.randrange(2) == 0 else high


def _number(low: int, high: int, nonzero: bool, rng: Rng, edge: bool) -> int:
    """A number of low..high, or one of its ends."""
    if not nonzero or low > 0 or high < 0:
        return _end(low, high, rng) if edge else rng.randint(low, high)
    if low == high:
        raise ContractError("there is no number but 0 to draw")
    if edge:
        # Zero may be an end itself; then its neighbour is.
        return _end(low or 1, high or -1, rng)
    number = rng.randint(low, high - 1)
    return number if number < 0 else number + 1


def _length(ends: Range, rng: Rng, narrow: Limits, edge: bool) -> int:
    first, last = finite(ends, narrow.length, "length")
    low, high = narrow.size(max(0, first), max(0, last))
    return _end(low, high, rng) if edge else rng.randint(low, high)


def _int(kind: Int, rng: Rng, narrow: Limits, edge: bool) -> int:
    low, high = finite((kind.low, kind.high), narrow.magnitude, "number")
    low, high = narrow.numbers(low, high)
    if kind.nonzero and low == high == 0:
        # A `level` line may leave nothing but 0 of a wider range.
        low, high = finite((kind.low, kind.high), 1, "number")
        low, high = max(low, -1), min(high, 1)
    if not narrow.level:
        return _nearest(low, high, kind.nonzero)
    return _number(low, high, kind.nonzero, rng, edge)


def _nearest(low: int, high: int, nonzero: bool) -> int:
    """The number of low..high that is nearest to 0."""
    if nonzero and low <= 0 <= high:
        return 1 if high else -1
    return min(max(low, 0), high)


def _rat(kind: Rat, rng: Rng, narrow: Limits, edge: bool) -> Fraction:
    low, high = kind.low, kind.high
    if low is None or high is None:
        whole = finite((low, high), narrow.magnitude, "number")
        low, high = (low, whole[1]) if high is None else (whole[0], high)
    assert isinstance(low, (int, Fraction)) and isinstance(high, (int, Fraction))
    first, last = narrow.numbers(floor(low), max(floor(low), ceil(high)))
    low, high = max(low, first), min(high, last)
    # Between close ends not every denominator has a number.
    start = rng.randrange(DENOMINATORS) if narrow.level else 0
    for turn in range(DENOMINATORS):
        over = (start + turn) % DENOMINATORS + 1
        least, most = ceil(low * over), floor(high * over)
        if least < most or (least == most and not (kind.nonzero and least == 0)):
            if not narrow.level:
                return Fraction(_nearest(least, most, kind.nonzero), over)
            return Fraction(_number(least, most, kind.nonzero, rng, edge), over)
    if low > high or (low == 0 and kind.nonzero):
        raise ContractError(f"there is no fraction between {low} and {high} to draw")
    return Fraction(low)


def _bool(kind: Bool, rng: Rng, narrow: Limits, edge: bool) -> bool:
    return rng.randrange(2) == 1


def _str(kind: Str, rng: Rng, narrow: Limits, edge: bool) -> str:
    letters = LETTERS if kind.alphabet is None else kind.alphabet
    count = _length(kind.length, rng, narrow, edge)
    if count and not letters:
        raise ContractError("there is no character to draw a text from")
    if edge and count:
        letters = letters[0] + letters[-1]
    return "".join([rng.choice(letters) for _ in range(count)])


def _list(kind: List, rng: Rng, narrow: Limits, edge: bool) -> list[Any]:
    count = _length(kind.length, rng, narrow, edge)
    if kind.distinct:
        items = _distinct(kind.item, count, kind.length[0], rng, narrow, edge)
    else:
        items = _several(kind.item, count, rng, narrow, edge)
    if kind.sorted:
        items.sort()
    return items


def _several(item: Type, count: int, rng: Rng, narrow: Limits, edge: bool) -> list[Any]:
    """So many values of one type."""
    inner = narrow.items()
    if type(item) is Int and count and not item.nonzero and not edge and inner.level:
        # The usual case, with its range found once.
        low, high = finite((item.low, item.high), inner.magnitude, "number")
        low, high = inner.numbers(low, high)
        return [rng.randint(low, high) for _ in range(count)]
    one = _DRAW[type(item)]
    if type(item) not in _COLLECTIONS:
        return [one(item, rng, inner, edge) for _ in range(count)]
    # Lists of lists of lists: their lengths multiply.
    items: list[Any] = []
    room = LONGEST_TEXT
    for _ in range(count):
        items.append(one(item, rng, inner, edge))
        room -= size(items[-1])
        if room < 0:
            raise Outgrown(f"a value of more than {LONGEST_TEXT:,} characters")
    return items


def _distinct(
    item: Type, count: int, least: Bound, rng: Rng, narrow: Limits, edge: bool
) -> list[Any]:
    """So many different values of one type, fewer only where there are not as many."""
    if not count:
        return []  # whose items may be without bounds
    inner = narrow.items()
    if type(item) is Int:
        low, high = finite((item.low, item.high), inner.magnitude, "number")
        low, high = inner.numbers(low, high, max(FEWEST, count + 1))
        hole = item.nonzero and low <= 0 <= high
        if high - low < count:
            count = max(0, high - low + (not hole))
        numbers = rng.sample(range(low, high + (not hole)), count)
        return [number + (hole and number >= 0) for number in numbers]
    found: dict[Any, Any] = {}
    known = instances(item, inner, count)
    for attempt in range(100 + 100 * count):
        if len(found) >= min(count, known):
            break
        wide = inner if attempt < 50 + 50 * count else Limits(10)
        value = _draw(item, rng, wide, False)
        found.setdefault(freeze(value), value)
    if len(found) < whole_above(least or 0):
        raise ContractError("there are too few different items to draw")
    return list(found.values())


def _set(kind: Set, rng: Rng, narrow: Limits, edge: bool) -> frozenset[Any]:
    count = _length(kind.length, rng, narrow, edge)
    return frozenset(_distinct(kind.item, count, kind.length[0], rng, narrow, edge))


def _matrix(kind: Matrix, rng: Rng, narrow: Limits, edge: bool) -> list[list[Any]]:
    rows = max(1, _length(kind.rows, rng, narrow, edge))
    cols = max(1, _length(kind.cols, rng, narrow, edge))
    items = _several(kind.item, rows * cols, rng, narrow, edge)
    return [items[row * cols : (row + 1) * cols] for row in range(rows)]


def _graph(kind: Graph, rng: Rng, narrow: Limits, edge: bool) -> tuple[int, list[Any]]:
    count = _length(kind.nodes, rng, narrow, edge)
    pairs = [
        (u, v)
        for u in range(1, count + 1)
        for v in range(1 if kind.directed else u + 1, count + 1)
        if u != v
    ]
    most = len(pairs) if edge else min(len(pairs), 2 * count)
    size = _end(0, most, rng) if edge else rng.randint(min(most, count // 2), most)
    edges: list[Any] = sorted(rng.sample(pairs, size))
    if kind.weight is not None:
        weights = _several(kind.weight, size, rng, narrow, edge)
        edges = [(u, v, w) for (u, v), w in zip(edges, weights, strict=True)]
    return count, edges


def _tuple(kind: Tuple, rng: Rng, narrow: Limits, edge: bool) -> tuple[Any, ...]:
    return tuple([_draw(item, rng, narrow, edge) for item in kind.items])


def _labels(kind: Labels, rng: Rng, narrow: Limits, edge: bool) -> str:
    return rng.choice(kind.labels)


def _newtype(kind: Newtype, rng: Rng, narrow: Limits, edge: bool) -> Any:
    return _draw(kind.body, rng, narrow, edge)


_DRAW: dict[type, Callable[[Any, Rng, Limits, bool], Any]] = {
    Int: _int,
    Rat: _rat,
    Bool: _bool,
    Str: _str,
    List: _list,
    Set: _set,
    Matrix: _matrix,
    Graph: _graph,
    Tuple: _tuple,
    Labels: _labels,
    Newtype: _newtype,
}
