"""A second checker, by brute force: what the first accepts never leaves a type.

Random small declarations (ranges, lists, flags, bounds that depend on earlier
parameters), every value enumerated. The oracle shares nothing with the checker's
intervals and comparisons: bounds are evaluated on actual values alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from racesc.drawing import drawn_type
from racesc.feeding import Fed, Given, feed, infeasible
from racesc.library import Library
from racesc.pipeline import analyse
from racesc.runtime.base import Base, Parameter
from racesc.runtime.bounds import (
    Bound,
    Expression,
    evaluate,
    greatest,
    hi,
    least,
    lo,
    size,
    value,
)
from racesc.runtime.types import Int, List, Type
from racesc.show_types import signature_text
from racesc.source import Source
from racesc.subsume import within
from racesc.typed import Signature

SETTINGS = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)


# ── the oracle ────────────────────────────────────────────────────────────────


def end(bound: Bound, values: Mapping[str, Any]) -> Any:
    """A bound on actual values; None for none, "any" where it speaks of nothing."""
    found = evaluate(bound, values) if isinstance(bound, Expression) else bound
    return found if found is None or isinstance(found, int) else "any"


def numbers(type_: Int, values: Mapping[str, Any]) -> list[int]:
    low, high = end(type_.low, values), end(type_.high, values)
    if "any" in (low, high):  # the items of an empty list: the range holds everything
        low, high = (-6 if low == "any" else low), (6 if high == "any" else high)
    return [n for n in range(low, high + 1) if n or not type_.nonzero]


def everything(type_: Type, values: Mapping[str, Any]) -> list[Any]:
    """All values of a small type, given earlier values."""
    if isinstance(type_, Int):
        return numbers(type_, values)
    assert isinstance(type_, List) and isinstance(type_.item, Int)
    items = numbers(type_.item, values)
    shortest, longest = end(type_.length[0], values), end(type_.length[1], values)
    found = []
    for count in range(shortest, longest + 1):
        for row in product(items, repeat=count):
            if type_.distinct and len(set(row)) < len(row):
                continue
            if not type_.sorted or list(row) == sorted(row):
                found.append(list(row))
    return found


def member(type_: Type, one: Any, values: Mapping[str, Any]) -> bool:
    """Whether a value is in a type, given the values that its bounds speak of."""
    if isinstance(type_, Int):
        low, high = end(type_.low, values), end(type_.high, values)
        return (
            (low in (None, "any") or one >= low)
            and (high in (None, "any") or one <= high)
            and (one != 0 or not type_.nonzero)
        )
    assert isinstance(type_, List)
    low, high = (end(bound, values) for bound in type_.length)
    return (
        (low is None or len(one) >= low)
        and (high is None or len(one) <= high)
        and not (type_.distinct and len(set(one)) < len(one))
        and not (type_.sorted and one != sorted(one))
        and all(member(type_.item, item, values) for item in one)
    )


def assignments(parameters: tuple[Parameter, ...]) -> Iterator[dict[str, Any]]:
    """Every choice of values for the parameters, in order."""
    partial: list[dict[str, Any]] = [{}]
    for one in parameters:
        partial = [
            {**known, one.name: each}
            for known in partial
            for each in everything(one.type, known)
        ]
    yield from partial


# ── random declarations ───────────────────────────────────────────────────────


@st.composite
def bounds(draw: st.DrawFn, earlier: tuple[Parameter, ...]) -> Bound:
    """A small number, or a small expression over earlier parameters."""
    number = draw(st.integers(-2, 3))
    if not earlier or draw(st.booleans()):
        return number
    one = draw(st.sampled_from(earlier))
    if isinstance(one.type, Int):
        atom: Expression = value(one.name)
    else:
        atom = draw(st.sampled_from([size, lo, hi]))(one.name)
    operation = draw(st.sampled_from(["as is", "+", "-", "of", "max", "min", "twice"]))
    if operation == "+":
        return atom + number
    if operation == "-":
        return atom - 1
    if operation == "of":
        return number - atom
    if operation == "max":
        return greatest(atom, number)
    if operation == "min":
        return least(atom, number)
    return atom * 2 if operation == "twice" else atom


@st.composite
def ranges(draw: st.DrawFn, earlier: tuple[Parameter, ...]) -> tuple[Bound, Bound]:
    low, high = draw(bounds(earlier)), draw(bounds(earlier))
    if isinstance(low, int) and isinstance(high, int) and low > high:
        return high, low
    return low, high


@st.composite
def types(draw: st.DrawFn, earlier: tuple[Parameter, ...] = ()) -> Type:
    """A small type whose bounds may speak of earlier parameters."""
    low, high = draw(ranges(earlier))
    number = Int(low, high, nonzero=draw(st.booleans()))
    if draw(st.booleans()):
        return number
    if draw(st.booleans()):
        number = Int(-1, 1)
    shortest = draw(st.integers(0, 2))
    longest = shortest + draw(st.integers(0, 1))
    flags = {"distinct": draw(st.booleans()), "sorted": draw(st.booleans())}
    return List(number, (shortest, longest), **flags)


@st.composite
def declarations(draw: st.DrawFn) -> Base:
    """A base environment with up to three small parameters that the compiler takes; its
    codomain is drawn too. Nobody solves it: it could give whatever its codomain has."""
    parameters: list[Parameter] = []
    for name in "xyz"[: draw(st.integers(1, 3))]:
        parameters.append(Parameter(name, draw(types(tuple(parameters)))))
    codomain = draw(types(tuple(parameters)))
    found = declared(Signature((), tuple(parameters), codomain))
    assume(found is not None)
    assert found is not None
    return found


def declared(signature: Signature) -> Base | None:
    """A declaration as the compiler reads it; None where it refuses it."""
    names = [one.name for one in signature.parameters]
    holes = ", ".join(f"{{{{ {name} }}}}" for name in names)
    text = f'env f{signature_text(signature)} {{\n  describe "Use {holes}."\n}}\n'
    solver = f"def f({', '.join(names)}):\n    return None\n"
    source = Source("m.races", text, ".", "m.py", solver)
    result = analyse([source], Library(lambda path: None, "lib"))
    if result.has_errors or not result.program.modules[0].environments:
        return None
    return result.program.modules[0].environments[0].base


class Only:
    """What ``feed`` looks at of a declaration."""

    def __init__(self, base: Base) -> None:
        self.base = base


def fed(base: Base, given_types: Mapping[str, Type]) -> Fed:
    types_ = {name: Given(type_) for name, type_ in given_types.items()}
    return feed(Only(base), types_)  # type: ignore[arg-type]


# ── accepted: no value leaves a type ──────────────────────────────────────────

SMALL = 3_000  # values looked at in each place


@SETTINGS
@given(declarations())
def test_what_is_accepted_as_a_head_stays_in_its_type(base: Base) -> None:
    result = fed(base, {})
    if result.misfits:
        return
    for known in _first(assignments_given(base, result, {})):
        answers = everything_or_none(base.codomain, known)
        for answer in answers:
            assert member(result.codomain, answer, {}), (base, known, answer, result)


@SETTINGS
@given(types(), declarations())
def test_what_is_accepted_as_a_step_stays_in_its_ports(
    incoming: Type, base: Base
) -> None:
    if infeasible(incoming, {}):
        return
    first = base.parameters[0]
    result = fed(base, {first.name: incoming})
    coming = everything(incoming, {})
    if result.misfits:
        for misfit in result.misfits:
            if misfit.witness is not None:
                (witness,) = misfit.witness
                assert witness in coming, (incoming, misfit)
                assert not member(first.type, witness, {}), (first, misfit)
        return
    for fed_value in coming[:60]:
        assert member(first.type, fed_value, {}), (incoming, first, fed_value)
        known = {first.name: fed_value}
        for values in _first(assignments_given(base, result, known)):
            for answer in everything_or_none(base.codomain, values):
                assert member(result.codomain, answer, {}), (base, values, answer)


def assignments_given(
    base: Base, result: Fed, known: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    """Every way to draw what is left, given what is fed. For what the checker accepts
    there must always be one."""
    partial = [known]
    for one in base.parameters:
        if one.name in known:
            continue
        grown = []
        for values in partial:
            choices = everything_or_none(one.type, values)
            assert choices, f"nothing to draw for {one} given {values}"
            # What is drawn lies in the type that the checker says is drawn.
            drawn = drawn_type(base, one.name, one.type, {}, 10)
            for choice in choices[:40]:
                if member(drawn, choice, values):
                    assert member(result.types[one.name], choice, values)
            grown += [{**values, one.name: choice} for choice in choices[:40]]
        partial = grown[:400]
    yield from partial


def everything_or_none(type_: Type, values: Mapping[str, Any]) -> list[Any]:
    return everything(type_, values)[:SMALL]


def _first(found: Iterator[dict[str, Any]]) -> list[dict[str, Any]]:
    return list(found)[:200]


# ── subtyping ─────────────────────────────────────────────────────────────────


@SETTINGS
@given(types(), types())
def test_within_means_that_every_value_is_inside(inner: Type, outer: Type) -> None:
    if type(inner) is not type(outer):
        return
    values = everything(inner, {})
    if within(inner, outer, {}):
        assert all(member(outer, one, {}) for one in values), (inner, outer)


# ── the printed witness ───────────────────────────────────────────────────────


def test_the_oracle_tells_right_from_wrong() -> None:
    assert everything(List(Int(0, 1), (1, 2), sorted=True), {}) == [
        [0],
        [1],
        [0, 0],
        [0, 1],
        [1, 1],
    ]
    assert member(Int(0, value("n")), 3, {"n": 3})
    assert not member(Int(0, value("n")), 4, {"n": 3})
