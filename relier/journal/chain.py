"""The chain of the journal: each line is sealed with the line before it, under a key of its own.

A line is written as the very last thing of its transaction (`engines/`), so that the lock of the
chain is held for the time of one insertion: whoever waits for it holds nothing that another of
those who wait could need. Chains are locked in one order, so a deed that speaks of two centres
never waits for one that waits for it. On SQLite the transaction is the lock already (IMMEDIATE).
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connections, router, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from relier.lib.keyring import JOURNAL, Key

from . import anchor, keys
from .models import Detail, Line

FORMAT = 1
SALT = 32

# Every column but the number that the database gives to each row: `id` says nothing, and that it
# grows along a chain is checked as well.
COLUMNS = [field for field in Line._meta.concrete_fields if not field.primary_key]
_DETAIL_COLUMNS = Detail._meta.concrete_fields


def said(details: dict[str, Any]) -> str:
    """Canonical JSON: the same details give the same text."""
    return json.dumps(details, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def proof_of(salt: bytes, text: str) -> str:
    """HMAC-SHA-256 of a detail under its salt (RFC 2104): says nothing without the salt."""
    return hmac.digest(salt, text.encode(), "sha256").hex()


def message(
    previous: str,
    key: str,
    number: int,
    centre: UUID,
    nature: str,
    kind: str,
    at: datetime,
    actor_kind: str,
    actor: UUID,
    thing: str,
    thing_id: str,
    subject: UUID | None,
    proof: str | None,
) -> bytes:
    """All that a line says, without ambiguity, and the seal of the line before it ("" before the
    first). JSON puts a border between two columns, which mere joining would not."""
    return _as_json(
        [
            FORMAT,
            previous,
            key,
            number,
            centre.hex,
            nature,
            kind,
            at.astimezone(UTC).isoformat(),
            actor_kind,
            actor.hex,
            thing,
            thing_id,
            subject.hex if subject else "",
            proof or "",
        ]
    ).encode()


_as_json = json.JSONEncoder(separators=(",", ":")).encode

# The columns that a seal covers, in the order of `message`.
COVERED = (
    "key", "number", "centre", "nature", "kind", "at", "actor_kind", "actor", "thing", "thing_id",
    "subject", "detail_id",
)  # fmt: skip


def seal(line: Line, previous: str, key: Key) -> str:
    """HMAC-SHA-256 of a line, in hexadecimal."""
    return key.mac(message(previous, *(getattr(line, name) for name in COVERED))).hex()


# --- writing -------------------------------------------------------------------------------------


class Pending:
    """A line that waits for the end of its transaction.

    It stands among the things Django does on commit, so that a savepoint that is rolled back takes
    it away. What is done after the commit is to move the anchor.
    """

    def __init__(self, line: Line, details: dict[str, Any]) -> None:
        self.line = line
        self.details = details
        self.previous = ""
        self.is_written = False

    def __call__(self) -> None:
        anchor.move(self.line, previous=self.previous)


def add(line: Line, details: dict[str, Any]) -> None:
    """Have a line written at the end of this transaction; of its own, where there is none."""
    connection = connections[router.db_for_write(Line)]
    pending = Pending(line, details)
    if connection.in_atomic_block:
        connection.on_commit(pending, robust=True)
    else:
        with transaction.atomic(using=connection.alias):
            connection.on_commit(pending, robust=True)


def write_pending(connection: BaseDatabaseWrapper) -> None:
    """Called by `engines/` just before the commit."""
    hooks = (entry[1] for entry in connection.run_on_commit)
    waiting = [hook for hook in hooks if isinstance(hook, Pending) and not hook.is_written]
    if not waiting:
        return
    key = keys.newest(JOURNAL)
    with connection.cursor() as cursor:
        for centre in sorted({pending.line.centre for pending in waiting}):
            lock(cursor, centre)
            of_chain = [pending for pending in waiting if pending.line.centre == centre]
            append(connection, cursor, centre, of_chain, key)


def append(
    connection: BaseDatabaseWrapper, cursor: Any, centre: UUID, waiting: list[Pending], key: Key
) -> None:
    number, previous = last(connection, cursor, centre)
    for pending in waiting:
        number += 1
        line = pending.line
        line.number, line.key = number, key.id
        if pending.details:
            keep_detail(connection, cursor, line, pending.details)
        pending.previous, previous = previous, seal(line, previous, key)
        line.seal = previous
        insert(connection, cursor, line)
        pending.is_written = True


def insert(connection: BaseDatabaseWrapper, cursor: Any, line: Line) -> None:
    cursor.execute(_INSERT_LINE, _values(COLUMNS, line, connection))


def lock(cursor: Any, centre: UUID) -> None:
    """Until the commit. Two centres whose numbers begin alike share a lock, which is harmless."""
    if cursor.db.vendor == "postgresql":
        drawn = hashlib.sha256(b"journal" + centre.bytes).digest()[:8]
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(drawn, signed=True)])


def last(connection: BaseDatabaseWrapper, cursor: Any, centre: UUID) -> tuple[int, str]:
    """The number and the seal of the last line of a chain; 0 and "" where it has none."""
    prepared = Line._meta.get_field("centre").get_db_prep_value(centre, connection)
    cursor.execute(_LAST, [prepared])
    number, found = cursor.fetchone() or (0, "")
    return number, found


def keep_detail(
    connection: BaseDatabaseWrapper, cursor: Any, line: Line, details: dict[str, Any]
) -> None:
    text, salt = said(details), secrets.token_bytes(SALT)
    line.detail = Detail(proof=proof_of(salt, text), salt=salt, said=text)
    cursor.execute(_INSERT_DETAIL, _values(_DETAIL_COLUMNS, line.detail, connection))


def _values(fields: Iterable[Any], row: Any, connection: BaseDatabaseWrapper) -> list[Any]:
    return [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]


def _insert(table: str, fields: Iterable[Any]) -> str:
    columns = [f'"{field.column}"' for field in fields]
    given = ", ".join(["%s"] * len(columns))
    return f'INSERT INTO "{table}" ({", ".join(columns)}) VALUES ({given})'  # noqa: S608


# Written once: to write them anew takes Django longer than the database takes to run them.
_INSERT_LINE = _insert(Line._meta.db_table, COLUMNS)
_INSERT_DETAIL = _insert(Detail._meta.db_table, _DETAIL_COLUMNS)
_LAST = (
    f'SELECT number, seal FROM "{Line._meta.db_table}" '  # noqa: S608
    "WHERE centre = %s ORDER BY number DESC LIMIT 1"
)
