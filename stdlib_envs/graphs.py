"""Solvers for graphs without weights: (n, edges) with the nodes 1..n."""

from __future__ import annotations

from typing import Any

Graph = tuple[int, list[tuple[int, int]]]


def _around(g: Graph) -> list[list[int]]:
    """The neighbours of every node in ascending order; index 0 is unused."""
    around: list[list[int]] = [[] for _ in range(g[0] + 1)]
    for u, v in g[1]:
        around[u].append(v)
        around[v].append(u)
    return [sorted(nodes) for nodes in around]


def _after(d: Graph) -> list[list[int]]:
    """The successors of every node in ascending order; index 0 is unused."""
    after: list[list[int]] = [[] for _ in range(d[0] + 1)]
    for u, v in d[1]:
        after[u].append(v)
    return [sorted(nodes) for nodes in after]


def _reach(links: list[list[int]], start: int) -> list[int]:
    """The nodes that can be reached, in breadth-first order."""
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
        n = max(rng.randint(level + 1, level + 2), given.get("start", 1))
        g = _random_graph(rng, n, n + rng.randint(0, level // 2))
    return _left(given, g=g, start=rng.randint(1, g[0]))


def draw_acyclic(rng: Any, level: int, **given: Any) -> Graph:
    """A digraph, mostly without cycles."""
    n = rng.randint(min(level + 2, 9), min(level + 3, 10))
    if rng.random() < 0.1:
        return _random_graph(rng, n, n + level // 2, directed=True)
    names = rng.sample(range(1, n + 1), n)
    _, edges = _random_graph(rng, n, n + level)
    return n, sorted((names[u - 1], names[v - 1]) for u, v in edges)


def draw_sparse_digraph(rng: Any, level: int, **given: Any) -> Graph:
    """A digraph with about as many edges as nodes, of at most 7 nodes."""
    n = rng.randint(min(level + 2, 6), min(level + 3, 7))
    return _random_graph(rng, n, rng.randint(n + 1, n + 4), directed=True)


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


def topological_order(d: Graph) -> list[int]:
    """A topological order of a digraph, the smallest one, or nothing."""
    links = _after(d)
    waiting = [0] * (d[0] + 1)
    for _, v in d[1]:
        waiting[v] += 1
    order: list[int] = []
    ready = [node for node in range(1, d[0] + 1) if waiting[node] == 0]
    while ready:
        node = min(ready)
        ready.remove(node)
        order.append(node)
        for other in links[node]:
            waiting[other] -= 1
            if waiting[other] == 0:
                ready.append(other)
    return order if len(order) == d[0] else []


def is_topological_order(answer: list[int], d: Graph) -> bool:
    """Whether every edge leads forwards, or nothing is right."""
    if sorted(answer) != list(range(1, d[0] + 1)):
        return answer == [] and topological_order(d) == []
    place = {node: i for i, node in enumerate(answer)}
    return all(place[u] < place[v] for u, v in d[1])


def breadth_first_order(g: Graph, start: int) -> list[int]:
    """The breadth-first order from a node."""
    return _reach(_around(g), start)


def depth_first_order(g: Graph, start: int) -> list[int]:
    """The depth-first order from a node."""
    links = _around(g)
    order: list[int] = []
    seen: set[int] = set()
    stack = [start]
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


def strong_component_leaders(d: Graph) -> list[int]:
    """The smallest node of every node's strongly connected component."""
    links = _after(d)
    nodes = range(1, d[0] + 1)
    reach = {node: set(_reach(links, node)) for node in nodes}
    return [
        min(other for other in nodes if other in reach[node] and node in reach[other])
        for node in nodes
    ]


def transitive_closure(d: Graph) -> Graph:
    """The transitive closure of a digraph."""
    links = _after(d)
    return d[0], [
        (u, v) for u in range(1, d[0] + 1) for v in sorted(_reach(links, u)) if u != v
    ]


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
