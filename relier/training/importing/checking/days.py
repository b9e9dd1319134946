"""A sheet with one column per day: each cell that says something is one presence, or none.

A cell stands for itself: where it is stopped, the others of its line are read. Absences that a code
gives a ground to are written beside the presences, from the first to the last of the days that
follow one another.
"""

import copy
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from relier.lib.spreadsheets import Cell, Kind, letters
from relier.lib.spreadsheets.saying import number_of
from relier.training.importing import codes
from relier.training.importing.by_day import DayColumn, Days, days_of
from relier.training.importing.problems import Problem
from relier.training.importing.values import Columns, Reader
from relier.training.models import Track
from relier.training.models.presences import Modality
from relier.ui.dates import short_day

from .absences import Spans
from .frame import Checked, Frame, OfPerson
from .naming import read_name
from .placing import Line, Placing
from .who import Named, find_people

# Days that are no further apart follow one another: a week-end stands between.
NEXT = timedelta(days=3)
MODALITY_OF = {
    codes.PRESENT: Modality.IN_PERSON.value, codes.REMOTE: Modality.REMOTE.value,
    codes.HYBRID: Modality.HYBRID.value,
}  # fmt: skip


@dataclass
class OnLine(Named):
    """A line of the sheet: someone, and the cells of their days that say something."""

    cells: list[tuple[DayColumn, Cell]]


def check(frame: Frame) -> Checked:
    reading = _Reading(frame)
    people = [one for one in map(reading.person, frame.readers()) if one]
    checked = Checked(lines=len(people), by_cell=True)
    checked.problems += reading.of_headings(people)
    whose = find_people(frame, checked, [one for one in people if one.name])
    named = [one for one in people if one.number in whose and not one.is_stopped]
    lines = [line for one in named for line in reading.lines(one)]
    placing = Placing(frame, checked, whose, [line for line in lines if not line.is_stopped])
    placing.place()
    checked.drafts.sessions = [_of_heading(frame, one) for one in checked.drafts.sessions]
    _absences(frame, checked, placing, lines)
    readers = [*(one.reader for one in people), *(line.reader for line in lines)]
    checked.problems += [problem for reader in readers for problem in reader.problems]
    checked.people = list(_told(checked, named))
    return checked


def days_in(frame: Frame) -> Days:
    options = frame.options
    return days_of(
        frame.sheet, frame.file.heading, called=frame.file.name, month=options.get("month"),
        year=options.get("year"),
    )  # fmt: skip


class _Reading:
    """The lines of a sheet by day, with what was said of it."""

    def __init__(self, frame: Frame) -> None:
        self.frame, self.days = frame, days_in(frame)
        self.codes = dict(frame.options.get("codes") or {})
        self.counts_days = frame.options.get("counted_in") == codes.DAYS
        self.track = self._track(frame.options.get("track"))
        self.columns = {one.column: _at_day(frame.columns, one) for one in self.days.columns}

    def _track(self, said: Any) -> Track | None:
        return next((one for one in self.frame.tracks.values() if str(one.pk) == said), None)

    def person(self, reader: Reader) -> OnLine | None:
        """None for a line without any day: a remark, a signature."""
        row = reader.row
        if row.line == self.days.weekday_line:
            return None
        cells = [(one, row.at(one.column)) for one in self.days.read if row.at(one.column).text]
        if not cells:
            return None
        call, family = read_name(reader)
        reader.national_number("national_number")
        reader.identifier("number")
        return OnLine(reader, f"{call} {family}".strip(), reader.birth("born_on"), cells)

    def of_headings(self, people: Sequence[OnLine]) -> Iterator[Problem]:
        """Columns whose day cannot be told, where somebody has something in them."""
        for one in self.days.unread:
            if any(person.reader.row.at(one.column).text for person in people):
                said = {"said": one.heading[:80]}
                yield Problem(self.frame.file.heading, letters(one.column), one.fault, said)

    def lines(self, person: OnLine) -> Iterator[Line]:
        track = self.frame.track(person.reader) or self.track
        if person.is_stopped:
            return
        for day, cell in person.cells:
            line = self._line(person, day, cell, track)
            if line is not None:
                yield line

    def _line(self, person: OnLine, day: DayColumn, cell: Cell, track: Track | None) -> Line | None:
        reader = Reader(person.reader.row, self.columns[day.column], today=self.frame.today)
        line = Line(
            reader, person.name, person.born_on, day.day, None, track, "", 0, 0,
            Modality.IN_PERSON.value, column=day.column,
        )  # fmt: skip
        if cell.kind in (Kind.FORMULA, Kind.ERROR):
            reader.cell("minutes")  # says so
            return line
        key = codes.key_of(cell)
        if key:
            return self._coded(line, key, cell)
        self._measured(line, cell)
        self._come(line)
        return line

    def _coded(self, line: Line, key: str, cell: Cell) -> Line | None:
        meaning = self.codes.get(key, codes.UNSAID)
        if meaning == codes.NOTHING:
            return None
        if meaning == codes.UNSAID:
            line.reader.wrong("minutes", "code_unknown", said=cell.text)
        elif meaning in MODALITY_OF:
            line.followed, line.modality = 1, MODALITY_OF[meaning]
        elif meaning == codes.HALF:
            line.followed = 0.5
        else:
            line.missed_all, line.ground = True, codes.ground_of(meaning)
        self._come(line)
        return line

    def _measured(self, line: Line, cell: Cell) -> None:
        part = number_of(cell.text) if self.counts_days and cell.kind is not Kind.HOUR else None
        if part is not None and 0 < part <= 1:
            line.followed = part
            return
        if codes.minutes_said(cell) is None:
            line.reader.wrong("minutes", "not_in_cell", said=cell.text)
            return
        line.minutes = line.reader.minutes("minutes") or 0

    def _come(self, line: Line) -> None:
        """Hours of a day that has not come are no presence; nor those of a year that is far."""
        if line.day and line.day > self.frame.today:
            line.reader.wrong("day", "future_day", day=short_day(line.day))
        elif line.day and line.day.year < self.frame.today.year - 60:
            line.reader.wrong("day", "far_day", day=short_day(line.day))


def _at_day(columns: Columns, day: DayColumn) -> Columns:
    """The same columns, the day and how long it was followed standing in one."""
    own = copy.copy(columns)
    own.at = {**columns.at, "day": day.column, "minutes": day.column}
    return own


def _of_heading(frame: Frame, session: Any) -> Any:
    """A session that is made comes from the line of the headings, and not from the first person."""

    return replace(session, line=frame.file.heading)


# --- absences ------------------------------------------------------------------------------------


def _absences(frame: Frame, checked: Checked, placing: Placing, lines: Iterable[Line]) -> None:
    away: dict[tuple[UUID, int], list[tuple[date, Line]]] = defaultdict(list)
    broken: dict[UUID, list[date]] = defaultdict(list)
    entries = {}
    for line in lines:
        entry = placing.found.get(line.place)
        if entry is None or line.day is None:
            continue
        entries[entry.pk] = entry
        if line.ground:
            away[entry.pk, line.ground].append((line.day, line))
        else:
            broken[entry.pk].append(line.day)
    spans = Spans(entries)
    proof_on = frame.options.get("proofs_on")
    received = date.fromisoformat(proof_on) if proof_on else None
    for (entry_pk, ground), days in away.items():
        for run in _runs(days, broken[entry_pk]):
            (first, line), (last, _line) = run[0], run[-1]
            spans.add(
                checked, line.reader, "minutes", entries[entry_pk], ground, first, last,
                received=received if received and received >= first else None,
            )  # fmt: skip


def _runs(
    days: list[tuple[date, Line]], broken: Sequence[date]
) -> Iterator[list[tuple[date, Line]]]:
    """Days that follow one another, with none between on which the person was there."""
    run: list[tuple[date, Line]] = []
    for day, line in sorted(days, key=lambda one: one[0]):
        if run and (day - run[-1][0] > NEXT or any(run[-1][0] < other < day for other in broken)):
            yield run
            run = []
        run.append((day, line))
    if run:
        yield run


# --- what it would write -------------------------------------------------------------------------


def _told(checked: Checked, people: Iterable[OnLine]) -> Iterator[OfPerson]:
    """Of each line: how many days, and what they add up to, to be laid beside the sheet's own
    totals."""
    sums: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for one in checked.drafts.presences:
        days, minutes, missed = sums[one.line]
        sums[one.line] = [days + 1, minutes + one.minutes, missed + one.missed]
    for person in people:
        if person.number in sums:
            yield OfPerson(person.number, person.name, *sums[person.number])
