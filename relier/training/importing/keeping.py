"""Drafts -> rows, in one transaction: all of them, or none.

Rows are written many at a time, past the actions of the screen, which write one; what they check
was checked by the dry run, which is done once more here, on the house as it is now. Hours are
posted as everywhere (`posting.hold`, `post`): what the ledger should say is worked out from the
presences, and what differs is appended, with this cause.
"""

from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from relier.accounts.actors import Actor
from relier.journal import actions as journal
from relier.people.models import Following, Person
from relier.people.search import add_name_keys
from relier.privacy.models import Subject
from relier.training import access
from relier.training.models import (
    Cause,
    Ending,
    Enrolment,
    Presence,
    Programme,
    ProgrammeUnit,
    Session,
    Track,
)
from relier.training.models.sessions import Carrier
from relier.training.posting import hold, post

from . import staged
from .checking import Checked, Told, check
from .drafts import Drafts, Known, New
from .models import ImportedFile, ImportedRow, State
from .traces import Trace, chunks, noted

BATCH = 500
# How many people one line of the journal names.
NAMED = 200


class ChangedMeanwhile(Exception):  # noqa: N818 — a word for what happened
    """The house is no longer what the dry run saw: it is to be looked at again. Nothing is kept."""


class NotReady(Exception):  # noqa: N818 — a word for what happened
    """Lines are stopped, or someone is undecided."""


@transaction.atomic
def keep(file: ImportedFile, *, by: Actor, plan: str, told: Told | None = None) -> ImportedFile:
    """Import a file. `plan`: the digest of what the dry run showed. Asked twice, it is done once.
    Raises ChangedMeanwhile or NotReady."""
    access.require(access.may_steer(by))
    file = ImportedFile.objects.visible_to(by).select_for_update().get(pk=file.pk)
    if file.state == State.KEPT:
        return file
    if file.state != State.CHECKED:
        raise NotReady
    staged.one_at_a_time(by)
    checked = check(file, by=by)
    if not checked.drafts or checked.undecided:
        raise NotReady
    if checked.stopped and not file.options.get("leave_out"):
        raise NotReady
    if checked.digest != plan:
        raise ChangedMeanwhile
    _Keeping(file, by, told).keep(checked)
    return file


class _Keeping:
    def __init__(self, file: ImportedFile, by: Actor, told: Told | None) -> None:
        self.file, self.by, self.told = file, by, told
        self.centre = by.own_centre
        self.now = timezone.now()
        self.traces: list[Trace] = []
        self.done = self.whole = 0

    def keep(self, checked: Checked) -> None:
        drafts = checked.drafts
        self.whole = sum(len(part) for part in drafts.parts())
        self.tracks(drafts)
        self.people(drafts)
        self.sessions(drafts)
        presences = self.presences(drafts)
        ImportedRow.objects.bulk_create(noted(self.traces, file=self.file), batch_size=BATCH)
        counts = {
            "tracks": len(drafts.tracks), "people": len(drafts.people),
            "entries": len(drafts.entries), "sessions": len(drafts.sessions),
            "presences": len(presences), "minutes": sum(one.minutes for one in presences),
            "lines": checked.lines, "left_out": len(checked.stopped),
        }  # fmt: skip
        staged.keep_as_done(self.file, counts, by=self.by, at=self.now)

    def _save(
        self, rows: Sequence[Any], lines: Iterable[int], people: Iterable[UUID] | None = None
    ) -> None:
        """Write rows of one model, and note from which line each comes, and whose it is."""
        if not rows:
            return
        type(rows[0])._base_manager.bulk_create(rows, batch_size=BATCH)
        whose = repeat(None) if people is None else people
        self.traces += [Trace(*noted) for noted in zip(rows, lines, whose, strict=False)]

    def _tell(self, more: int) -> None:
        self.done += more
        if self.told:
            self.told(self.done, self.whole)

    def _journal(self, kind: str, people: Sequence[UUID]) -> None:
        """Who is concerned, some at a time: one line for each of ten thousand would take longer
        than the import."""
        for at in range(0, len(people), NAMED):
            shown = [str(pk) for pk in people[at : at + NAMED]]
            journal.record(kind, self.file, by=self.by, shown=shown)

    # --- tracks, sessions ------------------------------------------------------------------------

    def tracks(self, drafts: Drafts) -> None:
        lines = [one.line for one in drafts.tracks]
        tracks = [
            Track(
                centre_id=self.centre, name=one.name, team_id=one.team, opened_on=one.opened_on,
                scheme=one.scheme, category=one.category, method=one.method,
                cedefop_code=one.cedefop_code,
            )
            for one in drafts.tracks
        ]  # fmt: skip
        self._save(tracks, lines)
        both = zip(tracks, drafts.tracks, strict=True)
        taught = [(track, one) for track, one in both if one.minutes]
        programmes = [
            Programme(
                centre_id=self.centre, track=track, name=one.programme, from_on=one.opened_on,
                minutes=one.minutes,
            )
            for track, one in taught
        ]  # fmt: skip
        self._save(programmes, [one.line for _track, one in taught])
        units = [
            ProgrammeUnit(
                centre_id=self.centre, programme=programme, position=1, name=programme.name,
                minutes=programme.minutes,
            )
            for programme in programmes
        ]  # fmt: skip
        self._save(units, [one.line for _track, one in taught])
        for track in tracks:
            journal.record("training.track_opened", track, by=self.by)
        self._tell(len(tracks))

    def sessions(self, drafts: Drafts) -> None:
        self.session_of = {one.line: Session(
            centre_id=self.centre, name=one.name, day=one.day, starts_at=one.starts_at,
            minutes=one.minutes, team_id=one.team, track_id=one.track, place=one.place,
            carrier=Carrier.CENTRE,
        ) for one in drafts.sessions}  # fmt: skip
        self._save(list(self.session_of.values()), self.session_of)
        self._tell(len(drafts.sessions))

    # --- people and entries ----------------------------------------------------------------------

    def people(self, drafts: Drafts) -> None:
        self.person_of: dict[int, UUID] = {}
        for at in range(0, len(drafts.people), BATCH):
            self._some_people(drafts.people[at : at + BATCH])
        self._journal("training.people_imported", list(self.person_of.values()))
        self._entries(drafts)

    def _some_people(self, drafts: Sequence[Any]) -> None:
        lines = [one.line for one in drafts]
        subjects = [Subject(centre_id=self.centre) for _one in drafts]
        keys = [subject.pk for subject in subjects]
        self._save(subjects, lines, keys)
        people = [
            Person(
                subject=subject, root_id=subject.pk, centre_id=self.centre,
                call_name=one.call_name, family_name=one.family_name, born_on=one.born_on,
                phone=one.phone, address=one.address,
            )
            for one, subject in zip(drafts, subjects, strict=True)
        ]  # fmt: skip
        self._save(people, lines, keys)
        # Made from the names, and gone with them: they need not be noted.
        add_name_keys(people)
        followed = [(pk, one) for pk, one in zip(keys, drafts, strict=True) if one.team]
        self._save(
            [Following(person_id=pk, centre_id=self.centre, team_id=one.team)
             for pk, one in followed],
            [one.line for _pk, one in followed], [pk for pk, _one in followed],
        )  # fmt: skip
        self.person_of.update(zip(lines, keys, strict=True))
        self._tell(len(drafts))

    def _whose(self, who: Known | New) -> UUID:
        return who.pk if isinstance(who, Known) else self.person_of[who.line]

    def _entries(self, drafts: Drafts) -> None:
        lines = [one.line for one in drafts.entries]
        rows = [
            Enrolment(
                centre_id=self.centre, person_id=self._whose(one.who), track_id=one.track,
                programme_id=one.programme, entered_on=one.entered_on,
                contract_on=one.contract_on, author_id=self.by.id,
            )
            for one in drafts.entries
        ]  # fmt: skip
        self._save(rows, lines, [row.person_id for row in rows])
        both = zip(rows, drafts.entries, strict=True)
        left = [(row, one, one.left_on) for row, one in both if one.left_on]
        endings = [
            Ending(
                centre_id=self.centre, enrolment=row, on=day, reason=one.reason,
                author_id=self.by.id,
            )
            for row, one, day in left
        ]  # fmt: skip
        whose = [row.person_id for row, _one, _day in left]
        self._save(endings, [one.line for _row, one, _day in left], whose)
        for chunk in chunks([row.pk for row, _one, _day in left]):
            post(hold(chunk), cause=Cause.IMPORT, by=self.by)
        self._journal("training.entries_imported", [row.person_id for row in rows])
        self._tell(len(rows))

    # --- presences -------------------------------------------------------------------------------

    def presences(self, drafts: Drafts) -> list[Presence]:
        asked = sorted({one.enrolment for one in drafts.presences})
        holds = [hold(chunk) for chunk in chunks(asked)]
        rows = [
            Presence(
                centre_id=self.centre, session_id=self._session(one.session),
                person_id=one.person, enrolment_id=one.enrolment, minutes=one.minutes,
                missed=one.missed, modality=one.modality, author_id=self.by.id,
            )
            for one in drafts.presences
        ]  # fmt: skip
        whose = [row.person_id for row in rows]
        self._save(rows, [one.line for one in drafts.presences], whose)
        for held in holds:
            post(held, cause=Cause.IMPORT, by=self.by)
        self._journal("training.presences_imported", sorted(set(whose)))
        self._tell(len(rows))
        return rows

    def _session(self, named: UUID | int) -> UUID:
        return named if isinstance(named, UUID) else self.session_of[named].pk
