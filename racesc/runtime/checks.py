"""Bounds and types prepared for being asked many times.

``number`` is ``evaluate`` and ``check`` is ``contains``, with the walk through the bound
or the type done once: they give functions of the values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
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
from .member import freeze, ground, inside, resolve
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
    Var,
)

Values = Mapping[str, Any]
Number = Callable[[Values], Any]
Check = Callable[[Any, Values], bool]


# ── bounds ────────────────────────────────────────────────────────────────────


def number(bound: Bound) -> Number:
    """``evaluate(bound, values)`` as a function of the values."""
    if isinstance(bound, Atom):
        return _atom(bound)
    if isinstance(bound, Operation):
        sign, left, right = bound.operator, bound.left, bound.right
        if type(right) is int and sign in _CONSTANT and (right or sign not in "//%"):
            return _with_constant(sign, number(left), right, False)
        if type(left) is int and sign in _EITHER_SIDE:
            return _with_constant(sign, number(right), left, True)
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
    sign = bound.operator
    left, right = number(bound.left), number(bound.right)
    made = _OPERATIONS.get(sign)
    if made is not None:
        return made(left, right)
    return lambda values: operate(sign, left(values), right(values))


# Whole numbers are the usual case, and are reckoned with right here, without a call.


def _sum(left: Number, right: Number) -> Number:
    def run(values: Values) -> Any:
        one, other = left(values), right(values)
        if type(one) is int and type(other) is int:
            found = one + other
            return found if -LARGEST <= found <= LARGEST else None
        return operate("+", one, other)

    return run


def _difference(left: Number, right: Number) -> Number:
    def run(values: Values) -> Any:
        one, other = left(values), right(values)
        if type(one) is int and type(other) is int:
            found = one - other
            return found if -LARGEST <= found <= LARGEST else None
        return operate("-", one, other)

    return run


def _times(left: Number, right: Number) -> Number:
    def run(values: Values) -> Any:
        one, other = left(values), right(values)
        if type(one) is int and type(other) is int:
            found = one * other
            return found if -LARGEST <= found <= LARGEST else None
        return operate("*", one, other)

    return run


def _least(left: Number, right: Number) -> Number:
    def run(values: Values) -> Any:
        one, other = left(values), right(values)
        if type(one) is int and type(other) is int:
            return one if one <= other else other
        return operate("min", one, other)

    return run


def _greatest(left: Number, right: Number) -> Number:
    def run(values: Values) -> Any:
        one, other = left(values), right(values)
        if type(one) is int and type(other) is int:
            return one if one >= other else other
        return operate("max", one, other)

    return run


_OPERATIONS: Mapping[str, Callable[[Number, Number], Number]] = {
    "+": _sum,
    "-": _difference,
    "*": _times,
    "min": _least,
    "max": _greatest,
}


def _with_constant(sign: str, one: Number, constant: int, first: bool) -> Number:
    """`len(items) - 1`, `2 * n`, `n * n // 2`, `min(1, n)`: no call for the number,
    which stands ``first`` or last."""
    whole = _CONSTANT[sign](constant)
    if sign in ("min", "max"):

        def choose(values: Values) -> Any:
            given = one(values)
            if type(given) is int:
                return whole(given)
            pair = (constant, given) if first else (given, constant)
            return operate(sign, *pair)

        return choose

    def run(values: Values) -> Any:
        given = one(values)
        if type(given) is int:
            found = whole(given)
            return found if -LARGEST <= found <= LARGEST else None
        pair = (constant, given) if first else (given, constant)
        return operate(sign, *pair)

    return run


# Each as a function of the constant, which is one of the other number.
_CONSTANT: Mapping[str, Callable[[int], Callable[[int], int]]] = {
    "+": lambda constant: constant.__add__,
    "*": lambda constant: constant.__mul__,
    "-": lambda constant: (-constant).__add__,
    "//": lambda constant: constant.__rfloordiv__,
    "%": lambda constant: constant.__rmod__,
    "min": lambda constant: lambda given: given if given <= constant else constant,
    "max": lambda constant: lambda given: given if given >= constant else constant,
}
# What is the same from either side.
_EITHER_SIDE = ("+", "*", "min", "max")


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
    return _CHECK[type(kind)](kind)


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
    if isinstance(least, Expression):
        return _from(low, most)
    if least is None:
        if most is None:
            return lambda value, values: True
        return lambda value, values: value <= most
    if most is None:
        return lambda value, values: value >= least
    return lambda value, values: least <= value <= most


def _between(low: Number, high: Number) -> Check:
    def run(value: Any, values: Values) -> bool:
        least = low(values)
        if least is not None and value < least:
            return False
        most = high(values)
        return most is None or value <= most

    return run


def _from(low: Number, most: Any) -> Check:
    def run(value: Any, values: Values) -> bool:
        if most is not None and value > most:
            return False
        least = low(values)
        return least is None or least <= value

    return run


def _number(kind: Int | Rat) -> Check:
    if type(kind) is Int and not kind.nonzero and ground(kind):
        return _plain_number(kind)
    wanted = int if type(kind) is Int else Fraction
    within, nonzero = _within((kind.low, kind.high)), kind.nonzero

    def run(value: Any, values: Values) -> bool:
        if type(value) is not wanted or (nonzero and value == 0):
            return False
        return within(value, values)

    return run


def _plain_number(kind: Int) -> Check:
    low: Any = kind.low
    high: Any = kind.high
    if low is not None and high is not None:
        return lambda value, values: type(value) is int and low <= value <= high

    def run(value: Any, values: Values) -> bool:
        return (
            type(value) is int
            and (low is None or low <= value)
            and (high is None or value <= high)
        )

    return run


def _bool(kind: Bool) -> Check:
    return lambda value, values: type(value) is bool


def _str(kind: Str) -> Check:
    within, alphabet = _within(kind.length), kind.alphabet
    if alphabet is None:
        return lambda value, values: type(value) is str and within(len(value), values)
    # What is left when characters of the alphabet are taken from both ends.
    return lambda value, values: (
        type(value) is str and within(len(value), values) and not value.strip(alphabet)
    )


def _labels(kind: Labels) -> Check:
    return lambda value, values: inside(kind, value)


def _list(kind: List) -> Check:
    within, items = _within(kind.length), _items(kind.item)
    if kind.sorted or kind.distinct:
        flags = List(Var(""), (0, None), kind.distinct, kind.sorted)
        return _flagged(within, items, flags)
    return lambda value, values: (
        type(value) is list and within(len(value), values) and items(value, values)
    )


def _flagged(within: Check, items: Check, flags: List) -> Check:
    distinct, ascending = flags.distinct, flags.sorted

    def run(value: Any, values: Values) -> bool:
        if type(value) is not list or not within(len(value), values):
            return False
        if not items(value, values) or (ascending and value != sorted(value)):
            return False
        return not distinct or len({*map(freeze, value)}) == len(value)

    return run


def _set(kind: Set) -> Check:
    within, items = _within(kind.length), _items(kind.item)
    return lambda value, values: (
        type(value) is frozenset and within(len(value), values) and items(value, values)
    )


def _items(item: Type) -> Check:
    """Whether all of several values lie in one type."""
    if type(item) is Int:
        return _numbers(item)
    fits = check(item)
    return lambda value, values: all([fits(one, values) for one in value])


def _numbers(item: Int) -> Check:
    within, nonzero = _within((item.low, item.high)), item.nonzero

    def run(value: Any, values: Values) -> bool:
        # The usual case, without a call for each item.
        return not value or (
            {*map(type, value)} == _WHOLE
            and within(min(value), values)
            and within(max(value), values)
            and not (nonzero and 0 in value)
        )

    return run


_WHOLE = {int}


def _matrix(kind: Matrix) -> Check:
    rows, cols, items = _within(kind.rows), _within(kind.cols), _items(kind.item)

    def run(value: Any, values: Values) -> bool:
        if type(value) is not list or not value or not rows(len(value), values):
            return False
        if {*map(type, value)} != _ROWS or not value[0]:
            return False
        width = len(value[0])
        if not cols(width, values):
            return False
        return all([len(row) == width and items(row, values) for row in value])

    return run


_ROWS = {list}


def _graph(kind: Graph) -> Check:
    if kind.weight is not None and not ground(kind.weight):
        return lambda value, values: inside(resolve(kind, values), value)
    within, whole = _within(kind.nodes), replace(kind, nodes=(0, None))
    return lambda value, values: inside(whole, value) and within(value[0], values)


def _tuple(kind: Tuple) -> Check:
    checks = tuple(map(check, kind.items))

    def run(value: Any, values: Values) -> bool:
        if type(value) is not tuple or len(value) != len(checks):
            return False
        for fits, one in zip(checks, value):  # noqa: B905
            if not fits(one, values):
                return False
        return True

    return run


def _newtype(kind: Newtype) -> Check:
    return check(kind.body)


def _var(kind: Var) -> Check:
    return lambda value, values: False


_CHECK: dict[type, Callable[[Any], Check]] = {
    Int: _number,
    Rat: _number,
    Bool: _bool,
    Str: _str,
    List: _list,
    Set: _set,
    Matrix: _matrix,
    Graph: _graph,
    Tuple: _tuple,
    Labels: _labels,
    Newtype: _newtype,
    Var: _var,
}
