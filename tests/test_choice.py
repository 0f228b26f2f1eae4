"""The seeded stream: the same everywhere, uniform, and separate below each path."""

from __future__ import annotations

from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from racesc.runtime.choice import Rng


def test_the_stream_is_fixed() -> None:
    # These numbers are the promise: seeds mean the same on every Python and machine.
    rng = Rng.keyed("lists.sort", "train", 7, 3)
    assert [rng.randint(0, 99) for _ in range(8)] == [47, 3, 72, 39, 9, 46, 73, 33]
    assert rng.sample("abcdefgh", 4) == ["e", "d", "f", "h"]
    items = list(range(8))
    rng.shuffle(items)
    assert items == [5, 4, 2, 7, 6, 1, 3, 0]
    assert rng.randrange(10**30) == 845109604291965045752647177892
    assert rng.choice("abc") == "b"
    assert rng.random() == 0.29801466195148363


def test_a_path_has_a_stream_of_its_own() -> None:
    whole = Rng.keyed("x")
    before = [whole.at("2.k").randint(0, 10**9) for _ in range(2)]
    whole.randint(0, 10**9)
    assert before == [whole.at("2.k").randint(0, 10**9)] * 2
    assert whole.at("2.k").random() != whole.at("2.l").random()
    assert Rng.keyed("a", "b").random() != Rng.keyed("ab").random()


def test_names_of_any_text_are_keys() -> None:
    assert Rng.keyed("\ud800").at("\ud800é").random() != Rng.keyed("é").random()


@given(st.integers(-(10**40), 10**40), st.integers(0, 10**40), st.integers(0, 99))
def test_randint_stays_inside(low: int, width: int, seed: int) -> None:
    number = Rng.keyed(seed).randint(low, low + width)
    assert low <= number <= low + width


@given(st.integers(-20, 20), st.integers(-20, 20), st.integers(-5, 5), st.integers())
def test_randrange_is_of_the_range(start: int, stop: int, step: int, seed: int) -> None:
    if step == 0:
        return
    rng = Rng.keyed(seed)
    if len(range(start, stop, step)):
        assert rng.randrange(start, stop, step) in range(start, stop, step)
    else:
        with pytest.raises(ValueError):
            rng.randrange(start, stop, step)


@given(st.lists(st.integers(), max_size=12), st.integers())
def test_sample_takes_places_once(items: list[int], seed: int) -> None:
    rng = Rng.keyed(seed)
    for count in range(len(items) + 1):
        places = rng.sample(range(len(items)), count)
        assert len(set(places)) == count
        assert set(places) <= set(range(len(items)))
    shuffled = list(items)
    rng.shuffle(shuffled)
    assert Counter(shuffled) == Counter(items)
    assert Counter(rng.sample(items, len(items))) == Counter(items)


def test_a_huge_population_is_not_walked() -> None:
    assert len(set(Rng.keyed(1).sample(range(10**18), 5))) == 5


def test_nothing_to_choose_from_is_said() -> None:
    rng = Rng.keyed(1)
    with pytest.raises(IndexError):
        rng.choice([])
    with pytest.raises(ValueError):
        rng.sample([1], 2)
    with pytest.raises(ValueError):
        rng.randint(2, 1)


def test_all_choices_are_as_likely() -> None:
    rng = Rng.keyed("uniform")
    count = 6000
    sixes = Counter(rng.randint(1, 6) for _ in range(count))
    assert all(850 < sixes[face] < 1150 for face in range(1, 7))
    orders: Counter[tuple[int, ...]] = Counter()
    samples: Counter[tuple[int, ...]] = Counter()
    for _ in range(count):
        items = [1, 2, 3]
        rng.shuffle(items)
        orders[tuple(items)] += 1
        samples[tuple(rng.sample([1, 2, 3], 2))] += 1
    assert all(850 < orders[order] < 1150 for order in permutations([1, 2, 3]))
    assert all(850 < samples[pair] < 1150 for pair in permutations([1, 2, 3], 2))
    assert 2900 < sum(rng.random() < 0.5 for _ in range(count)) < 3100
