"""Second solvers for combinatorics, written from the wording alone."""

from __future__ import annotations

import itertools
import math
from collections import Counter


def binomial(n: int, k: int, modulus: int) -> int:
    row = [1]
    for _ in range(n):
        row = [1, *(a + b for a, b in itertools.pairwise(row)), 1]
    return row[k] % modulus if k <= n else 0


def bounded_partitions(n: int, largest: int, modulus: int) -> int:
    ways = [1] + [0] * n
    for part in range(1, largest + 1):
        for total in range(part, n + 1):
            ways[total] += ways[total - part]
    return ways[n] % modulus


def ballot_sequences(ahead: int, behind: int, modulus: int) -> int:
    if behind > ahead:
        return 0
    ways = {(0, 0): 1}
    for a in range(ahead + 1):
        for b in range(min(a, behind) + 1):
            if a or b:
                ways[a, b] = ways.get((a - 1, b), 0) + ways.get((a, b - 1), 0)
    return ways[ahead, behind] % modulus


def count_anagrams(word: str) -> int:
    word = word[:12]
    count = math.factorial(len(word))
    for times in Counter(word).values():
        count //= math.factorial(times)
    return count


def permutation_rank(items: list[int]) -> int:
    # Every smaller different item may stand first; then the rest, without one of them.
    items = items[:12]
    if not items:
        return 1
    before = 0
    for other in {item for item in items if item < items[0]}:
        left = list(items)
        left.remove(other)
        ways = math.factorial(len(left))
        for times in Counter(left).values():
            ways //= math.factorial(times)
        before += ways
    return before + permutation_rank(items[1:])


def permutation_unrank(k: int) -> list[int]:
    left, chosen, rank = list(range(10)), [], k % math.factorial(10)
    while left:
        place, rank = divmod(rank, math.factorial(len(left) - 1))
        chosen.append(left.pop(place))
    return chosen


def combination_rank(items: list[int]) -> int:
    chosen = tuple(sorted({item % 20 for item in items}))
    sets = itertools.combinations(range(20), len(chosen))
    return 1 + next(i for i, one in enumerate(sets) if one == chosen)


def josephus_survivor(people: int, step: int) -> int:
    if people == 0:
        return 0
    circle = list(range(1, people + 1))
    place = 0
    while len(circle) > 1:
        place = (place + step - 1) % len(circle)
        del circle[place]
    return circle[0]


def count_divisible_by_either(n: int, a: int, b: int) -> int:
    return n // a + n // b - n // math.lcm(a, b)


def divisible_block(items: list[int]) -> tuple[int, int]:
    for i in range(len(items)):
        for j in range(i, len(items)):
            if sum(items[i : j + 1]) % len(items) == 0:
                return i + 1, j + 1
    raise AssertionError(items)


def permutation_with_inversions(items: list[int], inversions: int) -> list[int]:
    # Swapping two neighbours out of order changes the number by one.
    arranged = sorted(items)
    made = 0
    while made < inversions:
        for i in range(len(arranged) - 1):
            if arranged[i] < arranged[i + 1]:
                arranged[i], arranged[i + 1] = arranged[i + 1], arranged[i]
                made += 1
                break
        else:
            return arranged
    return arranged


def distinct_sum(n: int, total: int) -> list[int]:
    chosen = []
    for number in range(n, 0, -1):
        if number <= total:
            chosen.append(number)
            total -= number
    return chosen[::-1]  # all of them where the total is too large
