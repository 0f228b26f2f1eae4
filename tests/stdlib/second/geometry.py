"""Second solvers for geometry, written from the wording alone."""

from __future__ import annotations

from fractions import Fraction
from functools import cmp_to_key
from itertools import combinations
from math import isqrt

Point = tuple[int, int]


def _cross(o: Point, a: Point, b: Point) -> int:
    return (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0])


def polygon_double_area(points: list[Point]) -> int:
    ends = points[1:] + points[:1]
    return abs(
        sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(points, ends, strict=True))
    )


def convex_hull(points: list[Point]) -> list[Point]:
    different = sorted(set(points))
    if len(different) <= 1:
        return different
    first, last = different[0], different[-1]
    if all(_cross(first, last, p) == 0 for p in different):
        return [first, last]
    # Wrap: the next corner has no point to the right of the line towards it.
    hull = [first]
    while True:
        here = hull[-1]
        goal = next(p for p in different if p != here)
        for p in different:
            turn = _cross(here, goal, p)
            if turn < 0 or (turn == 0 and _far(here, p) > _far(here, goal)):
                goal = p
        if goal == first:
            return hull
        hull.append(goal)


def _far(a: Point, b: Point) -> int:
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2


def closest_pair_squared(points: list[Point]) -> int:
    return min([_far(a, b) for a, b in combinations(points, 2)] or [0])


def triangle_interior_points(a: Point, b: Point, c: Point) -> int:
    if _cross(a, b, c) < 0:
        b, c = c, b
    xs = sorted((a[0], b[0], c[0]))
    ys = sorted((a[1], b[1], c[1]))
    return sum(
        _cross(a, b, (x, y)) > 0
        and _cross(b, c, (x, y)) > 0
        and _cross(c, a, (x, y)) > 0
        for x in range(xs[0], xs[2] + 1)
        for y in range(ys[0], ys[2] + 1)
    )


def turtle_position(moves: str) -> Point:
    x, y, dx, dy = 0, 0, 0, 1
    for move in moves:
        if move == "L":
            dx, dy = -dy, dx
        elif move == "R":
            dx, dy = dy, -dx
        elif move in "FB":
            way = 1 if move == "F" else -1
            x, y = x + way * dx, y + way * dy
    return x, y


def rotate_about(point: Point, centre: Point, turns: int) -> Point:
    dx, dy = point[0] - centre[0], point[1] - centre[1]
    for _ in range(turns % 4):
        dx, dy = -dy, dx
    return centre[0] + dx, centre[1] + dy


def rectangles_union_area(corners: list[Point]) -> int:
    cells = set()
    for i in range(0, len(corners) - 1, 2):
        (x1, y1), (x2, y2) = corners[i], corners[i + 1]
        for x in range(min(x1, x2), max(x1, x2)):
            cells |= {(x, y) for y in range(min(y1, y2), max(y1, y2))}
    return len(cells)


def meeting_cost(points: list[Point]) -> int:
    return sum(
        min([sum(abs(z - w) for z in line) for w in line] or [0])
        for line in ([x for x, _ in points], [y for _, y in points])
    )


def circle_lattice_points(n: int) -> int:
    if n < 0:
        return 0
    r = isqrt(n)
    return sum(2 * isqrt(n - x * x) + 1 for x in range(-r, r + 1))


def perpendicular_foot(point: Point, a: Point, b: Point) -> list[Fraction]:
    dx, dy = b[0] - a[0], b[1] - a[1]
    if dx == dy == 0:
        return [Fraction(a[0]), Fraction(a[1])]
    t = Fraction((point[0] - a[0]) * dx + (point[1] - a[1]) * dy, dx * dx + dy * dy)
    return [a[0] + t * dx, a[1] + t * dy]


def triangle_with_double_area(n: int) -> list[Point]:
    return [(1, 1), (2, 2), (3, n + 3)]


def count_point_rectangles(points: list[Point]) -> int:
    there = set(points)
    return sum(
        a < c and b < d and (a, d) in there and (c, b) in there
        for a, b in there
        for c, d in there
    )


def sort_by_angle(points: list[Point]) -> list[Point]:
    def compare(p: Point, q: Point) -> int:
        halves = [v[1] < 0 or (v[1] == 0 and v[0] < 0) for v in (p, q)]
        if halves[0] != halves[1]:
            return halves[0] - halves[1]
        turn = _cross((0, 0), p, q)
        return -turn if turn else _far((0, 0), p) - _far((0, 0), q)

    return sorted(set(points) - {(0, 0)}, key=cmp_to_key(compare))
