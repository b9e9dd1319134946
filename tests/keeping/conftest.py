"""Copies of Relier of their own, on whichever database these tests run on."""

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.offices import Office

from .houses import CANARY, keep, settled

SERVER = os.environ.get("DATABASE_URL", "")
ON_POSTGRESQL = SERVER.startswith("postgres")


def database_address(name: str) -> str:
    return urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}"))


def places(home: Path, database: str = "") -> dict[str, str]:
    """Where a copy keeps its things: keys and backups apart from the data."""
    found = {
        "RELIER_KEYS": str(home / "keys" / "keys.json"),
        "RELIER_BACKUPS": str(home / "backups"),
    }
    return {**found, "DATABASE_URL": database_address(database)} if database else found


def on_the_server(statement: str) -> None:
    import psycopg

    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(statement)


@pytest.fixture
def new_copy(tmp_path: Path) -> Iterator[Callable[..., Office]]:
    """Makes copies, each in a folder of its own; on PostgreSQL each has a database of its own,
    gone afterwards. `like`: another copy, whose data, keys and backups it begins with."""
    made: list[str] = []
    offices: list[Office] = []

    def make(name: str, like: Office | None = None, **settings: str) -> Office:
        home, database = tmp_path / name, ""
        if ON_POSTGRESQL:
            database = f"relier_{uuid.uuid4().hex[:12]}"
            of = f' TEMPLATE "{database_of(like)}"' if like else ""
            on_the_server(f'CREATE DATABASE "{database}"{of}')
            made.append(database)
        if like:
            shutil.copytree(like.folder.parent, home)
        offices.append(Office(home / "data", **{**places(home, database), **settings}))
        return offices[-1]

    yield make
    for office in offices:
        office.cut()
    for database in made:
        on_the_server(f'DROP DATABASE "{database}" WITH (FORCE)')


def database_of(office: Office) -> str:
    return urlsplit(office.settings["DATABASE_URL"]).path.lstrip("/")


@pytest.fixture(scope="session")
def house_backed_up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A house with one request, backed up, and nobody at work: made once, then copied."""
    home, database = tmp_path_factory.mktemp("house"), ""
    if ON_POSTGRESQL:
        database = f"relier_{uuid.uuid4().hex[:12]}"
        on_the_server(f'CREATE DATABASE "{database}"')
    office = Office(home / "data", **places(home, database))
    keep(settled(office), CANARY)
    office.cut()
    office.did("backup")
    yield office
    if database:
        on_the_server(f'DROP DATABASE "{database}" WITH (FORCE)')
