"""The files are written anew once nobody reads what was there before."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import OperationalError, connection

from relier.privacy import disk
from tests.clusters import cluster


@pytest.mark.django_db(transaction=True)
def test_what_could_not_be_cleaned_stays_noted_for_the_next_time(monkeypatch):
    def busy():
        raise OperationalError("Someone is reading.")

    disk.to_clean()
    monkeypatch.setattr(disk, "clean", busy)
    assert disk.clean_if_needed() is False

    cleaned = []
    monkeypatch.setattr(disk, "clean", lambda: cleaned.append(1))
    assert disk.clean_if_needed() is True
    assert disk.clean_if_needed() is False
    assert cleaned == [1]


# On a server of the test's own: what other tests have open would hold the cleaning back as well.


@pytest.fixture
def server(db) -> Iterator[str]:
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL only: its snapshots")
    with cluster() as address:
        yield address


@contextmanager
def connected(address: str, database: str = "postgres") -> Iterator[Any]:
    import psycopg

    with psycopg.connect(address.replace("/postgres", f"/{database}"), autocommit=True) as made:
        yield made


@pytest.mark.parametrize(
    ("database", "first"),
    [("postgres", "SELECT 1"), ("template1", "SELECT pg_current_xact_id()")],
    ids=["one that reads here", "one that writes in another database of the server"],
)
def test_a_transaction_begun_before_holds_the_cleaning_back(server, monkeypatch, database, first):
    monkeypatch.setattr(disk, "PATIENCE", 0.3)
    with connected(server) as ours, connected(server, database) as elsewhere:
        elsewhere.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        elsewhere.execute(first)
        ours.execute("CREATE TABLE something (word text)")

        with pytest.raises(OperationalError):
            disk._wait_for_those_who_read(ours.cursor())

        elsewhere.execute("ROLLBACK")
        disk._wait_for_those_who_read(ours.cursor())


def test_one_begun_since_holds_nothing_back(server, monkeypatch):
    monkeypatch.setattr(disk, "PATIENCE", 0.3)
    with connected(server) as ours, connected(server) as elsewhere:
        ours.execute("CREATE TABLE something (word text)")
        ours.execute(disk._NEXT_TRANSACTION)
        elsewhere.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        elsewhere.execute("SELECT 1")

        disk._wait_for_those_who_read(ours.cursor())
