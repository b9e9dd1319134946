"""Copies of Relier of their own, on whichever database these tests run on."""

import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.offices import Office

SERVER = os.environ.get("DATABASE_URL", "")
ON_POSTGRESQL = SERVER.startswith("postgres")


@pytest.fixture
def new_copy(tmp_path: Path) -> Iterator[Callable[..., Office]]:
    """Makes copies, each in a folder of its own, with keys and backups apart; on PostgreSQL each
    has a database of its own, gone afterwards."""
    made: list[str] = []
    offices: list[Office] = []

    def make(name: str, **settings: str) -> Office:
        home = tmp_path / name
        places = {
            "RELIER_KEYS": str(home / "keys" / "keys.json"),
            "RELIER_BACKUPS": str(home / "backups"),
        }
        if ON_POSTGRESQL:
            database = f"relier_{uuid.uuid4().hex[:12]}"
            on_the_server(f'CREATE DATABASE "{database}"')
            made.append(database)
            parts = urlsplit(SERVER)
            places["DATABASE_URL"] = urlunsplit(parts._replace(path=f"/{database}"))
        offices.append(Office(home / "data", **{**places, **settings}))
        return offices[-1]

    yield make
    for office in offices:
        office.cut()
    for database in made:
        on_the_server(f'DROP DATABASE "{database}" WITH (FORCE)')


def on_the_server(statement: str) -> None:
    import psycopg

    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(statement)
