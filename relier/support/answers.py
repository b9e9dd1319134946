"""What may be said of a person at the counter: the answers to the questions that people ask
there. Who is my worker? When am I received? When will my payment come, will it come, where does
the mistake come from?

Only columns of the counter are read here: never what an appointment is about, never the words
of a request, and of the situation the languages alone (docs/walls.md).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from relier.accounts.actors import Actor
from relier.centres.models import Centre, Member
from relier.people.models import FACETS, Fact, Following, Person
from relier.people.rules import in_words

from .models import Appointment, Delay, HelpRequest
from .models.requests import Waiting, without_words
from .rules.reception import Expected, Span, expectation, span

NEXT = 5
# For how long something settled stays on the page, so that a slip can be mended.
SETTLED_LATELY = timedelta(days=14)
SPOKEN_AT_THE_COUNTER = ("spoken", "interpreter", "interpreter_language")


@dataclass(frozen=True)
class Late:
    """Something late as it is said today, and what was said of it before."""

    delay: Delay
    span: Span
    expected: Expected
    before: list[Delay] = field(default_factory=list)


@dataclass
class Answers:
    on: date
    person: Person
    centre: Centre
    followings: list[Following]
    worker: Member | None
    worker_next: datetime | None
    appointments: list[Appointment]
    late: list[Late]
    settled: list[Delay]
    waiting: list[Waiting]
    languages: str


def answers(person: Person, actor: Actor, *, on: date) -> Answers:
    """All of it in nine queries, however much there is to say. `person` is the file shown."""
    followings = person.teams_today
    worker = next((row.worker for row in followings if is_here(row.worker)), None)
    expected = Appointment.objects.visible_to(actor).to_come(on=on)
    delays = Delay.objects.visible_to(actor).filter(person__in=person.file_ids)
    late, settled = told_late(delays.select_related("author__user"), on=on)
    return Answers(
        on=on,
        person=person,
        centre=person.centre,
        followings=followings,
        worker=worker,
        worker_next=next_meeting(worker, actor),
        appointments=list(expected.filter(person__in=person.file_ids)[:NEXT]),
        late=late,
        settled=settled,
        waiting=without_words(HelpRequest.objects.open().of_file(person)),
        languages=languages_of(person),
    )


def is_here(worker: Member | None) -> bool:
    return bool(worker and worker.left_on is None and worker.user.is_active)


def next_meeting(worker: Member | None, actor: Actor) -> datetime | None:
    """When this worker next receives someone, whoever it is: then they are in."""
    rows = Appointment.objects.visible_to(actor).after(timezone.now())
    rows = rows.of(worker.pk if worker else actor.id).order_by("starts_at", "pk")
    moments = rows.values_list("starts_at", flat=True)
    return moments.first() if worker else None


def told_late(delays: Iterable[Delay], *, on: date) -> tuple[list[Late], list[Delay]]:
    """What is late today with what was said before, and what was settled lately."""
    rows = {delay.pk: delay for delay in delays}
    replaced = {delay.replaces_id for delay in rows.values()}
    current = [delay for delay in rows.values() if delay.pk not in replaced]
    late = [
        Late(
            delay=delay,
            span=span(delay.since, on=on),
            expected=expectation(delay.expected_on, on=on),
            before=said_before(delay, rows),
        )
        for delay in current
        if delay.settled_on is None
    ]
    settled = [d for d in current if d.settled_on and on - d.settled_on <= SETTLED_LATELY]
    return late, settled


def said_before(delay: Delay, rows: dict[UUID, Delay]) -> list[Delay]:
    """The earlier sayings of the same thing, the latest first."""
    chain: list[Delay] = []
    while delay.replaces_id and delay.replaces_id in rows:
        delay = rows[delay.replaces_id]
        chain.append(delay)
    return chain


def languages_of(person: Person) -> str:
    """How to talk together, as it stands: languages and interpreter, in short words. What the
    person said of it in their own words is content, and is not even read."""
    facts = Fact.objects.filter(person__in=person.file_ids, facet=FACETS.LANGUAGES)
    latest = facts.order_by("-situation__on", "-situation__recorded_at", "-pk")
    told = latest.only("situation", "facet", "choices").first()
    choices = told.choices if told else {}
    spoken = {name: choices[name] for name in SPOKEN_AT_THE_COUNTER if name in choices}
    return in_words(FACETS.LANGUAGES, spoken)
