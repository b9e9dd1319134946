"""What is done to the relation of a bank: a need is added or taken out, a version taken back.

Each deed adds a version on top of the one that its author was shown. When a colleague was there
first, nothing is kept and `Meanwhile` says so: the author reads what changed, and decides again.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from relier.accounts.actors import Actor
from relier.competences import access, objections, relations
from relier.competences.banks import Bank, Need
from relier.competences.frameworks import Words
from relier.competences.models import RelationVersion
from relier.competences.objections import Kind, Objection
from relier.competences.relations import Relation
from relier.journal import actions as journal
from relier.journal.once import SentAgain, once

Change = RelationVersion.Change


class Meanwhile(Exception):  # noqa: N818 — it is no error: a colleague was there first
    """The relation is no longer the version that the author was shown."""


class Objected(Exception):  # noqa: N818 — an answer to read, not a fault
    """It cannot be kept as it is; `objection` says why."""

    def __init__(self, objection: Objection) -> None:
        super().__init__(objection.kind)
        self.objection = objection


@transaction.atomic
def add_need(
    bank: Bank,
    *,
    item: str,
    needed: str,
    because: str,
    on_top_of: int,
    form_key: UUID,
    by: Actor,
    although_it_follows: bool = False,
) -> RelationVersion:
    """Say that an item asks for another one first, and why."""

    def change(before: Relation) -> tuple[Need, ...]:
        objection = objections.to_adding(before.pairs, item, needed)
        if objection and not (objection.kind is Kind.FOLLOWS and although_it_follows):
            raise Objected(objection)
        # Their words, whatever their language: nobody translated them.
        return (*before.needs, Need(item, needed, Words(because, because)))

    said = {"change": Change.ADDED, "item": item, "needed": needed, "why": because}
    return _amend(bank, change, said, on_top_of=on_top_of, form_key=form_key, by=by)


@transaction.atomic
def remove_need(
    bank: Bank, *, item: str, needed: str, why: str, on_top_of: int, form_key: UUID, by: Actor
) -> RelationVersion:
    """Say that an item does not ask for another one first."""

    def change(before: Relation) -> tuple[Need, ...]:
        if before.need(item, needed) is None:
            raise Objected(Objection(Kind.ABSENT, (item, needed)))
        return tuple(n for n in before.needs if (n.item, n.needs) != (item, needed))

    said = {"change": Change.REMOVED, "item": item, "needed": needed, "why": why}
    return _amend(bank, change, said, on_top_of=on_top_of, form_key=form_key, by=by)


@transaction.atomic
def take_back(
    bank: Bank, *, number: int, why: str, on_top_of: int, form_key: UUID, by: Actor
) -> RelationVersion:
    """Return to an earlier version, 0 being the shipped one: a new version with its needs."""

    def change(before: Relation) -> tuple[Need, ...]:
        earlier = relations.at(by, bank, number)
        if set(earlier.needs) == set(before.needs):
            raise Objected(Objection(Kind.SAME))
        return earlier.needs

    said = {"change": Change.TAKEN_BACK, "taken_back": number, "why": why}
    return _amend(bank, change, said, on_top_of=on_top_of, form_key=form_key, by=by)


def _amend(
    bank: Bank,
    change: Callable[[Relation], tuple[Need, ...]],
    said: dict[str, Any],
    *,
    on_top_of: int,
    form_key: UUID,
    by: Actor,
) -> RelationVersion:
    access.require(access.may_amend(by))

    def keep(key: UUID) -> RelationVersion:
        before = relations.current(by, bank)
        if before.number != on_top_of:
            raise Meanwhile
        needs = change(before)
        _require_a_space(replace(before, needs=needs))
        row = RelationVersion(
            centre_id=by.own_centre,
            bank=bank.id,
            bank_version=bank.version,
            number=before.number + 1,
            items=list(before.items),
            needs=relations.as_data(needs),
            author_id=by.id,
            form_key=key,
            **said,
        )
        row.full_clean()
        row.save()
        _record(row, by=by)
        return row

    try:
        row = once(RelationVersion.objects.filter(author=by.id), form_key, keep)
    except (IntegrityError, ValidationError) as error:
        # At the same instant: the number was free when we looked, and the database gave it away.
        if relations.current(by, bank).number != on_top_of:
            raise Meanwhile from error
        raise
    if any(getattr(row, name) != value for name, value in said.items()):
        raise SentAgain([said["why"]])
    return row


def _require_a_space(relation: Relation) -> None:
    from relier.competences.spaces import TooWide  # numpy: see relations.space_of

    try:
        relations.space_of(relation)
    except TooWide as error:
        raise Objected(Objection(Kind.TOO_WIDE)) from error


def _record(row: RelationVersion, *, by: Actor) -> None:
    codes: dict[str, Any] = {"bank": row.bank, "number": row.number}
    if row.change == Change.TAKEN_BACK:
        codes["taken_back"] = row.taken_back
    else:
        codes |= {"item": row.item, "needed": row.needed}
    journal.record(f"competences.relation_{row.change}", row, by=by, **codes)
