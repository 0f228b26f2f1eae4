"""Differential tests of the masks module."""

from __future__ import annotations

import random
from itertools import combinations

import networkx as nx
import numpy as np
from solvers import solvers

masks = solvers("masks")


def _tables(seed: int) -> list[np.ndarray]:
    rng = random.Random(seed)
    return [
        np.array(
            [
                [rng.randint(-reach, reach) for _ in range(columns)]
                for _ in range(rng.randint(1, 12))
            ]
        )
        for reach in (rng.choice([1, 5, 99]) for _ in range(250))
        for columns in (rng.randint(1, 12),)
    ]


def test_entries_against_numpy() -> None:
    rng = random.Random(1)
    for m in _tables(2):
        rows, limit = m.tolist(), rng.randint(-50, 50)
        assert masks.odd_mask(rows) == np.mod(m, 2).tolist()
        assert masks.thirds_table(rows) == np.mod(m, 3).tolist()
        assert masks.above_mask(rows, limit) == (m > limit).astype(int).tolist()
        least = m.min(axis=1, keepdims=True)
        assert masks.row_minimum_mask(rows) == (m == least).astype(int).tolist()
        mirrored = (m != m[:, ::-1]).astype(int)
        assert masks.mirror_mask(rows) == mirrored.tolist()


def test_neighbours_against_numpy() -> None:
    for m in _tables(3):
        rows = m.tolist()
        changed = np.diff(m, axis=1, prepend=m[:, :1]) != 0
        assert masks.change_mask(rows) == changed.astype(int).tolist()
        wide = np.pad(m, 1, constant_values=-1000)
        around = [wide[:-2, 1:-1], wide[2:, 1:-1], wide[1:-1, :-2], wide[1:-1, 2:]]
        summits = (m >= np.maximum.reduce(around)).astype(int)
        assert masks.summit_mask(rows) == summits.tolist()
        values, places, counts = np.unique(m, return_inverse=True, return_counts=True)
        repeated = (counts[places.reshape(m.shape)] > 1).astype(int)
        assert masks.repeated_mask(rows) == repeated.tolist()


def test_adjacency_against_networkx() -> None:
    rng = random.Random(4)
    for _ in range(200):
        nodes = rng.randint(1, 12)
        pairs = list(combinations(range(1, nodes + 1), 2))
        edges = sorted(rng.sample(pairs, rng.randint(0, len(pairs))))
        graph = nx.Graph()
        graph.add_nodes_from(range(1, nodes + 1))
        graph.add_edges_from(edges)
        expected = nx.to_numpy_array(graph, dtype=int).tolist()
        assert masks.adjacency_matrix((nodes, edges)) == expected


def test_row_parities_against_numpy() -> None:
    for m in _tables(5):
        assert masks.row_parities(m.tolist()) == np.mod(m.sum(axis=1), 2).tolist()
