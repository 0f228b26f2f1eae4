"""Second solvers for dates, written from the wording alone."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from fractions import Fraction


def weekday_number(year: int, month: int, day: int) -> int:
    return date(year, month, day).isoweekday()


def day_of_year(year: int, month: int, day: int) -> int:
    return (date(year, month, day) - date(year, 1, 1)).days + 1


def date_of_day(year: int, k: int) -> tuple[int, int]:
    found = date(year, 1, 1) + timedelta(days=k - 1)
    return found.month, found.day


def days_between(
    year: int, month: int, day: int, later_year: int, later_month: int, later_day: int
) -> int:
    return (date(later_year, later_month, later_day) - date(year, month, day)).days


def add_days(year: int, month: int, day: int, days: int) -> tuple[int, int, int]:
    found = date(year, month, day) + timedelta(days=days)
    return found.year, found.month, found.day


def count_leap_years(first: int, last: int) -> int:
    years = range(first, last + 1)
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


def clock_angle(hour: int, minute: int) -> Fraction:
    short_hand = Fraction(hour % 12 * 60 + minute, 2)
    angle = (short_hand - 6 * minute) % 360
    return min(angle, 360 - angle)


def add_minutes(hour: int, minute: int, minutes: int) -> tuple[int, int]:
    total = (60 * hour + minute + minutes) % (24 * 60)
    return total // 60, total % 60


def iso_week(year: int, month: int, day: int) -> tuple[int, int]:
    # count days as if 400 years earlier or later, so that no date leaves the calendar
    shift = 0 if year < 9900 else 400
    found = date(year - shift, month, day).isocalendar()
    return found.year + shift, found.week


def nth_weekday_of_month(year: int, month: int, weekday: int, k: int) -> int:
    days = range(1, calendar.monthrange(year, month)[1] + 1)
    return [d for d in days if date(year, month, d).isoweekday() == weekday][k - 1]


def same_calendar_year(year: int) -> int:
    def kind(y: int) -> tuple[int, bool]:
        return date(y, 1, 1).weekday(), calendar.isleap(y)

    return next(y for y in range(year + 1, year + 41) if kind(y) == kind(year))
