"""One statement on a page; then all the answers are read back, and given."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from relier.deliberation import languages
from relier.deliberation.actions import voices
from relier.deliberation.door import (
    ANEW,
    Voice,
    draw,
    forget_cookie,
    keep_answers,
    keep_cookie,
    speaking,
    voice_page,
)
from relier.deliberation.models import Statement
from relier.deliberation.rules import codes
from relier.deliberation.rules.answers import SAID, WORDS

ON_A_PAGE = 12


@dataclass(frozen=True)
class Read:
    """A statement as it is read in a language. `first`: its first words, beside a translation;
    `answer`: what was answered here ("agree", "", …)."""

    number: int
    words: str
    language: str
    direction: str
    pictogram: str
    first: str
    first_language: str
    is_reviewed: bool
    answer: str
    is_skipped: bool


def read(statement: Statement, voice: Voice) -> Read:
    words, wording = statement.in_language(voice.language)
    language = wording.language if wording else statement.language
    here, number = voice.answers, statement.number or 0
    return Read(
        number=number,
        words=words,
        language=language,
        direction="rtl" if language in languages.RIGHT_TO_LEFT else "ltr",
        pictogram=statement.pictogram,
        first=statement.words if wording else "",
        first_language=statement.language,
        is_reviewed=bool(wording and wording.made == wording.Made.REVIEWED),
        answer=WORDS[here.given[number]] if number in here.given else "",
        is_skipped=number in here.skipped,
    )


@require_safe
@speaking
def next_one(request: HttpRequest, voice: Voice) -> HttpResponse:
    """To the first statement that is not answered; when all are, to what is read back."""
    left = voice.left(voice.statements())
    fresh = [one for one in left if one not in voice.answers.skipped]
    if fresh:
        return redirect("voice:statement", number=fresh[0])
    return redirect("voice:review")


@speaking
def statement(request: HttpRequest, voice: Voice, number: int) -> HttpResponse:
    """Three big buttons, "I don't understand", and "Later". `?back` when it is one's own change."""
    every = voice.statements()
    if number not in every:
        raise Http404
    said = request.POST.get("answer", "")
    if said in SAID or said == "skip":
        here = voice.answers.only(every)
        given = (
            here.with_skipped(number) if said == "skip" else here.with_answer(number, SAID[said])
        )
        response = redirect("voice:review" if "back" in request.GET else "voice:next")
        keep_answers(response, voice, given)
        return response
    order = voice.order(every)
    place = order.index(number)
    context = {
        "statement": read(every[number], voice),
        "place": place + 1,
        "all": len(order),
        "before": order[place - 1] if place else None,
    }
    return draw(request, "deliberation/voice/statement.html", voice, context)


@speaking
def every_one(request: HttpRequest, voice: Voice) -> HttpResponse:
    """Some statements on a page, for a helper who reads them aloud and ticks what is said."""
    every = voice.statements()
    page = Paginator(voice.order(every), ON_A_PAGE).get_page(request.GET.get("page"))
    if request.method == "POST":
        given = voice.answers.only(every)
        for number in page.object_list:
            said = request.POST.get(f"s{number}", "")
            if said in SAID:
                given = given.with_answer(number, SAID[said])
        onward = {"page": page.number + 1} if page.has_next() else None
        response = redirect(
            reverse("voice:every_one", query=onward) if onward else reverse("voice:review")
        )
        keep_answers(response, voice, given)
        return response
    context = {"page": page, "statements": [read(every[one], voice) for one in page.object_list]}
    return draw(request, "deliberation/voice/every_one.html", voice, context)


@speaking
def review(request: HttpRequest, voice: Voice) -> HttpResponse:
    """What was answered, read back; each can be changed. Then the voice is given."""
    every = voice.statements()
    if request.method == "POST":
        return give(voice)
    here = voice.answers.only(every)
    page = Paginator([one for one in voice.order(every) if one in here.given], ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    context: dict[str, Any] = {
        "page": page,
        "answers": [read(every[one], voice) for one in page.object_list],
        "skipped": len(here.skipped),
        "left": len(voice.left(every)),
        "nothing": not here.given,
    }
    return draw(request, "deliberation/voice/review.html", voice, context)


def give(voice: Voice) -> HttpResponse:
    try:
        voices.give_voice(voice.ticket, voice.answers.given)
    except voices.Nothing:
        return redirect("voice:review")
    except voices.NotNow:
        return redirect("voice:home")
    response = redirect("voice:given")
    # What was given is no longer shown on this telephone either.
    keep_answers(response, voice, voice.answers.only(()))
    forget_cookie(response, ANEW)
    return response


@require_safe
@voice_page
def given(request: HttpRequest, voice: Voice) -> HttpResponse:
    """Thanks, and the receipt."""
    if voice.is_waiting_tablet or not voices.answered_with(voice.ticket):
        return redirect("voice:home")
    context = {"receipt": codes.in_groups(voice.ticket.receipt)}
    return draw(request, "deliberation/voice/given.html", voice, context)


@require_POST
@speaking
def anew(request: HttpRequest, voice: Voice) -> HttpResponse:
    """Answer again what was given already; what is not answered again stays."""
    response = redirect("voice:next")
    keep_cookie(response, ANEW, "1")
    return response
