"""How long a centre keeps things, and clearing out what is past its time: proposed by one,
confirmed by another, undone for some days, then erased for good."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from relier.accounts.actors import Actor
from relier.centres.access import may_set, require
from relier.centres.models import Member
from relier.journal import actions as journal
from relier.journal.once import once
from relier.privacy.models import Purge, PurgedFile, Subject, TermChange, terms_of
from relier.privacy.rules.terms import UNDO


class Ended(NamedTuple):
    """A file whose accompaniment is over: all its subjects, the one that is shown first."""

    subjects: Sequence[UUID]
    entered_on: date
    ended_on: date


def change_term(
    name: str,
    *,
    by: Actor,
    form_key: UUID,
    from_on: date,
    value: int | None = None,
    source: str = "",
    doubt: str = "",
) -> TermChange:
    """Say how long something is kept, from a day on; without a value, as it was shipped."""
    require(may_set(by))

    def keep(key: UUID) -> TermChange:
        change = TermChange(
            centre_id=by.own_centre,
            name=name,
            value=value,
            from_on=from_on,
            source=source,
            doubt=doubt,
            author_id=by.id,
            form_key=key,
        )
        change.full_clean(exclude=["form_key"])
        change.save()
        journal.record("privacy.term_changed", change, by=by, term=name, value=value)
        return change

    said = {"value": value, "from_on": from_on, "source": source, "doubt": doubt}
    return once(TermChange.objects.filter(author=by.id), form_key, keep, said=said)


@transaction.atomic
def propose_purge(files: Sequence[Ended], *, by: Actor, form_key: UUID) -> Purge:
    """Propose that these files be cleared out. Nothing changes until another confirms it."""
    require(may_set(by) and bool(files))

    def keep(key: UUID) -> Purge:
        purge = Purge.objects.create(
            centre_id=by.own_centre, proposed_by_id=by.id, files=len(files), form_key=key
        )
        PurgedFile.objects.bulk_create(
            PurgedFile(
                purge=purge, subject_id=one, ended_on=file.ended_on, entered_on=file.entered_on
            )
            for file in files
            for one in file.subjects
        )
        journal.record("privacy.purge_proposed", purge, by=by, files=len(files))
        return purge

    return once(Purge.objects.filter(proposed_by=by.id), form_key, keep)


def may_confirm(actor: Actor | None, purge: Purge) -> bool:
    """Another person than the one who proposed it, who may as well."""
    if not actor or not may_set(actor) or purge.centre_id != actor.centre:
        return False
    return purge.proposed_by_id != actor.id and purge.proposed_by.user_id != actor.user


@transaction.atomic
def confirm_purge(purge: Purge, *, by: Actor, on: date) -> Purge:
    """From now on it is out of sight, and erased some days later. Confirmed twice, it is once."""
    purge = Purge.objects.select_for_update().get(pk=purge.pk)
    require(may_confirm(by, purge))
    if purge.confirmed_at is None and purge.undone_at is None:
        lasts = terms_of(purge.centre_id, on=on)[UNDO]
        purge.confirmed_by = Member.objects.get(pk=by.id)
        purge.confirmed_at = timezone.now()
        purge.erased_on = lasts.after(on)
        purge.save(update_fields=["confirmed_by", "confirmed_at", "erased_on"])
        journal.record("privacy.purge_confirmed", purge, by=by, files=purge.files)
    return purge


@transaction.atomic
def undo_purge(purge: Purge, *, by: Actor) -> Purge:
    """Nothing is cleared out: before it is confirmed, or until its day after."""
    purge = Purge.objects.select_for_update().get(pk=purge.pk)
    require(may_set(by) and purge.centre_id == by.centre)
    if purge.undone_at is None and purge.done_at is None:
        purge.undone_by_id = by.id
        purge.undone_at = timezone.now()
        purge.save(update_fields=["undone_by", "undone_at"])
        journal.record("privacy.purge_undone", purge, by=by, files=purge.files)
    return purge


@transaction.atomic
def close_purge(purge: Purge, *, by: Actor) -> None:
    """All its files are erased."""
    purge.done_at = timezone.now()
    purge.save(update_fields=["done_at"])
    journal.record("privacy.purge_done", purge, by=by, centre=purge.centre_id, files=purge.files)


def subjects_of(purge: Purge) -> set[UUID]:
    rows = PurgedFile.objects.filter(purge=purge, subject__in=Subject.objects.all())
    return set(rows.values_list("subject", flat=True))
