"""Second solvers for bridges, written from the wording alone."""

from __future__ import annotations

from fractions import Fraction
from math import gcd, isqrt
from typing import Any

Graph = tuple[int, list[tuple[int, int]]]


def join_words(words: list[str], separator: str) -> str:
    return separator.join(words)


def count_item(items: list[int], item: int) -> int:
    return sum(x == item for x in items)


def first_position_of(item: int, items: list[int]) -> int:
    for i, x in enumerate(items, 1):
        if x == item:
            return i
    return 0


def item_at_cyclic(items: list[Any], n: int) -> Any:
    return items[n % len(items)]


def remainder_of(n: int, divisor: int) -> int:
    return n % divisor


def pair_code(first: int, second: int) -> int:
    return (first + second) * (first + second + 1) // 2 + second


def unpair_code(code: int) -> tuple[int, int]:
    total = max(0, isqrt(2 * code) - 2)
    while (total + 1) * (total + 2) // 2 <= code:
        total += 1
    y = code - total * (total + 1) // 2
    return total - y, y


def text_to_codes(text: str) -> list[int]:
    return [ord(c) - 96 if "a" <= c <= "z" else 0 for c in text]


def codes_to_text(codes: list[int]) -> str:
    return "".join("zabcdefghijklmnopqrstuvwxy"[code % 26] for code in codes)


def numbers_in_text(text: str) -> list[int]:
    spaced = "".join(c if c in "0123456789" else " " for c in text)
    return [int(run[:6]) for run in spaced.split()]


def numbers_to_text(items: list[int]) -> str:
    return "".join(str(x) for x in items)


def matrix_snake(matrix: list[list[Any]]) -> list[Any]:
    result: list[Any] = []
    for i, row in enumerate(matrix):
        result += row if i % 2 == 0 else reversed(row)
    return result


def list_to_matrix(items: list[Any], width: int) -> list[list[Any]]:
    line = list(items)
    while len(line) % width:
        line.append(items[(len(line) - len(items)) % len(items)])
    return [line[i : i + width] for i in range(0, len(line), width)]


def common_factor_graph(items: list[int]) -> Graph:
    n = len(items)
    return n, [
        (i, j)
        for i in range(1, n + 1)
        for j in range(i + 1, n + 1)
        if gcd(items[i - 1], items[j - 1]) > 1 or items[i - 1] == items[j - 1] == 0
    ]


def list_hash(items: list[int], base: int, modulus: int) -> int:
    h = 0
    for x in items:
        h = (h * base + x) % modulus
    return h


def set_of_remainders(items: list[int], divisor: int) -> frozenset[int]:
    return frozenset(x % divisor for x in items)


def scaled_floor(value: Fraction, factor: int) -> int:
    product = value * factor
    return product.numerator // product.denominator


def closest_two(items: list[int]) -> tuple[int, int]:
    pairs = [
        (min(x, y), max(x, y)) for i, x in enumerate(items) for y in items[i + 1 :]
    ]
    return min(pairs, key=lambda pair: (pair[1] - pair[0], pair))


def pair_sums(pairs: list[tuple[int, int]]) -> list[int]:
    return [x + y for x, y in pairs]


def distinct_numbers_with_total(total: int, count: int) -> list[int]:
    first = list(range(1, count))
    last = total - sum(first)
    return [*first, last] if last >= count else []


def four_in_order(first: Any, second: Any, third: Any, fourth: Any) -> list[Any]:
    return sorted((second, fourth, first, third))


def two_by_two(first: Any, second: Any, third: Any, fourth: Any) -> list[list[Any]]:
    return [[first, second], [fourth, third]]


def lamp_states(lit: bool, switches: list[bool]) -> list[bool]:
    states = []
    for switch in switches:
        if switch:
            lit = not lit
        states.append(lit)
    return states


def decimal_places(value: Fraction, places: int) -> list[int]:
    rest = abs(value) % 1
    digits = []
    for _ in range(places):
        rest *= 10
        digits.append(rest.numerator // rest.denominator)
        rest %= 1
    return digits
