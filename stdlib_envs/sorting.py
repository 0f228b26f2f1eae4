"""Solvers for searching and sorting step by step."""

from __future__ import annotations

from typing import Any


def _row(rng: Any, level: int, low: int, high: int) -> list[int]:
    """Draw numbers in no order, with a few equal ones."""
    reach = 10 + 9 * level * level
    items = [rng.randint(-reach, reach) for _ in range(rng.randint(low, high))]
    if rng.random() < 0.5:
        items[rng.randrange(len(items))] = rng.choice(items)
    return items


def unsorted_row(rng: Any, level: int, **given: Any) -> list[int]:
    """Draw numbers in no order."""
    return _row(rng, level, 4 + level // 2, 5 + level)


def long_row(rng: Any, level: int, **given: Any) -> list[int]:
    """Draw more numbers, sorted in part, so that the counts spread."""
    items = _row(rng, level, 4 + level // 2, 6 + 2 * level)
    start = rng.randrange(len(items))
    return items[:start] + sorted(items[start:], reverse=rng.random() < 0.5)


def row_and_steps(rng: Any, level: int, **given: Any) -> Any:
    """Draw numbers in no order and how many steps to make."""
    if "items" in given:
        return rng.randint(1, max(1, min(6, len(given["items"]) // 2)))
    items = unsorted_row(rng, level)
    if given:
        return items
    return items, rng.randint(1, min(1 + (level + 1) // 2, len(items) - 2))


def keys_and_target(rng: Any, level: int, **given: Any) -> Any:
    """Draw keys in ascending order and a number that is one of them or near one."""
    if "items" in given:
        keys = given["items"]
    else:
        count = rng.randint(4 + level, 5 + 5 * level)
        reach = count + 5 * level * level
        keys = sorted(rng.sample(range(-reach, reach + 1), count))
    nearby = rng.choice(keys) + rng.choice([0, 0, 0, 1, -1])
    target = min(9999, max(-9999, nearby))
    if "target" in given:
        return keys
    return target if "items" in given else (keys, target)


def row_and_gap(rng: Any, level: int, **given: Any) -> Any:
    """Draw numbers in no order and a small gap."""
    if "items" in given:
        return rng.randint(1, max(1, len(given["items"]) // 2))
    items = _row(rng, level, 6 + level // 2, 7 + 2 * level)
    return items if given else (items, rng.randint(2, min(5, len(items) // 2)))


def row_of_cycles(rng: Any, level: int, **given: Any) -> list[int]:
    """Draw different numbers that a random number of swaps has put out of order."""
    count = rng.randint(5 + level, 8 + 2 * level)
    reach = 20 + 9 * level * level
    items = sorted(rng.sample(range(-reach, reach + 1), count))
    for i in rng.sample(range(1, count), rng.randint(1, count - 1)):
        j = rng.randrange(i)
        items[i], items[j] = items[j], items[i]
    return items


def row_to_swap(rng: Any, level: int, **given: Any) -> list[int]:
    """Draw a few numbers for sorting by swaps of neighbours."""
    return _small(rng, min(8, rng.randint(4 + level // 4, 5 + level // 3)))


def _small(rng: Any, count: int) -> list[int]:
    """Draw numbers from -99 to 99."""
    return [rng.randint(-99, 99) for _ in range(count)]


def bubble_passes(items: list[int], passes: int) -> list[int]:
    """Give the list after some passes of bubble sort."""
    row = list(items)
    for _ in range(min(passes, len(row))):
        for i in range(len(row) - 1):
            if row[i] > row[i + 1]:
                row[i], row[i + 1] = row[i + 1], row[i]
    return row


def earlier_greater_counts(items: list[int]) -> list[int]:
    """Give for each number how many earlier ones are greater."""
    return [sum(x > item for x in items[:i]) for i, item in enumerate(items)]


def count_bubble_swaps(items: list[int]) -> int:
    """Give the number of pairs that are out of order."""
    return sum(earlier_greater_counts(items))


def selection_steps(items: list[int], steps: int) -> list[int]:
    """Give the list after some steps of selection sort."""
    row = list(items)
    for i in range(min(steps, len(row))):
        least = min(range(i, len(row)), key=row.__getitem__)
        row[i], row[least] = row[least], row[i]
    return row


def binary_search_probes(items: list[int], target: int) -> list[int]:
    """Give the values that binary search looks at."""
    low, high = 1, len(items)
    probes = []
    while low <= high:
        middle = (low + high) // 2
        value = items[middle - 1]
        probes.append(value)
        if value == target:
            break
        if value > target:
            high = middle - 1
        else:
            low = middle + 1
    return probes


def build_max_heap(items: list[int]) -> list[int]:
    """Give the max-heap that sifting down from the middle makes."""
    heap = [0, *items]
    count = len(items)
    for start in range(count // 2, 0, -1):
        i = start
        while 2 * i <= count:
            child = 2 * i
            if child < count and heap[child + 1] > heap[child]:
                child += 1
            if heap[child] <= heap[i]:
                break
            heap[i], heap[child] = heap[child], heap[i]
            i = child
    return heap[1:]


def lomuto_partition(items: list[int]) -> list[int]:
    """Give the list after Lomuto's partition around the last number."""
    row = list(items)
    if not row:
        return row
    i = 0
    for j in range(len(row) - 1):
        if row[j] <= row[-1]:
            row[i], row[j] = row[j], row[i]
            i += 1
    row[i], row[-1] = row[-1], row[i]
    return row


def _merge_sort(items: list[int]) -> tuple[list[int], int]:
    """Sort by merging and count the comparisons."""
    if len(items) < 2:
        return items, 0
    left, count_left = _merge_sort(items[: len(items) // 2])
    right, count_right = _merge_sort(items[len(items) // 2 :])
    merged: list[int] = []
    i = j = 0
    while i < len(left) and j < len(right):
        if left[i] <= right[j]:
            merged.append(left[i])
            i += 1
        else:
            merged.append(right[j])
            j += 1
    compared = count_left + count_right + len(merged)
    return merged + left[i:] + right[j:], compared


def count_merge_comparisons(items: list[int]) -> int:
    """Give the number of comparisons of merge sort."""
    return _merge_sort(items)[1]


def shell_pass(items: list[int], gap: int) -> list[int]:
    """Give the list with every class of positions in order."""
    row = list(items)
    for start in range(min(gap, len(row))):
        row[start::gap] = sorted(row[start::gap])
    return row


def sorting_order(items: list[Any]) -> list[int]:
    """Give the positions of the items in ascending order of the items."""
    return [i + 1 for i in sorted(range(len(items)), key=items.__getitem__)]


def fewest_swaps_to_sort(items: list[int]) -> int:
    """Give the number of items less the number of cycles."""
    row = list(dict.fromkeys(items))
    place = {item: i for i, item in enumerate(sorted(row))}
    swaps = 0
    for i in range(len(row)):
        while place[row[i]] != i:
            j = place[row[i]]
            row[i], row[j] = row[j], row[i]
            swaps += 1
    return swaps


def adjacent_swaps_to_sort(items: list[int]) -> list[int]:
    """Give the swaps of bubble sort."""
    row = list(items)
    swaps = []
    for end in range(len(row) - 1, 0, -1):
        for i in range(end):
            if row[i] > row[i + 1]:
                row[i], row[i + 1] = row[i + 1], row[i]
                swaps.append(i + 1)
    return swaps


def do_swaps_sort(answer: list[int], items: list[int]) -> bool:
    """Say whether the swaps sort the list and are as few as possible."""
    row = list(items)
    for swap in answer:
        row[swap - 1], row[swap] = row[swap], row[swap - 1]
    return row == sorted(row) and len(answer) == count_bubble_swaps(items)


def zigzag_order(items: list[int]) -> list[int]:
    """Give the sorted list with the pairs after the first item swapped."""
    row = sorted(items)
    for i in range(1, len(row) - 1, 2):
        row[i], row[i + 1] = row[i + 1], row[i]
    return row


def is_zigzag_order(answer: list[int], items: list[int]) -> bool:
    """Say whether the answer is a rearrangement with peaks at even positions."""
    if sorted(answer) != sorted(items):
        return False
    return all(
        answer[i] >= max(answer[i - 1], answer[min(i + 1, len(answer) - 1)])
        for i in range(1, len(answer), 2)
    )


def partition_around(pivot: Any, items: list[Any]) -> list[Any]:
    """Give the smaller items, the pivot and the others."""
    less = [item for item in items if item < pivot]
    return [*less, pivot, *(item for item in items if not item < pivot)]
