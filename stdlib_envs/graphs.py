"""Solvers for graphs without weights: (n, edges) with the nodes 1..n, or pairs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Pairs = list[tuple[int, int]]
Graph = tuple[int, Pairs]


def _around(g: Graph) -> list[list[int]]:
    """The neighbours of every node in ascending order; index 0 is unused."""
    around: list[list[int]] = [[] for _ in range(g[0] + 1)]
    for u, v in g[1]:
        around[u].append(v)
        around[v].append(u)
    return [sorted(nodes) for nodes in around]


def _after(edges: Pairs) -> dict[int, list[int]]:
    """The successors of all nodes that occur, both in ascending order."""
    nodes = sorted({node for edge in edges for node in edge})
    after: dict[int, list[int]] = {node: [] for node in nodes}
    for u, v in sorted(set(edges)):
        after[u].append(v)
    return after


def _reach(links: Any, start: int) -> list[int]:
    """The nodes that can be reached, in breadth-first order; ``links`` has the
    neighbours of every node."""
    order = [start]
    seen = {start}
    for node in order:
        for other in links[node]:
            if other not in seen:
                seen.add(other)
                order.append(other)
    return order


def _random_graph(rng: Any, n: int, m: int, directed: bool = False) -> Graph:
    """A graph with n nodes and m edges, or as many as there can be."""
    pairs = [
        (u, v)
        for u in range(1, n + 1)
        for v in range(1, n + 1)
        if u < v or (directed and u > v)
    ]
    return n, sorted(rng.sample(pairs, min(m, len(pairs))))


def _left(given: dict[str, Any], **values: Any) -> Any:
    """The values of the parameters that are not given, as a sampler returns them."""
    rest = [value for name, value in values.items() if name not in given]
    return rest[0] if len(rest) == 1 else tuple(rest)


def draw_sparse(rng: Any, level: int, **given: Any) -> Graph:
    """A graph with about as many edges as nodes, of at most 10 nodes."""
    n = rng.randint(min(level + 2, 8), min(level + 3, 10))
    return _random_graph(rng, n, rng.randint(n - 2, n + 1))


def draw_scattered(rng: Any, level: int, **given: Any) -> Graph:
    """A graph of several components, of at most 14 nodes."""
    n = rng.randint(min(level + 3, 12), min(level + 5, 14))
    return _random_graph(rng, n, rng.randint(n // 3, 2 * n // 3))


def draw_middling(rng: Any, level: int, **given: Any) -> Graph:
    """A graph with between a quarter and two thirds of all edges."""
    n = rng.randint(min(level + 2, 9), min(level + 3, 10))
    most = n * (n - 1) // 2
    return _random_graph(rng, n, rng.randint(most // 4, 2 * most // 3))


def draw_small(rng: Any, level: int, **given: Any) -> Graph:
    """A graph with about half of all edges, of at most 6 nodes."""
    n = rng.randint(min(level // 2 + 3, 5), min(level // 2 + 4, 6))
    most = n * (n - 1) // 2
    return _random_graph(rng, n, rng.randint(most // 3, 3 * most // 4))


def draw_dense(rng: Any, level: int, **given: Any) -> Graph:
    """A graph with more than half of all edges."""
    n = rng.randint(min(level + 3, 8), min(level + 4, 10))
    most = n * (n - 1) // 2
    return _random_graph(rng, n, rng.randint(most // 2, most))


def draw_graph_and_start(rng: Any, level: int, **given: Any) -> Any:
    """A graph with somewhat more edges than nodes and one of its nodes."""
    if "g" in given:
        g = given["g"]
    else:
        n = rng.randint(level + 1, level + 2)
        g = _random_graph(rng, n, n + rng.randint(0, level // 2))
    return _left(given, g=g, start=rng.randint(1, g[0]))


def draw_acyclic(rng: Any, level: int, **given: Any) -> Pairs:
    """Pairs that mostly allow an order."""
    n = rng.randint(min(level + 2, 9), min(level + 3, 10))
    size = rng.randint(level + 1, 2 * level + 4)
    if rng.random() < 0.1:
        _, edges = _random_graph(rng, n, size, directed=True)
    else:
        names = rng.sample(range(1, n + 1), n)
        _, some = _random_graph(rng, n, size)
        edges = [(names[u - 1], names[v - 1]) for u, v in some]
    rng.shuffle(edges)
    return edges


def draw_sparse_digraph(rng: Any, level: int, **given: Any) -> Pairs:
    """Pairs of at most 8 nodes, somewhat more than nodes."""
    n = rng.randint(min(level + 2, 6), min(level + 3, 8))
    size = rng.randint(min(level + 3, 7), min(level + 7, 12))
    _, edges = _random_graph(rng, n, size, directed=True)
    while len(edges) < min(level + 3, 7):
        edges.append((rng.randint(1, n), rng.randint(1, n)))
    rng.shuffle(edges)
    return edges


def draw_sparse_matrix(rng: Any, level: int, **given: Any) -> list[list[int]]:
    """A square matrix with few ones, mostly not closed yet."""
    n = min(level // 2 + 3, 6)
    for _ in range(6):
        m = [[0] * n for _ in range(n)]
        _, edges = _random_graph(rng, n, rng.randint(n - 1, n + 2), directed=True)
        for u, v in edges:
            m[u - 1][v - 1] = 1
        if rng.random() < 0.3:
            node = rng.randrange(n)
            m[node][node] = 1
        if transitive_closure(m) != m:
            break
    return m


def draw_spans(rng: Any, level: int, **given: Any) -> Pairs:
    """Spans of which about a half overlap."""
    spans = []
    for _ in range(rng.randint(3 + level // 3, 4 + level // 2)):
        at = rng.randint(0, 10 * level)
        other = min(15 * level, at + rng.randint(0, 5 * level))
        spans.append((other, at) if rng.random() < 0.3 else (at, other))
    return spans


def draw_words(rng: Any, level: int, **given: Any) -> list[str]:
    """Words of which about a half share a letter."""
    letters = rng.sample("abcdefghijklmnopqrstuvwxyz", 8 + level)
    return [
        "".join(rng.choice(letters) for _ in range(rng.randint(1, 3 + level // 2)))
        for _ in range(rng.randint(3 + level // 3, 4 + level // 2))
    ]


def draw_thin(rng: Any, level: int, **given: Any) -> Graph:
    """A graph with about as many edges as nodes, of at most 9 nodes."""
    n = rng.randint(4 + level // 3, 5 + level // 2)
    return _random_graph(rng, n, rng.randint(n // 2 + 1, n))


def draw_switches(rng: Any, level: int, **given: Any) -> Any:
    """A graph and pairs of its nodes, some of them repeated."""
    g = given.get("g")
    if g is None:
        n = rng.randint(3 + level // 3, 4 + level // 2)
        g = _random_graph(rng, n, rng.randint(n - 1, n + level // 2))
    most = min(g[0] + 1, 5 + level // 2)
    for _ in range(4):
        pairs: Pairs = []
        for _ in range(rng.randint(2 + level // 2, 3 + level)):
            if pairs and rng.random() < 0.2:
                u, v = rng.choice(pairs)
                pairs.append((v, u))
            else:
                pairs.append((rng.randint(1, most), rng.randint(1, most)))
        if switch_edges(g, pairs) != g:
            break
    return _left(given, g=g, pairs=pairs)


def node_degrees(g: Graph) -> list[int]:
    """The degree of every node."""
    return [len(nodes) for nodes in _around(g)[1:]]


def component_sizes(g: Graph) -> list[int]:
    """The sizes of the connected components."""
    links = _around(g)
    seen: set[int] = set()
    sizes = []
    for node in range(1, g[0] + 1):
        if node not in seen:
            part = _reach(links, node)
            seen.update(part)
            sizes.append(len(part))
    return sorted(sizes)


def count_triangles(g: Graph) -> int:
    """The number of triangles."""
    edges = set(g[1])
    return sum(
        (u, w) in edges and (v, w) in edges
        for u, v in g[1]
        for w in range(v + 1, g[0] + 1)
    )


def complement_graph(g: Graph) -> Graph:
    """The complement of a graph."""
    n, edges = g
    present = set(edges)
    pairs = [(u, v) for u in range(1, n + 1) for v in range(u + 1, n + 1)]
    return n, [pair for pair in pairs if pair not in present]


def topological_order(edges: Pairs) -> list[int]:
    """The smallest order that the pairs allow, or nothing."""
    links = _after([(u, v) for u, v in edges if u != v])
    nodes = sorted({node for edge in edges for node in edge})
    waiting = dict.fromkeys(nodes, 0)
    for others in links.values():
        for other in others:
            waiting[other] += 1
    order: list[int] = []
    ready = [node for node in nodes if waiting[node] == 0]
    while ready:
        node = min(ready)
        ready.remove(node)
        order.append(node)
        for other in links.get(node, ()):
            waiting[other] -= 1
            if waiting[other] == 0:
                ready.append(other)
    return order if len(order) == len(nodes) else []


def is_topological_order(answer: list[int], edges: Pairs) -> bool:
    """Whether the numbers stand in an order that the pairs allow, or nothing is
    right."""
    if sorted(answer) != sorted({node for edge in edges for node in edge}):
        return answer == [] and topological_order(edges) == []
    place = {node: i for i, node in enumerate(answer)}
    return all(place[u] < place[v] for u, v in edges if u != v)


def breadth_first_order(g: Graph, start: int) -> list[int]:
    """The breadth-first order from a node."""
    return _reach(_around(g), (start - 1) % g[0] + 1)


def depth_first_order(g: Graph, start: int) -> list[int]:
    """The depth-first order from a node."""
    links = _around(g)
    order: list[int] = []
    seen: set[int] = set()
    stack = [(start - 1) % g[0] + 1]
    while stack:
        node = stack.pop()
        if node not in seen:
            seen.add(node)
            order.append(node)
            stack.extend(reversed(links[node]))
    return order


def proper_colouring(g: Graph) -> list[int]:
    """The greedy colouring in the order of the nodes."""
    links = _around(g)
    colours = [0] * (g[0] + 1)
    for node in range(1, g[0] + 1):
        used = {colours[other] for other in links[node]}
        colours[node] = min(c for c in range(1, g[0] + 1) if c not in used)
    return colours[1:]


def is_proper_colouring(answer: list[int], g: Graph) -> bool:
    """Whether joined nodes differ and the colours are few."""
    if len(answer) != g[0]:
        return False
    most = max(node_degrees(g)) + 1
    return max(answer) <= most and all(answer[u - 1] != answer[v - 1] for u, v in g[1])


def cut_edges(g: Graph) -> list[tuple[int, int]]:
    """The edges whose removal disconnects something."""
    links = _around(g)
    seen: set[int] = set()
    tree: set[tuple[int, int]] = set()
    for start in range(1, g[0] + 1):
        order = [] if start in seen else [start]
        seen.add(start)
        for u in order:
            for v in links[u]:
                if v not in seen:
                    seen.add(v)
                    order.append(v)
                    tree.add((min(u, v), max(u, v)))
    bridges = []
    for u, v in sorted(tree):
        links[u].remove(v)
        links[v].remove(u)
        if v not in _reach(links, u):
            bridges.append((u, v))
        links[u].append(v)
        links[v].append(u)
    return bridges


def strong_component_leaders(edges: Pairs) -> list[int]:
    """The place of the smallest node of every node's strongly connected component."""
    links = _after(edges)
    order: list[int] = []  # by the time at which a search leaves a node
    seen: set[int] = set()
    for start in links:
        stack = [] if start in seen else [(start, 0)]
        seen.add(start)
        while stack:
            node, at = stack.pop()
            if at < len(links[node]):
                stack.append((node, at + 1))
                other = links[node][at]
                if other not in seen:
                    seen.add(other)
                    stack.append((other, 0))
            else:
                order.append(node)
    back = _after([(v, u) for u, v in edges])
    part: dict[int, list[int]] = {}
    for start in reversed(order):
        if start not in part:
            found = [start]
            part[start] = found
            for node in found:
                for other in back[node]:
                    if other not in part:
                        part[other] = found
                        found.append(other)
    places = {node: place for place, node in enumerate(links, 1)}
    return [places[min(part[node])] for node in links]


def transitive_closure(m: list[list[int]]) -> list[list[int]]:
    """The transitive closure of a digraph that is given by its matrix."""
    n = max(len(m), len(m[0]))
    reach = [0] * n  # the nodes that can be reached, as bits
    for i, row in enumerate(m):
        reach[i] = sum(1 << j for j, item in enumerate(row) if item % 2)
    for k in range(n):
        for i in range(n):
            if reach[i] >> k & 1:
                reach[i] |= reach[k]
    return [[bits >> j & 1 for j in range(n)] for bits in reach]


def _independence(masks: list[int], free: int) -> frozenset[int]:
    """A largest independent set among the free nodes, given as bits."""
    if not free:
        return frozenset()
    node = (free & -free).bit_length() - 1
    bit = 1 << node
    with_node = _independence(masks, free & ~bit & ~masks[node]) | {node}
    if not masks[node] & free:
        return with_node
    without = _independence(masks, free & ~bit)
    return with_node if len(with_node) >= len(without) else without


def largest_independent_set(g: Graph) -> frozenset[int]:
    """A largest set of nodes without edges between them."""
    masks = [sum(1 << other for other in nodes) for nodes in _around(g)]
    return _independence(masks, (1 << (g[0] + 1)) - 2)


def is_largest_independent_set(answer: frozenset[int], g: Graph) -> bool:
    """Whether a set has no edge inside and as many nodes as possible."""
    if any(u in answer and v in answer for u, v in g[1]):
        return False
    return len(answer) == len(largest_independent_set(g))


def common_neighbour_table(g: Graph) -> list[list[int]]:
    """The numbers of common neighbours of all pairs of nodes."""
    around = [set(nodes) for nodes in _around(g)[1:]]
    return [[len(a & b) for b in around] for a in around]


def _joined(n: int, joined: Callable[[int, int], bool]) -> Graph:
    """The graph of the pairs of places, from 0, that satisfy a condition; of no places,
    one node."""
    return max(1, n), [
        (i + 1, j + 1) for i in range(n) for j in range(i + 1, n) if joined(i, j)
    ]


def inversion_graph(items: list[int]) -> Graph:
    """The graph of the inversions of a list."""
    return _joined(len(items), lambda i, j: items[i] > items[j])


def visibility_graph(heights: list[int]) -> Graph:
    """The graph of the places of a list that see each other."""

    def visible(i: int, j: int) -> bool:
        return all(
            between < min(heights[i], heights[j]) for between in heights[i + 1 : j]
        )

    return _joined(len(heights), visible)


def nearness_graph(items: list[int], gap: int) -> Graph:
    """The graph of the numbers of a list that lie near each other."""
    return _joined(len(items), lambda i, j: abs(items[i] - items[j]) <= gap)


def shared_digit_graph(items: list[int]) -> Graph:
    """The graph of the numbers of a list that share a digit."""
    digits = [set(str(abs(item))) for item in items]
    return _joined(len(items), lambda i, j: not digits[i].isdisjoint(digits[j]))


def pointer_graph(items: list[int]) -> Graph:
    """The graph that the numbers of a list point out."""
    n = len(items)
    named = [(item - 1) % n for item in items]
    return _joined(n, lambda i, j: named[i] == j or named[j] == i)


def overlap_graph(spans: Pairs) -> Graph:
    """The graph of the spans that overlap."""
    ends = [sorted(span) for span in spans]

    def meet(i: int, j: int) -> bool:
        return ends[i][0] <= ends[j][1] and ends[j][0] <= ends[i][1]

    return _joined(len(ends), meet)


def shared_letter_graph(words: list[str]) -> Graph:
    """The graph of the texts that share a letter."""
    letters = [set(word) for word in words]
    return _joined(len(words), lambda i, j: not letters[i].isdisjoint(letters[j]))


def agreeing_rows_graph(m: list[list[int]]) -> Graph:
    """The graph of the rows of a matrix that agree somewhere."""
    return _joined(
        len(m), lambda i, j: any(x == y for x, y in zip(m[i], m[j], strict=True))
    )


def square_graph(g: Graph) -> Graph:
    """The square of a graph."""
    near = [{*nodes} for nodes in _around(g)[1:]]
    return _joined(
        g[0], lambda i, j: j + 1 in near[i] or not near[i].isdisjoint(near[j])
    )


def switch_edges(g: Graph, pairs: Pairs) -> Graph:
    """A graph after some of its edges were switched."""
    n, edges = g
    present = set(edges)
    for u, v in pairs:
        if u != v and 1 <= min(u, v) and max(u, v) <= n:
            present ^= {(min(u, v), max(u, v))}
    return n, sorted(present)
