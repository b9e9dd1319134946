"""What `voices.py` runs inside a copy of its own; each command answers in JSON."""

import json
import sys
from datetime import timedelta
from uuid import uuid4

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from relier.centres.middleware import actor_of  # noqa: E402
from relier.config.preparing import prepare as prepare_copy  # noqa: E402
from relier.deliberation.actions import cards, questions, statements  # noqa: E402
from relier.deliberation.actions.releases import release_if_due  # noqa: E402
from relier.deliberation.models import Ballot, Question, Release  # noqa: E402
from relier.deliberation.models.cards import MOST  # noqa: E402
from relier.deliberation.rules import telling  # noqa: E402
from tests import house as houses  # noqa: E402

STATEMENTS = 12


def prepare(voices: str) -> dict:
    """An open question and as many cards as voices, and one to look at the results with."""
    prepare_copy(sys.stderr)
    by = actor_of(houses.build().nour)
    asked = {
        "words": "What helps?", "rule": "consent", "languages": ["fr"],
        "closes_on": timezone.localdate() + timedelta(days=1),
    }  # fmt: skip
    question = questions.prepare(asked, by=by)
    for number in range(STATEMENTS):
        statements.write(question, f"La phrase numéro {number + 1}.", by=by)
    question = questions.open_question(question, by=by)
    drawn: list[str] = []
    while len(drawn) <= int(voices):
        drawn += cards.print_cards(
            question, kind="accompanied", count=MOST, language="fr", form_key=uuid4(), by=by
        )[1]
    with connection.cursor() as cursor:
        key = "integer primary key" if connection.vendor == "sqlite" else "serial primary key"
        cursor.execute(f"CREATE TABLE bench_peer (id {key}, words text)")
    return {"cards": drawn[: int(voices) + 1], "statements": STATEMENTS}


def check() -> dict:
    """The last release beside a recount of its own rows, in one view of the database."""
    question = Question.objects.get()
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        last = Release.objects.of(question).defer("document").last()
        rows = dict(
            Ballot.objects.of(question).exclude(counted=None).values_list("receipt", "counted")
        )
        given = Ballot.objects.of(question).count()
    if last is None:
        return {"voices": given, "release": 0, "same": True}
    numbers = [int(number) for number in last.counts]
    is_same = last.counts == telling.totals_of(rows.values(), numbers)
    return {
        "voices": given,
        "release": last.number,
        "same": is_same and last.receipts == sorted(rows),
        "counts": last.counts,
        "final": last.is_final,
    }


def close() -> dict:
    """The end: all are counted."""
    Question.objects.update(closed_on=timezone.localdate())
    release_if_due(Question.objects.get())
    return check()


def serve() -> dict:
    """The check again and again, a line each, until its input ends."""
    for _line in sys.stdin:
        print(json.dumps(check()), flush=True)
    return {}


if __name__ == "__main__":
    print(json.dumps(globals()[sys.argv[1]](*sys.argv[2:])))
