"""Days of Belgium: its legal holidays, and counting in working days and in months."""

from calendar import monthrange
from datetime import date, timedelta
from functools import cache

from holidays import country_holidays

SATURDAY = 5


@cache
def public_holidays(year: int) -> frozenset[date]:
    """The legal holidays of Belgium that year (kept by the `holidays` library)."""
    return frozenset(country_holidays("BE", years=year))


def is_working_day(day: date) -> bool:
    """Monday to Friday, but for the legal holidays. A centre's own closing days are not known."""
    return day.weekday() < SATURDAY and day not in public_holidays(day.year)


def after_working_days(day: date, count: int) -> date:
    """The working day that comes `count` working days after `day`, which is not counted.

    Raises ValueError for a count below one: an answer of the same day needs no counting.
    """
    if count < 1:
        raise ValueError("At least one working day.")
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def after_months(day: date, count: int) -> date:
    """The same day of the month `count` months later; the last of a month that is too short."""
    months = day.month - 1 + count
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
