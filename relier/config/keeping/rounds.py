"""The rounds: what is done once a day without being asked. A backup, what has come to its term,
what must be checked. On an office PC they are made while Relier is open; served, a timer of the
system calls `relier rounds` (docs/deployment.md)."""

import json
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone

from relier.accounts.actors import SYSTEM
from relier.centres.models import Centre
from relier.paper.actions import read_waiting

from . import backups, tidying
from .backups import Say

logger = logging.getLogger("django.relier")
A_DAY = timedelta(hours=23)
LOOK_AGAIN = timedelta(minutes=10)


@dataclass(frozen=True)
class Round:
    name: str
    do: Callable[[Say], object]


def tidy(say: Say) -> None:
    tidying.tidy()


def read_pages(_say: Say) -> None:
    """Pages that came back on paper and that nobody had read to the end. They may be hundreds: one
    is kept as it is read, so that a stop loses nothing."""
    for centre in Centre.objects.order_by("pk"):
        read_waiting(centre.pk, by=SYSTEM)


def back_up(say: Say) -> None:
    """A backup, and those too old to be kept go (the term is a setting of the centre)."""
    backups.make(now=timezone.now(), say=say)
    since = tidying.backups_since()
    if since:
        backups.let_go_before(since)


# What has come to its term goes first, so that no new backup holds it.
ROUNDS = (Round("tidy", tidy), Round("pages", read_pages), Round("backup", back_up))
# Nothing of the demonstration is worth a backup.
OF_THE_DEMONSTRATION = ROUNDS[:2]


def notebook() -> Path:
    """When each was made last; beside the database, of no value to anybody else."""
    return settings.DATA / "rounds.json"


def made() -> dict[str, datetime]:
    try:
        said = json.loads(notebook().read_text(encoding="utf-8"))
        return {str(name): datetime.fromisoformat(when) for name, when in said.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def due(*, now: datetime) -> list[Round]:
    """Those not made today. A clock that went back does not stop them: a round that was made in
    the future is due."""
    last = made()
    return [
        one
        for one in (OF_THE_DEMONSTRATION if settings.RELIER_MODE == "demo" else ROUNDS)
        if one.name not in last or not timedelta(0) <= now - last[one.name] < A_DAY
    ]


def make_due(*, now: datetime, say: Say = lambda _: None) -> list[str]:
    """Make those that are due; one that fails is said, and does not stop the others."""
    failed = []
    for one in due(now=now):
        try:
            one.do(say)
        except Exception as fault:  # said, and tried again: the next rounds must be made
            logger.error("The round %r was not made: %s", one.name, type(fault).__name__)
            failed.append(one.name)
            continue
        note = {name: when.isoformat() for name, when in made().items()}
        notebook().write_text(json.dumps({**note, one.name: now.isoformat()}), encoding="utf-8")
    return failed


def keep_making() -> threading.Thread:
    """While an office is open: a quiet thread that goes with the process."""

    def walk() -> None:
        while True:
            close_old_connections()
            make_due(now=timezone.now())
            close_old_connections()
            if stop.wait(LOOK_AGAIN.total_seconds()):
                return

    stop = threading.Event()
    thread = threading.Thread(target=walk, name="rounds", daemon=True)
    thread.start()
    return thread
