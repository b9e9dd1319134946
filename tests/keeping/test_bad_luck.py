"""A full disk, keys that are not there, a clock that goes back: said, and nothing lost."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from relier.config.keeping import disk, rounds
from relier.journal import actions as journal
from relier.journal.models import Line
from relier.support.models import HelpRequest
from tests import factories as make

WORDS = "Une longue demande que personne ne veut taper deux fois. " * 30


@pytest.fixture
def full_disk(transactional_db):
    """SQLite itself refuses: its file may not take one page more."""
    if connection.vendor != "sqlite":
        pytest.skip("SQLite only: PostgreSQL's answer is tested apart")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # other tests left pages that are free
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1073741823")


def test_on_a_full_disk_what_was_typed_is_given_back(full_disk, house):
    client = Client(raise_request_exception=False)
    client.force_login(house.nour.user)
    kept = HelpRequest.objects.count()

    for turn in range(200):
        answer = client.post(reverse("support:request_new"), {"words": f"{turn} {WORDS[:1900]}"})
        if answer.status_code != 302:
            break

    page = answer.content.decode()
    assert answer.status_code == 507
    assert WORDS[:40] in page
    assert HelpRequest.objects.count() == kept + turn


def test_a_full_disk_is_known_however_the_database_says_it():
    class DiskFullError(Exception):
        sqlstate = "53100"

    by_the_system = OSError(28, "No space left on device")
    for fault in (DiskFullError(), by_the_system):
        wrapped = RuntimeError("a layer above")
        wrapped.__cause__ = fault
        assert disk.is_full(wrapped)
    assert not disk.is_full(RuntimeError("something else"))


@pytest.mark.django_db(transaction=True)
def test_without_its_keys_relier_says_so_and_gives_back_what_was_typed(house, settings, tmp_path):
    client = Client(raise_request_exception=False)
    client.force_login(house.nour.user)
    settings.KEYS_FILE = tmp_path / "gone.json"

    answer = client.post(reverse("support:request_new"), {"words": WORDS[:1900]})

    assert answer.status_code == 503
    assert WORDS[:40] in answer.content.decode()
    assert not HelpRequest.objects.exists()


# --- the clock -----------------------------------------------------------------------------------


@pytest.fixture
def clock(monkeypatch):
    """A clock that is set by hand."""
    real = timezone.now
    shift = [timedelta(0)]
    monkeypatch.setattr(timezone, "now", lambda: real() + shift[0])

    def put(days: int) -> None:
        shift[0] = timedelta(days=days)

    return put


def test_what_is_kept_while_the_clock_is_wrong_is_kept(house, clock):
    nour = make.actor(house.nour)

    clock(400)
    journal.record("people.note_written", house.awa, by=nour, subject=house.awa.pk)
    clock(-400)
    journal.record("people.note_written", house.awa, by=nour, subject=house.awa.pk)
    clock(0)
    journal.record("people.note_written", house.awa, by=nour, subject=house.awa.pk)

    written = Line.objects.deeds().filter(kind="people.note_written")
    assert written.count() == 3


def test_a_reading_is_kept_after_the_clock_went_back(house, clock):
    nour = make.actor(house.nour)
    clock(30)
    journal.read("people.file_read", house.awa, by=nour, subject=house.awa.pk)

    clock(0)
    journal.read("people.file_read", house.awa, by=nour, subject=house.awa.pk)

    assert Line.objects.readings().filter(kind="people.file_read").count() == 2


def test_rounds_made_in_the_future_are_due(settings, tmp_path):
    settings.DATA = tmp_path
    now = timezone.now()
    lately = now - timedelta(hours=2)
    made = {"tidy": now + timedelta(days=3), "pages": lately, "backup": lately}
    rounds.notebook().write_text(json.dumps({name: at.isoformat() for name, at in made.items()}))

    assert [one.name for one in rounds.due(now=now)] == ["tidy"]


@pytest.mark.parametrize("notes", ["", "[]", "{", '{"tidy": 3}', "\0"])
def test_a_damaged_notebook_only_makes_the_rounds_due(settings, tmp_path, notes):
    settings.DATA = tmp_path
    rounds.notebook().write_text(notes)

    assert len(rounds.due(now=timezone.now())) == len(rounds.ROUNDS)


def test_a_round_that_fails_does_not_stop_the_others(settings, tmp_path, monkeypatch):
    settings.DATA = tmp_path
    done = []

    def fails(say):
        raise OSError("no room")

    both = (rounds.Round("first", fails), rounds.Round("second", lambda say: done.append(1)))
    monkeypatch.setattr(rounds, "ROUNDS", both)

    failed = rounds.make_due(now=timezone.now())

    assert failed == ["first"]
    assert done == [1]
    assert [one.name for one in rounds.due(now=timezone.now())] == ["first"]
