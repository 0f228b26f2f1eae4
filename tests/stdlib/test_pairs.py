"""Differential tests of the pairs module."""

from __future__ import annotations

import random
import re
from itertools import combinations

import networkx as nx
import numpy as np
from solvers import solvers

pairs = solvers("pairs")


def _draws(seed: int, reach: int = 99) -> list[list[int]]:
    rng = random.Random(seed)
    edges = [[], [reach], [-reach, reach], [1, 1, 1]]
    return edges + [
        [rng.randint(-span, span) for _ in range(rng.randint(0, 30))]
        for span in (rng.choice([1, 9, reach]) for _ in range(250))
    ]


def test_lists_as_pairs_against_numpy() -> None:
    rng = random.Random(1)
    for items in _draws(2):
        array = np.array(items, dtype=np.int64)
        half = len(items) // 2
        columns = np.stack([array[:-1], array[1:]], axis=1)
        assert pairs.adjacent_pairs(items) == [tuple(x) for x in columns.tolist()]
        columns = np.stack([array, np.arange(1, len(items) + 1)], axis=1)[::-1]
        assert pairs.items_with_places(items) == [tuple(x) for x in columns.tolist()]
        columns = np.stack([array[:half], array[::-1][:half]], axis=1)
        assert pairs.mirror_pairs(items) == [tuple(x) for x in columns.tolist()]
        other = rng.choices(range(9), k=rng.randint(0, 30))
        shared = min(len(items), len(other))
        columns = np.stack([array[:shared], np.array(other[:shared], int)], axis=1)
        assert pairs.zip_lists(items, other) == [tuple(x) for x in columns.tolist()]


def test_counts_and_quotients_against_numpy() -> None:
    rng = random.Random(3)
    for items in _draws(4):
        array = np.array(items, dtype=np.int64)
        values, counts = np.unique(array, return_counts=True)
        expected = list(zip(values.tolist(), counts.tolist(), strict=True))
        assert pairs.value_counts(items) == expected
        gaps = list(zip(values[:-1].tolist(), np.diff(values).tolist(), strict=True))
        assert pairs.gap_spans(items) == gaps
        divisor = rng.randint(1, 100)
        quotients, rests = np.divmod(array, divisor)
        expected = list(zip(quotients.tolist(), rests.tolist(), strict=True))
        assert pairs.quotient_pairs(items, divisor) == expected
        starts = [i for i in range(len(items)) if not i or items[i] != items[i - 1]]
        lengths = np.diff([*starts, len(items)]).tolist()
        expected = [(items[i], n) for i, n in zip(starts, lengths, strict=True)]
        assert pairs.runs_of_items(items) == expected
        if items:
            above = np.triu(array[:, None] > array[None, :], 1)
            expected = [(i + 1, j + 1) for i, j in np.argwhere(above).tolist()]
            assert pairs.inversion_pairs(items) == expected
    assert pairs.inversion_pairs([]) == []


def test_cells_and_walks_against_numpy() -> None:
    rng = random.Random(5)
    ways = {"U": 1j, "D": -1j, "R": 1, "L": -1}
    for _ in range(250):
        m = np.array([rng.randint(0, 3) for _ in range(60)]).reshape(
            rng.choice([6, 5]), -1
        )
        places = [(i + 1, j + 1) for i, j in np.argwhere(m == 2).tolist()]
        assert pairs.cells_with(m.tolist(), 2) == places
        moves = "".join(rng.choices("UDLRx ", k=rng.randint(0, 30)))
        ends = np.cumsum([0, *(ways[c] for c in moves if c in ways)])
        expected = [(int(z.real), int(z.imag)) for z in ends.astype(complex)]
        assert pairs.walk_points(moves) == expected


def test_non_edges_against_networkx() -> None:
    rng = random.Random(6)
    for _ in range(250):
        nodes = rng.randint(1, 9)
        all_pairs = list(combinations(range(1, nodes + 1), 2))
        edges = sorted(rng.sample(all_pairs, rng.randint(0, len(all_pairs))))
        graph = nx.Graph()
        graph.add_nodes_from(range(1, nodes + 1))
        graph.add_edges_from(edges)
        expected = sorted(tuple(sorted(pair)) for pair in nx.non_edges(graph))
        assert pairs.non_edges((nodes, edges)) == expected


def test_pieces_against_regular_expressions_and_numpy() -> None:
    rng = random.Random(8)
    for items in _draws(9):
        text = "".join(rng.choices("ab  c", k=rng.randint(0, 40)))
        spans = [(m.start() + 1, len(m[0])) for m in re.finditer("[^ ]+", text)]
        assert pairs.word_spans(text) == spans
        runs = [(m.start() + 1, len(m[0])) for m in re.finditer(r"(.)\1*", text)]
        assert pairs.character_runs(text) == runs
        breaks = np.flatnonzero(np.diff(np.array(items, dtype=int)) <= 0) + 1
        pieces = np.split(np.array(items, dtype=int), breaks)
        starts = [1, *(breaks + 1).tolist()]
        expected = [(s, len(p)) for s, p in zip(starts, pieces, strict=True)]
        assert pairs.rising_runs(items) == (expected if items else [])


def test_lists_from_pairs_against_numpy() -> None:
    rng = random.Random(10)
    for items in _draws(11):
        some = [(rng.randint(-9, 9), x) for x in items]
        array = np.array(some, dtype=np.int64).reshape(-1, 2)
        order = np.argsort(array[:, 0], kind="stable")
        assert pairs.seconds_by_firsts(some) == array[order, 1].tolist()
        assert pairs.larger_of_pairs(some) == array.max(axis=1).tolist()
        assert pairs.items_of_pairs(some) == array.T.ravel().tolist()
        places = np.flatnonzero(np.diff(array, axis=1)[:, 0] > 0) + 1
        assert pairs.rising_pair_places(some) == places.tolist()
        assert pairs.sum_of_products(some) == array[:, 0] @ array[:, 1]
        products = array.prod(axis=1)
        expected = int(products.argmax()) + 1 if some else 0
        assert pairs.largest_product_place(some) == expected
