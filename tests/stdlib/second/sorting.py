"""Second solvers for sorting, written from the wording alone."""

from __future__ import annotations

from typing import Any


def bubble_passes(items: list[int], passes: int) -> list[int]:
    items = list(items)
    for _ in range(passes):
        for j in range(len(items) - 1):
            if items[j] > items[j + 1]:
                items[j], items[j + 1] = items[j + 1], items[j]
    return items


def _neighbour_swaps(items: list[int]) -> list[int]:
    items = list(items)
    swaps = []
    while True:
        for j in range(len(items) - 1):
            if items[j] > items[j + 1]:
                items[j], items[j + 1] = items[j + 1], items[j]
                swaps.append(j + 1)
                break
        else:
            return swaps


def count_bubble_swaps(items: list[int]) -> int:
    return len(_neighbour_swaps(items))


def selection_steps(items: list[int], steps: int) -> list[int]:
    items = list(items)
    for i in range(min(steps, len(items))):
        j = min(range(i, len(items)), key=lambda p: (items[p], p))
        items[i], items[j] = items[j], items[i]
    return items


def binary_search_probes(items: list[int], target: int) -> list[int]:
    low, high = 1, len(items)
    seen = []
    while low <= high:
        middle = (low + high) // 2
        value = items[middle - 1]
        seen.append(value)
        if value == target:
            break
        if value > target:
            high = middle - 1
        else:
            low = middle + 1
    return seen


def build_max_heap(items: list[int]) -> list[int]:
    n = len(items)
    heap = {p + 1: x for p, x in enumerate(items)}
    for start in range(n // 2, 0, -1):
        i = start
        while 2 * i <= n:
            child = 2 * i
            if child + 1 <= n and heap[child + 1] > heap[child]:
                child += 1
            if heap[child] <= heap[i]:
                break
            heap[i], heap[child] = heap[child], heap[i]
            i = child
    return [heap[p] for p in range(1, n + 1)]


def lomuto_partition(items: list[int]) -> list[int]:
    if not items:
        return []
    line = [0, *items]
    n = len(items)
    pivot = line[n]
    i = 1
    for j in range(1, n):
        if line[j] <= pivot:
            line[i], line[j] = line[j], line[i]
            i += 1
    line[i], line[n] = line[n], line[i]
    return line[1:]


def count_merge_comparisons(items: list[int]) -> int:
    def sort(part: list[int]) -> tuple[list[int], int]:
        if len(part) < 2:
            return part, 0
        half = len(part) // 2
        left, first = sort(part[:half])
        right, second = sort(part[half:])
        merged: list[int] = []
        count = first + second
        while left and right:
            count += 1
            if left[0] <= right[0]:
                merged.append(left[0])
                left = left[1:]
            else:
                merged.append(right[0])
                right = right[1:]
        return merged + left + right, count

    return sort(list(items))[1]


def shell_pass(items: list[int], gap: int) -> list[int]:
    result = list(items)
    for start in range(gap):
        result[start::gap] = sorted(result[start::gap])
    return result


def sorting_order(items: list[Any]) -> list[int]:
    order = list(enumerate(items, 1))
    return [place for place, _ in sorted(order, key=lambda pair: (pair[1], pair[0]))]


def fewest_swaps_to_sort(items: list[int]) -> int:
    wanted = sorted(set(items))
    items = [x for i, x in enumerate(items) if x not in items[:i]]
    swaps = 0
    for i, value in enumerate(wanted):
        if items[i] != value:
            j = items.index(value)
            items[i], items[j] = items[j], items[i]
            swaps += 1
    return swaps


def earlier_greater_counts(items: list[int]) -> list[int]:
    return [sum(y > x for y in items[:i]) for i, x in enumerate(items)]


def adjacent_swaps_to_sort(items: list[int]) -> list[int]:
    return _neighbour_swaps(items)


def zigzag_order(items: list[int]) -> list[int]:
    ascending = sorted(items)
    result = list(items)
    small = len(items) - len(items) // 2
    result[::2] = ascending[:small]
    result[1::2] = ascending[small:]
    return result


def partition_around(pivot: Any, items: list[Any]) -> list[Any]:
    left: list[Any] = []
    right: list[Any] = []
    for x in items:
        (left if x < pivot else right).append(x)
    return left + [pivot] + right
