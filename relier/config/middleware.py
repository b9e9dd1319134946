"""Small layers around every page: headers that protect it, the language it speaks, and what a form
sent again meets."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from relier.journal.once import SentAgain
from relier.lib.keyring import NoKeys

logger = logging.getLogger(__name__)

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


class NoKeysPage:
    """Words came, and the keys that would seal them are not here: they are shown, to be copied."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, found: Exception) -> HttpResponse | None:
        if not isinstance(found, NoKeys):
            return None
        logger.error("Nothing can be kept under secrecy. %s", found)
        return render(request, "no_keys.html", {"words": typed(request)}, status=503)


def typed(request: HttpRequest) -> list[str]:
    """What someone wrote, of a sentence or more; never a password, nor what the page carried."""
    return [
        value
        for name, value in request.POST.items()
        if isinstance(value, str)
        and " " in value.strip()
        and "password" not in name
        and name != "shown"
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
