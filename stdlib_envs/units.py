"""Money, measures and exact conversions."""

from __future__ import annotations

from fractions import Fraction
from typing import Any


def _left(given: dict[str, Any], **drawn: Any) -> Any:
    """The drawn parameters that were not given: one value, or a tuple of them."""
    rest = tuple(value for name, value in drawn.items() if name not in given)
    return rest[0] if len(rest) == 1 else rest


def two_stamps(amount: int) -> tuple[int, int]:
    """The way to make up an amount with the fewest stamps of 7 cents, or zeros."""
    sevens = amount * 8 % 11
    if 7 * sevens > amount:
        return 0, 0
    return sevens, (amount - 7 * sevens) // 11


def makes_up(answer: tuple[int, int], amount: int) -> bool:
    """Whether the stamps are worth the amount, or rightly none can be."""
    sevens, elevens = answer
    if answer == (0, 0):
        return two_stamps(amount) == (0, 0)
    return min(answer) >= 0 and 7 * sevens + 11 * elevens == amount


def compound_interest(cents: int, percent: int, years: int) -> int:
    """The balance after ``years`` payments of interest, each rounded down."""
    for _ in range(years):
        cents += cents * percent // 100
    return cents


def deposit(rng: Any, level: int, **given: Any) -> Any:
    """Draw a deposit with a rate and at least one year."""
    percent = rng.choice([5, 10, 20] if level < 3 else list(range(2, 21)))
    years = rng.randint(1 + level // 4, 1 + level // 2)
    cents = rng.randint(1, 20) * 50 * level if level < 4 else rng.randint(99, 6**level)
    return _left(given, cents=min(cents, 10**9), percent=percent, years=years)


def sale_price(cents: int, discount: int, tax: int) -> int:
    """The price after a discount and a tax, both rounded half up."""
    lowered = (cents * (100 - discount) + 50) // 100
    return (lowered * (100 + tax) + 50) // 100


def price_and_percents(rng: Any, level: int, **given: Any) -> Any:
    """Draw a price and two percentages, round ones at low levels."""
    step = 10 if level < 3 else 5 if level < 6 else 1
    return _left(
        given,
        cents=rng.randint(10, 20 * level) * (100 if level < 3 else level**2),
        discount=step * rng.randint(1, 60 // step),
        tax=step * rng.randint(1, 30 // step),
    )


def split_by_shares(cents: int, shares: list[int]) -> list[int]:
    """The parts of an amount by the method of largest remainders."""
    shares = [max(0, share) for share in shares]
    whole = sum(shares)
    if whole == 0:
        return [0] * len(shares)
    parts = [cents * share // whole for share in shares]
    lost = [cents * share % whole for share in shares]
    order = sorted(range(len(shares)), key=lambda i: -lost[i])
    for i in order[: cents - sum(parts)]:
        parts[i] += 1
    return parts


def cents_and_shares(rng: Any, level: int, **given: Any) -> Any:
    """Draw an amount and two or more shares."""
    size = rng.randint(2 + level // 3, 2 + 4 * level // 5)
    shares = [rng.randint(1, 3 + 2 * level) for _ in range(size)]
    return _left(given, cents=rng.randint(10, 50 * level**2), shares=shares)


def imperial_length(inches: int) -> tuple[int, int, int, int]:
    """Miles, yards, feet and inches of a length in inches."""
    feet, inches = divmod(inches, 12)
    yards, feet = divmod(feet, 3)
    miles, yards = divmod(yards, 1760)
    return miles, yards, feet, inches


def old_money_times(
    pounds: int, shillings: int, pence: int, times: int
) -> tuple[int, int, int]:
    """Pounds, shillings and pence of ``times`` times an amount."""
    total = times * (240 * pounds + 12 * shillings + pence)
    return total // 240, total // 12 % 20, total % 12


def celsius_to_fahrenheit(celsius: Fraction) -> Fraction:
    """The temperature in degrees Fahrenheit."""
    return celsius * Fraction(9, 5) + 32


def average_speed(
    first_km: int, first_speed: int, second_km: int, second_speed: int
) -> Fraction:
    """The whole way divided by the whole time."""
    time = Fraction(first_km, first_speed) + Fraction(second_km, second_speed)
    return Fraction(first_km + second_km) / time


def best_value(offers: list[tuple[int, int]]) -> int:
    """The 1-based position of the first offer that is cheapest per unit, or 0."""
    rates = [
        (Fraction(price, grams), place)
        for place, (grams, price) in enumerate(offers, 1)
        if grams >= 1 and price >= 1
    ]
    return min(rates, default=(0, 0))[1]


def close_offers(rng: Any, level: int, **given: Any) -> list[tuple[int, int]]:
    """Draw offers whose prices per gram are close to each other."""
    size = rng.randint(min(10, 2 + 3 * level // 2), min(12, 4 + 3 * level // 2))
    rate = rng.randint(2, 8)
    offers = []
    for _ in range(size):
        grams = rng.randint(3, 20 * level)
        spread = 1 + grams * rate // (4 + level)
        offers.append((grams, max(1, grams * rate + rng.randint(-spread, spread))))
    return offers


def multiply_half_even(n: int, numerator: int, denominator: int) -> int:
    """``n * numerator / denominator``, rounded half to even."""
    return round(Fraction(n * numerator, denominator))


def number_and_fraction(rng: Any, level: int, **given: Any) -> Any:
    """Draw a number and a fraction, now and then with a tie."""
    denominator = rng.randint(2, 3 + 2 * level)
    if rng.randint(0, 2) == 0:
        denominator += denominator % 2
    return _left(
        given,
        n=rng.randint(-20 * level**2, 40 * level**2),
        numerator=rng.randint(1, 3 + 2 * level),
        denominator=denominator,
    )


def progressive_tax(income: int) -> int:
    """The tax by brackets of 10, 20 and 40 percent, rounded down."""
    return (
        max(0, min(income, 10000))
        + 2 * max(0, min(income, 50000) - 10000)
        + 4 * max(0, income - 50000)
    ) // 10


def scale_recipe(amounts: list[Fraction], people: int, guests: int) -> list[Fraction]:
    """The amounts of a recipe for ``guests`` instead of ``people``."""
    return [amount * Fraction(guests, people) for amount in amounts]
