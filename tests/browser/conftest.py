"""A browser for a module, windows for a test, and a watch over every page that they open."""

import sqlite3
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Browser, BrowserContext

from relier.centres.models import Member

from . import chromium, signing, world
from .watching import Watch

LOCALES = {"fr": "fr-BE", "en": "en-GB"}
Opens = Callable[..., BrowserContext]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the tests of a module. Not for the session: as long as it runs, Django
    takes this thread for an asynchronous one, and other tests share the thread."""
    if not chromium.find():
        pytest.skip(chromium.MISSING)
    with chromium.started() as program:
        yield program


@pytest.fixture
def watches() -> Iterator[list[Watch]]:
    """One for each window; whatever they heard fails the test, even after it passed."""
    opened: list[Watch] = []
    yield opened
    assert [fault for watch in opened for fault in watch.faults] == []


@pytest.fixture
def open_window(watches: list[Watch], live_server: Any, browser: Browser) -> Iterator[Opens]:
    """`open_window("fr", width=320)`: a fresh window on the house, as on someone's own device.
    `expected` are the errors that its pages answer on purpose (404…)."""
    windows = []

    def open_one(
        language: str = "fr", *, width: int = 1280, expected: tuple[int, ...] = (), **more: Any
    ) -> BrowserContext:
        window = browser.new_context(
            base_url=live_server.url,
            locale=LOCALES[language],
            viewport={"width": width, "height": 900},
            **more,
        )
        window.set_default_timeout(10_000)
        watch = Watch(window, live_server.url)
        watch.expected.update(expected)
        watches.append(watch)
        windows.append(window)
        return window

    yield open_one
    for window in windows:
        window.close()


@pytest.fixture
def window_of(open_window: Opens, live_server: Any) -> Callable[..., BrowserContext]:
    """A window where this member is signed in already: walks do not begin at the door."""

    def signed_in(member: Member, language: str = "fr", **more: Any) -> BrowserContext:
        window = open_window(language, **more)
        window.add_cookies(signing.cookies(member, language, live_server.url))
        return window

    return signed_in


_planted: list[tuple[sqlite3.Connection, world.World]] = []


@pytest.fixture
def house_to_walk(transactional_db: None) -> world.World:
    """The demonstration's house, full to the brim: planted once, and put back as it was."""
    connection.ensure_connection()
    if not _planted:
        planted = world.plant()
        copy = sqlite3.connect(":memory:")
        connection.connection.backup(copy)
        _planted.append((copy, planted))
    copy, planted = _planted[0]
    copy.backup(connection.connection)
    return deepcopy(planted)
