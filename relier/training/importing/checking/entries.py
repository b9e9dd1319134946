"""Lines about an entry that stands: which one is meant, by its track and a day."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from relier.training.importing.values import Reader
from relier.training.models import Track
from relier.ui.dates import short_day

from .frame import Checked, Frame
from .naming import read_name
from .placing import entries_of, is_here
from .who import Named, find_people


@dataclass
class Line(Named):
    track: Track | None


def named_lines(frame: Frame) -> list[Line]:
    return [_named(frame, reader) for reader in frame.readers()]


def _named(frame: Frame, reader: Reader) -> Line:
    call, family = read_name(reader)
    reader.national_number("national_number")
    reader.identifier("number")
    name, born_on = f"{call} {family}".strip(), reader.birth("born_on")
    return Line(reader, name, born_on, frame.track(reader))


class Entries:
    """The entries of those whom lines name. Three queries, however many lines."""

    def __init__(self, frame: Frame, checked: Checked, lines: list[Line]) -> None:
        self.whose = find_people(frame, checked, [line for line in lines if line.name])
        self._of: dict[UUID, list[Any]] = entries_of(frame, set(self.whose.values()))

    def every(self) -> dict[UUID, Any]:
        """Id -> entry."""
        return {one.pk: one for of in self._of.values() for one in of}

    def on(self, line: Line, day: date, column: str) -> Any | None:
        """The one that is under way on a day; said, where there is none or several."""
        person = self.whose.get(line.number)
        if person is None:
            return None
        found = [one for one in self._of[person] if is_here(one, day, line.track)]
        if len({one.track_id for one in found}) > 1:
            line.reader.wrong("track" if "track" in line.reader.columns else column, "which_track")
            return None
        if not found:
            named = line.track.name if line.track else "…"
            line.reader.wrong(column, "not_entered", track=named)
            return None
        return found[-1]

    def entered(self, line: Line, day: date | None, column: str) -> Any | None:
        """The one that began on a day; without a day, the only one."""
        person = self.whose.get(line.number)
        if person is None:
            return None
        found = [one for one in self._of[person] if not line.track or one.track_id == line.track.pk]
        if day is not None:
            found = [one for one in found if one.entered_on == day]
        if len(found) == 1:
            return found[0]
        if found:
            line.reader.wrong(column, "which_entry")
        elif day is not None:
            line.reader.wrong(column, "no_such_entry", day=short_day(day))
        else:
            line.reader.wrong(column, "no_entry")
        return None
