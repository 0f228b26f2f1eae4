"""The dates domain, checked against numpy and Python's calendar."""

from __future__ import annotations

import calendar
import random
from fractions import Fraction

import numpy as np
import pytest
from solvers import solvers

dates = solvers("dates")


def some_dates(seed: int) -> list[tuple[int, ...]]:
    """Edges and random dates of near and far years, with days beyond the month's end."""
    rng = random.Random(seed)
    found = [(0, 1, 1), (-(10**9), 12, 31), (2000, 2, 31), (1900, 2, 29), (2024, 3, 1)]
    for _ in range(300):
        year = rng.choice([rng.randint(-5000, 20000), rng.randint(1890, 2110)])
        if rng.random() < 0.1:
            year = rng.randint(-(10**9), 10**9)
        found.append((year, rng.randint(1, 12), rng.randint(1, 31)))
    return found


def day_number(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01 by numpy."""
    months = np.datetime64(year - 1970, "Y").astype("M8[M]") + np.int64(month - 1)
    return int(months.astype("M8[D]").astype(np.int64)) + day - 1


def date_of(number: int) -> tuple[int, ...]:
    """The date of a day number by numpy."""
    day = np.datetime64(number, "D")
    month, year = day.astype("M8[M]"), day.astype("M8[Y]")
    return (
        int(year.astype(np.int64)) + 1970,
        int((month - year.astype("M8[M]")).astype(np.int64)) + 1,
        int((day - month.astype("M8[D]")).astype(np.int64)) + 1,
    )


def test_days() -> None:
    for year, month, day in some_dates(1):
        number = day_number(year, month, day)
        assert dates.weekday_number(year, month, day) == (number + 3) % 7 + 1
        place = number - day_number(year, 1, 1) + 1
        assert dates.day_of_year(year, month, day) == place
        if 1 <= place <= 365 and date_of(number)[1:] == (month, day):
            assert dates.date_of_day(year, place) == (month, day)


def test_differences() -> None:
    rng = random.Random(2)
    for a, b in zip(some_dates(3), some_dates(4)[::-1], strict=True):
        expected = day_number(*b) - day_number(*a)
        assert dates.days_between(*a, *b) == expected
    for a in some_dates(5):
        days = rng.choice([0, 1, -1, 10**9, -(10**9), rng.randint(-(10**6), 10**6)])
        assert dates.add_days(*a, days) == date_of(day_number(*a) + days)


def test_count_leap_years() -> None:
    rng = random.Random(6)
    for _ in range(200):
        first = rng.randint(-3000, 9999)
        last = first + rng.randint(0, 1000)
        expected = sum(map(calendar.isleap, range(first, last + 1)))
        assert dates.count_leap_years(first, last) == expected
        assert dates.count_leap_years(last, first) == expected


def test_easter_sunday() -> None:
    known = {1583: (4, 10), 1818: (3, 22), 1943: (4, 25), 1954: (4, 18), 1981: (4, 19)}
    known |= {2000: (4, 23), 2008: (3, 23), 2019: (4, 21), 2024: (3, 31), 2025: (4, 20)}
    known |= {2038: (4, 25), 2049: (4, 18), 2076: (4, 19), 2285: (3, 22)}
    for year in [*range(0, 10000), *range(10000, 10**6, 997)]:
        a, b, c = year % 19, year // 100, year % 100
        d, e, g = b // 4, b % 4, (8 * b + 13) // 25
        h = (19 * a + b - d - g + 15) % 30
        rest = (32 + 2 * e + 2 * (c // 4) - h - c % 4) % 7
        m = (a + 11 * h + 22 * rest) // 451
        month, day = divmod(h + rest - 7 * m + 114, 31)
        assert dates.easter_sunday(year) == known.get(year, (month, day + 1))
        assert (month, day + 1) == known.get(year, (month, day + 1))


def test_clock() -> None:
    rng = random.Random(7)
    for hour in range(24):
        for minute in range(60):
            second = rng.choice([0, rng.randint(0, 59)])
            now = 3600 * hour + 60 * minute + second
            hands = Fraction(now, 12 * 3600), Fraction(now, 3600)
            gap = 360 * ((hands[0] - hands[1]) % 1)
            angle = dates.clock_angle(hour, minute, second)
            assert angle in (gap, 360 - gap) and angle <= 180
    start = np.datetime64("2001-01-01T00:00")
    for _ in range(300):
        hour, minute = rng.randint(0, 23), rng.randint(0, 59)
        minutes = rng.choice([0, 10**9, -(10**9), rng.randint(-3000, 3000)])
        moved = start + np.timedelta64(60 * hour + minute + minutes, "m")
        clock = tuple(int(part) for part in str(moved)[-5:].split(":"))
        assert dates.add_minutes(hour, minute, minutes) == clock


def test_iso_week() -> None:
    for year, month, day in some_dates(8):
        number = day_number(year, month, day)
        thursday = number - (number + 3) % 7 + 3
        week_year = date_of(thursday)[0]
        week = (thursday - day_number(week_year, 1, 1)) // 7 + 1
        assert dates.iso_week(year, month, day) == (week_year, week)


def test_nth_weekday_of_month() -> None:
    rng = random.Random(9)
    for year, month, _ in some_dates(10):
        weekday, k = rng.randint(1, 7), rng.randint(1, 4)
        weeks = calendar.monthcalendar(year % 400 + 400, month)
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
        for shift in (-400, -2000, 400 * 10**6):
            assert dates.same_calendar_year(year + shift) == right[0] + shift
