"""The way back: whatever one import added goes, all at once, and nothing else moves.

Where something of it was touched since (changed, or leaned on by a row that came later), nothing is
taken back: it is named, line by line (docs/decisions/023). Hours cannot be taken out of the ledger:
entries that take them back are appended, so that every sum is what it was.

As in `keeping.py`, all of it is looked at while nobody waits, and the transaction only makes sure
that nothing moved since.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.utils import timezone

from relier.accounts.actors import Actor
from relier.journal import actions as journal
from relier.people.models import Following, NameKey, Person
from relier.privacy import disk
from relier.privacy.models import Subject
from relier.training import access
from relier.training.models import (
    Absence,
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
from relier.training.posting import Change, lock, share_with_closings

from . import staged
from .models import ImportedFile, ImportedRow, State
from .moment import Asked, at_one_moment, short_transaction
from .ready import entries_that_move
from .statements import Statement, posting_statements
from .traces import Touched, chunks, rows_of, touched_since

Added = dict[type[models.Model], dict[str, ImportedRow]]
# What hours rest on.
FACTS: Sequence[type[models.Model]] = (Presence, Absence, Ending)
# What leans on others goes before them.
IN_ORDER: Sequence[type[models.Model]] = (
    *FACTS, Eligibility, Placement, Enrolment, Session, ProgrammeUnit, Programme, Track, Following,
    Person, Subject,
)  # fmt: skip
# How often it is looked at beside the others before they wait.
ATTEMPTS = 3


class StillInUse(Exception):  # noqa: N818 — a word for what happened
    """`touched`: what stands in the way. Nothing was taken back."""

    def __init__(self, touched: list[Touched]) -> None:
        super().__init__()
        self.touched = touched


@dataclass(frozen=True)
class Way:
    """What takes it back, ready to be done. `enrolments`: those whose hours move."""

    touched: list[Touched]
    enrolments: list[UUID]
    statements: list[Statement]


def undo(file: ImportedFile, *, by: Actor) -> ImportedFile:
    """Take back all that an import added. Asked twice, it is done once. Raises StillInUse."""
    access.require(access.may_steer(by))
    for _attempt in range(ATTEMPTS):
        asked, way = _look(file, by)
        if way is None:
            return _fresh(file, by)
        with short_transaction():
            here = _lock(file, way, by)
            if here.state == State.UNDONE:
                return here
            if not asked.has_moved():
                return _take_back(here, way, by)
    with short_transaction():
        here = _fresh(file, by)
        _asked, way = _look(here, by)
        if way is None:
            return here
        return _take_back(_lock(here, way, by), way, by)


def _look(file: ImportedFile, by: Actor) -> tuple[Asked, Way | None]:
    with at_one_moment() as asked:
        here = _fresh(file, by)
        if here.state == State.UNDONE:
            return asked, None
        access.require(staged.may_be_undone(here))
        added = rows_of(here)
        touched = touched_since(added)
        enrolments, entries = entries_that_move(_moved(added), _gone(added), by)
    if touched:
        return asked, Way(touched, enrolments, [])
    statements = [*posting_statements(entries), *_taking_away(added)]
    return asked, Way(touched, enrolments, statements)


def _fresh(file: ImportedFile, by: Actor) -> ImportedFile:
    return ImportedFile.objects.visible_to(by).get(pk=file.pk)


def _lock(file: ImportedFile, way: Way, by: Actor) -> ImportedFile:
    access.require(access.may_steer(by))
    here = ImportedFile.objects.visible_to(by).select_for_update().get(pk=file.pk)
    staged.one_at_a_time(by)
    for chunk in chunks(way.enrolments):
        lock(chunk)
    share_with_closings(by.own_centre)
    return here


def _moved(added: Added) -> set[UUID]:
    """The enrolments whose hours rest on what goes."""
    found: set[UUID] = set()
    for model in FACTS:
        rows: Any = model._base_manager
        for chunk in chunks(list(added.get(model, {}))):
            said = rows.filter(pk__in=chunk, enrolment__isnull=False).order_by()
            found.update(said.values_list("enrolment", flat=True))
    return found


def _gone(added: Added) -> Change:
    return Change(gone={UUID(key) for model in FACTS for key in added.get(model, {})})


def _taking_away(added: Added) -> list[Statement]:
    """Row by row, without looking for what leans on each: nothing does (`touched_since`), and the
    database would refuse to let a row go that another needs."""
    statements = []
    if people := added.get(Person):
        statements.append(_deleting(NameKey, "person", Person, people))
    for model in IN_ORDER:
        if rows := added.get(model):
            statements.append(_deleting(model, model._meta.pk.name, model, rows))
    return statements


def _deleting(
    model: type[models.Model], column: str, of: type[models.Model], rows: dict[str, Any]
) -> Statement:
    """`rows`: id -> anything, of the model `of`."""
    quote, key = connection.ops.quote_name, of._meta.pk
    field: Any = model._meta.get_field(column)
    sql = f"DELETE FROM {quote(model._meta.db_table)} WHERE {quote(field.column)} = %s"  # noqa: S608
    values = [(key.get_db_prep_value(key.to_python(pk), connection),) for pk in rows]
    return Statement(sql, values)


def _take_back(file: ImportedFile, way: Way, by: Actor) -> ImportedFile:
    if way.touched:
        raise StillInUse(way.touched)
    disk.to_clean()
    ImportedRow.objects.of(file).delete()
    for statement in way.statements:
        statement.write()
    file.state, file.undone_at = State.UNDONE, timezone.now()
    file.save(update_fields=["state", "undone_at"])
    journal.record("training.import_undone", file, by=by)
    return file
