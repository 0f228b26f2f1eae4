"""Subsumption: whether every value of one type is a value of another."""

from __future__ import annotations

from racesc.compare import provably_at_most
from racesc.intervals import Context, interval
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
)
from racesc.unify import UNKNOWN, same_shape


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


__all__ = ["within"]
