"""Fixtures for every room's tests."""

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from threading import local
from typing import Any

import pytest
from django.db import connection
from django.template import Context, Template
from django.test import Client
from django.test.utils import _TestState

from relier.centres.models import Member
from tests import fresh
from tests import house as houses
from tests.entering import just_entered

TURNS = count(1)


def pytest_configure(config: pytest.Config) -> None:
    """Copies of Relier that tests start begin with what is made once for the whole run."""
    copies = ExitStack()
    copies.enter_context(fresh.place_for_a_run())
    config.add_cleanup(copies.close)


@pytest.fixture
def house(db: None) -> houses.House:
    return houses.build()


@pytest.fixture(autouse=True)
def folders_of_their_own(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Each test has its own list of those erased, and its own anchors of the journal: neither is
    undone with the database. Most tests write neither, and make no folder."""
    folder = tmp_path_factory.getbasetemp() / f"apart-{next(TURNS)}"
    settings.BACKUPS = folder / "backups"
    settings.ANCHOR = folder / "journal"


@pytest.fixture
def enter() -> Callable[[Member], Client]:
    """A browser signed in as this member."""

    def signed_in(member: Member) -> Client:
        client = Client()
        just_entered(client, member.user)
        return client

    return signed_in


@pytest.fixture(scope="session", autouse=True)
def pages_keep_what_they_were_given(django_test_environment: None) -> None:
    """Django's tests keep a copy of what each template was given, and a page has a hundred of
    them: what the page itself was given is enough."""
    kept, plain = Template._render, _TestState.saved_data.template_render
    inside = local()

    def render(self: Template, context: Context) -> str:
        if getattr(inside, "page", False):
            return plain(self, context)
        inside.page = True
        try:
            return kept(self, context)
        finally:
            inside.page = False

    Template._render = render


# --- what may not be skipped -------------------------------------------------------------------

REQUIRED = set(filter(None, os.environ.get("RELIER_REQUIRE", "").split(",")))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The browser's tests run once, on SQLite; where Chromium is missing they say so and skip,
    unless .ci/run made them compulsory."""
    if "postgresql" in REQUIRED:
        once = [item for item in items if runs_once(item)]
        config.hook.pytest_deselected(items=once)
        left = set(once)
        items[:] = [item for item in items if item not in left]


def pytest_collection_finish() -> None:
    """What was imported stays until the end: collecting garbage need not look at it each time."""
    gc.collect()
    gc.freeze()
    # Tests make much that goes at once: rings of it may be looked for less often.
    gc.set_threshold(100_000, 50, 100)


# Where a test that asks nothing of a database starts no Relier of its own either.
APART = ["relier", "tests/paper", "tests/tools"]


def runs_once(item: pytest.Item) -> bool:
    """What another database cannot change: the browser's tests, those marked `once` (what is drawn,
    what our own rules say), and those that ask nothing of a database."""
    if item.get_closest_marker("browser") or item.get_closest_marker("once"):
        return True
    apart = {item.config.rootpath / folder for folder in APART} & set(item.path.parents)
    asks = item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(
        getattr(item, "fixturenames", ())
    )
    return bool(apart) and not asks


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """In .ci/run a skip is a failure: a check that did not run has proved nothing. Only the data
    that is not part of the repository may be missing."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if REQUIRED and report.skipped and not may_be_skipped(str(report.longrepr)):
        report.outcome = "failed"


def may_be_skipped(reason: str) -> bool:
    """What belongs to one database runs there; the official data are not part of this tree."""
    of_one = "PostgreSQL only" if connection.vendor == "sqlite" else "SQLite only"
    return of_one in reason or "set RELIER_SHARED" in reason


@pytest.fixture(scope="session", autouse=True)
def the_database_that_was_asked_for() -> None:
    """A run that is said to be on PostgreSQL must be on PostgreSQL."""
    if "postgresql" in REQUIRED:
        assert connection.vendor == "postgresql"
