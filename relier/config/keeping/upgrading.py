"""A new version of Relier on the database of the one before, with a way back.

Migrations wait? A backup is made first, then they run. If one fails, the backup takes its place
again: the database is as it was, and the version before still runs on it.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from relier.privacy import disk

from . import backups, postgresql, restoring, sqlite
from .backups import Backup, Say


class Undone(Exception):  # noqa: N818 — said to people as a sentence
    """An upgrade that failed, and was undone."""


@dataclass(frozen=True)
class Upgraded:
    migrations: list[str]
    # None when the database was new.
    backup: Backup | None


def waiting() -> list[str]:
    """The migrations that this database has not had, in the order in which they would run."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def upgrade(*, now: datetime, say: Say = lambda _: None) -> Upgraded:
    """Bring the database up to date. Raises Undone when it failed and was put back as it was."""
    todo = waiting()
    if not todo:
        return Upgraded([], None)
    if not restoring.holds_anything():
        call_command("migrate", interactive=False, verbosity=0)
        return Upgraded(todo, None)
    say("A backup first…")
    backup = backups.make(now=now)
    say(f"Bringing the database up to date ({len(todo)} changes)…")
    # What a change seals or removes is not to stand in the bytes of the files.
    disk.to_clean()
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except Exception as fault:
        say("It failed. Putting everything back as it was…")
        put_back(backup)
        raise Undone(
            f"The new version could not bring the database up to date ({type(fault).__name__}). "
            "Everything is as it was: go on with the version before, and send us this line."
        ) from fault
    if not disk.clean_if_needed():
        say(disk.LATER)
    return Upgraded(todo, backup)


def put_back(backup: Backup) -> None:
    """The very database of the backup: nothing is added, nothing erased meanwhile."""
    manifest = backups.read_through(backup.path)
    if connection.vendor == "sqlite":
        arriving = sqlite.database_file().with_name(sqlite.ARRIVING)
        sqlite.remove(arriving)
        with backups.opened(backup.path) as parts:
            backups.read_manifest(parts)
            restoring.extract_database(parts, arriving, manifest["sha256"])
        sqlite.put_in_place(arriving)
        return
    postgresql.drop_everything()
    restoring.fill_postgresql(backup.path, manifest)
