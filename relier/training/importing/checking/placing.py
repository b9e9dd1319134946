"""Where each presence goes: the entry it counts in, the session it is of."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any
from uuid import UUID

from relier.lib.names import fold
from relier.training import figures
from relier.training.importing.drafts import PresenceDraft, SessionDraft
from relier.training.models import (
    Enrolment,
    MonthClosing,
    Presence,
    Session,
    Track,
    TrainingPlan,
)
from relier.training.models.ledger import month_of
from relier.training.rules.durations import told

from .frame import Checked, Frame
from .who import Named

BEGINS = time(9)
# A line of the sheet, and in a sheet by day the column: where a presence was read.
Place = tuple[int, int]


@dataclass
class Line(Named):
    """`column`: of its day, in a sheet by day. `followed`: which part of a whole session was
    followed, where that is said and not how long; `missed_all`: all of it was missed."""

    day: date | None
    starts_at: time | None
    track: Track | None
    session_name: str
    minutes: int
    missed: int
    modality: str
    column: int = -1
    followed: float = 0
    missed_all: bool = False
    ground: int = 0

    @property
    def place(self) -> Place:
        return self.number, self.column


@dataclass(frozen=True)
class Where:
    """A session: its id, or the number of its draft; `lasts`: 0 where its lines will say."""

    key: UUID | int
    track: UUID
    lasts: int


class Placing:
    """Finds the entry and the session of each line. Seven queries, however many lines. `found`:
    the entry of each place that is added, or is here already."""

    def __init__(
        self, frame: Frame, checked: Checked, whose: Mapping[int, UUID], lines: list[Line]
    ) -> None:
        self.frame, self.checked, self.whose = frame, checked, whose
        self.lines = [line for line in lines if line.day]
        self.makes_sessions = bool(frame.options.get("make_sessions"))
        self.whole_day = int(frame.options.get("whole_day") or 0)
        self.entries = entries_of(frame, {whose[line.number] for line in self.lines})
        self.sessions = self._sessions()
        self.taken = self._taken()
        self.made: dict[Any, SessionDraft] = {}
        self.asked_for: set[Any] = set()
        self.seen: dict[tuple[Any, UUID], Line] = {}
        self.found: dict[Place, Any] = {}

    def _days(self) -> tuple[date, date]:
        days = [line.day for line in self.lines if line.day]
        return min(days), max(days)

    def _sessions(self) -> dict[date, list[Session]]:
        found: dict[date, list[Session]] = defaultdict(list)
        if self.lines:
            rows = Session.objects.visible_to(self.frame.actor).between(*self._days())
            for one in rows.filter(track__isnull=False):
                found[one.day].append(one)
        return found

    def _taken(self) -> dict[tuple[UUID, UUID], Presence]:
        if not self.lines:
            return {}
        rows = Presence.objects.visible_to(self.frame.actor).current()
        rows = rows.filter(session__day__range=self._days()).select_related("person").order_by()
        return {(one.session_id, one.person.root_id): one for one in rows}

    # --- each line -------------------------------------------------------------------------------

    def place(self) -> None:
        for line in self.lines:
            self._place(line)
        lasts: dict[Any, int] = defaultdict(int)
        for draft in self.checked.drafts.presences:
            lasts[draft.session] = max(lasts[draft.session], draft.minutes + draft.missed)
        self.checked.drafts.sessions = [
            replace(one, minutes=lasts[one.number])
            for one in self.made.values()
            if lasts.get(one.number)
        ]
        self.checked.missing_sessions = len(self.asked_for)
        self._beyond_programmes()
        self._closed_months()

    def _place(self, line: Line) -> None:
        person, day = self.whose[line.number], line.day
        entries = [one for one in self.entries[person] if is_here(one, line.day, line.track)]
        if day is None or not entries:
            line.reader.wrong("day", "not_entered", track=line.track.name if line.track else "…")
            return
        session = self._session(line, entries)
        if session is None or not self._measure(line, session):
            return
        entry = next(one for one in reversed(entries) if one.track_id == session.track)
        if not self._is_new(line, person, session.key):
            if not line.is_stopped:
                self.found[line.place] = entry
            return
        if session.lasts and line.minutes > session.lasts:
            said = {"said": told(line.minutes), "most": told(session.lasts)}
            line.reader.wrong("minutes", "beyond_session", **said)
            return
        missed = line.missed
        if not line.minutes and not missed:
            missed = session.lasts
        self.found[line.place] = entry
        self.checked.drafts.presences.append(
            PresenceDraft(
                line.number, entry.person_id, entry.pk, session.key, line.minutes, missed,
                line.modality, line.column,
            )
        )  # fmt: skip

    def _measure(self, line: Line, session: Where) -> bool:
        """Put minutes in the place of what was said of a whole session; whether that can be."""
        if not (line.followed or line.missed_all):
            return True
        whole = session.lasts or self.whole_day
        if not whole:
            line.reader.wrong("minutes", "no_length")
            return False
        line.minutes = round(line.followed * whole)
        line.missed = whole if line.missed_all else 0
        return True

    def _session(self, line: Line, entries: list[Any]) -> Where | None:
        tracks = {one.track_id for one in entries}
        found = [
            one
            for one in self.sessions[line.day]  # type: ignore[index]
            if one.track_id in tracks
            and (line.starts_at is None or one.starts_at == line.starts_at)
            and (not line.session_name or fold(one.name) == fold(line.session_name))
        ]
        if len(found) == 1:
            one = found[0]
            return Where(one.pk, one.track_id, one.minutes)  # type: ignore[arg-type]
        if found and line.column >= 0:
            line.reader.wrong("day", "several_that_day")
            return None
        if found:
            line.reader.wrong("starts_at" if "starts_at" in line.reader.columns else "day",
                              "which_session")  # fmt: skip
            return None
        if len(tracks) > 1:
            line.reader.wrong("track" if "track" in line.reader.columns else "day", "which_track")
            return None
        return self._missing(line, tracks.pop())

    def _missing(self, line: Line, track: UUID) -> Where | None:
        """A session that is not there: made, where it was asked for."""
        starts_at = line.starts_at or BEGINS
        key = (line.day, starts_at, track, fold(line.session_name))
        self.asked_for.add(key)
        of = next(one for one in self.frame.tracks.values() if one.pk == track)
        if not self.makes_sessions or line.day is None:
            day = line.day.strftime("%d/%m/%Y") if line.day else ""
            line.reader.wrong("day", "no_session", day=day, track=of.name)
            return None
        if key not in self.made:
            self.made[key] = SessionDraft(
                line.number, line.session_name or of.name, line.day, starts_at, 0, of.team_id,
                track, number=len(self.made),
            )  # fmt: skip
        return Where(self.made[key].number, track, 0)

    def _is_new(self, line: Line, person: UUID, session: UUID | int) -> bool:
        other = self.seen.get((session, person))
        if other is not None:
            same = (other.minutes, other.missed) == (line.minutes, line.missed)
            line.reader.wrong("day", "twice" if same else "twice_otherwise", other=other.number)
            return False
        self.seen[session, person] = line
        standing = self.taken.get((session, person)) if isinstance(session, UUID) else None
        if standing is None:
            return True
        if standing.minutes == line.minutes and (not line.missed or standing.missed == line.missed):
            line.reader.wrong("minutes", "known")
        else:
            line.reader.wrong("minutes", "taken_otherwise", said=told(standing.minutes))
        return False

    # --- to look at ------------------------------------------------------------------------------

    def _beyond_programmes(self) -> None:
        """The first line of each entry that goes beyond what its programme lasts."""
        by_place = {line.place: line for line in self.lines}
        entries = {one.pk: one for of in self.entries.values() for one in of}
        concerned = [entries[pk] for pk in {one.enrolment for one in self.checked.drafts.presences}]
        counted = defaultdict(int, figures.minutes_of_each(concerned))
        plans = self._plans([one.pk for one in concerned])
        drafts = sorted(
            self.checked.drafts.presences, key=lambda one: (by_place[one.place].day, one.place)
        )
        said: set[UUID] = set()
        for draft in drafts:
            counted[draft.enrolment] += draft.minutes
            most = plans.get(draft.enrolment) or entries[draft.enrolment].programme.minutes
            if counted[draft.enrolment] > most and draft.enrolment not in said:
                said.add(draft.enrolment)
                by_place[draft.place].reader.wrong("minutes", "beyond_programme", most=told(most))

    def _plans(self, entries: list[UUID]) -> dict[UUID, int]:
        rows = TrainingPlan.objects.current().filter(enrolment__in=entries, minutes__isnull=False)
        return dict(rows.order_by().values_list("enrolment", "minutes"))

    def _closed_months(self) -> None:
        """The first line of each month that is closed."""
        months = MonthClosing.objects.filter(centre=self.frame.actor.own_centre)
        closed = set(months.values_list("month", flat=True))
        kept = {draft.place for draft in self.checked.drafts.presences}
        for line in self.lines:
            if line.place in kept and line.day and month_of(line.day) in closed:
                closed.discard(month_of(line.day))
                line.reader.wrong("day", "closed_month")


# --- entries -------------------------------------------------------------------------------------


def entries_of(frame: Frame, people: set[UUID]) -> dict[UUID, list[Any]]:
    """File shown -> its entries, with the last day of each. One query."""
    found: dict[UUID, list[Any]] = defaultdict(list)
    rows = Enrolment.objects.visible_to(frame.actor).with_ending().order_by("entered_on", "pk")
    for one in rows.select_related("person", "programme", "track"):
        if one.person.root_id in people:
            found[one.person.root_id].append(one)
    return found


def is_here(entry: Any, day: date | None, track: Track | None) -> bool:
    """Whether an entry is under way that day, in the track that is named, if any."""
    if day is None or (track and entry.track_id != track.pk):
        return False
    return entry.entered_on <= day and not (entry.left_on and entry.left_on < day)
