"""Second solvers for trees, written from the wording alone."""

from __future__ import annotations

from typing import Any


class _Node:
    def __init__(self, item: Any) -> None:
        self.item = item
        self.left: _Node | None = None
        self.right: _Node | None = None


def _insert(root: _Node | None, item: Any) -> tuple[_Node, int]:
    """The root, and the depth at which the item ends up."""
    if root is None:
        return _Node(item), 0
    if item < root.item:
        root.left, depth = _insert(root.left, item)
    else:
        root.right, depth = _insert(root.right, item)
    return root, depth + 1


def _tree(items: list[Any]) -> _Node | None:
    root = None
    for item in items:
        root, _ = _insert(root, item)
    return root


def _preorder(node: _Node | None, right_first: bool = False) -> list[Any]:
    if node is None:
        return []
    left = _preorder(node.left, right_first)
    right = _preorder(node.right, right_first)
    return [node.item, *(right + left if right_first else left + right)]


def bst_preorder(items: list[Any]) -> list[Any]:
    return _preorder(_tree(items))


def bst_insertion_depths(items: list[Any]) -> list[int]:
    root, depths = None, []
    for item in items:
        root, depth = _insert(root, item)
        depths.append(depth)
    return depths


def balanced_insertion_order(items: list[int]) -> list[int]:
    def order(part: list[int]) -> list[int]:
        if not part:
            return []
        half = len(part) // 2
        return [part[half], *order(part[:half]), *order(part[half + 1 :])]

    return order(sorted(items))


def same_tree_order(items: list[int]) -> list[int]:
    root = _tree(items)
    for right_first in (False, True):
        order = _preorder(root, right_first)
        if order != items:
            return order
    return []


def heap_after_inserts(items: list[Any]) -> list[Any]:
    heap: list[Any] = [None]
    for item in items:
        heap.append(item)
        p = len(heap) - 1
        while p > 1 and heap[p] < heap[p // 2]:
            heap[p], heap[p // 2] = heap[p // 2], heap[p]
            p //= 2
    return heap[1:]


def huffman_total(weights: list[int]) -> int:
    left = sorted(weights)
    total = 0
    while len(left) > 1:
        made = left[0] + left[1]
        total += made
        left = sorted([*left[2:], made])
    return total


def pruefer_decode(code: list[int]) -> tuple[int, list[tuple[int, int]]]:
    n = len(code) + 2
    named = []
    for number in code:
        named.append(number % n or n)
    left = list(range(1, n + 1))
    edges = []
    for i, number in enumerate(named):
        leaf = min(node for node in left if node not in named[i:])
        edges.append((min(leaf, number), max(leaf, number)))
        left.remove(leaf)
    edges.append((left[0], left[1]))
    return n, sorted(edges)


def _parents(parents: list[int]) -> dict[int, int]:
    """The nodes that are no roots, with their parents."""
    return {i: p for i, p in enumerate(parents, 1) if 1 <= p < i}


def _ancestors(parent: dict[int, int], node: int) -> list[int]:
    """Upwards, the node itself included."""
    line = [node]
    while line[-1] in parent:
        line.append(parent[line[-1]])
    return line


def forest_depths(parents: list[int]) -> list[int]:
    parent = _parents(parents)
    return [len(_ancestors(parent, i)) - 1 for i in range(1, len(parents) + 1)]


def subtree_sizes(parents: list[int]) -> list[int]:
    parent = _parents(parents)
    nodes = range(1, len(parents) + 1)
    return [sum(i in _ancestors(parent, j) for j in nodes) for i in nodes]


def forest_diameter(parents: list[int], lengths: list[int]) -> int:
    parent = _parents(parents)
    best = 0
    for a in range(1, len(parents) + 1):
        for b in range(1, len(parents) + 1):
            up, over = _ancestors(parent, a), _ancestors(parent, b)
            if up[-1] == over[-1]:
                path = set(up) ^ set(over)
                best = max(best, sum(lengths[node - 1] for node in path))
    return best


def heap_common_ancestor(a: int, b: int) -> int:
    if a <= 0 or b <= 0:
        return 0
    while a != b:
        if a > b:
            a //= 2
        else:
            b //= 2
    return a


def heap_route(n: int) -> str:
    route = ""
    while n > 1:
        route = ("R" if n % 2 else "L") + route
        n //= 2
    return route


def trie_size(words: list[str]) -> int:
    return len({word[:i] for word in words for i in range(len(word) + 1)} | {""})


def cartesian_tree_parents(items: list[int]) -> list[int]:
    parents = [0] * len(items)

    def build(low: int, high: int, parent: int) -> None:
        if low < high:
            root = min(range(low, high), key=lambda i: items[i])
            parents[root] = parent
            build(low, root, root + 1)
            build(root + 1, high, root + 1)

    build(0, len(items), 0)
    return parents


def minimax_value(leaves: list[int]) -> int:
    line = list(leaves)
    number = 1
    while len(line) > 1:
        choose = max if number % 2 else min
        line = [choose(line[i : i + 2]) for i in range(0, len(line), 2)]
        number += 1
    return line[0]
