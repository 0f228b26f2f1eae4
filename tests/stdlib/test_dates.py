"""The dates domain, checked against numpy and Python's calendar."""

from __future__ import annotations

import calendar
import random
from fractions import Fraction

import numpy as np
import pytest
from solvers import solvers

dates = solvers("dates")


def some_dates(seed: int, low: int = 1583, high: int = 9999) -> list[tuple[int, ...]]:
    """Edges and random dates (without February 29) of the years ``low..high``."""
    rng = random.Random(seed)
    found = [(low, 1, 1), (high, 12, 31), (2000, 2, 28), (1900, 3, 1), (2024, 3, 1)]
    for _ in range(300):
        month = rng.randint(1, 12)
        days = calendar.monthrange(2001, month)[1]
        year = rng.choice([rng.randint(low, high), rng.randint(1890, 2110)])
        found.append((year, month, rng.randint(1, days)))
    return found


def day_number(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01 by numpy."""
    text = f"{year:04d}-{month:02d}-{day:02d}"
    return int(np.datetime64(text, "D").astype(np.int64))


def date_of(number: int) -> tuple[int, ...]:
    """The date of a day number by numpy."""
    return tuple(map(int, str(np.datetime64(number, "D")).split("-")))


def test_day_bound() -> None:
    for month in range(1, 13):
        days = 28 + (month + month // 8) % 2 + 2 % month + 2 * (1 // month)
        assert days == calendar.monthrange(2001, month)[1]


def test_days() -> None:
    for year, month, day in some_dates(1):
        number = day_number(year, month, day)
        assert dates.weekday_number(year, month, day) == (number + 3) % 7 + 1
        place = number - day_number(year, 1, 1) + 1
        assert dates.day_of_year(year, month, day) == place
        if place <= 365:
            assert dates.date_of_day(year, place) == (month, day)


def test_differences() -> None:
    rng = random.Random(2)
    for a, b in zip(some_dates(3), some_dates(4)[::-1], strict=True):
        expected = day_number(*b) - day_number(*a)
        assert dates.days_between(*a, *b) == expected
    for a in some_dates(5, 1600, 2400):
        days = rng.choice([0, 1, -1, 10**5, -(10**5), rng.randint(-(10**5), 10**5)])
        assert dates.add_days(*a, days) == date_of(day_number(*a) + days)


def test_count_leap_years() -> None:
    rng = random.Random(6)
    for _ in range(200):
        first = rng.randint(1, 9999)
        last = min(9999, first + rng.randint(0, 1000))
        expected = sum(map(calendar.isleap, range(first, last + 1)))
        assert dates.count_leap_years(first, last) == expected


def test_easter_sunday() -> None:
    known = {1583: (4, 10), 1818: (3, 22), 1943: (4, 25), 1954: (4, 18), 1981: (4, 19)}
    known |= {2000: (4, 23), 2008: (3, 23), 2019: (4, 21), 2024: (3, 31), 2025: (4, 20)}
    known |= {2038: (4, 25), 2049: (4, 18), 2076: (4, 19), 2285: (3, 22)}
    for year in range(1583, 10000):
        a, b, c = year % 19, year // 100, year % 100
        d, e, g = b // 4, b % 4, (8 * b + 13) // 25
        h = (19 * a + b - d - g + 15) % 30
        rest = (32 + 2 * e + 2 * (c // 4) - h - c % 4) % 7
        m = (a + 11 * h + 22 * rest) // 451
        month, day = divmod(h + rest - 7 * m + 114, 31)
        assert dates.easter_sunday(year) == known.get(year, (month, day + 1))
        assert (month, day + 1) == known.get(year, (month, day + 1))


def test_clock() -> None:
    for hour in range(24):
        for minute in range(60):
            hands = Fraction(hour % 12 * 60 + minute, 720), Fraction(minute, 60)
            gap = 360 * ((hands[0] - hands[1]) % 1)
            angle = dates.clock_angle(hour, minute)
            assert angle in (gap, 360 - gap) and angle <= 180
    rng = random.Random(7)
    start = np.datetime64("2001-01-01T00:00")
    for _ in range(300):
        hour, minute = rng.randint(0, 23), rng.randint(0, 59)
        minutes = rng.choice([0, 10**6, -(10**6), rng.randint(-3000, 3000)])
        moved = start + np.timedelta64(60 * hour + minute + minutes, "m")
        clock = tuple(int(part) for part in str(moved)[-5:].split(":"))
        assert dates.add_minutes(hour, minute, minutes) == clock


def test_iso_week() -> None:
    for year, month, day in some_dates(8):
        number = day_number(year, month, day)
        thursday = number - (number + 3) % 7 + 3
        week_year = int(str(np.datetime64(thursday, "D")).split("-")[0])
        week = (thursday - day_number(week_year, 1, 1)) // 7 + 1
        assert dates.iso_week(year, month, day) == (week_year, week)


def test_nth_weekday_of_month() -> None:
    rng = random.Random(9)
    for year, month, _ in some_dates(10):
        weekday, k = rng.randint(1, 7), rng.randint(1, 4)
        weeks = calendar.monthcalendar(year, month)
        days = [week[weekday - 1] for week in weeks if week[weekday - 1]]
        assert dates.nth_weekday_of_month(year, month, weekday, k) == days[k - 1]


@pytest.mark.parametrize("start", [1583, 1890, 1999, 2088, 9880])
def test_same_calendar_year(start: int) -> None:
    for year in range(start, start + 9):
        shape = calendar.calendar(year)[20:].split("\n", 1)[1]
        right = [
            later
            for later in range(year + 1, year + 41)
            if calendar.calendar(later)[20:].split("\n", 1)[1] == shape
        ]
        assert right and dates.same_calendar_year(year) == right[0]
        for later in range(year - 40, year + 60):
            assert dates.has_same_calendar(later, year) == (later in right)
