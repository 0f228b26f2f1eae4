"""Second solvers for lists, written from the wording alone."""

from __future__ import annotations

from typing import Any


def to_digits(n: int) -> list[int]:
    digits = [int(digit) for digit in str(n).replace("-", "")]
    return digits if len(digits) > 1 else [0, *digits]


def sort(items: list[Any]) -> list[Any]:
    return sorted(items)


def reverse(items: list[Any]) -> list[Any]:
    return items[::-1]


def kth_largest(items: list[Any], k: int) -> Any:
    return sorted(items)[-k]


def keep_even(items: list[int]) -> list[int]:
    return [x for x in items if x % 2 == 0]


def max_item(items: list[Any]) -> Any:
    return max(items)


def min_item(items: list[Any]) -> Any:
    return min(items)


def sum_list(items: list[int]) -> int:
    return sum(items)


def length(items: list[Any]) -> int:
    return len(items)


def join_digits(digits: list[int]) -> str:
    return "".join(str(digit) for digit in digits)


def rotate_left(items: list[Any], shift: int) -> list[Any]:
    for _ in range(shift % len(items)):
        items = items[1:] + items[:1]
    return items


def partial_sums(items: list[int]) -> list[int]:
    return [sum(items[: i + 1]) for i in range(len(items))]


def interleave(first: list[Any], second: list[Any]) -> list[Any]:
    if not first:
        return second
    return [first[0], *interleave(second, first[1:])]


def insert_in_order(item: Any, items: list[Any]) -> list[Any]:
    result: list[Any] = []
    waiting = True
    for other in items:
        if waiting and other > item:
            result.append(item)
            waiting = False
        result.append(other)
    return [*result, item] if waiting else result


def intersperse(item: Any, items: list[Any]) -> list[Any]:
    result = items[:1]
    for other in items[1:]:
        result += [item, other]
    return result


def replace_cyclic(item: Any, items: list[Any], n: int) -> list[Any]:
    result = list(items)
    result[n % len(items)] = item
    return result


def cap_items(limit: Any, items: list[Any]) -> list[Any]:
    return [min(x, limit) for x in items]


def toggle_item(item: Any, items: list[Any]) -> list[Any]:
    result = list(items)
    if item in result:
        result.remove(item)
    else:
        result.append(item)
    return result
