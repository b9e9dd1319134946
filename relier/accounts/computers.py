"""A browser from which an account has entered once: a cookie that says so, and not for whom.

The cookie holds a number drawn at random, and for each account a seal that only this copy can make
or recognise. With it, wrong passwords tried elsewhere on the account never shut its holder out
(the device cookies of OWASP; docs/decisions/012-tries-and-doors.md).
"""

import hmac
import re
import secrets
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import salted_hmac

from .models import User

LASTS = timedelta(days=180)
# Enough for the shared computer of a centre; the one that entered longest ago goes first.
MOST_ACCOUNTS = 40
WELL_FORMED = re.compile(rf"[0-9a-f]{{32}}(\.[0-9a-f]{{24}}){{1,{MOST_ACCOUNTS}}}")


def known_to(request: HttpRequest, email: str) -> str:
    """The number of this browser, if the account of this e-mail has entered from it; else ""."""
    number, seals = _read(request)
    mine = _seal(number, email)
    return number if any(hmac.compare_digest(mine, one) for one in seals) else ""


def remember(request: HttpRequest, response: HttpResponseBase, user: User) -> None:
    number, seals = _read(request)
    number = number or secrets.token_hex(16)
    mine = _seal(number, user.email)
    kept = [*(one for one in seals if one != mine), mine][-MOST_ACCOUNTS:]
    response.set_cookie(
        settings.COMPUTER_COOKIE_NAME,
        ".".join([number, *kept]),
        max_age=LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    said = request.COOKIES.get(settings.COMPUTER_COOKIE_NAME, "")
    if not WELL_FORMED.fullmatch(said):
        return "", []
    number, *seals = said.split(".")
    return number, seals


def _seal(number: str, email: str) -> str:
    told = f"{number}:{email.lower()}"
    return salted_hmac("relier.accounts.computers", told, algorithm="sha256").hexdigest()[:24]
