"""Trees: solvers against networkx, heapq or recursive versions."""

from __future__ import annotations

import heapq
import itertools
import random
from typing import Any

import networkx as nx
import pytest
from solvers import solvers

trees = solvers("trees")
RNG = random.Random(5)


def numbers(most: int, top: int = 9) -> list[int]:
    return [RNG.randint(-top, top) for _ in range(RNG.randint(1, most))]


def preorder(items: list[Any]) -> list[Any]:
    if not items:
        return []
    root, rest = items[0], items[1:]
    small = [x for x in rest if x < root]
    large = [x for x in rest if not x < root]
    return [root] + preorder(small) + preorder(large)


def depth(items: list[int], place: int) -> int:
    if place == 0:
        return 0
    side = items[place] < items[0]
    rest = [(i, x) for i, x in enumerate(items) if i and (x < items[0]) == side]
    return 1 + depth([x for _, x in rest], [i for i, _ in rest].index(place))


def test_search_trees() -> None:
    for _ in range(250):
        items = numbers(20)
        assert trees.bst_preorder(items) == preorder(items)
        want = [depth(items, place) for place in range(len(items))]
        assert trees.bst_insertion_depths(items) == want
    assert trees.bst_preorder(["b", "a", "bb"]) == ["b", "a", "bb"]
    assert trees.bst_insertion_depths([]) == []
    assert trees.heap_after_inserts([]) == []
    assert trees.forest_diameter([], []) == 0


def test_orders() -> None:
    for _ in range(60):
        items = RNG.sample(range(-50, 50), RNG.randint(1, 5))
        tree = preorder(items)
        same, heights = [], {}
        for order in itertools.permutations(items):
            some = list(order)
            heights[order] = max(depth(some, place) for place in range(len(some)))
            if preorder(some) == tree and some != items:
                same.append(some)
        least = min(heights.values())
        for order, height in heights.items():
            some = list(order)
            assert trees.is_balanced_order(some, items) == (height == least)
            assert trees.is_other_order(some, items) == (some in same)
        answer = trees.same_tree_order(items)
        assert answer in same if same else answer == []
        assert trees.is_other_order([], items) == (not same)
        assert heights[tuple(trees.balanced_insertion_order(items))] == least
    for _ in range(200):
        items = trees.draw_distinct(RNG, RNG.randint(1, 10))
        assert trees.is_balanced_order(trees.balanced_insertion_order(items), items)
        assert trees.is_other_order(trees.same_tree_order(items), items)
    assert not trees.is_balanced_order([1, 2, 4], [1, 2, 3])
    assert not trees.is_other_order([1, 2, 4], [1, 2, 3])
    assert trees.is_other_order([], [])


def test_heaps() -> None:
    for _ in range(250):
        items = numbers(20)
        heap: list[int] = []
        for item in items:
            heapq.heappush(heap, item)
        assert trees.heap_after_inserts(items) == heap
        weights = [abs(x) for x in items]
        parts, total = sorted(weights), 0
        while len(parts) > 1:
            total += parts[0] + parts[1]
            parts = sorted([*parts[2:], parts[0] + parts[1]])
        assert trees.huffman_total(weights) == total


def test_pruefer() -> None:
    for _ in range(250):
        n = RNG.randint(2, 12)
        code = [RNG.randint(1, n) for _ in range(n - 2)]
        tree = nx.from_prufer_sequence([c - 1 for c in code])
        edges = sorted((min(e) + 1, max(e) + 1) for e in tree.edges)
        assert trees.pruefer_decode(code) == (n, edges)
        round_ = [c + n * RNG.randint(-2, 2) for c in code]
        assert trees.pruefer_decode(round_) == (n, edges)


def test_forests() -> None:
    for _ in range(250):
        parents = [RNG.randint(-3, 25) for _ in range(RNG.randint(1, 20))]
        if RNG.random() < 0.6:
            parents = trees.draw_parents(RNG, RNG.randint(1, 7))[:20]
        lengths = [RNG.randint(0, 99) for _ in parents]
        d, g = nx.DiGraph(), nx.Graph()
        d.add_nodes_from(range(1, len(parents) + 1))
        g.add_nodes_from(d)
        for node, parent in enumerate(parents, 1):
            if 0 < parent < node:
                d.add_edge(parent, node)
                g.add_edge(parent, node, weight=lengths[node - 1])
        depths = [len(nx.ancestors(d, node)) for node in d]
        assert trees.forest_depths(parents) == depths
        sizes = [len(nx.descendants(d, node)) + 1 for node in d]
        assert trees.subtree_sizes(parents) == sizes
        far = dict(nx.all_pairs_dijkstra_path_length(g))
        longest = max(max(row.values()) for row in far.values())
        assert trees.forest_diameter(parents, lengths) == longest


def test_heap_numbers() -> None:
    for _ in range(300):
        a, b = trees.draw_relatives(RNG, RNG.randint(1, 10))
        up = {a >> i for i in range(60)} - {0}
        assert trees.heap_common_ancestor(a, b) == max(
            b >> i for i in range(60) if b >> i in up
        )
        assert trees.heap_common_ancestor(RNG.choice([0, -a]), b) == 0
        assert trees.heap_common_ancestor(a, -b) == 0
        assert trees.heap_route(RNG.choice([0, 1, -a])) == ""
        node = 1
        for turn in trees.heap_route(a):
            node = 2 * node + (turn == "R")
        assert node == a


def test_tries() -> None:
    for _ in range(250):
        words = trees.draw_trie_words(RNG, RNG.randint(1, 10)) + ["", "a Ä-", "a"]
        root: dict[str, Any] = {}
        count = 1
        for word in words:
            at = root
            for c in word:
                if c not in at:
                    at[c] = {}
                    count += 1
                at = at[c]
        assert trees.trie_size(words) == count


def cartesian(items: list[int], first: int, parent: int) -> dict[int, int]:
    if not items:
        return {}
    at = items.index(min(items))
    out = {first + at: parent}
    out.update(cartesian(items[:at], first, first + at))
    out.update(cartesian(items[at + 1 :], first + at + 1, first + at))
    return out


def test_cartesian() -> None:
    for _ in range(250):
        items = numbers(20, RNG.choice([3, 99]))
        want = cartesian(items, 1, 0)
        assert trees.cartesian_tree_parents(items) == [want[i] for i in sorted(want)]


def test_minimax() -> None:
    def value(items: list[int], height: int) -> int:
        if height == 0:
            return items[0]
        half = 2 ** (height - 1)
        parts = [p for p in (items[:half], items[half:]) if p]
        return (max if height % 2 else min)(value(p, height - 1) for p in parts)

    for _ in range(250):
        leaves = numbers(32, 99)
        assert trees.minimax_value(leaves) == value(
            leaves, (len(leaves) - 1).bit_length()
        )


@pytest.mark.parametrize("level", range(1, 11))
def test_samplers(level: int) -> None:
    for _ in range(20):
        assert len(trees.draw_parents(RNG, level)) <= 25
        parents, lengths = trees.draw_weighted_parents(RNG, level)
        assert len(parents) == len(lengths) <= 20
        assert len(trees.draw_weighted_parents(RNG, level, lengths=[1] * 20)) == 20
        for a in (-5, 1, 10**18):
            assert 1 <= trees.draw_relatives(RNG, level, a=a) <= 8 ** (level + 2)
        assert max(trees.draw_relatives(RNG, level)) <= 8 ** (level + 2)
