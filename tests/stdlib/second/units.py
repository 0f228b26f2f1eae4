"""Second solvers for units, written from the wording alone."""

from __future__ import annotations

import math
from fractions import Fraction


def two_stamps(amount: int) -> tuple[int, int]:
    for elevens in range(7):
        rest = amount - 11 * elevens
        if rest >= 0 and rest % 7 == 0:
            return rest // 7, elevens
    return 0, 0


def compound_interest(cents: int, percent: int, years: int) -> int:
    for _ in range(years):
        cents += cents * percent // 100
    return cents


def sale_price(cents: int, discount: int, tax: int) -> int:
    lowered = math.floor(Fraction(cents * (100 - discount), 100) + Fraction(1, 2))
    return math.floor(Fraction(lowered * (100 + tax), 100) + Fraction(1, 2))


def split_by_shares(cents: int, shares: list[int]) -> list[int]:
    shares = [share if share > 0 else 0 for share in shares]
    if not any(shares):
        return [0 for _ in shares]
    exact = [Fraction(cents * share, sum(shares)) for share in shares]
    parts = [math.floor(part) for part in exact]
    order = sorted(range(len(shares)), key=lambda i: parts[i] - exact[i])
    for i in order[: cents - sum(parts)]:
        parts[i] += 1
    return parts


def imperial_length(inches: int) -> tuple[int, int, int, int]:
    feet, inches = divmod(inches, 12)
    yards, feet = divmod(feet, 3)
    miles, yards = divmod(yards, 1760)
    return miles, yards, feet, inches


def old_money_times(
    pounds: int, shillings: int, pence: int, times: int
) -> tuple[int, int, int]:
    total = (240 * pounds + 12 * shillings + pence) * times
    return total // 240, total % 240 // 12, total % 12


def celsius_to_fahrenheit(celsius: Fraction) -> Fraction:
    return 32 + celsius / 5 * 9


def average_speed(
    first_km: int, first_speed: int, second_km: int, second_speed: int
) -> Fraction:
    hours = Fraction(first_km, first_speed) + Fraction(second_km, second_speed)
    return (first_km + second_km) / hours


def best_value(offers: list[tuple[int, int]]) -> int:
    prices = {
        place: Fraction(cents, grams)
        for place, (grams, cents) in enumerate(offers, 1)
        if cents > 0 and grams > 0
    }
    cheapest = min(prices.values(), default=None)
    return next((place for place in prices if prices[place] == cheapest), 0)


def multiply_half_even(n: int, numerator: int, denominator: int) -> int:
    exact = Fraction(n * numerator, denominator)
    below = math.floor(exact)
    if exact - below == Fraction(1, 2):
        return below if below % 2 == 0 else below + 1
    return below if exact - below < Fraction(1, 2) else below + 1


def progressive_tax(income: int) -> int:
    if income < 0:
        return 0
    low = min(income, 10000)
    middle = min(max(income - 10000, 0), 40000)
    high = max(income - 50000, 0)
    return (10 * low + 20 * middle + 40 * high) // 100


def scale_recipe(amounts: list[Fraction], people: int, guests: int) -> list[Fraction]:
    return [Fraction(amount) * guests / people for amount in amounts]
