"""The people whom a member is likely to speak of: seen today or lately, or those they follow.

Only rows that this member may read count, their own included, so that what someone handed over
under secrecy does not come back as a name at the top of a list.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import chain
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.people.models import Following, Person
from relier.people.search import search_people
from relier.ui.dates import hour

from .models import Appointment, Intervention

# Few enough that the words to write stay on the first screen.
MOST = 6
# A name typed may be common in the centre: enough to reach those of one's own team.
SEARCHED = 60
SHOWN = 20


@dataclass(frozen=True)
class Near:
    """Someone to choose, with what helps to recognise them (an hour, today)."""

    person: Person
    hint: str = ""


@dataclass(frozen=True)
class Found:
    """What a typed name found: people whom the member's teams follow, and others of the centre."""

    near: list[Person]
    elsewhere: list[Person]


def seen_lately(actor: Actor, *, on: date, most: int = MOST) -> list[Near]:
    """At most `most` people, those of today first. Five queries, however many people."""
    today = _appointments(actor, on)
    mine = chain(today, _written_about(actor, most), _worker_of(actor, most), _team(actor, most))
    wanted = list(dict.fromkeys(mine))
    people = Person.objects.followed_by(actor).roots().in_bulk(wanted)
    order = [pk for pk in wanted if pk in people]
    return [Near(people[pk], hint=today.get(pk, "")) for pk in order[:most]]


def find(actor: Actor, text: str) -> Found:
    """People of the centre by a piece of their name; those whom the actor's teams follow, apart."""
    people = search_people(actor, text, limit=SEARCHED)
    near = set(
        Person.objects.followed_by(actor)
        .filter(pk__in=[person.pk for person in people])
        .values_list("pk", flat=True)
    )
    return Found(
        near=[person for person in people if person.pk in near][:SHOWN],
        elsewhere=[person for person in people if person.pk not in near][:SHOWN],
    )


def _appointments(actor: Actor, on: date) -> dict[UUID, str]:
    start = timezone.make_aware(datetime.combine(on, time.min))
    end = timezone.make_aware(datetime.combine(on, time.max))
    rows = (
        Appointment.objects.visible_to(actor)
        .standing()
        .of(actor.id)
        .filter(starts_at__range=(start, end))
        .order_by("starts_at", "pk")
        .values_list("person__root_id", "starts_at")
    )
    return {pk: _("today, %(hour)s") % {"hour": hour(at)} for pk, at in rows}


def _written_about(actor: Actor, most: int) -> Iterable[UUID]:
    rows = Intervention.objects.visible_to(actor).filter(author=actor.id, person__isnull=False)
    # The same person comes back in a row of interventions: read a few more than are shown.
    latest = rows.order_by("-written_at", "-pk").values_list("person__root_id", flat=True)
    return list(latest[: most * 5])


def _worker_of(actor: Actor, most: int) -> Iterable[UUID]:
    rows = Following.objects.open().filter(worker=actor.id).order_by("-started_on", "-pk")
    return list(rows.values_list("person_id", flat=True)[:most])


def _team(actor: Actor, most: int) -> Iterable[UUID]:
    rows = Following.objects.open().filter(team__in=actor.teams).order_by("-started_on", "-pk")
    return list(rows.values_list("person_id", flat=True)[:most])
