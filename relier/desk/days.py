"""What a worker's day holds: appointments, what to do when there is time, people seen lately.

Each part is one query or two, whatever the number of people: constant for three and for three
hundred. Nothing here counts what waits: no badge, no number that reproaches (DESIGN §3.13).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from relier.accounts.actors import Actor
from relier.centres import access
from relier.journal.models import Line
from relier.people.models import Following, Person
from relier.support.models import (
    AgreedStep,
    Appointment,
    HelpRequest,
    MomentApart,
    Procedure,
)

from . import files

SOON = timedelta(days=7)
# How many lines of each kind: a day is read at a glance, the rest is one gesture away.
FEW = 8
MOST_REQUESTS = 200
MOST_PROCEDURES = 60


@dataclass
class Day:
    on: date
    appointments: list[Appointment] = field(default_factory=list)
    moments: list[MomentApart] = field(default_factory=list)
    drafts: list[HelpRequest] = field(default_factory=list)
    requests: list[HelpRequest] = field(default_factory=list)
    procedures: list[Procedure] = field(default_factory=list)
    steps: list[AgreedStep] = field(default_factory=list)
    lately: list[Person] = field(default_factory=list)

    @property
    def when_there_is_time(self) -> bool:
        return bool(self.drafts or self.requests or self.procedures or self.steps)

    @property
    def is_empty(self) -> bool:
        return not (self.appointments or self.moments or self.lately or self.when_there_is_time)


def day_of(actor: Actor, *, on: date) -> Day:
    day = Day(on=on)
    day.appointments = list(
        Appointment.objects.visible_to(actor)
        .standing()
        .of(actor.id)
        .filter(starts_at__range=whole_day(on))
        .select_related(None)
        .select_related("person")
    )
    day.moments = list(
        MomentApart.objects.visible_to(actor)
        .open()
        .select_related("person", "asked_by__user", "taken_by__user")[:FEW]
    )
    day.drafts, day.requests = open_requests(actor)
    if actor.bound:
        day.procedures = procedures_soon(actor, on=on)
    day.steps = list(
        AgreedStep.objects.visible_to(actor)
        .standing()
        .filter(person__root__in=people_of(actor), who__in=OURS, when_on__lte=on + SOON)
        .select_related("person")
        .order_by("when_on", "pk")[:FEW]
    )
    day.lately = seen_lately(actor)
    return day


def open_requests(actor: Actor) -> tuple[list[HelpRequest], list[HelpRequest]]:
    """Those without a person yet, the latest first; and those that this member follows, the
    oldest first."""
    rows = (
        HelpRequest.objects.visible_to(actor)
        .open()
        .filter(Q(person=None) | Q(followed_by=actor.id))
        .select_related(None)
        .select_related("person")
        .order_by("received_on", "recorded_at", "pk")[:MOST_REQUESTS]
    )
    drafts = [asked for asked in rows if asked.person_id is None]
    mine = [asked for asked in rows if asked.person_id is not None]
    return drafts[: -FEW - 1 : -1], mine[:FEW]


# Steps that wait for the worker, not for the person: nobody is watched here.
OURS = [AgreedStep.Who.WORKER, AgreedStep.Who.TOGETHER]


def people_of(actor: Actor) -> "QuerySet[Following, UUID]":
    """Those whose worker this member is today."""
    mine = Following.objects.open().filter(worker=actor.id)
    return mine.order_by().values_list("person", flat=True)


def procedures_soon(actor: Actor, *, on: date) -> list[Procedure]:
    """Procedures of the people whom this member follows, whose deadline is near or has gone."""
    due = list(
        Procedure.objects.visible_to(actor)
        .filter(person__root__in=people_of(actor), deadline__lte=on + SOON)
        .select_related("person")
        .order_by("-deadline", "pk")[:MOST_PROCEDURES]
    )
    files.news_of(due, before=on)
    under_way = [procedure for procedure in reversed(due) if not files.is_over(procedure)]
    return under_way[:FEW]


def whole_day(on: date) -> tuple[datetime, datetime]:
    """From midnight to midnight here: a range that an index can serve."""
    start = timezone.make_aware(datetime.combine(on, time.min))
    return start, start + timedelta(days=1) - timedelta(microseconds=1)


def seen_lately(actor: Actor, *, most: int = FEW) -> list[Person]:
    """The people whose file this member opened last, the latest first."""
    recent = (
        Line.objects.readings()
        .by(actor.id)
        .filter(kind="desk.file_read", at__gt=timezone.now() - timedelta(days=30))
        .values("subject")
        .annotate(last=Max("at"))
        .order_by("-last")[:most]
    )
    return in_order(
        (line["subject"] for line in recent if line["subject"]), Person.objects.followed_by(actor)
    )


def in_order(ids: Iterable[UUID], people: "Iterable[Person]") -> list[Person]:
    wanted = list(ids)
    found = {person.pk: person for person in people.filter(pk__in=wanted)}  # type: ignore[attr-defined]
    return [found[pk] for pk in wanted if pk in found]


def first_gestures(actor: Actor) -> dict[str, bool]:
    """Where to go from a day that holds nothing: in an empty centre, what it may begin with; in one
    that lives, the doors of one's role."""
    empty = not Person.objects.filter(centre=actor.centre).exists()
    return {
        "team": empty and access.may_set(actor) and not actor.teams,
        "request": empty and access.may_write_names(actor),
        "members": empty and access.may_set(actor),
        "counter": not empty and access.may_see_counter(actor),
        "waiting": not empty and access.may_steer(actor),
        "people": not empty and bool(actor.teams),
    }
