"""What is projected in the room: one thing at a time, in very large type, and nobody's name.

It is drawn anew by the browser itself every so many seconds (a header, no script): nobody reads it
on their own, and whoever does may stop that.
"""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from relier.centres.http import Request
from relier.deliberation import papers, results, told_hands
from relier.deliberation.actions import running
from relier.deliberation.models import Doing, Meeting, ShowOfHands, Statement

from .meetings import meeting_or_404, planned
from .running import time_of

AGAIN = 15  # seconds


@require_safe
def screen(request: Request, pk: UUID) -> HttpResponse:
    meeting = meeting_or_404(request.actor, pk)
    is_still = "still" in request.GET
    language = (get_language() or "fr")[:2]
    context = {
        "meeting": meeting,
        "question": meeting.question,
        "is_still": is_still,
        **(shown(meeting, language) if meeting.is_held else at_rest(meeting)),
    }
    response = render(request, "deliberation/screen.html", context)
    if not is_still:
        response.headers["Refresh"] = str(AGAIN)
    response.headers["Cache-Control"] = "no-store"
    return response


def at_rest(meeting: Meeting) -> dict[str, Any]:
    """Before it begins, the agenda; once it is over, nothing but that."""
    items, ends = planned(meeting)
    return {"items": [] if meeting.is_over else items, "ends": ends}


def shown(meeting: Meeting, language: str) -> dict[str, Any]:
    """Of what is under way: the item, its time, its statement or what was found so far."""
    way = running.way_of(meeting)
    if way.here is None:
        return {"item": None}
    item, statement = way.here
    found: dict[str, Any] = {"item": item, "time": time_of(meeting)}
    if statement is not None:
        words, wording = statement.in_language(language)
        found |= {
            "statement": statement,
            "words": words,
            "language": wording.language if wording else statement.language,
            "place": [one for step_of, one in way.steps if step_of == item].index(statement) + 1,
            "all": sum(step_of == item for step_of, _one in way.steps),
            "raises": item.doing == Doing.HANDS,
            "hands": hands_of(meeting, statement),
        }
    elif item.doing == Doing.RESULTS:
        told = results.results_of(meeting.question, language)
        found["parts"] = papers.found(told, told.document) if told.document else []
        found["is_results"] = True
    return found


def hands_of(meeting: Meeting, statement: Statement) -> list[str]:
    """What was counted of it, in words, once it was: fewer than five hands are never kept."""
    rows = ShowOfHands.objects.of(meeting.question).standing().filter(statement=statement)
    return [told_hands.in_words(one) for one in rows.order_by("-on", "-pk")]
