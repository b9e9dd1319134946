"""Who was there, and how long. Nobody is added here: whoever is named is in the centre, and entered
the track; a presence that was taken already is never changed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from relier.lib.names import fold
from relier.training import figures
from relier.training.hours import Modality
from relier.training.importing.alike import Bearer, Index, people_of, words_of
from relier.training.importing.drafts import PresenceDraft, SessionDraft
from relier.training.importing.problems import Weight
from relier.training.importing.values import Reader
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

from .frame import Checked, Frame, Question
from .naming import read_name
from .people import NEW

MODALITIES = {
    "presentiel": Modality.IN_PERSON.value, "presence": Modality.IN_PERSON.value,
    "p": Modality.IN_PERSON.value, "in the room": Modality.IN_PERSON.value,
    "in person": Modality.IN_PERSON.value, "sur place": Modality.IN_PERSON.value,
    "distanciel": Modality.REMOTE.value, "a distance": Modality.REMOTE.value,
    "d": Modality.REMOTE.value, "distance": Modality.REMOTE.value,
    "at a distance": Modality.REMOTE.value, "remote": Modality.REMOTE.value,
    "hybride": Modality.HYBRID.value, "hybrid": Modality.HYBRID.value, "h": Modality.HYBRID.value,
}  # fmt: skip
BEGINS = time(9)


@dataclass
class Line:
    reader: Reader
    name: str
    born_on: date | None
    day: date | None
    starts_at: time | None
    track: Track | None
    session_name: str
    minutes: int
    missed: int
    modality: str

    @property
    def number(self) -> int:
        return self.reader.row.line

    @property
    def is_stopped(self) -> bool:
        return any(problem.weight is Weight.STOPS for problem in self.reader.problems)

    @property
    def bearer(self) -> Bearer:
        return Bearer(f"l:{self.number}", self.name, self.born_on)


def check(frame: Frame) -> Checked:
    checked = Checked(lines=len(frame.rows))
    lines = [read_line(frame, reader) for reader in frame.readers()]
    whose = find_people(frame, checked, [line for line in lines if line.name])
    read = [line for line in lines if not line.is_stopped and line.number in whose]
    _Placing(frame, checked, whose, read).place()
    for line in lines:
        checked.problems += line.reader.problems
    checked.problems.sort(key=lambda problem: (problem.line, problem.column))
    return checked


def read_line(frame: Frame, reader: Reader) -> Line:
    call, family = read_name(reader)
    reader.national_number("national_number")
    reader.identifier("number")
    minutes, missed = reader.minutes("minutes"), reader.minutes("missed")
    if reader.is_blank("minutes") and reader.is_blank("missed"):
        reader.wrong("minutes" if "minutes" in reader.columns else "missed", "nothing_said")
    reader.needed("day")
    return Line(
        reader, f"{call} {family}".strip(), reader.birth("born_on"),
        reader.near_day("day", past=True), reader.hour("starts_at"), frame.track(reader),
        reader.words("session_name", 120), minutes or 0, missed or 0,
        reader.choice("modality", MODALITIES, "présentiel, distanciel, hybride")
        or Modality.IN_PERSON.value,
    )  # fmt: skip


# --- who -----------------------------------------------------------------------------------------


def find_people(frame: Frame, checked: Checked, lines: list[Line]) -> dict[int, UUID]:
    """Line -> whose presence it is. The same words in any order find someone by themselves, where
    they are the only one; a name that is merely alike is asked about, once for all its lines."""
    people = people_of(frame.actor)
    by_words: dict[tuple[str, ...], set[tuple[str, date | None]]] = defaultdict(set)
    for one in people:
        by_words[words_of(one.name)].add((one.ref, one.born_on))
    index = Index(people)
    groups: dict[tuple[Any, ...], list[Line]] = defaultdict(list)
    for line in lines:
        groups[words_of(line.name), line.born_on].append(line)
    found: dict[int, UUID] = {}
    for (words, born_on), group in groups.items():
        refs = {ref for ref, born in by_words[words] if None in (born, born_on) or born == born_on}
        ref = refs.pop() if len(refs) == 1 else ""
        if refs:
            _say(group, "several_people")
        elif not ref:
            ref = _ask(frame, checked, group, index)
        if ref:
            found.update({line.number: UUID(ref[2:]) for line in group})
    return found


def _ask(frame: Frame, checked: Checked, group: list[Line], index: Index) -> str:
    """What was decided of these lines; "" where nobody is named."""
    first = group[0]
    proposals = index.proposals(first.bearer)
    key = str(first.number)
    decision = frame.decisions.get(key, "")
    if proposals:
        if decision not in {NEW, *(one.ref for one in proposals)}:
            decision = ""
        question = Question(key, first.number, first.name, first.born_on, proposals, decision)
        checked.questions.append(question)
    if decision.startswith("p:"):
        return decision
    if not proposals or decision == NEW:
        _say(group, "nobody")
    return ""


def _say(group: Iterable[Line], code: str) -> None:
    for line in group:
        names = [one for one in ("full_name", "first_full_name", "family_name", "call_name")
                 if one in line.reader.columns]  # fmt: skip
        line.reader.wrong(names[0], code)


# --- where and when ------------------------------------------------------------------------------


class _Placing:
    """Finds the entry and the session of each line. Seven queries, however many lines."""

    def __init__(
        self, frame: Frame, checked: Checked, whose: Mapping[int, UUID], lines: list[Line]
    ) -> None:
        self.frame, self.checked, self.whose = frame, checked, whose
        self.lines = [line for line in lines if line.day]
        self.makes_sessions = bool(frame.options.get("make_sessions"))
        self.entries = self._entries()
        self.sessions = self._sessions()
        self.taken = self._taken()
        self.made: dict[Any, SessionDraft] = {}
        self.asked_for: set[Any] = set()
        self.seen: dict[tuple[Any, UUID], Line] = {}

    def _days(self) -> tuple[date, date]:
        days = [line.day for line in self.lines if line.day]
        return min(days), max(days)

    def _entries(self) -> dict[UUID, list[Any]]:
        """File shown -> its entries, with the last day of each."""
        found: dict[UUID, list[Any]] = defaultdict(list)
        rows = Enrolment.objects.visible_to(self.frame.actor).with_ending().order_by("entered_on")
        wanted = {self.whose[line.number] for line in self.lines}
        for one in rows.select_related("person", "programme"):
            if one.person.root_id in wanted:
                found[one.person.root_id].append(one)
        return found

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
            SessionDraft(**{**vars(one), "minutes": lasts[one.line]})
            for one in self.made.values()
            if lasts.get(one.line)
        ]
        self.checked.missing_sessions = len(self.asked_for)
        self._beyond_programmes()
        self._closed_months()

    def _place(self, line: Line) -> None:
        person, day = self.whose[line.number], line.day
        entries = [one for one in self.entries[person] if self._is_here(one, line)]
        if day is None or not entries:
            line.reader.wrong("day", "not_entered", track=line.track.name if line.track else "…")
            return
        session = self._session(line, entries)
        if session is None:
            return
        entry = next(one for one in reversed(entries) if one.track_id == session.track)
        if self._is_new(line, person, session.key):
            if session.lasts and line.minutes > session.lasts:
                said = {"said": told(line.minutes), "most": told(session.lasts)}
                line.reader.wrong("minutes", "beyond_session", **said)
                return
            missed = line.missed
            if not line.minutes and not missed:
                missed = session.lasts
            self.checked.drafts.presences.append(
                PresenceDraft(
                    line.number, entry.person_id, entry.pk, session.key, line.minutes, missed,
                    line.modality,
                )
            )  # fmt: skip

    def _is_here(self, entry: Any, line: Line) -> bool:
        if line.day is None or (line.track and entry.track_id != line.track.pk):
            return False
        return entry.entered_on <= line.day and not (entry.left_on and entry.left_on < line.day)

    def _session(self, line: Line, entries: list[Any]) -> "_Place | None":
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
            return _Place(one.pk, one.track_id, one.minutes)  # type: ignore[arg-type]
        if found:
            line.reader.wrong("starts_at" if "starts_at" in line.reader.columns else "day",
                              "which_session")  # fmt: skip
            return None
        if len(tracks) > 1:
            line.reader.wrong("track" if "track" in line.reader.columns else "day", "which_track")
            return None
        return self._missing(line, tracks.pop())

    def _missing(self, line: Line, track: UUID) -> "_Place | None":
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
                line.number, line.session_name or of.name, line.day, starts_at, 0, of.team_id, track
            )
        return _Place(self.made[key].line, track, 0)

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
        by_number = {line.number: line for line in self.lines}
        entries = {one.pk: one for of in self.entries.values() for one in of}
        concerned = [entries[pk] for pk in {one.enrolment for one in self.checked.drafts.presences}]
        counted = defaultdict(int, figures.minutes_of_each(concerned))
        plans = self._plans([one.pk for one in concerned])
        drafts = sorted(
            self.checked.drafts.presences, key=lambda one: (by_number[one.line].day, one.line)
        )
        said: set[UUID] = set()
        for draft in drafts:
            counted[draft.enrolment] += draft.minutes
            most = plans.get(draft.enrolment) or entries[draft.enrolment].programme.minutes
            if counted[draft.enrolment] > most and draft.enrolment not in said:
                said.add(draft.enrolment)
                by_number[draft.line].reader.wrong("minutes", "beyond_programme", most=told(most))

    def _plans(self, entries: list[UUID]) -> dict[UUID, int]:
        rows = TrainingPlan.objects.current().filter(enrolment__in=entries, minutes__isnull=False)
        return dict(rows.order_by().values_list("enrolment", "minutes"))

    def _closed_months(self) -> None:
        """The first line of each month that is closed."""
        months = MonthClosing.objects.filter(centre=self.frame.actor.own_centre)
        closed = set(months.values_list("month", flat=True))
        kept = {draft.line for draft in self.checked.drafts.presences}
        for line in self.lines:
            if line.number in kept and line.day and month_of(line.day) in closed:
                closed.discard(month_of(line.day))
                line.reader.wrong("day", "closed_month")


@dataclass(frozen=True)
class _Place:
    """A session: its id, or the line of its draft; `lasts`: 0 where its lines will say."""

    key: UUID | int
    track: UUID
    lasts: int
