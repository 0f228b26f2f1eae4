"""Second solvers for programming, written from the wording alone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product


def longest_increasing_subsequence(items: list[int]) -> list[int]:
    best: list[list[int]] = []
    for x in items:
        before = [line for line in best if line[-1] < x]
        best.append([*max(before, key=len, default=[]), x])
    return max(best, key=len) if best else []


def longest_common_subsequence(first: str, second: str) -> str:
    @cache
    def best(i: int, j: int) -> str:
        if i == len(first) or j == len(second):
            return ""
        if first[i] == second[j]:
            return first[i] + best(i + 1, j + 1)
        return max(best(i + 1, j), best(i, j + 1), key=len)

    return best(0, 0)


def longest_palindromic_subsequence(text: str) -> str:
    @cache
    def best(i: int, j: int) -> str:
        if j - i <= 1:
            return text[i:j]
        if text[i] == text[j - 1]:
            return text[i] + best(i + 1, j - 1) + text[i]
        return max(best(i + 1, j), best(i, j - 1), key=len)

    return best(0, len(text))


def knapsack_value(weights: list[int], values: list[int], capacity: int) -> int:
    best = 0
    for chosen in product((0, 1), repeat=len(weights)):
        weight = sum(w for w, c in zip(weights, chosen, strict=True) if c)
        if weight <= capacity:
            best = max(best, sum(v for v, c in zip(values, chosen, strict=True) if c))
    return best


def count_payments(amount: int, coins: list[int]) -> int:
    @cache
    def ways(rest: int, kinds: int) -> int:
        if rest < 0:
            return 0
        if kinds == 0:
            return int(rest == 0)
        return ways(rest, kinds - 1) + ways(rest - coins[kinds - 1], kinds)

    return ways(amount, len(coins))


def best_sum_without_neighbours(items: list[int]) -> int:
    taken, left = 0, 0
    for x in items:
        taken, left = left + x, max(taken, left)
    return max(taken, left)


def matrix_chain_cost(sizes: list[int]) -> int:
    @cache
    def cost(low: int, high: int) -> int:
        if high - low == 1:
            return 0
        return min(
            cost(low, k) + cost(k, high) + sizes[low] * sizes[k] * sizes[high]
            for k in range(low + 1, high)
        )

    return cost(0, len(sizes) - 1) if len(sizes) > 2 else 0


def count_true_bracketings(bits: str, operators: str) -> int:
    def results(low: int, high: int) -> Iterator[int]:
        if low == high:
            yield int(bits[low] == "1")
        for k in range(low, high):
            for x in results(low, k):
                for y in results(k + 1, high):
                    yield {"&": x & y, "|": x | y, "^": x ^ y}[operators[k]]

    return sum(results(0, len(bits) - 1))


def cheapest_merges(piles: list[int]) -> int:
    @cache
    def cost(low: int, high: int) -> int:
        if high - low <= 1:
            return 0
        parts = min(cost(low, k) + cost(k, high) for k in range(low + 1, high))
        return parts + sum(piles[low:high])

    return cost(0, len(piles))


def best_booking_value(bookings: list[tuple[int, int]], length: int) -> int:
    def best(chosen: list[int], rest: list[tuple[int, int]]) -> int:
        if not rest:
            return 0
        start, value = rest[0]
        without = best(chosen, rest[1:])
        if any(abs(start - other) < length for other in chosen):
            return without
        return max(without, value + best([*chosen, start], rest[1:]))

    return best([], bookings)


def count_free_ways(grid: list[list[int]]) -> int:
    @cache
    def ways(i: int, j: int) -> int:
        if i == len(grid) or j == len(grid[0]) or grid[i][j] != 0:
            return 0
        if (i, j) == (len(grid) - 1, len(grid[0]) - 1):
            return 1
        return ways(i + 1, j) + ways(i, j + 1)

    return ways(0, 0)


def smallest_largest_part(items: list[int], parts: int) -> int:
    @cache
    def best(start: int, count: int) -> int:
        if count == 1:
            return sum(items[start:])
        return min(
            max(sum(items[start:cut]), best(cut, count - 1))
            for cut in range(start + 1, len(items) - count + 2)
        )

    return best(0, parts)


def rod_revenue(prices: list[int]) -> int:
    best = [0]
    for length in range(1, len(prices) + 1):
        best.append(max(prices[k - 1] + best[length - k] for k in range(1, length + 1)))
    return best[-1]
