"""A backup in the place of the database, whole or not at all.

Refused without its key, or without the list of those erased since. Whoever was erased since is
erased again before anybody enters. What is replaced is backed up first, sealed, so that there is a
way back and no readable copy.
"""

import hashlib
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from relier.accounts.actors import SYSTEM
from relier.journal import actions as journal
from relier.journal import checking
from relier.privacy import actions as privacy
from relier.privacy import disk, tombstones
from relier.privacy.tombstones import NoTombstones

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
    find_list(backup)
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
    erased = put_back(path, manifest, say=say)
    journal.anchor_again(by=SYSTEM, reason=f"restored from {backup.made_at:%Y-%m-%d %H:%M} UTC")
    return Restored(backup, sum(manifest["rows"].values()), erased, before)


def holds_anything() -> bool:
    if connection.vendor == "sqlite" and not sqlite.database_file().exists():
        return False
    return "django_migrations" in connection.introspection.table_names()


def find_list(backup: Backup) -> None:
    """The list of those erased since: of this copy, or else the one beside the backup (this is
    another computer). Raises NoTombstones where there is none, or where it no longer names those
    erased since so old a backup."""
    folder = backup.path.parent
    never_had = not tombstones.list_file().exists() and not tombstones.head_file().exists()
    if never_had and folder.resolve() != settings.BACKUPS.resolve():
        if not (folder / tombstones.list_file().name).exists():
            raise NoTombstones(
                f"The list of those erased since is neither in {settings.BACKUPS} nor beside the "
                "backup: without it, people who were erased would come back."
            )
        settings.BACKUPS.mkdir(parents=True, exist_ok=True, mode=0o700)
        backups.carry_list(folder, settings.BACKUPS)
    if not tombstones.list_file().exists():
        raise NoTombstones(
            f"There is no list of those erased in {settings.BACKUPS}: without it, people who were "
            "erased would come back."
        )
    since = tombstones.whole_since()
    if since and backup.made_at < since:
        raise NoTombstones(
            f"This backup is too old: the list of those erased begins on {since:%d/%m/%Y}, and "
            "people erased before would come back."
        )


def settle() -> int:
    """What every restored database goes through before anybody enters: it is brought up to date,
    and those erased since are erased again. Gives how many people."""
    call_command("migrate", interactive=False, verbosity=0)
    return privacy.erase_again(by=SYSTEM)


# --- SQLite --------------------------------------------------------------------------------------


def restore_sqlite(path: Path, manifest: dict[str, Any], *, say: Say) -> int:
    """All the work is done on the file that arrives; only then does it take the place."""
    arriving = sqlite.database_file().with_name(sqlite.ARRIVING)
    sqlite.remove(arriving)
    try:
        say("Putting it back…")
        with backups.opened(path) as parts:
            backups.read_manifest(parts)
            extract_database(parts, arriving, manifest["sha256"])
        with sqlite.working_on(arriving):
            erased = settle()
            disk.clean()
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


# --- PostgreSQL ----------------------------------------------------------------------------------


def restore_postgresql(path: Path, manifest: dict[str, Any], *, say: Say) -> int:
    """Built anew, filled in one transaction. A fault on the way leaves an empty database, never
    half of one, and the backup of what was there."""
    postgresql.drop_everything()
    fill_postgresql(path, manifest, say=say)
    disk.to_clean()
    erased = settle()
    if not disk.clean_if_needed():
        say(disk.LATER)
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


# --- rehearsing ----------------------------------------------------------------------------------


@contextmanager
def elsewhere() -> Iterator[Path]:
    """A folder of its own, gone when the block ends; the anchor of the journal is not moved."""
    anchored = settings.ANCHOR
    with tempfile.TemporaryDirectory(prefix="relier-rehearsal-") as folder:
        settings.ANCHOR = Path(folder) / "anchor"
        try:
            yield Path(folder)
        finally:
            settings.ANCHOR = anchored


def rehearse(path: Path, *, say: Say = lambda _: None) -> dict[str, int]:
    """Restore a backup where it disturbs nobody, and check what comes out: only a backup that was
    restored is known to be one. Gives the rows by table. Raises as `restore` does.

    SQLite: whole, in a folder of its own, its journal verified. PostgreSQL: read through and
    counted; to fill a database, give an empty one (docs/deployment.md).
    """
    backup = backups.look_at(path)
    find_list(backup)
    say("Reading the backup through…")
    manifest = backups.read_through(path)
    if backup.header["database"] == "sqlite" == connection.vendor:
        say("Restoring it elsewhere…")
        with elsewhere() as folder, backups.opened(path) as parts:
            backups.read_manifest(parts)
            out = folder / "rehearsed.sqlite3"
            extract_database(parts, out, manifest["sha256"])
            with sqlite.working_on(out):
                settle()
                disk.clean()
                faults = [one.fault for one in checking.check_all() if one.fault]
        if faults:
            raise NoBackup(f"The journal of this backup does not hold: {faults[0]}.")
    return dict(manifest["rows"])
