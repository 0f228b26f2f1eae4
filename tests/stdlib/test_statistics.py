"""Differential tests of the statistics module."""

from __future__ import annotations

import random
import statistics as reference
from fractions import Fraction

import numpy as np
from solvers import solvers

statistics = solvers("statistics")


def _draws(seed: int, count: int = 250) -> list[list[int]]:
    rng = random.Random(seed)
    edges = [[0], [-9999], [9999] * 50, [-(10**12), 10**12], [1, 1, 2, 2], [0, 0, 1]]
    drawn = []
    for _ in range(count):
        reach = rng.choice([2, 20, 9999])
        size = rng.randint(1, 50)
        drawn.append([rng.randint(-reach, reach) for _ in range(size)])
    return edges + drawn


def test_averages_against_the_statistics_module() -> None:
    for items in _draws(1):
        exact = [Fraction(item) for item in items]
        mean = reference.mean(exact)
        assert statistics.mean_of_list(items) == mean
        assert statistics.median(items) == reference.median(exact)
        assert statistics.population_variance(items) == reference.pvariance(exact)
        assert statistics.mean_absolute_deviation(items) == reference.mean(
            [abs(item - mean) for item in exact]
        )
        assert statistics.above_mean(items) == [item for item in items if item > mean]
        assert statistics.most_frequent_number(items) == min(reference.multimode(items))


def test_percentiles_against_numpy() -> None:
    rng = random.Random(2)
    for items in _draws(3):
        for percent in (1, 100, rng.randint(1, 100)):
            position = next(k for k in range(1, 51) if 100 * k >= percent * len(items))
            value = statistics.nearest_rank_percentile(items, percent)
            assert value == np.partition(np.array(items), position - 1)[position - 1]


def test_pairs_of_lists_against_sums_of_fractions() -> None:
    rng = random.Random(4)
    for items in _draws(5):
        size = len(items)
        weights = [rng.randint(1, 99) for _ in items]
        repeated = np.repeat(np.array(items, dtype=np.int64), weights)
        mean = Fraction(int(repeated.sum()), repeated.size)
        assert statistics.weighted_mean(items, weights) == mean
        other = [rng.randint(-9999, 9999) for _ in items]
        means = Fraction(sum(items), size), Fraction(sum(other), size)
        total = sum((items[i] - means[0]) * (other[i] - means[1]) for i in range(size))
        assert statistics.population_covariance(items, other) == total / size


def test_windows_against_convolution() -> None:
    rng = random.Random(6)
    for items in _draws(7):
        window = rng.choice([1, len(items), rng.randint(1, len(items))])
        sums = np.convolve(items, np.ones(window, dtype=np.int64), "valid")
        assert statistics.moving_average(items, window) == [
            Fraction(int(total), window) for total in sums
        ]
        dropped = rng.randint(0, (len(items) - 1) // 2)
        rest = list(items)
        for _ in range(dropped):
            rest.remove(min(rest))
            rest.remove(max(rest))
        assert statistics.trimmed_mean(items, dropped) == Fraction(sum(rest), len(rest))


def test_ranks_and_bins() -> None:
    rng = random.Random(8)
    for items in _draws(9):
        ordered = sorted(items, reverse=True)
        ranks = [ordered.index(item) + 1 for item in items]
        assert statistics.competition_ranks(items) == ranks
        width = rng.choice([50, 999, 1000, rng.randint(50, 1500)])
        near = [item % 3000 - 500 for item in items]
        # halves keep numbers off the edges: numpy's last bin holds its upper edge
        edges = [width * i - 0.5 for i in range(999 // width + 2)]
        counts, _ = np.histogram(near, bins=edges)
        assert statistics.bin_counts(near, width) == counts.tolist()
    assert statistics.bin_counts([], 400) == [0, 0, 0]


def test_nearest_to_all_against_every_candidate() -> None:
    rng = random.Random(10)
    for _ in range(250):
        items = [rng.randint(-15, 15) for _ in range(rng.randint(1, 12))]
        totals = {
            x: sum(abs(x - y) for y in items) for x in range(min(items), max(items) + 1)
        }
        assert totals[statistics.nearest_to_all(items)] == min(totals.values())
        for x, total in totals.items():
            right = total == min(totals.values())
            assert statistics.is_nearest_to_all(x, items) == right


def test_rank_among_against_a_sorted_search() -> None:
    rng = random.Random(14)
    for items in [[], *_draws(15)]:
        item = rng.choice([*items, 0, 10**6, -(10**6)])
        below = np.searchsorted(np.sort(items), item, side="right")
        assert statistics.rank_among(item, items) == len(items) - below + 1
