"""Training in a person's file: under way in which track, the hours of this month as two numbers,
and the next session. One query, whatever there is."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from relier.journal.kept import Kept, stand_ins
from relier.people.models import Person
from relier.training import figures
from relier.training.models import Enrolment, LedgerEntry, Participation, Session
from relier.training.rules.durations import told

# What stands for today and for the first of the month in a question that is kept.
TODAY = date(1, 1, 2)
MONTH = date(1, 1, 3)
Account = LedgerEntry.Account


@dataclass(frozen=True)
class Trained:
    """One track. Hours are told as they are said; a next session may not be planned yet."""

    pk: UUID
    track: str
    effective: str
    assimilated: str
    next_session: UUID | None
    next_on: date | None


def trained(person: Person, *, on: date) -> list[Trained]:
    """For whoever was let into the file (`people.models.open_file`): hours are read by the team."""
    ids = tuple(person.file_ids)
    given: dict[Any, Any] = {
        **dict(zip(stand_ins(len(ids)), ids, strict=True)),
        TODAY: on,
        MONTH: on.replace(day=1),
    }
    return [
        Trained(
            row.pk,
            row.track.name,
            told(row.effective or 0),
            told(row.assimilated or 0),
            row.next_session,
            row.next_on,
        )
        for row in asked(len(ids)).rows(given)
    ]


@lru_cache(maxsize=16)
def asked(files: int) -> Kept[Any]:
    rows = Enrolment.objects.under_way(on=TODAY).filter(person__in=stand_ins(files))
    coming = next_sessions()
    return Kept(
        rows.select_related("track").annotate(
            effective=Subquery(minutes_in(Account.EFFECTIVE)),
            assimilated=Subquery(minutes_in(Account.ASSIMILATED)),
            next_session=Subquery(coming.values("pk")[:1]),
            next_on=Subquery(coming.values("day")[:1]),
        )
    )


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
