"""Solvers for exact statistics: averages, ranks, spread and selection."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import Any


def _numbers(rng: Any, level: int, count: int) -> list[int]:
    """Draw numbers whose size grows with the level."""
    reach = 5 + level * level
    return [rng.randint(-reach, reach) for _ in range(count)]


def small_data(rng: Any, level: int, **given: Any) -> list[int]:
    """Draw a few small numbers."""
    return _numbers(rng, level, rng.randint(3 + level // 2, 4 + level))


def even_data(rng: Any, level: int, **given: Any) -> list[int]:
    """Draw an even count of numbers about some centre."""
    reach = min(9999, 10 * level**3)
    spread = reach // 4
    centre = rng.randint(spread - reach, reach - spread)
    count = 2 * rng.randint(2, 2 + level)
    return [centre + rng.randint(-spread, spread) for _ in range(count)]


def repetitive_data(rng: Any, level: int, **given: Any) -> list[int]:
    """Draw numbers out of a small pool."""
    pool = [rng.randint(-99, 99) for _ in range(3 + level)]
    count = rng.randint(4 + level, 6 + 3 * level)
    return [rng.choice(pool) for _ in range(count)]


def data_and_weights(rng: Any, level: int, **given: Any) -> Any:
    """Draw numbers and a small weight for each."""
    known = given.get("items", given.get("weights"))
    count = rng.randint(2 + level // 3, 2 + level) if known is None else len(known)
    items = _numbers(rng, level, count)
    weights = [rng.randint(1, 4 + 2 * level) for _ in range(count)]
    if "items" in given:
        return weights
    return items if "weights" in given else (items, weights)


def data_and_window(rng: Any, level: int, **given: Any) -> Any:
    """Draw numbers and a short window."""
    if "items" in given:
        return rng.randint(1, len(given["items"]))
    least = given.get("window", 1)
    items = _numbers(rng, level, max(least, rng.randint(3 + level // 2, 4 + level)))
    if "window" in given:
        return items
    return items, rng.randint(2, min(4, len(items)))


def data_and_bins(rng: Any, level: int, **given: Any) -> Any:
    """Draw numbers up to 999 and the width of a bin."""
    width = rng.randint(50 + 150 // level, 50 + 400 // level)
    if "items" in given:
        return width
    items = [rng.randint(0, 999) for _ in range(rng.randint(4 + level, 10 + 3 * level))]
    return items if "width" in given else (items, width)


def two_small_lists(rng: Any, level: int, **given: Any) -> Any:
    """Draw two lists of equally many numbers."""
    known = given.get("first", given.get("second"))
    count = rng.randint(3 + level // 3, 3 + level) if known is None else len(known)
    if known is not None:
        return _numbers(rng, level, count)
    return _numbers(rng, level, count), _numbers(rng, level, count)


def data_and_dropped(rng: Any, level: int, **given: Any) -> Any:
    """Draw numbers and how many to leave out at each end."""
    if "items" in given:
        return rng.randint(0, (len(given["items"]) - 1) // 2)
    least = 2 * given.get("dropped", 1) + 1
    items = _numbers(rng, level, max(least, rng.randint(4 + level, 5 + 2 * level)))
    if "dropped" in given:
        return items
    return items, rng.randint(1, (len(items) - 1) // 2)


def median(items: list[int]) -> Fraction:
    """Give the median."""
    ordered = sorted(items)
    middle = len(items) // 2
    return Fraction(ordered[middle] + ordered[-middle - 1], 2)


def mean_of_list(items: list[int]) -> Fraction:
    """Give the arithmetic mean."""
    return Fraction(sum(items), len(items))


def most_frequent_number(items: list[int]) -> int:
    """Give the smallest of the most frequent numbers."""
    counts = Counter(sorted(items))  # the first of the greatest is the smallest
    return max(counts, key=counts.__getitem__)


def population_variance(items: list[int]) -> Fraction:
    """Give the mean squared difference from the mean."""
    squares = sum(item * item for item in items)
    return Fraction(len(items) * squares - sum(items) ** 2, len(items) ** 2)


def nearest_rank_percentile(items: list[int], percent: int) -> int:
    """Give the percentile by the nearest-rank method."""
    return sorted(items)[-(-percent * len(items) // 100) - 1]


def weighted_mean(items: list[int], weights: list[int]) -> Fraction:
    """Give the mean of the numbers with their weights."""
    total = sum(item * weight for item, weight in zip(items, weights, strict=True))
    return Fraction(total, sum(weights))


def mean_absolute_deviation(items: list[int]) -> Fraction:
    """Give the mean distance from the mean."""
    count, total = len(items), sum(items)
    return Fraction(sum(abs(count * item - total) for item in items), count * count)


def moving_average(items: list[int], window: int) -> list[Fraction]:
    """Give the means of all windows."""
    starts = range(len(items) - window + 1)
    return [Fraction(sum(items[i : i + window]), window) for i in starts]


def above_mean(items: list[int]) -> list[int]:
    """Give the numbers greater than the mean."""
    total = sum(items)
    return [item for item in items if item * len(items) > total]


def competition_ranks(items: list[int]) -> list[int]:
    """Give one more than the number of greater ones for each number."""
    return [1 + sum(other > item for other in items) for item in items]


def bin_counts(items: list[int], width: int) -> list[int]:
    """Give the number of items in each bin."""
    counts = [0] * (999 // width + 1)
    for item in items:
        if 0 <= item // width < len(counts):
            counts[item // width] += 1
    return counts


def population_covariance(first: list[int], second: list[int]) -> Fraction:
    """Give the mean product less the product of the means."""
    count = len(first)
    products = sum(a * b for a, b in zip(first, second, strict=True))
    return Fraction(count * products - sum(first) * sum(second), count * count)


def trimmed_mean(items: list[int], dropped: int) -> Fraction:
    """Give the mean without the smallest and the largest numbers."""
    kept = sorted(items)[dropped : len(items) - dropped]
    return Fraction(sum(kept), len(kept))


def nearest_to_all(items: list[int]) -> int:
    """Give a median, whose total distance is smallest."""
    return sorted(items)[(len(items) - 1) // 2]


def is_nearest_to_all(answer: int, items: list[int]) -> bool:
    """Say whether the total distance of the answer is smallest."""
    best = nearest_to_all(items)
    return sum(abs(answer - y) for y in items) == sum(abs(best - y) for y in items)


def rank_among(item: Any, items: list[Any]) -> int:
    """Give one more than the number of greater items."""
    return 1 + len([other for other in items if other > item])
