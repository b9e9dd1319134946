"""The deeds of these pages that need to know who follows a person; the others are privacy's."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from relier.accounts.actors import Actor
from relier.centres.access import require
from relier.people import access
from relier.people.models import Person
from relier.privacy import actions as privacy
from relier.privacy import disk
from relier.privacy.actions.retention import Ended, subjects_of
from relier.privacy.actions.rights import Erasure
from relier.privacy.models import Purge, RightsRequest


def asked_for(person: Person, what: str) -> RightsRequest | None:
    """The request that still waits for its answer, in any of the person's files."""
    rows = RightsRequest.objects.open().filter(subject__in=person.file_ids, what=what)
    return rows.order_by("asked_on", "pk").first()


def note_request(
    person: Person, what: str, *, on: date, by: Actor, form_key: UUID | None = None
) -> RightsRequest:
    """Any member of the team may hear it; the day counts."""
    require(access.may_open_file(by, person))
    known = asked_for(person, what)
    return known or privacy.ask_right(person.subject, what, on=on, by=by, form_key=form_key)


def answer_request(asked: RightsRequest, answer: str, *, on: date, by: Actor) -> RightsRequest:
    require(access.may_open_file(by, asked.subject.person))
    return privacy.answer_right(asked, answer, on=on, by=by)


def erase_person(person: Person, *, entered_on: date, by: Actor) -> Erasure:
    """Erase someone who asked for it, in every file of theirs; then write the database anew."""
    require(
        access.may_take_the_whole(by, person)
        and asked_for(person, RightsRequest.What.ERASE) is not None
    )
    ids = [person.pk, *(one for one in person.file_ids if one != person.pk)]
    done = privacy.erase(ids, by=by, entered_on=entered_on)
    disk.clean_if_needed()
    return done


# --- clearing out --------------------------------------------------------------------------------


@transaction.atomic
def confirm_purge(purge: Purge, *, by: Actor, on: date) -> Purge:
    """Out of sight from now on: no list, search or address shows these files any more."""
    confirmed = privacy.confirm_purge(purge, by=by, on=on)
    if confirmed.confirmed_at and not confirmed.undone_at:
        _set_aside(confirmed, timezone.now())
    return confirmed


@transaction.atomic
def undo_purge(purge: Purge, *, by: Actor) -> Purge:
    undone = privacy.undo_purge(purge, by=by)
    if undone.undone_at:
        _set_aside(undone, None)
    return undone


def _set_aside(purge: Purge, at: datetime | None) -> None:
    Person.objects.filter(pk__in=subjects_of(purge)).update(set_aside_at=at)


def erase_due(*, by: Actor, on: date) -> int:
    """Erase the files whose days for changing one's mind are over. Returns how many people."""
    people = 0
    for purge in Purge.objects.due(on=on):
        for file in files_of(purge):
            privacy.erase(list(file.subjects), by=by, entered_on=file.entered_on)
            people += 1
        privacy.close_purge(purge, by=by)
    return people


def files_of(purge: Purge) -> Sequence[Ended]:
    """The files of a clearing out that are still there, those of one person together."""
    rows = {entry.subject_id: entry for entry in purge.entries.all()}
    people = Person.objects.filter(pk__in=rows).order_by("pk")
    grouped: dict[UUID, list[UUID]] = {}
    for person in people:
        grouped.setdefault(person.root_id, []).append(person.pk)
    found = []
    for root, files in grouped.items():
        entry = rows[root] if root in rows else rows[files[0]]
        ids = [root, *(one for one in files if one != root)]
        found.append(Ended(ids, entry.entered_on, entry.ended_on))
    return found
