"""Sheets with one column per day, people in rows: which columns are days, and of which month.

The day stands in the line of the headings; the month and the year where the heading leaves them
out: in a line above it (at this column, or the nearest before it), in the name of the sheet or of
the file, or said once by a human. A column whose day cannot be told keeps its `fault`, a code of
`problems.py`: none of its cells is read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from relier.lib.spreadsheets import Cell, Kind, Row, Sheet
from relier.lib.spreadsheets.headings import DaySaid, MonthSaid, day_said, month_said, weekdays_said

# Fewer columns with a day are no sheet by day.
LEAST_DAYS = 2
# Lines above the headings where a month may stand.
ABOVE = 12


@dataclass(frozen=True)
class DayColumn:
    """`heading`: as it stands. Without a day, `fault` says why."""

    column: int
    heading: str
    day: date | None = None
    fault: str = ""


@dataclass(frozen=True)
class Days:
    """`asks_month`, `asks_year`: some heading leaves it out, and nothing in the sheet says it.
    `weekday_line`: the line below the headings where the days of the week stand, 0 for none."""

    columns: list[DayColumn]
    asks_month: bool = False
    asks_year: bool = False
    weekday_line: int = 0

    @property
    def read(self) -> list[DayColumn]:
        return [one for one in self.columns if one.day]

    @property
    def unread(self) -> list[DayColumn]:
        return [one for one in self.columns if not one.day]

    def at(self) -> set[int]:
        return {one.column for one in self.columns}


def days_of(
    sheet: Sheet, heading: int, *, called: str = "", month: int | None = None,
    year: int | None = None,
) -> Days:  # fmt: skip
    """The columns of days, from left to right. `called`: the name of the file; `month`, `year`:
    what a human said, for what the sheet leaves out."""
    row = _row(sheet, heading)
    if row is None:
        return Days([])
    candidates = _candidates(row)
    if len(candidates) < LEAST_DAYS:
        return Days([])
    beside = [one for one in sheet.rows if _says_weekdays(one, heading, candidates)]
    finding = _Finding(sheet, heading, called, MonthSaid(month, year), beside)
    found = [finding.column(at, row.at(at), said) for at, said in candidates.items()]
    found = [*_once(found), *_nameless(sheet, row, candidates)]
    below = next((one.line for one in beside if one.line > heading), 0)
    found.sort(key=lambda one: one.column)
    return Days(found, finding.asks_month, finding.asks_year, below)


def how_many_days(row: Row) -> int:
    """How much a line looks like headings of days: what `columns.best_guess` weighs."""
    said = [one for one in _candidates(row).values() if one]
    days = {(one.month, one.day) for one in said}
    return len(said) if len(days) == len(said) >= LEAST_DAYS else 0


def _row(sheet: Sheet, line: int) -> Row | None:
    return next((row for row in sheet.rows if row.line == line), None)


def _candidates(row: Row) -> dict[int, DaySaid | None]:
    """Columns that say a day; and formulas that follow one, which may well be the next day."""
    found: dict[int, DaySaid | None] = {}
    for at, cell in enumerate(row.cells):
        said = day_said(cell)
        if said or (cell.kind is Kind.FORMULA and at - 1 in found):
            found[at] = said
    while found and found[max(found)] is None and row.at(max(found)).text.upper().count("SUM"):
        found.pop(max(found))  # a total
    return found


class _Finding:
    def __init__(
        self, sheet: Sheet, heading: int, called: str, said: MonthSaid, beside: Sequence[Row]
    ) -> None:
        above = [row for row in sheet.rows if row.line < heading]
        self._above = list(reversed(above[-ABOVE:]))
        self._beside = beside
        self._around = [month_said(text) for text in (sheet.title, called)]
        self._around += [month_said(cell.text) for row in self._above for cell in _texts(row)]
        self._said = said
        self.asks_month = self.asks_year = False

    def column(self, at: int, cell: Cell, said: DaySaid | None) -> DayColumn:
        heading = cell.text if cell.kind is not Kind.FORMULA else ""
        if said is None:
            return DayColumn(at, heading, fault="day_formula")
        month, year = said.month, said.year
        if month is None:
            month, near_year = self._month_at(at)
            year = year or near_year
        if year is None:
            year = self._year(month)
        if month is None or year is None:
            return DayColumn(at, heading, fault="day_unsaid")
        return self._dated(at, heading, said, month, year)

    def _dated(self, at: int, heading: str, said: DaySaid, month: int, year: int) -> DayColumn:
        try:
            day = date(year, month, said.day)
        except ValueError:
            return DayColumn(at, heading, fault="no_such_day")
        for weekdays in (said.weekdays, *(weekdays_said(row.at(at)) for row in self._beside)):
            if weekdays and day.weekday() not in weekdays:
                return DayColumn(at, heading, fault="weekday_differs")
        return DayColumn(at, heading, day)

    def _month_at(self, at: int) -> tuple[int | None, int | None]:
        for row in self._above:
            for column in range(min(at, len(row.cells) - 1), -1, -1):
                found = _month_of(row.at(column))
                if found.month:
                    return found.month, found.year_of(found.month)
        months = {one.month for one in self._around if one.month}
        if len(months) == 1:
            return months.pop(), None
        self.asks_month = True
        return self._said.month, None

    def _year(self, month: int | None) -> int | None:
        years = {one.year_of(month) if month else one.year for one in self._around if one.year}
        if len(years) == 1:
            return years.pop()
        self.asks_year = True
        return self._said.year


def _says_weekdays(row: Row, heading: int, candidates: Iterable[int]) -> bool:
    """« L M M J V » just above or below the headings. Somebody who was ill all month (« M ») has
    the same letter everywhere, and a name before it."""
    if abs(row.line - heading) != 1:
        return False
    filled = [row.at(at) for at in candidates if row.at(at).text]
    named = row.line > heading and any(cell.text for cell in row.cells[: min(candidates)])
    different = {cell.text for cell in filled}
    return (
        not named and len(different) >= LEAST_DAYS and all(weekdays_said(cell) for cell in filled)
    )


def _texts(row: Row) -> Iterable[Cell]:
    return [cell for cell in row.cells if cell.text and cell.kind in (Kind.TEXT, Kind.DAY)]


def _month_of(cell: Cell) -> MonthSaid:
    """A title, or a day of the month that a program shows as « février 2026 »."""
    if cell.kind is Kind.DAY:
        return month_said(cell.text[:7])
    return month_said(cell.text) if cell.kind is Kind.TEXT else MonthSaid()


def _once(columns: Sequence[DayColumn]) -> list[DayColumn]:
    """A day that stands twice is not read the second time: nothing says which is which."""
    seen: set[date] = set()
    found = []
    for one in columns:
        if one.day in seen:
            one = DayColumn(one.column, one.heading, fault="day_twice")
        elif one.day:
            seen.add(one.day)
        found.append(one)
    return found


def _nameless(sheet: Sheet, row: Row, candidates: Iterable[int]) -> list[DayColumn]:
    """Columns between the days that bear no heading, and hold something below."""
    first, last = min(candidates), max(candidates)
    below = [one for one in sheet.rows if one.line > row.line + 1]
    return [
        DayColumn(at, "", fault="day_nameless")
        for at in range(first + 1, last + 2)
        if not row.at(at).text and any(one.at(at).text for one in below)
    ]
