"""Solvers for parts, digits and expansions of exact fractions."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any


def _value(rng: Any, level: int) -> Fraction:
    """Draw a fraction that is seldom whole."""
    denominator = rng.randint(2, 6 + 4 * level)
    return Fraction(rng.randint(-40 * level, 60 * level), denominator)


def some_value(rng: Any, level: int, **given: Any) -> Fraction:
    """Draw a fraction."""
    return _value(rng, level)


def two_values(rng: Any, level: int, **given: Any) -> Any:
    """Draw two fractions."""
    if given:
        return _value(rng, level)
    return _value(rng, level), _value(rng, level)


def _with(rng: Any, level: int, given: Any, name: str, number: int) -> Any:
    """Whatever is left to draw of a value and a number beside it."""
    if "value" in given:
        return number
    value = _value(rng, level)
    return value if name in given else (value, number)


def value_and_place(rng: Any, level: int, **given: Any) -> Any:
    """Draw a fraction whose digits go on without end, and one of the first places."""
    place = rng.randint(1, 2 + level)
    if "value" in given:
        return place
    below = int(rng.choice([7, 11, 13, 17, 19, 21, 23, 29, 31, 37, 41][: 3 + level]))
    above = below * rng.randint(-9 * level, 20 * level) + rng.randint(1, below - 1)
    value = Fraction(above, below)
    return value if "place" in given else (value, place)


def value_and_modulus(rng: Any, level: int, **given: Any) -> Any:
    """Draw a fraction and a modulus."""
    return _with(rng, level, given, "modulus", rng.randint(7, 12 + 6 * level))


def value_beyond_modulus(rng: Any, level: int, **given: Any) -> Any:
    """Draw a modulus and a fraction that is seldom its own remainder."""
    top = 12 + 6 * level
    modulus = rng.randint(7, top)
    if "value" in given:
        return modulus
    times = rng.choice([-8, -5, -3, -2, -1, 0, 1, 2, 3, 4, 5, 7])
    near = min(given.get("modulus", modulus), top)
    part = Fraction(rng.randint(1, 10 * near), rng.randint(11, 20 + 4 * level))
    value = times * near + part
    return value if "modulus" in given else (value, modulus)


def value_and_count(rng: Any, level: int, **given: Any) -> Any:
    """Draw a fraction and a number of terms."""
    return _with(rng, level, given, "count", rng.randint(2, 3 + level))


def items_and_item(rng: Any, level: int, **given: Any) -> Any:
    """Draw a list of few different numbers and one of them."""
    items = given.get("items")
    if items is None:
        pool = [rng.randint(-99, 99) for _ in range(2 + level // 3)]
        pool += [given["item"]] if "item" in given else []
        count = rng.randint(5 + level, 9 + 3 * level)
        items = [rng.choice(pool) for _ in range(count)]
    item = rng.choice(items) if items else rng.randint(-99, 99)
    if "item" in given:
        return items
    return item if "items" in given else (items, item)


def fraction_digit(value: Fraction, place: int) -> int:
    """Give one decimal digit, by powers modulo the denominator."""
    rest = pow(10, place - 1, value.denominator) * abs(value.numerator)
    return 10 * (rest % value.denominator) // value.denominator


def fractional_part(value: Fraction) -> Fraction:
    """Give the value less its floor."""
    return value - math.floor(value)


def nearest_whole(value: Fraction) -> int:
    """Give the nearest whole number, the even one of two."""
    return round(value)


def numerator_remainder(value: Fraction, modulus: int) -> int:
    """Give the numerator modulo a number."""
    return value.numerator % modulus


def continued_fraction(value: Fraction, count: int) -> list[int]:
    """Give the first terms of the continued fraction."""
    above, below = value.numerator, value.denominator
    terms: list[int] = []
    while below and len(terms) < count:
        term = above // below
        if term > 9999:
            break
        terms.append(term)
        above, below = below, above - term * below
    return terms


def numerator_and_denominator(value: Fraction) -> tuple[int, int]:
    """Give the parts of one more than the value."""
    return (value + 1).numerator, (value + 1).denominator


def fraction_remainder(value: Fraction, modulus: int) -> Fraction:
    """Give the value modulo a whole number."""
    return value - modulus * math.floor(value / modulus)


def add_fractions(first: Fraction, second: Fraction) -> Fraction:
    """Give the sum."""
    return first + second


def multiply_fractions(first: Fraction, second: Fraction) -> Fraction:
    """Give the product."""
    return first * second


def mediant(first: Fraction, second: Fraction) -> Fraction:
    """Give the sum of the numerators over that of the denominators."""
    above = first.numerator + second.numerator
    return Fraction(above, first.denominator + second.denominator)


def frequency_of(items: list[int], item: int) -> Fraction:
    """Give the share of the items that are equal to one."""
    return Fraction(items.count(item), len(items)) if items else Fraction(0)
