"""The units domain, checked against other formulas and hand-made tables."""

from __future__ import annotations

import random
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import product

from solvers import solvers

units = solvers("units")


def test_two_stamps() -> None:
    rng = random.Random(1)
    amounts = [*range(-30, 300), 10**9, -(10**9)]
    for amount in amounts + [rng.randint(60, 10**6) for _ in range(99)]:
        sevens, elevens = units.two_stamps(amount)
        possible = any((amount - 11 * k) % 7 == 0 <= amount - 11 * k for k in range(7))
        assert units.makes_up((sevens, elevens), amount)
        if possible:
            assert min(sevens, elevens) >= 0 and 7 * sevens + 11 * elevens == amount
        assert units.makes_up((0, 0), amount) == (not possible or amount == 0)
    for pair in product(range(0, 30), repeat=2):
        assert units.makes_up(pair, 154) == (pair in [(22, 0), (11, 7), (0, 14)])


def test_compound_interest() -> None:
    rng = random.Random(2)
    for _ in range(300):
        cents = rng.choice([0, 1, 10**15, rng.randint(0, 10**6)])
        percent, years = rng.randint(0, 20), rng.randint(0, 10)
        balance = Decimal(cents)
        for _ in range(years):
            interest = balance * Decimal(percent) / 100
            balance += interest.to_integral_value(ROUND_FLOOR)
        assert units.compound_interest(cents, percent, years) == balance


def test_sale_price() -> None:
    rng = random.Random(3)
    for _ in range(300):
        cents = rng.choice([0, 1, 10**15, rng.randint(0, 10**5)])
        discount, tax = rng.randint(0, 100), rng.randint(0, 100)
        price = Decimal(cents) * (100 - discount) / 100
        price = price.quantize(Decimal(1), ROUND_HALF_UP) * (100 + tax) / 100
        expected = price.quantize(Decimal(1), ROUND_HALF_UP)
        assert units.sale_price(cents, discount, tax) == expected


def test_split_by_shares() -> None:
    rng = random.Random(4)
    for _ in range(300):
        low, size = rng.choice([1, 1, 0, -9]), rng.choice([10, 10, 40])
        shares = [rng.randint(low, 9) for _ in range(rng.randint(0, size))]
        if not any(share > 0 for share in shares):
            assert units.split_by_shares(5, shares) == [0] * len(shares)
            continue
        given, shares = shares, [share if share > 0 else 0 for share in shares]
        cents = rng.choice([0, 1, rng.randint(0, 1000), 10**9])
        exact = [cents * Fraction(share, sum(shares)) for share in shares]
        parts = [int(part) for part in exact]
        while sum(parts) < cents:
            gaps = [e - p for e, p in zip(exact, parts, strict=True)]
            parts[gaps.index(max(gaps))] += 1
        assert units.split_by_shares(cents, given) == parts


def test_measures() -> None:
    rng = random.Random(5)
    lengths = [0, 11, 12, 36, 63359, 63360, 10**15]
    for length in [*lengths, *(rng.randint(0, 10**6) for _ in range(200))]:
        miles, yards, feet, inches = units.imperial_length(length)
        assert ((miles * 1760 + yards) * 3 + feet) * 12 + inches == length
        assert yards < 1760 and feet < 3 and inches < 12
    for _ in range(200):
        price = rng.randint(0, 10**6), rng.randint(0, 40), rng.randint(0, 600)
        times, total = rng.randint(0, 100), (0, 0, 0)
        for _ in range(times):
            pence = total[2] + price[2]
            shillings = total[1] + price[1] + pence // 12
            pounds = total[0] + price[0] + shillings // 20
            total = pounds, shillings % 20, pence % 12
        assert units.old_money_times(*price, times) == total
    for _ in range(200):
        celsius = Fraction(rng.randint(-(10**6), 10**6), rng.randint(1, 12))
        fahrenheit = units.celsius_to_fahrenheit(celsius)
        assert (fahrenheit - 32) * 5 / 9 == celsius


def test_rates() -> None:
    rng = random.Random(6)
    for _ in range(200):
        a, v, b, w = (rng.randint(1, rng.choice([300, 10**9])) for _ in range(4))
        a = rng.choice([0, a])
        expected = Fraction((a + b) * v * w, a * w + b * v)
        assert units.average_speed(a, v, b, w) == expected
        low, size = rng.choice([(1, 8), (-9, 3), (-9, 30)])
        offers = [(rng.randint(low, 9), rng.randint(low, 9)) for _ in range(size)]
        best = units.best_value(offers)
        if not any(min(offer) > 0 for offer in offers):
            assert best == 0
            continue
        grams, price = offers[best - 1]
        assert grams > 0 and price > 0
        for i, (other, cost) in enumerate(offers, 1):
            if min(other, cost) < 1:
                continue
            assert price * other <= cost * grams
            assert i >= best or price * other < cost * grams


def test_rounding_and_tax() -> None:
    rng = random.Random(7)
    for _ in range(300):
        n = rng.choice([0, 10**9, -(10**9), rng.randint(-50, 50)])
        top, bottom = rng.randint(-12, 12), rng.choice([1, 2, 4, 8, 1000])
        value = Decimal(n * top) / bottom
        expected = value.quantize(Decimal(1), ROUND_HALF_EVEN)
        assert units.multiply_half_even(n, top, bottom) == expected
    incomes = [0, 9999, 10000, 10001, 50000, 50001, 10**9]
    for income in [*incomes, *(rng.randint(0, 10**5) for _ in range(200))]:
        rate = Fraction(1, 10), Fraction(1, 5), Fraction(2, 5)
        parts = [min(income, 10000), min(max(income - 10000, 0), 40000)]
        parts.append(income - sum(parts))
        tax = sum(r * p for r, p in zip(rate, parts, strict=True))
        assert units.progressive_tax(income) == tax // 1
        assert units.progressive_tax(-income - 1) == 0


def test_scale_recipe() -> None:
    rng = random.Random(8)
    for _ in range(200):
        amounts = [
            Fraction(rng.randint(0, 1200), 12) for _ in range(rng.randint(0, 40))
        ]
        people, guests = rng.randint(1, 200), rng.randint(0, 10**6)
        scaled = units.scale_recipe(amounts, people, guests)
        pairs = zip(amounts, scaled, strict=True)
        assert all(new * people == old * guests for old, new in pairs)
