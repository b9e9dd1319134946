"""A backup in the place of the database, whole or not at all.

Refused without its key, without the list of those erased since, or when that list is shorter than
it was when the backup was made. Whoever was erased since is erased again before anybody enters.
What is replaced is backed up first, sealed, so that there is a way back and no readable copy.
"""

import hashlib
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.core.management import call_command
from django.db import connection

from relier.accounts.actors import SYSTEM
from relier.journal import actions as journal
from relier.lib.sealing import DoesNotOpen
from relier.privacy import actions as privacy
from relier.privacy import tombstones

from . import backups, postgresql, sqlite
from .backups import Backup, NoBackup, Say
from .tables import counted


@dataclass
class Restored:
    backup: Backup
    rows: int
    erased_again: int
    # What was there before, when something was.
    before: Backup | None = None
    said: list[str] = field(default_factory=list)


def restore(
    path: Path, *, now: datetime, replace: bool = False, say: Say = lambda _: None
) -> Restored:
    """Put a backup in the place of the database. Raises NoBackup, DoesNotOpen, NoKeys,
    NoTombstones, Unsound or OtherVersion; the database is then as it was."""
    backup = backups.look_at(path)
    if backup.header["database"] != connection.vendor:
        raise NoBackup(
            f"This backup comes from {backup.header['database']}, and this copy uses "
            f"{connection.vendor}: choose a database of the same kind with DATABASE_URL."
        )
    tombstones.adopt(path.parent, at_least=int(backup.header["erased"]))
    say("Reading the backup through…")
    manifest = backups.read_through(path)
    before = None
    if holds_anything():
        if not replace:
            raise NoBackup(
                "There is a database here already. Add --replace to put the backup in its place: "
                "what is there is backed up first."
            )
        say("Backing up what is there…")
        before = backups.make(now=now)
    put_back = restore_sqlite if connection.vendor == "sqlite" else restore_postgresql
    erased = put_back(path, manifest, now=now, say=say)
    return Restored(backup, sum(manifest["rows"].values()), erased, before)


def holds_anything() -> bool:
    if connection.vendor == "sqlite" and not sqlite.database_file().exists():
        return False
    return "django_migrations" in connection.introspection.table_names()


def settle(*, made_at: str) -> int:
    """What every restored database goes through before anybody enters: it is brought up to date,
    those erased since are erased again, and the journal says that it happened."""
    call_command("migrate", interactive=False, verbosity=0)
    again = privacy.erase_again(by=SYSTEM)
    journal.restored(made_at=made_at, by=SYSTEM)
    return again


# --- SQLite ----------------------------------------------------------------------------------------


def restore_sqlite(path: Path, manifest: dict[str, Any], *, now: datetime, say: Say) -> int:
    """All the work is done on the file that arrives; only then does it take the place."""
    arriving = sqlite.database_file().with_name(sqlite.ARRIVING)
    sqlite.remove(arriving)
    try:
        say("Putting it back…")
        with backups.opened(path) as parts:
            backups.read_manifest(parts)
            extract_database(parts, arriving, manifest["sha256"])
        with sqlite.working_on(arriving):
            erased = settle(made_at=backups.look_at(path).header["made_at"])
            privacy.tidy_disk()
        sqlite.put_in_place(arriving)
    finally:
        sqlite.remove(arriving)
    return erased


def extract_database(parts: tarfile.TarFile, target: Path, sha256: str) -> None:
    part = parts.next()
    content = parts.extractfile(part) if part and part.name == "database.sqlite3" else None
    if content is None:
        raise NoBackup("This backup holds no database.")
    with backups.whole_file(target) as file:
        shutil.copyfileobj(content, file, 1024 * 1024)
    with target.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
            raise NoBackup("The database that came out is not the one that went in.")


# --- PostgreSQL --------------------------------------------------------------------------------------


def restore_postgresql(path: Path, manifest: dict[str, Any], *, now: datetime, say: Say) -> int:
    """Built anew, filled in one transaction. A fault on the way leaves an empty database, never
    half of one, and the backup of what was there."""
    postgresql.drop_everything()
    fill_postgresql(path, manifest, say=say)
    erased = settle(made_at=backups.look_at(path).header["made_at"])
    privacy.tidy_disk()
    return erased


def fill_postgresql(path: Path, manifest: dict[str, Any], *, say: Say = lambda _: None) -> None:
    """The tables as the backup had them, in an empty database."""
    say("Making the tables…")
    postgresql.build_as_of(manifest["migrations"])
    with backups.opened(path) as parts, postgresql.filling():
        backups.read_manifest(parts)
        for table, pieces in by_table(parts):
            say(f"Filling {table}")
            postgresql.fill(table, manifest["columns"][table], pieces)
        if counted(sorted(manifest["rows"])) != manifest["rows"]:
            raise NoBackup("Some rows did not come back.")
    postgresql.count_on()


def by_table(parts: tarfile.TarFile) -> Iterator[tuple[str, Iterator[IO[bytes]]]]:
    """The pieces of each table, a table at a time, in the order in which they were written."""
    waiting = parts.next()
    while waiting is not None:
        table = waiting.name.split("/")[1]

        def pieces(table: str = table) -> Iterator[IO[bytes]]:
            nonlocal waiting
            while waiting is not None and waiting.name.split("/")[1] == table:
                content = parts.extractfile(waiting)
                if content is None:
                    raise NoBackup("This backup is damaged inside.")
                yield content
                waiting = parts.next()

        yield table, pieces()


# --- rehearsing ------------------------------------------------------------------------------------


@contextmanager
def elsewhere() -> Iterator[Path]:
    """A folder that is gone when the block ends."""
    with tempfile.TemporaryDirectory(prefix="relier-rehearsal-") as folder:
        yield Path(folder)


def rehearse(path: Path, *, say: Say = lambda _: None) -> dict[str, int]:
    """Restore a backup where it disturbs nobody, and check what comes out: the only backup worth
    its name is one that was restored. Gives the rows by table.

    SQLite: in a folder of its own, with its own check. PostgreSQL: read through and counted; to
    fill a database, give an empty one (docs/deployment.md).
    """
    backup = backups.look_at(path)
    tombstones.adopt(path.parent, at_least=int(backup.header["erased"]), keep=False)
    manifest = backups.read_through(path)
    if backup.header["database"] == "sqlite" and connection.vendor == "sqlite":
        with elsewhere() as folder, backups.opened(path) as parts:
            backups.read_manifest(parts)
            out = folder / "rehearsed.sqlite3"
            extract_database(parts, out, manifest["sha256"])
            with sqlite.working_on(out):
                settle(made_at=backup.header["made_at"])
                call_command("check", verbosity=0)
    return dict(manifest["rows"])


__all__ = ["DoesNotOpen", "Restored", "rehearse", "restore"]
