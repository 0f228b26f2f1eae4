"""Bounds and types prepared for being asked many times.

``number`` is ``evaluate`` and ``check`` is ``contains``, with the walk through the bound
or the type done once: they give functions of the values.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from operator import itemgetter
from typing import Any

from .bounds import (
    LARGEST,
    UNDEFINED,
    Atom,
    Bound,
    Expression,
    Operation,
    evaluate,
    operate,
)
from .member import ground, inside, resolve
from .types import Int, List, Range, Rat, Str, Type

Values = Mapping[str, Any]
Number = Callable[[Values], Any]
Check = Callable[[Any, Values], bool]


# ── bounds ────────────────────────────────────────────────────────────────────


def number(bound: Bound) -> Number:
    """``evaluate(bound, values)`` as a function of the values."""
    if isinstance(bound, Atom):
        return _atom(bound)
    if isinstance(bound, Operation):
        if type(bound.right) is int and bound.operator in _WITH_CONSTANT:
            return _with_constant(bound, bound.right)
        return _operation(bound)
    return lambda values: bound


def _atom(atom: Atom) -> Number:
    name = atom.name
    if atom.kind in ("value", "level"):
        return itemgetter(name)
    if atom.kind in ("len", "rows"):
        return lambda values: len(values[name])
    return lambda values: evaluate(atom, values)


# Whole numbers are the usual case, and are reckoned with right here.
_OPERATIONS: Mapping[str, Callable[[int, int], int]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "min": min,
    "max": max,
}
_WITH_CONSTANT = ("+", "-", "*", "//", "%")


def _operation(bound: Operation) -> Number:
    sign = bound.operator
    left, right = number(bound.left), number(bound.right)
    whole = _OPERATIONS.get(sign)
    if whole is None:
        return lambda values: operate(sign, left(values), right(values))

    def run(values: Values) -> Any:
        one, other = left(values), right(values)
        if type(one) is int and type(other) is int:
            found = whole(one, other)
            return found if -LARGEST <= found <= LARGEST else None
        return operate(sign, one, other)

    def choose(values: Values) -> Any:
        one, other = left(values), right(values)
        if type(one) is int and type(other) is int:
            return whole(one, other)
        return operate(sign, one, other)

    return choose if sign in ("min", "max") else run


def _with_constant(bound: Operation, right: int) -> Number:
    """`len(items) - 1`, `n * n // 2`: no call for the number."""
    sign, left = bound.operator, number(bound.left)
    if right == 0 and sign in ("//", "%"):
        return lambda values: operate(sign, left(values), right)
    whole = {"//": operator.floordiv, "%": operator.mod, **_OPERATIONS}[sign]

    def run(values: Values) -> Any:
        one = left(values)
        if type(one) is int:
            found = whole(one, right)
            return found if -LARGEST <= found <= LARGEST else None
        return operate(sign, one, right)

    return run


def end(bound: Bound) -> Number:
    """``at(bound, values)`` as a function: what speaks of no items holds vacuously."""
    found = number(bound)
    if not _of_items(bound):
        return found

    def run(values: Values) -> Any:
        end = found(values)
        return None if end is UNDEFINED else end

    return run


def _of_items(bound: Bound) -> bool:
    """Whether a bound speaks of the items of a collection."""
    if isinstance(bound, Operation):
        return _of_items(bound.left) or _of_items(bound.right)
    return isinstance(bound, Atom) and bound.kind in ("lo", "hi")


# ── types ─────────────────────────────────────────────────────────────────────


def check(kind: Type) -> Check:
    """``contains(kind, value, values)`` as a function of the two."""
    if ground(kind):
        return _ground(kind)
    if isinstance(kind, (Int, Rat)):
        return _number(kind)
    if isinstance(kind, Str):
        return _str(kind)
    if isinstance(kind, List) and not kind.sorted and not kind.distinct:
        return _list(kind)
    return lambda value, values: inside(resolve(kind, values), value)


def _ground(kind: Type) -> Check:
    if isinstance(kind, Int) and not kind.nonzero:
        low, high = kind.low, kind.high

        def whole(value: Any, values: Values) -> bool:
            return (
                type(value) is int
                and (low is None or low <= value)  # type: ignore[operator]
                and (high is None or value <= high)  # type: ignore[operator]
            )

        return whole
    return lambda value, values: inside(kind, value)


def _within(ends: Range) -> Check:
    """Whether a number or a length lies between two bounds."""
    least, most = ends
    low, high = end(least), end(most)
    if isinstance(most, Expression):
        if isinstance(least, Expression):
            return _between(low, high)
        if least is not None:
            return lambda value, values: (
                least <= value and ((most := high(values)) is None or value <= most)
            )
        return lambda value, values: (most := high(values)) is None or value <= most

    def run(value: Any, values: Values) -> bool:
        if most is not None and value > most:
            return False
        least = low(values)
        return least is None or least <= value

    return run


def _between(low: Number, high: Number) -> Check:
    def run(value: Any, values: Values) -> bool:
        least = low(values)
        if least is not None and value < least:
            return False
        most = high(values)
        return most is None or value <= most

    return run


def _number(kind: Int | Rat) -> Check:
    wanted = int if type(kind) is Int else Fraction
    within, nonzero = _within((kind.low, kind.high)), kind.nonzero

    def run(value: Any, values: Values) -> bool:
        if type(value) is not wanted or (nonzero and value == 0):
            return False
        return within(value, values)

    return run


def _str(kind: Str) -> Check:
    within, letters = _within(kind.length), Str(alphabet=kind.alphabet)

    def run(value: Any, values: Values) -> bool:
        return inside(letters, value) and within(len(value), values)

    return run


def _list(kind: List) -> Check:
    within, item = _within(kind.length), kind.item
    if ground(item):
        items = List(item)

        def run(value: Any, values: Values) -> bool:
            return inside(items, value) and within(len(value), values)

        return run
    if type(item) is not Int:
        return lambda value, values: inside(resolve(kind, values), value)
    between, nonzero = _within((item.low, item.high)), item.nonzero
    whole = List(Int(nonzero=nonzero))

    def run_items(value: Any, values: Values) -> bool:
        if not inside(whole, value) or not within(len(value), values):
            return False
        return not value or (
            between(min(value), values) and between(max(value), values)
        )

    return run_items
