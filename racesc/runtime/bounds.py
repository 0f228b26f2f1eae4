"""Bounds of types: numbers, or expressions over the values of earlier parameters.

A bound is None (no bound), a number, or an ``Expression``. Emitted packages write
expressions with Python's own operators: ``size("items") // 2 + 1``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Union

Number = Union[int, Fraction]

# Results beyond this magnitude count as unbounded, so that `10^10^10` costs nothing.
LARGEST = 10**30


class _Undefined:
    """`lo` and `hi` of an empty collection; holds vacuously as an end of a range."""

    def __repr__(self) -> str:
        return "UNDEFINED"


UNDEFINED = _Undefined()


@dataclass(frozen=True)
class Expression:
    """Base class; its operators build ``Operation`` nodes."""

    def __add__(self, other: Bound) -> Operation:
        return Operation("+", self, other)

    def __radd__(self, other: Bound) -> Operation:
        return Operation("+", other, self)

    def __sub__(self, other: Bound) -> Operation:
        return Operation("-", self, other)

    def __rsub__(self, other: Bound) -> Operation:
        return Operation("-", other, self)

    def __mul__(self, other: Bound) -> Operation:
        return Operation("*", self, other)

    def __rmul__(self, other: Bound) -> Operation:
        return Operation("*", other, self)

    def __floordiv__(self, other: Bound) -> Operation:
        return Operation("//", self, other)

    def __rfloordiv__(self, other: Bound) -> Operation:
        return Operation("//", other, self)

    def __mod__(self, other: Bound) -> Operation:
        return Operation("%", self, other)

    def __rmod__(self, other: Bound) -> Operation:
        return Operation("%", other, self)

    def __pow__(self, other: Bound) -> Operation:
        return Operation("^", self, other)

    def __rpow__(self, other: Bound) -> Operation:
        return Operation("^", other, self)


@dataclass(frozen=True)
class Atom(Expression):
    """One measure of one earlier value; ``kind`` is one of value len lo hi rows cols
    nodes, or level with the name "level"."""

    kind: str
    name: str


@dataclass(frozen=True)
class Operation(Expression):
    """``operator`` is one of + - * // % ^ min max."""

    operator: str
    left: Bound
    right: Bound


Bound = Union[int, Fraction, Expression, None]


def value(name: str) -> Atom:
    """The value of an Int parameter."""
    return Atom("value", name)


def size(name: str) -> Atom:
    """`len(p)` of a Str, List or Set."""
    return Atom("len", name)


def lo(name: str) -> Atom:
    """`lo(p)`: the smallest item."""
    return Atom("lo", name)


def hi(name: str) -> Atom:
    """`hi(p)`: the largest item."""
    return Atom("hi", name)


def rows(name: str) -> Atom:
    """`rows(p)` of a Matrix."""
    return Atom("rows", name)


def cols(name: str) -> Atom:
    """`cols(p)` of a Matrix."""
    return Atom("cols", name)


def nodes(name: str) -> Atom:
    """`nodes(p)` of a graph."""
    return Atom("nodes", name)


def least(left: Bound, right: Bound) -> Operation:
    """`min(a, b)`."""
    return Operation("min", left, right)


def greatest(left: Bound, right: Bound) -> Operation:
    """`max(a, b)`."""
    return Operation("max", left, right)


LEVEL = Atom("level", "level")


def measure(kind: str, argument: Any) -> Number | _Undefined:
    """An atom's number, from the value it speaks of."""
    if kind in ("value", "level"):
        return argument  # type: ignore[no-any-return]
    if kind == "len":
        return len(argument)
    if kind == "rows":
        return len(argument)
    if kind == "cols":
        return len(argument[0])
    if kind == "nodes":
        return argument[0]  # type: ignore[no-any-return]
    items = argument
    if argument and isinstance(argument, list) and isinstance(argument[0], list):
        items = [item for row in argument for item in row]
    if not items:
        return UNDEFINED
    return min(items) if kind == "lo" else max(items)  # type: ignore[no-any-return]


def evaluate(
    bound: Bound | _Undefined, values: Mapping[str, Any]
) -> Number | None | _Undefined:
    """A bound's number at the actual values.

    None means unbounded (also beyond 10^30), UNDEFINED that it speaks of an empty
    collection's items. Total: where a divisor is 0 or an exponent negative, which the
    checker refuses beforehand, the result is None.
    """
    if not isinstance(bound, Expression):
        return bound
    if isinstance(bound, Atom):
        return measure(bound.kind, values[bound.name])
    assert isinstance(bound, Operation)
    return operate(
        bound.operator, evaluate(bound.left, values), evaluate(bound.right, values)
    )


def operate(
    operator: str, left: Number | None | _Undefined, right: Number | None | _Undefined
) -> Number | None | _Undefined:
    """One operation on numbers; 0 times undefined is 0."""
    if operator == "*" and (
        (isinstance(left, (int, Fraction)) and left == 0)
        or (isinstance(right, (int, Fraction)) and right == 0)
    ):
        return 0
    if isinstance(left, _Undefined) or isinstance(right, _Undefined):
        return UNDEFINED
    if left is None or right is None:
        return None
    result: Number
    if operator == "+":
        result = left + right
    elif operator == "-":
        result = left - right
    elif operator == "*":
        result = left * right
    elif operator == "min":
        return min(left, right)
    elif operator == "max":
        return max(left, right)
    elif operator == "^":
        if right < 0 or right.denominator != 1:
            return None
        if not -1 <= left <= 1 and right > 100:
            return None
        result = left ** int(right)
    elif right == 0:
        return None
    elif operator == "//":
        result = left // right
    else:
        result = left % right
    return result if -LARGEST <= result <= LARGEST else None
