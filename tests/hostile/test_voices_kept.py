"""Whoever holds the whole database, its keys, its files and its logs, and looks for one voice in
them: what moved when it was given, in which order rows lie, what a key makes of each value."""

import sys
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from relier.config.keeping.tidying import tidy
from relier.deliberation.actions import doors, statements
from relier.deliberation.actions.releases import release_if_due
from relier.deliberation.models import Ballot, Statement, VoiceCard, VoiceTry
from relier.deliberation.rules import codes
from relier.deliberation.tests.stories import as_it_lies, opened, pile, telephone, tickets
from relier.journal import keys
from relier.lib import keyring
from tests import factories as make


def everything():
    """Every table of the database itself, those of Django too: name -> its rows."""
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found


def sequences():
    """What the database counts by itself, table by table."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, seq FROM sqlite_sequence")
        else:
            cursor.execute("SELECT sequencename, last_value FROM pg_sequences")
        return dict(cursor.fetchall())


def files():
    """Every file beside the database, and when it was written."""
    folders = [settings.BACKUPS, settings.ANCHOR]
    return {file: file.stat().st_mtime_ns for one in folders for file in one.rglob("*")}


def give(client):
    """From the card to the receipt, by the pages; every answer of the server."""
    visited = [
        client.get("/voice/"), client.get("/voice/next/"),
        client.post("/voice/s/1/", {"answer": "agree"}),
        client.post("/voice/s/2/", {"answer": "pass"}),
        client.get("/voice/review/"), client.post("/voice/review/"), client.get("/voice/given/"),
    ]  # fmt: skip
    assert visited[-2].url == "/voice/given/"
    return visited


def test_one_voice_moves_the_table_of_ballots_and_nothing_else(house, enter):
    question = opened(house.nour)
    given = pile(question, house.nour)
    give(telephone(given[0]))
    nour = enter(house.nour)
    before, counts, beside = everything(), sequences(), files()

    # On the browser of a member, from the address that the card bears.
    nour.get(reverse("voice:exchange", args=[given[1]]))
    give(nour)

    after = everything()
    assert {table for table in after if after[table] != before[table]} == {"deliberation_ballot"}
    assert sequences() == counts
    assert files() == beside


def test_what_a_tablet_says_of_those_who_held_it_is_how_many(house):
    question = opened(house.nour)
    from relier.deliberation.actions.cards import open_tablet

    _tablet, code = open_tablet(
        question, kind="accompanied", most=5, form_key=uuid4(), by=make.actor(house.nour)
    )
    client = telephone(code)
    before = everything()
    client.post("/voice/begin/")
    give(client)

    after = everything()
    moved = {table for table in after if after[table] != before[table]}
    assert moved == {"deliberation_ballot", "deliberation_tablet"}


def test_with_the_keys_and_without_a_card_nothing_leads_to_a_ballot(house):
    """Each value of the database as a code, as the seed of a code, as a form: none gives a card of
    this pile nor a receipt that was given. With the code itself, the receipt is found, as said."""
    question = opened(house.nour)
    given = pile(question, house.nour)
    for code in given[:6]:
        give(telephone(code))
    key = keys.newest(keyring.CARDS)
    kept = set(VoiceCard.objects.values_list("code_mac", flat=True))
    receipts = set(Ballot.objects.values_list("receipt", flat=True))
    assert codes.receipt_of(key, given[0]) in receipts  # with the code
    assert codes.code_mac(key, given[0]) in kept

    for value in every_value():
        made = {codes.code_mac(key, value), value.removesuffix("\n")} if value.isascii() else set()
        assert not made & (kept - {value}), value
        if value.isascii():
            assert codes.receipt_of(key, value) not in receipts, value
        seed = seed_of(value)
        if len(seed) >= 16:
            made = codes.codes_of(key, seed, len(given))
            assert not {codes.code_mac(key, one) for one in made} & kept, value
            assert not {codes.receipt_of(key, one) for one in made} & receipts, value


def every_value():
    """Each different value of each column of ours, as text."""
    found = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            found |= set(map(str, model._base_manager.values_list(field.attname, flat=True)))
    return found


def seed_of(value):
    try:
        return UUID(value).bytes
    except ValueError:
        return value.encode()


# --- order ----------------------------------------------------------------------------------------


def test_proposals_do_not_lie_in_the_order_in_which_they_came(house):
    places = []
    for turn in range(20):
        question = opened(house.nour)
        for number in range(5):
            words = f"Idée {turn} {number}"
            last = statements.propose(question, words, language="fr", form_key=uuid4())
        lies = [one for one in as_it_lies(Statement, "words") if one.startswith(f"Idée {turn} ")]
        places.append(lies.index(last.words))

    assert len(set(places)) >= 3
    assert places.count(4) < 15


def test_a_proposal_written_anew_keeps_what_hangs_on_it(house):
    question = opened(house.nour)
    first = statements.propose(question, "On a soif.", language="fr", form_key=uuid4())
    by = make.actor(house.nour)
    statements.word(first, "We are thirsty.", language="en", made="reviewed", by=by)
    statements.propose(question, "On a faim.", language="fr", form_key=uuid4())

    again = Statement.objects.get(pk=first.pk)
    assert (again.words, again.wordings.get().words) == ("On a soif.", "We are thirsty.")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL only")
def test_on_postgresql_no_transaction_says_when_one_was_proposed_or_contested(house):
    question = opened(house.nour)
    for number in range(4):
        statements.propose(question, f"Idée {number}", language="fr", form_key=uuid4())
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin FROM deliberation_statement WHERE state = 'waiting'")
        assert len(set(cursor.fetchall())) == 1


def test_a_voice_that_is_given_again_lies_with_those_that_wait(house):
    """Counted, and given again as it was: its row was written now, and is written with the next
    ones too, else its place would be that of an hour."""
    from relier.deliberation.actions import voices

    question = opened(house.nour)
    given = tickets(question, house.nour, count=12)
    for number, ticket in enumerate(given):
        voices.give_voice(ticket, {1: 1 if number % 2 else -1, 2: number % 3 - 1})
    release_if_due(question)
    row = Ballot.objects.exclude(counted=None).first()
    ticket = next(one for one in given if one.receipt == row.receipt)
    voices.give_voice(ticket, {int(number): said for number, said in row.answers.items()})

    assert Ballot.objects.get(receipt=row.receipt).waits


# --- codes, addresses, hours ----------------------------------------------------------------------


def test_a_code_that_was_tried_is_forgotten_after_an_hour_even_if_nobody_comes(house):
    doors.knock("7K3MQ-9XT2H-FD8CB", address="1.2.3.4")
    key = keys.newest(keyring.CARDS)
    unknown = codes.new_code(key, bytes(16))
    doors.knock(unknown, address="1.2.3.4", at=timezone.now() - timedelta(minutes=61))
    assert VoiceTry.objects.count() == 1

    tidy()

    assert not VoiceTry.objects.exists()


def test_a_code_that_opens_leaves_no_trace_of_an_hour_or_an_address(house):
    code = pile(opened(house.nour), house.nour)[0]
    before = everything()
    telephone(code)

    after = everything()
    moved = {table for table in after if after[table] != before[table]}
    assert moved <= {"deliberation_voicedoor"}
    assert not VoiceTry.objects.exists()


def test_no_page_holds_the_code_and_none_is_kept_or_tells_whence_one_came(house):
    code = pile(opened(house.nour), house.nour)[0]
    client = telephone(code)
    first = client.get(reverse("voice:exchange", args=[code]))
    assert (first.status_code, first.url, first.content) == (302, "/voice/", b"")

    for answer in [first, *give(client)]:
        said = answer.content.decode() + answer.get("Location", "")
        assert code not in said
        assert codes.in_groups(code) not in said
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] in {"no-referrer", "same-origin"}
        assert "Last-Modified" not in answer
        assert "ETag" not in answer


@pytest.mark.skipif(sys.platform == "win32", reason="gunicorn does not run there")
def test_our_server_writes_no_line_for_a_page_of_a_voice(monkeypatch):
    from gunicorn import glogging
    from gunicorn.config import Config

    from relier.config.serving import Logger

    written = []
    monkeypatch.setattr(
        glogging.Logger, "access", lambda _self, _answer, _request, environ, _took: written.append(
            environ["PATH_INFO"]
        )
    )  # fmt: skip
    for path in ("/voice/review/", "/voice/c/7K3MQ-9XT2H-FD8CB/", "/help/"):
        Logger(Config()).access(None, None, {"PATH_INFO": path}, timedelta(seconds=1))

    assert written == ["/help/"]
