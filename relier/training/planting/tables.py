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


def make_room() -> None:
    """Settings of this connection only, for writing a lot at once."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for setting in FOR_SQLITE:
                cursor.execute(setting)


@contextmanager
def indexed_at_the_end(*tables: type[models.Model]) -> Iterator[None]:
    """On SQLite, the indexes of these tables are made once their rows are there: row by row, each
    would write a page somewhere else on the disk. PostgreSQL puts writes in order by itself."""
    statements = list(chain.from_iterable(indexes_of(one) for one in tables))
    with connection.cursor() as cursor:
        for name, _make in statements:
            cursor.execute(f"DROP INDEX {connection.ops.quote_name(name)}")
        try:
            yield
        finally:
            for _name, make in statements:
                cursor.execute(make)


def indexes_of(model: type[models.Model]) -> list[tuple[str, str]]:
    """Name, and the statement that makes it; those of keys, which have none, stay. Empty elsewhere
    than on SQLite."""
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
            " AND tbl_name = %s",
            [model._meta.db_table],
        )
        return [(str(name), str(make)) for name, make in cursor.fetchall()]


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
