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


def topological_order(edges: Edges) -> list[int]:
    numbers = {x for edge in edges for x in edge}
    order: list[int] = []
    while len(order) < len(numbers):
        free = [
            x
            for x in numbers - set(order)
            if all(u in order for u, v in edges if v == x and u != x)
        ]
        if not free:
            return []
        order.append(max(free))
    return order


def breadth_first_order(g: Graph, start: int) -> list[int]:
    return _reached(_next(*g), _round(start, g[0]))


def _round(number: int, n: int) -> int:
    """The node with a number, counting on after the last and back before the first."""
    rounds = (number - 1) // n  # once for each time that the last is passed
    return number - rounds * n


def depth_first_order(g: Graph, start: int) -> list[int]:
    near = _next(*g)
    order: list[int] = []

    def visit(node: int) -> None:
        order.append(node)
        for other in near[node]:
            if other not in order:
                visit(other)

    visit(_round(start, g[0]))
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


def strong_component_leaders(edges: Edges) -> list[int]:
    nodes = sorted({x for edge in edges for x in edge})
    near = {u: [b for a, b in edges if a == u] for u in nodes}
    reach = {u: _reached(near, u) for u in nodes}
    first = [min(v for v in nodes if v in reach[u] and u in reach[v]) for u in nodes]
    return [sum(v <= leader for v in nodes) for leader in first]


def transitive_closure(m: list[list[int]]) -> list[list[int]]:
    n = max(len(m), len(m[0]))
    near = {
        i: [j for j in range(n) if i < len(m) and j < len(m[0]) and m[i][j] % 2 == 1]
        for i in range(n)
    }
    after = {i: {k for j in near[i] for k in _reached(near, j)} for i in near}
    return [[int(j in after[i]) for j in range(n)] for i in range(n)]


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


def _places(n: int) -> list[tuple[int, int]]:
    return list(combinations(range(1, n + 1), 2))


def inversion_graph(items: list[int]) -> Graph:
    n = len(items)
    return max(n, 1), [(i, j) for i, j in _places(n) if items[j - 1] < items[i - 1]]


def visibility_graph(heights: list[int]) -> Graph:
    edges = []
    for i in range(len(heights)):
        highest = None
        for j in range(i + 1, len(heights)):
            if highest is None or (highest < heights[i] and highest < heights[j]):
                edges.append((i + 1, j + 1))
            highest = heights[j] if highest is None else max(highest, heights[j])
    return max(len(heights), 1), edges


def nearness_graph(items: list[int], gap: int) -> Graph:
    near = [
        (i, j)
        for i, j in _places(len(items))
        if -gap <= items[i - 1] - items[j - 1] <= gap
    ]
    return max(len(items), 1), near


def shared_digit_graph(items: list[int]) -> Graph:
    def digits(number: int) -> set[int]:
        number = abs(number)
        found = {number % 10}
        while number > 9:
            number //= 10
            found.add(number % 10)
        return found

    edges = _places(len(items))
    return max(len(items), 1), [
        (i, j) for i, j in edges if digits(items[i - 1]) & digits(items[j - 1])
    ]


def pointer_graph(items: list[int]) -> Graph:
    n = len(items)
    edges = set()
    for i, item in enumerate(items, 1):
        j = _round(item, n)
        if i != j:
            edges.add((min(i, j), max(i, j)))
    return max(n, 1), sorted(edges)


def overlap_graph(spans: Edges) -> Graph:
    edges = []
    for i, j in _places(len(spans)):
        a, b = spans[i - 1], spans[j - 1]
        if max(min(a), min(b)) <= min(max(a), max(b)):
            edges.append((i, j))
    return max(len(spans), 1), edges


def shared_letter_graph(words: list[str]) -> Graph:
    edges = _places(len(words))
    return max(len(words), 1), [
        (i, j) for i, j in edges if any(c in words[j - 1] for c in words[i - 1])
    ]


def agreeing_rows_graph(m: list[list[int]]) -> Graph:
    edges = [
        (i, j)
        for i, j in _places(len(m))
        if any(m[i - 1][c] == m[j - 1][c] for c in range(len(m[0])))
    ]
    return len(m), edges


def square_graph(g: Graph) -> Graph:
    near = _next(*g)
    return g[0], [
        (i, j)
        for i, j in _places(g[0])
        if j in near[i] or any(j in near[k] for k in near[i])
    ]


def switch_edges(g: Graph, pairs: Edges) -> Graph:
    n, edges = g[0], [tuple(sorted(edge)) for edge in g[1]]
    for u, v in pairs:
        edge = (min(u, v), max(u, v))
        if u == v or edge[0] < 1 or edge[1] > n:
            continue
        if edge in edges:
            edges.remove(edge)
        else:
            edges.append(edge)
    return n, sorted((u, v) for u, v in edges)
