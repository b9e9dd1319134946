"""When something breaks, neither the page nor the terminal repeats what people told."""

import io
import logging
import re

import pytest
from django.db import DataError
from django.test import Client
from django.urls import reverse

from relier.journal import actions as journal

WORDS = "canari-de-ce-que-dit-awa"
NAME = "Diallo"


@pytest.fixture
def terminal():
    """What is written on the terminal, by the handler of the settings."""
    handler = next(h for h in logging.getLogger("django").handlers if h.filters)
    written = io.StringIO()
    before = handler.setStream(written)
    yield written
    handler.setStream(before)


@pytest.fixture
def broken(monkeypatch):
    """A deed that fails as PostgreSQL does: with the whole row in its message."""

    def fail(*args, **kwargs):
        try:
            raise DataError(f"Failing row contains ({WORDS}, {NAME}).")
        except DataError as fault:
            raise ValueError(f"could not keep {WORDS}") from fault

    monkeypatch.setattr(journal, "record", fail)


def write_note(house) -> object:
    client = Client(raise_request_exception=False)
    client.force_login(house.nour.user)
    address = reverse("people:note_new", args=[house.awa.pk])
    return client.post(f"{address}?q={WORDS}", {"words": WORDS})


def test_a_page_that_breaks_repeats_nothing(house, broken, settings):
    settings.DEBUG = False

    answer = write_note(house)

    page = answer.content.decode()
    assert answer.status_code == 500
    assert WORDS not in page
    assert "Awa" not in page
    assert NAME not in page
    assert "<h1>" in page


def test_the_terminal_says_where_it_broke_and_not_what_was_told(house, broken, terminal):
    write_note(house)

    written = terminal.getvalue()
    assert "Internal Server Error" in written
    assert "actions/notes.py" in written
    assert "django.db.utils.DataError" in written
    assert "builtins.ValueError" in written
    assert WORDS not in written
    assert NAME not in written


@pytest.mark.parametrize("path", ["/people/nowhere/?q=" + WORDS, "/people/?page=x&q=" + WORDS])
def test_what_was_searched_is_not_written_on_the_terminal(path, house, enter, terminal):
    enter(house.nour).get(path)

    assert WORDS not in terminal.getvalue()


def test_a_refused_form_is_not_written_on_the_terminal(house, terminal):
    guarded = Client(enforce_csrf_checks=True)
    guarded.force_login(house.nour.user)

    guarded.post(f"/people/new/?q={WORDS}", {"call_name": WORDS})
    guarded.post("/people/new/", f"call_name={WORDS}&" + "x=1&" * 600, content_type="text/plain")

    assert "/people/new/" in terminal.getvalue()
    assert WORDS not in terminal.getvalue()


def test_a_page_that_is_nowhere_leads_out_and_repeats_nothing(house, enter):
    answer = enter(house.nour).get(f"/nowhere/{WORDS}/?q={WORDS}")

    page = answer.content.decode()
    assert answer.status_code == 404
    assert 'href="/"' in page
    # The choice of a language leads back to the same address: nothing else repeats it.
    assert WORDS not in re.sub(r'name="next" value="[^"]*"', "", page)


def test_what_is_too_large_is_refused_in_words(house, enter):
    huge = "call_name=" + WORDS * 80_000

    answer = enter(house.nour).post("/people/new/", huge, "application/x-www-form-urlencoded")

    assert answer.status_code == 400
    assert "<h1>" in answer.content.decode()
    assert WORDS not in answer.content.decode()
