"""Which values lie in a type, and which types fit which by their constructors alone.

Types are exact: True is no Int, 1 is no Rat. Nothing here raises for a value of any
kind, and nothing is hashed before it was checked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import repeat
from typing import Any

from .bounds import Bound, Expression, _Undefined, evaluate
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

# What a port without bounds takes where orders are tried out (SORT, SELECT).
CAPS: Mapping[str, int] = {"number": 10**12, "items": 64, "characters": 200}


# ── values ────────────────────────────────────────────────────────────────────


def same(left: Any, right: Any) -> bool:
    """Equality of two values and of their kinds: True is not 1, [1] is not (1,)."""
    kind = type(left)
    if kind is not type(right) or left != right:
        return False
    if kind is list or kind is tuple:
        kinds = {*map(type, left), *map(type, right)}
        return kinds in _SCALARS or all(map(same, left, right))
    return kind is not frozenset or bool(freeze(left) == freeze(right))


# What a flat list is made of, where equal means the same.
_SCALARS = ({int}, {str}, set[type]())


def freeze(value: Any) -> Any:
    """A hashable stand-in; two of them are equal exactly for values that are `same`."""
    kind = type(value)
    if kind is int or kind is str:
        return value
    if kind is list or kind is tuple:
        if {*map(type, value)} in _SCALARS:
            return (kind, *value)  # the usual case, without a call for each item
        return (kind, *map(freeze, value))
    if kind is frozenset:
        return (kind, frozenset(map(freeze, value)))
    return (kind, value)


# ── walking types ─────────────────────────────────────────────────────────────


def rebuild(
    kind: Type,
    ends: Callable[[str, Range], Range],
    variable: Callable[[Var], Type] = lambda var: var,
    flags: bool = True,
) -> Type:
    """The type with every range replaced by ``ends(role, range)`` and every variable
    by ``variable``; without ``flags`` all other refinements are forgotten too.

    A range's role is "number", "items" or "characters", what it counts.
    """
    if isinstance(kind, (Int, Rat)):
        low, high = ends("number", (kind.low, kind.high))
        return type(kind)(low, high, flags and kind.nonzero)
    if isinstance(kind, Str):
        length = ends("characters", kind.length)
        return Str(length, kind.alphabet if flags else None)
    if isinstance(kind, Var):
        return variable(kind)
    if isinstance(kind, List):
        item = rebuild(kind.item, ends, variable, flags)
        distinct, ascending = flags and kind.distinct, flags and kind.sorted
        return List(item, ends("items", kind.length), distinct, ascending)
    if isinstance(kind, Set):
        item = rebuild(kind.item, ends, variable, flags)
        return Set(item, ends("items", kind.length))
    if isinstance(kind, Matrix):
        item = rebuild(kind.item, ends, variable, flags)
        return Matrix(item, ends("items", kind.rows), ends("items", kind.cols))
    if isinstance(kind, Graph):
        weight = kind.weight and rebuild(kind.weight, ends, variable, flags)
        return Graph(ends("items", kind.nodes), kind.directed, weight)
    if isinstance(kind, Tuple):
        parts = (rebuild(item, ends, variable, flags) for item in kind.items)
        return Tuple(tuple(parts))
    if isinstance(kind, Newtype):
        body = rebuild(kind.body, ends, variable, flags)
        arguments = (rebuild(item, ends, variable, flags) for item in kind.arguments)
        return Newtype(kind.name, body, tuple(arguments))
    return kind if flags or not isinstance(kind, Labels) else Labels(())


def ground(kind: Type) -> bool:
    """Whether every bound of a type is a number or absent."""
    found: list[Bound] = []

    def collect(role: str, ends: Range) -> Range:
        found.extend(ends)
        return ends

    rebuild(kind, collect)
    return not any(isinstance(bound, Expression) for bound in found)


def instantiate(kind: Type, where: Mapping[str, Type]) -> Type:
    """The type with its variables replaced; one that ``where`` leaves out stays."""
    return rebuild(kind, lambda role, ends: ends, lambda var: where.get(var.name, var))


def at(bound: Bound, values: Mapping[str, Any]) -> Bound:
    """A bound's number; one that speaks of no items at all holds vacuously (None)."""
    if not isinstance(bound, Expression):
        return bound
    number = evaluate(bound, values)
    return None if isinstance(number, _Undefined) else number


def resolve(kind: Type, values: Mapping[str, Any]) -> Type:
    """The ground type that a declared type is at the values of other parameters."""

    def ends(role: str, ends: Range) -> Range:
        return at(ends[0], values), at(ends[1], values)

    return rebuild(kind, ends)


def capped(kind: Type) -> Type:
    """The type with absent bounds replaced by the caps for trying out orders."""

    def ends(role: str, ends: Range) -> Range:
        low, high = ends
        cap = CAPS[role]
        if low is None:
            low = -cap if role == "number" else 0
            if isinstance(high, (int, Fraction)):
                low = min(low, high)
        if high is None:
            high = max(low, cap) if isinstance(low, (int, Fraction)) else cap
        return low, high

    return rebuild(kind, ends)


def plain(kind: Type) -> bool:
    """Whether JSON has the type's values as they are."""
    if isinstance(kind, (List, Matrix)):
        return plain(kind.item)
    if isinstance(kind, Newtype):
        return plain(kind.body)
    return isinstance(kind, (Int, Bool, Str, Labels))


# ── membership ────────────────────────────────────────────────────────────────


def contains(kind: Type, value: Any, values: Mapping[str, Any]) -> bool:
    """Whether a value lies in a type, its bounds taken at the actual ``values``."""
    return inside(kind if ground(kind) else resolve(kind, values), value)


def inside(kind: Type, value: Any) -> bool:
    """Whether a value lies in a ground type."""
    return _INSIDE[type(kind)](kind, value)


def _within(number: Any, low: Any, high: Any) -> bool:
    return (low is None or low <= number) and (high is None or number <= high)


def _number(kind: Int | Rat, value: Any) -> bool:
    if type(value) is not (int if type(kind) is Int else Fraction):
        return False
    low, high = kind.low, kind.high
    return (
        (low is None or low <= value)  # type: ignore[operator]
        and (high is None or value <= high)  # type: ignore[operator]
        and not (kind.nonzero and value == 0)
    )


def _bool(kind: Bool, value: Any) -> bool:
    return type(value) is bool


def _str(kind: Str, value: Any) -> bool:
    if type(value) is not str or not _within(len(value), *kind.length):
        return False
    alphabet = kind.alphabet
    return alphabet is None or all(character in alphabet for character in value)


def _items(item: Type, values: Any) -> bool:
    if type(item) is Int:
        # The usual case, without a call for each item.
        return not values or (
            {*map(type, values)} == {int}
            and _within(min(values), item.low, None)
            and _within(max(values), None, item.high)
            and not (item.nonzero and 0 in values)
        )
    check = _INSIDE[type(item)]
    return all(check(item, value) for value in values)


def _list(kind: List, value: Any) -> bool:
    if type(value) is not list or not _within(len(value), *kind.length):
        return False
    if not _items(kind.item, value):
        return False
    if kind.sorted and value != sorted(value):
        return False
    return not kind.distinct or len({*map(freeze, value)}) == len(value)


def _set(kind: Set, value: Any) -> bool:
    if type(value) is not frozenset or not _within(len(value), *kind.length):
        return False
    return _items(kind.item, value)


def _matrix(kind: Matrix, value: Any) -> bool:
    if type(value) is not list or not value or not _within(len(value), *kind.rows):
        return False
    if any(type(row) is not list for row in value):
        return False
    width = len(value[0])
    if width == 0 or not _within(width, *kind.cols):
        return False
    return all(len(row) == width and _items(kind.item, row) for row in value)


def _graph(kind: Graph, value: Any) -> bool:
    if type(value) is not tuple or len(value) != 2:
        return False
    count, edges = value
    if type(count) is not int or not _within(count, *kind.nodes) or count < 0:
        return False
    if type(edges) is not list or len(edges) > count * count:
        return False
    size = 2 if kind.weight is None else 3
    last = (0, 0)
    for edge in edges:
        if type(edge) is not tuple or len(edge) != size:
            return False
        u, v = edge[0], edge[1]
        if type(u) is not int or type(v) is not int or u == v:
            return False
        if not (1 <= u <= count and 1 <= v <= count and last < (u, v)):
            return False
        if not kind.directed and u > v:
            return False
        if kind.weight is not None and not inside(kind.weight, edge[2]):
            return False
        last = (u, v)
    return True


def _tuple(kind: Tuple, value: Any) -> bool:
    if type(value) is not tuple or len(value) != len(kind.items):
        return False
    return all(map(inside, kind.items, value))


def _labels(kind: Labels, value: Any) -> bool:
    # A shape's labels are forgotten: it holds any.
    return type(value) is str and (not kind.labels or value in kind.labels)


def _newtype(kind: Newtype, value: Any) -> bool:
    return inside(kind.body, value)


def _var(kind: Var, value: Any) -> bool:
    return False  # a variable without a type has no values


_INSIDE: dict[type, Callable[[Any, Any], bool]] = {
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


# ── constructors alone ────────────────────────────────────────────────────────


def shape(kind: Type) -> Type:
    """The type without its refinements: what it is made of."""

    def ends(role: str, ends: Range) -> Range:
        return (None, None) if role == "number" else (0, None)

    return rebuild(kind, ends, flags=False)


def match(port: Type, kind: Type, where: dict[str, Type]) -> bool:
    """Whether a shape fits a port's constructors; binds the port's variables in
    ``where``, each to one shape."""
    if isinstance(port, Var):
        return where.setdefault(port.name, kind) == kind
    if type(port) is not type(kind):
        return False
    if isinstance(port, (List, Set, Matrix)):
        return match(port.item, kind.item, where)  # type: ignore[union-attr]
    if isinstance(port, Tuple) and isinstance(kind, Tuple):
        return len(port.items) == len(kind.items) and all(
            match(left, right, where)
            for left, right in zip(port.items, kind.items, strict=True)
        )
    if isinstance(port, Graph) and isinstance(kind, Graph):
        if port.directed != kind.directed:
            return False
        if port.weight is None or kind.weight is None:
            return port.weight is kind.weight
        return match(port.weight, kind.weight, where)
    if isinstance(port, Newtype) and isinstance(kind, Newtype):
        # The body is compared too, for where a newtype's arguments are not told.
        return (
            port.name == kind.name
            and len(port.arguments) == len(kind.arguments)
            and all(map(match, port.arguments, kind.arguments, repeat(where)))
            and match(port.body, kind.body, where)
        )
    return True


def has_class(kind: Type, name: str) -> bool:
    """Whether a shape belongs to the class Eq, Ord or Num, or ("Set") may stand in a
    Set."""
    if isinstance(kind, Newtype):
        return name != "Num" and has_class(kind.body, name)
    if name == "Set":
        if isinstance(kind, Tuple):
            return all(has_class(item, name) for item in kind.items)
        return isinstance(kind, (Int, Rat, Bool, Str, Labels))
    if name == "Num":
        return isinstance(kind, (Int, Rat))
    if name == "Ord":
        if isinstance(kind, Tuple):
            return all(has_class(item, name) for item in kind.items)
        if isinstance(kind, List):
            return has_class(kind.item, name)
        return isinstance(kind, (Int, Rat, Bool, Str))
    return True
