"""Prepared checks say what the plain ones say, and nodes leave them behind."""

from __future__ import annotations

import pickle
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from racesc.operators.sequential import Sequential
from racesc.operators.sort import Sort
from racesc.operators.step import Step
from racesc.runtime import checks
from racesc.runtime.base import Base, Parameter
from racesc.runtime.bounds import (
    LARGEST,
    Atom,
    Bound,
    Operation,
    evaluate,
    hi,
    lo,
    size,
    value,
)
from racesc.runtime.brick import Brick
from racesc.runtime.checks import check
from racesc.runtime.choice import Rng
from racesc.runtime.member import at, contains
from racesc.runtime.types import (
    Bool,
    Graph,
    Int,
    Labels,
    List,
    Matrix,
    Newtype,
    Rat,
    Set,
    Str,
    Tuple,
    Type,
    Var,
)

SETTINGS = settings(max_examples=400, deadline=None, derandomize=True)
NUMBERS = (0, 1, -1, 2, 3, 7, 150, -5, LARGEST, -LARGEST)
NUMBER = st.one_of(st.sampled_from(NUMBERS), st.fractions(-9, 9, max_denominator=4))
ATOMS: list[Atom] = [value("n"), value("m"), size("xs"), lo("xs"), hi("xs"), size("s")]
BOUNDS: st.SearchStrategy[Bound] = st.recursive(
    st.one_of(NUMBER, st.sampled_from(ATOMS)),
    lambda inner: st.builds(
        Operation,
        st.sampled_from(("+", "-", "*", "//", "%", "^", "min", "max")),
        inner,
        inner,
    ),
    max_leaves=6,
)
VALUES = st.fixed_dictionaries(
    {
        "n": st.integers(-9, 200),
        "m": st.sampled_from((0, 1, LARGEST)),
        "xs": st.lists(st.integers(-5, 5), max_size=4),
        "s": st.text("ab", max_size=3),
    }
)
ENDS = st.tuples(st.one_of(st.none(), BOUNDS), st.one_of(st.none(), BOUNDS))
INTS = st.builds(lambda ends, nonzero: Int(*ends, nonzero), ENDS, st.booleans())
FLAT: st.SearchStrategy[Type] = st.one_of(
    INTS,
    st.builds(lambda ends, nonzero: Rat(*ends, nonzero), ENDS, st.booleans()),
    st.builds(Str, ENDS, st.sampled_from((None, "a", "ab"))),
    st.builds(List, INTS, ENDS, st.booleans(), st.booleans()),
    st.builds(List, st.builds(Str, ENDS), ENDS),
    st.builds(Set, INTS, ENDS),
    st.builds(lambda one: Tuple((one, Bool())), INTS),
    st.builds(Matrix, INTS, ENDS, ENDS),
    st.builds(Graph, ENDS, st.booleans(), st.one_of(st.none(), INTS)),
    st.sampled_from((Labels(("a", "ab")), Bool(), Str((1, 2), ""), Var("a"))),
)
TYPES: st.SearchStrategy[Type] = st.recursive(
    FLAT,
    lambda inner: st.one_of(
        st.builds(List, inner, ENDS),
        st.builds(lambda *items: Tuple(items), inner, inner),
        st.builds(lambda body: Newtype("it.Some", body), inner),
    ),
    max_leaves=3,
)
GIVEN: st.SearchStrategy[Any] = st.one_of(
    st.integers(-9, 9),
    st.booleans(),
    st.fractions(-3, 3, max_denominator=3),
    st.text("abc", max_size=3),
    st.lists(st.integers(-5, 5), max_size=4),
    st.lists(st.text("ab", max_size=2), max_size=3),
    st.frozensets(st.integers(-5, 5), max_size=3),
    st.tuples(st.integers(-5, 5), st.booleans()),
    st.lists(st.lists(st.integers(-5, 5), max_size=2), max_size=2),
    st.tuples(
        st.integers(0, 3),
        st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3)), max_size=2),
    ),
    st.just((3, [(1, 2, 4), (2, 3, -1)])),
    st.none(),
)


@SETTINGS
@given(BOUNDS, VALUES)
def test_prepared_bounds(bound: Bound, values: dict[str, Any]) -> None:
    found = checks.number(bound)(values)
    assert found == evaluate(bound, values)
    assert type(found) in (int, Fraction, type(None), type(evaluate(bound, values)))
    assert checks.end(bound)(values) == at(bound, values)


@SETTINGS
@given(TYPES, GIVEN, VALUES)
def test_prepared_types(kind: Type, one: Any, values: dict[str, Any]) -> None:
    assert check(kind)(one, values) == contains(kind, one, values)


def test_types_that_hold_something() -> None:
    kind = List(Int(lo("xs"), value("n") - 1), (1, size("xs") + 1))
    values = {"n": 4, "xs": [2, 9]}
    assert [check(kind)(one, values) for one in ([2, 3], [3, 4], [], [1], [2] * 4)] == [
        True,
        False,
        False,
        False,
        False,
    ]


N = value("n")  # 4, and xs is [2, 9]
HOLDS: list[tuple[Type, list[Any], list[Any]]] = [
    (List(Int(0, N), (1, N), True), [[3, 0], [4]], [[3, 3], [5], [], (1, 2)]),
    (List(Int(), (0, N), sorted=True), [[], [1, 1, 2]], [[2, 1], [1] * 5, [1, True]]),
    (List(Int(nonzero=True)), [[1, -1]], [[1, 0], [1.0]]),
    (List(List(Int(0, N)), (2, 2)), [[[1], []], [[4], [0]]], [[[5], []], [[1]]]),
    (Set(Int(0, N), (1, 2)), [frozenset({4})], [frozenset({5}), frozenset(), {1}]),
    (Matrix(Int(0, N), (1, 2), (1, N)), [[[1, 4]], [[0], [0]]], [[[]], [[1], [1, 2]]]),
    (Matrix(Int(), (N, N)), [[[1]] * 4], [[[1]] * 3, [1] * 4, []]),
    (Tuple((Int(0, N), Str((1, N), "ab"))), [(4, "ab")], [(5, "a"), (1, "ac"), (1,)]),
    (Graph((1, N)), [(4, [(1, 2)]), (1, [])], [(5, []), (0, []), (2, [(2, 1)])]),
    (Graph(weight=Int(0, N)), [(2, [(1, 2, 4)])], [(2, [(1, 2, 5)]), (2, [(1, 2)])]),
    (Newtype("it.Some", Int(0, N)), [4], [5, True]),
    (Rat(Fraction(1, 2), N, True), [Fraction(4)], [4, Fraction(1, 3), Fraction(0)]),
    (Labels(("a", "b")), ["a"], ["c", 1]),
]


@pytest.mark.parametrize(("kind", "held", "others"), HOLDS)
def test_what_prepared_types_hold(
    kind: Type, held: list[Any], others: list[Any]
) -> None:
    values = {"n": 4, "xs": [2, 9]}
    fits = check(kind)
    assert [fits(one, values) for one in held] == [True] * len(held)
    assert [fits(one, values) for one in others] == [False] * len(others)
    for one in (*held, *others):
        assert fits(one, values) == contains(kind, one, values)


def backwards(items: list[int]) -> list[int]:
    return items[::-1]


def test_what_was_prepared_is_not_pickled() -> None:
    numbers = List(Int(0, 9), (2, 5))
    same = List(Int(0, 9), (size("items"), size("items")))
    bases = [
        Base(f"it.{solve.__name__}", (Parameter("items", numbers),), same, "do", solve)
        for solve in (sorted, backwards)
    ]
    first, second = (Brick(one, {}) for one in bases)
    node = Sequential((Step(Sort((first, second))),))
    before = node.draw(Rng.keyed("pickled"), "", 5, {})
    node.wording(before, {}, "")
    twin = pickle.loads(pickle.dumps(node))
    assert twin.draw(Rng.keyed("pickled"), "", 5, {}).answer == before.answer
    assert len(pickle.dumps(twin)) == len(pickle.dumps(node))
