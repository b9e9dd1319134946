"""The power is cut while people save: what the page confirmed is there, and nothing is doubled."""

import os
import random
import subprocess
import sys
from http.client import HTTPException
from threading import Event, Thread
from uuid import UUID, uuid4

import pytest
from django.db import connection

from tests.offices import HOUSE, OURS, Browser, Office

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="SQLite only: it is the database of an office"
)
REQUESTS, CUTS = 1000, 10


@pytest.fixture
def office(tmp_path):
    office = Office(tmp_path / "data")
    office.start()
    yield office
    office.cut()


def send_all(
    browser: Browser, waiting: list[tuple[str, str]], confirmed: set[str], near: Event, at: int
):
    """Send one after the other, until no answer comes; `near` tells when the cut may happen."""
    for words, key in waiting:
        if len(confirmed) >= at:
            near.set()
        try:
            status = browser.post("/support/requests/new/", {"words": words, "form_key": key})
        except (OSError, HTTPException):
            return
        assert status == 302, status
        confirmed.add(key)


def keys_kept(office: Office) -> list[str]:
    """Of each request that is kept, the key of its form: its words are sealed."""
    rows = office.rows("SELECT form_key FROM support_helprequest")
    return [str(UUID(key)) for (key,) in rows]


def test_what_was_confirmed_survives_cuts_of_the_power(office):
    seeded = random.Random(20261123)
    browser = Browser(office)
    browser.get("/centre/welcome/")
    assert browser.post("/centre/welcome/", HOUSE) == 302
    browser.get("/support/requests/new/")
    all_of_them = [(f"demande {number}", str(uuid4())) for number in range(REQUESTS)]
    confirmed: set[str] = set()

    for at in sorted(seeded.sample(range(5, REQUESTS - 5), CUTS)):
        near = Event()
        waiting = [one for one in all_of_them if one[1] not in confirmed]
        sender = Thread(target=send_all, args=(browser, waiting, confirmed, near, at))
        sender.start()
        assert near.wait(timeout=60)
        office.cut()
        sender.join(timeout=60)
        assert len(confirmed) < REQUESTS

        assert office.rows("PRAGMA integrity_check") == [("ok",)]
        kept = keys_kept(office)
        assert confirmed <= set(kept)
        assert len(kept) == len(set(kept))
        office.start()

    waiting = [one for one in all_of_them if one[1] not in confirmed]
    send_all(browser, waiting, confirmed, Event(), REQUESTS)
    # A page that was sent and never answered is sent again by whoever waits: some of them, here.
    for words, key in seeded.sample(all_of_them, 100):
        assert browser.post("/support/requests/new/", {"words": words, "form_key": key}) == 302

    kept = sorted(keys_kept(office))
    deeds = office.rows("SELECT kind FROM journal_line WHERE nature = 'deed'")
    assert kept == sorted(key for _words, key in all_of_them)
    assert len([kind for (kind,) in deeds if kind.startswith("support.request")]) == REQUESTS
    assert office.rows("PRAGMA integrity_check") == [("ok",)]
    office.cut()
    office.did("check")  # the journal lost no line, and its chain holds


def test_an_office_writes_through_to_the_disk(tmp_path):
    """What a killed program cannot show: a page is confirmed when the disk has it (synchronous=2),
    in a journal of its own (WAL), not when the system says it will write it later."""
    environment = {name: value for name, value in os.environ.items() if name not in OURS}
    environment |= {
        "RELIER_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "relier.config.settings",
    }
    asked = (
        "import django; django.setup(); from django.db import connection; c = connection.cursor();"
        "print(*[c.execute(f'PRAGMA {n}').fetchone()[0] for n in ('synchronous', 'journal_mode')])"
    )

    done = subprocess.run(
        [sys.executable, "-c", asked], env=environment, capture_output=True, text=True, timeout=60
    )

    assert done.stdout.split() == ["2", "wal"], done.stderr
