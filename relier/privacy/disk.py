"""Erased is erased on the disk too: what the database no longer shows, its files no longer hold.

A row that is deleted may still be read in the bytes of the file, of the log written ahead of it,
of an index or of the statistics. `clean` writes the database anew without it. It cannot run inside
a transaction, so an erasure only notes that it is needed (`to_clean`): whoever erased calls
`clean_if_needed` after, and `relier tidy` calls it where nobody did (a power cut, a busy moment).
"""

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import DatabaseError, OperationalError, connection
from django.db.models import Model
from django.utils import timezone

from relier.journal import append_only, registry

PATIENCE = 5  # seconds
LATER = "Someone is reading meanwhile: the next `relier tidy` writes the files anew."
# Tables about nobody, of which what goes must be gone all the same.
_others: list[type[Model]] = []


def clean_too(*models: type[Model]) -> None:
    """Said beside a table that holds nothing about a person: it is written anew with the others."""
    _others.extend(models)


def _note() -> Path:
    return Path(settings.DATA) / "to-clean"


def to_clean() -> None:
    """Note, before the rows go, that the files must be written anew."""
    _note().touch(mode=0o600)


def is_to_clean() -> bool:
    """Whether it is noted still."""
    return _note().exists()


def clean_if_needed() -> bool:
    """True when the files were written anew. Where someone else is reading meanwhile, it stays
    noted for the next time."""
    if connection.in_atomic_block or not is_to_clean():
        return False
    try:
        clean()
    except OperationalError:
        return False
    _note().unlink(missing_ok=True)
    return True


def clean() -> None:
    """Write the database anew. Raises OperationalError where it is busy."""
    # A session may hold a sentence that names someone ("Awa is added.").
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    if connection.vendor == "sqlite":
        _clean_sqlite()
    else:
        _clean_postgresql()


def _clean_sqlite() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy = cursor.fetchone()
        if busy and busy[0]:
            raise OperationalError("Someone is reading: the log stays until the next time.")


def _clean_postgresql() -> None:
    """Tables, then what the server noted of their values, then the log written ahead of them.

    The log needs a right that not every centre's account has (`pg_checkpoint`): without it, the
    server recycles it by itself (docs/deployment.md says how soon, and what to set).
    """
    tables = {holding.of._meta.db_table for holding in registry.holdings(about="person")}
    tables |= {"django_session", *(model._meta.db_table for model in _others)}
    with connection.cursor() as cursor:
        # Whoever holds a table for longer is not waited for: those who come after would wait too.
        cursor.execute("SET lock_timeout = %s", [f"{PATIENCE}s"])
        try:
            _wait_for_those_who_read(cursor)
            _write_anew(cursor, sorted(tables))
        finally:
            cursor.execute("RESET lock_timeout")


def _write_anew(cursor: Any, tables: list[str]) -> None:
    for table in tables:
        cursor.execute(f"VACUUM FULL ANALYZE {connection.ops.quote_name(table)}")
        _forget_statistics_of_nothing(cursor, table)
    for catalogue in ("pg_statistic", "pg_statistic_ext_data"):
        try:
            cursor.execute(f"VACUUM FULL {catalogue}")
        except DatabaseError:  # not the owner of the database
            continue
    try:
        cursor.execute("SELECT pg_switch_wal()")
        cursor.execute("CHECKPOINT")
    except DatabaseError:
        return


_NEXT_TRANSACTION = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text"
# A snapshot counts as old as the oldest transaction still writing anywhere on the server, ours too.
_HELD_BACK = """
    SELECT pg_snapshot_xmin(pg_current_snapshot()) < %(next)s::text::xid8 OR EXISTS (
        SELECT FROM pg_stat_activity
        WHERE (datname = current_database() OR datname IS NULL) AND pid <> pg_backend_pid()
        AND age(backend_xmin) > age(%(next)s::text::xid8::xid)
    )
"""


def _wait_for_those_who_read(cursor: Any) -> None:
    """Rows that are gone are carried over as long as a transaction that began before they went is
    open: one that reads here, be it the server's own housekeeping, or one that writes in another
    database of the same server. Those that begin from now on see nothing of them."""
    cursor.execute(_NEXT_TRANSACTION)
    (following,) = cursor.fetchone()
    deadline = time.monotonic() + PATIENCE
    while True:
        cursor.execute(_HELD_BACK, {"next": following})
        if not cursor.fetchone()[0]:
            return
        if time.monotonic() > deadline:
            raise OperationalError("Someone is reading: the files stay until the next time.")
        time.sleep(0.05)


# Columns that hold what someone said; opaque ids and numbers are left.
_TELLING = ("text", "varchar", "jsonb", "bytea", "date")


def _forget_statistics_of_nothing(cursor: Any, table: str) -> None:
    """ANALYZE leaves the commonest values of a table that has become empty where they were. The
    owner of a table has one way to drop them: to give a column the type that it has. A table of
    which no row ever goes has nothing to forget."""
    if append_only.keeps_every_row(table):
        return
    quoted = connection.ops.quote_name
    cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {quoted(table)})")  # noqa: S608 — a name of ours
    if cursor.fetchone()[0]:
        return
    cursor.execute(
        "SELECT a.attname, format_type(a.atttypid, a.atttypmod) FROM pg_attribute a "
        "JOIN pg_type t ON t.oid = a.atttypid "
        "WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped "
        "AND t.typname = ANY(%s)",
        [quoted(table), list(_TELLING)],
    )
    for column, kind in cursor.fetchall():
        cursor.execute(f"ALTER TABLE {quoted(table)} ALTER COLUMN {quoted(column)} TYPE {kind}")
