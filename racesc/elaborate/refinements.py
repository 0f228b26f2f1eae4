"""Refinements applied to types."""

from __future__ import annotations

from dataclasses import replace

from racesc.diagnostics import Report
from racesc.elaborate.bounds import WrongBound, read_bound
from racesc.errors.types import InvalidRefinement
from racesc.intervals import Context, tidy
from racesc.runtime.bounds import Atom, Bound, Expression, Operation
from racesc.runtime.types import (
    Graph,
    Int,
    List,
    Matrix,
    Newtype,
    Range,
    Rat,
    Set,
    Str,
    Type,
    Var,
)
from racesc.show_types import type_text
from racesc.syntax import FlagRefinement, RangeRefinement, Refinement
from racesc.unify import UNKNOWN

# What each word refines.
_REFINES = {
    "in": "`Int` and `Rat`",
    "nonzero": "`Int` and `Rat`",
    "len": "`Str`, `List` and `Set`",
    "over": "`Str`",
    "distinct": "`List`",
    "sorted": "`List`",
    "rows": "`Matrix`",
    "cols": "`Matrix`",
    "nodes": "`Graph` and `Digraph`",
}


def refine(
    type_: Type, refinement: Refinement, context: Context, report: Report
) -> Type:
    """The values of a type that a refinement leaves: ranges and alphabets intersect
    with what the type has already. ``UNKNOWN`` where a mistake was reported."""
    refined: Type | None
    if isinstance(refinement, RangeRefinement):
        word, refined = refinement.kind, None
        if not isinstance(type_, (Newtype, Var)):
            low, high = (
                None if end is None else read_bound(end, context, report)
                for end in (refinement.low, refinement.high)
            )
            if isinstance(low, WrongBound) or isinstance(high, WrongBound):
                return UNKNOWN
            refined = _ranged(type_, word, (low, high))
    elif isinstance(refinement, FlagRefinement):
        word = refinement.flag
        refined = _flagged(type_, word)
    else:
        word = "over"
        refined = _spelled(type_, refinement.characters)
    if refined is not None:
        return refined
    help_line = f"`{word}` refines {_REFINES[word]}"
    if isinstance(type_, Newtype):
        help_line = "refine the type that the newtype names, in its declaration"
    elif isinstance(type_, Var):
        help_line = "a type variable is taken as it is"
    report.add(
        InvalidRefinement(
            word, type_text(type_), refinement.span, help_line
        ).diagnostic()
    )
    return UNKNOWN


def _ranged(type_: Type, kind: str, ends: Range) -> Type | None:
    if kind == "in" and isinstance(type_, (Int, Rat)):
        low, high = _intersection((type_.low, type_.high), ends)
        return replace(type_, low=low, high=high)
    if kind == "len" and isinstance(type_, (Str, List, Set)):
        return replace(type_, length=_intersection(type_.length, ends))
    if kind == "rows" and isinstance(type_, Matrix):
        return replace(type_, rows=_intersection(type_.rows, ends))
    if kind == "cols" and isinstance(type_, Matrix):
        return replace(type_, cols=_intersection(type_.cols, ends))
    if kind == "nodes" and isinstance(type_, Graph):
        return replace(type_, nodes=_intersection(type_.nodes, ends))
    return None


def _flagged(type_: Type, flag: str) -> Type | None:
    if flag == "nonzero" and isinstance(type_, (Int, Rat)):
        if type_.low == 0 and type_.high == 0:
            return replace(type_, nonzero=True)  # empty: reported as it is written
        return tidy(replace(type_, nonzero=True))
    if flag == "distinct" and isinstance(type_, List):
        return replace(type_, distinct=True)
    if flag == "sorted" and isinstance(type_, List):
        return replace(type_, sorted=True)
    return None


def _spelled(type_: Type, characters: str) -> Type | None:
    if not isinstance(type_, Str):
        return None
    letters = set(characters)
    if type_.alphabet is not None:
        letters &= set(type_.alphabet)
    return replace(type_, alphabet="".join(sorted(letters)))


# ── ranges ────────────────────────────────────────────────────────────────────


def _intersection(known: Range, ends: Range) -> Range:
    return _stricter("max", known[0], ends[0]), _stricter("min", known[1], ends[1])


def _stricter(operator: str, known: Bound, end: Bound) -> Bound:
    """The one of two ends, lower (`max`) or upper ones (`min`), that leaves less."""
    if known is None or end is None:
        return end if known is None else known
    if known == end:
        return known
    if isinstance(known, Expression) or isinstance(end, Expression):
        if operator == "max" and known == 0 and isinstance(end, Atom):
            if end.kind in ("len", "rows", "cols", "nodes"):
                return end  # a size is never negative
        return Operation(operator, known, end)
    return max(known, end) if operator == "max" else min(known, end)
