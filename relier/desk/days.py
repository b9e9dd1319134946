"""What a worker's day holds: appointments, what to do when there is time, people seen lately.

Each part is one query or two, whatever the number of people: constant for three and for three
hundred. Nothing here counts what waits: no badge, no number that reproaches (docs/charter.md, 13).
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from relier.accounts.actors import Actor
from relier.centres import access
from relier.deliberation.models import Decision
from relier.journal.kept import Kept
from relier.journal.models import Line
from relier.people.access import visible_consents
from relier.people.models import Following, Person
from relier.privacy.models import Consent
from relier.support.models import (
    AgreedStep,
    Appointment,
    HelpRequest,
    Mandate,
    MomentApart,
    Procedure,
)
from relier.training.models import Session

from . import files

SOON = timedelta(days=7)
# How many lines of each kind: a day is read at a glance, the rest is one gesture away.
FEW = 8
MOST_REQUESTS = 40
MOST_PROCEDURES = 60


@dataclass
class Day:
    on: date
    appointments: list[Appointment] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    moments: list[MomentApart] = field(default_factory=list)
    drafts: list[HelpRequest] = field(default_factory=list)
    requests: list[HelpRequest] = field(default_factory=list)
    procedures: list[Procedure] = field(default_factory=list)
    steps: list[AgreedStep] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    mandates: list[Mandate] = field(default_factory=list)
    reviews: list[Decision] = field(default_factory=list)
    lately: list[Person] = field(default_factory=list)

    @property
    def when_there_is_time(self) -> bool:
        ends = self.consents or self.mandates
        asked = self.drafts or self.requests or self.reviews
        return bool(asked or self.procedures or self.steps or ends)

    @property
    def is_empty(self) -> bool:
        today = self.appointments or self.sessions or self.moments
        return not (today or self.lately or self.when_there_is_time)


@dataclass(frozen=True)
class Questions:
    """What a member's day asks of the database, not yet asked."""

    appointments: Kept[Appointment]
    sessions: Kept[Session]
    moments: Kept[MomentApart]
    requests: Kept[HelpRequest]
    procedures: Kept[Procedure]
    steps: Kept[AgreedStep]
    consents: Kept[Consent]
    mandates: Kept[Mandate]
    reviews: Kept[Decision]
    lately: Kept[Any]
    people: "QuerySet[Person]"


# Steps that wait for the worker, not for the person: nobody is watched here.
OURS = [AgreedStep.Who.WORKER, AgreedStep.Who.TOGETHER]


@lru_cache(maxsize=128)
def questions_of(actor: Actor, on: date) -> Questions:
    """The questions of one member on one day. Building them takes longer than asking them, so they
    are kept. They hold what the actor is, never what anyone told."""
    followed = Following.objects.open().filter(worker=actor.id).order_by()
    own_people = followed.values_list("person", flat=True)
    requests = HelpRequest.objects.visible_to(actor).open()
    procedures = Procedure.objects.visible_to(actor)
    steps = AgreedStep.objects.visible_to(actor).standing()
    recent = timezone.now() - timedelta(days=30)
    return Questions(
        appointments=Kept(
            Appointment.objects.visible_to(actor)
            .standing()
            .of(actor.id)
            .on(on)
            .select_related(None)
            .select_related("person")
        ),
        sessions=Kept(
            Session.objects.visible_to(actor).between(on, on).filter(trainers=actor.id)[:FEW]
        ),
        moments=Kept(
            MomentApart.objects.visible_to(actor)
            .open()
            .select_related("person", "asked_by__user", "taken_by__user")[:FEW]
        ),
        requests=Kept(
            requests.filter(Q(person=None) | Q(followed_by=actor.id))
            .select_related(None)
            .select_related("person")
            .order_by("received_on", "recorded_at", "pk")[:MOST_REQUESTS]
        ),
        procedures=Kept(
            procedures.filter(person__root__in=own_people, deadline__lte=on + SOON)
            .select_related("person")
            .order_by("-deadline", "pk")[:MOST_PROCEDURES]
        ),
        steps=Kept(
            steps.filter(person__root__in=own_people, who__in=OURS, when_on__lte=on + SOON)
            .select_related("person")
            .order_by("when_on", "pk")[:FEW]
        ),
        consents=Kept(
            visible_consents(actor)
            .to_ask_again(on=on)
            .filter(subject__person__root__in=own_people)
            .select_related("subject__person")
            .order_by("expires_on", "pk")[:FEW]
        ),
        mandates=Kept(
            Mandate.objects.visible_to(actor)
            .ending(on=on)
            .filter(person__root__in=own_people)
            .select_related("person")
            .order_by("ends_on", "pk")[:FEW]
        ),
        reviews=Kept(
            Decision.objects.to_look_at(on=on + SOON)
            .filter(Q(owner=actor.id) | Q(question__facilitator=actor.id))
            .select_related("question")[:FEW]
        ),
        lately=Kept(
            Line.objects.readings()
            .by(actor.id)
            .filter(kind="desk.file_read", at__gt=recent)
            .values("subject")
            .annotate(last=Max("at"))
            .order_by("-last")[:FEW]
        ),
        # Without an order: with one, SQLite would read the whole centre in that order.
        people=Person.objects.followed_by(actor).order_by(),
    )


def day_of(actor: Actor, *, on: date) -> Day:
    """A member's day. Twelve questions at most, whatever it holds."""
    ask = questions_of(actor, on)
    requests = ask.requests.rows()
    drafts = [asked for asked in requests if asked.person_id is None]
    lately = [line["subject"] for line in ask.lately.rows() if line["subject"]]
    known = ask.people.in_bulk(lately)
    return Day(
        on=on,
        appointments=ask.appointments.rows(),
        sessions=ask.sessions.rows(),
        moments=ask.moments.rows(),
        # The latest first, for what waits to be named; the oldest first, for what waits for us.
        drafts=drafts[: -FEW - 1 : -1],
        requests=[asked for asked in requests if asked.person_id is not None][:FEW],
        procedures=still_under_way(ask.procedures.rows(), on=on) if actor.bound else [],
        steps=ask.steps.rows(),
        consents=ask.consents.rows(),
        mandates=ask.mandates.rows(),
        reviews=ask.reviews.rows(),
        lately=[known[pk] for pk in lately if pk in known],
    )


def still_under_way(due: list[Procedure], *, on: date) -> list[Procedure]:
    """Those whose deadline is near or has gone and that are not over, the nearest first."""
    files.news_of(due, before=on)
    return [procedure for procedure in reversed(due) if not files.is_over(procedure)][:FEW]


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
