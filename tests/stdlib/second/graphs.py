"""Second solvers for graphs, written from the wording alone."""

from __future__ import annotations

from itertools import combinations

Edges = list[tuple[int, int]]
Graph = tuple[int, Edges]


def _next(n: int, edges: Edges, directed: bool = False) -> dict[int, list[int]]:
    result: dict[int, list[int]] = {node: [] for node in range(1, n + 1)}
    for u, v in edges:
        result[u].append(v)
        if not directed:
            result[v].append(u)
    return {node: sorted(others) for node, others in result.items()}


def _reached(near: dict[int, list[int]], start: int) -> list[int]:
    """Breadth first."""
    order = [start]
    for node in order:
        order += [other for other in near[node] if other not in order]
    return order


def node_degrees(g: Graph) -> list[int]:
    n, edges = g
    return [sum(node in edge for edge in edges) for node in range(1, n + 1)]


def component_sizes(g: Graph) -> list[int]:
    near = _next(*g)
    return sorted(len(c) for c in {frozenset(_reached(near, node)) for node in near})


def count_triangles(g: Graph) -> int:
    n, edges = g
    joined = {frozenset(edge) for edge in edges}
    return sum(
        all(frozenset(pair) in joined for pair in combinations(three, 2))
        for three in combinations(range(1, n + 1), 3)
    )


def complement_graph(g: Graph) -> Graph:
    n, edges = g
    joined = {frozenset(edge) for edge in edges}
    pairs = combinations(range(1, n + 1), 2)
    return n, [pair for pair in pairs if frozenset(pair) not in joined]


def topological_order(d: Graph) -> list[int]:
    n, edges = d
    order: list[int] = []
    while len(order) < n:
        for node in range(1, n + 1):
            if node not in order and all(u in order for u, v in edges if v == node):
                order.append(node)
                break
        else:
            return []
    return order


def breadth_first_order(g: Graph, start: int) -> list[int]:
    return _reached(_next(*g), start)


def depth_first_order(g: Graph, start: int) -> list[int]:
    near = _next(*g)
    order: list[int] = []

    def visit(node: int) -> None:
        order.append(node)
        for other in near[node]:
            if other not in order:
                visit(other)

    visit(start)
    return order


def proper_colouring(g: Graph) -> list[int]:
    near = _next(*g)
    colours: dict[int, int] = {}
    for node in near:
        taken = {colours.get(other) for other in near[node]}
        colours[node] = next(c for c in range(1, len(near) + 1) if c not in taken)
    return list(colours.values())


def cut_edges(g: Graph) -> Edges:
    n, edges = g
    result = []
    for edge in edges:
        near = _next(n, [other for other in edges if other != edge])
        if edge[1] not in _reached(near, edge[0]):
            result.append((min(edge), max(edge)))
    return sorted(result)


def strong_component_leaders(d: Graph) -> list[int]:
    near = _next(*d, directed=True)
    reach = {node: _reached(near, node) for node in near}
    return [min(v for v in reach[u] if u in reach[v]) for u in near]


def transitive_closure(d: Graph) -> Graph:
    near = _next(*d, directed=True)
    return d[0], [(u, v) for u in near for v in sorted(_reached(near, u)) if u != v]


def largest_independent_set(g: Graph) -> frozenset[int]:
    n, edges = g
    for size in range(n, 0, -1):
        for nodes in combinations(range(1, n + 1), size):
            if not any(u in nodes and v in nodes for u, v in edges):
                return frozenset(nodes)
    return frozenset()


def common_neighbour_table(g: Graph) -> list[list[int]]:
    near = _next(*g)
    return [[len(set(near[i]) & set(near[j])) for j in near] for i in near]
