"""PostgreSQL: every table by COPY in one snapshot, and put back the same way.

No program of PostgreSQL is needed (`pg_dump` is a system package): the tables are made anew by
Relier's own migrations, up to those that the backup had had, then filled.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from .tables import kept_tables

PIECE = 8 * 1024 * 1024


class OtherVersion(Exception):  # noqa: N818 — said to people as a sentence
    """A backup made by a Relier that this one does not know."""


@contextmanager
def one_instant() -> Iterator[None]:
    """Everything read in the block is as of its beginning, while others write."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def columns_of(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = "
            "current_schema() AND table_name = %s AND is_generated = 'NEVER' "
            "ORDER BY ordinal_position",
            [table],
        )
        return [name for (name,) in cursor.fetchall()]


def pieces_of(table: str, columns: list[str]) -> Iterator[bytes]:
    """The rows of a table in PostgreSQL's own text, in pieces of some megabytes."""
    waiting = bytearray()
    with connection.cursor() as cursor, cursor.copy(_copy(table, columns, "TO STDOUT")) as rows:
        for some in rows:
            waiting += some
            if len(waiting) >= PIECE:
                yield bytes(waiting)
                waiting.clear()
    if waiting:
        yield bytes(waiting)


def _copy(table: str, columns: list[str], way: str) -> str:
    quote = connection.ops.quote_name
    return f"COPY {quote(table)} ({', '.join(map(quote, columns))}) {way}"


def drop_everything() -> None:
    """Before a restore that replaces: what was there was backed up, sealed."""
    quote = connection.ops.quote_name
    with transaction.atomic(), connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"DROP TABLE {quote(table)} CASCADE")


def build_as_of(applied: dict[str, list[str]]) -> None:
    """Empty tables, as the migrations of the backup left them. Raises OtherVersion."""
    loader = MigrationExecutor(connection).loader
    known = {app: {name for a, name in loader.disk_migrations if a == app} for app in applied}
    for app, names in applied.items():
        strangers = set(names) - known[app]
        if strangers:
            raise OtherVersion(
                f"This backup was made by a later Relier ({app}: {min(strangers)}). "
                "Install that one, then restore."
            )
    had = {(app, name) for app, names in applied.items() for name in names}
    graph = loader.graph
    # The last ones: all the others come before one of them.
    last = [node for node in had if not any(c.key in had for c in graph.node_map[node].children)]
    MigrationExecutor(connection).migrate(sorted(last))


@contextmanager
def filling() -> Iterator[None]:
    """Tables are filled as they were: guards and keys are looked at once all rows are there."""
    tables = connection.introspection.table_names()
    quote = connection.ops.quote_name
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for table in tables:
            cursor.execute(f"ALTER TABLE {quote(table)} DISABLE TRIGGER USER")
        emptied = ", ".join(quote(name) for name in tables)
        cursor.execute(f"TRUNCATE {emptied}")
        yield
        # The keys are verified now, before the guards come back.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {quote(table)} ENABLE TRIGGER USER")


def fill(table: str, columns: list[str], pieces: Iterator[IO[bytes]]) -> None:
    with connection.cursor() as cursor, cursor.copy(_copy(table, columns, "FROM STDIN")) as rows:
        for piece in pieces:
            while some := piece.read(1024 * 1024):
                rows.write(some)


def count_on() -> None:
    """The next row of each table takes the next number."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table in kept_tables():
            for sequence in connection.introspection.get_sequences(cursor, table):
                column = sequence["column"]
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, %s), "  # noqa: S608 — our own names
                    f"COALESCE((SELECT MAX({quote(column)}) FROM {quote(table)}), 0) + 1, false)",
                    [quote(table), column],
                )
