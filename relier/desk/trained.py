"""Training in a person's file: in which track, under way or over, the hours of this month as two
numbers, the next session, and how many documents are kept. One query, whatever there is."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from relier.journal.kept import Kept, stand_ins
from relier.people.models import Person
from relier.training import figures
from relier.training.models import (
    Enrolment,
    LedgerEntry,
    Participation,
    PrintedDocument,
    Session,
)
from relier.training.rules.durations import told

# What stands for today and for the first of the month in a question that is kept.
TODAY = date(1, 1, 2)
MONTH = date(1, 1, 3)
Account = LedgerEntry.Account


@dataclass(frozen=True)
class Trained:
    """One track. Hours are told as they are said; a next session may not be planned yet. `over_on`:
    the last day, where it has passed. `documents`: how many are kept of it."""

    pk: UUID
    track: str
    effective: str
    assimilated: str
    next_session: UUID | None
    next_on: date | None
    over_on: date | None
    documents: int


def trained(person: Person, *, on: date) -> list[Trained]:
    """Those under way, then those that are over. For whoever was let into the file
    (`people.models.open_file`): the team reads the hours, and every document of an entry."""
    ids = tuple(person.file_ids)
    given: dict[Any, Any] = {
        **dict(zip(stand_ins(len(ids)), ids, strict=True)),
        TODAY: on,
        MONTH: on.replace(day=1),
    }
    found = [
        Trained(
            row.pk,
            row.track.name,
            told(row.effective or 0),
            told(row.assimilated or 0),
            row.next_session,
            row.next_on,
            row.left_on if row.left_on and row.left_on < on else None,
            row.documents or 0,
        )
        for row in asked(len(ids)).rows(given)
    ]
    return sorted(found, key=lambda one: one.over_on is not None)


@lru_cache(maxsize=16)
def asked(files: int) -> Kept[Any]:
    rows = Enrolment.objects.with_ending().filter(
        person__in=stand_ins(files), entered_on__lte=TODAY
    )
    coming = next_sessions()
    return Kept(
        rows.select_related("track").annotate(
            effective=Subquery(minutes_in(Account.EFFECTIVE)),
            assimilated=Subquery(minutes_in(Account.ASSIMILATED)),
            next_session=Subquery(coming.values("pk")[:1]),
            next_on=Subquery(coming.values("day")[:1]),
            documents=Subquery(documents_of()),
        )
    )


def documents_of() -> "QuerySet[PrintedDocument, Any]":
    """How many are kept of an entry. Those of the centre are of none."""
    rows = PrintedDocument.objects.filter(enrolment=OuterRef("pk")).order_by()
    return rows.values("enrolment").annotate(number=Count("pk")).values("number")


def minutes_in(account: int) -> "QuerySet[LedgerEntry, Any]":
    """What one account of an enrolment says of this month, up to today."""
    rows = LedgerEntry.objects.filter(trainee=OuterRef("ledger_key"), account=account)
    return figures.total_of_each(rows.between(MONTH, TODAY))


def next_sessions() -> "QuerySet[Session]":
    """Sessions at which the person of an enrolment is expected, from today on."""
    theirs = Participation.objects.filter(
        Q(session=OuterRef("pk")) | Q(workshop=OuterRef("workshop")),
        Q(until_on=None) | Q(until_on__gte=OuterRef("day")),
        person=OuterRef(OuterRef("person")),
        from_on__lte=OuterRef("day"),
    )
    rows = Session.objects.filter(centre=OuterRef("centre"), day__gte=TODAY, called_off=False)
    return rows.filter(Exists(theirs)).order_by("day", "starts_at", "pk")
