"""What stands on the page to take home, once worded: screen, voice and paper say the same.

It is content, read by the team: nothing under secrecy, nothing of what an appointment is about,
which was written for the team and not for the person. Every sentence is for someone who reads
with difficulty or hears it read aloud: one idea, everyday words, days in full.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import pgettext

from relier.accounts.actors import Actor
from relier.centres.models import Centre, Member
from relier.people.models import Following, Person
from relier.ui.dates import day, hour

from .models import AgreedStep, Appointment, HelpRequest
from .waiting import answers_to

DONE_LATELY = timedelta(days=30)
# What comes later stands on the page of a later visit.
APPOINTMENTS = 6
REQUESTS = 3
ICONS = {
    "appointments": "appointment",
    "requests": "request",
    "steps": "step",
    "contact": "phone",
    "notes": "note",
}


def take_home(person: Person, *, on: date, by: Actor) -> dict[str, Any]:
    """The page of a person (the file that is kept), as plain words in the language in force."""
    centre = person.centre
    worker = worker_of(person, by)
    return {
        "title": pgettext("person", "Your page"),
        "person": person.call_name,
        "date": capfirst(day(on)),
        "appointments": [appointment(one) for one in next_appointments(person, on=on, by=by)],
        "requests": requests(person, on=on, by=by),
        "steps": [step(one) for one in steps(person, on=on, by=by)],
        "worker": {"name": worker.name, "reach": worker.reached_by} if worker else {},
        "centre": contact(centre),
        "icons": ICONS,
        "labels": labels(),
    }


def drawn(page: dict[str, Any]) -> set[str]:
    """The names of the pictograms that a page draws."""
    return {*page["icons"].values(), *(one["pictogram"] for one in page["steps"])} - {""}


def steps(person: Person, *, on: date, by: Actor) -> Iterable[AgreedStep]:
    """Those that stand, then those done in the last 30 days: what was done is worth seeing too."""
    rows = AgreedStep.objects.visible_to(by).current().of_file(person).filter(left_on=None)
    kept = rows.filter(Q(done_on=None) | Q(done_on__gte=on - DONE_LATELY))
    return sorted(kept, key=lambda one: one.done_on is not None)


def next_appointments(person: Person, *, on: date, by: Actor) -> Iterable[Appointment]:
    rows = Appointment.objects.visible_to(by).to_come(on=on)
    return rows.filter(person__in=person.file_ids)[:APPOINTMENTS]


def requests(person: Person, *, on: date, by: Actor) -> list[list[str]]:
    """What the person asked and who will answer, when: a few sentences each, the latest first."""
    rows = HelpRequest.objects.visible_to(by).open().of_file(person)
    latest = rows.order_by("-received_on", "-recorded_at", "pk")[:REQUESTS]
    told = answers_to(latest, person.centre_id, on=on)
    return [answer.sentences for answer in told if answer.sentences]


def worker_of(person: Person, by: Actor) -> Member | None:
    """The worker of this person in the team of whoever prints, else in another team."""
    rows = Following.objects.open().filter(person=person.root_id, worker__left_on=None)
    known = rows.exclude(worker=None).select_related("worker__user").order_by("started_on", "pk")
    followings = sorted(known, key=lambda one: one.team_id not in by.teams)
    return followings[0].worker if followings else None


# --- in words ------------------------------------------------------------------------------------


def appointment(one: Appointment) -> dict[str, str]:
    at = timezone.localtime(one.starts_at)
    when = pgettext("person", "%(day)s, at %(hour)s") % {"day": day(at), "hour": hour(at)}
    return {
        "when": capfirst(when),
        "where": one.place,
        "with": one.with_member.name,
        "bring": one.bring,
    }


def step(one: AgreedStep) -> dict[str, Any]:
    return {
        "words": one.words,
        "who": who_does(one),
        "when": day(one.done_on) if one.done_on else when_done(one),
        "pictogram": one.pictogram,
        "done": one.done_on is not None,
    }


def who_does(one: AgreedStep) -> str:
    """Who does it, told to the person."""
    if one.who == AgreedStep.Who.PERSON:
        return pgettext("person", "You")
    if one.who == AgreedStep.Who.TOGETHER and one.who_words:
        return pgettext("person", "You and %(name)s") % {"name": one.who_words}
    if one.who == AgreedStep.Who.TOGETHER:
        return pgettext("person", "You and us")
    if one.who == AgreedStep.Who.WORKER:
        return one.who_words or pgettext("person", "Us")
    return one.who_words or pgettext("person", "Someone else")


def when_done(one: AgreedStep) -> str:
    """By which day, in full, and in the words that were chosen."""
    by_day = day(one.when_on) if one.when_on else ""
    return ", ".join(part for part in (by_day, one.when_words) if part)


def contact(centre: Centre) -> dict[str, str]:
    return {
        "name": centre.name,
        "phone": centre.phone,
        "address": centre.address,
        "opening": centre.opening,
    }


def labels() -> dict[str, str]:
    return {
        "for": pgettext("person", "For"),
        "appointments": pgettext("person", "Your appointments"),
        "no_appointments": pgettext("person", "No appointment for now."),
        "where": pgettext("person", "Where"),
        "with": pgettext("person", "With"),
        "bring": pgettext("person", "To bring"),
        "requests": pgettext("person", "What you asked"),
        "steps": pgettext("person", "What we agreed"),
        "no_steps": pgettext("person", "Nothing is agreed for now."),
        "who": pgettext("person", "Who"),
        "when": pgettext("person", "When"),
        "done": pgettext("person", "It is done"),
        "tick": pgettext("person", "Done"),
        "contact": pgettext("person", "A question? Call us."),
        "worker": pgettext("person", "Ask for"),
        "reach": pgettext("person", "How"),
        "address": pgettext("person", "Address"),
        "opening": pgettext("person", "Open"),
        "notes": pgettext("person", "To write"),
        "page": pgettext("person", "Page %(page)s of %(pages)s"),
    }
