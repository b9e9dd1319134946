"""What the heading of a column says of a day, and a title of a month: « lu 3/2 », « 03/02/26 »,
« 3 févr. », « 14 », « Présences de février 2026 ». Whatever is left out stays unknown here.
"""

import re
from datetime import date
from typing import Final, NamedTuple

from .book import Cell, Kind
from .saying import bare, day_of_serial, month_named

_WEEKDAYS: Final = {
    name: frozenset(days)
    for names, days in (
        ("lundi lun lu l monday mon mo", (0,)),
        ("mardi mar ma tuesday tue tu", (1,)),
        ("m", (1, 2)),
        ("mercredi mer me wednesday wed we w", (2,)),
        ("jeudi jeu je j thursday thu th", (3,)),
        ("t", (1, 3)),
        ("vendredi ven ve v friday fri fr f", (4,)),
        ("samedi sam sa saturday sat", (5,)),
        ("s", (5, 6)),
        ("dimanche dim di d sunday sun su", (6,)),
    )
    for name in names.split()
}  # fmt: skip
_DAY: Final = re.compile(
    r"(?:([a-z]+)\.?,?\s*)?(\d{1,2})(?:er|st|nd|rd|th)?"
    r"(?:[\s/.\-]+(\d{1,2}|[a-z]{3,9})\.?(?:[\s/.\-]+(\d{4}|\d{2}))?)?"
)
_ISO: Final = re.compile(r"(20\d\d)-(\d{1,2})-(\d{1,2})(?:[t ].*)?")
_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_WORD: Final = re.compile(r"([a-z]{3,9})\.?(?:[\s/.\-]*(20\d\d|(?<=[\s/.\-])\d\d)(?!\d))?")
_FIGURES: Final = (
    re.compile(r"(?<![\d/.\-])(?P<month>\d{1,2})[/.\- ](?P<year>20\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>20\d\d)[/.\- ](?P<month>\d{2})(?!\d|[/.\-]\d)"),
)
# From a day to a day; one day alone may be that of the printing.
_FULL: Final = re.compile(r"(?<!\d)\d{1,2}[/.\-](?P<month>\d{1,2})[/.\-](?P<year>20\d\d)(?!\d)")
# Alone, without a year, only these are surely months: « Jan » and « May » are people.
_WHOLE_NAMES: Final = frozenset(
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre "
    "january february april june july august september october november december".split()
)


class DaySaid(NamedTuple):
    """`weekdays`: those that the heading may mean, Monday is 0; empty where it says none."""

    day: int
    month: int | None = None
    year: int | None = None
    weekdays: frozenset[int] = frozenset()


class MonthSaid(NamedTuple):
    """`until_year`: the second of two years that follow one another (a school year)."""

    month: int | None = None
    year: int | None = None
    until_year: int | None = None

    def year_of(self, month: int) -> int | None:
        """A school year turns in August."""
        return self.until_year if self.until_year and month < 8 else self.year


def day_said(cell: Cell) -> DaySaid | None:
    """None where the cell says no day."""
    if cell.kind is Kind.DAY:
        return _of_date(_date(cell.text))
    if cell.kind is Kind.NUMBER:
        return _of_number(cell.text)
    return _of_text(bare(cell.text)) if cell.kind is Kind.TEXT else None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _of_date(day: date | None) -> DaySaid | None:
    return DaySaid(day.day, day.month, day.year) if day else None


def _of_number(text: str) -> DaySaid | None:
    if text.isdigit() and 1 <= int(text) <= 31:
        return DaySaid(int(text))
    return _of_date(day_of_serial(text))


def _of_text(text: str) -> DaySaid | None:
    if found := _ISO.fullmatch(text):
        return _checked(int(found[3]), int(found[2]), int(found[1]), frozenset())
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    weekdays = _WEEKDAYS.get(found[1] or "", frozenset())
    if found[1] and not weekdays:
        return None
    month = None
    if found[3]:
        month = int(found[3]) if found[3].isdigit() else month_named(found[3])
        if month is None:
            return None
    year = found[4] and int(found[4]) + (2000 if len(found[4]) == 2 else 0)
    return _checked(int(found[2]), month, year or None, weekdays)


def _checked(
    day: int, month: int | None, year: int | None, weekdays: frozenset[int]
) -> DaySaid | None:
    if not 1 <= day <= 31 or not 1 <= (month or 1) <= 12:
        return None
    return DaySaid(day, month, year, weekdays)


def weekdays_said(cell: Cell) -> frozenset[int]:
    """« L », « mar. »: the days of the week it may mean; none where it says anything else."""
    if cell.kind is not Kind.TEXT:
        return frozenset()
    return _WEEKDAYS.get(bare(cell.text).rstrip("."), frozenset())


def month_said(text: str) -> MonthSaid:
    """The one month and the year that a title names; nothing of what it says two ways."""
    said = bare(text).replace("_", " ")
    named: set[tuple[int, int | None]] = set()
    full = list(_FULL.finditer(said))
    figures = [found for pattern in _FIGURES for found in pattern.finditer(said)]
    for found in figures + (full if len(full) > 1 else []):
        if 1 <= int(found["month"]) <= 12:
            named.add((int(found["month"]), int(found["year"])))
    for found in _WORD.finditer(said):
        month = month_named(found[1])
        is_alone = said.rstrip(".") == found[1]  # a tab that is called « janv »
        if month and (found[2] or is_alone or found[1] in _WHOLE_NAMES):
            year = int(found[2]) % 100 + 2000 if found[2] else None
            named.add((month, year))
    months = {month for month, _year in named}
    years = {int(year) for year in _YEAR.findall(said)}
    years |= {year for _month, year in named if year}
    month = months.pop() if len(months) == 1 else None
    if len(years) == 2 and max(years) - min(years) == 1:
        return MonthSaid(month, min(years), max(years))
    return MonthSaid(month, years.pop() if len(years) == 1 else None)
