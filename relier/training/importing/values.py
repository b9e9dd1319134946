"""A cell -> a value, or what is wrong with it.

`Reader` reads the cells of one line and gathers what is wrong; a value that is wrong is None or "",
and the line then stays out (`problems.stopped`).
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta
from typing import Any, Final

from relier.lib.names import fold
from relier.lib.spreadsheets import Cell, Kind, Row, letters
from relier.lib.spreadsheets.saying import day_of_serial, days_of, hour_of, number_of
from relier.training.rules.durations import HOUR, MINUTES_FROM, minutes_of, told
from relier.ui.dates import short_day

from .columns import meaning_of
from .problems import Problem

A_DAY: Final = 24 * HOUR
EXCEL_FORM: Final = re.compile(r"\d(?:[.,]\d+)?[eE][+-]?\d+")
# Of a Belgian number, with or without +32: eight or nine digits after the first zero.
_PHONE: Final = re.compile(r"(?:\+|00)\d{8,14}|0\d{8,9}")
_LOST: Final = re.compile(r"[1-9]\d{7,8}")
# What stands below a table and is no name: a legend, a remark.
MOST_WORDS: Final = 8
NO_NAME: Final = re.compile(r"[:;=*!?]")
# How a spreadsheet program writes a duration into a CSV.
_CLOCK: Final = re.compile(r"(\d{1,3}):([0-5]\d):[0-5]\d")
_NO_DIGIT: Final = re.compile(r"[\s./\-()]")


class Columns:
    """Where each meaning stands in a sheet, and whether its days may be read two ways."""

    def __init__(self, what: str, columns: Mapping[int, str], rows: Sequence[Row], form: str):
        self.what = what
        self.at = {name: column for column, name in columns.items()}
        self.of_workbook = form != "csv"
        self._rows = rows
        self._month_first: dict[str, bool] = {}
        self._has_days: dict[str, bool] = {}

    def __contains__(self, name: str) -> bool:
        return name in self.at

    def letters(self, name: str) -> str:
        return letters(self.at[name]) if name in self.at else ""

    def has_days(self, name: str) -> bool:
        """Whether the column holds days of the spreadsheet program: a text beside them may be what
        it could not turn into a day, while it turned others round."""
        if name not in self._has_days:
            column = self.at[name]
            self._has_days[name] = any(row.at(column).kind is Kind.DAY for row in self._rows)
        return self._has_days[name]

    def has_month_first(self, name: str, latest: date) -> bool:
        """Whether some day of the column can only be read with the month first: the others that
        could be read both ways are then not guessed."""
        if name not in self._month_first:
            column = self.at[name]
            cells = (row.at(column) for row in self._rows)
            texts = (cell.text for cell in cells if cell.kind is Kind.TEXT and cell.text)
            found = (days_of(text, latest=latest) for text in texts)
            self._month_first[name] = any(
                one.day_first is None and one.month_first is not None for one in found
            )
        return self._month_first[name]


class Reader:
    """The cells of a line, by what their columns are."""

    def __init__(self, row: Row, columns: Columns, *, today: date) -> None:
        self.row, self.columns, self.today = row, columns, today
        self.problems: list[Problem] = []

    def wrong(self, name: str, code: str, **gaps: Any) -> None:
        said = {key: str(value)[:80] for key, value in gaps.items()}
        self.problems.append(Problem(self.row.line, self.columns.letters(name), code, said))

    def cell(self, name: str) -> Cell | None:
        """None where there is no such column, where nothing is written, or where what is there is
        not read."""
        if name not in self.columns:
            return None
        cell = self.row.at(self.columns.at[name])
        if not cell.text:
            return None
        if cell.kind is Kind.FORMULA:
            self.wrong(name, "formula")
            return None
        if cell.kind is Kind.ERROR:
            self.wrong(name, "error", said=cell.text)
            return None
        return cell

    def is_blank(self, name: str) -> bool:
        return name not in self.columns or not self.row.at(self.columns.at[name]).text

    def needed(self, name: str) -> None:
        """Say that nothing is there, where nothing is (what is wrong was said otherwise)."""
        if self.is_blank(name):
            meaning = meaning_of(self.columns.what, name)
            self.wrong(name, "empty", what=meaning.label if meaning else name)

    # --- words -----------------------------------------------------------------------------------

    def words(self, name: str, most: int) -> str:
        cell = self.cell(name)
        if cell is None:
            return ""
        if cell.kind is not Kind.TEXT:
            self.wrong(name, "not_text", said=cell.text)
        text = " ".join(cell.text.split())
        if len(text) > most:
            self.wrong(name, "too_long", most=most)
            return ""
        return text

    def name(self, name: str, most: int = 80) -> str:
        text = self.words(name, most)
        if text and not fold(text).strip("0123456789 "):
            self.wrong(name, "no_letter", said=text)
            return ""
        if len(text.split()) > MOST_WORDS or NO_NAME.search(text):
            self.wrong(name, "no_name", said=text)
            return ""
        return text

    def choice(self, name: str, choices: Mapping[str, str], shown: str) -> str:
        """`choices`: a word in bare letters -> its value. `shown`: those to choose from."""
        text = self.words(name, 80)
        if not text:
            return ""
        found = choices.get(fold(text))
        if found is None:
            self.wrong(name, "not_listed", said=text, most=shown)
            return ""
        return found

    # --- what identifies -------------------------------------------------------------------------

    def identifier(self, name: str) -> str:
        """Kept as the text it is; a number is no identifier any more."""
        cell = self.cell(name)
        if cell is None:
            return ""
        if EXCEL_FORM.fullmatch(cell.text):
            self.wrong(name, "exponent", said=cell.text)
            return ""
        if cell.kind is not Kind.TEXT:
            self.wrong(name, "became_number", said=cell.text)
            return ""
        return cell.text[:80]

    def phone(self, name: str) -> str:
        cell = self.cell(name)
        if cell is None:
            return ""
        digits = _NO_DIGIT.sub("", cell.text)
        if EXCEL_FORM.fullmatch(cell.text):
            self.wrong(name, "exponent", said=cell.text)
        elif _LOST.fullmatch(digits):
            self.wrong(name, "zero_lost", said=cell.text)
        elif len(cell.text) > 40 or not _PHONE.match(digits):
            self.wrong(name, "phone", said=cell.text)
        else:
            return cell.text
        return ""

    def national_number(self, name: str) -> None:
        """Read to say that it is wrong, and kept nowhere."""
        cell = self.cell(name)
        if cell is None:
            return
        if EXCEL_FORM.fullmatch(cell.text):
            self.wrong(name, "exponent", said="…")
        elif not is_national_number(_NO_DIGIT.sub("", cell.text)):
            self.wrong(name, "national_number")

    # --- days, hours, how long -------------------------------------------------------------------

    def day(self, name: str, *, latest: date | None = None) -> date | None:
        cell = self.cell(name)
        if cell is None:
            return None
        if cell.kind is Kind.DAY:
            return self._iso(name, cell.text)
        if cell.kind is Kind.NUMBER or cell.text.isdigit():
            day = day_of_serial(cell.text)
            if day is None:
                self.wrong(name, "not_day", said=cell.text)
            else:
                self.wrong(name, "serial_day", day=short_day(day))
            return day
        if cell.kind is not Kind.TEXT:
            self.wrong(name, "not_day", said=cell.text)
            return None
        return self._text_day(name, cell.text, latest or self.today + timedelta(days=3660))

    def _iso(self, name: str, text: str) -> date | None:
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.wrong(name, "not_day", said=text)
            return None

    def _text_day(self, name: str, text: str, latest: date) -> date | None:
        found = days_of(text, latest=latest)
        is_mixed = self.columns.of_workbook and self.columns.has_days(name)
        unsure = is_mixed or self.columns.has_month_first(name, latest)
        first, second = found.day_first, found.month_first
        if unsure and first and second and first != second:
            self.wrong(
                name, "two_ways", first=short_day(first), second=short_day(second), iso=first
            )  # fmt: skip
            return None
        if found.day_first is None:
            self.wrong(name, "not_day", said=text)
            return None
        if is_mixed:
            self.wrong(name, "text_day", day=short_day(found.day_first))
        return found.day_first

    def birth(self, name: str) -> date | None:
        day = self.day(name, latest=self.today)
        if day is None:
            return None
        if day > self.today:
            self.wrong(name, "future_birth", day=short_day(day))
            return None
        if day.year < self.today.year - 120:
            self.wrong(name, "old_birth", day=short_day(day))
            return None
        return day

    def near_day(self, name: str, *, past: bool = False) -> date | None:
        """A day whose year is no slip of the hand; `past`: that has come."""
        day = self.day(name)
        if day is None:
            return None
        if past and day > self.today:
            self.wrong(name, "future_day", day=short_day(day))
            return None
        if not -60 <= day.year - self.today.year <= 10:
            self.wrong(name, "far_day", day=short_day(day))
            return None
        return day

    def hour(self, name: str) -> time | None:
        cell = self.cell(name)
        if cell is None:
            return None
        found = hour_of(cell.text[:5] if cell.kind is Kind.HOUR else cell.text)
        if found is None:
            self.wrong(name, "not_hour", said=cell.text)
            return None
        return time(*found)

    def minutes(self, name: str, *, most: int = A_DAY) -> int | None:
        """How long: an hour of the clock, a text, or a number (of hours below 15, as on screen)."""
        cell = self.cell(name)
        if cell is None:
            return None
        minutes = minutes_said(cell)
        if minutes is None:
            self.wrong(name, "not_duration", said=cell.text)
        elif minutes > most:
            self.wrong(name, "too_many_hours", said=told(minutes))
            minutes = None
        return minutes


def minutes_said(cell: Cell) -> int | None:
    if cell.kind is Kind.HOUR:
        hours, minutes, _seconds = cell.text.split(":")
        return int(hours) * HOUR + int(minutes)
    if cell.kind is Kind.NUMBER or number_of(cell.text) is not None:
        value = number_of(cell.text)
        if value is None or not 0 <= value <= 100_000:
            return None
        return round(value * HOUR) if value < MINUTES_FROM or value % 1 else round(value)
    if found := _CLOCK.fullmatch(cell.text):
        return int(found[1]) * HOUR + int(found[2])
    try:
        return minutes_of(cell.text)
    except ValueError:
        return None


def is_national_number(digits: str) -> bool:
    """Eleven digits, the last two being 97 less the rest of the others by 97; since 2000 a 2 comes
    before them (royal decree of 3 April 1984)."""
    if len(digits) != 11 or not (digits.isascii() and digits.isdigit()):
        return False
    said = int(digits[9:])
    return said in (97 - int(digits[:9]) % 97, 97 - int("2" + digits[:9]) % 97)
