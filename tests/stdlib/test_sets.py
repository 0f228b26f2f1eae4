"""Differential tests of the sets module."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import combinations, product

import networkx as nx
import numpy as np
from solvers import solvers

sets = solvers("sets")


def _subsets(members: frozenset[int]) -> list[frozenset[int]]:
    ordered = sorted(members)
    return [
        frozenset(chosen)
        for size in range(len(ordered) + 1)
        for chosen in combinations(ordered, size)
    ]


def _set(rng: random.Random, low: int, high: int, most: int) -> frozenset[int]:
    return frozenset(rng.randint(low, high) for _ in range(rng.randint(0, most)))


def test_operations_against_membership() -> None:
    rng = random.Random(1)
    for _ in range(300):
        reach = rng.choice([3, 20, 999])
        a, b, c = (_set(rng, -reach, reach, 30) for _ in range(3))
        everything = range(-reach, reach + 1)
        assert sets.set_union(a, b) == {x for x in everything if x in a or x in b}
        both = {x for x in everything if x in a and x in b}
        assert sets.set_intersection(a, b) == both
        assert sets.set_difference(a, b) == {x for x in a if x not in b}
        odd = {x for x in everything if (x in a) != (x in b)}
        assert sets.symmetric_difference(a, b) == odd
        two = {x for x in everything if (x in a) + (x in b) + (x in c) == 2}
        assert sets.in_exactly_two(a, b, c) == two
        expected = Fraction(len(both), len(both) + len(odd)) if both or odd else 1
        assert sets.jaccard_index(a, b) == expected
        n = rng.randint(0, 100)
        gaps = sets.missing_members(frozenset(map(abs, a)), n)
        assert gaps == {x for x in range(n + 1) if x not in a and -x not in a}


def test_bags_against_counts() -> None:
    rng = random.Random(2)
    for _ in range(300):
        reach = rng.choice([2, 8, 99, 999])
        a, b = (
            [rng.randint(-reach, reach) for _ in range(rng.randint(0, 40))]
            for _ in range(2)
        )
        assert sets.distinct_items(a) == [x for i, x in enumerate(a) if x not in a[:i]]
        expected = []
        for x in range(-reach, reach + 1):
            expected += [x] * max(a.count(x), b.count(x))
        assert sets.bag_union(a, b) == expected
        rest = []
        for i, x in enumerate(a):
            if a[: i + 1].count(x) > b.count(x):
                rest.append(x)
        assert sets.bag_difference(a, b) == rest


def test_subset_sums_against_all_subsets() -> None:
    rng = random.Random(3)
    for _ in range(200):
        members = _set(rng, 1, rng.choice([9, 60]), 8)
        target = rng.choice([0, rng.randint(0, 30), sum(members)])
        right = [s for s in _subsets(members) if sum(s) == target]
        assert sets.count_subsets_with_sum(members, target) == len(right)
    for _ in range(200):
        members = _set(rng, -20, 20, 6) | {rng.randint(-20, 20)}
        target = rng.choice([0, rng.randint(-40, 40)])
        right = [s for s in _subsets(members) if sum(s) == target] or [frozenset()]
        assert sets.subset_with_sum(members, target) in right
        for candidate in [*_subsets(members), frozenset([target])]:
            verdict = sets.is_subset_with_sum(candidate, members, target)
            assert verdict == (candidate in right)


def test_hitting_sets_against_all_subsets() -> None:
    rng = random.Random(4)
    for _ in range(200):
        family = [
            rng.choices(range(-3, 4), k=rng.randint(rng.choice([0, 1]), 4))
            for _ in range(rng.randint(0, 12))
        ]
        everything = _subsets(frozenset(range(-3, 4)))
        hitting = [s for s in everything if all(s & set(f) for f in family if f)]
        fewest = min(map(len, hitting))
        assert sets.smallest_hitting_set(family) in hitting
        for candidate in rng.sample(everything, 30) + hitting[:3]:
            right = candidate in hitting and len(candidate) == fewest
            assert sets.is_smallest_hitting_set(candidate, family) == right


def test_representatives_against_matchings_and_products() -> None:
    rng = random.Random(5)
    outcomes = set()
    for _ in range(250):
        reach = rng.choice([2, 15])
        family = [
            rng.choices(range(-reach, reach), k=rng.randint(0, 9))
            for _ in range(rng.randint(1, 10))
        ]
        graph = nx.Graph()
        left = [("set", i) for i in range(len(family))]
        graph.add_nodes_from(left)
        graph.add_edges_from((("set", i), x) for i, f in enumerate(family) for x in f)
        matching = nx.bipartite.maximum_matching(graph, top_nodes=left)
        possible = len(matching) == 2 * len(family)
        outcomes.add(possible)
        result = sets.distinct_representatives(family)
        assert bool(result) == possible
        assert sets.are_distinct_representatives(result, family)
        assert sets.are_distinct_representatives([], family) != possible
    assert outcomes == {True, False}
    assert sets.distinct_representatives([]) == []
    assert sets.are_distinct_representatives([], [])
    family = [[1, 2], [2, 3, 3], [1, 3]]
    for answer in product([1, 2, 3], repeat=3):
        right = len(set(answer)) == 3 and all(
            x in f for x, f in zip(answer, family, strict=True)
        )
        assert sets.are_distinct_representatives(list(answer), family) == right


def test_members_against_sorted_arrays() -> None:
    rng = random.Random(6)
    for _ in range(300):
        reach = rng.choice([3, 20, 10**6])
        members = _set(rng, -reach, reach, 40)
        array = np.array(sorted(members), dtype=np.int64)
        assert sets.set_size(members) == array.size
        assert sets.sum_of_members(members) == array.sum()
        assert sets.member_gaps(members) == np.diff(array).tolist()
        item = rng.choice([*array.tolist(), reach + 1, 0])
        toggled = np.setxor1d(array, [item]).tolist()
        assert sets.toggle_member(item, members) == frozenset(toggled)
        assert sets.toggle_member(item, frozenset(toggled)) == members
        below = array[: np.searchsorted(array, item)].tolist()
        assert sets.members_below(item, members) == frozenset(below)
        turns = sets.members_from_both_ends(members)
        assert turns[::2] + turns[1::2][::-1] == array.tolist()
        k = rng.choice([0, rng.randint(1, 50), 10**12])
        assert sets.smallest_members(members, k) == array[:k].tolist()
        few = array[:12]
        places = np.stack(np.triu_indices(few.size), axis=1)
        expected = [tuple(pair) for pair in few[places].tolist()]
        assert sets.member_pairs(frozenset(few.tolist())) == expected


def test_different_items_of_any_type() -> None:
    rng = random.Random(7)
    for _ in range(300):
        items = [rng.randint(-9, 9) for _ in range(rng.randint(0, 60))]
        assert sets.count_distinct(items) == len(np.unique(items))
        as_lists = [[x, x] for x in items]
        kept = sets.distinct_items(as_lists)
        assert kept == [[x, x] for x in dict.fromkeys(items)]
    assert sets.distinct_items(["b", "a", "b"]) == ["b", "a"]


def test_large_hitting_sets_against_every_subset_of_a_pool() -> None:
    rng = random.Random(8)
    pool = range(-6, 6)
    subsets = np.arange(1 << len(pool))
    sizes = np.array([bin(subset).count("1") for subset in subsets])
    for _ in range(200):
        size = rng.randint(2, 5)
        count = rng.choice([5, 20, 40])
        family = [rng.sample(pool, size) for _ in range(count)]
        hits = np.ones(len(subsets), dtype=bool)
        for numbers in family:
            hits &= (subsets & sum(1 << (x + 6) for x in numbers)) != 0
        found = sets.smallest_hitting_set(family)
        assert len(found) == sizes[hits].min()
        assert sets.is_smallest_hitting_set(found, family)
