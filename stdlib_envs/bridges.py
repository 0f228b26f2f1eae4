"""Solvers for small environments that lead from one kind of value to another."""

from __future__ import annotations

import itertools
import math
import operator
import re
from fractions import Fraction
from typing import Any

_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_Graph = tuple[int, list[tuple[int, int]]]


def words_and_separator(rng: Any, level: int, **given: Any) -> Any:
    """Draw short words and a separator."""
    words = [
        "".join(rng.choice(_ALPHABET) for _ in range(rng.randint(1, 2 + level)))
        for _ in range(rng.randint(2 + level // 2, 3 + level))
    ]
    separator = rng.choice([" ", "-", ",", ", ", "--"])
    if "words" in given:
        return separator
    return words if "separator" in given else (words, separator)


def items_and_frequent_item(rng: Any, level: int, **given: Any) -> Any:
    """Draw a list of few different numbers and one of them."""
    if "items" in given:
        return rng.choice(sorted({*given["items"], 0}))
    item = given.get("item", rng.randint(-99, 99))
    times = rng.randint(1, 4 + level) if abs(item) <= 9999 else 0
    pool = [rng.randint(-99, 99) for _ in range(2 + level // 2)]
    others = rng.randint(6 + level, 8 + 4 * level)
    items = [item] * times + [rng.choice(pool) for _ in range(max(0, others - times))]
    rng.shuffle(items)
    return items if "item" in given else (items, item)


def item_and_items(rng: Any, level: int, **given: Any) -> Any:
    """Draw a number and a list with many different numbers that often has it."""
    items = given.get("items")
    if items is None:
        count = rng.randint(5 + level, 8 + 3 * level)
        items = [rng.randint(-99, 99) for _ in range(count)]
        if abs(given.get("item", 10**4)) <= 9999 and rng.random() < 0.9:
            items[rng.randrange(count)] = given["item"]
    item = rng.choice(items) if items else rng.randint(-99, 99)
    if "item" in given:
        return items
    return item if "items" in given else (item, items)


def number_and_divisor(rng: Any, level: int, **given: Any) -> Any:
    """Draw a number and a divisor, both growing with the level."""
    divisor = rng.randint(6 + level, 10 + level**3)
    if "n" in given:
        return divisor
    number = rng.randint(-(10**level) // 2, 10 ** (level + 1))
    return number if given else (number, divisor)


def some_codes(rng: Any, level: int, **given: Any) -> list[int]:
    """Draw numbers some of which lie outside 1 to 26."""
    reach = 26 * level * (level + 1) // 2
    count = rng.randint(3 + level // 2, 3 + 2 * level)
    return [rng.randint(-reach // 3, reach) for _ in range(count)]


def text_with_numbers(rng: Any, level: int, **given: Any) -> str:
    """Draw a text with numbers among other characters."""
    limit = 8 + 2 * level
    text = ""
    while len(text) < limit:
        text += rng.choice(["", "-", "a", "x", "No. "]) + str(rng.randint(0, 10**4))
        text += rng.choice([" ", ", ", ".", ":", "m ", " of "])
    return text[: min(29, limit)]


def numbers_with_factors(rng: Any, level: int, **given: Any) -> list[int]:
    """Draw products of small primes."""
    primes = [2, 3, 5, 7, 11, 13]
    numbers = []
    for _ in range(min(12, rng.randint(3 + level // 3, 4 + 2 * level // 3))):
        number = 1
        for _ in range(rng.randint(1, 2 + level // 4)):
            number *= rng.choice(primes)
        numbers.append(min(number, 9999))
    return numbers


def items_and_hash(rng: Any, level: int, **given: Any) -> Any:
    """Draw numbers, a base and a modulus."""
    drawn = {
        "items": [rng.randint(0, 9 * level) for _ in range(3 + level // 2)],
        "base": rng.randint(2, 5 + 3 * level),
        "modulus": rng.randint(11, 10 + 10 * level * level),
    }
    left = [value for name, value in drawn.items() if name not in given]
    return left[0] if len(left) == 1 else tuple(left)


def items_and_divisor(rng: Any, level: int, **given: Any) -> Any:
    """Draw numbers and a small divisor."""
    divisor = rng.randint(5 + level // 2, 10 + 2 * level)
    if "items" in given:
        return divisor
    reach = 10 * level * level
    count = rng.randint(3 + level // 2, 5 + level)
    items = [rng.randint(-reach, reach) for _ in range(count)]
    return items if given else (items, divisor)


def fraction_and_factor(rng: Any, level: int, **given: Any) -> Any:
    """Draw a fraction and a factor."""
    factor = rng.randint(2, 5 + level * level)
    if "value" in given:
        return factor
    denominator = rng.randint(2, 3 + 3 * level)
    value = Fraction(rng.randint(-50 * level, 50 * level), denominator)
    return value if given else (value, factor)


def fraction_and_places(rng: Any, level: int, **given: Any) -> Any:
    """Draw a fraction and how many digits to give."""
    places = rng.randint(2 + level // 2, 4 + level)
    if "value" in given:
        return places
    denominator = rng.randint(3, 9 + 4 * level)
    reach = 9 * level * level * denominator
    value = Fraction(rng.randint(-reach, reach), denominator)
    return value if given else (value, places)


def total_and_count(rng: Any, level: int, **given: Any) -> Any:
    """Draw a total that a sum of so many different numbers can seldom not reach."""
    count = given.get("count", rng.randint(min(10, 2 + level // 2), min(10, 3 + level)))
    least = count * (count + 1) // 2
    total = max(1, least + rng.randint(-2, 50 * level * level))
    if "total" in given:
        most = (math.isqrt(8 * given["total"] + 1) - 1) // 2
        return rng.randint(1, min(20, most + 1))
    return total if "count" in given else (total, count)


def join_words(words: list[str], separator: str) -> str:
    """Give the words as one text."""
    return separator.join(words)


def count_item(items: list[int], item: int) -> int:
    """Give the number of occurrences of the item."""
    return items.count(item)


def first_position_of(item: int, items: list[int]) -> int:
    """Give the first position of the item, 0 if there is none."""
    return items.index(item) + 1 if item in items else 0


def item_at_cyclic(items: list[Any], n: int) -> Any:
    """Give the item at position n of the endlessly repeated list."""
    return items[n % len(items)]


def remainder_of(n: int, divisor: int) -> int:
    """Give the least remainder that is not negative."""
    return n % divisor


def pair_code(first: int, second: int) -> int:
    """Give Cantor's code of a pair."""
    diagonal = first + second
    return diagonal * (diagonal + 1) // 2 + second


def unpair_code(code: int) -> tuple[int, int]:
    """Give the pair that has the code."""
    diagonal = (math.isqrt(8 * code + 1) - 1) // 2
    second = code - diagonal * (diagonal + 1) // 2
    return diagonal - second, second


def text_to_codes(text: str) -> list[int]:
    """Give the numbers of the letters in the alphabet."""
    return [_ALPHABET.find(letter) + 1 for letter in text]


def codes_to_text(codes: list[int]) -> str:
    """Give the letters with the numbers, going round the alphabet."""
    return "".join(_ALPHABET[(code - 1) % 26] for code in codes)


def numbers_in_text(text: str) -> list[int]:
    """Give the numbers written in the text."""
    return [int(run[:6]) for run in re.findall("[0-9]+", text)]


def numbers_to_text(items: list[int]) -> str:
    """Give the numbers written one after the other."""
    return "".join(str(item) for item in items)


def matrix_snake(matrix: list[list[Any]]) -> list[Any]:
    """Give the entries row by row, every second row backwards."""
    return [
        entry
        for i, row in enumerate(matrix)
        for entry in (row if i % 2 == 0 else row[::-1])
    ]


def list_to_matrix(items: list[Any], width: int) -> list[list[Any]]:
    """Give the items in rows, starting over to fill up the last one."""
    rows = -(-len(items) // width)
    return [
        [items[(row * width + column) % len(items)] for column in range(width)]
        for row in range(rows)
    ]


def common_factor_graph(items: list[int]) -> _Graph:
    """Give the graph of the pairs of numbers with a common factor."""
    edges = [
        (i + 1, j + 1)
        for i in range(len(items))
        for j in range(i + 1, len(items))
        if math.gcd(items[i], items[j]) != 1
    ]
    return len(items), edges


def list_hash(items: list[int], base: int, modulus: int) -> int:
    """Give the polynomial hash of the numbers."""
    value = 0
    for item in items:
        value = (value * base + item) % modulus
    return value


def set_of_remainders(items: list[int], divisor: int) -> frozenset[int]:
    """Give the different remainders."""
    return frozenset(item % divisor for item in items)


def scaled_floor(value: Fraction, factor: int) -> int:
    """Give the product rounded down."""
    return math.floor(value * factor)


def closest_two(items: list[int]) -> tuple[int, int]:
    """Give the smallest of the closest pairs."""
    ordered = sorted(items)
    pairs = list(itertools.pairwise(ordered))
    return min(pairs, key=lambda pair: pair[1] - pair[0])


def pair_sums(pairs: list[tuple[int, int]]) -> list[int]:
    """Give the sums of the pairs."""
    return [first + second for first, second in pairs]


def distinct_numbers_with_total(total: int, count: int) -> list[int]:
    """Give the smallest numbers and what is left, or nothing if that is too little."""
    rest = total - count * (count - 1) // 2
    return [*range(1, count), rest] if rest >= count else []


def has_total(answer: list[int], total: int, count: int) -> bool:
    """Say whether the answer has the total, or rightly says that nothing has."""
    if not answer:
        return not distinct_numbers_with_total(total, count)
    return sum(answer) == total and len(set(answer)) == len(answer) == count


def four_in_order(first: Any, second: Any, third: Any, fourth: Any) -> list[Any]:
    """Give the four values in ascending order."""
    return sorted([first, second, third, fourth])


def two_by_two(first: Any, second: Any, third: Any, fourth: Any) -> list[list[Any]]:
    """Give the four values clockwise in a matrix."""
    return [[first, second], [fourth, third]]


def lamp_states(lit: bool, switches: list[bool]) -> list[bool]:
    """Give the states of the lamp after the switches."""
    return list(itertools.accumulate(switches, operator.xor, initial=lit))[1:]


def decimal_places(value: Fraction, places: int) -> list[int]:
    """Give the first digits after the decimal point."""
    whole = abs(value.numerator) * 10**places // value.denominator
    return [int(digit) for digit in str(whole % 10**places).rjust(places, "0")]
