"""The comparison rule: whether one bound is at most another, for every value.

`semantics.md` section 1, "Comparing bounds".
"""

from __future__ import annotations

from typing import TypeAlias

from racesc.intervals import Context, Interval, combine, interval, symbolic_range
from racesc.runtime.bounds import Atom, Bound, Expression, Number, Operation

# A linear form: coefficients of terms. A term is a sorted tuple of factors (atoms and
# opaque operations); the empty tuple is the constant.
Term: TypeAlias = tuple[Expression, ...]
Form: TypeAlias = dict[Term, Number]
_MOST_TERMS = 64


def _form(bound: Bound) -> Form | None:
    """A bound as a sum of products; None when unbounded or too large to bother."""
    if bound is None:
        return None
    if not isinstance(bound, Expression):
        return {(): bound} if bound else {}
    if isinstance(bound, Atom):
        return {(bound,): 1}
    assert isinstance(bound, Operation)
    if bound.operator not in ("+", "-", "*"):
        return {(bound,): 1}
    left, right = _form(bound.left), _form(bound.right)
    if left is None or right is None:
        return None
    result: Form
    if bound.operator == "*":
        if len(left) * len(right) > _MOST_TERMS:
            return {(bound,): 1}
        result = {}
        for a, x in left.items():
            for b, y in right.items():
                term = tuple(sorted(a + b, key=repr))
                result[term] = result.get(term, 0) + x * y
    else:
        result = dict(left)
        sign = 1 if bound.operator == "+" else -1
        for term, x in right.items():
            result[term] = result.get(term, 0) + sign * x
    return {term: x for term, x in result.items() if x != 0}


def _term_interval(term: Term, context: Context) -> Interval:
    product = Interval(1, 1)
    for factor in term:
        product = combine("*", product, interval(factor, context))
    return product


def _form_interval(form: Form, context: Context) -> Interval:
    total = Interval(0, 0)
    for term, coefficient in form.items():
        times = Interval(coefficient, coefficient)
        part = combine("*", times, _term_interval(term, context))
        total = combine("+", total, part)
    return total


def _form_low(form: Form, context: Context) -> Number | None:
    """The best lower bound of a form: term by term, or with one factor taken out of
    the terms that have it (`dice * faces - dice` as `dice * (faces - 1)`)."""
    best = _form_interval(form, context).low
    factors = {factor: None for term in form if len(term) > 1 for factor in term}
    for factor in factors:
        quotient: Form = {}
        rest: Form = {}
        for term, coefficient in form.items():
            if factor in term:
                place = term.index(factor)
                quotient[term[:place] + term[place + 1 :]] = coefficient
            else:
                rest[term] = coefficient
        inner = _form_interval(quotient, context)
        taken = combine("*", interval(factor, context), inner)
        low = combine("+", taken, _form_interval(rest, context)).low
        if low is not None and (best is None or low > best):
            best = low
    return best


def alternatives(bound: Bound, operator: str) -> tuple[Bound, ...]:
    """The bounds of which one is the smallest ("min") or the largest ("max")."""
    if isinstance(bound, Operation) and bound.operator == operator:
        return alternatives(bound.left, operator) + alternatives(bound.right, operator)
    return (bound,)


def provably_at_most(left: Bound, right: Bound, context: Context) -> bool:
    """Whether ``left <= right`` holds for every value of the context.

    The comparison rule: normalise the difference, cancel equal terms, replace the
    remaining atoms, last bound first, by their own symbolic bound, and only then by
    intervals. Incomplete, never unsound. A None on the left is minus infinity and on
    the right plus infinity.
    """
    if left is None or right is None:
        return (left is None and right is None) or right is None
    for part in alternatives(right, "min"):
        if part is not right and not provably_at_most(left, part, context):
            return False
    if alternatives(right, "min")[0] is not right:
        return True
    for part in alternatives(left, "max"):
        if part is not left and not provably_at_most(part, right, context):
            return False
    if alternatives(left, "max")[0] is not left:
        return True
    if any(
        part is not right and provably_at_most(left, part, context)
        for part in alternatives(right, "max")
    ):
        return True
    if any(
        part is not left and provably_at_most(part, right, context)
        for part in alternatives(left, "min")
    ):
        return True
    form = _form(Operation("-", right, left))
    if form is None:
        return False
    return _provably_nonnegative(form, context)


def _provably_nonnegative(form: Form, context: Context) -> bool:
    order = {name: place for place, name in enumerate(context)}
    # Each round removes the atom bound last, so there are at most as many as names.
    for _ in range(4 * len(order) + 4):
        low = _form_low(form, context)
        if low is not None and low >= 0:
            return True
        linear = [
            (order.get(term[0].name, -1), repr(term[0]), term)
            for term in form
            if len(term) == 1 and isinstance(term[0], Atom)
        ]
        if not linear:
            return False
        for _place, _text, term in sorted(linear, reverse=True):
            atom = term[0]
            assert isinstance(atom, Atom)
            low_bound, high_bound = symbolic_range(atom, context)
            replacement = _form(low_bound if form[term] > 0 else high_bound)
            if replacement is None:
                continue
            coefficient = form.pop(term)
            for key, x in replacement.items():
                form[key] = form.get(key, 0) + coefficient * x
            form = {key: x for key, x in form.items() if x != 0}
            break
        else:
            return False
    return False


__all__ = ["alternatives", "provably_at_most"]
