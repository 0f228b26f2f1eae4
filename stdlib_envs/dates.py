"""The Gregorian calendar and the clock."""

from __future__ import annotations

from fractions import Fraction
from typing import Any


def _left(given: dict[str, Any], **drawn: Any) -> Any:
    """The drawn parameters that were not given: one value, or a tuple of them."""
    rest = tuple(value for name, value in drawn.items() if name not in given)
    return rest[0] if len(rest) == 1 else rest


def _is_leap(year: int) -> bool:
    """Whether ``year`` is a leap year."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _days_of(month: int) -> int:
    """The number of days of a month of an ordinary year."""
    return (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def _leap_years_upto(year: int) -> int:
    """The number of leap years in ``1..year``, minus those in ``year+1..0``."""
    return year // 4 - year // 100 + year // 400


def _first_of(year: int) -> int:
    """The number of the first day of a year; 1 is the first day of year 1, a Monday."""
    return 365 * (year - 1) + _leap_years_upto(year - 1) + 1


def _number_of(year: int, month: int, day: int) -> int:
    """The number of a day."""
    before = sum(map(_days_of, range(1, month))) + (month > 2 and _is_leap(year))
    return _first_of(year) + before + day - 1


def _year_of(number: int) -> int:
    """The year of the day with a number."""
    # 400 years have 146097 days; no year is longer than 366.
    year = 400 * ((number - 1) // 146097) + 1
    year += (number - _first_of(year)) // 366
    while _first_of(year + 1) <= number:
        year += 1
    return year


def _date_of(number: int) -> tuple[int, int, int]:
    """Year, month and day of the day with a number."""
    year = _year_of(number)
    month = 1
    while month < 12 and _number_of(year, month + 1, 1) <= number:
        month += 1
    return year, month, number - _number_of(year, month, 1) + 1


def _some_year(rng: Any, level: int) -> int:
    """Draw a year nearer to ours at lower levels."""
    return int(rng.randint(2020 - 4 * level**2, 2030 + 110 * level**2))


def _some_date(rng: Any, level: int, given: dict[str, Any], later: str = "") -> Any:
    """Draw year, month and day, keeping those that are given."""
    year = given.get(f"{later}year", _some_year(rng, level))
    day = given.get(f"{later}day", 1)
    months = [month for month in range(1, 13) if _days_of(month) >= day]
    month = given.get(f"{later}month", rng.choice(months))
    return year, month, given.get(f"{later}day", rng.randint(1, _days_of(month)))


def weekday_number(year: int, month: int, day: int) -> int:
    """The weekday from 1 (Monday) to 7 (Sunday)."""
    return (_number_of(year, month, day) - 1) % 7 + 1


def date_near_now(rng: Any, level: int, **given: Any) -> Any:
    """Draw a date, nearer to our time at lower levels."""
    year, month, day = _some_date(rng, level, given)
    return _left(given, year=year, month=month, day=day)


def day_of_year(year: int, month: int, day: int) -> int:
    """The number of the day within its year, from 1."""
    return _number_of(year, month, day) - _first_of(year) + 1


def date_of_day(year: int, k: int) -> tuple[int, int]:
    """The month and the day of the ``k``-th day of a year."""
    _, month, day = _date_of(_first_of(year) + k - 1)
    return month, day


def year_and_day(rng: Any, level: int, **given: Any) -> Any:
    """Draw a year, nearer to ours at lower levels, and a day of it."""
    return _left(given, year=_some_year(rng, level), k=rng.randint(20, 365))


def days_between(
    year: int, month: int, day: int, later_year: int, later_month: int, later_day: int
) -> int:
    """The number of days from the first date to the second."""
    later = _number_of(later_year, later_month, later_day)
    return later - _number_of(year, month, day)


def two_dates(rng: Any, level: int, **given: Any) -> Any:
    """Draw two dates, the second usually some years after the first."""
    year, month, day = _some_date(rng, level, given)
    lowest, highest = 2020 - 4 * level**2, 2030 + 111 * level**2
    near = year + rng.randint(0, level**2)
    shifted = {"later_year": max(lowest, min(highest, near))}
    later = _some_date(rng, level, shifted | given, "later_")
    return _left(
        given,
        year=year,
        month=month,
        day=day,
        later_year=later[0],
        later_month=later[1],
        later_day=later[2],
    )


def add_days(year: int, month: int, day: int, days: int) -> tuple[int, int, int]:
    """The date ``days`` days after the given one."""
    return _date_of(_number_of(year, month, day) + days)


def date_and_days(rng: Any, level: int, **given: Any) -> Any:
    """Draw a date and a number of days."""
    year, month, day = _some_date(rng, level, given)
    days = rng.randint(-10 * level**3, 15 * level**3)
    return _left(given, year=year, month=month, day=day, days=days)


def count_leap_years(first: int, last: int) -> int:
    """The number of leap years from one year to another, in either order."""
    first, last = sorted([first, last])
    return _leap_years_upto(last) - _leap_years_upto(first - 1)


def range_of_years(rng: Any, level: int, **given: Any) -> Any:
    """Draw two years with some leap years between them."""
    least, most = 2020 - 4 * level**2 - 50 * level, 2030 + 5 * level**2 - 50 * level
    last = most + rng.randint(8, 8 + 40 * level)
    return _left(given, first=rng.randint(least, most), last=last)


def easter_sunday(year: int) -> tuple[int, int]:
    """Month and day of Easter, by the anonymous Gregorian computus."""
    golden, century = year % 19, year // 100
    skipped = century - century // 4 - (8 * century + 13) // 25
    age = (skipped + 19 * golden + 15) % 30
    age -= age // 28 * (1 - 29 // (age + 1) * ((21 - golden) // 11))
    weekday = (year + year // 4 + age + 2 - century + century // 4) % 7
    offset = age - weekday
    month = 3 + (offset + 40) // 44
    return month, offset + 28 - 31 * (month // 4)


def year_near_now(rng: Any, level: int, **given: Any) -> int:
    """Draw a year, nearer to ours at lower levels."""
    return _some_year(rng, level)


def clock_angle(hour: int, minute: int, second: int) -> Fraction:
    """The smaller angle between the hands, in degrees."""
    # In a second, the hour hand moves by 1/120 of a degree and the minute hand by 12/120.
    seconds = 60 * minute + second
    angle = abs(hour % 12 * 3600 + seconds - 12 * seconds)
    return Fraction(min(angle, 360 * 120 - angle), 120)


def add_minutes(hour: int, minute: int, minutes: int) -> tuple[int, int]:
    """The time of day ``minutes`` minutes later."""
    return divmod((60 * hour + minute + minutes) % 1440, 60)


def iso_week(year: int, month: int, day: int) -> tuple[int, int]:
    """The ISO year and the ISO week of a date: those of the Thursday of its week."""
    number = _number_of(year, month, day)
    thursday = number - (number - 1) % 7 + 3
    week_year = _year_of(thursday)
    return week_year, (thursday - _first_of(week_year)) // 7 + 1


def nth_weekday_of_month(year: int, month: int, weekday: int, k: int) -> int:
    """The day of the month of its ``k``-th given weekday."""
    first = weekday_number(year, month, 1)
    return 1 + (weekday - first) % 7 + 7 * (k - 1)


def year_month_weekday(rng: Any, level: int, **given: Any) -> Any:
    """Draw a month, nearer to our time at lower levels, and a weekday of it."""
    return _left(
        given,
        year=_some_year(rng, level),
        month=rng.randint(1, 12),
        weekday=rng.randint(1, 7),
        k=rng.randint(1, 4),
    )


def same_calendar_year(year: int) -> int:
    """The first later year with the same calendar."""
    later = year + 1
    while not has_same_calendar(later, year):
        later += 1
    return later


def has_same_calendar(answer: int, year: int) -> bool:
    """Whether a later year within 40 years has the same calendar as ``year``."""
    if not year < answer <= year + 40:
        return False
    same_start = weekday_number(answer, 1, 1) == weekday_number(year, 1, 1)
    return same_start and _is_leap(answer) == _is_leap(year)
