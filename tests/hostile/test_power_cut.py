"""The power is cut while people save: what the page confirmed is there, and nothing is doubled."""

import os
import random
import re
import socket
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from contextlib import closing
from http.client import HTTPException
from http.cookiejar import CookieJar
from pathlib import Path
from threading import Event, Thread
from uuid import uuid4

import pytest

REQUESTS, CUTS = 60, 3
OURS = {
    "RELIER_MODE",
    "RELIER_SECRET_KEY",
    "RELIER_HOSTS",
    "DATABASE_URL",
    "DJANGO_SETTINGS_MODULE",
}
HOUSE = {
    "centre_name": "Les Passerelles", "kind": "cisp", "team_name": "Accueil", "name": "Nour",
    "email": "nour@example.invalid", "role": "social_worker", "bound": "on",
    "password": "correct horse battery",
}  # fmt: skip


class Office:
    """`relier start` on a folder of its own, killed as a cut of the power would."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.server: subprocess.Popen[str] | None = None

    def start(self) -> None:
        environment = {name: value for name, value in os.environ.items() if name not in OURS}
        environment["RELIER_DATA"] = str(self.folder)
        command = [sys.executable, "-m", "relier.config.command", "start", "--port", str(self.port)]
        self.server = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        told = []
        for line in self.server.stdout:
            told.append(line)
            if "http://127.0.0.1" in line:
                return
        raise AssertionError("".join(told))

    def cut(self) -> None:
        self.server.kill()
        self.server.wait(timeout=10)
        self.server.stdout.close()

    def rows(self, sql: str) -> list[tuple]:
        with closing(sqlite3.connect(self.folder / "relier.sqlite3")) as database:
            return database.execute(sql).fetchall()


class Browser:
    """Cookies, pages and forms by HTTP; it does not follow, so that a confirmation is seen."""

    def __init__(self, office: Office) -> None:
        self.address = f"http://127.0.0.1:{office.port}"

        class Stay(urllib.request.HTTPRedirectHandler):
            def redirect_request(self, *args):
                return None

        jar = urllib.request.HTTPCookieProcessor(CookieJar())
        self.opener = urllib.request.build_opener(jar, Stay)
        self.token = ""

    def get(self, path: str) -> str:
        with self.opener.open(self.address + path, timeout=30) as answer:
            page = answer.read().decode()
        self.token = re.search(r'name="csrfmiddlewaretoken" value="([^"]*)"', page)[1]
        return page

    def post(self, path: str, values: dict[str, str]) -> int:
        """The status of the answer; an OSError or HTTPException where none came."""
        sent = urllib.parse.urlencode({"csrfmiddlewaretoken": self.token, **values}).encode()
        try:
            with self.opener.open(self.address + path, sent, timeout=30) as answer:
                return answer.status
        except urllib.error.HTTPError as answer:
            answer.close()
            return answer.code


@pytest.fixture
def office(tmp_path):
    office = Office(tmp_path / "data")
    office.start()
    yield office
    if office.server.poll() is None:
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
        confirmed.add(words)


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
        waiting = [one for one in all_of_them if one[0] not in confirmed]
        sender = Thread(target=send_all, args=(browser, waiting, confirmed, near, at))
        sender.start()
        assert near.wait(timeout=60)
        office.cut()
        sender.join(timeout=60)
        assert len(confirmed) < REQUESTS

        assert office.rows("PRAGMA integrity_check") == [("ok",)]
        kept = [words for (words,) in office.rows("SELECT words FROM support_helprequest")]
        assert confirmed <= set(kept)
        assert len(kept) == len(set(kept))
        office.start()

    waiting = [one for one in all_of_them if one[0] not in confirmed]
    send_all(browser, waiting, confirmed, Event(), REQUESTS)
    # A page that was sent and never answered is sent again by whoever waits: all of them, here.
    for words, key in all_of_them:
        assert browser.post("/support/requests/new/", {"words": words, "form_key": key}) == 302

    kept = sorted(words for (words,) in office.rows("SELECT words FROM support_helprequest"))
    deeds = office.rows("SELECT kind FROM journal_line WHERE nature = 'deed'")
    assert kept == sorted(words for words, _key in all_of_them)
    assert len([kind for (kind,) in deeds if kind.startswith("support.request")]) == REQUESTS
    assert office.rows("PRAGMA integrity_check") == [("ok",)]


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
