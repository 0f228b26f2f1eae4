"""Solvers for shortest paths, flows, matchings and schedules on small graphs."""

from __future__ import annotations

from collections import deque
from typing import Any

Graph = tuple[int, list[tuple[int, int]]]
Weighted = tuple[int, list[tuple[int, int, int]]]
Grid = list[list[int]]


def _left(given: dict[str, Any], **values: Any) -> Any:
    """The values of the parameters that are not given, as a sampler returns them."""
    rest = [value for name, value in values.items() if name not in given]
    return rest[0] if len(rest) == 1 else tuple(rest)


def _place(number: int, n: int) -> int:
    """The node with a number, going round."""
    return (number - 1) % n + 1


def _both_ways(g: Weighted) -> Weighted:
    """An undirected graph with every edge in both directions."""
    return g[0], g[1] + [(v, u, w) for u, v, w in g[1]]


def _distances(d: Weighted, start: int) -> list[int]:
    """The distances from a node, -1 for unreachable; index 0 is unused."""
    far = [-1] * (d[0] + 1)
    far[start] = 0
    changed = True
    while changed:
        changed = False
        for u, v, w in d[1]:
            if far[u] >= 0 and (far[v] < 0 or far[u] + w < far[v]):
                far[v] = far[u] + w
                changed = True
    return far


def _random_pairs(
    rng: Any, n: int, extra: int, directed: bool, connected: bool = True
) -> list[tuple[int, int]]:
    """The edges of a random graph that, if so wished, joins all nodes."""
    names = rng.sample(range(1, n + 1), n)
    chosen: set[tuple[int, int]] = set()
    if connected:
        for i in range(1, n):
            u, v = names[rng.randint(max(0, i - 2), i - 1)], names[i]
            chosen.add((u, v) if directed else (min(u, v), max(u, v)))
    pairs = [
        (u, v)
        for u in range(1, n + 1)
        for v in range(1, n + 1)
        if (u, v) not in chosen and (u < v or (directed and u > v))
    ]
    chosen.update(rng.sample(pairs, min(extra, len(pairs))))
    return sorted(chosen)


def _random_weighted(
    rng: Any, level: int, n: int, directed: bool, top: int
) -> Weighted:
    """A weighted graph whose size and weights grow with the level."""
    pairs = _random_pairs(rng, n, n // 2 + level // 2, directed, rng.random() < 0.95)
    most = min(top, 5 * level + 5)
    return n, sorted((u, v, rng.randint(1, most)) for u, v in pairs)


def _ends(rng: Any, n: int, given: dict[str, Any]) -> tuple[int, int]:
    """Two nodes, different ones where possible, as far as they are not given."""
    end = given.get("end", rng.randint(1, n))
    others = [node for node in range(1, n + 1) if node != _place(end, n)] or [1]
    start = given.get("start", rng.choice(others))
    if "end" not in given and _place(start, n) == end and n > 1:
        end = rng.choice([v for v in range(1, n + 1) if v != _place(start, n)])
    return start, end


def _nodes(rng: Any, level: int, most: int) -> int:
    """A number of nodes for a level."""
    n: int = rng.randint(min(level + 2, most - 1), min(level + 3, most))
    return n


def shortest_path_length(g: Weighted, start: int, end: int) -> int:
    """The length of a shortest path between two nodes."""
    return _distances(_both_ways(g), _place(start, g[0]))[_place(end, g[0])]


def draw_two_ends(rng: Any, level: int, **given: Any) -> Any:
    """A weighted graph and two of its nodes."""
    g = given.get("g")
    if g is None:
        g = _random_weighted(rng, level, _nodes(rng, level, 9), False, 50)
    start, end = _ends(rng, g[0], given)
    return _left(given, g=g, start=start, end=end)


def cheapest_route(d: Weighted, start: int, end: int) -> list[int]:
    """A cheapest route along directed edges, or nothing."""
    start, end = _place(start, d[0]), _place(end, d[0])
    far = _distances(d, start)
    if far[end] < 0:
        return []
    route = [end]
    while route[-1] != start:
        for u, v, w in d[1]:
            if v == route[-1] and far[u] >= 0 and far[u] + w == far[v]:
                route.append(u)
                break
    return route[::-1]


def is_cheapest_route(answer: list[int], d: Weighted, start: int, end: int) -> bool:
    """Whether a route runs between the ends at least cost, or nothing is right."""
    start, end = _place(start, d[0]), _place(end, d[0])
    least = _distances(d, start)[end]
    if least < 0 or not answer:
        return answer == [] and least < 0
    cost = {(u, v): w for u, v, w in d[1]}
    steps = list(zip(answer, answer[1:], strict=False))
    if answer[0] != start or answer[-1] != end or any(s not in cost for s in steps):
        return False
    return sum(cost[step] for step in steps) == least


def draw_two_directed_ends(rng: Any, level: int, **given: Any) -> Any:
    """A weighted digraph and two nodes with, mostly, a longer route between them."""
    fresh = "d" not in given
    n = _nodes(rng, level, 8)
    for attempt in range(8):
        d = _random_weighted(rng, level, n, True, 50) if fresh else given["d"]
        start, end = _ends(rng, d[0], given)
        if len(cheapest_route(d, start, end)) > min(3, 1 + level // 2) - attempt // 4:
            break
    return _left(given, d=d, start=start, end=end)


def distances_from_node(d: Weighted, start: int) -> list[int]:
    """The distances from a node to all nodes."""
    return _distances(d, _place(start, d[0]))[1:]


def draw_start(rng: Any, level: int, **given: Any) -> Any:
    """A weighted digraph and a node from which several can be reached."""
    fresh = "d" not in given
    n = _nodes(rng, level, 8)
    d: Weighted = given.get("d", (1, []))
    if fresh:
        d = _random_weighted(rng, level, n, True, 30)
    start = max(
        (given.get("start", rng.randint(1, d[0])) for _ in range(3)),
        key=lambda node: sum(far >= 0 for far in distances_from_node(d, node)),
    )
    return _left(given, d=d, start=start)


def _edges(m: Grid) -> Weighted:
    """The edges of a matrix of lengths or capacities, positive where there is one."""
    return max(len(m), len(m[0])), [
        (i, j, item)
        for i, row in enumerate(m, 1)
        for j, item in enumerate(row, 1)
        if item > 0
    ]


def spanning_forest_length(m: Grid) -> int:
    """The total length of a minimum spanning forest."""
    n, edges = _edges(m)
    part = list(range(n + 1))
    total = 0
    for u, v, w in sorted(edges, key=lambda edge: edge[2]):
        if u < v and part[u] != part[v]:
            total += w
            old, new = part[u], part[v]
            part = [new if p == old else p for p in part]
    return total


def draw_lengths(rng: Any, level: int, **given: Any) -> Grid:
    """A graph with lengths as the upper half of a matrix."""
    n = min(level + 2, 7)
    m = [[0] * n for _ in range(n)]
    for u, v, w in _random_weighted(rng, level, n, False, 50)[1]:
        m[u - 1][v - 1] = w
    return m


def max_flow_value(m: Grid) -> int:
    """The greatest flow from the first to the last node."""
    n, edges = _edges(m)
    room = [[0] * (n + 1) for _ in range(n + 1)]
    for u, v, w in edges:
        room[u][v] = w
    total = 0
    while n > 1:
        before = {1: 0}
        queue = deque([1])
        while queue and n not in before:
            u = queue.popleft()
            for v in range(1, n + 1):
                if room[u][v] and v not in before:
                    before[v] = u
                    queue.append(v)
        if n not in before:
            break
        path = [n]
        while path[-1] != 1:
            path.append(before[path[-1]])
        steps = list(zip(path[1:], path, strict=False))
        more = min(room[u][v] for u, v in steps)
        for u, v in steps:
            room[u][v] -= more
            room[v][u] += more
        total += more
    return total


def draw_network(rng: Any, level: int, **given: Any) -> Grid:
    """A network whose edges mostly lead from lower to higher nodes."""
    n = min(3 + level // 3, 6)
    pairs = {(i, min(n, i + rng.randint(1, 2))) for i in range(1, n)}
    pairs |= {(max(1, i - rng.randint(1, 2)), i) for i in range(2, n + 1)}
    for _ in range(level // 2):
        u, v = rng.sample(range(1, n + 1), 2)
        pairs.add((u, v) if rng.random() < 0.2 else (min(u, v), max(u, v)))
    most = min(30, 3 * level + 6)
    m = [[0] * n for _ in range(n)]
    for u, v in sorted(pairs):
        m[u - 1][v - 1] = rng.randint(1, most)
    return m


def widest_path_width(g: Weighted, start: int, end: int) -> int:
    """The widest path between two nodes."""
    first, last = _place(start, g[0]), _place(end, g[0])
    width = [0] * (g[0] + 1)
    width[first] = 100
    for _ in range(g[0]):
        for u, v, w in _both_ways(g)[1]:
            width[v] = max(width[v], min(width[u], w))
    return 0 if first == last else width[last]


def draw_wide(rng: Any, level: int, **given: Any) -> Any:
    """A weighted graph with widths up to 99 and two of its nodes."""
    g = given.get("g")
    if g is None:
        most = min(99, 10 * level + 9)
        n, edges = _random_weighted(rng, level, _nodes(rng, level, 9), False, 50)
        g = n, [(u, v, rng.randint(1, most)) for u, v, _ in edges]
    start, end = _ends(rng, g[0], given)
    return _left(given, g=g, start=start, end=end)


def _matching(edges: list[tuple[int, int]], used: int) -> list[tuple[int, int]]:
    """A largest matching of sorted edges that avoids the used nodes, given as bits."""
    free = [(u, v) for u, v in edges if not used >> u & 1 and not used >> v & 1]
    if not free:
        return []
    first = free[0][0]
    nodes = {node for edge in free for node in edge}
    best: list[tuple[int, int]] = []
    for u, v in free:
        if u == first:
            rest = _matching(free, used | 1 << u | 1 << v)
            if len(rest) + 1 > len(best):
                best = [(u, v), *rest]
            if 2 * len(best) >= len(nodes) - 1:
                return best
    rest = _matching(free, used | 1 << first)
    return rest if len(rest) > len(best) else best


def largest_matching(g: Graph) -> list[tuple[int, int]]:
    """A largest matching."""
    return sorted(_matching(g[1], 0))


def is_largest_matching(answer: list[tuple[int, int]], g: Graph) -> bool:
    """Whether edges share no node and are as many as possible."""
    nodes = [node for edge in answer for node in edge]
    if not set(answer) <= set(g[1]) or len(set(nodes)) < len(nodes):
        return False
    return len(answer) == len(_matching(g[1], 0))


def draw_matchable(rng: Any, level: int, **given: Any) -> Graph:
    """A graph with few edges."""
    n = rng.randint(min(level + 3, 8), min(level + 4, 9))
    return n, sorted(_random_pairs(rng, n, rng.randint(0, 2), False))


def assignment_cost(m: Grid) -> int:
    """The least cost of choosing entries, by growing shortest paths (Hungarian)."""
    rows = m
    if len(m) > len(m[0]):
        rows = [list(column) for column in zip(*m, strict=True)]
    n, k = len(rows), len(rows[0])
    of_row, of_column = [0] * (n + 1), [0] * (k + 1)  # the prices
    taken = [0] * (k + 1)  # the row that has a column, from 1; column 0 is a start
    for row in range(1, n + 1):
        taken[0] = row
        at = 0
        least: list[int | None] = [None] * (k + 1)
        before = [0] * (k + 1)
        done = [False] * (k + 1)
        while taken[at]:
            done[at] = True
            i = taken[at]
            best: int | None = None
            for j in range(1, k + 1):
                if done[j]:
                    continue
                over = rows[i - 1][j - 1] - of_row[i] - of_column[j]
                known = least[j]
                if known is None or over < known:
                    least[j] = known = over
                    before[j] = at
                if best is None or known < best:
                    best, after = known, j
            assert best is not None
            for j in range(k + 1):
                known = least[j]
                if done[j]:
                    of_row[taken[j]] += best
                    of_column[j] -= best
                elif known is not None:
                    least[j] = known - best
            at = after
        while at:
            taken[at] = taken[before[at]]
            at = before[at]
    return sum(rows[taken[j] - 1][j - 1] for j in range(1, k + 1) if taken[j])


def draw_costs(rng: Any, level: int, **given: Any) -> Grid:
    """A table that is nearly square."""
    size = 2 + (level + 1) // 3
    rows = min(6, size + rng.randint(0, 1))
    cols = min(6, size + rng.randint(0, 1))
    most = 9 * level + 9
    return [[rng.randint(0, most) for _ in range(cols)] for _ in range(rows)]


def cheapest_grid_path(m: Grid) -> int:
    """The least cost of a way through a grid to the right and down."""
    best: list[int] = []
    for row in m:
        line: list[int] = []
        for j, item in enumerate(row):
            before = ([best[j]] if best else []) + ([line[-1]] if line else [])
            line.append(item + min(before, default=0))
        best = line
    return best[-1]


_STEPS = {"D": (1, 0), "L": (0, -1), "R": (0, 1), "U": (-1, 0)}


def maze_route(grid: Grid) -> str:
    """A shortest way through a maze, or nothing."""
    rows, cols = len(grid), len(grid[0])
    if grid[0][0] % 2 or grid[-1][-1] % 2:
        return ""
    routes = {(0, 0): ""}
    queue = deque([(0, 0)])
    while queue:
        i, j = queue.popleft()
        for letter, (di, dj) in _STEPS.items():
            x, y = i + di, j + dj
            if (
                not (0 <= x < rows and 0 <= y < cols)
                or grid[x][y] % 2
                or (x, y) in routes
            ):
                continue
            routes[x, y] = routes[i, j] + letter
            queue.append((x, y))
    return routes.get((rows - 1, cols - 1), "")


def is_shortest_way(answer: str, grid: Grid) -> bool:
    """Whether steps lead through the maze and are as few as possible."""
    if len(answer) != len(maze_route(grid)):
        return False
    i = j = 0
    for letter in answer:
        i, j = i + _STEPS[letter][0], j + _STEPS[letter][1]
        if not (0 <= i < len(grid) and 0 <= j < len(grid[0])) or grid[i][j] % 2:
            return False
    return not answer or (i, j) == (len(grid) - 1, len(grid[0]) - 1)


def draw_maze(rng: Any, level: int, **given: Any) -> Grid:
    """A maze that mostly has a way through."""
    rows = min(7, 2 + level // 2 + rng.randint(0, 1))
    cols = min(7, 3 + level // 2 + rng.randint(0, 1))
    for _ in range(12):
        grid = [[int(rng.random() < 0.35) for _ in range(cols)] for _ in range(rows)]
        grid[0][0] = grid[-1][-1] = 0
        if maze_route(grid):
            break
    return grid


def count_simple_paths(g: Graph) -> int:
    """The number of simple paths between the first and the last node."""
    n, edges = g
    around = [0] * (n + 1)
    for u, v in edges:
        around[u] |= 1 << v
        around[v] |= 1 << u
    ways = {(1, 2): 1}
    total = 0
    while ways:
        more: dict[tuple[int, int], int] = {}
        for (node, seen), count in ways.items():
            if node == n:
                total += count
                continue
            for other in range(1, n + 1):
                if around[node] >> other & 1 and not seen >> other & 1:
                    key = other, seen | 1 << other
                    more[key] = more.get(key, 0) + count
        ways = more
    return total


def draw_many_paths(rng: Any, level: int, **given: Any) -> Graph:
    """A graph with many edges."""
    n = min(7, 4 + level // 3 + rng.randint(0, 1))
    most = n * (n - 1) // 2 - n
    return n, sorted(_random_pairs(rng, n, rng.randint(n // 2, max(n, most)), False))


def count_walks(d: Graph, start: int, end: int, steps: int) -> int:
    """The number of walks of a certain length."""
    ways = [0] * (d[0] + 1)
    ways[_place(start, d[0])] = 1
    for _ in range(steps):
        more = [0] * (d[0] + 1)
        for u, v in d[1]:
            more[v] += ways[u]
        ways = more
    return ways[_place(end, d[0])]


def draw_walks(rng: Any, level: int, **given: Any) -> Any:
    """A digraph with many edges, two nodes and a number of steps, mostly so that
    there are more walks than nodes."""
    for _ in range(6):
        d = given.get("d")
        if d is None:
            n = _nodes(rng, level, 6)
            d = n, sorted(_random_pairs(rng, n, n + rng.randint(0, n), True))
        start = given.get("start", rng.randint(1, d[0]))
        end = given.get("end", rng.randint(1, d[0]))
        steps = rng.randint(2 + level // 3, min(8, 3 + level // 2))
        if count_walks(d, start, end, given.get("steps", steps)) > d[0]:
            break
    return _left(given, d=d, start=start, end=end, steps=steps)


def earliest_finish_times(
    durations: list[int], needs: list[tuple[int, int]]
) -> list[int]:
    """The earliest finishing times of tasks with prerequisites."""
    finish: list[int] = []
    for task, time in enumerate(durations, 1):
        before = [
            min(a, b) for a, b in needs if max(a, b) == task and 0 < min(a, b) < task
        ]
        finish.append(time + max((finish[t - 1] for t in before), default=0))
    return finish


def draw_project(rng: Any, level: int, **given: Any) -> Any:
    """Tasks and prerequisites."""
    durations = given.get("durations")
    if durations is None:
        size = rng.randint(min(level + 2, 11), min(level + 3, 12))
        durations = [rng.randint(1, 9 * level + 9) for _ in range(size)]
    n = len(durations)
    needs = []
    for _ in range(rng.randint(min(n, 18), min(n + level // 2, 20))):
        high = rng.randint(1, n)
        low = rng.randint(max(1, high - 4), max(1, high - 1))
        needs.append((high, low) if rng.random() < 0.1 else (low, high))
    return _left(given, durations=durations, needs=needs)


def round_trip_cost(m: Grid) -> int:
    """The cost of a cheapest round trip, over the cities seen and the last of them."""
    n = min(len(m), len(m[0]))
    ways = {(1, 0): 0}
    for _ in range(n - 1):
        more: dict[tuple[int, int], int] = {}
        for (seen, city), cost in ways.items():
            for other in range(1, n):
                if not seen >> other & 1:
                    key = seen | 1 << other, other
                    total = cost + m[city][other]
                    if key not in more or total < more[key]:
                        more[key] = total
        ways = more
    return min(cost + m[city][0] for (_, city), cost in ways.items())


def draw_prices(rng: Any, level: int, **given: Any) -> Grid:
    """Prices that grow with the level."""
    most = 9 * level + 9
    n = 3 + (level + 2) // 4
    return [[rng.randint(1, most) for _ in range(n)] for _ in range(n)]


def euler_trail(g: Graph) -> list[int]:
    """A trail that uses every edge once, or nothing."""
    around: list[list[int]] = [[] for _ in range(g[0] + 1)]
    for u, v in g[1]:
        around[u].append(v)
        around[v].append(u)
    odd = [node for node, others in enumerate(around) if len(others) % 2]
    if not g[1] or len(odd) > 2:
        return []
    stack = [odd[0] if odd else g[1][0][0]]
    trail: list[int] = []
    while stack:
        node = stack[-1]
        if around[node]:
            other = around[node].pop()
            around[other].remove(node)
            stack.append(other)
        else:
            trail.append(stack.pop())
    return trail if len(trail) == len(g[1]) + 1 else []


def is_euler_trail(answer: list[int], g: Graph) -> bool:
    """Whether a walk uses every edge once, or nothing is right."""
    if not answer:
        return euler_trail(g) == []
    steps = zip(answer, answer[1:], strict=False)
    return bool(g[1]) and sorted((min(s), max(s)) for s in steps) == g[1]


def draw_drawable(rng: Any, level: int, **given: Any) -> Graph:
    """A graph that mostly has an Euler trail."""
    n = min(7, 4 + level // 3 + rng.randint(0, 1))
    if rng.random() < 0.05:
        return n, sorted(_random_pairs(rng, n, level // 2, False))
    at = rng.randint(1, n)
    used: set[tuple[int, int]] = set()
    for _ in range(rng.randint(3 + level, 5 + level)):
        free = [
            v
            for v in range(1, n + 1)
            if v != at and (min(at, v), max(at, v)) not in used
        ]
        if not free:
            break
        other = rng.choice(free)
        used.add((min(at, other), max(at, other)))
        at = other
    return n, sorted(used)
