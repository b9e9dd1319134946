"""Who stands before a page under /voice/: whoever holds a card or a tablet, and nobody by name.

    @voice_page
    def results(request, voice): ...

    @speaking
    def statement(request, voice, number): ...

No member's session reaches these pages (`config.middleware.VoicesApart`): a member and a voice on
one browser are not joined. What someone answers stays in a signed cookie of their telephone until
they give it. Nothing is kept by the browser.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation

from relier.ui.styles import with_inline_styles

from . import languages, tickets
from .actions.voices import answered_with, may_speak
from .models import Question, Statement
from .rules import answers
from .tickets import Ticket

View = Callable[..., HttpResponse]
ANSWERS = "relier_answers"
ANEW = "relier_anew"
# The objections that were raised here, so that they can be taken back here.
OBJECTED = "relier_objected"
ALL = (ANSWERS, ANEW, OBJECTED)


class Voice:
    """Whoever holds this ticket: the question, what is answered on this telephone, in which
    language it is read."""

    def __init__(self, request: HttpRequest, ticket: Ticket, question: Question) -> None:
        self.ticket, self.question = ticket, question
        self.language = languages.chosen(request, ticket.language)
        self.is_anew = request.COOKIES.get(ANEW) == "1"
        self._signed = request.COOKIES.get(ANSWERS, "")

    @property
    def may_speak(self) -> bool:
        return may_speak(self.question, self.ticket)

    @property
    def is_waiting_tablet(self) -> bool:
        """A tablet that nobody holds for now."""
        return not self.ticket.code

    @property
    def answers(self) -> answers.Answers:
        """What was answered here, by whoever holds this very code."""
        try:
            return answers.from_text(_signer(self.ticket).unsign(self._signed))
        except signing.BadSignature:
            return answers.Answers()

    def statements(self) -> dict[int, Statement]:
        """Those put to the vote, by number, with their wordings: two queries."""
        shown = self.question.statements.shown().prefetch_related("wordings")
        return {one.number: one for one in shown if one.number is not None}

    def order(self, numbers: Any) -> list[int]:
        return answers.in_an_order_of_ones_own(numbers, self.ticket.code)

    def left(self, numbers: Any) -> list[int]:
        """What is still to be answered on this telephone, skipped ones last. What was given before,
        here or elsewhere, is not asked again unless it is wished."""
        here = self.answers
        before = set() if self.is_anew else answered_with(self.ticket)
        left = [one for one in self.order(numbers) if one not in here.given and one not in before]
        return sorted(left, key=lambda one: one in here.skipped)


def _signer(ticket: Ticket) -> signing.Signer:
    return signing.Signer(salt=f"relier.deliberation.answers {ticket.code}")


def voice_of(request: HttpRequest) -> Voice | None:
    ticket = tickets.read(request.COOKIES.get(settings.VOICE_COOKIE_NAME, ""))
    if ticket is None:
        return None
    questions = Question.objects.select_related("centre")
    question = questions.filter(pk=ticket.question, round=ticket.round).first()
    return Voice(request, ticket, question) if question else None


def open_page(page: View) -> View:
    """For anyone: in the language chosen, and kept by no browser."""

    @wraps(page)
    def told(request: HttpRequest, **rest: Any) -> HttpResponse:
        voice = voice_of(request)
        said = voice.language if voice else languages.chosen(request)
        with translation.override(languages.of_page(said)):
            response = page(request, voice, **rest)
        response.headers["Content-Language"] = languages.of_page(said)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return login_not_required(with_inline_styles(told))


def voice_page(page: View) -> View:
    """For whoever holds a card or a tablet."""

    @open_page
    @wraps(page)
    def guarded(request: HttpRequest, voice: Voice | None, **rest: Any) -> HttpResponse:
        if voice is None:
            return redirect("voice:home")
        return page(request, voice, **rest)

    return guarded


def speaking(page: View) -> View:
    """For whoever may answer now; the others are led to where it is said when they may."""

    @voice_page
    @wraps(page)
    def guarded(request: HttpRequest, voice: Voice, **rest: Any) -> HttpResponse:
        if voice.is_waiting_tablet or not voice.may_speak:
            return redirect("voice:home")
        return page(request, voice, **rest)

    return guarded


def draw(
    request: HttpRequest, template: str, voice: Voice | None, context: dict[str, Any]
) -> HttpResponse:
    return render(request, template, {"voice": voice, **context})


# --- cookies: until the browser closes; `Lax`, so that a code scanned elsewhere still opens -------


def keep_cookie(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name, value, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )


def forget_cookie(response: HttpResponse, name: str) -> None:
    response.set_cookie(
        name, "", max_age=0, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )


def keep_ticket(response: HttpResponse, ticket: Ticket) -> None:
    """Of another card, nothing of what was answered before stays."""
    keep_cookie(response, settings.VOICE_COOKIE_NAME, ticket.signed())
    for name in ALL:
        forget_cookie(response, name)


def keep_answers(response: HttpResponse, voice: Voice, given: answers.Answers) -> None:
    keep_cookie(response, ANSWERS, _signer(voice.ticket).sign(given.as_text()))


def forget_all(response: HttpResponse) -> None:
    for name in (settings.VOICE_COOKIE_NAME, *ALL):
        forget_cookie(response, name)
