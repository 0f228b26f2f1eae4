"""Written bounds: the ends of ranges, over the names that they may speak of."""

from __future__ import annotations

from fractions import Fraction

from racesc.diagnostics import Report
from racesc.errors.names import UnknownName
from racesc.errors.types import InvalidBound
from racesc.intervals import (
    Context,
    atoms,
    interval,
    may_be_zero,
    possibly_empty,
    underlying,
)
from racesc.resolve import near
from racesc.runtime.bounds import Atom, Bound, Expression, Operation, operate
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
)
from racesc.show_types import type_text
from racesc.source import Span
from racesc.syntax import (
    BoundExpression,
    BoundName,
    BoundNumber,
    BoundOf,
    BoundOperation,
)
from racesc.unify import UNKNOWN

# What may be measured, and how messages call it. The value itself is measured by
# ``value``; `lo` and `hi` besides need items that are numbers.
_MEASURED: dict[str, tuple[tuple[type[Type], ...], str]] = {
    "value": ((Int,), "an Int"),
    "len": ((Str, List, Set), "a Str, List or Set"),
    "rows": ((Matrix,), "a Matrix"),
    "cols": ((Matrix,), "a Matrix"),
    "nodes": ((Graph,), "a graph"),
    "lo": ((List, Set, Matrix), "a List, Set or Matrix of Int or Rat"),
    "hi": ((List, Set, Matrix), "a List, Set or Matrix of Int or Rat"),
}


class WrongBound:
    """Stands for a bound in which a mistake was reported."""


WRONG = WrongBound()


def read_bound(
    written: BoundExpression, context: Context, report: Report
) -> Bound | WrongBound:
    """A bound over the names of the context; ``WRONG`` where a mistake was reported."""
    if isinstance(written, BoundNumber):
        return written.value
    if isinstance(written, BoundName):
        return _measure("value", written.name, written.span, context, report)
    if isinstance(written, BoundOf):
        return _measure(written.function, written.name, written.span, context, report)
    left = read_bound(written.left, context, report)
    right = read_bound(written.right, context, report)
    if isinstance(left, WrongBound) or isinstance(right, WrongBound):
        return WRONG
    return _operation(written, left, right, context, report)


def _measure(
    kind: str, name: str, span: Span, context: Context, report: Report
) -> Bound | WrongBound:
    known = context.get(name)
    if known is None:
        report.add(_unknown(kind, name, span, context, report).diagnostic())
        return WRONG
    known = underlying(known)
    if known == UNKNOWN:
        return WRONG
    kinds, meaning = _MEASURED[kind]
    fits = isinstance(known, kinds)
    if kind in ("lo", "hi") and isinstance(known, (List, Set, Matrix)):
        fits = isinstance(known.item, (Int, Rat))
    if fits:
        return Atom(kind, name)
    shown = name if kind == "value" else f"{kind}({name})"
    report.add(
        InvalidBound(
            f"`{shown}` in a bound needs {meaning}, and `{name}` is "
            f"`{type_text(known)}`",
            span,
            "a bound may use n, len(p), rows(p), cols(p), nodes(p), lo(p), hi(p)",
        ).diagnostic()
    )
    return WRONG


def _unknown(
    kind: str, name: str, span: Span, context: Context, report: Report
) -> UnknownName | InvalidBound:
    """What is wrong with a name that is none of the context's."""
    if kind == "value" and name == "level":
        return InvalidBound(
            "`level` stands only in a `level` line",
            span,
            "write the type for level 10, and a line such as `level n <= 10 * level`",
        )
    similar = near(name, context, report)
    hint = "a bound may mention the parameters before it"
    return UnknownName("earlier parameter", name, span, similar, hint)


def _operation(
    written: BoundOperation, left: Bound, right: Bound, context: Context, report: Report
) -> Bound | WrongBound:
    operator, place = written.operator, written.right.span
    if operator in ("//", "%") and may_be_zero(interval(right, context)):
        sure = "make sure of it, for example with `max(1, …)`"
        report.add(InvalidBound("this divisor may be 0", place, sure).diagnostic())
        return WRONG
    if operator == "^":
        lowest = interval(right, context).low
        if lowest is None or lowest < 0:
            problem = "this exponent may be negative"
            sure = "make sure of it, for example with `max(0, …)`"
            report.add(InvalidBound(problem, place, sure).diagnostic())
            return WRONG
    if isinstance(left, Expression) or isinstance(right, Expression):
        return Operation(operator, left, right)
    result = operate(operator, left, right)
    assert result is None or isinstance(result, (int, Fraction))
    return result


# ── bounds of nothing ─────────────────────────────────────────────────────────


def check_scalar_bounds(
    type_: Type, span: Span, context: Context, report: Report
) -> None:
    """Report `lo(p)`, `hi(p)` of a possibly empty ``p`` in a scalar's ends or in a
    length, where there is no value to speak of."""
    if isinstance(type_, Tuple):
        for item in type_.items:
            check_scalar_bounds(item, span, context, report)
    ends: tuple[Bound, ...] = ()
    if isinstance(type_, (Int, Rat)):
        ends = (type_.low, type_.high)
    elif isinstance(type_, (Str, List, Set)):
        ends = type_.length
    elif isinstance(type_, Matrix):
        ends = (*type_.rows, *type_.cols)
    elif isinstance(type_, Graph):
        ends = type_.nodes
    for end in ends:
        name = _undefined(end, context)
        if name is not None:
            report.add(
                InvalidBound(
                    f"`{name}` may be empty, and then it has no smallest or "
                    "largest item",
                    span,
                    f"give it at least one item (`len 1..`), or write the bound as "
                    f"a multiple of `len({name})`",
                ).diagnostic()
            )
            return


def _undefined(bound: Bound, context: Context) -> str | None:
    """The possibly empty name whose `lo` or `hi` stands in a bound other than as a
    factor beside its `len`."""
    if isinstance(bound, Operation) and bound.operator == "*":
        factors = _factors(bound)
        sizes = {f.name for f in factors if isinstance(f, Atom) and f.kind == "len"}
        for factor in factors:
            name = _undefined(factor, context)
            if name is not None and name not in sizes:
                return name
        return None
    if isinstance(bound, Operation):
        return _undefined(bound.left, context) or _undefined(bound.right, context)
    for atom in atoms(bound):
        if atom.kind in ("lo", "hi") and possibly_empty(atom.name, context):
            return atom.name
    return None


def _factors(bound: Bound) -> list[Bound]:
    if isinstance(bound, Operation) and bound.operator == "*":
        return _factors(bound.left) + _factors(bound.right)
    return [bound]
