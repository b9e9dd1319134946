"""Rows written straight into a table, by the thousand: for what is invented, and nothing else.

Neither actions, nor journal, nor checks of a model stand in the way; the guards and constraints of
the database do.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from itertools import chain
from typing import Any
from uuid import UUID

from django.db import connection, models

BATCH = 2_000
# Nothing is lost that could not be planted again, and indexes are larger than eight megabytes.
FOR_SQLITE = (
    "PRAGMA synchronous=OFF",
    "PRAGMA cache_size=-400000",
    "PRAGMA wal_autocheckpoint=20000",
    "PRAGMA temp_store=FILE",
)


def make_room() -> None:
    """Settings of this connection only, for writing a lot at once."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for setting in FOR_SQLITE:
                cursor.execute(setting)


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
