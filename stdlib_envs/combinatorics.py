"""Counting, ranking and constructing arrangements."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from typing import Any


def _left(given: dict[str, Any], **drawn: Any) -> Any:
    """The drawn parameters that were not given: one value, or a tuple of them."""
    rest = tuple(value for name, value in drawn.items() if name not in given)
    return rest[0] if len(rest) == 1 else rest


def binomial(n: int, k: int, modulus: int) -> int:
    """The number of ``k``-element subsets of ``n`` things, modulo ``modulus``."""
    return math.comb(n, k) % modulus


def set_and_subset_size(rng: Any, level: int, **given: Any) -> Any:
    """Draw a set's size, a subset's size away from its ends, and a modulus."""
    n = rng.randint(4 + level // 2, 7 + 2 * level)
    k = rng.randint(2, min(max(2, given.get("n", n) - 2), 5 + 2 * level))
    return _left(given, n=n, k=k, modulus=_some_modulus(rng, level))


def _some_modulus(rng: Any, level: int) -> int:
    """Draw a modulus that is not tiny, larger at higher levels."""
    return int(rng.randint(7 + level, 10 + 9 * level**2))


def bounded_partitions(n: int, largest: int, modulus: int) -> int:
    """The number of partitions of ``n`` into parts of at most ``largest``, modulo a
    number."""
    ways = [1] + [0] * n
    for part in range(1, min(largest, n) + 1):
        for total in range(part, n + 1):
            ways[total] += ways[total - part]
    return ways[n] % modulus


def number_and_largest_part(rng: Any, level: int, **given: Any) -> Any:
    """Draw a number, a bound well below it, and a modulus."""
    n = rng.randint(5 + level, 9 + 2 * level)
    largest = rng.randint(2, 3 + level // 2)
    return _left(given, n=n, largest=largest, modulus=_some_modulus(rng, level))


def ballot_sequences(ahead: int, behind: int, modulus: int) -> int:
    """The number of vote orders in which the second side never leads, modulo a
    number."""
    if behind > ahead:
        return 0
    count = math.comb(ahead + behind, behind) * (ahead - behind + 1) // (ahead + 1)
    return count % modulus


def close_votes(rng: Any, level: int, **given: Any) -> Any:
    """Draw a winner's votes, a good part as many for the other side, and a modulus."""
    ahead = rng.randint(2 + level // 3, 6 + level)
    most = max(1, min(given.get("ahead", ahead), 6 + level))
    behind = rng.randint(max(1, most // 2), most)
    return _left(given, ahead=ahead, behind=behind, modulus=_some_modulus(rng, level))


def count_anagrams(word: str) -> int:
    """The number of different rearrangements of the first twelve characters."""
    return _arrangements(word[:12])


def _arrangements(items: Sequence[Any]) -> int:
    """The number of different arrangements of the items."""
    count = math.factorial(len(items))
    for times in Counter(items).values():
        count //= math.factorial(times)
    return count


def repetitive_word(rng: Any, level: int, **given: Any) -> str:
    """Draw a word that has few different letters."""
    letters = rng.sample("abcdefghijklmnopqrstuvwxyz", rng.randint(2, 3 + level // 3))
    size = rng.randint(3 + level // 2, 5 + 7 * level // 10)
    return "".join(rng.choice(letters) for _ in range(size))


def permutation_rank(items: list[int]) -> int:
    """The 1-based lexicographic rank among all different arrangements of the first
    twelve items."""
    rank = 1
    for i, item in enumerate(items[:12]):
        rest = items[i:12]
        smaller = sum(1 for other in rest if other < item)
        rank += _arrangements(rest) * smaller // len(rest)
    return rank


def permutation_unrank(k: int) -> list[int]:
    """The arrangement of the ten digits with the number ``k`` modulo 10!."""
    rest, digits, chosen = k % 3628800, list(range(10)), []
    for size in range(9, -1, -1):
        index, rest = divmod(rest, math.factorial(size))
        chosen.append(digits.pop(index))
    return chosen


def combination_rank(items: list[int]) -> int:
    """The 1-based rank of the remainders by 20 among the equally large subsets of
    ``0..19``."""
    chosen = sorted({item % 20 for item in items})
    rank, before = 1, -1
    for i, item in enumerate(chosen):
        for skipped in range(before + 1, item):
            rank += math.comb(19 - skipped, len(chosen) - i - 1)
        before = item
    return rank


def josephus_survivor(people: int, step: int) -> int:
    """The number left when every ``step``-th one leaves the circle; 0 for nobody."""
    if people == 0:
        return 0
    place = 0
    for size in range(2, people + 1):
        place = (place + step) % size
    return place + 1


def count_divisible_by_either(n: int, a: int, b: int) -> int:
    """How many of ``1..n`` are divisible by ``a`` or ``b``."""
    return n // a + n // b - n // math.lcm(a, b)


def divisible_block(items: list[int]) -> tuple[int, int]:
    """The block that ends first, by the pigeonhole principle."""
    seen, total = {0: 0}, 0
    for i, item in enumerate(items, 1):
        total = (total + item) % len(items)
        if total in seen:
            return seen[total] + 1, i
        seen[total] = i
    raise ArithmeticError("two of the n + 1 prefix sums agree modulo n")


def is_divisible_block(answer: tuple[int, int], items: list[int]) -> bool:
    """Whether the block's sum is divisible by the number of items."""
    first, last = answer
    inside = 1 <= first <= last <= len(items)
    return inside and sum(items[first - 1 : last]) % len(items) == 0


def permutation_with_inversions(items: list[int], inversions: int) -> list[int]:
    """The arrangement that puts the largest items it can in front."""
    rest, chosen, left = sorted(items), [], inversions
    while rest:
        # An item in front makes an inversion with every smaller one behind it.
        item = next(it for it in reversed(rest) if bisect_left(rest, it) <= left)
        left -= bisect_left(rest, item)
        rest.remove(item)
        chosen.append(item)
    return chosen


def _inversions(items: list[int]) -> int:
    """How many pairs have the larger item in front."""
    return sum(a > b for a, b in combinations(items, 2))


def has_inversions(answer: list[int], items: list[int], inversions: int) -> bool:
    """Whether the answer is an arrangement with that many inversions, or the most."""
    order = sorted(items)
    wanted = min(inversions, _inversions(order[::-1]))
    return sorted(answer) == order and _inversions(answer) == wanted


def distinct_sum(n: int, total: int) -> list[int]:
    """The numbers found by always taking the largest that fits, or all."""
    chosen, left = [], total
    for number in range(n, 0, -1):
        if number <= left:
            chosen.append(number)
            left -= number
    return chosen[::-1]


def bound_and_total(rng: Any, level: int, **given: Any) -> Any:
    """Draw a bound and a total that needs a good part of the numbers."""
    top = 5 + 5 * level
    n = given.get("n", rng.randint(3 + level, top))
    most = min(n * (n + 1), top * (top + 1)) // 2
    total = rng.randint(max(1, most // 4), max(1, most - most // 8))
    return _left(given, n=n, total=total)


def is_distinct_sum(answer: list[int], n: int, total: int) -> bool:
    """Whether the answer is distinct ascending numbers of ``1..n`` with that sum, or
    with the largest."""
    ascending = answer == sorted(set(answer)) and all(1 <= a <= n for a in answer)
    return ascending and sum(answer) == min(total, n * (n + 1) // 2)
