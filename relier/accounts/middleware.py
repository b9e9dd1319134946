"""Around every page of someone who signed in: locked after a quiet time, over after a working day,
and asked again who they are before what weighs. What was being typed is kept each time."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from . import kept, stays
from .confirming import NotConfirmed

# Answered whatever the hour: the lock, the way out, the language, an icon; and the door of the
# demonstration, where nobody has a password to open the lock.
ALWAYS = {"locked", "lock", "account_logout", "set_language", "no_icon", "enter_as"}


class Stays:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not request.user.is_authenticated:
            return None
        now = time.time()
        if stays.BEGAN not in request.session:  # signed in under an earlier version
            stays.begin(request, request.user)  # type: ignore[arg-type]
        state = stays.state(request.session, at=now)
        if state is stays.State.OVER:
            return self.over(request)
        always = request.resolver_match is not None and request.resolver_match.view_name in ALWAYS
        if state is stays.State.OPEN:
            stays.go_on(request, at=now)
            return None
        return None if always else self.locked(request)

    def locked(self, request: HttpRequest) -> HttpResponse:
        stays.lock(request.session)
        return leading(request, "locked")

    def over(self, request: HttpRequest) -> HttpResponse:
        """Signed out, and what was typed waits, sealed, for whoever typed it."""
        sealed = kept.sealed_words(request) if request.method == "POST" else ""
        back = back_to(request, typed=bool(sealed))
        logout(request)
        if sealed:
            request.session[kept.SESSION_KEY] = sealed
        messages.info(request, _("Relier closes at the end of a working day. Enter again."))
        return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': back})}")

    def process_exception(self, request: HttpRequest, found: Exception) -> HttpResponse | None:
        if not isinstance(found, NotConfirmed):
            return None
        return leading(request, "account_reauthenticate")


def leading(request: HttpRequest, name: str) -> HttpResponse:
    """To the page of this name, then back to where one was, with what one was typing."""
    typed = request.method == "POST" and kept.keep(request)
    back = back_to(request, typed=typed)
    return HttpResponseRedirect(f"{reverse(name)}?{urlencode({'next': back})}")


def back_to(request: HttpRequest, *, typed: bool) -> str:
    if typed:
        return reverse("kept_words")
    return request.get_full_path() if request.method in {"GET", "HEAD"} else "/"
