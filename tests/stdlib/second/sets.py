"""Second solvers for sets, written from the wording alone."""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import Any


def set_union(first: frozenset[int], second: frozenset[int]) -> frozenset[int]:
    return first | second


def set_intersection(first: frozenset[int], second: frozenset[int]) -> frozenset[int]:
    return first & second


def set_difference(first: frozenset[int], second: frozenset[int]) -> frozenset[int]:
    return first - second


def symmetric_difference(
    first: frozenset[int], second: frozenset[int]
) -> frozenset[int]:
    return (first - second) | (second - first)


def in_exactly_two(
    first: frozenset[int], second: frozenset[int], third: frozenset[int]
) -> frozenset[int]:
    everything = first | second | third
    return frozenset(
        x for x in everything if (x in first) + (x in second) + (x in third) == 2
    )


def jaccard_index(first: frozenset[int], second: frozenset[int]) -> Fraction:
    if not first | second:
        return Fraction(1)
    return Fraction(len(first & second), len(first | second))


def missing_members(members: frozenset[int], n: int) -> frozenset[int]:
    return frozenset(range(n + 1)) - members


def distinct_items(items: list[Any]) -> list[Any]:
    return [x for i, x in enumerate(items) if x not in items[:i]]


def bag_difference(items: list[int], removed: list[int]) -> list[int]:
    left = list(items)
    for x in removed:
        if x in left:
            left.remove(x)
    return left


def bag_union(first: list[int], second: list[int]) -> list[int]:
    joined: list[int] = []
    for x in sorted({*first, *second}):
        joined += [x] * max(first.count(x), second.count(x))
    return joined


def count_subsets_with_sum(members: frozenset[int], target: int) -> int:
    sums = [0]
    for x in members:
        sums += [total + x for total in sums]
    return sums.count(target)


def subset_with_sum(members: frozenset[int], target: int) -> frozenset[int]:
    reached: dict[int, tuple[int, ...]] = {0: ()}
    for x in members:
        for total, chosen in list(reached.items()):
            reached.setdefault(total + x, (*chosen, x))
    return frozenset(reached.get(target, ()))


def smallest_hitting_set(family: list[list[int]]) -> frozenset[int]:
    sets = [set(numbers) for numbers in family if numbers]
    members = sorted(set().union(*sets))
    for size in range(len(members) + 1):
        for chosen in itertools.combinations(members, size):
            if not any(one.isdisjoint(chosen) for one in sets):
                return frozenset(chosen)
    raise AssertionError("all numbers together meet every list")


def distinct_representatives(family: list[list[int]]) -> list[int]:
    choices: list[list[int]] = [[]]
    while choices:
        chosen = choices.pop()
        if len(chosen) == len(family):
            return chosen
        for x in set(family[len(chosen)]) - set(chosen):
            choices.append([*chosen, x])
    return []


def count_distinct(items: list[Any]) -> int:
    return sum(x not in items[:i] for i, x in enumerate(items))


def set_size(members: frozenset[int]) -> int:
    return sum(1 for _ in members)


def toggle_member(item: int, members: frozenset[int]) -> frozenset[int]:
    return members - {item} if item in members else members | {item}


def members_below(limit: int, members: frozenset[int]) -> frozenset[int]:
    return frozenset(x for x in members if x < limit)


def smallest_members(members: frozenset[int], k: int) -> list[int]:
    left = set(members)
    result: list[int] = []
    while left and len(result) < k:
        result.append(min(left))
        left.remove(result[-1])
    return result


def members_from_both_ends(members: frozenset[int]) -> list[int]:
    left = set(members)
    result: list[int] = []
    while left:
        x = max(left) if len(result) % 2 else min(left)
        left.remove(x)
        result.append(x)
    return result


def member_pairs(members: frozenset[int]) -> list[tuple[int, int]]:
    return sorted((x, y) for x in members for y in members if x <= y)


def sum_of_members(members: frozenset[int]) -> int:
    total = 0
    for x in members:
        total += x
    return total


def member_gaps(members: frozenset[int]) -> list[int]:
    ordered = sorted(members)
    return [ordered[i] - ordered[i - 1] for i in range(1, len(ordered))]
