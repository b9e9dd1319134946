"""What `journal.py` runs inside a copy of its own; each command answers in JSON."""

import json
import random
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch
from uuid import UUID

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from relier.accounts.actors import Actor, Kind  # noqa: E402
from relier.centres.models import Centre, Member  # noqa: E402
from relier.config.preparing import prepare as prepare_copy  # noqa: E402
from relier.journal import actions, anchor, chain, checking, keys  # noqa: E402
from relier.journal.models import Line  # noqa: E402
from relier.people.models import Person  # noqa: E402

ONE, OTHER = UUID(int=1), UUID(int=2)
BATCH = 5_000


def prepare() -> dict:
    prepare_copy(sys.stderr)
    return {}


def worker_of(centre: UUID) -> Actor:
    return Actor(kind=Kind.MEMBER, id=UUID(int=9), centre=centre)


def write(lines: str, how: str) -> dict:
    """Each line in a transaction of its own, as a deed is."""
    connection.ensure_connection()
    keys.ring()
    print("ready", flush=True)
    sys.stdin.readline()
    written, refused = 0, []
    thing = Centre(pk=ONE)
    for turn in range(int(lines)):
        places = [ONE, OTHER] if how == "both" else [ONE]
        try:
            with transaction.atomic():
                for place in places if turn % 2 else reversed(places):
                    actions.record("centres.changed", thing, by=worker_of(place), fields=["name"])
            written += 1
        except Exception as fault:
            refused.append(f"{type(fault).__name__}: {fault}"[:200])
    return {"written": written, "refused": refused}


def count() -> dict:
    checked = list(checking.check_all())
    return {
        "lines": Line.objects.filter(centre=ONE).count(),
        "faults": [str(one.fault) for one in checked if one.fault],
    }


# --- readings ------------------------------------------------------------------------------------


@contextmanager
def no_journal() -> Iterator[None]:
    with (
        patch.object(actions, "read", lambda *_, **__: None),
        patch.object(actions, "read_list", lambda *_, **__: None),
    ):
        yield


@contextmanager
def always_written() -> Iterator[None]:
    with patch.object(actions, "SAME_READING", actions.SAME_READING * 0):
        yield


@contextmanager
def as_usual() -> Iterator[None]:
    yield


def read(opens: str) -> dict:
    """For each page: the median without a line, with a line each time, and read again."""
    worker = Member.objects.select_related("user").get(user__email="worker0@example.invalid")
    followed = Person.objects.filter(followings__team__in=worker.teams.all())
    with_history = list(followed.filter(interventions__isnull=False).distinct().order_by("pk")[:20])
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(worker.user)
    pages = {
        "a whole file": [reverse("file", args=[one.pk]) for one in with_history],
        "people, 50 on a page": [reverse("people:list")],
        "search, two words": [reverse("search") + "?q=awa+dial"],
        "the steps": [reverse("support:steps", args=[one.pk]) for one in with_history],
        "the situation": [reverse("people:situation", args=[one.pk]) for one in with_history],
    }
    return {name: medians(client, paths, int(opens)) for name, paths in pages.items()}


def medians(client: Client, paths: list[str], opens: int) -> list[float]:
    ways = [no_journal, always_written, as_usual]
    times: dict[object, list[float]] = {way: [] for way in ways}
    chance = random.Random(1)
    for path in paths:
        assert client.get(path).status_code == 200
    for turn in range(opens):
        path = paths[turn % len(paths)]
        for way in chance.sample(ways, len(ways)):
            with way():
                began = time.perf_counter()
                answer = client.get(path)
                times[way].append(time.perf_counter() - began)
            assert answer.status_code == 200
    return [statistics.median(times[way]) * 1000 for way in ways]


# --- a long chain --------------------------------------------------------------------------------


def chain_of(lines: str) -> dict:
    """Lines as `record` would have left them, one in ten with details, written in batches."""
    key, now, previous = keys.newest("journal"), timezone.now(), ""
    author = worker_of(ONE)
    for start in range(0, int(lines), BATCH):
        with transaction.atomic(), connection.cursor() as cursor:
            for number in range(start + 1, min(start + BATCH, int(lines)) + 1):
                line = Line(
                    nature="reading", kind="desk.file_read", at=now, actor_kind="member",
                    actor=author.id, centre=ONE, thing="people.Person", thing_id=str(ONE),
                    subject=OTHER, number=number, key=key.id,
                )  # fmt: skip
                if number % 10 == 0:
                    chain.keep_detail(connection, cursor, line, {"fields": ["name"]})
                before, previous = previous, chain.seal(line, previous, key)
                line.seal = previous
                chain.insert(connection, cursor, line)
    anchor.move(line, previous=before)
    return {"lines": Line.objects.count()}


COMMANDS = {"prepare": prepare, "write": write, "count": count, "read": read, "chain": chain_of}

if __name__ == "__main__":
    print(json.dumps(COMMANDS[sys.argv[1]](*sys.argv[2:])))
