"""Matching, subsumption and joins of types, and values that show why they fail.

Ports are matched one way (`semantics.md` section 1): the incoming type binds the
port's variables, repeated variables join by hull, and then the incoming type must lie
inside the instantiated port.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from racesc.intervals import (
    Context,
    ground,
    interval,
    provably_at_most,
    tidy,
)
from racesc.runtime.bounds import Bound, Expression
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


def has_class(
    type_: Type, name: str, given: Mapping[str, tuple[str, ...]] = {}
) -> bool:
    """Whether a type has `Eq`, `Ord` or `Num`; ``given`` are a variable's classes."""
    if type_ == UNKNOWN or name == "Eq":
        return True
    if isinstance(type_, Var):
        classes = given.get(type_.name, ())
        return name in classes or (name == "Ord" and "Num" in classes)
    if name == "Num":
        return isinstance(type_, (Int, Rat))
    if isinstance(type_, Newtype):
        return has_class(type_.body, name, given)
    if isinstance(type_, (Int, Rat, Bool, Str)):
        return True
    if isinstance(type_, (Tuple, List)):
        return all(has_class(item, name, given) for item in children(type_))
    return False


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


# ── subsumption ───────────────────────────────────────────────────────────────


def within(inner: Type, outer: Type, context: Context) -> bool:
    """`inner <= outer` for every value of the context: the subtyping rule."""
    if inner == UNKNOWN or outer == UNKNOWN or inner == outer:
        return True
    if isinstance(inner, (Int, Rat)) and type(inner) is type(outer):
        assert isinstance(outer, (Int, Rat))
        if outer.nonzero and not _provably_nonzero(inner, context):
            return False
        return _range_within((inner.low, inner.high), (outer.low, outer.high), context)
    if isinstance(inner, Str) and isinstance(outer, Str):
        if outer.alphabet is not None:
            longest = interval(inner.length[1], context).high
            if longest != 0 and (
                inner.alphabet is None or not set(inner.alphabet) <= set(outer.alphabet)
            ):
                return False
        return _range_within(inner.length, outer.length, context)
    if isinstance(inner, List) and isinstance(outer, List):
        longest = interval(inner.length[1], context).high
        few = longest is not None and longest <= 1
        if outer.distinct and not (inner.distinct or few):
            return False
        if outer.sorted and not (inner.sorted or few):
            return False
        return _range_within(inner.length, outer.length, context) and (
            longest == 0
            and same_shape(inner.item, outer.item)
            or within(inner.item, outer.item, context)
        )
    if isinstance(inner, Set) and isinstance(outer, Set):
        longest = interval(inner.length[1], context).high
        return _range_within(inner.length, outer.length, context) and (
            longest == 0
            and same_shape(inner.item, outer.item)
            or within(inner.item, outer.item, context)
        )
    if isinstance(inner, Matrix) and isinstance(outer, Matrix):
        return (
            _range_within(inner.rows, outer.rows, context)
            and _range_within(inner.cols, outer.cols, context)
            and within(inner.item, outer.item, context)
        )
    if isinstance(inner, Graph) and isinstance(outer, Graph):
        if inner.directed != outer.directed:
            return False
        if (inner.weight is None) != (outer.weight is None):
            return False
        if not _range_within(inner.nodes, outer.nodes, context):
            return False
        return (
            inner.weight is None
            or outer.weight is None
            or within(inner.weight, outer.weight, context)
        )
    if isinstance(inner, Tuple) and isinstance(outer, Tuple):
        return len(inner.items) == len(outer.items) and all(
            within(a, b, context) for a, b in zip(inner.items, outer.items, strict=True)
        )
    if isinstance(inner, Labels) and isinstance(outer, Labels):
        return set(inner.labels) <= set(outer.labels)
    if isinstance(inner, Newtype) and isinstance(outer, Newtype):
        return inner.name == outer.name and all(
            within(a, b, context)
            for a, b in zip(inner.arguments, outer.arguments, strict=True)
        )
    return type(inner) is type(outer) and isinstance(inner, Bool)


def _provably_nonzero(type_: Int | Rat, context: Context) -> bool:
    if type_.nonzero:
        return True
    low = interval(type_.low, context).low if type_.low is not None else None
    high = interval(type_.high, context).high if type_.high is not None else None
    return (low is not None and low > 0) or (high is not None and high < 0)


def _range_within(inner: Range, outer: Range, context: Context) -> bool:
    if outer[0] is not None:
        if inner[0] is None or not provably_at_most(outer[0], inner[0], context):
            return False
    if outer[1] is not None:
        if inner[1] is None or not provably_at_most(inner[1], outer[1], context):
            return False
    return True


# ── values ────────────────────────────────────────────────────────────────────


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


def type_of(value: Any, expected: Type) -> Type | None:
    """The smallest type of a literal's value, shaped like ``expected`` (whose
    constructors tell a list from a matrix and text from a label).

    None where the value has another shape. The result is ground.
    """
    if isinstance(expected, Newtype):
        body = type_of(value, expected.body)
        return None if body is None else replace(expected, body=body)
    if isinstance(value, bool):
        return Bool() if isinstance(expected, (Bool, Var)) else None
    if isinstance(value, int) and isinstance(expected, (Int, Var)):
        return Int(value, value)
    if isinstance(value, (int, Fraction)) and isinstance(expected, (Rat, Var)):
        return Rat(Fraction(value), Fraction(value))
    if isinstance(value, str):
        if isinstance(expected, Labels):
            return Labels((value,))
        if isinstance(expected, (Str, Var)):
            return Str((len(value),) * 2, "".join(sorted(set(value))))
        return None
    if isinstance(value, tuple) and isinstance(expected, Graph):
        return _graph_type(value, expected)
    if isinstance(value, tuple) and isinstance(expected, (Tuple, Var)):
        shapes: tuple[Type, ...] = (UNKNOWN,) * len(value)
        if isinstance(expected, Tuple):
            shapes = expected.items
        if len(shapes) != len(value):
            return None
        parts = [type_of(a, b) for a, b in zip(value, shapes, strict=True)]
        known = tuple(part for part in parts if part is not None)
        return Tuple(known) if len(known) == len(parts) else None
    if isinstance(value, frozenset) and isinstance(expected, (Set, Var)):
        inner = expected.item if isinstance(expected, Set) else UNKNOWN
        item = _item_type(sorted(value, key=repr), inner)
        return None if item is None else Set(item, (len(value),) * 2)
    if isinstance(value, list) and isinstance(expected, Matrix):
        if not all(isinstance(row, list) for row in value):
            return None
        if not value or not value[0] or len({len(row) for row in value}) != 1:
            return None
        item = _item_type([x for row in value for x in row], expected.item)
        if item is None:
            return None
        return Matrix(item, (len(value),) * 2, (len(value[0]),) * 2)
    if isinstance(value, list) and isinstance(expected, (List, Var)):
        inner = expected.item if isinstance(expected, List) else UNKNOWN
        item = _item_type(value, inner)
        if item is None:
            return None
        return List(
            item,
            (len(value),) * 2,
            distinct=len({_frozen(each) for each in value}) == len(value),
            sorted=_ascending(value),
        )
    return None


def _frozen(value: Any) -> Any:
    """A value that can be hashed, equal where the value is."""
    if isinstance(value, (list, tuple)):
        return tuple([_frozen(each) for each in value])
    return value


def _ascending(items: list[Any]) -> bool:
    try:
        return all(a <= b for a, b in zip(items, items[1:], strict=False))
    except TypeError:
        return False


def _item_type(items: list[Any], expected: Type) -> Type | None:
    joined: Type = UNKNOWN
    for item in items:
        found = type_of(item, expected)
        both = None if found is None else join(joined, found)
        if both is None:
            return None
        joined = both
    return joined


def _graph_type(value: Any, expected: Graph) -> Type | None:
    if len(value) != 2:
        return None
    nodes, edges = value
    if not isinstance(nodes, int) or not isinstance(edges, list):
        return None
    if not all(isinstance(edge, tuple) for edge in edges):
        return None
    if expected.weight is None:
        weight = None
        if any(len(edge) != 2 for edge in edges):
            return None
    else:
        if any(len(edge) != 3 for edge in edges):
            return None
        weight = _item_type([edge[2] for edge in edges], expected.weight)
        if weight is None:
            return None
    return Graph((nodes, nodes), expected.directed, weight)


__all__ = [
    "CLASSES",
    "UNKNOWN",
    "Substitution",
    "bind",
    "children",
    "counterexample",
    "ground",
    "has_class",
    "instantiate",
    "join",
    "mentions_unknown",
    "same_shape",
    "several",
    "small_value",
    "type_of",
    "variables",
    "within",
]
