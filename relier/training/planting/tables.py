"""Rows written straight into a table, by the thousand: for what is invented, and nothing else.

Neither actions, nor journal, nor checks of a model stand in the way; the guards and constraints of
the database do.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from itertools import chain
from typing import Any
from uuid import UUID

from django.db import connection, models

BATCH = 2_000
# Nothing is lost that could not be planted again, and the indexes of keys are large.
FOR_SQLITE = (
    "PRAGMA synchronous=OFF",
    "PRAGMA cache_size=-1000000",
    "PRAGMA wal_autocheckpoint=20000",
    "PRAGMA temp_store=FILE",
)
FOR_POSTGRESQL = ("SET maintenance_work_mem = '512MB'", "SET synchronous_commit = off")


SQLITE_INDEXES = (
    "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = %s"
)
POSTGRESQL_INDEXES = """
    SELECT c.relname, pg_get_indexdef(i.indexrelid) FROM pg_index i
    JOIN pg_class c ON c.oid = i.indexrelid
    LEFT JOIN pg_constraint k ON k.conindid = i.indexrelid AND k.conrelid = i.indrelid
    WHERE i.indrelid = %s::regclass AND k.oid IS NULL
"""
POSTGRESQL_KEYS = """
    SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid = %s::regclass AND contype = 'f'
"""


def make_room() -> None:
    """Settings of this connection only, for writing a lot at once."""
    settings = FOR_SQLITE if connection.vendor == "sqlite" else FOR_POSTGRESQL
    with connection.cursor() as cursor:
        for setting in settings:
            cursor.execute(setting)


@contextmanager
def indexed_at_the_end(*tables: type[models.Model]) -> Iterator[None]:
    """The indexes of these tables, and on PostgreSQL what their rows point at, are made and checked
    once the rows are there: row by row, each index would write a page somewhere else on the disk,
    and each key would be looked for by a query of its own."""
    found = list(chain.from_iterable(taken_off(one) for one in tables))
    with connection.cursor() as cursor:
        for take_off, _put_back in found:
            cursor.execute(take_off)
        try:
            yield
        finally:
            for _take_off, put_back in found:
                cursor.execute(put_back)


def taken_off(model: type[models.Model]) -> list[tuple[str, str]]:
    """What takes each index off and what puts it back; those of primary keys stay."""
    table, quoted = model._meta.db_table, connection.ops.quote_name
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(SQLITE_INDEXES, [table])
            return [(f"DROP INDEX {quoted(name)}", make) for name, make in cursor.fetchall()]
        cursor.execute(POSTGRESQL_INDEXES, [quoted(table)])
        indexes = [(f"DROP INDEX {quoted(name)}", make) for name, make in cursor.fetchall()]
        cursor.execute(POSTGRESQL_KEYS, [quoted(table)])
        alter = f"ALTER TABLE {quoted(table)}"
        return indexes + [
            (
                f"{alter} DROP CONSTRAINT {quoted(name)}",
                f"{alter} ADD CONSTRAINT {quoted(name)} {make}",
            )
            for name, make in cursor.fetchall()
        ]


def write(model: type[models.Model], rows: Iterable[dict[str, Any]]) -> int:
    """Insert rows: each a dict of attribute names (`track_id`), all with the same names as the
    first. Columns that are not named take the default of their field. Returns how many."""
    found = iter(rows)
    first = next(found, None)
    if first is None:
        return 0
    fields = [f for f in model._meta.local_concrete_fields if not is_numbered(f)]
    table = connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    # The name of each column in a row, and where it is not named, what gives its default.
    asked = [(f.attname, None if f.attname in first else f.get_default) for f in fields]
    values = (
        [row[name] if default is None else default() for name, default in asked]
        for row in chain([first], found)
    )
    if connection.vendor == "postgresql":
        return copied(f"COPY {table} ({columns}) FROM STDIN", values)
    marks = ", ".join(["%s"] * len(fields))
    # Names of our own tables.
    insert = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608
    return inserted(insert, ([as_sqlite(value) for value in row] for row in values))


def is_numbered(field: "models.Field[Any, Any]") -> bool:
    return isinstance(field, models.AutoField | models.BigAutoField)


def as_sqlite(value: Any) -> Any:
    """As Django writes it there."""
    kind = type(value)
    if kind is str or kind is int:
        return value
    if kind is UUID:
        return value.hex
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(" ")
    return value.isoformat() if isinstance(value, date | time) else value


def copied(sql: str, values: Iterable[list[Any]]) -> int:
    count = 0
    with connection.cursor() as cursor, cursor.copy(sql) as copy:
        for row in values:
            copy.write_row(row)
            count += 1
    return count


def inserted(sql: str, values: Iterator[list[Any]]) -> int:
    count = 0
    with connection.cursor() as cursor:
        while batch := [row for _, row in zip(range(BATCH), values, strict=False)]:
            cursor.executemany(sql, batch)
            count += len(batch)
    return count
