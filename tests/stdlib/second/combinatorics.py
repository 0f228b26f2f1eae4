"""Second solvers for combinatorics, written from the wording alone."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from typing import Any


def binomial(n: int, k: int) -> int:
    row = [1]
    for _ in range(n):
        row = [1, *(a + b for a, b in itertools.pairwise(row)), 1]
    return row[k]


def bounded_partitions(n: int, largest: int) -> int:
    ways = [1] + [0] * n
    for part in range(1, largest + 1):
        for total in range(part, n + 1):
            ways[total] += ways[total - part]
    return ways[n]


def ballot_sequences(ahead: int, behind: int) -> int:
    ways = {(0, 0): 1}
    for a in range(ahead + 1):
        for b in range(min(a, behind) + 1):
            if a or b:
                ways[a, b] = ways.get((a - 1, b), 0) + ways.get((a, b - 1), 0)
    return ways[ahead, behind]


def count_anagrams(word: str) -> int:
    count = math.factorial(len(word))
    for times in Counter(word).values():
        count //= math.factorial(times)
    return count


def permutation_rank(items: list[Any]) -> int:
    rank = 1
    for i, item in enumerate(items):
        smaller = sum(other < item for other in items[i + 1 :])
        rank += smaller * math.factorial(len(items) - i - 1)
    return rank


def permutation_unrank(k: int) -> list[int]:
    left, chosen, rank = list(range(10)), [], k - 1
    while left:
        place, rank = divmod(rank, math.factorial(len(left) - 1))
        chosen.append(left.pop(place))
    return chosen


def combination_rank(items: list[int]) -> int:
    rank, previous = 1, 0
    for i, item in enumerate(items):
        for skipped in range(previous + 1, item):
            rank += math.comb(20 - skipped, len(items) - i - 1)
        previous = item
    return rank


def josephus_survivor(people: int, step: int) -> int:
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


def permutation_with_inversions(n: int, inversions: int) -> list[int]:
    arranged: list[int] = []
    for number in range(1, n + 1):
        jump = min(inversions, len(arranged))
        arranged.insert(len(arranged) - jump, number)
        inversions -= jump
    return arranged


def distinct_sum(n: int, total: int) -> list[int]:
    chosen = []
    for number in range(n, 0, -1):
        if number <= total:
            chosen.append(number)
            total -= number
    return chosen[::-1]
