"""Bounds and types prepared for being asked many times.

``number`` is ``evaluate`` and ``check`` is ``contains``, with the walk through the bound
or the type done once: they give functions of the values.
"""

from __future__ import annotations

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
        return _operation(bound)
    return lambda values: bound


def _atom(atom: Atom) -> Number:
    name = atom.name
    if atom.kind in ("value", "level"):
        return itemgetter(name)
    if atom.kind in ("len", "rows"):
        return lambda values: len(values[name])
    return lambda values: evaluate(atom, values)


def _operation(bound: Operation) -> Number:
    """Whole numbers, which are the usual case, are reckoned with right here."""
    sign = bound.operator
    left, right = number(bound.left), number(bound.right)

    def add(values: Values) -> Any:
        one, other = left(values), right(values)
        if type(one) is int and type(other) is int:
            sum = one + other
            return sum if -LARGEST <= sum <= LARGEST else None
        return operate(sign, one, other)

    def subtract(values: Values) -> Any:
        one, other = left(values), right(values)
        if type(one) is int and type(other) is int:
            difference = one - other
            return difference if -LARGEST <= difference <= LARGEST else None
        return operate(sign, one, other)

    def multiply(values: Values) -> Any:
        one, other = left(values), right(values)
        if type(one) is int and type(other) is int:
            product = one * other
            return product if -LARGEST <= product <= LARGEST else None
        return operate(sign, one, other)

    def quotient(values: Values) -> Any:
        one, other = left(values), right(values)
        if type(one) is int and type(other) is int and 0 != other:
            ratio = one // other
            return ratio if -LARGEST <= ratio <= LARGEST else None
        return operate(sign, one, other)

    def smaller(values: Values) -> Any:
        one, other = left(values), right(values)
        if type(one) is int and type(other) is int:
            return one if one <= other else other
        return operate(sign, one, other)

    def larger(values: Values) -> Any:
        one, other = left(values), right(values)
        if type(one) is int and type(other) is int:
            return one if one >= other else other
        return operate(sign, one, other)

    def any_other(values: Values) -> Any:
        return operate(sign, left(values), right(values))

    known = {
        "+": add,
        "-": subtract,
        "*": multiply,
        "//": quotient,
        "min": smaller,
        "max": larger,
    }
    return known.get(sign, any_other)


def end(bound: Bound) -> Number:
    """``at(bound, values)`` as a function: what speaks of no items holds vacuously."""
    if not isinstance(bound, Expression):
        return lambda values: bound
    found = number(bound)

    def run(values: Values) -> Any:
        end = found(values)
        return None if end is UNDEFINED else end

    return run


# ── types ─────────────────────────────────────────────────────────────────────


def check(kind: Type) -> Check:
    """``contains(kind, value, values)`` as a function of the two."""
    if ground(kind):
        return lambda value, values: inside(kind, value)
    if isinstance(kind, (Int, Rat)):
        return _number(kind)
    if isinstance(kind, Str):
        return _str(kind)
    if isinstance(kind, List) and not kind.sorted and not kind.distinct:
        return _list(kind)
    return lambda value, values: inside(resolve(kind, values), value)


def _within(ends: Range) -> Check:
    """Whether a number or a length lies between two bounds."""
    low, high = end(ends[0]), end(ends[1])

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
