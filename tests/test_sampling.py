"""Drawing values: inside the type, narrowed by levels, with the ends among them."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from racesc.runtime.base import ContractError, Level
from racesc.runtime.bounds import LEVEL, lo, size, value
from racesc.runtime.choice import Rng
from racesc.runtime.instances import instances
from racesc.runtime.limits import Limits
from racesc.runtime.member import contains, freeze, inside, same
from racesc.runtime.sampling import draw
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
)


def ends(low: int, high: int, most: int) -> st.SearchStrategy[tuple[int, int]]:
    """Two ends of a range, the second at most ``most`` above the first."""
    return st.tuples(st.integers(low, high), st.integers(0, most)).map(
        lambda pair: (pair[0], pair[0] + pair[1])
    )


numbers = st.builds(
    lambda pair, nonzero: Int(*pair, nonzero and pair != (0, 0)),
    ends(-50, 50, 200),
    st.booleans(),
)
fractions = st.builds(
    lambda pair, nonzero: Rat(*pair, nonzero and pair != (0, 0)),
    ends(-9, 9, 30),
    st.booleans(),
)
texts = st.builds(Str, ends(0, 5, 12), st.sampled_from([None, "01", "xyz", "a"]))
scalars = st.one_of(
    numbers, fractions, texts, st.just(Bool()), st.just(Labels(("east", "west")))
)
wide = st.builds(Int, st.integers(-50, 0), st.integers(40, 99))
graphs = st.builds(Graph, ends(0, 4, 5), st.booleans(), st.none() | numbers)


def collections(items: st.SearchStrategy[Type]) -> st.SearchStrategy[Type]:
    return st.one_of(
        st.builds(List, items, ends(0, 4, 6)),
        st.builds(List, scalars, ends(0, 4, 6), sorted=st.just(True)),
        st.builds(
            List, wide, ends(0, 9, 12), distinct=st.just(True), sorted=st.booleans()
        ),
        st.builds(Set, wide, ends(0, 9, 12)),
        st.builds(Matrix, items, ends(1, 3, 3), ends(1, 3, 3)),
        st.lists(items, min_size=2, max_size=3).map(lambda parts: Tuple(tuple(parts))),
        items.map(lambda body: Newtype("m.Name", body)),
    )


types = st.recursive(scalars | graphs, collections, max_leaves=4)


@given(types, st.integers(0, 10**6), st.integers(1, 10))
def test_what_is_drawn_lies_in_the_type(kind: Type, seed: int, level: int) -> None:
    assume(not _has_labels_sorted(kind))
    value = draw(kind, Rng.keyed(seed), level, {})
    assert inside(kind, value), value
    assert same(value, draw(kind, Rng.keyed(seed), level, {}))


def _has_labels_sorted(kind: Type) -> bool:
    """Labels have no order, so a sorted list of them is no type."""
    if isinstance(kind, Tuple):
        return any(map(_has_labels_sorted, kind.items))
    if isinstance(kind, List) and kind.sorted and isinstance(kind.item, Labels):
        return True
    if isinstance(kind, (List, Set, Matrix)):
        return _has_labels_sorted(kind.item)
    return isinstance(kind, Newtype) and _has_labels_sorted(kind.body)


def drawn(kind: Type, level: int, count: int = 400, **more: Any) -> list[Any]:
    return [draw(kind, Rng.keyed(seed), level, {}, **more) for seed in range(count)]


def test_a_level_keeps_the_values_around_the_one_nearest_zero() -> None:
    limits = Limits(1)
    assert limits.numbers(-1000, 1000) == (-10, 10)
    assert limits.numbers(0, 999) == (0, 19)
    assert limits.numbers(50, 5000) == (50, 99)
    assert limits.numbers(-5000, -50) == (-99, -50)
    assert limits.numbers(-5, 9999) == (-5, 95)
    assert limits.numbers(3, 12) == (3, 12)
    assert Limits(5).numbers(0, 9999) == (0, 2499)
    assert Limits(10).numbers(-1000, 1000) == (-1000, 1000)
    for level in range(1, 11):
        for one in drawn(List(Int(-1000, 1000), (3, 3)), level, 50):
            most = max(10, 1001 * level * level // 100)
            assert all(abs(item) <= most for item in one)


def test_lengths_grow_with_the_level() -> None:
    assert [Limits(level).size(0, 50)[1] for level in (1, 5, 10)] == [5, 25, 50]
    assert [Limits(level).size(2, 5)[1] for level in (1, 5, 10)] == [3, 4, 5]
    longest = [max(map(len, drawn(Str((0, 40)), level))) for level in (1, 4, 10)]
    assert longest == [4, 16, 40]


def test_level_lines_stand_in_place_of_that() -> None:
    n = Level("n", False, 10**LEVEL)
    values = drawn(Int(10, 10**12), 2, parameter="n", lines=(n,))
    assert min(values) == 10 and max(values) == 100
    # A line never empties a range.
    assert set(
        drawn(Int(10, 10**12), 2, parameter="n", lines=(Level("n", False, 5),))
    ) == {10}
    assert set(
        drawn(Int(-99, -7), 2, parameter="n", lines=(Level("n", False, 5),))
    ) == {-7}
    values = drawn(Int(), 3, parameter="n", lines=(n,))
    assert min(values) == -1000 and max(values) == 1000
    items = (Level("items", True, 2 * LEVEL), Level("items", False, LEVEL))
    lists = drawn(List(Int(-99, 99), (1, 50)), 3, parameter="items", lines=items)
    assert {len(one) for one in lists} == set(range(1, 7))
    assert {item for one in lists for item in one} == set(range(-3, 4))
    # Another parameter's line says nothing here.
    assert max(drawn(Int(0, 9), 1, parameter="k", lines=(n,))) == 9


def test_a_level_line_may_speak_of_earlier_parameters() -> None:
    line = Level("k", False, value("n") // 2)
    values = [
        draw(Int(1, value("n")), Rng.keyed(seed), 1, {"n": 8}, "k", (line,))
        for seed in range(99)
    ]
    assert set(values) == {1, 2, 3, 4}


def test_bounds_are_taken_at_the_values_before() -> None:
    for seed in range(99):
        items = draw(List(Int(3, 9), (1, 5)), Rng.keyed(seed), 10, {})
        rng = Rng.keyed("k", seed)
        k = draw(Int(1, size("items")), rng, 10, {"items": items})
        assert 1 <= k <= len(items)
        other = List(Int(lo("items"), 9), (size("items"), size("items")))
        value = draw(other, rng, 10, {"items": items})
        assert contains(other, value, {"items": items})
        assert len(value) == len(items) and min(value) >= min(items)


def test_the_ends_are_drawn_with_a_fair_share() -> None:
    values = Counter(drawn(Int(0, 10**6), 10, 3200))
    assert 50 < values[0] < 160 and 50 < values[10**6] < 160
    lists = drawn(List(Int(0, 10**6), (1, 30)), 10, 3200)
    assert sum(set(one) <= {0, 10**6} for one in lists) > 100
    # But not so often that an answer could be guessed.
    assert sum(max(one) == 10**6 for one in lists) < 400


def test_fractions_have_small_denominators() -> None:
    values = drawn(Rat(-9, 9), 10, 2000)
    assert {one.denominator for one in values} == set(range(1, 13))
    assert all(type(one) is Fraction for one in values)
    assert set(drawn(Rat(Fraction(1, 13), Fraction(1, 13)), 10, 9)) == {Fraction(1, 13)}
    assert 0 not in drawn(Rat(-1, 1, nonzero=True), 10, 2000)
    assert max(map(abs, drawn(Rat(-999, 999), 1))) <= 11


def test_flags_hold() -> None:
    assert 0 not in drawn(Int(-3, 3, nonzero=True), 10)
    assert set(drawn(Int(0, 1, nonzero=True), 10, 50)) == {1}
    for one in drawn(List(Int(-3, 3, nonzero=True), (6, 6), distinct=True), 10, 50):
        assert sorted(one) == [-3, -2, -1, 1, 2, 3]
    # As many as there are, even where a level would leave fewer.
    for one in drawn(List(Int(0, 29), (30, 30), distinct=True), 1, 20):
        assert sorted(one) == list(range(30))
    for one in drawn(List(Bool(), (0, 2), distinct=True), 10, 50):
        assert len(set(one)) == len(one)
    assert set(drawn(Set(Bool(), (2, 2)), 10, 9)) == {frozenset({True, False})}


def test_texts_are_drawn_from_letters_or_the_alphabet() -> None:
    assert set("".join(drawn(Str((5, 9)), 10))) == set("abcdefghijklmnopqrstuvwxyz")
    assert set("".join(drawn(Str((5, 9), "01"), 10))) == {"0", "1"}


def test_graphs_are_simple_and_vary() -> None:
    plain = drawn(Graph((2, 6)), 10)
    assert {count for count, _ in plain} == {2, 3, 4, 5, 6}
    assert {len(edges) for count, edges in plain if count == 6} >= {3, 5, 8, 12}
    assert any(
        (v, u) in edges for _, edges in drawn(Graph((2, 4), True), 10) for u, v in edges
    )
    weighted = drawn(Graph((2, 6), weight=Int(1, 9)), 10)
    assert {len(edge) for _, edges in weighted for edge in edges} == {3}


@pytest.mark.parametrize(
    "kind",
    [
        Int(),
        Int(5, 4),
        Int(0, 0, nonzero=True),
        List(Int(0, 9)),
        Str((3, 5), ""),
        List(Bool(), (3, 3), distinct=True),
        Rat(0, 0, nonzero=True),
        Rat(None, 3),
    ],
)
def test_what_cannot_be_drawn_is_a_broken_promise(kind: Type) -> None:
    with pytest.raises(ContractError):
        for seed in range(20):
            draw(kind, Rng.keyed(seed), 10, {})


SMALL: list[Type] = [
    Int(-2, 5),
    Int(-2, 5, nonzero=True),
    Bool(),
    Labels(("x", "y", "z")),
    Str((0, 3), "ab"),
    List(Int(0, 2), (0, 3)),
    List(Int(0, 3), (2, 3), distinct=True),
    List(Int(0, 3), (0, 3), sorted=True),
    List(Int(0, 3), (1, 2), distinct=True, sorted=True),
    Set(Int(0, 4), (0, 3)),
    Tuple((Bool(), Int(0, 3))),
    Rat(0, 1),
    Rat(-1, 1, nonzero=True),
    Newtype("m.T", Bool()),
    Matrix(Bool(), (1, 2), (1, 2)),
]


@pytest.mark.parametrize("kind", SMALL)
def test_instances_are_counted(kind: Type) -> None:
    found = {freeze(value) for value in drawn(kind, 10, 3000)}
    assert instances(kind, Limits(10), 1000) == len(found)


def test_instances_are_counted_up_to_the_cap_and_no_longer() -> None:
    large: list[Type] = [
        Int(),
        Int(-(10**30), 10**30),
        Str((0, 200)),
        List(Str((0, 50)), (0, 10**9)),
        Matrix(Int(0, 9), (1, 50), (1, 50)),
        Graph((2, 60)),
        Set(Int(0, 10**12), (0, 50)),
        Rat(-(10**9), 10**9),
    ]
    for kind in large:
        assert instances(kind, Limits(10), 1000) == 1000


@pytest.mark.parametrize(
    "kind",
    [
        List(Int(), (0, 0)),
        List(Int(), (0, 0), distinct=True, sorted=True),
        Set(Int(), (0, 0)),
        List(List(Int(), (0, 0), distinct=True), (2, 2)),
    ],
)
@pytest.mark.parametrize("level", [1, 10])
def test_what_stays_empty_may_have_items_without_bounds(kind: Type, level: int) -> None:
    value = draw(kind, Rng.keyed("empty"), level, {})
    assert contains(kind, value, {})
