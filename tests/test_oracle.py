"""The counted space against other ways to enumerate it (`bench/`): combinatory logic
synthesis, where that is installed, and walks over a networkx graph."""

from __future__ import annotations

from importlib.util import find_spec

import pytest
from space_libraries import Small, random_library

from bench.oracle import Combinators, Part, Tally, compare, compare_size
from bench.rivals import graph_of, moves, walks
from racesc.space.pieces import pieces_of
from racesc.space.selection import Selection
from racesc.space.space import Space

needs_cosy = pytest.mark.skipif(
    find_spec("cosy") is None, reason="combinatory-synthesizer is not installed"
)


def part_of(small: Small) -> Part:
    return Part(small.checker, small.resolved, small.scope)


@needs_cosy
@pytest.mark.parametrize("seed", range(6))
def test_cosy_finds_the_same_composites(seed: int) -> None:
    tally = Tally()
    compare(part_of(random_library(seed)), tally, 300)
    assert tally.differences == []
    assert tally.compared["chains"]


@needs_cosy
def test_a_difference_is_seen_from_both_sides() -> None:
    part = part_of(Small(["(n: Int in 1..9) -> Int in 1..9", "(n: Int) -> Bool"]))
    wanted = set(Combinators(part, 2, False).composites(2))
    assert wanted == {"e0 >> e0", "e0 >> e1"}
    tally = Tally()
    chains = Selection((2, 2), operators=("SEQUENTIAL",))
    compare_size(Space(part.scope[:1], chains), wanted, tally)
    compare_size(Space(part.scope, chains), {"e0 >> e0"}, tally)
    assert tally.differences == ["cosy alone: e0 >> e1", "racesc alone: e0 >> e1"]


@pytest.mark.parametrize("seed", range(6))
def test_walks_over_the_graph_are_the_chains(seed: int) -> None:
    scope = random_library(seed).scope
    graph = graph_of(moves(pieces_of(scope), 3))
    for size in (1, 2, 3):
        chains = Space(scope, Selection((size, size), operators=("SEQUENTIAL",)))
        found = sorted(" >> ".join(walk) for walk in walks(graph, size))
        assert found == sorted(
            chains.entry(rank).expression for rank in range(chains.total)
        )
