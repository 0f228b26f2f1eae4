"""Second solvers for fractions, written from the wording alone."""

from __future__ import annotations

from fractions import Fraction


def fraction_digit(value: Fraction, place: int) -> int:
    rest = abs(value) % 1
    digit = 0
    for _ in range(place):
        rest *= 10
        digit = rest.numerator // rest.denominator
        rest -= digit
    return digit


def fractional_part(value: Fraction) -> Fraction:
    return value % 1


def nearest_whole(value: Fraction) -> int:
    below = value.numerator // value.denominator
    rest = value - below
    if rest != Fraction(1, 2):
        return below + (rest > Fraction(1, 2))
    return below if below % 2 == 0 else below + 1


def numerator_remainder(value: Fraction, modulus: int) -> int:
    rest = value.numerator
    return rest - modulus * (rest // modulus)


def continued_fraction(value: Fraction, count: int) -> list[int]:
    found: list[int] = []
    while True:
        found.append(value.numerator // value.denominator)
        value -= found[-1]
        if value == 0 or len(found) == count:
            return found
        value = 1 / value
        if value >= 10000:
            return found


def numerator_and_denominator(value: Fraction) -> tuple[int, int]:
    return value.numerator + value.denominator, value.denominator


def fraction_remainder(value: Fraction, modulus: int) -> Fraction:
    return value % modulus


def add_fractions(first: Fraction, second: Fraction) -> Fraction:
    return Fraction(
        first.numerator * second.denominator + second.numerator * first.denominator,
        first.denominator * second.denominator,
    )


def multiply_fractions(first: Fraction, second: Fraction) -> Fraction:
    return Fraction(
        first.numerator * second.numerator, first.denominator * second.denominator
    )


def mediant(first: Fraction, second: Fraction) -> Fraction:
    return Fraction(
        first.numerator + second.numerator, first.denominator + second.denominator
    )


def frequency_of(items: list[int], item: int) -> Fraction:
    if not items:
        return Fraction(0)
    return Fraction(sum(x == item for x in items), len(items))
