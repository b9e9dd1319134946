"""Asked once more who one is, before what weighs: a second factor, a password, the members."""

import time

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.http import HttpRequest


class NotConfirmed(Exception):  # noqa: N818 — a word for what is to be done, not a fault
    """It is too long since this member said who they are. `Stays` leads to the page that asks."""


def is_recent(request: HttpRequest) -> bool:
    """Whether they signed in, or said it again, a short while ago."""
    if settings.RELIER_MODE == "demo":  # nobody has a password there to say it with
        return True
    records = get_authentication_records(request, request.user)  # type: ignore[arg-type]
    last = max((record["at"] for record in records), default=0.0)
    return time.time() - last < app_settings.REAUTHENTICATION_TIMEOUT


def require(request: HttpRequest) -> None:
    """Raises NotConfirmed. Asked after the walls, so that a stranger finds nothing there."""
    if not is_recent(request):
        raise NotConfirmed
