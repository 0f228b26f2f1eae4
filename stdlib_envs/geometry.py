"""Solvers for points with whole coordinates in the plane."""

from __future__ import annotations

from fractions import Fraction
from functools import cmp_to_key
from itertools import combinations
from math import gcd, isqrt
from typing import Any

Point = tuple[int, int]


def _left(given: dict[str, Any], **values: Any) -> Any:
    """The values of the parameters that are not given, as a sampler returns them."""
    rest = [value for name, value in values.items() if name not in given]
    return rest[0] if len(rest) == 1 else tuple(rest)


def _cross(o: Point, a: Point, b: Point) -> int:
    """Twice the signed area of a triangle."""
    return (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0])


def _point(rng: Any, most: int) -> Point:
    """A random point."""
    return rng.randint(-most, most), rng.randint(-most, most)


def polygon_double_area(points: list[Point]) -> int:
    """Twice the signed area of a polygon, without its sign."""
    sides = zip(points, points[1:] + points[:1], strict=True)
    return abs(sum(a * d - c * b for (a, b), (c, d) in sides))


def convex_hull(points: list[Point]) -> list[Point]:
    """The corners of the convex hull, counterclockwise from the smallest."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered
    halves: list[list[Point]] = []
    for half in (ordered, ordered[::-1]):
        chain: list[Point] = []
        for point in half:
            while len(chain) > 1 and _cross(chain[-2], chain[-1], point) <= 0:
                chain.pop()
            chain.append(point)
        halves.append(chain[:-1])
    return halves[0] + halves[1]


def draw_cloud(rng: Any, level: int, **given: Any) -> list[Point]:
    """Points in a square that grows with the level."""
    most = min(99, 4 * level + 2)
    count = rng.randint(min(level + 3, 15), min(level + 5, 16))
    return [_point(rng, most) for _ in range(count)]


def draw_points(rng: Any, level: int, **given: Any) -> list[Point]:
    """Points in a wide square."""
    most = min(999, 10 * level * level)
    return [_point(rng, most) for _ in range(rng.randint(level + 2, level + 4))]


def closest_pair_squared(points: list[Point]) -> int:
    """The squared distance of a closest pair."""
    pairs = combinations(points, 2)
    squares = ((a - c) ** 2 + (b - d) ** 2 for (a, b), (c, d) in pairs)
    return min(squares, default=0)


def triangle_interior_points(a: Point, b: Point, c: Point) -> int:
    """The number of lattice points inside a triangle, by Pick's theorem."""
    area = abs(_cross(a, b, c))
    if area == 0:
        return 0
    border = sum(gcd(p[0] - q[0], p[1] - q[1]) for p, q in ((a, b), (b, c), (c, a)))
    return (area - border + 2) // 2


def draw_triangle(rng: Any, level: int, **given: Any) -> Any:
    """Three corners, not on a line where that is possible."""
    most = min(99, 3 * level + 2)
    for _ in range(6):
        drawn = {name: given.get(name, _point(rng, most)) for name in "abc"}
        if triangle_interior_points(**drawn) > level:
            break
    return _left(given, **drawn)


def turtle_position(moves: str) -> tuple[int, int]:
    """Where a turtle stands after its moves."""
    x, y, dx, dy = 0, 0, 0, 1
    for move in moves:
        if move == "F":
            x, y = x + dx, y + dy
        elif move == "B":
            x, y = x - dx, y - dy
        elif move == "L":
            dx, dy = -dy, dx
        elif move == "R":
            dx, dy = dy, -dx
    return x, y


def draw_moves(rng: Any, level: int, **given: Any) -> str:
    """Moves, mostly forward."""
    count = rng.randint(6 * level - 1, 6 * level)
    return "".join(rng.choice("FFFFFBLRLR") for _ in range(count))


def rotate_about(point: Point, centre: Point, turns: int) -> Point:
    """A point turned about another by quarter turns."""
    x, y = point[0] - centre[0], point[1] - centre[1]
    for _ in range(turns % 4):
        x, y = -y, x
    return centre[0] + x, centre[1] + y


def draw_rotation(rng: Any, level: int, **given: Any) -> Any:
    """Two points and a number of turns that is no multiple of four."""
    most = min(999, 10 * level * level)
    turns = rng.choice([t for t in range(-2 * level, 2 * level + 1) if t % 4])
    point, centre = _point(rng, most), _point(rng, most)
    return _left(given, point=point, centre=centre, turns=turns)


def rectangles_union_area(corners: list[Point]) -> int:
    """The area that several rectangles cover together, in strips between columns."""
    columns = sorted({x for x, _ in corners})
    some = [
        (min(a, c), max(a, c), min(b, d), max(b, d))
        for (a, b), (c, d) in zip(corners[::2], corners[1::2], strict=False)
    ]
    area = 0
    for left, right in zip(columns, columns[1:], strict=False):
        spans = sorted((y, z) for a, c, y, z in some if a <= left and right <= c)
        end = -(10**9)
        for low, high in spans:
            area += (right - left) * max(0, high - max(low, end))
            end = max(end, high)
    return area


def draw_rectangles(rng: Any, level: int, **given: Any) -> list[Point]:
    """Opposite corners of rectangles close together."""
    corners = []
    for _ in range(2 + level // 2):
        (a, c), (b, d) = (
            (low, low + rng.randint(2, level + 5))
            for low in (rng.randint(0, level + 4), rng.randint(0, level + 4))
        )
        if rng.random() < 0.5:
            b, d = d, b
        corners += [(a, b), (c, d)] if rng.random() < 0.5 else [(c, d), (a, b)]
    return corners


def meeting_cost(points: list[Point]) -> int:
    """The least total Manhattan distance to a meeting point."""
    total = 0
    for values in zip(*points, strict=True):
        middle = sorted(values)[len(values) // 2]
        total += sum(abs(value - middle) for value in values)
    return total


def circle_lattice_points(n: int) -> int:
    """The number of lattice points in a circle."""
    if n < 0:
        return 0
    radius = isqrt(n)
    half = sum(2 * isqrt(n - x * x) + 1 for x in range(1, radius + 1))
    return 2 * half + 2 * radius + 1


def perpendicular_foot(point: Point, a: Point, b: Point) -> list[Fraction]:
    """The foot of a perpendicular."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    square = dx * dx + dy * dy
    if square == 0:
        return [Fraction(a[0]), Fraction(a[1])]
    along = Fraction((point[0] - a[0]) * dx + (point[1] - a[1]) * dy, square)
    return [along * dx + a[0], along * dy + a[1]]


def draw_line(rng: Any, level: int, **given: Any) -> Any:
    """A point and a line close to each other."""
    most = min(50, 3 * level + 2)
    point, a = _point(rng, most), given.get("a", _point(rng, most))
    start = given.get("b", a)
    end = start
    while end == start:
        end = (
            max(-50, min(50, start[0] + rng.randint(-level - 1, level + 1))),
            max(-50, min(50, start[1] + rng.randint(-level - 1, level + 1))),
        )
    return _left(given, point=point, a=end if "b" in given else a, b=end)


def triangle_with_double_area(n: int) -> list[Point]:
    """A triangle of given area with corners on different rows and columns."""
    return [(1, 1), (2, 2), (3, n + 3)]


def is_such_triangle(answer: list[Point], n: int) -> bool:
    """Whether the area is right and all coordinates differ as asked."""
    if len(answer) != 3 or abs(_cross(answer[0], answer[1], answer[2])) != n:
        return False
    lines = zip(*answer, strict=True)
    return all(len(set(values)) == 3 and 0 not in values for values in lines)


def count_point_rectangles(points: list[Point]) -> int:
    """The number of axis-parallel rectangles with corners among points."""
    columns: dict[int, set[int]] = {}
    for x, y in points:
        columns.setdefault(x, set()).add(y)
    pairs = combinations(columns.values(), 2)
    shared = [len(a & b) for a, b in pairs]
    return sum(count * (count - 1) // 2 for count in shared)


def draw_small_grid_points(rng: Any, level: int, **given: Any) -> list[Point]:
    """Points of a small part of the grid, many of them used."""
    rows = [rng.sample(range(10), 3 + (level + 1) // 4) for _ in range(2)]
    cells = [(x, y) for x in rows[0] for y in rows[1]]
    count = max(4, min(len(cells), 30) * 3 // 4 + rng.randint(0, 2))
    points: list[Point] = rng.sample(cells, min(count, len(cells)))
    return points


def _by_angle(a: Point, b: Point) -> int:
    """Negative when a is seen before b, counterclockwise from the x-axis."""
    half_a, half_b = (a[1] < 0 or (a[1] == 0 and a[0] < 0) for a in (a, b))
    if half_a != half_b:
        return -1 if half_b else 1
    turn = a[1] * b[0] - a[0] * b[1]
    return turn or abs(a[0]) + abs(a[1]) - abs(b[0]) - abs(b[1])


def sort_by_angle(points: list[Point]) -> list[Point]:
    """Points sorted by the direction in which they are seen from the origin."""
    return sorted(set(points) - {(0, 0)}, key=cmp_to_key(_by_angle))


def draw_angles(rng: Any, level: int, **given: Any) -> list[Point]:
    """Points around the origin, some in the same direction."""
    most = min(49, 3 * level + 2)
    points = [_point(rng, most) for _ in range(level // 2 + 3)]
    for x, y in rng.sample(points, 1 + level // 4):
        points.append((2 * x, 2 * y))
    rng.shuffle(points)
    return points
