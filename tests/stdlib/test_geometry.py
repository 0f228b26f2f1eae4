"""Geometry: solvers against sympy, numpy or brute force over lattice points."""

from __future__ import annotations

import itertools
import math
import random
from fractions import Fraction

import numpy as np
import pytest
from solvers import solvers
from sympy import Line, Point, convex_hull

geometry = solvers("geometry")
RNG = random.Random(7)
Pt = tuple[int, int]


def points(least: int, most: int, top: int) -> list[Pt]:
    count = RNG.randint(least, most)
    return [(RNG.randint(-top, top), RNG.randint(-top, top)) for _ in range(count)]


def test_area() -> None:
    for _ in range(250):
        some = points(1, 14, RNG.choice([9, 2000]))
        x, y = np.array(some).T
        want = abs(int(x @ np.roll(y, -1) - y @ np.roll(x, -1)))
        assert geometry.polygon_double_area(some) == want
    assert geometry.polygon_double_area([]) == 0


def corner(p: Pt, some: set[Pt]) -> bool:
    """A corner has all other points strictly on one side of some line through it."""
    rest = some - {p}
    for q in rest:
        for sign in (1, -1):
            if all(
                (
                    c := sign
                    * ((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]))
                )
                > 0
                or (
                    c == 0
                    and (q[0] - p[0]) * (r[0] - p[0]) + (q[1] - p[1]) * (r[1] - p[1])
                    > 0
                )
                for r in rest
            ):
                return True
    return not rest


def test_hull() -> None:
    for _ in range(250):
        some = points(1, 12, RNG.choice([1, 2, 5, 50]))
        hull = geometry.convex_hull(some)
        assert set(hull) == {p for p in set(some) if corner(p, set(some))}
        assert hull[0] == min(some)
        if len(hull) > 2:
            for a, b, c in zip(
                hull, hull[1:] + hull[:1], hull[2:] + hull[:2], strict=True
            ):
                turn = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
                assert turn > 0
    assert geometry.convex_hull([]) == []
    some = [(0, 0), (5, 1), (3, 7), (2, 2), (-1, 4)]
    want = {(int(v.x), int(v.y)) for v in convex_hull(*map(Point, some)).vertices}
    assert set(geometry.convex_hull(some)) == want


def test_distances() -> None:
    assert geometry.closest_pair_squared([]) == geometry.meeting_cost([]) == 0
    assert geometry.closest_pair_squared([(1, 2)]) == 0
    for _ in range(250):
        some = points(2, 14, 30)
        a = np.array(some)
        far = ((a[:, None] - a[None]) ** 2).sum(axis=2)
        want = int(far[np.triu_indices(len(some), 1)].min())
        assert geometry.closest_pair_squared(some) == want
        near = np.arange(-30, 31)
        total = sum(
            int(np.abs(near[:, None] - a[:, k]).sum(axis=1).min()) for k in (0, 1)
        )
        assert geometry.meeting_cost(some) == total


def test_triangles() -> None:
    for _ in range(200):
        a, b, c = points(3, 3, 7)
        grid = range(-7, 8)

        def side(p: Pt, q: Pt, r: Pt) -> int:
            turn = (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])
            return (turn > 0) - (turn < 0)

        inside = 0
        for r in itertools.product(grid, grid):
            sides = {side(a, b, r), side(b, c, r), side(c, a, r)}
            inside += sides in ({1}, {-1})
        assert geometry.triangle_interior_points(a, b, c) == inside
    for n in [*range(1, 200), 10**9]:
        assert geometry.is_such_triangle(geometry.triangle_with_double_area(n), n)
    good = geometry.is_such_triangle
    assert good([(-1, 3), (2, 1), (4, 2)], 7)
    assert not good([(1, 1), (2, 2), (2, 5)], 3)
    assert not good([(0, 1), (2, 2), (3, 5)], 5)
    assert not good([(1, 1), (2, 2), (3, 6)], 4)


def test_motion() -> None:
    for _ in range(300):
        moves = "".join(RNG.choice("FLRB") for _ in range(RNG.randint(0, 60)))
        if RNG.random() < 0.3:
            moves = moves.replace("F", "Fx f", 2)
        z, way = 0j, 1j
        for move in moves:
            z += {"F": way, "B": -way}.get(move, 0)
            way *= {"L": 1j, "R": -1j}.get(move, 1)
        assert geometry.turtle_position(moves) == (int(z.real), int(z.imag))
        (p, c), turns = points(2, 2, 3000), RNG.randint(-99, 99)
        w = (complex(*p) - complex(*c)) * (1j) ** (turns % 4) + complex(*c)
        assert geometry.rotate_about(p, c, turns) == (round(w.real), round(w.imag))


def test_counting() -> None:
    for _ in range(200):
        some = geometry.draw_rectangles(RNG, RNG.randint(1, 10))
        some += points(0, 3, 15)
        cells = np.zeros((80, 80), dtype=int)
        for p, q in zip(some[::2], some[1::2], strict=False):
            (a, c), (b, d) = (sorted((p[k] + 20, q[k] + 20)) for k in (0, 1))
            cells[a:c, b:d] = 1
        assert geometry.rectangles_union_area(some) == int(cells.sum())
        dots = [
            (RNG.randint(-1, 3), RNG.randint(0, 4)) for _ in range(RNG.randint(0, 20))
        ]
        have = set(dots)
        want = sum(
            {(a, d), (c, b)} <= have
            for (a, b), (c, d) in itertools.permutations(have, 2)
            if a < c and b < d
        )
        assert geometry.count_point_rectangles(dots) == want
    for n in range(-3, 220):
        r = range(-15, 16)
        want = sum(x * x + y * y <= n for x in r for y in r)
        assert geometry.circle_lattice_points(n) == want


def test_foot() -> None:
    for _ in range(200):
        p, a, b = points(3, 3, 50)
        if a == b:
            continue
        x, y = geometry.perpendicular_foot(p, a, b)
        assert (x - a[0]) * (b[1] - a[1]) == (y - a[1]) * (b[0] - a[0])
        assert (p[0] - x) * (b[0] - a[0]) + (p[1] - y) * (b[1] - a[1]) == 0
    foot = Line(Point(1, 2), Point(4, 3)).projection(Point(7, -2))
    want = [Fraction(int(c.p), int(c.q)) for c in (foot.x, foot.y)]
    assert geometry.perpendicular_foot((7, -2), (1, 2), (4, 3)) == want
    assert geometry.perpendicular_foot((7, -2), (1, 2), (1, 2)) == [1, 2]


def test_angles() -> None:
    for _ in range(250):
        some = points(0, 12, RNG.choice([2, 9, 2000]))

        def key(p: Pt) -> tuple[float, int]:
            g = math.gcd(*p)
            angle = math.atan2(p[1] // g, p[0] // g)
            return angle if angle >= 0 else angle + 2 * math.pi, g

        want = sorted(set(some) - {(0, 0)}, key=key)
        assert geometry.sort_by_angle(some) == want


@pytest.mark.parametrize("level", range(1, 11))
def test_samplers(level: int) -> None:
    for _ in range(20):
        point, a, b = geometry.draw_line(RNG, level)
        assert a != b
        assert geometry.draw_line(RNG, level, point=(1, 1), b=(50, 50)) != (50, 50)
        assert len(geometry.draw_small_grid_points(RNG, level)) <= 30
        assert len(geometry.draw_angles(RNG, level)) <= 12
