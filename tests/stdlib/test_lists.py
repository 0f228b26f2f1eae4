"""Differential tests of the lists module."""

from __future__ import annotations

import bisect
import heapq
import random
from collections import deque

import numpy as np
from solvers import solvers

lists = solvers("lists")


def _draws(count: int = 300, low: int = 0) -> list[list[int]]:
    rng = random.Random(11)
    edges = [[0], [5, 5, 5], [-9999], [9999] * 50, list(range(50)), [-1, 0, 1]]
    if low == 0:
        edges.append([])
    return edges + [
        [rng.randint(-9999, 9999) for _ in range(rng.randint(low, 50))]
        for _ in range(count)
    ]


def test_digits_there_and_back() -> None:
    rng = random.Random(1)
    drawn = [rng.randint(-(10**12), 10**12) for _ in range(300)]
    for n in [10, 99, 100, 10**12, 0, -7, *drawn]:
        value = 0
        for digit in lists.to_digits(n):
            assert 0 <= digit <= 9
            value = 10 * value + digit
        assert value == abs(n)
        assert len(lists.to_digits(n)) == max(2, len(str(abs(n))))
        assert int(lists.join_digits(lists.to_digits(n))) == abs(n)
    assert lists.join_digits([]) == ""
    assert lists.join_digits([0, 0, 7]) == "007"


def test_order_against_numpy_and_heapq() -> None:
    rng = random.Random(2)
    for items in _draws(low=1):
        array = np.array(items)
        assert lists.sort(items) == np.sort(array).tolist()
        assert lists.reverse(items) == np.flip(array).tolist()
        assert lists.max_item(items) == array.max()
        assert lists.min_item(items) == array.min()
        assert lists.length(items) == array.size
        k = rng.randint(1, len(items))
        assert lists.kth_largest(items, k) == heapq.nlargest(k, items)[-1]
        shift = rng.choice([0, 1, len(items), 1000, rng.randint(0, 1000)])
        assert lists.rotate_left(items, shift) == np.roll(array, -shift).tolist()


def test_sums_and_filters_against_numpy() -> None:
    for items in _draws():
        array = np.array(items, dtype=np.int64)
        assert lists.sum_list(items) == array.sum()
        assert lists.partial_sums(items) == array.cumsum().tolist()
        assert lists.keep_even(items) == array[array % 2 == 0].tolist()


def test_interleave_against_two_queues() -> None:
    rng = random.Random(3)
    for _ in range(300):
        first = [rng.randint(-9, 9) for _ in range(rng.randint(0, 30))]
        second = [rng.randint(-9, 9) for _ in range(rng.randint(0, 30))]
        queues = [deque(first), deque(second)]
        expected = []
        turn = 0
        while queues[0] or queues[1]:
            if not queues[turn]:
                turn = 1 - turn
                expected.extend(queues[turn])
                break
            expected.append(queues[turn].popleft())
            turn = 1 - turn
        assert lists.interleave(first, second) == expected


def test_text_items_are_ordered_by_code_point() -> None:
    assert lists.sort(["b", "B", "a", ""]) == ["", "B", "a", "b"]
    assert lists.kth_largest(["b", "ab"], 1) == "b"


def test_insertions_against_bisect_and_joined_texts() -> None:
    rng = random.Random(4)
    for items in _draws():
        item = rng.choice([*items, 0, 10**6])
        ordered = sorted(items)
        longer = lists.insert_in_order(item, ordered)
        expected = ordered.copy()
        bisect.insort_right(expected, item)
        assert longer == expected
        free = lists.insert_in_order(item, items)
        place = max(
            i for i in range(len(free)) if free == [*items[:i], item, *items[i:]]
        )
        assert all(other <= item for other in items[:place])
        assert place == len(items) or items[place] > item
        array = np.array(items, dtype=np.int64)
        assert lists.cap_items(item, items) == np.minimum(array, item).tolist()
        found = np.flatnonzero(array == item)
        toggled = np.delete(array, found[0]) if found.size else np.append(array, item)
        assert lists.toggle_item(item, items) == toggled.tolist()
        words = [str(x) for x in items]
        assert ",".join(lists.intersperse("-", words)) == ",-,".join(words)
        if items:
            n = rng.choice([0, -1, len(items), rng.randint(-(10**12), 10**12)])
            turned = np.roll(np.array(items), -n)
            turned[0] = item
            expected = np.roll(turned, n).tolist()
            assert lists.replace_cyclic(item, items, n) == expected
    assert lists.insert_in_order(2, [3, 1, 3]) == [2, 3, 1, 3]
    assert lists.insert_in_order("b", ["a", "b"]) == ["a", "b", "b"]
