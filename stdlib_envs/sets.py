"""Solvers for sets of whole numbers, multisets and families of sets."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import combinations_with_replacement, pairwise
from typing import Any


def _some_sets(rng: Any, level: int, known: list[frozenset[int]], count: int) -> Any:
    """Draw sets from one pool of numbers, so that they overlap."""
    reach = min(999, 5 + 10 * level * level)
    pool = {rng.randint(-reach, reach) for _ in range(6 + 3 * level)}
    pool |= {x for members in known for x in members if -999 <= x <= 999}
    ordered = sorted(pool)
    sets = []
    for _ in range(count):
        most = min(len(ordered), 4 + 2 * level)
        sets.append(frozenset(rng.sample(ordered, rng.randint(min(3, most), most))))
    return sets[0] if count == 1 else tuple(sets)


def overlapping_sets(rng: Any, level: int, **given: Any) -> Any:
    """Draw two sets with common members."""
    return _some_sets(rng, level, list(given.values()), 2 - len(given))


def three_overlapping_sets(rng: Any, level: int, **given: Any) -> Any:
    """Draw three sets with common members."""
    return _some_sets(rng, level, list(given.values()), 3 - len(given))


def set_with_gaps(rng: Any, level: int, **given: Any) -> Any:
    """Draw a set of numbers and a bound near its largest member."""
    if "members" in given:
        top = max((x for x in given["members"] if 0 <= x <= 100), default=5)
        return rng.randint(max(0, top - 3), min(100, top + 3))
    n = given.get("n", rng.randint(6 + level, 10 + 5 * level))
    pool = range(min(100, n + 3) + 1)
    share = rng.choice([1, 2, 3])
    chosen = [x for x in pool if rng.randint(0, share) > 0]
    members = frozenset(rng.sample(chosen, min(60, len(chosen))))
    return members if "n" in given else (members, n)


def overlapping_bags(rng: Any, level: int, **given: Any) -> Any:
    """Draw two lists out of one small pool of numbers."""
    known = sorted({x for items in given.values() for x in items if -99 <= x <= 99})
    pool = [*known, *(rng.randint(-99, 99) for _ in range(2 + level))]
    bags = [
        [rng.choice(pool) for _ in range(rng.randint(3 + level // 2, 5 + 2 * level))]
        for _ in range(2 - len(given))
    ]
    return bags[0] if given else tuple(bags)


def members_and_target(rng: Any, level: int, **given: Any) -> Any:
    """Draw small numbers and the sum of about half of them."""
    if "members" in given:
        members = given["members"]
    else:
        count = min(14, 6 + level)
        members = frozenset(rng.sample(range(1, 4 + 2 * count), count))
    ordered = sorted(members)
    target = sum(rng.sample(ordered, len(ordered) // 2))
    if "target" in given:
        return members
    return target if "members" in given else (members, target)


def members_and_subset_sum(rng: Any, level: int, **given: Any) -> Any:
    """Draw numbers and the sum of some of them."""
    if "members" in given:
        members = given["members"]
    else:
        reach = min(99, 20 + 8 * level)
        count = 4 + level
        members = frozenset(rng.sample(range(-reach // (1 + level), reach), count))
    ordered = sorted(members)
    size = rng.randint((len(ordered) + 1) // 3, (2 * len(ordered) + 2) // 3)
    target = sum(rng.sample(ordered, size))
    if "target" in given:
        return members
    return target if "members" in given else (members, target)


def some_family(rng: Any, level: int, **given: Any) -> Any:
    """Draw a family of lists of two to four numbers."""
    pool = range(1, min(12, 5 + level) + 1)
    return [
        rng.sample(pool, rng.randint(2, 3 + level // 8))
        for _ in range(min(10, rng.randint(3 + level // 3, 4 + level)))
    ]


def family_with_representatives(rng: Any, level: int, **given: Any) -> Any:
    """Draw a family that has distinct representatives more often than not."""
    count = min(10, rng.randint(2 + level // 2, 3 + level))
    pool = list(range(1, min(15, count + 2) + 1))
    chosen = rng.sample(pool, count)
    family = []
    for member in chosen:
        others = rng.sample(pool, rng.randint(0, 2 + level // 6))
        family.append(sorted({member, *others}))
    if rng.random() < 0.1:
        family[0] = family[-1] = rng.sample(pool, 1)
    return family


def _members(rng: Any, level: int, low: int, high: int) -> list[int]:
    """Draw low to high different numbers."""
    reach = 9 * level * level
    return list(rng.sample(range(-reach, reach + 1), rng.randint(low, high)))


def item_and_members(rng: Any, level: int, **given: Any) -> Any:
    """Draw a set and a number that is a member half of the time."""
    members = given.get("members")
    if members is None:
        members = frozenset(_members(rng, level, 3 + level // 2, 5 + 2 * level))
        if "item" in given:
            return members
    item = rng.choice(sorted(members)) if members else 0
    item += rng.choice([0, 1]) * rng.randint(-9, 9)
    return item if "members" in given else (item, members)


def limit_and_members(rng: Any, level: int, **given: Any) -> Any:
    """Draw a set and a number within its reach."""
    members = given.get("members")
    if members is None:
        members = frozenset(_members(rng, level, 5 + level // 2, 6 + 2 * level))
        if "limit" in given:
            return members
    limit = rng.choice(sorted(members)) + rng.randint(-2, 2) if members else 0
    return limit if "members" in given else (limit, members)


def set_union(first: frozenset[int], second: frozenset[int]) -> frozenset[int]:
    """Give the members of at least one set."""
    return first | second


def set_intersection(first: frozenset[int], second: frozenset[int]) -> frozenset[int]:
    """Give the members of both sets."""
    return first & second


def set_difference(first: frozenset[int], second: frozenset[int]) -> frozenset[int]:
    """Give the members of the first set that are not in the second."""
    return first - second


def symmetric_difference(
    first: frozenset[int], second: frozenset[int]
) -> frozenset[int]:
    """Give the members of exactly one set."""
    return first ^ second


def in_exactly_two(
    first: frozenset[int], second: frozenset[int], third: frozenset[int]
) -> frozenset[int]:
    """Give the members of exactly two of three sets."""
    counts = Counter([*first, *second, *third])
    return frozenset(x for x, count in counts.items() if count == 2)


def jaccard_index(first: frozenset[int], second: frozenset[int]) -> Fraction:
    """Give the size of the intersection divided by that of the union."""
    together = len(first | second)
    return Fraction(len(first & second), together) if together else Fraction(1)


def missing_members(members: frozenset[int], n: int) -> frozenset[int]:
    """Give the numbers from 0 to n that are not members."""
    return frozenset(range(n + 1)) - members


def distinct_items(items: list[Any]) -> list[Any]:
    """Give the first occurrences of all items."""
    kept: list[Any] = []
    for item in items:
        if item not in kept:  # items may be lists, which no set can hold
            kept.append(item)
    return kept


def count_distinct(items: list[Any]) -> int:
    """Give the number of different items."""
    return len(distinct_items(items))


def bag_difference(items: list[int], removed: list[int]) -> list[int]:
    """Give the items left after taking out each of the removed ones once."""
    left = list(items)
    for item in removed:
        if item in left:
            left.remove(item)
    return left


def bag_union(first: list[int], second: list[int]) -> list[int]:
    """Give the multiset union in ascending order."""
    return sorted((Counter(first) | Counter(second)).elements())


def count_subsets_with_sum(members: frozenset[int], target: int) -> int:
    """Give the number of subsets that add up to the target."""
    ways = [1] + [0] * target
    for member in members:
        for total in range(target, member - 1, -1):
            ways[total] += ways[total - member]
    return ways[target]


def subset_with_sum(members: frozenset[int], target: int) -> frozenset[int]:
    """Give one subset that adds up to the target, or the empty set."""
    last: dict[int, int | None] = {0: None}
    for member in sorted(members):
        for total in list(last):
            last.setdefault(total + member, member)
    if target not in last:
        return frozenset()
    chosen: list[int] = []
    total = target
    member_or_none = last[total]
    while member_or_none is not None:
        chosen.append(member_or_none)
        total -= member_or_none
        member_or_none = last[total]
    return frozenset(chosen)


def is_subset_with_sum(
    answer: frozenset[int], members: frozenset[int], target: int
) -> bool:
    """Say whether the answer adds up, or rightly says that nothing does."""
    if answer <= members and sum(answer) == target:
        return True
    return not answer and sum(subset_with_sum(members, target)) != target


def smallest_hitting_set(family: list[list[int]]) -> frozenset[int]:
    """Give a smallest set that meets all lists, by branching on a shortest one."""
    pool = sorted({number for numbers in family for number in numbers})
    sets = {sum(1 << pool.index(x) for x in set(numbers)) for numbers in family}
    sets -= {0}
    # A set that holds another one is met where that one is.
    least = [one for one in sets if all(one & two != two or one == two for two in sets)]
    least.sort(key=lambda one: (one.bit_count(), one))
    most = _packed(least)
    while (chosen := _hitting(least, most)) is None:
        most += 1
    return frozenset(x for i, x in enumerate(pool) if chosen >> i & 1)


def _packed(sets: list[int]) -> int:
    """Count disjoint sets: no fewer members can meet them all."""
    count = used = 0
    for one in sets:
        if not one & used:
            count += 1
            used |= one
    return count


def _hitting(sets: list[int], most: int) -> int | None:
    """Give at most so many members, as bits, that meet all sets, if there are such."""
    if not sets:
        return 0
    if _packed(sets) > most:
        return None
    left, passed = sets[0], 0
    while left:
        member = left & -left
        left ^= member
        rest = [one & ~passed for one in sets if not one & member]
        if all(rest):
            found = _hitting(sorted(rest, key=int.bit_count), most - 1)
            if found is not None:
                return found | member
        passed |= member
    return None


def is_smallest_hitting_set(answer: frozenset[int], family: list[list[int]]) -> bool:
    """Say whether the answer meets all lists with as few members as possible."""
    return len(answer) == len(smallest_hitting_set(family)) and not any(
        numbers and answer.isdisjoint(numbers) for numbers in family
    )


def distinct_representatives(family: list[list[int]]) -> list[int]:
    """Give a system of distinct representatives found by augmenting paths."""
    owner: dict[int, int] = {}

    def place(index: int, seen: set[int]) -> bool:
        for member in family[index]:
            if member in seen:
                continue
            seen.add(member)
            if member not in owner or place(owner[member], seen):
                owner[member] = index
                return True
        return False

    if not all(place(index, set()) for index in range(len(family))):
        return []
    chosen = {index: member for member, index in owner.items()}
    return [chosen[index] for index in range(len(family))]


def are_distinct_representatives(answer: list[int], family: list[list[int]]) -> bool:
    """Say whether the answer is a right choice, or rightly says there is none."""
    if not answer:
        return not distinct_representatives(family)
    return (
        len(answer) == len(family)
        and len(set(answer)) == len(answer)
        and all(x in numbers for x, numbers in zip(answer, family, strict=True))
    )


def set_size(members: frozenset[int]) -> int:
    """Give the number of members."""
    return len(members)


def toggle_member(item: int, members: frozenset[int]) -> frozenset[int]:
    """Give the set with the item in it exactly if it was not."""
    return members ^ {item}


def members_below(limit: int, members: frozenset[int]) -> frozenset[int]:
    """Give the members less than the limit."""
    return frozenset(member for member in members if member < limit)


def smallest_members(members: frozenset[int], k: int) -> list[int]:
    """Give the k smallest members, or all there are."""
    return sorted(members)[:k]


def members_from_both_ends(members: frozenset[int]) -> list[int]:
    """Give the members, the smallest and the largest of the rest in turns."""
    ordered = sorted(members)
    return [ordered[-1 - i // 2 if i % 2 else i // 2] for i in range(len(ordered))]


def member_pairs(members: frozenset[int]) -> list[tuple[int, int]]:
    """Give the pairs in which the first member is not greater."""
    return list(combinations_with_replacement(sorted(members), 2))


def sum_of_members(members: frozenset[int]) -> int:
    """Give the sum of the members."""
    return sum(members)


def member_gaps(members: frozenset[int]) -> list[int]:
    """Give the differences of neighbours in ascending order."""
    return [high - low for low, high in pairwise(sorted(members))]
