"""Differential tests of the two_numbers module."""

from __future__ import annotations

import random

import networkx as nx
import numpy as np
import sympy
from solvers import solvers
from sympy.ntheory.continued_fraction import continued_fraction_iterator

two_numbers = solvers("two_numbers")


def _draws(seed: int, count: int = 2) -> list[list[int]]:
    rng = random.Random(seed)
    return [[0] * count, [10**18] * count, [-1] * count] + [
        [rng.randint(-reach, reach) for _ in range(count)]
        for reach in (rng.choice([5, 99, 10**6]) for _ in range(250))
    ]


def test_the_spiral_cell_by_cell() -> None:
    x = y = number = 0
    dx, dy, side = 1, 0, 1
    while number < 5000:
        for _ in range(2):
            for _ in range(side):
                assert two_numbers.spiral_number(x, y) == number
                x, y, number = x + dx, y + dy, number + 1
            dx, dy = -dy, dx
        side += 1


def test_distances_against_networkx() -> None:
    size = 16
    hexagons, board = nx.Graph(), nx.Graph()
    for a in range(-size, size + 1):
        for b in range(-size, size + 1):
            for p, q in ((1, 0), (0, 1), (1, -1)):
                hexagons.add_edge((a, b), (a + p, b + q))
            for p, q in ((1, 2), (2, 1), (1, -2), (2, -1)):
                board.add_edge((a, b), (a + p, b + q))
    steps = nx.single_source_shortest_path_length(hexagons, (0, 0))
    moves = nx.single_source_shortest_path_length(board, (0, 0))
    for a in range(-8, 9):
        for b in range(-8, 9):
            assert two_numbers.hex_distance(a, b) == steps[a, b]
            assert two_numbers.knight_distance(a, b) == moves[a, b]
            far = abs(a) + abs(b)
            assert (far + 2) // 3 <= moves[a, b] <= far // 2 + 3


def test_four_numbers_against_numpy() -> None:
    for a, b, c, d in _draws(1, 4):
        matrix = np.array([[a, b], [c, d]], dtype=object)
        assert two_numbers.determinant_2x2(a, b, c, d) == sympy.Matrix(matrix).det()
        first = sympy.Integer(a) + sympy.I * b
        second = sympy.Integer(c) + sympy.I * d
        real, imaginary = sympy.expand(first * second).as_real_imag()
        assert two_numbers.complex_product(a, b, c, d) == (real, imaginary)


def test_digits_and_counts_against_sympy() -> None:
    for a, b in _draws(2):
        digits = [sympy.ntheory.digits(abs(n))[1:] for n in (a, b)]
        shared = sorted(set(digits[0]) & set(digits[1]))
        assert two_numbers.shared_digits(a, b) == shared
        assert two_numbers.digit_sum_of_both(a, b) == sum(map(sum, digits))
        bits = [sympy.ntheory.digits(abs(n), 2)[1:][::-1] for n in (a, b)]
        width = max(map(len, bits))
        bits = [row + [0] * (width - len(row)) for row in bits]
        differ = sum(p != q for p, q in zip(*bits, strict=True))
        assert two_numbers.binary_distance(a, b) == differ
        quotients = two_numbers.euclid_quotients(a, b)
        if b:
            fraction = sympy.Rational(abs(a), abs(b))
            assert quotients == list(continued_fraction_iterator(fraction))
        else:
            assert quotients == []
        large = max(abs(a), abs(b))
        most = 15 if large < 987 else 20 if large < 10**4 else 87
        assert len(quotients) <= most
        if abs(a) < 100 and abs(b) < 100:
            between = range(min(a, b), max(a, b) + 1)
            count = sum(n % 6 == 0 for n in between)
            assert two_numbers.multiples_of_six_between(a, b) == count


def test_the_longest_lists_of_quotients() -> None:
    # Neighbours among the Fibonacci numbers take the most steps.
    for top, most in ((986, 15), (9999, 20), (10**18, 87)):
        a, b = 1, 2
        while a + b <= top:
            a, b = b, a + b
        steps = len(two_numbers.euclid_quotients(a, b))
        assert most - 2 <= steps <= most


def test_sums_and_differences_against_matrix_powers() -> None:
    rng = random.Random(3)
    for a, b in _draws(4):
        times = rng.randint(1, 12)
        power = sympy.Matrix([[1, 1], [1, -1]]) ** times
        expected = tuple(power * sympy.Matrix([a, b]))
        assert two_numbers.sum_and_difference(a, b, times) == expected
