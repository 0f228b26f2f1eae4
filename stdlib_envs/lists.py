"""Solvers for lists: taking apart, ordering, filtering and adding up."""

from __future__ import annotations

from itertools import accumulate
from typing import Any


def to_digits(n: int) -> list[int]:
    """Give the decimal digits of n, at least two, from left to right."""
    return [int(digit) for digit in f"{abs(n):02}"]


def sort(items: list[Any]) -> list[Any]:
    """Give the items in ascending order."""
    return sorted(items)


def reverse(items: list[Any]) -> list[Any]:
    """Give the items from the last to the first."""
    return items[::-1]


def kth_largest(items: list[Any], k: int) -> Any:
    """Give the k-th largest item, repeated items counted each time."""
    return sorted(items)[len(items) - k]


def keep_even(items: list[int]) -> list[int]:
    """Give the even numbers in their order."""
    return [item for item in items if item % 2 == 0]


def max_item(items: list[Any]) -> Any:
    """Give the largest item."""
    return max(items)


def min_item(items: list[Any]) -> Any:
    """Give the smallest item."""
    return min(items)


def sum_list(items: list[int]) -> int:
    """Give the sum of the numbers."""
    return sum(items)


def length(items: list[Any]) -> int:
    """Give the number of items."""
    return len(items)


def join_digits(digits: list[int]) -> str:
    """Give the digits written one after the other."""
    return "".join(str(digit) for digit in digits)


def rotate_left(items: list[Any], shift: int) -> list[Any]:
    """Give the list after moving its first item to the end shift times."""
    start = shift % len(items)
    return items[start:] + items[:start]


def several_numbers(rng: Any, level: int, **given: Any) -> list[int]:
    """Draw between two and level + 2 numbers, larger ones at higher levels."""
    reach = min(9999, 20 * level * level)
    count = rng.randint(2 + level // 3, level + 2)
    return [rng.randint(-reach, reach) for _ in range(count)]


def partial_sums(items: list[int]) -> list[int]:
    """Give the running totals."""
    return list(accumulate(items))


def interleave(first: list[Any], second: list[Any]) -> list[Any]:
    """Give the items of both lists in turns, then the rest of the longer one."""
    shared = min(len(first), len(second))
    turns = [item for pair in zip(first, second, strict=False) for item in pair]
    return turns + first[shared:] + second[shared:]


def insert_in_order(item: Any, items: list[Any]) -> list[Any]:
    """Give the list with the item before the first greater one."""
    place = next((i for i, other in enumerate(items) if other > item), len(items))
    return [*items[:place], item, *items[place:]]


def intersperse(item: Any, items: list[Any]) -> list[Any]:
    """Give the list with the item between neighbours."""
    return [x for other in items for x in (item, other)][1:]


def replace_cyclic(item: Any, items: list[Any], n: int) -> list[Any]:
    """Give the list with the item at position n, going round, replaced."""
    place = n % len(items)
    return [*items[:place], item, *items[place + 1 :]]


def cap_items(limit: Any, items: list[Any]) -> list[Any]:
    """Give the list with greater items replaced by the limit."""
    return [limit if item > limit else item for item in items]


def toggle_item(item: Any, items: list[Any]) -> list[Any]:
    """Give the list without the first such item, or with one more."""
    if item not in items:
        return [*items, item]
    place = items.index(item)
    return items[:place] + items[place + 1 :]
