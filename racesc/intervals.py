"""Bounds on ranges of values: interval evaluation, and types under a context.

A *context* maps names to types, in the order in which the names were bound. A type in
it may have bounds over earlier names. `semantics.md` section 1, "Comparing bounds".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeAlias

from racesc.runtime.bounds import LARGEST, Atom, Bound, Expression, Number, Operation
from racesc.runtime.types import (
    Graph,
    Int,
    List,
    Matrix,
    Newtype,
    Rat,
    Set,
    Str,
    Tuple,
    Type,
)

Context: TypeAlias = Mapping[str, Type]


def underlying(type_: Type) -> Type:
    """The type that a newtype names, of newtypes the innermost; others as they are."""
    while isinstance(type_, Newtype):
        type_ = type_.body
    return type_


@dataclass(frozen=True, slots=True)
class Interval:
    """Closed; None is an infinite end. ``low > high`` never occurs for real values."""

    low: Number | None
    high: Number | None


EVERYTHING = Interval(None, None)


def _capped(low: Number | None, high: Number | None) -> Interval:
    if low is not None and not -LARGEST <= low <= LARGEST:
        low = None
    if high is not None and not -LARGEST <= high <= LARGEST:
        high = None
    return Interval(low, high)


def interval(bound: Bound, context: Context) -> Interval:
    """All the numbers that a bound can be, over every value of the context.

    ``None`` (no bound) gives everything. Sound: never narrower than the truth.
    """
    if bound is None:
        return EVERYTHING
    if not isinstance(bound, Expression):
        return Interval(bound, bound)
    if isinstance(bound, Atom):
        return _atom_interval(bound, context)
    assert isinstance(bound, Operation)
    left = interval(bound.left, context)
    right = interval(bound.right, context)
    return combine(bound.operator, left, right)


def _atom_interval(atom: Atom, context: Context) -> Interval:
    if atom.kind == "level":
        known = context.get("level")  # set where fewer levels are in question
        highest = known.high if isinstance(known, Int) else 10
        return Interval(1, highest if isinstance(highest, int) else 10)
    low, high = symbolic_range(atom, context)
    return Interval(interval(low, context).low, interval(high, context).high)


def symbolic_range(atom: Atom, context: Context) -> tuple[Bound, Bound]:
    """What the context says of a measure: its own lowest and highest bound."""
    if atom.name not in context:
        return (
            (0, None) if atom.kind in ("len", "rows", "cols", "nodes") else (None,) * 2
        )
    known = underlying(context[atom.name])
    if atom.kind == "value" and isinstance(known, (Int, Rat)):
        low, high = known.low, known.high
        if known.nonzero:
            low = 1 if low == 0 else low
            high = -1 if high == 0 else high
        return low, high
    if atom.kind == "len" and isinstance(known, (Str, List, Set)):
        return known.length
    if atom.kind == "rows" and isinstance(known, Matrix):
        return known.rows
    if atom.kind == "cols" and isinstance(known, Matrix):
        return known.cols
    if atom.kind == "nodes" and isinstance(known, Graph):
        return known.nodes
    if atom.kind in ("lo", "hi") and isinstance(known, (List, Set, Matrix)):
        item = underlying(known.item)
        if isinstance(item, (Int, Rat)):
            return item.low, item.high
    return (0, None) if atom.kind in ("len", "rows", "cols", "nodes") else (None, None)


def combine(operator: str, left: Interval, right: Interval) -> Interval:
    """Interval arithmetic for one operator of bounds."""
    if operator == "+":
        return _capped(_add(left.low, right.low), _add(left.high, right.high))
    if operator == "-":
        return _capped(
            _add(left.low, _neg(right.high)), _add(left.high, _neg(right.low))
        )
    if operator == "*":
        return _product(left, right)
    if operator == "min":
        return Interval(_least(left.low, right.low), _least_high(left.high, right.high))
    if operator == "max":
        negated = combine("min", combine("-", _ZERO, left), combine("-", _ZERO, right))
        return combine("-", _ZERO, negated)
    if operator == "//":
        return _quotient(left, right)
    if operator == "%":
        return _remainder(left, right)
    return _power(left, right)


_ZERO = Interval(0, 0)


def _add(a: Number | None, b: Number | None) -> Number | None:
    return None if a is None or b is None else a + b


def _neg(a: Number | None) -> Number | None:
    return None if a is None else -a


def _least(a: Number | None, b: Number | None) -> Number | None:
    """The lower of two low ends (None is minus infinity)."""
    return None if a is None or b is None else min(a, b)


def _least_high(a: Number | None, b: Number | None) -> Number | None:
    """The lower of two high ends (None is plus infinity)."""
    if a is None:
        return b
    return a if b is None else min(a, b)


def _product(left: Interval, right: Interval) -> Interval:
    if left == _ZERO or right == _ZERO:
        return _ZERO
    if None not in (left.low, left.high, right.low, right.high):
        ends = [
            a * b  # type: ignore[operator]
            for a in (left.low, left.high)
            for b in (right.low, right.high)
        ]
        return _capped(min(ends), max(ends))
    if _nonnegative(left) and _nonnegative(right):
        assert left.low is not None and right.low is not None
        return _capped(left.low * right.low, _times_high(left.high, right.high))
    if _nonnegative(left) and right.high is not None and right.high <= 0:
        return combine("-", _ZERO, _product(left, combine("-", _ZERO, right)))
    if _nonnegative(right) and left.high is not None and left.high <= 0:
        return combine("-", _ZERO, _product(combine("-", _ZERO, left), right))
    return EVERYTHING


def _times_high(a: Number | None, b: Number | None) -> Number | None:
    if a == 0 or b == 0:
        return 0
    return None if a is None or b is None else a * b


def _nonnegative(x: Interval) -> bool:
    return x.low is not None and x.low >= 0


def may_be_zero(x: Interval) -> bool:
    """Whether 0 lies in the interval."""
    return not (
        (x.low is not None and x.low > 0) or (x.high is not None and x.high < 0)
    )


def _quotient(left: Interval, right: Interval) -> Interval:
    if may_be_zero(right):
        return EVERYTHING
    if right.high is not None and right.high < 0:
        return _quotient(combine("-", _ZERO, left), combine("-", _ZERO, right))
    assert right.low is not None
    # The divisor is positive: a // b is monotone in a, and moves towards 0 as b grows.
    if left.low is None:
        low = None
    elif left.low < 0:
        low = left.low // right.low
    else:
        low = 0 if right.high is None else left.low // right.high
    if left.high is None:
        high = None
    elif left.high < 0:
        high = -1 if right.high is None else left.high // right.high
    else:
        high = left.high // right.low
    return _capped(low, high)


def _remainder(left: Interval, right: Interval) -> Interval:
    if may_be_zero(right):
        return EVERYTHING
    if right.high is not None and right.high < 0:
        return Interval(None if right.low is None else right.low + 1, 0)
    assert right.low is not None
    if _nonnegative(left) and left.high is not None and left.high < right.low:
        return left
    high = None if right.high is None else right.high - 1
    if isinstance(right.high, Fraction) or isinstance(right.low, Fraction):
        high = right.high
    if _nonnegative(left):
        high = _least_high(high, left.high)
    return Interval(0, high)


def _power(left: Interval, right: Interval) -> Interval:
    if right.low is None or right.low < 0:
        return EVERYTHING
    exponent_low = int(right.low)
    exponent_high = None if right.high is None else int(right.high)
    if left.low is not None and left.low >= 1:
        return _capped(_raise(left.low, exponent_low), _raise(left.high, exponent_high))
    if left.low is None or left.high is None:
        if left.low is not None and left.low >= 0:
            return Interval(0, None)
        return EVERYTHING
    largest = max(left.low, -left.low, left.high, -left.high)
    high = _raise(max(largest, 1), exponent_high)
    if left.low >= 0:
        return _capped(0, high)
    return _capped(_neg(high), high)


def _raise(base: Number | None, exponent: int | None) -> Number | None:
    if base is None or exponent is None:
        return 1 if base == 1 else None
    if base > 1 and exponent > 100:
        return None
    return base**exponent


# ── types under a context ─────────────────────────────────────────────────────


def atoms(bound: Bound) -> Iterator[Atom]:
    """The atoms of a bound, left to right."""
    if isinstance(bound, Atom):
        yield bound
    elif isinstance(bound, Operation):
        yield from atoms(bound.left)
        yield from atoms(bound.right)


def _kept(bound: Bound, keep: frozenset[str]) -> bool:
    """Whether a bound may stay symbolic: it speaks of names to keep, and only those."""
    found = list(atoms(bound))
    return bool(found) and all(atom.name in keep for atom in found)


def _low(bound: Bound, context: Context, keep: frozenset[str] = frozenset()) -> Bound:
    if bound is None or _kept(bound, keep):
        return bound
    return interval(bound, context).low


def _high(bound: Bound, context: Context, keep: frozenset[str] = frozenset()) -> Bound:
    if bound is None or _kept(bound, keep):
        return bound
    return interval(bound, context).high


def ground(type_: Type, context: Context, keep: frozenset[str] = frozenset()) -> Type:
    """The smallest type known to hold every value of ``type_``, its bounds evaluated
    on intervals, except those that speak only of the names to ``keep``.

    The items of a collection keep a range over `lo(p)` or `hi(p)` of a possibly empty
    `p` only where the collection is empty with it: such a range says nothing otherwise.
    """

    def ends(pair: tuple[Bound, Bound], least: int) -> tuple[Bound, Bound]:
        low = _low(pair[0], context, keep)
        if low is None or (isinstance(low, (int, Fraction)) and low < least):
            low = least
        return low, _high(pair[1], context, keep)

    def inner(item: Type, longest: Bound) -> Type:
        return ground(_checked_item(item, longest, context), context, keep)

    if isinstance(type_, (Int, Rat)):
        low, high = _low(type_.low, context, keep), _high(type_.high, context, keep)
        return tidy(type(type_)(low, high, type_.nonzero))
    if isinstance(type_, Str):
        return replace(type_, length=ends(type_.length, 0))
    if isinstance(type_, List):
        length = ends(type_.length, 0)
        item = inner(type_.item, type_.length[1])
        return List(item, length, type_.distinct, type_.sorted)
    if isinstance(type_, Set):
        return Set(inner(type_.item, type_.length[1]), ends(type_.length, 0))
    if isinstance(type_, Matrix):
        return Matrix(inner(type_.item, None), ends(type_.rows, 1), ends(type_.cols, 1))
    if isinstance(type_, Graph):
        weight = None if type_.weight is None else ground(type_.weight, context, keep)
        return Graph(ends(type_.nodes, 0), type_.directed, weight)
    if isinstance(type_, Tuple):
        return Tuple(tuple(ground(item, context, keep) for item in type_.items))
    if isinstance(type_, Newtype):
        return replace(
            type_,
            arguments=tuple(ground(item, context, keep) for item in type_.arguments),
        )
    return type_


def tidy(type_: Int | Rat) -> Int | Rat:
    """A range in normal form: `nonzero` moves the ends off 0, or is dropped."""
    low, high, nonzero = type_.low, type_.high, type_.nonzero
    if nonzero and isinstance(type_, Int):
        low = 1 if low == 0 else low
        high = -1 if high == 0 else high
    if nonzero and not isinstance(low, Expression) and not isinstance(high, Expression):
        nonzero = may_be_zero(Interval(low, high))
    return type(type_)(low, high, nonzero)


def possibly_empty(name: str, context: Context) -> bool:
    """Whether the collection of that name may hold nothing."""
    known = underlying(context[name]) if name in context else None
    if isinstance(known, Matrix):
        return False
    if isinstance(known, (List, Set)):
        low = interval(known.length[0], context).low
        return low is None or low <= 0
    return True


def _checked_item(item: Type, longest: Bound, context: Context) -> Type:
    """``item`` without those ends that may be undefined while there are items."""
    if not isinstance(item, (Int, Rat)):
        return item

    def end(bound: Bound) -> Bound:
        for atom in atoms(bound):
            if atom.kind not in ("lo", "hi") or not possibly_empty(atom.name, context):
                continue
            known = context.get(atom.name)
            if longest is None or not isinstance(known, (List, Set)):
                return None
            emptied = {**context, atom.name: replace(known, length=(0, 0))}
            if _high(longest, emptied) != 0:
                return None
        return bound

    return replace(item, low=end(item.low), high=end(item.high))


def rename(bound: Bound, names: Mapping[str, str | Bound]) -> Bound:
    """A bound with its atoms' names replaced; a replacement that is itself a bound
    stands for the value of an Int."""
    if isinstance(bound, Atom):
        other = names.get(bound.name, bound.name)
        if isinstance(other, str):
            return Atom(bound.kind, other)
        return other if bound.kind == "value" else bound
    if isinstance(bound, Operation):
        return Operation(
            bound.operator, rename(bound.left, names), rename(bound.right, names)
        )
    return bound


def rename_type(type_: Type, names: Mapping[str, str | Bound]) -> Type:
    """A type with the names in its bounds replaced."""

    def pair(ends: tuple[Bound, Bound]) -> tuple[Bound, Bound]:
        return rename(ends[0], names), rename(ends[1], names)

    if isinstance(type_, (Int, Rat)):
        return replace(
            type_, low=rename(type_.low, names), high=rename(type_.high, names)
        )
    if isinstance(type_, Str):
        return replace(type_, length=pair(type_.length))
    if isinstance(type_, (List, Set)):
        return replace(
            type_, item=rename_type(type_.item, names), length=pair(type_.length)
        )
    if isinstance(type_, Matrix):
        return Matrix(
            rename_type(type_.item, names), pair(type_.rows), pair(type_.cols)
        )
    if isinstance(type_, Graph):
        weight = None if type_.weight is None else rename_type(type_.weight, names)
        return replace(type_, nodes=pair(type_.nodes), weight=weight)
    if isinstance(type_, Tuple):
        return Tuple(tuple(rename_type(item, names) for item in type_.items))
    return type_
