"""SQLite: a copy as of one instant while others write, and the same file put back.

`VACUUM INTO` reads one snapshot (WAL), waits for nobody and lets everybody write. The copy is made
beside the database, closed to others, and removed as soon as it is sealed.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from django.db import connection

from relier.lib.whole_files import sync_folder

from .tables import PASSING

# A copy that a power cut left behind is removed by the next one.
COPYING = "copying.sqlite3"
ARRIVING = "arriving.sqlite3"


class Unsound(Exception):  # noqa: N818 — said to people as a sentence
    """A database that does not pass its own check."""


def database_file() -> Path:
    return Path(connection.settings_dict["NAME"])


def files_of(database: Path) -> list[Path]:
    """The file and those SQLite keeps beside it."""
    return [database.with_name(database.name + ending) for ending in ("", "-wal", "-shm")]


def remove(database: Path) -> None:
    for file in files_of(database):
        file.unlink(missing_ok=True)


@contextmanager
def copy_made() -> Iterator[Path]:
    """A whole copy of the database, without what is only passing; gone when the block ends."""
    copy = database_file().with_name(COPYING)
    remove(copy)
    try:
        copy.touch(mode=0o600)
        with closing(sqlite3.connect(database_file(), timeout=20)) as source:
            source.execute("VACUUM INTO ?", (str(copy),))
        with closing(sqlite3.connect(copy, isolation_level=None)) as made:
            made.execute("PRAGMA secure_delete=ON")
            for table in PASSING & names_in(made):
                made.execute(f"DELETE FROM {table}")  # noqa: S608 — our own names
            check(made)
        yield copy
    finally:
        remove(copy)


def names_in(database: sqlite3.Connection) -> set[str]:
    return {
        name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    }


def check(database: sqlite3.Connection) -> None:
    """Raises Unsound where a page is damaged or a row points at nothing."""
    try:
        found = [row[0] for row in database.execute("PRAGMA integrity_check")]
        dangling = database.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as damaged:
        raise Unsound(f"This database is damaged: {damaged}.") from damaged
    if found != ["ok"]:
        raise Unsound(f"This database is damaged: {found[0]}.")
    if dangling:
        raise Unsound(f"A row of {dangling[0]} points at a row of {dangling[2]} that is missing.")


@contextmanager
def working_on(database: Path) -> Iterator[None]:
    """Django works on this file instead, for the time of the block."""
    known = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(database)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = known


def put_in_place(arrived: Path) -> None:
    """The file that arrived becomes the database, in one gesture of the disk. What was there
    was backed up before, sealed: no readable copy of it stays."""
    connection.close()
    with closing(sqlite3.connect(arrived, isolation_level=None)) as made:
        # One file, nothing beside it: it is put in place whole.
        made.execute("PRAGMA journal_mode=DELETE")
    target = database_file()
    for beside in files_of(target)[1:]:
        beside.unlink(missing_ok=True)
    os.replace(arrived, target)
    sync_folder(target.parent)


def stamp(moment: datetime) -> str:
    return moment.strftime("%Y%m%dT%H%M%SZ")
