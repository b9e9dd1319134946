"""Drafts -> rows, made ready to be written: every value is converted and sealed, every digest
noted, every hour of the ledger worked out, while nobody waits. `keeping.py` then writes.

Rows are written many at a time, past the actions of the screen, which write one; what they check
was checked by the dry run.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any
from uuid import UUID

from django.db import models

from relier.accounts.actors import Actor
from relier.people.models import Following, Person
from relier.people.search import name_keys_to_write
from relier.privacy.models import Subject
from relier.training import hours
from relier.training.models import (
    Absence,
    Cause,
    Eligibility,
    Ending,
    Enrolment,
    Placement,
    Presence,
    Programme,
    ProgrammeUnit,
    Session,
    Track,
)
from relier.training.models.sessions import Carrier
from relier.training.posting import (
    Change,
    as_entries,
    closed_months,
    differences,
    near,
    posting_of,
)

from .drafts import Drafts, Known, New
from .models import ImportedFile
from .statements import (
    Numbered,
    Statement,
    noting,
    numbered,
    posting_statements,
    statement_of,
)
from .traces import CHUNK, Trace, chunks


@dataclass
class Ready:
    """`numbered`: what is written after the rest. `shown`: kind of a line of the journal -> whom it
    is about. `enrolments`: those whose hours move; they are locked as it is written. `ended`: new
    entries with a last day, of people who were here: their hours are posted."""

    statements: list[Statement] = field(default_factory=list)
    numbered: list[Numbered] = field(default_factory=list)
    tracks: list[Track] = field(default_factory=list)
    shown: dict[str, list[UUID]] = field(default_factory=dict)
    enrolments: list[UUID] = field(default_factory=list)
    ended: list[UUID] = field(default_factory=list)
    minutes: int = 0
    sheets: int = 1


# --- hours ---------------------------------------------------------------------------------------


@dataclass
class Hours:
    """What the ledger will lack once the presences and the absences stand. `enrolments`: those
    whose hours move. `entries`: the posting, then what it holds; nothing where none differs."""

    sessions: list[Session] = field(default_factory=list)
    presences: list[Presence] = field(default_factory=list)
    absences: list[Absence] = field(default_factory=list)
    enrolments: list[UUID] = field(default_factory=list)
    entries: list[Any] = field(default_factory=list)


def hours_of(drafts: Drafts, by: Actor) -> Hours:
    """The rows of sessions, presences and absences, not saved yet, and what they move."""
    centre = by.own_centre
    rows = [_session(one, centre) for one in drafts.sessions]
    sessions = {one.number: row for one, row in zip(drafts.sessions, rows, strict=True)}
    found = Hours(
        rows,
        [_presence(one, sessions, centre, by) for one in drafts.presences],
        [
            Absence(
                centre_id=centre, enrolment_id=one.enrolment, ground=one.ground,
                from_on=one.from_on, until_on=one.until_on, proof=one.proof,
                proof_received_on=one.proof_received_on, author_id=by.id,
            )
            for one in drafts.absences
        ],
    )  # fmt: skip
    change = _change(found)
    touched = sorted({*change.attendances, *change.absences})
    found.enrolments, found.entries = entries_that_move(touched, change, by)
    return found


def entries_that_move(
    enrolments: Iterable[UUID], change: Change, by: Actor
) -> tuple[list[UUID], list[Any]]:
    """The enrolments to lock, in order; and the posting that a change of facts asks for, followed
    by what it holds: nothing where the ledger says it already. None of it is saved."""
    left, locked, moved = set(enrolments), list[UUID](), list[Any]()
    while left:
        some = near(sorted(left)[:CHUNK])
        left -= {one.pk for one in some} or left
        locked += [one.pk for one in some]
        moved += differences(some, change)
    if not moved:
        return sorted(locked), []
    posting = posting_of(by.own_centre, cause=Cause.IMPORT, by=by)
    return sorted(locked), [posting, *as_entries(moved, posting, closed_months(by.own_centre))]


def _session(draft: Any, centre: UUID) -> Session:
    return Session(
        centre_id=centre, name=draft.name, day=draft.day, starts_at=draft.starts_at,
        minutes=draft.minutes, team_id=draft.team, track_id=draft.track, place=draft.place,
        carrier=Carrier.CENTRE,
    )  # fmt: skip


def _presence(draft: Any, sessions: dict[int, Session], centre: UUID, by: Actor) -> Presence:
    where: dict[str, Any] = (
        {"session_id": draft.session}
        if isinstance(draft.session, UUID)
        else {"session": sessions[draft.session]}
    )
    return Presence(
        centre_id=centre, person_id=draft.person, enrolment_id=draft.enrolment,
        minutes=draft.minutes, missed=draft.missed, modality=draft.modality, author_id=by.id,
        **where,
    )  # fmt: skip


def _change(found: Hours) -> Change:
    attendances: dict[UUID, list[hours.Attendance]] = defaultdict(list)
    absences: dict[UUID, list[hours.Absence]] = defaultdict(list)
    sessions = {one.pk: one for one in found.sessions}
    for chunk in chunks(sorted({one.session_id for one in found.presences} - set(sessions))):
        sessions |= Session.objects.in_bulk(chunk)
    for row in found.presences:
        session = sessions[row.session_id]
        if not session.called_off:
            attendances[row.enrolment_id].append(  # type: ignore[index]
                hours.Attendance(
                    row.pk, session.day, row.minutes, row.missed, hours.Carrier(session.carrier),
                    hours.Modality(row.modality),
                )
            )  # fmt: skip
    for one in found.absences:
        proved = one.proof_received_on is not None
        absences[one.enrolment_id].append(
            hours.Absence(one.source, one.from_on, one.until_on, one.ground, proved)
        )
    return Change(attendances, absences)


# --- rows ----------------------------------------------------------------------------------------


class Making:
    """Makes the rows of a file, in the order in which they are written."""

    def __init__(self, file: ImportedFile, by: Actor, worked_out: Hours) -> None:
        self.file, self.by, self.hours = file, by, worked_out
        self.centre = by.own_centre
        self.traces: list[Trace] = []
        self.ready = Ready(enrolments=worked_out.enrolments)

    def make(self, drafts: Drafts) -> Ready:
        self.tracks(drafts)
        self.people(drafts)
        self.entries(drafts)
        self.presences(drafts)
        self.of_entries(drafts)
        self.ready.statements += posting_statements(self.hours.entries)
        self.ready.statements += noting(self.traces, file=self.file)
        return self.ready

    def _add(
        self, rows: Sequence[Any], lines: Iterable[int], people: Iterable[UUID] | None = None
    ) -> None:
        """Rows of one model; from which line each comes is noted, and whose it is."""
        if not rows:
            return
        whose = repeat(None) if people is None else people
        traces = [Trace(*noted) for noted in zip(rows, lines, whose, strict=False)]
        if isinstance(type(rows[0])._meta.pk, models.AutoField):
            self.ready.numbered.append(numbered(traces, file=self.file))
        else:
            self.ready.statements.append(statement_of(rows))
            self.traces += traces

    def _show(self, kind: str, people: Sequence[UUID]) -> None:
        if people:
            self.ready.shown[kind] = list(people)

    # --- tracks, people, entries -----------------------------------------------------------------

    def tracks(self, drafts: Drafts) -> None:
        tracks = [
            Track(
                centre_id=self.centre, name=one.name, team_id=one.team, opened_on=one.opened_on,
                scheme=one.scheme, category=one.category, method=one.method,
                cedefop_code=one.cedefop_code,
            )
            for one in drafts.tracks
        ]  # fmt: skip
        self._add(tracks, [one.line for one in drafts.tracks])
        self.ready.tracks = tracks
        both = zip(tracks, drafts.tracks, strict=True)
        taught = [(track, one) for track, one in both if one.minutes]
        lines = [one.line for _track, one in taught]
        programmes = [
            Programme(
                centre_id=self.centre, track=track, name=one.programme, from_on=one.opened_on,
                minutes=one.minutes,
            )
            for track, one in taught
        ]  # fmt: skip
        self._add(programmes, lines)
        units = [
            ProgrammeUnit(
                centre_id=self.centre, programme=programme, position=1, name=programme.name,
                minutes=programme.minutes,
            )
            for programme in programmes
        ]  # fmt: skip
        self._add(units, lines)

    def people(self, drafts: Drafts) -> None:
        lines = [one.line for one in drafts.people]
        subjects = [Subject(centre_id=self.centre) for _one in drafts.people]
        keys = [subject.pk for subject in subjects]
        self._add(subjects, lines, keys)
        people = [
            Person(
                subject=subject, root_id=subject.pk, centre_id=self.centre,
                call_name=one.call_name, family_name=one.family_name, born_on=one.born_on,
                phone=one.phone, address=one.address,
            )
            for one, subject in zip(drafts.people, subjects, strict=True)
        ]  # fmt: skip
        self._add(people, lines, keys)
        if people:
            # Made from the names, and gone with them: they need not be noted.
            self.ready.statements.append(Statement(*name_keys_to_write(people)))
        followed = [
            (Following(person_id=pk, centre_id=self.centre, team_id=one.team), one.line)
            for pk, one in zip(keys, drafts.people, strict=True)
            if one.team is not None
        ]
        rows, where = [row for row, _line in followed], [line for _row, line in followed]
        self._add(rows, where, [row.person_id for row in rows])
        self.person_of = dict(zip(lines, keys, strict=True))
        self._show("training.people_imported", keys)

    def _whose(self, who: Known | New) -> UUID:
        return who.pk if isinstance(who, Known) else self.person_of[who.line]

    def entries(self, drafts: Drafts) -> None:
        rows = [
            Enrolment(
                centre_id=self.centre, person_id=self._whose(one.who), track_id=one.track,
                programme_id=one.programme, entered_on=one.entered_on,
                contract_on=one.contract_on, author_id=self.by.id,
            )
            for one in drafts.entries
        ]  # fmt: skip
        whose = [row.person_id for row in rows]
        self._add(rows, [one.line for one in drafts.entries], whose)
        both = list(zip(rows, drafts.entries, strict=True))
        chosen = [(row, one) for row, one in both if one.category]
        self._add(
            [self._category(row.pk, one.category) for row, one in chosen],
            [one.line for _row, one in chosen], [row.person_id for row, _one in chosen],
        )  # fmt: skip
        endings = [
            (row, one, Ending(
                centre_id=self.centre, enrolment=row, on=one.left_on, reason=one.reason,
                author_id=self.by.id,
            ))
            for row, one in both
            if one.left_on is not None
        ]  # fmt: skip
        self._add(
            [ending for _row, _one, ending in endings], [one.line for _row, one, _end in endings],
            [row.person_id for row, _one, _end in endings],
        )  # fmt: skip
        self.ready.ended = [row.pk for row, one, _end in endings if isinstance(one.who, Known)]
        self._show("training.entries_imported", whose)
        self._show("training.categories_imported", [row.person_id for row, _one in chosen])

    def _category(self, enrolment: UUID, category: str) -> Eligibility:
        return Eligibility(
            centre_id=self.centre, enrolment_id=enrolment, category=category, author_id=self.by.id
        )

    # --- sessions and presences ------------------------------------------------------------------

    def presences(self, drafts: Drafts) -> None:
        rows = self.hours.presences
        self._add(self.hours.sessions, [one.line for one in drafts.sessions])
        whose = [row.person_id for row in rows]
        self._add(rows, [one.line for one in drafts.presences], whose)
        self._show("training.presences_imported", sorted(set(whose)))
        self.ready.minutes = sum(row.minutes for row in rows)

    # --- what is said of entries -----------------------------------------------------------------

    def of_entries(self, drafts: Drafts) -> None:
        categories = [self._category(one.enrolment, one.category) for one in drafts.categories]
        placements = [
            Placement(
                centre_id=self.centre, enrolment_id=one.enrolment, kind=one.kind,
                company=one.company, from_on=one.from_on, until_on=one.until_on,
                minutes=one.minutes, signed_on=one.signed_on, author_id=self.by.id,
            )
            for one in drafts.placements
        ]  # fmt: skip
        for kind, some, rows in (
            ("training.categories_imported", drafts.categories, categories),
            ("training.absences_imported", drafts.absences, self.hours.absences),
            ("training.placements_imported", drafts.placements, placements),
        ):
            whose = [one.person for one in some]
            self._add(rows, [one.line for one in some], whose)
            self._show(kind, sorted(set(whose)) or self.ready.shown.get(kind, []))
