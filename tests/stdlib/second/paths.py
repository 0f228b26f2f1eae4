"""Second solvers for paths, written from the wording alone."""

from __future__ import annotations

from itertools import combinations, permutations

Graph = tuple[int, list[tuple[int, int]]]
Weighted = tuple[int, list[tuple[int, int, int]]]
Matrix = list[list[int]]


def _both_ways(g: Weighted) -> Weighted:
    n, edges = g
    return n, edges + [(v, u, w) for u, v, w in edges]


def _routes(d: Weighted, start: int) -> dict[int, tuple[int, list[int]]]:
    """For every node reached, the least cost and a route."""
    n, edges = d
    best = {start: (0, [start])}
    for _ in range(n):
        for u, v, w in edges:
            if u in best and (v not in best or best[u][0] + w < best[v][0]):
                best[v] = (best[u][0] + w, [*best[u][1], v])
    return best


def _node(number: int, n: int) -> int:
    """Counting on after the last node and back before the first."""
    rounds = (number - 1) // n  # once for each time that the last is passed
    return number - rounds * n


def shortest_path_length(g: Weighted, start: int, end: int) -> int:
    start, end = _node(start, g[0]), _node(end, g[0])
    return _routes(_both_ways(g), start).get(end, (-1, []))[0]


def cheapest_route(d: Weighted, start: int, end: int) -> list[int]:
    return _routes(d, _node(start, d[0])).get(_node(end, d[0]), (-1, []))[1]


def distances_from_node(d: Weighted, start: int) -> list[int]:
    routes = _routes(d, _node(start, d[0]))
    return [routes.get(node, (-1, []))[0] for node in range(1, d[0] + 1)]


def _positive(m: Matrix) -> Weighted:
    edges = [
        (i, j, x) for i, row in enumerate(m, 1) for j, x in enumerate(row, 1) if x > 0
    ]
    return max(len(m), len(m[0])), edges


def spanning_forest_length(m: Matrix) -> int:
    n, edges = _positive(m)
    edges = [(u, v, w) for u, v, w in edges if u < v]
    part = {node: node for node in range(1, n + 1)}
    total = 0
    for u, v, w in sorted(edges, key=lambda edge: edge[2]):
        old, new = part[u], part[v]
        if old != new:
            total += w
            part = {node: new if p == old else p for node, p in part.items()}
    return total


def max_flow_value(m: Matrix) -> int:
    # By the theorem: the least capacity of a cut.
    n, edges = _positive(m)
    if n == 1:
        return 0
    inner = range(2, n)
    return min(
        sum(w for u, v, w in edges if u in side and v not in side)
        for size in range(len(inner) + 1)
        for chosen in combinations(inner, size)
        for side in [{1, *chosen}]
    )


def widest_path_width(g: Weighted, start: int, end: int) -> int:
    n, edges = g
    start, end = _node(start, n), _node(end, n)
    if start == end:
        return 0
    for width in sorted({w for _, _, w in edges}, reverse=True):
        wide = (n, [edge for edge in edges if edge[2] >= width])
        if end in _routes(_both_ways(wide), start):
            return width
    return 0


def largest_matching(g: Graph) -> list[tuple[int, int]]:
    def best(edges: list[tuple[int, int]]) -> list[tuple[int, int]]:
        if not edges:
            return []
        (u, v), rest = edges[0], edges[1:]
        free = [edge for edge in rest if u not in edge and v not in edge]
        taken = [(min(u, v), max(u, v)), *best(free)]
        return max(taken, best(rest), key=len) if len(free) < len(rest) else taken

    return sorted(best(g[1]))


def assignment_cost(m: Matrix) -> int:
    if len(m) > len(m[0]):
        m = [list(column) for column in zip(*m, strict=True)]
    return min(
        sum(row[j] for row, j in zip(m, columns, strict=True))
        for columns in permutations(range(len(m[0])), len(m))
    )


def cheapest_grid_path(m: Matrix) -> int:
    best: dict[tuple[int, int], int] = {}
    for i, row in enumerate(m):
        for j, x in enumerate(row):
            before = [best[c] for c in ((i - 1, j), (i, j - 1)) if c in best]
            best[i, j] = x + min(before, default=0)
    return best[len(m) - 1, len(m[0]) - 1]


def maze_route(grid: Matrix) -> str:
    free = {
        (i, j) for i, row in enumerate(grid) for j, x in enumerate(row) if x % 2 == 0
    }
    end = (len(grid) - 1, len(grid[0]) - 1)
    if (0, 0) not in free:
        return ""
    ways = {(0, 0): ""}
    todo = [(0, 0)]
    for i, j in todo:
        steps = {"U": (i - 1, j), "D": (i + 1, j), "L": (i, j - 1), "R": (i, j + 1)}
        for letter, cell in steps.items():
            if cell in free and cell not in ways:
                ways[cell] = ways[i, j] + letter
                todo.append(cell)
    return ways.get(end, "")


def count_simple_paths(g: Graph) -> int:
    n, edges = g

    def count(visited: list[int]) -> int:
        here = visited[-1]
        if here == n:
            return 1
        others = [sum(edge) - here for edge in edges if here in edge]
        return sum(count([*visited, v]) for v in others if v not in visited)

    return count([1])


def count_walks(d: Graph, start: int, end: int, steps: int) -> int:
    n, edges = d
    ways = {node: int(node == _node(start, n)) for node in range(1, n + 1)}
    for _ in range(steps):
        ways = {node: sum(ways[u] for u, v in edges if v == node) for node in ways}
    return ways[_node(end, n)]


def earliest_finish_times(
    durations: list[int], needs: list[tuple[int, int]]
) -> list[int]:
    finish: dict[int, int] = {}
    for task, duration in enumerate(durations, 1):
        before = [
            finish[min(pair)]
            for pair in needs
            if max(pair) == task and 1 <= min(pair) < task
        ]
        finish[task] = max(before, default=0) + duration
    return list(finish.values())


def round_trip_cost(m: Matrix) -> int:
    return min(
        sum(m[u][v] for u, v in zip((0, *tour), (*tour, 0), strict=True))
        for tour in permutations(range(1, min(len(m), len(m[0]))))
    )


def euler_trail(g: Graph) -> list[int]:
    n, edges = g
    if not edges:
        return []
    odd = [v for v in range(1, n + 1) if sum(v in edge for edge in edges) % 2]
    if len(odd) > 2:
        return []
    left = list(edges)
    stack = [odd[0] if odd else edges[0][0]]
    trail = []
    while stack:
        here = stack[-1]
        edge = next((edge for edge in left if here in edge), None)
        if edge is None:
            trail.append(stack.pop())
        else:
            left.remove(edge)
            stack.append(sum(edge) - here)
    return [] if left else trail
