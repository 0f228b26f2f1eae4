"""Solvers for search trees, heaps, tries and trees given by parents."""

from __future__ import annotations

import heapq
from typing import Any


def _left(given: dict[str, Any], **values: Any) -> Any:
    """The values of the parameters that are not given, as a sampler returns them."""
    rest = [value for name, value in values.items() if name not in given]
    return rest[0] if len(rest) == 1 else tuple(rest)


def _insert_all(items: list[Any]) -> tuple[list[list[int]], list[int]]:
    """The children (left, right; -1 for none) and depths by place in the list."""
    children: list[list[int]] = []
    depths: list[int] = []
    for place, item in enumerate(items):
        at, depth = 0, 0
        while place:
            depth += 1
            side = 0 if item < items[at] else 1
            if children[at][side] < 0:
                children[at][side] = place
                break
            at = children[at][side]
        children.append([-1, -1])
        depths.append(depth)
    return children, depths


def bst_preorder(items: list[Any]) -> list[Any]:
    """The preorder of the search tree that insertions build."""
    if not items:
        return []
    children, _ = _insert_all(items)
    out = []
    stack = [0]
    while stack:
        at = stack.pop()
        out.append(items[at])
        stack.extend(child for child in reversed(children[at]) if child >= 0)
    return out


def bst_insertion_depths(items: list[Any]) -> list[int]:
    """The depth at which each item is inserted into a search tree."""
    return _insert_all(items)[1]


def balanced_insertion_order(items: list[int]) -> list[int]:
    """The middle item, then the orders of the smaller and of the larger items."""
    ranked = sorted(items)
    parts = [ranked]
    out = []
    while parts:
        part = parts.pop()
        if part:
            middle = (len(part) - 1) // 2
            out.append(part[middle])
            parts += [part[middle + 1 :], part[:middle]]
    return out


def is_balanced_order(answer: list[int], items: list[int]) -> bool:
    """Whether the order gives a search tree of the least height."""
    if sorted(answer) != sorted(items):
        return False
    return max(_insert_all(answer)[1]) == len(items).bit_length() - 1


def draw_distinct(rng: Any, level: int, **given: Any) -> list[int]:
    """Different numbers, in random order."""
    most = min(999, 20 * level * level)
    size = rng.randint(min(level + 3, 13), min(level + 4, 15))
    items: list[int] = rng.sample(range(-most, most + 1), size)
    return items


def same_tree_order(items: list[int]) -> list[int]:
    """The order with the first neighbours swapped that may be, or nothing."""
    tree = bst_preorder(items)
    for i in range(1, len(items)):
        other = [*items[: i - 1], items[i], items[i - 1], *items[i + 1 :]]
        if bst_preorder(other) == tree:
            return other
    return []


def is_other_order(answer: list[int], items: list[int]) -> bool:
    """Whether another order gives the same search tree, or nothing is right."""
    if not answer:
        return same_tree_order(items) == []
    if len(answer) != len(items) or answer == items:
        return False
    return bst_preorder(answer) == bst_preorder(items)


def heap_after_inserts(items: list[Any]) -> list[Any]:
    """A binary min-heap after inserting items one by one."""
    heap: list[Any] = []
    for item in items:
        heap.append(item)
        place = len(heap)
        while place > 1 and heap[place - 1] < heap[place // 2 - 1]:
            other = place // 2
            heap[place - 1], heap[other - 1] = heap[other - 1], heap[place - 1]
            place = other
    return heap


def huffman_total(weights: list[int]) -> int:
    """The length of a text under an optimal prefix code."""
    heap = sorted(weights)
    total = 0
    while len(heap) > 1:
        both = heapq.heappop(heap) + heapq.heappop(heap)
        total += both
        heapq.heappush(heap, both)
    return total


def draw_weights(rng: Any, level: int, **given: Any) -> list[int]:
    """Positive weights that grow with the level."""
    most = min(999, 10 * level * level)
    return [rng.randint(1, most) for _ in range(rng.randint(level + 1, level + 4))]


def pruefer_decode(code: list[int]) -> tuple[int, list[tuple[int, int]]]:
    """The tree that belongs to a Prüfer code."""
    n = len(code) + 2
    named = [(item - 1) % n + 1 for item in code]
    left = list(range(1, n + 1))
    edges = []
    for i, node in enumerate(named):
        leaf = min(other for other in left if other not in named[i:])
        left.remove(leaf)
        edges.append((min(leaf, node), max(leaf, node)))
    edges.append((left[0], left[1]))
    return n, sorted(edges)


def _parents(parents: list[int]) -> list[int]:
    """The parent of every node from 0, or -1 for a root."""
    return [p - 1 if 1 <= p <= i else -1 for i, p in enumerate(parents)]


def forest_depths(parents: list[int]) -> list[int]:
    """The depths of all nodes of a forest."""
    depths: list[int] = []
    for parent in _parents(parents):
        depths.append(0 if parent < 0 else depths[parent] + 1)
    return depths


def subtree_sizes(parents: list[int]) -> list[int]:
    """The sizes of all subtrees of a forest."""
    sizes = [1] * len(parents)
    for node, parent in reversed(list(enumerate(_parents(parents)))):
        if parent >= 0:
            sizes[parent] += sizes[node]
    return sizes


def draw_parents(rng: Any, level: int, **given: Any) -> list[int]:
    """The parents of a forest with few roots and some long branches."""
    size = rng.randint(2 * level + 2, 2 * level + 5)
    back = rng.randint(2, 6)
    return [0] + [
        0 if rng.random() < 0.08 else rng.randint(max(1, i - back), i)
        for i in range(1, size)
    ]


def forest_diameter(parents: list[int], lengths: list[int]) -> int:
    """The longest path of a forest with edge lengths."""
    down = [0] * len(parents)
    best = 0
    for node, parent in reversed(list(enumerate(_parents(parents)))):
        if parent >= 0:
            reach = down[node] + lengths[node]
            best = max(best, down[parent] + reach)
            down[parent] = max(down[parent], reach)
    return best


def draw_weighted_parents(rng: Any, level: int, **given: Any) -> Any:
    """A forest and lengths that grow with the level."""
    if "parents" in given:
        parents = given["parents"]
    elif "lengths" in given:
        size = len(given["lengths"])
        parents = [0] + [rng.randint(max(1, i - 3), i) for i in range(1, min(size, 21))]
    else:
        parents = draw_parents(rng, level)[:20]
    most = 9 * level + 9
    lengths = [rng.randint(1, most) for _ in parents]
    return _left(given, parents=parents, lengths=lengths)


def heap_common_ancestor(a: int, b: int) -> int:
    """The lowest common ancestor of two nodes of a binary heap."""
    if min(a, b) < 1:
        return 0
    while a != b:
        a, b = max(a, b) // 2, min(a, b)
    return a


def draw_relatives(rng: Any, level: int, **given: Any) -> Any:
    """Two nodes with a common ancestor far below the root."""
    if given:
        (other,) = given.values()
        other = max(1, other)
        up = max(rng.randint(1, 2 * level), other.bit_length() - 2 * level - 3)
        node = max(1, other >> up)
    else:
        node = rng.randint(3, 8 * 4**level)
    pair = []
    for side in range(2):
        steps = rng.randint(1, level // 2 + 3)
        below = rng.randrange(1 << steps)
        if rng.random() < 0.9:  # the two go different ways
            below = below % (1 << (steps - 1)) + (side << (steps - 1))
        elif not side:
            steps = below = 0
        pair.append((node << steps) + below)
    if rng.random() < 0.5:
        pair.reverse()
    return _left(given, a=pair[0], b=pair[1])


def heap_route(n: int) -> str:
    """The way from the root of a binary heap to a node."""
    return f"{max(1, n):b}"[1:].replace("0", "L").replace("1", "R")


def trie_size(words: list[str]) -> int:
    """The number of nodes of a trie."""
    prefixes = {word[:i] for word in words for i in range(len(word) + 1)}
    return len(prefixes | {""})


def draw_trie_words(rng: Any, level: int, **given: Any) -> list[str]:
    """Words that often begin alike."""
    words: list[str] = []
    for _ in range(rng.randint(min(level + 1, 10), min(level + 4, 12))):
        stem = rng.choice(words) if words and rng.random() < 0.7 else ""
        stem = stem[: rng.randint(0, 5)]
        words.append(
            stem + "".join(rng.choice("abc") for _ in range(rng.randint(1, 3)))
        )
    return words


def cartesian_tree_parents(items: list[int]) -> list[int]:
    """The parents in the Cartesian tree of a list."""
    parents = [0] * len(items)
    stack: list[int] = []
    for place, item in enumerate(items):
        last = -1
        while stack and items[stack[-1]] > item:
            last = stack.pop()
        if last >= 0:
            parents[last] = place + 1
        if stack:
            parents[place] = stack[-1] + 1
        stack.append(place)
    return parents


def minimax_value(leaves: list[int]) -> int:
    """The value of a game tree of alternating choices."""
    row = list(leaves)
    larger = True
    while len(row) > 1:
        pairs = [row[i : i + 2] for i in range(0, len(row), 2)]
        row = [max(pair) if larger else min(pair) for pair in pairs]
        larger = not larger
    return row[0]
