"""The way back: whatever one import added goes, all at once, and nothing else moves.

Where something of it was touched since (changed, or leaned on by a row that came later), nothing is
taken back: it is named, line by line (docs/decisions/023). Hours cannot be taken out of the ledger:
entries that take them back are appended, so that every sum is what it was.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone

from relier.accounts.actors import Actor
from relier.journal import actions as journal
from relier.people.models import Following, Person
from relier.privacy import disk
from relier.privacy.models import Subject
from relier.training import access
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
from relier.training.posting import Held, hold, post

from . import staged
from .models import ImportedFile, ImportedRow, State
from .traces import Touched, chunks, rows_of, touched_since

Added = dict[type[models.Model], dict[str, ImportedRow]]
# What hours rest on goes first, then they are posted, then what carried them.
BEFORE_POSTING: Sequence[type[models.Model]] = (Presence, Absence, Ending)
AFTER: Sequence[type[models.Model]] = (
    Eligibility, Placement, Enrolment, Session, ProgrammeUnit, Programme, Track, Following, Person, Subject,
)  # fmt: skip


class StillInUse(Exception):  # noqa: N818 — a word for what happened
    """`touched`: what stands in the way. Nothing was taken back."""

    def __init__(self, touched: list[Touched]) -> None:
        super().__init__()
        self.touched = touched


@transaction.atomic
def undo(file: ImportedFile, *, by: Actor) -> ImportedFile:
    """Take back all that an import added. Asked twice, it is done once. Raises StillInUse."""
    access.require(access.may_steer(by))
    file = ImportedFile.objects.visible_to(by).select_for_update().get(pk=file.pk)
    if file.state == State.UNDONE:
        return file
    access.require(staged.may_be_undone(file))
    staged.one_at_a_time(by)
    added = rows_of(file)
    holds = _hold(added)
    touched = touched_since(added)
    if touched:
        raise StillInUse(touched)
    disk.to_clean()
    for model in BEFORE_POSTING:
        _take_away(model, added)
    for held in holds:
        post(held, cause=Cause.IMPORT, by=by)
    for model in AFTER:
        _take_away(model, added)
    ImportedRow.objects.of(file).delete()
    file.state, file.undone_at = State.UNDONE, timezone.now()
    file.save(update_fields=["state", "undone_at"])
    journal.record("training.import_undone", file, by=by)
    return file


def _hold(added: Added) -> list[Held]:
    """The entries whose hours will move, locked."""
    keys = set(added.get(Enrolment, {}))
    for model in (Presence, Absence):
        for chunk in chunks(list(added.get(model, {}))):
            rows = model.objects.filter(pk__in=chunk, enrolment__isnull=False).order_by()
            keys.update(map(str, rows.values_list("enrolment", flat=True)))
    return [hold([UUID(key) for key in chunk]) for chunk in chunks(sorted(keys))]


def _take_away(model: type[models.Model], added: Added) -> None:
    rows: Any = model._base_manager
    for chunk in chunks(list(added.get(model, {}))):
        rows.filter(pk__in=chunk).delete()
