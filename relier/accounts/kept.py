"""What was being typed as Relier locked, kept for whoever typed it (WCAG 2.2.5).

Sealed for one member, in the session, for a few hours: a colleague who signs in on the same
computer does not open it, and the database never holds it in clear.
"""

import json
from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone

from relier.lib.keyring import NoKeys
from relier.lib.sealing import DoesNotOpen

from . import sealing
from .models import User

SESSION_KEY = "kept_words"
LASTS = timedelta(hours=12)
# Never kept, whatever the form: what opens, and what only one page may send.
NEVER = ("csrfmiddlewaretoken", "password", "oldpassword", "code", "credential")


@dataclass(frozen=True)
class Kept:
    path: str
    fields: list[tuple[str, str]]
    files: bool  # some were chosen, which cannot be kept

    @property
    def words(self) -> list[str]:
        """What looks typed rather than chosen: shown, to be read again before it is sent."""
        return [value for _name, value in self.fields if " " in value.strip()]


def keep(request: HttpRequest) -> bool:
    """Keep what this form holds, if it holds anything."""
    sealed = sealed_words(request)
    if sealed:
        request.session[SESSION_KEY] = sealed
    return bool(sealed)


def sealed_words(request: HttpRequest) -> str:
    """What this form holds, sealed for whoever sent it; nothing where nothing was typed."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if not name.startswith(NEVER)
        for value in values
    ]
    if not fields:
        return ""
    told = {
        "path": request.get_full_path(),
        "fields": fields,
        "files": bool(request.FILES),
        "until": (timezone.now() + LASTS).timestamp(),
    }
    return sealing.seal(json.dumps(told), place=_place(request.user))  # type: ignore[arg-type]


def found(request: HttpRequest) -> Kept | None:
    """What was kept for whoever is signed in here, if it was for them and is not too old."""
    sealed = request.session.get(SESSION_KEY, "")
    try:
        told = json.loads(sealing.unseal(sealed, place=_place(request.user)))  # type: ignore[arg-type]
    except (DoesNotOpen, NoKeys, ValueError):
        return None
    if told["until"] < timezone.now().timestamp():
        return None
    return Kept(told["path"], [(name, value) for name, value in told["fields"]], told["files"])


def forget(request: HttpRequest) -> None:
    request.session.pop(SESSION_KEY, None)


def _place(user: User) -> str:
    return f"accounts.kept:{user.pk}"
