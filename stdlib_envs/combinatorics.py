"""Counting, ranking and constructing arrangements."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Any


def _left(given: dict[str, Any], **drawn: Any) -> Any:
    """The drawn parameters that were not given: one value, or a tuple of them."""
    rest = tuple(value for name, value in drawn.items() if name not in given)
    return rest[0] if len(rest) == 1 else rest


def binomial(n: int, k: int) -> int:
    """The number of ``k``-element subsets of ``n`` things."""
    return math.comb(n, k)


def set_and_subset_size(rng: Any, level: int, **given: Any) -> Any:
    """Draw a set's size and a subset's size away from its ends."""
    n = given.get("n", rng.randint(4 + level // 2, 7 + 2 * level))
    n = max(n, given.get("k", 0))
    return _left(given, n=n, k=rng.randint(min(2, n), max(n - 2, min(2, n))))


def bounded_partitions(n: int, largest: int) -> int:
    """The number of partitions of ``n`` into parts of at most ``largest``."""
    ways = [1] + [0] * n
    for part in range(1, min(largest, n) + 1):
        for total in range(part, n + 1):
            ways[total] += ways[total - part]
    return ways[n]


def number_and_largest_part(rng: Any, level: int, **given: Any) -> Any:
    """Draw a number and a bound well below it."""
    n = rng.randint(5 + level, 9 + 2 * level)
    return _left(given, n=n, largest=rng.randint(2, 3 + level // 2))


def ballot_sequences(ahead: int, behind: int) -> int:
    """The number of vote orders in which the second side never leads."""
    return math.comb(ahead + behind, behind) * (ahead - behind + 1) // (ahead + 1)


def close_votes(rng: Any, level: int, **given: Any) -> Any:
    """Draw a winner's votes and a good part as many for the other side."""
    ahead = given.get("ahead", rng.randint(2 + level // 3, 5 + level))
    ahead = max(ahead, given.get("behind", 0))
    return _left(given, ahead=ahead, behind=rng.randint(ahead // 3, ahead))


def count_anagrams(word: str) -> int:
    """The number of different rearrangements of a string."""
    count = math.factorial(len(word))
    for times in Counter(word).values():
        count //= math.factorial(times)
    return count


def repetitive_word(rng: Any, level: int, **given: Any) -> str:
    """Draw a word that has few different letters."""
    letters = rng.sample("abcdefghijklmnopqrstuvwxyz", rng.randint(2, 3 + level // 3))
    size = rng.randint(3 + level // 2, 5 + 7 * level // 10)
    return "".join(rng.choice(letters) for _ in range(size))


def permutation_rank(items: Sequence[Any]) -> int:
    """The 1-based lexicographic rank among all arrangements of the items."""
    rank = 0
    for i, item in enumerate(items):
        smaller = sum(1 for later in items[i + 1 :] if later < item)
        rank = rank * (len(items) - i) + smaller
    return rank + 1


def permutation_unrank(k: int) -> list[int]:
    """The ``k``-th arrangement of the ten digits in lexicographic order."""
    rest, digits, chosen = k - 1, list(range(10)), []
    for size in range(9, -1, -1):
        index, rest = divmod(rest, math.factorial(size))
        chosen.append(digits.pop(index))
    return chosen


def combination_rank(items: list[int]) -> int:
    """The 1-based rank among the equally large subsets of ``1..20``."""
    rank, before = 1, 0
    for i, item in enumerate(items):
        for skipped in range(before + 1, item):
            rank += math.comb(20 - skipped, len(items) - i - 1)
        before = item
    return rank


def josephus_survivor(people: int, step: int) -> int:
    """The number left when every ``step``-th one leaves the circle."""
    place = 0
    for size in range(2, people + 1):
        place = (place + step) % size
    return place + 1


def circle_and_step(rng: Any, level: int, **given: Any) -> Any:
    """Draw a circle of some size and a step above 1."""
    people = rng.randint(4 + level, 10 + 4 * level)
    return _left(given, people=people, step=rng.randint(2, 3 + 2 * level))


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


def permutation_with_inversions(n: int, inversions: int) -> list[int]:
    """The permutation that puts the largest numbers it can in front."""
    numbers, chosen, left = list(range(1, n + 1)), [], inversions
    while numbers:
        index = min(left, len(numbers) - 1)
        left -= index
        chosen.append(numbers.pop(index))
    return chosen


def size_and_inversions(rng: Any, level: int, **given: Any) -> Any:
    """Draw a size and a number of inversions that is not near an end."""
    if "n" in given:
        most = given["n"] * (given["n"] - 1) // 2
        return rng.randint(most // 4, most - most // 4)
    n = rng.randint(3 + level // 2, 4 + level)
    while "inversions" in given and n * (n - 1) // 2 < given["inversions"] and n < 20:
        n += 1
    most = n * (n - 1) // 2
    return n if "inversions" in given else (n, rng.randint(most // 4, most - most // 4))


def has_inversions(answer: list[int], n: int, inversions: int) -> bool:
    """Whether the answer is a permutation with that many inversions."""
    pairs = sum(
        1 for i, item in enumerate(answer) for other in answer[:i] if other > item
    )
    return sorted(answer) == list(range(1, n + 1)) and pairs == inversions


def distinct_sum(n: int, total: int) -> list[int]:
    """The numbers found by always taking the largest that fits."""
    chosen, left = [], total
    for number in range(n, 0, -1):
        if number <= left:
            chosen.append(number)
            left -= number
    return chosen[::-1]


def bound_and_total(rng: Any, level: int, **given: Any) -> Any:
    """Draw a bound and a total that needs a good part of the numbers."""
    if "n" in given:
        most = given["n"] * (given["n"] + 1) // 2
        return rng.randint(most // 4, most)
    n = rng.randint(3 + level, 5 + 3 * level)
    while "total" in given and n * (n + 1) // 2 < given["total"] and n < 40:
        n += 1
    most = n * (n + 1) // 2
    return n if "total" in given else (n, rng.randint(most // 4, most - most // 8))


def is_distinct_sum(answer: list[int], n: int, total: int) -> bool:
    """Whether the answer is distinct ascending numbers of ``1..n`` with that sum."""
    ascending = answer == sorted(set(answer))
    return ascending and all(1 <= a <= n for a in answer) and sum(answer) == total
