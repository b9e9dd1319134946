"""How long one stays: quiet limits, the limit in all, and the row that shows a stay to its member.

The hours stand in the session, so that a page costs no query more; the row follows once a minute.
"""

import uuid
from datetime import timedelta
from enum import Enum
from importlib import import_module

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils import timezone

from . import devices
from .models import Stay, User

# What the session holds of a stay.
ID, KEY, SHARED = "stay", "stay_key", "shared_computer"
BEGAN, SEEN, LOCKED = "stay_began", "stay_seen", "stay_locked"

# How often a stay that goes on is written down.
EVERY = timedelta(minutes=1)


class State(Enum):
    OPEN = "open"
    LOCKED = "locked"  # the password opens it again
    OVER = "over"  # one signs in again


def quiet_limit(session: SessionBase) -> timedelta:
    shared = session.get(SHARED, True)
    return settings.QUIET_ON_A_SHARED_COMPUTER if shared else settings.QUIET_ON_ONES_OWN


def state(session: SessionBase, *, at: float) -> State:
    """Where a stay is at a moment (seconds since 1970)."""
    if at - session[BEGAN] >= settings.STAY_IN_ALL.total_seconds():
        return State.OVER
    quiet = at - session[SEEN] >= quiet_limit(session).total_seconds()
    return State.LOCKED if quiet or session.get(LOCKED) else State.OPEN


def begin(request: HttpRequest, user: User) -> None:
    """Called as someone signs in. On whose computer they are was said before, at the door; whoever
    said nothing is on a shared one."""
    session, now = request.session, timezone.now()
    session[ID] = str(uuid.uuid4())
    session[SHARED] = bool(session.get(SHARED, True))
    session[BEGAN] = session[SEEN] = now.timestamp()
    session.pop(LOCKED, None)
    if session.session_key is None:
        session.save()
    session[KEY] = session.session_key
    Stay.objects.create(
        pk=session[ID],
        user=user,
        session_key=str(session.session_key),
        device=devices.recognise(request.META.get("HTTP_USER_AGENT", "")),
        shared=session[SHARED],
        began_at=now,
        seen_at=now,
    )


def go_on(request: HttpRequest, *, at: float) -> None:
    """A gesture was made: the quiet time starts again. Written once a minute, and when the session
    changed its key (a new password)."""
    session = request.session
    if session.session_key != session[KEY] or at - session[SEEN] >= EVERY.total_seconds():
        session[SEEN], session[KEY] = at, session.session_key
        Stay.objects.filter(pk=session[ID]).update(
            seen_at=timezone.now(), session_key=session.session_key
        )


def lock(session: SessionBase) -> None:
    session[LOCKED] = True


def unlock(session: SessionBase, *, at: float) -> None:
    session.pop(LOCKED, None)
    session[SEEN] = at


def is_locked(session: SessionBase, *, at: float) -> bool:
    return state(session, at=at) is State.LOCKED


def forget(session: SessionBase) -> None:
    """The session ends: its row goes with it."""
    if ID in session:
        Stay.objects.filter(pk=session[ID]).delete()


def end(stays: list[Stay]) -> int:
    """End these at once: their next page asks to sign in. How many were open."""
    engine = import_module(settings.SESSION_ENGINE)
    for stay in stays:
        engine.SessionStore().delete(stay.session_key)
    return Stay.objects.filter(pk__in=[stay.pk for stay in stays]).delete()[0]


def end_all(user: User) -> int:
    return end(list(Stay.objects.of(user)))
