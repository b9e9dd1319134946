"""Small layers around every page: headers that protect it, the language it speaks, and what meets a
form sent again, or one that cannot be kept."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from relier.journal.once import SentAgain
from relier.lib.keyring import NoKeys

from .keeping import disk

logger = logging.getLogger("django.relier")
Next = Callable[[HttpRequest], HttpResponse]


class Headers:
    """A strict content policy everywhere; nothing a member sees stays in the browser's memory."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", settings.CONTENT_SECURITY_POLICY)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), interest-cohort=()"
        )
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class VoicesApart:
    """A member and a voice on one browser are not joined: under /voice/, no cookie of a member nor
    of a person's card is there to be read, and none is written."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith("/voice/"):
            for name in (
                settings.SESSION_COOKIE_NAME,
                settings.COMPUTER_COOKIE_NAME,
                settings.CARD_COOKIE_NAME,
            ):
                request.COOKIES.pop(name, None)
        return self.get_response(request)


class SentAgainPage:
    """A form that was kept already came back with other words: they are shown, to be copied."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, found: Exception) -> HttpResponse | None:
        if not isinstance(found, SentAgain):
            return None
        return render(request, "sent_again.html", {"words": found.words}, status=409)


# What a form sends beside what someone wrote.
NOT_WORDS = {"csrfmiddlewaretoken", "form_key", "next", "shown"}


class CannotKeepPage:
    """Nothing could be kept: the disk is full, or the keys are not there. Said in a sentence, with
    what was typed, to be copied."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, found: Exception) -> HttpResponse | None:
        full = disk.is_full(found)
        if not full and not isinstance(found, NoKeys):
            return None
        logger.error("Nothing can be kept. %s", "The disk is full." if full else found)
        context = {"full": full, "words": typed(request)}
        return render(request, "cannot_keep.html", context, status=507 if full else 503)


def typed(request: HttpRequest) -> list[str]:
    """What someone wrote, of a sentence or more; never a password, nor what the page carried."""
    return [
        value
        for name, values in request.POST.lists()
        if name not in NOT_WORDS and "password" not in name
        for value in values
        if " " in value.strip()
    ]


class Language:
    """The language of the member, else the one chosen on this browser, else the browser's own."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = getattr(request.user, "language", "")
        with translation.override(chosen or translation.get_language_from_request(request)):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            if hasattr(response, "render") and not getattr(response, "is_rendered", True):
                response.render()
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response
