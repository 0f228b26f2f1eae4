"""Differential tests of the predicates module."""

from __future__ import annotations

import calendar
import random
import re

import networkx as nx
import numpy as np
import sympy
from solvers import solvers

predicates = solvers("predicates")


def _numbers(seed: int) -> list[int]:
    rng = random.Random(seed)
    small = list(range(-50, 400))
    return small + [
        rng.randint(-reach, reach)
        for reach in (10**3, 10**6, 10**12, 10**18)
        for _ in range(80)
    ]


def _lists(seed: int, least: int = -3, most: int = 6) -> list[list[int]]:
    rng = random.Random(seed)
    return [
        [rng.randint(least, most) for _ in range(rng.randint(0, 7))] for _ in range(400)
    ]


def _graphs(seed: int) -> list[tuple[int, list[tuple[int, int]]]]:
    rng = random.Random(seed)
    found = []
    for _ in range(400):
        nodes = rng.randint(1, 9)
        pairs = [(u, v) for u in range(1, nodes + 1) for v in range(u + 1, nodes + 1)]
        found.append((nodes, [pair for pair in pairs if rng.random() < 0.25]))
    return found


def _networkx(g: tuple[int, list[tuple[int, int]]]) -> nx.Graph:
    graph = nx.Graph()
    graph.add_nodes_from(range(1, g[0] + 1))
    graph.add_edges_from(g[1])
    return graph


def test_numbers_against_sympy() -> None:
    for n in _numbers(1):
        assert predicates.is_prime(n) == sympy.isprime(n)
        square = n >= 0 and sympy.integer_nthroot(n, 2)[1]
        assert predicates.is_square_number(n) == square
        for d in (1, -2, 3, 7, -12, 10**9):
            assert predicates.is_multiple(n, d) == (sympy.Integer(n) % d == 0)


def test_strong_pseudoprimes_are_no_primes() -> None:
    for n in (2047, 3215031751, 3474749660383, 341550071728321, 561, 1105):
        assert not predicates.is_prime(n)
    for root in range(300):
        assert predicates.is_square_number(root * root)


def test_years_against_the_calendar() -> None:
    for year in range(1, 2500):
        assert predicates.is_leap_year(year) == calendar.isleap(year)
        assert predicates.is_leap_year(year - 4000) == calendar.isleap(year + 4000)


def test_texts() -> None:
    rng = random.Random(2)
    pair = re.compile(r"\(\)|\[\]|\{\}")
    for _ in range(2000):
        text = "".join(rng.choice("ab") for _ in range(rng.randint(0, 8)))
        assert predicates.is_palindrome(text) == (text == "".join(reversed(text)))
        other = "".join(rng.choice("ab") for _ in range(rng.randint(0, 8)))
        same = sorted(text) == sorted(other)
        assert predicates.is_anagram(text, other) == same
        brackets = "".join(rng.choice("()[]x") for _ in range(rng.randint(0, 8)))
        rest = brackets.replace("x", "")
        while pair.search(rest):
            rest = pair.sub("", rest)
        assert predicates.is_balanced(brackets) == (not rest)


def test_lists_against_numpy() -> None:
    for items, other in zip(_lists(3), _lists(4), strict=True):
        array = np.array(items, dtype=int)
        assert predicates.is_ascending(items) == bool((np.diff(array) >= 0).all())
        assert predicates.has_repeats(items) == (len(np.unique(array)) < len(items))
        counts = np.array_equal(np.sort(array), np.arange(1, len(items) + 1))
        assert predicates.is_permutation(items) == counts
        inside = bool(np.isin(array, np.array(other, dtype=int)).all())
        assert predicates.is_subset(items, other) == inside
        for target in (-4, 0, 3, 11):
            wanted = target in {
                sum(item for at, item in enumerate(items) if mask >> at & 1)
                for mask in range(2 ** len(items))
            }
            assert predicates.has_subset_sum(items, target) == wanted


def test_matrices_against_numpy() -> None:
    rng = random.Random(5)
    for _ in range(500):
        rows, cols = rng.randint(1, 3), rng.randint(1, 3)
        matrix = [[rng.randint(0, 1) for _ in range(cols)] for _ in range(rows)]
        array = np.array(matrix)
        same = array.shape == array.T.shape and bool((array == array.T).all())
        assert predicates.is_symmetric(matrix) == same


def test_graphs_against_networkx() -> None:
    for g in _graphs(6):
        assert predicates.is_connected(g) == nx.is_connected(_networkx(g))
        assert predicates.is_bipartite(g) == nx.is_bipartite(_networkx(g))
