"""Differential tests of the sorting module."""

from __future__ import annotations

import random
from itertools import permutations, product

import networkx as nx
import numpy as np
from solvers import solvers

sorting = solvers("sorting")


def _draws(seed: int, most: int = 60, count: int = 250) -> list[list[int]]:
    rng = random.Random(seed)
    edges = [[0], [1, 1], [2, 1], list(range(most)), list(range(most, 0, -1))]
    drawn = []
    for _ in range(count):
        reach = rng.choice([3, 30, 9999, 10**12])
        size = rng.randint(1, most)
        drawn.append([rng.randint(-reach, reach) for _ in range(size)])
    return edges + drawn


def _inversions(items: list[int]) -> int:
    array = np.array(items)
    return int(np.triu(array[:, None] > array[None, :]).sum())


def test_bubble_sort_against_its_invariants() -> None:
    for items in _draws(1):
        # after k passes a number has moved left past at most k greater ones
        for passes in (0, 1, 3, 60, 10**6):
            row = sorting.bubble_passes(items, passes)
            assert sorted(row) == sorted(items)
            before = sorting.earlier_greater_counts(items)
            removed = sum(min(passes, count) for count in before)
            assert _inversions(items) - _inversions(row) == removed
        assert sorting.bubble_passes(items, 10**6) == sorted(items)
        one = list(items)
        for i in range(1, len(one)):
            one[i - 1], one[i] = sorted(one[i - 1 : i + 1])
        assert sorting.bubble_passes(items, 1) == one
        assert sorting.count_bubble_swaps(items) == _inversions(items)


def test_selection_sort_step_by_step() -> None:
    for items in _draws(2):
        row = list(items)
        for step in range(min(len(row), 12)):
            assert sorting.selection_steps(items, step) == row
            rest = row[step:]
            place = step + rest.index(min(rest))
            row[step], row[place] = row[place], row[step]
        assert sorting.selection_steps(items, 10**6) == sorted(items)


def test_binary_search_against_a_tree() -> None:
    rng = random.Random(3)

    def search(part: list[int], target: int) -> list[int]:
        if not part:
            return []
        middle = (len(part) - 1) // 2
        if part[middle] == target:
            return [target]
        half = part[:middle] if target < part[middle] else part[middle + 1 :]
        return [part[middle], *search(half, target)]

    for size in range(1, 61):
        keys = sorted(rng.sample(range(-99, 100), size))
        for target in [*keys[:3], keys[-1], -9999, 9999, rng.randint(-99, 99)]:
            probes = sorting.binary_search_probes(keys, target)
            assert probes == search(keys, target)
            assert len(probes) <= 6


def test_heaps_against_recursion() -> None:
    def sift(heap: dict[int, int], i: int) -> None:
        children = [j for j in (2 * i, 2 * i + 1) if j in heap]
        if children:
            child = max(children, key=lambda j: (heap[j], -j))
            if heap[child] > heap[i]:
                heap[i], heap[child] = heap[child], heap[i]
                sift(heap, child)

    for items in _draws(4):
        heap = dict(enumerate(items, 1))
        for i in reversed(list(heap)):
            sift(heap, i)
        assert sorting.build_max_heap(items) == list(heap.values())


def test_partition_and_shell_pass() -> None:
    for items in _draws(5):
        row = sorting.lomuto_partition(items)
        pivot = items[-1]
        small = [x for x in items[:-1] if x <= pivot]
        assert sorted(row) == sorted(items)
        assert row[: len(small)] == small
        assert row[len(small)] == pivot
        assert all(x > pivot for x in row[len(small) + 1 :])
        for gap in (1, 2, 7, 30, 10**6):
            row = list(items)
            for i in range(gap, len(row)):
                while i >= gap and row[i - gap] > row[i]:
                    row[i - gap], row[i] = row[i], row[i - gap]
                    i -= gap
            assert sorting.shell_pass(items, gap) == row
    assert sorting.lomuto_partition([5, 1, 4, 2, 3]) == [1, 2, 3, 5, 4]
    assert sorting.lomuto_partition([9, 8, 1, 5]) == [1, 5, 9, 8]


def test_merge_comparisons_by_counting_calls() -> None:
    calls = 0

    def merged(part: list[int]) -> list[int]:
        nonlocal calls
        if len(part) <= 1:
            return part
        left, right = merged(part[: len(part) // 2]), merged(part[len(part) // 2 :])
        result = []
        while left and right:
            calls += 1
            result.append((right if right[0] < left[0] else left).pop(0))
        return result + left + right

    for items in [[], *_draws(6)]:
        calls = 0
        assert merged(list(items)) == sorted(items)
        assert sorting.count_merge_comparisons(items) == calls


def test_orders_against_numpy_and_cycles() -> None:
    for items in _draws(7):
        order = np.argsort(np.array(items), kind="stable") + 1
        assert sorting.sorting_order(items) == order.tolist()
        array = np.array(items)
        greater = [int((array[:i] > x).sum()) for i, x in enumerate(items)]
        assert sorting.earlier_greater_counts(items) == greater
        different = list(dict.fromkeys(items))
        graph = nx.DiGraph(
            enumerate(np.argsort(np.argsort(np.array(different))).tolist())
        )
        cycles = nx.number_weakly_connected_components(graph)
        swaps = sorting.fewest_swaps_to_sort(items)
        assert swaps == len(different) - cycles


def test_swaps_of_neighbours_sort() -> None:
    for items in [[], *_draws(9, most=24)]:
        swaps = sorting.adjacent_swaps_to_sort(items)
        assert len(swaps) == (_inversions(items) if items else 0)
        assert sorting.do_swaps_sort(swaps, items)
        if len(items) > 1:
            assert not sorting.do_swaps_sort([*swaps, 1, 1], items)
    for items in permutations([1, 2, 3]):
        fewest = _inversions(list(items))
        for size in range(4):
            for answer in product([1, 2], repeat=size):
                row = list(items)
                for k in answer:
                    row[k - 1 : k + 1] = row[k - 1 : k + 1][::-1]
                right = row == [1, 2, 3] and size == fewest
                assert sorting.do_swaps_sort(list(answer), list(items)) == right


def test_zigzag_against_all_permutations() -> None:
    for items in _draws(10, most=6, count=200):
        result = sorting.zigzag_order(items)
        assert sorting.is_zigzag_order(result, items)
        for order in list(permutations(items))[:40]:
            right = all(
                order[i] <= order[i + 1] if i % 2 == 0 else order[i] >= order[i + 1]
                for i in range(len(order) - 1)
            )
            assert sorting.is_zigzag_order(list(order), items) == right
    for items in _draws(11):
        assert sorting.is_zigzag_order(sorting.zigzag_order(items), items)


def test_parts_around_a_pivot_against_a_stable_sort() -> None:
    rng = random.Random(12)
    for items in [[], *_draws(13)]:
        pivot = rng.choice([*items, 0])
        keyed = [(x >= pivot) + 1 for x in items]
        order = np.argsort([1.5, *keyed], kind="stable")
        expected = np.array([pivot, *items])[order].tolist()
        assert sorting.partition_around(pivot, items) == expected


def test_empty_lists_stay_empty() -> None:
    assert sorting.bubble_passes([], 3) == sorting.selection_steps([], 3) == []
    assert sorting.build_max_heap([]) == sorting.lomuto_partition([]) == []
    assert sorting.shell_pass([], 2) == sorting.sorting_order([]) == []
    assert sorting.earlier_greater_counts([]) == sorting.zigzag_order([]) == []
    assert sorting.count_bubble_swaps([]) == sorting.fewest_swaps_to_sort([]) == 0
    assert sorting.is_zigzag_order([], [])
