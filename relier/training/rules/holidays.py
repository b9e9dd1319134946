"""School holidays as dated settings: what comes with Relier (`school_holidays.toml`), then what a
centre says of some days, the latest last. Nothing here knows a database."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """Days of school holidays, both included, the text they stand in, and what is not certain."""

    first_on: date
    last_on: date
    source: Mapping[str, str]
    doubt: Mapping[str, str]

    def days(self) -> Iterable[date]:
        return days_between(self.first_on, self.last_on)


@dataclass(frozen=True)
class Said:
    """What a centre says of some days: that they are school holidays, or that they are not."""

    first_on: date
    last_on: date
    is_holiday: bool


def days_between(first: date, last: date) -> list[date]:
    return [first + A_DAY * n for n in range((last - first).days + 1)]


@cache
def shipped() -> tuple[Period, ...]:
    file = resources.files(__package__) / "school_holidays.toml"
    found = []
    for text in tomllib.loads(file.read_text(encoding="utf-8")).values():
        source = {"fr": text["source_fr"], "en": text["source_en"]}
        doubt = {"fr": text["doubt_fr"], "en": text["doubt_en"]}
        found += [Period(first, last, source, doubt) for first, last in text["periods"]]
    return tuple(sorted(found, key=lambda period: period.first_on))


def periods_of(year: int) -> list[Period]:
    """Those that touch a calendar year, the earliest first; none for a year that is not known."""
    return [p for p in shipped() if p.first_on.year <= year <= p.last_on.year]


def is_known(year: int) -> bool:
    """Whether the calendar covers the whole year: without it, weeks would be drawn in holidays that
    nobody wrote down."""
    ends = [period.last_on for period in shipped()]
    begins = min(period.first_on for period in shipped())
    # A year is whole once the holidays of its winter stand, which end in the next one.
    return begins.year < year < max(ends).year


def holidays(year: int, said: Iterable[Said] = ()) -> frozenset[date]:
    """Every day of school holidays of a calendar year. `said`: the earliest said first."""
    days = {day for period in periods_of(year) for day in period.days()}
    for one in said:
        named = set(days_between(one.first_on, one.last_on))
        days = days | named if one.is_holiday else days - named
    return frozenset(day for day in days if day.year == year)
