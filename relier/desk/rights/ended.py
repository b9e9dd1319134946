"""Files whose time is over: whom no team follows any more, and of whom nothing has happened since.

The end of an accompaniment is derived, and only from what the coordinator may see: the last day a
team followed, the last appointment, the last request closed. Nobody writes in a file that no team
follows. Someone with an open request or an appointment to come is never in the list.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import DateField, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce, Greatest, TruncDate
from django.utils import timezone

from relier.people.models import Following, Person
from relier.privacy.actions.retention import Ended
from relier.privacy.models import PurgedFile, terms_of
from relier.privacy.rules.terms import ACCOMPANIMENT, Hold, Lasts, hold_on
from relier.support.models import Appointment, HelpRequest

# As many as two people look at together with care.
AT_ONCE = 50


@dataclass(frozen=True)
class Over:
    """One file past its time, why, and what the law still keeps of it."""

    person: Person
    entered_on: date
    ended_on: date
    hold: Hold | None


def past_their_time(centre: UUID, kind: str, *, on: date) -> tuple[Lasts, list[Over]]:
    """The term that counts, and the files past it, those that ended first first."""
    lasting = terms_of(centre, on=on)
    before = lasting[ACCOMPANIMENT].before(on)
    rows = list(ended_people(centre, before=before)[:AT_ONCE])
    return lasting[ACCOMPANIMENT], [
        Over(
            person,
            person.entered_on,  # type: ignore[attr-defined]
            person.ended_on,  # type: ignore[attr-defined]
            hold_on(kind, person.entered_on, lasting, on=on),  # type: ignore[attr-defined]
        )
        for person in rows
    ]


def ended_people(centre: UUID, *, before: date) -> "QuerySet[Person]":
    """Whole files (their roots), with `entered_on` and `ended_on`."""
    own = {"person__root": OuterRef("pk")}
    followings = Following.objects.filter(**own)
    requests = HelpRequest.objects.filter(**own)
    midnight = timezone.make_aware(datetime.combine(before, time.min))
    met_since = Appointment.objects.filter(**own, starts_at__gte=midnight)
    came_on = Cast(TruncDate("created_at"), DateField())
    in_a_purge = PurgedFile.objects.filter(
        subject=OuterRef("pk"), purge__undone_at=None, purge__done_at=None
    )
    return (
        Person.objects.filter(centre=centre, set_aside_at=None)
        .roots()
        .exclude(Exists(followings.filter(ended_on=None)))
        .exclude(Exists(requests.filter(closed_on=None)))
        .exclude(Exists(met_since))
        .exclude(Exists(in_a_purge))
        .annotate(
            entered_on=Coalesce(only(followings, Min("started_on")), came_on),
            followed_until=Coalesce(only(followings, Max("ended_on")), came_on),
            ended_on=Greatest(
                "followed_until", Coalesce(only(requests, Max("closed_on")), "followed_until")
            ),
        )
        .filter(Q(ended_on__lt=before))
        .order_by(F("ended_on"), "pk")
    )


def only(rows: "QuerySet[Following] | QuerySet[HelpRequest]", of: Max | Min) -> Subquery:
    """The first or the last day of some rows, for the query around them."""
    return Subquery(rows.order_by().values("person__root").annotate(found=of).values("found"))


def as_ended(over: Over) -> Ended:
    ids = over.person.file_ids
    return Ended(
        [over.person.pk, *(one for one in ids if one != over.person.pk)],
        over.entered_on,
        over.ended_on,
    )
