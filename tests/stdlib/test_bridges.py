"""Differential tests of the bridges module."""

from __future__ import annotations

import random
import string
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import combinations, cycle, islice

import networkx as nx
import numpy as np
import sympy
from solvers import solvers

bridges = solvers("bridges")


def _draws(seed: int, low: int = 0, reach: int = 9999) -> list[list[int]]:
    rng = random.Random(seed)
    edges = [[0] * max(low, 1), [-reach] * 50, [reach, -reach], [1, 1, 2]]
    if low == 0:
        edges.append([])
    return edges + [
        [rng.randint(-span, span) for _ in range(rng.randint(low, 50))]
        for span in (rng.choice([3, 30, reach]) for _ in range(250))
    ]


def test_counts_and_positions_against_numpy() -> None:
    rng = random.Random(1)
    for items in _draws(2):
        item = rng.choice([*items, 7])
        array = np.array(items, dtype=np.int64)
        places = np.flatnonzero(array == item)
        assert bridges.count_item(items, item) == places.size
        first = int(places[0]) + 1 if places.size else 0
        assert bridges.first_position_of(item, items) == first
        divisor = rng.randint(1, 1000)
        expected = set(np.unique(np.mod(array, divisor)).tolist())
        assert bridges.set_of_remainders(items, divisor) == expected
        if items:
            n = rng.randint(-200, 200)
            shifted = np.roll(array, -n)
            assert bridges.item_at_cyclic(items, n) == shifted[0]


def test_arithmetic_against_sympy() -> None:
    rng = random.Random(3)
    for _ in range(250):
        n = rng.choice([0, -(10**12), 10**12, rng.randint(-(10**12), 10**12)])
        divisor = rng.randint(1, 10**6)
        remainder = bridges.remainder_of(n, divisor)
        assert 0 <= remainder < divisor
        assert (n - remainder) % divisor == 0
        value = Fraction(rng.randint(-(10**4), 10**4), rng.randint(1, 99))
        factor = rng.randint(1, 1000)
        exact = sympy.Rational(value.numerator, value.denominator) * factor
        assert bridges.scaled_floor(value, factor) == int(sympy.floor(exact))
    for items in _draws(4):
        base, modulus = rng.randint(2, 1000), rng.randint(2, 10**6)
        total = sum(x * base**i for i, x in enumerate(reversed(items)))
        assert bridges.list_hash(items, base, modulus) == total % modulus


def test_pair_codes_along_the_diagonals() -> None:
    code = 0
    for diagonal in range(40):
        for y in range(diagonal + 1):
            assert bridges.pair_code(diagonal - y, y) == code
            assert bridges.unpair_code(code) == (diagonal - y, y)
            code += 1
    rng = random.Random(5)
    for code in [10**12, 10**12 - 1, *(rng.randint(0, 10**12) for _ in range(250))]:
        pair = bridges.unpair_code(code)
        assert min(pair) >= 0
        assert bridges.pair_code(*pair) == code


def test_letters_and_numbers() -> None:
    rng = random.Random(6)
    endless = string.ascii_lowercase * 5
    for codes in _draws(7):
        letters = bridges.codes_to_text(codes)
        assert letters == "".join(
            chr(97 + (code + 26 * 999 - 1) % 26) for code in codes
        )
        back = bridges.text_to_codes(letters)
        assert all((a - b) % 26 == 0 for a, b in zip(codes, back, strict=True))
    assert bridges.codes_to_text(list(range(1, 131))) == endless
    for items in _draws(8):
        text = bridges.numbers_to_text(items)
        assert text == str(items)[1:-1].replace(", ", "")
        positive = [abs(item) * rng.choice([1, 99991]) for item in items][:9]
        glue = [rng.choice([" ", "-", "x", ". "]) for _ in positive]
        mixed = "".join(f"{g}{x}" for g, x in zip(glue, positive, strict=True))
        first_six = [int(str(x)[:6]) for x in positive]
        assert bridges.numbers_in_text(mixed) == first_six
    assert bridges.numbers_in_text("-0.07e") == [0, 7]
    assert bridges.join_words(["a", "", "b"], ", ") == "a, , b"
    for mixed in ["aZ z!", "`{éa"]:
        places = [("." + string.ascii_lowercase).find(c) for c in mixed]
        assert bridges.text_to_codes(mixed) == [max(0, place) for place in places]


def test_matrices_against_numpy() -> None:
    rng = random.Random(9)
    for _ in range(250):
        rows, cols = rng.randint(1, 6), rng.randint(1, 6)
        matrix = np.array([rng.randint(-9, 9) for _ in range(rows * cols)])
        matrix = matrix.reshape(rows, cols)
        turned = matrix.copy()
        turned[1::2] = turned[1::2, ::-1]
        assert bridges.matrix_snake(matrix.tolist()) == turned.ravel().tolist()
        items = [rng.randint(-9, 9) for _ in range(rng.randint(1, 36))]
        width = rng.randint(1, 6)
        height = (len(items) + width - 1) // width
        flat = list(islice(cycle(items), height * width))
        expected = np.array(flat).reshape(height, width).tolist()
        assert bridges.list_to_matrix(items, width) == expected


def test_factor_graphs_against_sympy() -> None:
    rng = random.Random(10)
    for _ in range(200):
        least = rng.choice([1, -30])
        items = [rng.randint(least, rng.choice([30, 9999])) for _ in range(8)]
        graph = nx.Graph()
        for i, x in enumerate(items, 1):
            primes = sympy.primefactors(x) if x else sympy.primerange(10**4)
            graph.add_edges_from((i, -p) for p in [*primes, *([0] * (x == 0))])
        edges = [
            (i, j)
            for i, j in combinations(range(1, 9), 2)
            if i in graph and j in graph and set(graph[i]) & set(graph[j])
        ]
        assert bridges.common_factor_graph(items) == (8, edges)


def test_pairs_against_all_pairs() -> None:
    for items in _draws(11, low=2):
        pairs = [(abs(a - b), min(a, b), max(a, b)) for a, b in combinations(items, 2)]
        assert bridges.closest_two(items) == min(pairs)[1:]
        pairs2 = list(zip(items, reversed(items), strict=True))
        sums = np.array(pairs2).sum(axis=1).tolist()
        assert bridges.pair_sums(pairs2) == sums


def test_totals_against_enumeration() -> None:
    for total in range(1, 25):
        for count in range(1, 7):
            right = [
                list(chosen)
                for chosen in combinations(range(1, total + 1), count)
                if sum(chosen) == total
            ]
            result = bridges.distinct_numbers_with_total(total, count)
            assert (result in right) if right else result == []
            assert bridges.has_total([], total, count) == (not right)
            for chosen in right[:20]:
                assert bridges.has_total(chosen[::-1], total, count)
                assert not bridges.has_total([*chosen[:-1], 1], total, count) or (
                    chosen[-1] == 1
                )


def test_four_values_and_lamps_against_numpy() -> None:
    rng = random.Random(12)
    for _ in range(250):
        four = [rng.randint(-9, 9) for _ in range(4)]
        assert bridges.four_in_order(*four) == np.sort(four).tolist()
        matrix = np.array(bridges.two_by_two(*four))
        assert matrix[0].tolist() == four[:2]
        assert np.rot90(matrix, 2)[0].tolist() == four[2:]
        lit = rng.random() < 0.5
        switches = [rng.random() < 0.5 for _ in range(rng.randint(0, 30))]
        flips = np.cumsum(np.array(switches, dtype=int))
        states = bridges.lamp_states(lit, switches)
        assert states == [bool(x) for x in (flips + lit) % 2]
        assert all(type(state) is bool for state in states)


def test_decimal_places_against_the_decimal_module() -> None:
    rng = random.Random(13)
    with localcontext() as context:
        context.prec = 60
        context.rounding = "ROUND_DOWN"
        for _ in range(250):
            top, bottom = rng.randint(-(10**6), 10**6), rng.randint(1, 10**4)
            places = rng.randint(1, 40)
            written = f"{Decimal(abs(top)) / Decimal(bottom):.50f}"
            digits = written.split(".")[1][:places]
            found = bridges.decimal_places(Fraction(top, bottom), places)
            assert found == [int(digit) for digit in digits]
