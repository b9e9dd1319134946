"""What every dry run shares: the lines of the sheet, what was decided of them, and the tracks and
teams of the house."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from relier.accounts.actors import Actor
from relier.centres.models import Team
from relier.lib.names import fold
from relier.lib.spreadsheets import Book, Row, Sheet
from relier.training.importing.alike import Proposal
from relier.training.importing.columns import as_columns
from relier.training.importing.drafts import Drafts
from relier.training.importing.models import ImportedFile
from relier.training.importing.problems import Problem, stopped
from relier.training.importing.totals import is_remark, is_total
from relier.training.importing.values import Columns, Reader
from relier.training.models import Programme, Track

# How many lines are done, of how many.
Told = Callable[[int, int], None]
TOLD_EVERY = 200


@dataclass(frozen=True)
class Question:
    """Someone of the file who may be someone else. `key`: under which the decision is kept."""

    key: str
    line: int
    name: str
    born_on: date | None
    proposals: list[Proposal]
    decision: str = ""

    @property
    def is_sure(self) -> bool:
        return bool(self.proposals) and self.proposals[0].is_sure


class OfPerson(NamedTuple):
    """What would be written of one line of a sheet by day."""

    line: int
    name: str
    days: int
    minutes: int
    missed: int


@dataclass
class Checked:
    """`missing_sessions`: how many the file asks for that are not there, made or not. `by_cell`: a
    problem stops a cell of a sheet by day, and not its whole line. `people`: what a sheet by day
    would write of each line."""

    drafts: Drafts = field(default_factory=Drafts)
    problems: list[Problem] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    lines: int = 0
    missing_sessions: int = 0
    by_cell: bool = False
    people: list[OfPerson] = field(default_factory=list)

    @property
    def stopped(self) -> set[tuple[int, str]]:
        """What stays out: lines, or cells."""
        return stopped(self.problems, by_cell=self.by_cell)

    @property
    def undecided(self) -> list[Question]:
        return [one for one in self.questions if not one.decision]

    @property
    def digest(self) -> str:
        """The same only where the same would be added: what was shown is what is imported."""
        said = json.dumps([repr(part) for part in self.drafts.parts().values()])
        return hashlib.sha256(said.encode()).hexdigest()


@dataclass
class Frame:
    """`rows`: the lines below the headings, without those that are nobody (`aside` says which)."""

    file: ImportedFile
    actor: Actor
    sheet: Sheet
    rows: list[Row]
    columns: Columns
    decisions: Mapping[str, str]
    options: Mapping[str, Any]
    today: date
    told: Told | None = None
    aside: list[Problem] = field(default_factory=list)

    def readers(self) -> Iterator[Reader]:
        """One for each line below the headings."""
        whole = len(self.rows)
        for done, row in enumerate(self.rows):
            if self.told and done % TOLD_EVERY == 0:
                self.told(done, whole)
            yield Reader(row, self.columns, today=self.today)

    @property
    def leaves_out(self) -> bool:
        return bool(self.options.get("leave_out"))

    # --- the house -------------------------------------------------------------------------------

    @cached_property
    def tracks(self) -> dict[str, Track]:
        """Name in bare letters -> track. One query."""
        rows = Track.objects.visible_to(self.actor).select_related("team")
        return {fold(one.name): one for one in rows}

    @cached_property
    def programmes(self) -> dict[UUID, list[Programme]]:
        """Track -> its programmes, the latest first. One query."""
        found: dict[UUID, list[Programme]] = {}
        for one in Programme.objects.visible_to(self.actor).order_by("-from_on", "name", "pk"):
            found.setdefault(one.track_id, []).append(one)
        return found

    @cached_property
    def teams(self) -> dict[str, Team]:
        rows = Team.objects.open().filter(Q(centre=self.actor.centre)).order_by("name", "pk")
        return {fold(one.name): one for one in rows}

    def track(self, reader: Reader) -> Track | None:
        """The track that a line names; said, where there is none of that name."""
        text = reader.words("track", 120)
        if not text:
            return None
        found = self.tracks.get(fold(text))
        if found is None:
            reader.wrong("track", "no_track", said=text)
        return found

    def team(self, reader: Reader) -> Team | None:
        """The team that a line names, or the only one of the centre."""
        text = reader.words("team", 80)
        if not text:
            only = list(self.teams.values())
            if len(only) == 1:
                return only[0]
            reader.wrong("team", "which_team")
            return None
        found = self.teams.get(fold(text))
        if found is None:
            reader.wrong("team", "no_team", said=text)
        return found


def frame_of(file: ImportedFile, actor: Actor, told: Told | None) -> Frame:
    book = Book.from_plain(json.loads(file.book))
    sheet = book.sheets[min(file.sheet, len(book.sheets) - 1)]
    below = [row for row in sheet.rows if row.line > file.heading]
    aside = {row.line: "total" for row in below if is_total(row)}
    aside |= {row.line: "remark" for row in below if is_remark(row)}
    rows = [row for row in below if row.line not in aside]
    columns = Columns(file.what, as_columns(file.columns), rows, file.form)
    said = [Problem(line, "", code) for line, code in sorted(aside.items())]
    return Frame(
        file, actor, sheet, rows, columns, dict(file.decisions), dict(file.options),
        timezone.localdate(), told, said,
    )  # fmt: skip
