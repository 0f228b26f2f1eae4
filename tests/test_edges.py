"""Edge values lie inside their types and reach the ends."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from racesc.edges import distinct_values, edge_inputs, edge_values, small_inputs
from racesc.runtime import bounds as b
from racesc.runtime import types as t
from racesc.runtime.base import Parameter
from racesc.runtime.member import contains, inside

ENDS = st.integers(-30, 30)
LENGTHS = st.integers(0, 9)


def range_of(ends: st.SearchStrategy[int]) -> st.SearchStrategy[t.Range]:
    return st.tuples(ends, ends).map(lambda pair: (min(pair), max(pair)))


SCALARS: st.SearchStrategy[t.Type] = st.one_of(
    st.builds(lambda r, z: t.Int(*r, nonzero=z), range_of(ENDS), st.booleans()),
    st.builds(lambda r, z: t.Rat(*r, nonzero=z), range_of(ENDS), st.booleans()),
    st.just(t.Bool()),
    st.builds(t.Str, range_of(LENGTHS), st.sampled_from([None, "01", "a", " ab"])),
    st.just(t.Labels(("east", "west"))),
    st.just(t.Int()),
)
TYPES: st.SearchStrategy[t.Type] = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.builds(t.List, inner, range_of(LENGTHS), st.booleans()),
        st.builds(t.Tuple, st.tuples(inner, inner)),
        st.builds(
            t.Matrix, inner, range_of(st.integers(1, 4)), range_of(st.integers(1, 4))
        ),
        st.builds(t.Newtype, st.just("m.T"), inner),
    ),
    max_leaves=4,
)
MORE = st.one_of(
    TYPES,
    st.builds(
        t.List, st.just(t.Int(-3, 9)), range_of(LENGTHS), st.booleans(), st.just(True)
    ),
    st.builds(t.Set, st.just(t.Int(0, 20)), range_of(LENGTHS)),
    st.builds(
        t.Graph,
        range_of(LENGTHS),
        st.booleans(),
        st.sampled_from([None, t.Int(1, 9)]),
    ),
)


@given(MORE)
@settings(deadline=None)
def test_edge_values_lie_inside(type: t.Type) -> None:
    for value in edge_values(type):
        assert inside(type, value), (type, value)


@given(TYPES, st.integers(0, 20))
@settings(deadline=None)
def test_distinct_values_are_distinct(type: t.Type, wanted: int) -> None:
    found = distinct_values(type, wanted)
    assert len(found) <= wanted
    assert len({repr(value) for value in found}) == len(found)
    for value in found:
        assert inside(type, value)


@given(range_of(ENDS))
def test_both_ends_of_a_range(ends: tuple[int, int]) -> None:
    found = edge_values(t.Int(*ends))
    assert set(ends) <= set(found)
    assert (0 in found) == (ends[0] <= 0 <= ends[1])


def test_an_unbounded_int_is_capped() -> None:
    found = edge_values(t.Int())
    assert {-(10**12), 10**12, 0, 1, -1} <= set(found)


def test_fractional_ends_of_a_whole_number() -> None:
    assert edge_values(t.Int(Fraction(1, 2), Fraction(5, 2))) == [1, 2]


def test_lists_empty_one_longest_equal_and_ordered() -> None:
    found = edge_values(t.List(t.Int(0, 9), (0, 20)))
    assert [] in found
    assert [0] in found
    assert [9] * 20 in found
    ascending = [row for row in found if len(row) == 20 and row == sorted(row)]
    assert any(len(set(row)) > 1 for row in ascending)
    assert any(row == sorted(row, reverse=True) != sorted(row) for row in found)


def test_texts_of_blanks_and_of_awkward_characters() -> None:
    found = edge_values(t.Str((0, 200)))
    assert "" in found
    assert " " * 200 in found
    assert any("</answer>" in text for text in found)
    assert any("日" in text for text in found)


def test_distinct_lists_reach_their_full_length() -> None:
    found = edge_values(t.List(t.Int(0, 9), (0, 10), distinct=True))
    assert list(range(10)) in found
    assert list(range(10))[::-1] in found


def test_a_set_with_fewer_values_than_its_length() -> None:
    found = edge_values(t.Set(t.Bool(), (0, 5)))
    assert frozenset({True, False}) in found


def test_graphs() -> None:
    found = edge_values(t.Graph((0, 4)))
    assert (0, []) in found
    assert (4, [(1, 2), (1, 3), (1, 4), (2, 3), (2, 4), (3, 4)]) in found
    weighted = edge_values(t.Graph((2, 2), weight=t.Int(1, 9)))
    assert (2, [(1, 2, 1)]) in weighted
    assert (2, [(1, 2, 9)]) in weighted


KTH = (
    Parameter("items", t.List(t.Int(-9, 9), (1, 50))),
    Parameter("k", t.Int(1, b.size("items"))),
)


def test_later_parameters_at_the_edges_that_earlier_ones_give() -> None:
    found = edge_inputs(KTH)
    assert len(found) <= 200
    for inputs in found:
        assert contains(KTH[1].type, inputs["k"], inputs)
    assert any(len(inputs["items"]) == inputs["k"] == 50 for inputs in found)
    assert any(inputs["k"] == 1 and len(inputs["items"]) == 50 for inputs in found)


@pytest.mark.parametrize("limit", [1, 7, 50, 1000])
def test_the_number_is_bounded_and_every_edge_gets_its_turn(limit: int) -> None:
    parameters = tuple(Parameter(name, t.Int(-5, 5)) for name in "abcd")
    found = edge_inputs(parameters, limit)
    assert 0 < len(found) <= limit
    if limit >= 50:
        for name in "abcd":
            assert {-5, 0, 5, 1, -1} <= {inputs[name] for inputs in found}


def test_a_type_without_values() -> None:
    assert edge_values(t.Int(5, 4)) == []
    assert edge_inputs([Parameter("n", t.Int(5, 4))]) == []
    assert edge_values(t.Var("a")) == []


def test_small_numbers_are_all_tried() -> None:
    parameters = [
        Parameter("items", t.List(t.Int(0, 9), (1, 5))),
        Parameter("n", t.Int(3, None)),
        Parameter("m", t.Int(0, 2)),
    ]
    found = small_inputs(parameters)
    assert {one["n"] for one in found} >= set(range(3, 63))
    assert {one["m"] for one in found} == {0, 1, 2}
    assert small_inputs([parameters[0]]) == []
