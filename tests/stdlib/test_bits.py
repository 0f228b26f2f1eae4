"""The bits domain, checked against numpy and arithmetic on strings of bits."""

from __future__ import annotations

import random
from functools import reduce
from itertools import combinations
from operator import xor

import numpy as np
from solvers import solvers

bits = solvers("bits")
TOP = 2**40 - 1


def numbers(seed: int, low: int = 0, high: int = TOP, count: int = 250) -> list[int]:
    """Edges and random numbers of every size in ``low..high``."""
    rng = random.Random(seed)
    drawn = [rng.randint(low, min(high, 2 ** rng.randint(1, 40))) for _ in range(count)]
    return [low, low + 1, high - 1, high, *drawn]


def test_count_ones_upto() -> None:
    total = 0
    for n in range(3000):
        total += f"{n:b}".count("1")
        assert bits.count_ones_upto(n) == total
    assert bits.count_ones_upto(2**39 - 1) == 39 * 2**38


def test_bitwise_functions() -> None:
    for a, b, c in zip(numbers(1), numbers(2), numbers(3)[::-1], strict=True):
        assert bits.xor_numbers(a, b) == int(np.bitwise_xor(a, b))
        rows = [f"{n:040b}" for n in (a, b, c)]
        most = "".join(sorted(column)[1] for column in zip(*rows, strict=True))
        assert bits.majority_bits(a, b, c) == int(most, 2)


def test_gray_code() -> None:
    codes = [bits.gray_code(n) for n in range(1024)]
    assert sorted(codes) == list(range(1024))
    for before, after in zip(codes, codes[1:], strict=False):
        assert (before ^ after).bit_count() == 1
    for n in numbers(4):
        text = f"0{n:b}"
        pairs = zip(text, text[1:], strict=False)
        code = int("".join("01"[a != b] for a, b in pairs), 2)
        assert bits.gray_code(n) == code and bits.from_gray(code) == n


def test_rotate_bits() -> None:
    for n in [*numbers(5, 0, 65535), *numbers(13, 0, 10**18)]:
        for places in range(1, 16):
            text = np.binary_repr(n % 2**16, 16)
            expected = int(text[places:] + text[:places], 2)
            assert bits.rotate_bits(n, places) == expected


def test_bit_forms() -> None:
    for n in numbers(6, 1):
        places = [i for i, bit in enumerate(f"{n:b}"[::-1]) if bit == "1"]
        assert bits.set_bit_positions(n) == places
    assert bits.set_bit_positions(0) == []
    for n in numbers(7, -32768, 32767):
        assert bits.twos_complement(n) == np.binary_repr(n, 16)
    for n in numbers(14, -(10**18), 10**18):
        assert bits.twos_complement(n) == np.binary_repr(n, 64)[-16:]
    for x, y in zip(numbers(8), numbers(9), strict=True):
        pairs = zip(f"{y:040b}", f"{x:040b}", strict=True)
        assert bits.interleave_bits(x, y) == int("".join(a + b for a, b in pairs), 2)


def test_xor_range() -> None:
    rng = random.Random(10)
    for _ in range(300):
        first = rng.choice([0, 1, rng.randint(0, 10**4), rng.randint(0, 10**11)])
        last = first + rng.randint(0, 60)
        expected = reduce(xor, range(first, last + 1))
        assert bits.xor_range(first, last) == bits.xor_range(last, first) == expected


def test_next_same_popcount() -> None:
    for n in [*range(1, 1500), *numbers(11, 1, 10**5, 100)]:
        expected = n + 1
        while expected.bit_count() != n.bit_count():
            expected += 1
        assert bits.next_same_popcount(n) == expected
    assert bits.next_same_popcount(0) == 0


def test_xor_zero_positions() -> None:
    rng = random.Random(12)
    for _ in range(200):
        items = [rng.randint(-255, 255) for _ in range(rng.randint(9, 16))]
        answer = bits.xor_zero_positions(items)
        assert answer and reduce(xor, [abs(items[i - 1]) for i in answer]) == 0
        assert bits.cancels(answer, items) and answer == sorted(set(answer))
    for _ in range(200):
        size = rng.randint(0, 6)
        items = [rng.randint(-40, 40) for _ in range(size)]
        right = [
            list(chosen)
            for count in range(1, size + 1)
            for chosen in combinations(range(1, size + 1), count)
            if reduce(xor, [abs(items[i - 1]) for i in chosen]) == 0
        ]
        assert bits.xor_zero_positions(items) in (right or [[]])
        assert bits.cancels([], items) == (not right)
    items = [rng.randint(0, 7) for _ in range(9)]
    for size in range(1, 10):
        for chosen in combinations(range(1, 10), size):
            cancel = reduce(xor, [items[i - 1] for i in chosen]) == 0
            assert bits.cancels(list(chosen), items) == cancel
    assert not bits.cancels([2, 1], [1] * 9)
