"""The days of a series: each week, from a day to a day; and how long preparing may take."""

from collections.abc import Collection
from datetime import date, timedelta
from decimal import Decimal

from relier.lib.days import public_holidays

# A school year and its summer: more days than that are a slip of the hand.
MOST_DAYS = 400


def weekly(first: date, last: date, weekdays: Collection[int] = ()) -> list[date]:
    """The days from `first` to `last`, both included, that fall on `weekdays` (0 is Monday); on the
    weekday of the first day, unsaid. Holidays are among them: see `is_holiday`. Raises ValueError
    where the end is before the beginning, or further than `MOST_DAYS`."""
    if not 0 <= (last - first).days <= MOST_DAYS:
        raise ValueError(f"{first} {last}")
    wanted = set(weekdays) or {first.weekday()}
    every = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in every if day.weekday() in wanted]


def is_holiday(day: date) -> bool:
    return day in public_holidays(day.year)


def preparation(remote_minutes: int, hours_for_one: Decimal) -> int:
    """Minutes that preparing may take, for so many minutes turned from face to face into distance:
    the rule of thumb of the field (`remote_preparation_hours` of legal.toml)."""
    return int(remote_minutes * hours_for_one)
