"""Who will answer, and when, in words that can be read to the person who asked (charter 13).

A day is promised only with a delay that the centre itself has said. With the usual number, nothing
is promised: the words say when to call.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import pgettext

from relier.centres.models import AnswerDelay, Within, in_force
from relier.lib.days import after_working_days
from relier.ui.dates import day

from .models import HelpRequest


@dataclass(frozen=True)
class Answer:
    """When someone who asked hears of it. `sentences`: for the person, none once it is past and
    someone follows the request."""

    within: Within
    by_day: date
    sentences: list[str]


def answers_to(requests: Iterable[HelpRequest], centre: UUID, *, on: date) -> list[Answer]:
    """What to say today of requests of a centre that go on. One query, however many they are."""
    said = list(AnswerDelay.objects.of_centre(centre))
    return [_answer(request, said, on=on) for request in requests]


def _answer(request: HelpRequest, said: list[AnswerDelay], *, on: date) -> Answer:
    within = in_force(said, on=request.received_on)
    by_day = after_working_days(request.received_on, within.working_days)
    return Answer(within, by_day, told(request, within, by_day, on=on))


def told(request: HelpRequest, within: Within, by_day: date, *, on: date) -> list[str]:
    asked = pgettext("person", "You asked us for help on %(day)s.")
    asked = asked % {"day": day(request.received_on)}
    if on > by_day:
        late = pgettext("person", "You still have no answer? Call us.")
        return [] if request.followed_by else [asked, late]
    who = pgettext("person", "The team has your request.")
    if request.followed_by:
        who = pgettext("person", "%(name)s looks after your request.") % {
            "name": request.followed_by.name
        }
    if not within.source:
        silent = pgettext("person", "No news on %(day)s? Call us.")
        return [asked, who, silent % {"day": day(by_day)}]
    promise = pgettext("person", "You will have an answer by %(day)s.") % {"day": day(by_day)}
    return [asked, who, promise, pgettext("person", "No news that day? Call us.")]
