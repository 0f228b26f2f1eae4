"""Whether a port can be fed, as a function of what is fed.

The comparison rule (``racesc.intervals.provably_at_most``) applied once for all types
that a port can hold. Only where one side is a number or an entry of the vector, and the
other is *simple*: nothing in it can cancel, so that the rule comes down to the
interval's end. ``NotPlain`` says that the rule itself has to be asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from racesc.compare import alternatives, provably_at_most
from racesc.drawing import finite
from racesc.feeding import infeasible
from racesc.intervals import Context, atoms, interval, symbolic_range
from racesc.runtime.bounds import Atom, Bound, Expression, Operation
from racesc.runtime.types import (
    Graph,
    Int,
    List,
    Matrix,
    Rat,
    Set,
    Str,
    Tuple,
    Type,
    Var,
)
from racesc.space.ends import End, NotPlain, ends_of
from racesc.space.regular import FARTHEST
from racesc.space.results import Measures
from racesc.space.vectors import HIGH, LOW, Part, change_ends, ends, inner
from racesc.unify import children


@dataclass(frozen=True)
class Condition:
    """``code`` holds for the vectors that can be fed; it reads ``positions``."""

    code: str
    positions: frozenset[int]


def at_most(low: End, high: End) -> Condition | None:
    """``low <= high``; None where it always holds. Raises ``NotPlain`` where it never
    does, for then no type decides."""
    if low.high <= high.low:
        return None
    positions = low.positions | high.positions
    if not positions:
        raise NotPlain
    return Condition(f"{low.code} <= {high.code}", positions)


def simple(bound: Bound, context: Context) -> bool:
    """Whether a difference with this bound is settled by the bound's interval: no two
    of its terms have an atom in common, directly or through the atoms' own bounds."""
    if not isinstance(bound, Expression):
        return True
    if isinstance(bound, Atom):
        return all(simple(end, context) for end in symbolic_range(bound, context))
    assert isinstance(bound, Operation)
    left, right = bound.left, bound.right
    if bound.operator in ("//", "%", "^"):
        return True  # the rule does not look inside
    if bound.operator == "*":
        # Products are multiplied out, which can lose: of sums they are not simple.
        plain = [x for x in (left, right) if not isinstance(x, Expression)]
        if not plain and not (isinstance(left, Atom) and isinstance(right, Atom)):
            return False
    if not (simple(left, context) and simple(right, context)):
        return False
    names = [{atom.name for atom in atoms(side)} for side in (left, right)]
    if bound.operator in ("min", "max") or not all(names):
        return True
    return not (names[0] & names[1]) and not any(
        _dependent(context.get(name)) for name in names[0] | names[1]
    )


def _dependent(type_: Type | None) -> bool:
    return type_ is None or any(
        isinstance(bound, Expression) for bound in _every_end(type_)
    )


def _every_end(type_: Type) -> Iterator[Bound]:
    for _, _, bound in ends(type_, 0):
        yield bound
    for child in children(type_):
        yield from _every_end(child)


# ── containment ───────────────────────────────────────────────────────────────


def settled_port(type_: Type, context: Context, fed: Collection[str]) -> Type:
    """A port's type with those ends made numbers that speak of drawn values alone."""

    def end(side: str, bound: Bound) -> Bound:
        if not isinstance(bound, Expression):
            return bound
        names = {atom.name for atom in atoms(bound)}
        if names & set(fed) or any(_unknown(context.get(name)) for name in names):
            return bound
        number = furthest(bound, side, context)
        return bound if number is None else number

    return change_ends(type_, end)


def _unknown(type_: Type | None) -> bool:
    return type_ is None or isinstance(type_, Var) or _dependent(type_)


def furthest(bound: Bound, side: str, context: Context) -> int | None:
    """The smallest number that is provably at or above a lower bound, or the largest
    one at or below an upper bound: the rule shifts with the number, so that bisection
    finds it. None where there is none, or it is not near."""
    found = interval(bound, context)
    low, high = found.low, found.high
    if not isinstance(low, int) or not isinstance(high, int):
        return None

    def holds(number: int) -> bool:
        if side == LOW:
            return provably_at_most(bound, -number, context)
        return provably_at_most(number, bound, context)

    if side == LOW:
        low, high = -high, -low
    if not holds(low):
        return None
    high += 1  # what is never reached
    if holds(high):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        if holds(middle):
            low = middle
        else:
            high = middle
    return -low if side == LOW else low


def containment(
    type_: Type, part: Part, measures: Measures
) -> Iterator[Condition | None]:
    """What has to hold for a fed type to lie in a port, beside constants."""
    if isinstance(type_, Var):
        return
    for at, side, bound in ends(type_, part.start):
        if isinstance(bound, Expression):
            if not simple(bound, measures.context):
                raise NotPlain
            low, high = ends_of(bound, measures.ends)
            # A fed type's end may be missing, and is as yet anything.
            own, other = f"v[{at}]", high if side == LOW else low
            order = (
                f"{other.code} <= {own}" if side == LOW else f"{own} <= {other.code}"
            )
            code = f"{own} is not None and {order}"
            yield Condition(code, other.positions | {at})
    for child, below in zip(inner(type_), part.children, strict=True):
        yield from containment(child, below, measures)


# ── what is drawn ─────────────────────────────────────────────────────────────


def drawable(
    type_: Type, measures: Measures, declared: Mapping[str, Type]
) -> Iterator[Condition | None]:
    """What has to hold for a drawn parameter to have a value whatever is fed, within
    the fed parameters' ``declared`` types."""
    context, fed = measures.context, measures.places
    if not any(a.name in fed for bound in _every_end(type_) for a in atoms(bound)):
        if infeasible(type_, context):
            raise NotPlain
        return
    if isinstance(type_, Set) or (isinstance(type_, (Int, Rat)) and type_.nonzero):
        raise NotPlain
    if isinstance(type_, List) and type_.distinct:
        raise NotPlain
    if not isinstance(type_, (Int, Rat, Str, List, Matrix, Graph, Tuple)):
        raise NotPlain
    pairs: dict[int, dict[str, Bound]] = {}
    for at, side, bound in ends(type_, 0):
        pairs.setdefault(at - (side == HIGH), {})[side] = bound
    for pair in pairs.values():
        yield from _ordered(pair[LOW], pair[HIGH], measures, declared)
    for child in children(type_):
        yield from drawable(child, measures, declared)


def _ordered(
    low: Bound, high: Bound, measures: Measures, declared: Mapping[str, Type]
) -> Iterator[Condition | None]:
    """When there is something between two bounds; largest and smallest ones are
    compared one by one, as the rule does."""
    if low is None or high is None:
        return
    if low == high and provably_at_most(low, high, measures.context):
        return
    for left in alternatives(low, "max"):
        for right in alternatives(high, "min"):
            yield _at_most(left, right, measures, declared)


def _at_most(
    low: Bound, high: Bound, measures: Measures, declared: Mapping[str, Type]
) -> Condition | None:
    context = measures.context
    if isinstance(low, Expression) and isinstance(high, Expression):
        context = _widest(measures, declared)
        if provably_at_most(low, high, context):
            return None
        if not simple(Operation("-", high, low), context):
            raise NotPlain  # terms may cancel
    elif not (simple(low, context) and simple(high, context)):
        raise NotPlain
    return at_most(ends_of(low, measures.ends)[1], ends_of(high, measures.ends)[0])


def _widest(measures: Measures, declared: Mapping[str, Type]) -> Context:
    """A context that whatever may be fed is within: what fed parameters say of others
    is dropped, for a type that is fed says it in numbers."""

    def end(side: str, bound: Bound) -> Bound:
        return None if isinstance(bound, Expression) else bound

    fed = {name: change_ends(declared[name], end) for name in measures.places}
    return {**measures.context, **fed}


def surely_finite(types: Mapping[str, Type], measures: Measures) -> bool:
    """Whether what is drawn is finite for everything regular that the port holds."""
    drawn = [type_ for name, type_ in types.items() if name not in measures.places]
    if all(finite(type_, measures.context) for type_ in drawn):
        return True
    measures.assumed = True
    closed = {
        name: change_ends(type_, _closed_end) if name in measures.places else type_
        for name, type_ in measures.context.items()
    }
    return all(finite(type_, closed) for type_ in drawn)


def _closed_end(side: str, bound: Bound) -> Bound:
    if bound is not None:
        return bound
    return FARTHEST if side == HIGH else -FARTHEST


__all__ = ["Condition", "containment", "drawable", "settled_port", "surely_finite"]
