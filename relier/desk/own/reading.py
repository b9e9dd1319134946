"""What each page holds, for the person whom it is about: all the files that were joined to theirs.

The walls of members do not stand here: what is written about someone is theirs to read. Two things
are left out of the screen (docs/decisions/011): notes, which often speak of others too and are
handed over by someone who can explain them; and what was written for the team about a meeting.
Each page costs a constant number of queries.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils import timezone, translation

from relier.centres.models import Member
from relier.competences import result_pages as found_out
from relier.competences.models import Positioning
from relier.journal.models import Line
from relier.people.models import Person
from relier.privacy.models import Consent
from relier.support.models import (
    AgreedStep,
    Appointment,
    Consultation,
    HelpRequest,
    Mandate,
    Procedure,
)
from relier.support.waiting import answers_to

from . import languages, words
from .door import Visit

APPOINTMENTS = 6
ON_A_PAGE = 20


# --- the day's basics, with the card alone --------------------------------------------------------


@dataclass(frozen=True)
class Basics:
    """When, where, with whom; whom to call. Nothing of what it is about, and no name of theirs."""

    today: list[dict[str, str]]
    next: list[dict[str, str]]
    worker: str = ""
    reach: str = ""
    centre: dict[str, str] = field(default_factory=dict)


def basics(person: Person, *, on: date) -> Basics:
    told: dict[bool, list[dict[str, str]]] = {True: [], False: []}
    coming = Appointment.objects.to_come(on=on).filter(person__in=person.file_ids).with_names()
    for one in coming[:APPOINTMENTS]:
        is_today = timezone.localdate(one.starts_at) == on
        told[is_today].append(appointment(one))
    worker = worker_of(person)
    centre = person.centre
    return Basics(
        today=told[True],
        next=told[False],
        worker=worker.name if worker else "",
        reach=worker.reached_by if worker else "",
        centre={
            "name": centre.name,
            "phone": centre.phone,
            "address": centre.address,
            "opening": centre.opening,
        },
    )


def appointment(one: Appointment) -> dict[str, str]:
    return {
        "when": words.moment(one.starts_at),
        "where": one.place,
        "with": one.with_member.name,
        "bring": one.bring,
    }


def worker_of(person: Person) -> Member | None:
    """Of several teams, the first whose worker is still here."""
    workers = (following.worker for following in person.teams_today)
    return next((one for one in workers if one and one.left_on is None), None)


# --- with the pictures ----------------------------------------------------------------------------


def steps(person: Person) -> list[dict[str, Any]]:
    """What stands, then what was done; left aside, it is left."""
    rows = AgreedStep.objects.current().of_file(person).filter(left_on=None)
    kept = sorted(rows, key=lambda one: one.done_on is not None)
    return [
        {
            "words": one.words,
            "who": words.who_does(one),
            "when": words.the_day(one.when_on) if one.when_on else one.when_words,
            "pictogram": one.pictogram,
            "done": words.the_day(one.done_on) if one.done_on else "",
        }
        for one in kept
    ]


def can_do(person: Person) -> dict[str, Any] | None:
    """The latest time that we found out together, shared with the team or not: it is theirs. Its
    deeds are worded in French and in English; elsewhere the page says which language it is."""
    rows = Positioning.objects.of_file(person).of_bank("everyday").kept().latest_first()
    latest = rows.select_related("person__root__centre", "author__user").first()
    if latest is None:
        return None
    with translation.override(languages.written_in()):
        page = found_out.result_page(latest)
    return {
        "on": words.the_day(latest.on),
        "can": page["can"],
        "within_reach": page["within_reach"],
        "pictured": page["pictured"],
    }


def procedures(visit: Visit) -> list[dict[str, str]]:
    """Those under way first. Where a worker not bound by secrecy stood by when the pictures were
    chosen, only those that are open to the team."""
    rows = Procedure.objects.filter(person__in=visit.person.file_ids).with_latest()
    if not visit.sees_secrecy:
        rows = rows.filter(open_to_team=True)
    over = {Procedure.Outcome.DONE, Procedure.Outcome.DROPPED}
    kept = sorted(rows, key=lambda one: one.outcome in over)
    return [
        {
            "about": one.about,
            "institution": one.institution,
            "deadline": words.the_day(one.deadline)
            if one.deadline and one.outcome not in over
            else "",
            "stands": str(words.STANDS[Procedure.Outcome(one.outcome)]),
        }
        for one in kept
    ]


def agreements(person: Person) -> list[dict[str, Any]]:
    rows = Consent.objects.standing(on=timezone.localdate()).of_file(person.file_ids)
    return [
        {
            "agreement": one.pk,
            "words": words.agreed(one.purpose),
            "given": words.the_day(one.given_on),
            "text": one.text,
            "language": one.language,
            "if_no": words.withdrawn(one.purpose),
        }
        for one in rows
    ]


def mandates(visit: Visit) -> list[dict[str, Any]]:
    """What the centre may do online in their name, family by family, while it runs. Under secrecy,
    as procedures are."""
    rows = Mandate.objects.standing(on=timezone.localdate()).of_file(visit.person.file_ids)
    if not visit.sees_secrecy:
        rows = rows.filter(open_to_team=True)
    return [
        {
            "mandate": mandate.pk,
            "family": scope.family,
            "what": scope.words,
            "given": words.the_day(mandate.given_on),
            "until": words.until(mandate.ends_on),
            "text": mandate.text,
            "language": mandate.language,
        }
        for mandate in rows.with_scopes()
        for scope in mandate.left()
    ]


def consultations(visit: Visit) -> list[dict[str, Any]]:
    """That the BCSS was consulted about them: when, by whom, why, with the words they agreed to.
    All of it is under secrecy. It took place: there is nothing to take back."""
    if not visit.sees_secrecy:
        return []
    rows = Consultation.objects.of_file(visit.person.file_ids).exclude(consulted_on=None)
    return [
        {
            "consulted": words.consulted(one),
            "why": one.purpose_words,
            "given": words.the_day(one.agreed_on) if one.agreed_on else "",
            "text": one.text,
            "language": one.language,
        }
        for one in rows.signed()
    ]


def requests(person: Person, *, on: date) -> list[dict[str, Any]]:
    """What was asked, by them or in their name, with what was answered."""
    rows = HelpRequest.objects.of_file(person).prefetch_related("replies__author__user")
    latest = list(rows.order_by("-received_on", "-recorded_at", "pk"))
    going_on = [one for one in latest if not one.closed_on]
    answers = dict(zip(going_on, answers_to(going_on, person.centre_id, on=on), strict=True))
    told = []
    for one in latest:
        replies = [
            {"words": said.words, "who": said.author.name, "when": words.the_day(said.on)}
            for said in one.replies.all()
        ]
        comes = ""
        if one in answers and not replies:
            answer = answers[one]
            promised = bool(answer.within.source)
            comes = words.answer_comes(by_day=answer.by_day, promised=promised, on=on)
        asked = words.the_day(one.received_on)
        told.append({"words": one.words, "on": asked, "replies": replies, "comes": comes})
    return told


# --- who opened my file ---------------------------------------------------------------------------


def readings(person: Person, number: str | int) -> tuple[Page[Any], list[dict[str, Any]]]:
    """One page of the readings of every file joined to theirs, the latest first, day by day: who,
    at what hour, what. A line of a list that showed their name among others is not here."""
    page = Paginator(all_readings(person), ON_A_PAGE).get_page(number)
    return page, by_days(page)


def latest_readings(person: Person, count: int) -> list[dict[str, Any]]:
    return by_days(all_readings(person)[:count])


def all_readings(person: Person) -> "QuerySet[Line]":
    rows = Line.objects.readings().filter(subject__in=person.file_ids, actor_kind="member")
    return rows.order_by("-at", "-pk")


def by_days(lines: Iterable[Line]) -> list[dict[str, Any]]:
    lines = list(lines)
    members = Member.objects.filter(pk__in={line.actor for line in lines}).select_related("user")
    names = {member.pk: member.name for member in members}
    days = groupby(lines, key=lambda line: timezone.localdate(line.at))
    return [
        {
            "on": words.the_day(on),
            "lines": [
                {
                    "at": words.hour(line.at),
                    "who": names.get(line.actor, ""),
                    "what": words.opened(line.kind),
                }
                for line in those
            ],
        }
        for on, those in days
    ]
