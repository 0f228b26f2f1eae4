"""Matching and joins of types.

Ports are matched one way (`semantics.md` section 1): the incoming type binds the
port's variables, repeated variables join by hull, and then the incoming type must lie
inside the instantiated port.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from racesc.intervals import tidy
from racesc.runtime import member
from racesc.runtime.bounds import Bound, Expression
from racesc.runtime.types import (
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

# The type of nothing known: where a mistake was reported already, and the items of an
# empty literal list. It fits everything, so that one mistake gives one message.
UNKNOWN = Var("?")

Substitution = dict[str, Type]


def variables(type_: Type) -> tuple[str, ...]:
    """The type variables of a type, in order of first appearance."""
    found: dict[str, None] = {}

    def walk(node: Type) -> None:
        if isinstance(node, Var):
            if node != UNKNOWN:
                found[node.name] = None
        for child in children(node):
            walk(child)

    walk(type_)
    return tuple(found)


def children(type_: Type) -> tuple[Type, ...]:
    """The types directly inside a type."""
    if isinstance(type_, (List, Set, Matrix)):
        return (type_.item,)
    if isinstance(type_, Graph):
        return () if type_.weight is None else (type_.weight,)
    if isinstance(type_, Tuple):
        return type_.items
    if isinstance(type_, Newtype):
        return (*type_.arguments, type_.body)
    return ()


def instantiate(type_: Type, where: Mapping[str, Type]) -> Type:
    """A type with its variables replaced."""
    if isinstance(type_, Var):
        return where.get(type_.name, type_)
    if isinstance(type_, (List, Set, Matrix)):
        return replace(type_, item=instantiate(type_.item, where))
    if isinstance(type_, Graph) and type_.weight is not None:
        return replace(type_, weight=instantiate(type_.weight, where))
    if isinstance(type_, Tuple):
        return Tuple(tuple(instantiate(item, where) for item in type_.items))
    if isinstance(type_, Newtype):
        return Newtype(
            type_.name,
            instantiate(type_.body, where),
            tuple(instantiate(item, where) for item in type_.arguments),
        )
    return type_


def mentions_unknown(type_: Type) -> bool:
    """Whether something in the type is not known."""
    return type_ == UNKNOWN or any(mentions_unknown(c) for c in children(type_))


# ── classes ───────────────────────────────────────────────────────────────────

CLASSES = ("Eq", "Ord", "Num")
# What a type variable has to be besides where it stands inside a Set; never written.
IN_SETS = "Set"


def has_class(
    type_: Type, name: str, given: Mapping[str, tuple[str, ...]] = {}
) -> bool:
    """Whether a type has `Eq`, `Ord` or `Num`, or may stand in a Set; ``given`` are the
    classes of its variables. What stands for a variable is asked later whether a Set
    may hold it. The rules are the runtime's, which knows no variables."""

    if not _is_open(type_):
        return member.has_class(type_, name)

    def stand_in(variable: Var) -> Type:
        classes = given.get(variable.name, ())
        has = name in classes or (name == "Ord" and "Num" in classes)
        return _OF_ALL if has or variable == UNKNOWN or name == IN_SETS else _OF_EQ

    return member.has_class(member.rebuild(type_, _same_ends, stand_in), name)


def _is_open(type_: Type) -> bool:
    """Whether a type holds a variable."""
    return isinstance(type_, Var) or any(map(_is_open, children(type_)))


_OF_ALL, _OF_EQ = Int(), Graph()  # an Int has every class, a graph `Eq` alone


def _same_ends(_: str, ends: Range) -> Range:
    return ends


def holdable(type_: Type) -> bool:
    """Whether a Set may hold values of a type."""
    return has_class(type_, IN_SETS)


def held_variables(type_: Type) -> frozenset[str]:
    """The type variables that stand inside a Set."""
    if isinstance(type_, Set):
        return frozenset(variables(type_))
    return frozenset().union(*(held_variables(child) for child in children(type_)))


# ── joins ─────────────────────────────────────────────────────────────────────


def _hull(left: Range, right: Range) -> Range:
    return _lower(left[0], right[0]), _upper(left[1], right[1])


def _lower(a: Bound, b: Bound) -> Bound:
    if a == b:
        return a
    if a is None or b is None or isinstance(a, Expression) or isinstance(b, Expression):
        return None
    return min(a, b)


def _upper(a: Bound, b: Bound) -> Bound:
    if a == b:
        return a
    if a is None or b is None or isinstance(a, Expression) or isinstance(b, Expression):
        return None
    return max(a, b)


def _length_hull(left: Range, right: Range) -> Range:
    low, high = _hull(left, right)
    return (0 if low is None else low), high


def join(left: Type, right: Type) -> Type | None:
    """The smallest type that contains both, or None where constructors differ.

    Both should be ground: differing symbolic ends give an open end.
    """
    if left == right or right == UNKNOWN:
        return left
    if left == UNKNOWN:
        return right
    if isinstance(left, (Int, Rat)) and type(left) is type(right):
        assert isinstance(right, (Int, Rat))
        low, high = _hull((left.low, left.high), (right.low, right.high))
        nonzero = _excludes_zero(left) and _excludes_zero(right)
        return tidy(type(left)(low, high, nonzero))
    if isinstance(left, Str) and isinstance(right, Str):
        alphabet = None
        if left.alphabet is not None and right.alphabet is not None:
            alphabet = "".join(sorted(set(left.alphabet) | set(right.alphabet)))
        return Str(_length_hull(left.length, right.length), alphabet)
    if isinstance(left, List) and isinstance(right, List):
        item = join(left.item, right.item)
        if item is None:
            return None
        return List(
            item,
            _length_hull(left.length, right.length),
            _is_distinct(left) and _is_distinct(right),
            _is_sorted(left) and _is_sorted(right),
        )
    if isinstance(left, Set) and isinstance(right, Set):
        item = join(left.item, right.item)
        if item is None:
            return None
        return Set(item, _length_hull(left.length, right.length))
    if isinstance(left, Matrix) and isinstance(right, Matrix):
        item = join(left.item, right.item)
        if item is None:
            return None
        return Matrix(item, _hull(left.rows, right.rows), _hull(left.cols, right.cols))
    if isinstance(left, Graph) and isinstance(right, Graph):
        if left.directed != right.directed:
            return None
        if (left.weight is None) != (right.weight is None):
            return None
        weight = None
        if left.weight is not None and right.weight is not None:
            weight = join(left.weight, right.weight)
            if weight is None:
                return None
        return Graph(_length_hull(left.nodes, right.nodes), left.directed, weight)
    if isinstance(left, Tuple) and isinstance(right, Tuple):
        if len(left.items) != len(right.items):
            return None
        items = [join(a, b) for a, b in zip(left.items, right.items, strict=True)]
        known = tuple(item for item in items if item is not None)
        return Tuple(known) if len(known) == len(items) else None
    if isinstance(left, Labels) and isinstance(right, Labels):
        return Labels(tuple(sorted(set(left.labels) | set(right.labels))))
    if isinstance(left, Newtype) and isinstance(right, Newtype):
        if left.name != right.name or len(left.arguments) != len(right.arguments):
            return None
        arguments = [
            join(a, b) for a, b in zip(left.arguments, right.arguments, strict=True)
        ]
        body = join(left.body, right.body)
        known = tuple(item for item in arguments if item is not None)
        if body is None or len(known) != len(arguments):
            return None
        return Newtype(left.name, body, known)
    return None


def _excludes_zero(type_: Int | Rat) -> bool:
    if type_.nonzero:
        return True
    low, high = type_.low, type_.high
    return (not isinstance(low, Expression) and low is not None and low > 0) or (
        not isinstance(high, Expression) and high is not None and high < 0
    )


def _at_most_one(type_: List) -> bool:
    high = type_.length[1]
    return isinstance(high, int) and high <= 1


def _is_distinct(type_: List) -> bool:
    return type_.distinct or _at_most_one(type_)


def _is_sorted(type_: List) -> bool:
    return type_.sorted or _at_most_one(type_)


# ── matching ──────────────────────────────────────────────────────────────────


def bind(pattern: Type, incoming: Type, where: Substitution) -> bool:
    """Bind the pattern's variables to what stands in their place, joining repeats.

    Returns False where constructors differ; ``where`` is extended in place.
    """
    if pattern == UNKNOWN or incoming == UNKNOWN:
        return True
    if isinstance(pattern, Var):
        known = where.get(pattern.name)
        joined = incoming if known is None else join(known, incoming)
        if joined is None:
            return False
        where[pattern.name] = joined
        return True
    if type(pattern) is not type(incoming):
        return False
    if isinstance(pattern, Graph) and isinstance(incoming, Graph):
        if pattern.directed != incoming.directed:
            return False
        if pattern.weight is None or incoming.weight is None:
            return pattern.weight is None and incoming.weight is None
        return bind(pattern.weight, incoming.weight, where)
    if isinstance(pattern, Newtype) and isinstance(incoming, Newtype):
        return pattern.name == incoming.name and all(
            bind(a, b, where)
            for a, b in zip(pattern.arguments, incoming.arguments, strict=True)
        )
    inner, outer = children(pattern), children(incoming)
    return len(inner) == len(outer) and all(
        bind(a, b, where) for a, b in zip(inner, outer, strict=True)
    )


def same_shape(left: Type, right: Type) -> bool:
    """Whether constructors agree all the way down, whatever the refinements."""
    return bind(left, right, {})


__all__ = [
    "CLASSES",
    "IN_SETS",
    "UNKNOWN",
    "Substitution",
    "bind",
    "children",
    "has_class",
    "held_variables",
    "holdable",
    "instantiate",
    "join",
    "mentions_unknown",
    "same_shape",
    "variables",
]
