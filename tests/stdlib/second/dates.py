"""Second solvers for dates, written from the wording alone."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from fractions import Fraction

# Weekdays and dates repeat every 400 years, so any year has a double in 2000..2399.
CYCLE = date(2400, 1, 1) - date(2000, 1, 1)


def moved(year: int, month: int, day: int) -> tuple[int, date]:
    """How many cycles a date lies off, and its double."""
    cycles, place = divmod(year - 2000, 400)
    return cycles, date(2000 + place, month, 1) + timedelta(days=day - 1)


def weekday_number(year: int, month: int, day: int) -> int:
    return moved(year, month, day)[1].isoweekday()


def day_of_year(year: int, month: int, day: int) -> int:
    _, double = moved(year, month, day)
    return (double - date(double.year, 1, 1)).days + 1


def date_of_day(year: int, k: int) -> tuple[int, int]:
    _, first = moved(year, 1, 1)
    found = first + timedelta(days=k - 1)
    return found.month, found.day


def days_between(
    year: int, month: int, day: int, later_year: int, later_month: int, later_day: int
) -> int:
    cycles, first = moved(year, month, day)
    more, second = moved(later_year, later_month, later_day)
    return (second - first).days + (more - cycles) * CYCLE.days


def add_days(year: int, month: int, day: int, days: int) -> tuple[int, int, int]:
    cycles, double = moved(year, month, day)
    more, rest = divmod(days, CYCLE.days)
    found = double + timedelta(days=rest)
    return found.year + 400 * (cycles + more), found.month, found.day


def count_leap_years(first: int, last: int) -> int:
    years = range(min(first, last), max(first, last) + 1)
    return sum(y % 4 == 0 and y % 100 != 0 or y % 400 == 0 for y in years)


def easter_sunday(year: int) -> tuple[int, int]:
    # Gauss's algorithm with the lunar and solar corrections of the Gregorian calendar
    k = year // 100
    m = (15 + k - k // 4 - (13 + 8 * k) // 25) % 30
    n = (4 + k - k // 4) % 7
    a = year % 19
    d = (19 * a + m) % 30
    e = (2 * (year % 4) + 4 * (year % 7) + 6 * d + n) % 7
    day = 22 + d + e
    if (d, e) == (29, 6) or ((d, e) == (28, 6) and a > 10):
        day -= 7
    return (3, day) if day <= 31 else (4, day - 31)


def clock_angle(hour: int, minute: int, second: int) -> Fraction:
    minutes = minute + Fraction(second, 60)
    short_hand = (hour % 12 * 60 + minutes) / 2
    angle = (short_hand - 6 * minutes) % 360
    return min(angle, 360 - angle)


def add_minutes(hour: int, minute: int, minutes: int) -> tuple[int, int]:
    total = (60 * hour + minute + minutes) % (24 * 60)
    return total // 60, total % 60


def iso_week(year: int, month: int, day: int) -> tuple[int, int]:
    cycles, double = moved(year, month, day)
    found = double.isocalendar()
    return found.year + 400 * cycles, found.week


def nth_weekday_of_month(year: int, month: int, weekday: int, k: int) -> int:
    days = range(1, calendar.monthrange(2000 + year % 400, month)[1] + 1)
    return [d for d in days if weekday_number(year, month, d) == weekday][k - 1]


def same_calendar_year(year: int) -> int:
    def kind(y: int) -> tuple[int, bool]:
        return weekday_number(y, 1, 1), calendar.isleap(y)

    return next(y for y in range(year + 1, year + 41) if kind(y) == kind(year))
