"""The program that test_power_cut_of_voices.py starts: it does one deed again and again, each time
in a process of its own that is killed one step later, until one lives; then it says what was kept.

A step is a statement of SQL, or a moment just before or just after something is confirmed to the
database.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

import django

Deed = Callable[[], object]
MANY = 400  # steps: no deed has so many


def main(what: str) -> None:
    django.setup()
    from django.test.utils import setup_test_environment

    setup_test_environment()
    # The pages and the engine once, here: each process of its own begins with them.
    import relier.config.urls
    import relier.deliberation.opinions.analysis  # noqa: F401
    from relier.privacy import disk

    deed = {
        "voice": a_voice,
        "sentence": a_sentence,
        "release": a_release,
        "close": a_close,
        "paper": a_count_of_paper,
    }[what]()
    begun = kept()
    cuts, seen = cut_everywhere(deed)
    disk.clean_if_needed()
    ended = kept()
    deed()
    said = {"begun": begun, "cuts": cuts, "seen": seen, "ended": ended, "again": kept()}
    print(json.dumps(said), flush=True)


def cut_everywhere(deed: Deed) -> tuple[int, list[Any]]:
    """How many processes were killed, and each different state that one of them left."""
    cuts, at, last, seen = 0, 1, kept(), []
    while killed_at(at, deed):
        cuts, at = cuts + 1, at + 1
        left = kept()
        # What is to be cleaned is noted beforehand, beside the database.
        if {**left, "to_clean": last["to_clean"]} != last:
            # A first part was kept: what is left of the deed is cut from its start.
            seen.append(left)
            at = 1
        last = left
        assert cuts < MANY
    return cuts, seen


def killed_at(step: int, deed: Deed) -> bool:
    """Do the deed in a process of its own; whether it was killed before it came to its end."""
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            die_at(step)
            deed()
        except BaseException:
            import traceback

            traceback.print_exc()
            os._exit(3)
        os._exit(0)
    _child, status = os.waitpid(child, 0)
    assert not (os.WIFEXITED(status) and os.WEXITSTATUS(status)), "the deed failed by itself"
    return os.WIFSIGNALED(status)


def die_at(step: int) -> None:
    from django.db import connection

    left = [step]

    def one_step() -> None:
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)

    def execute(go_on, sql, params, many, context):
        one_step()
        return go_on(sql, params, many, context)

    confirm = connection._commit

    def commit():
        one_step()
        confirm()
        one_step()

    connection.execute_wrappers.append(execute)
    connection._commit = commit


# --- the deeds, each on a room of its own ---------------------------------------------------------


def a_room(voices: int = 12) -> tuple[Any, Any]:
    """A question to which so many answered, not all of them everything: none is counted yet."""
    from relier.deliberation.tests.stories import opened, speak
    from tests import house as houses

    house = houses.build()
    question = opened(house.nour)
    rows = [{1: 1 if n % 2 else -1, 2: (1, -1, 0, 2)[n % 4], 3: 1} for n in range(voices)]
    for row in rows[::3]:
        del row[3]
    speak(question, house.nour, rows)
    return house, question


def a_voice() -> Deed:
    """Given on a telephone, of one that changes what it gave and that was counted."""
    from relier.deliberation.actions.releases import release_if_due
    from relier.deliberation.models import Ballot
    from relier.deliberation.tests.stories import opened, pile, telephone
    from tests import house as houses

    house = houses.build()
    question = opened(house.nour)
    telephones = [telephone(code) for code in pile(question, house.nour, count=12)]
    for number, client in enumerate(telephones):
        answer_all(client, "agree" if number % 2 else "disagree")
    release_if_due(question)
    counted = set(Ballot.objects.exclude(counted=None).values_list("receipt", flat=True))
    changed = next(one for one in telephones if receipt(one) in counted)
    changed.post("/voice/anew/")
    for number in (1, 2):
        changed.post(f"/voice/s/{number}/", {"answer": "pass"})

    def give() -> None:
        answer = changed.post("/voice/review/")
        assert answer.status_code == 302, answer.status_code

    return give


def answer_all(client: Any, answer: str) -> None:
    for number in (1, 2, 3):
        client.post(f"/voice/s/{number}/", {"answer": answer})
    assert client.post("/voice/review/").url == "/voice/given/"


def receipt(client: Any) -> str:
    return client.get("/voice/given/").context["receipt"].replace("-", "")


def a_sentence() -> Deed:
    from relier.deliberation.actions.voices import give_sentence
    from relier.deliberation.tests.stories import tickets

    house, question = a_room(voices=5)
    given = tickets(question, house.nour, count=5)

    def say(number: int) -> None:
        give_sentence(
            given[number], f"Sentence {number}", aspect="try", language="en", may_be_published=True
        )

    for number in range(4):
        say(number)
    return lambda: say(4)


def a_release() -> Deed:
    """What is due when someone looks: figures, and five sentences that come out."""
    from relier.deliberation.actions.releases import release_if_due
    from relier.deliberation.actions.voices import give_sentence
    from relier.deliberation.tests.stories import tickets

    house, question = a_room(voices=16)
    for number, ticket in enumerate(tickets(question, house.nour, count=5)):
        give_sentence(
            ticket, f"Sentence {number}", aspect="try", language="en", may_be_published=True
        )
    return lambda: release_if_due(question)


def a_close() -> Deed:
    """By whoever runs it, with the pages; then someone looks at the results."""
    from django.test import Client
    from django.urls import reverse

    from relier.deliberation.actions.releases import release_if_due
    from tests.entering import just_entered

    house, question = a_room(voices=16)
    release_if_due(question)
    client = Client()
    just_entered(client, house.nour.user)

    def close() -> None:
        client.post(reverse("deliberation:question_close", args=[question.pk]))
        assert client.get(reverse("deliberation:results", args=[question.pk])).status_code == 200

    return close


def a_count_of_paper() -> Deed:
    """Eight sheets of a pile of ten, read by two; two are blank. Then the disk is written anew."""
    from django.db import connection

    from relier.paper import actions
    from relier.paper.models import BallotCount
    from relier.privacy import disk
    from tests import factories as make
    from tests.paper_voices import look, pages_of, pile, read, says

    house, question = a_room(voices=7)
    count = pile(question, house, by_hand=8)
    rows = [{1: 1, 2: -1, 4: 0}, {3: 2}, {1: -1, 2: -1, 3: -1, 4: -1}, {}] * 2
    sheets = pages_of(count)[:8]
    read(house, count, *[says(one, row) for one, row in zip(sheets, rows, strict=True)])
    look(count, house, {one.receipt: row for one, row in zip(sheets, rows, strict=True)})

    def close() -> None:
        now = BallotCount.objects.get(pk=count.pk)
        if not now.outcome:
            actions.close_count(now, by=make.actor(house.bram))
        # On PostgreSQL every table is written anew, for seconds: once, at the end.
        if connection.vendor == "sqlite":
            disk.clean_if_needed()

    return close


# --- what is kept ---------------------------------------------------------------------------------


def kept() -> dict[str, Any]:
    """Everything that a voice, a release, a sentence or a sheet leaves, without keys and order."""
    from relier.deliberation.models import (
        Ballot,
        PaperPile,
        Question,
        Release,
        Sentence,
        WritingPlace,
    )
    from relier.journal.models import Line
    from relier.paper.models import BallotDoubt, BallotFile, BallotPage, BallotSheet
    from relier.privacy import disk

    ballots = Ballot.objects.order_by("receipt")
    of_release = ("number", "is_final", "voices", "counts", "receipts")
    return {
        "ballots": [list(row) for row in ballots.values_list("receipt", "answers", "counted")],
        "releases": [
            list(row) for row in Release.objects.order_by("number").values_list(*of_release)
        ],
        "sentences": sorted(map(list, Sentence.objects.values_list("words", "is_out"))),
        "places": WritingPlace.objects.count(),
        "is_closed": Question.objects.get().closed_on is not None,
        "piles": list(PaperPile.objects.values_list("state", flat=True)),
        "apart": [
            model._base_manager.count()
            for model in (BallotSheet, BallotPage, BallotDoubt, BallotFile)
        ],
        "deeds": Line.objects.deeds().count(),
        "to_clean": disk.is_to_clean(),
    }


if __name__ == "__main__":
    main(sys.argv[1])
