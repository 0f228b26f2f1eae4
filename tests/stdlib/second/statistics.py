"""Second solvers for statistics, written from the wording alone."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any


def median(items: list[int]) -> Fraction:
    ordered = sorted(items)
    middle = len(ordered) // 2
    return mean_of_list(
        ordered[middle : middle + 1]
        if len(ordered) % 2
        else ordered[middle - 1 : middle + 1]
    )


def mean_of_list(items: Sequence[int | Fraction]) -> Fraction:
    return sum(items, Fraction(0)) / len(items)


def most_frequent_number(items: list[int]) -> int:
    return max(sorted(set(items)), key=items.count)


def population_variance(items: list[int]) -> Fraction:
    mean = mean_of_list(items)
    return mean_of_list([(x - mean) ** 2 for x in items])


def nearest_rank_percentile(items: list[int], percent: int) -> int:
    position = -(-percent * len(items) // 100)
    return sorted(items)[position - 1]


def weighted_mean(items: list[int], weights: list[int]) -> Fraction:
    return Fraction(
        sum(x * w for x, w in zip(items, weights, strict=True)), sum(weights)
    )


def mean_absolute_deviation(items: list[int]) -> Fraction:
    mean = mean_of_list(items)
    return mean_of_list([abs(x - mean) for x in items])


def moving_average(items: list[int], window: int) -> list[Fraction]:
    starts = range(len(items) - window + 1)
    return [mean_of_list(items[i : i + window]) for i in starts]


def above_mean(items: list[int]) -> list[int]:
    mean = mean_of_list(items)
    return [x for x in items if x > mean]


def competition_ranks(items: list[int]) -> list[int]:
    return [1 + sum(other > x for other in items) for x in items]


def bin_counts(items: list[int], width: int) -> list[int]:
    counts = []
    low = 0
    while low <= 999:
        counts.append(sum(low <= x < low + width for x in items))
        low += width
    return counts


def population_covariance(first: list[int], second: list[int]) -> Fraction:
    products = [a * b for a, b in zip(first, second, strict=True)]
    return mean_of_list(products) - mean_of_list(first) * mean_of_list(second)


def trimmed_mean(items: list[int], dropped: int) -> Fraction:
    return mean_of_list(sorted(items)[dropped : len(items) - dropped])


def nearest_to_all(items: list[int]) -> int:
    return min(items, key=lambda x: sum(abs(x - y) for y in items))


def rank_among(item: Any, items: list[Any]) -> int:
    return len([x for x in items if x > item]) + 1
