"""Rows made ready to be written: every value converted and sealed, every digest noted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models

from relier.people.models import Following
from relier.training.models import ProgrammeUnit

from .models import ImportedFile, ImportedRow
from .traces import Trace, chunks, digest_of, noted


@dataclass(frozen=True)
class Statement:
    """What `cursor.executemany` takes."""

    sql: str
    values: list[tuple[Any, ...]]

    def write(self) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(self.sql, self.values)

    def with_columns(
        self, model: type[models.Model], told: Sequence[dict[str, str]]
    ) -> "Statement":
        """The same, with texts in the place of what some columns of `model` held, row by row."""
        at = {one.column: number for number, one in enumerate(columns_of(model))}
        values = [list(row) for row in self.values]
        for row, columns in zip(values, told, strict=True):
            for column, text in columns.items():
                row[at[column]] = text
        return Statement(self.sql, [tuple(row) for row in values])


def columns_of(model: type[models.Model]) -> list[Any]:
    """All but the number that the database gives."""
    return [one for one in model._meta.concrete_fields if not isinstance(one, models.AutoField)]


def statement_of(rows: Sequence[models.Model]) -> Statement:
    """What writes rows of one model, as `bulk_create` would: a tenth of the time, once it is
    made."""
    fields = columns_of(type(rows[0]))
    names = ", ".join(connection.ops.quote_name(one.column) for one in fields)
    gaps = ", ".join(["%s"] * len(fields))
    table = connection.ops.quote_name(type(rows[0])._meta.db_table)
    values = [
        tuple(one.get_db_prep_save(one.pre_save(row, add=True), connection) for one in fields)
        for row in rows
    ]
    return Statement(f"INSERT INTO {table} ({names}) VALUES ({gaps})", values)  # noqa: S608


def posting_statements(entries: Sequence[models.Model]) -> list[Statement]:
    """`entries`: as `entries_that_move` gives them."""
    return [statement_of(rows) for rows in (entries[:1], entries[1:]) if rows]


def noting(traces: Sequence[Trace], *, file: ImportedFile) -> list[Statement]:
    """What notes rows that are made, so that the import may be undone."""
    rows = list(noted(traces, file=file))
    return [statement_of(rows)] if rows else []


@dataclass(frozen=True)
class Numbered:
    """Rows of one model whose numbers the database gives. Each is alone in having its `by`: once
    they are written, that finds their numbers, which complete their notes."""

    rows: list[models.Model]
    by: str
    insert: Statement
    notes: Statement

    def write(self) -> None:
        self.insert.write()
        model, numbers = type(self.rows[0]), dict[Any, int]()
        for some in chunks([getattr(row, self.by) for row in self.rows]):
            found = model._base_manager.filter(**{f"{self.by}__in": some}).order_by()
            numbers.update(found.values_list(self.by, "pk"))
        for row in self.rows:
            row.pk = numbers[getattr(row, self.by)]
        told = [{"object_id": str(row.pk), "digest": digest_of(row)} for row in self.rows]
        self.notes.with_columns(ImportedRow, told).write()


FOUND_BY = {Following: "person_id", ProgrammeUnit: "programme_id"}


def numbered(traces: Sequence[Trace], *, file: ImportedFile) -> Numbered:
    """What writes rows that are numbered, all of one model of `FOUND_BY`, and notes them."""
    rows = [one.row for one in traces]
    model = type(rows[0])
    return Numbered(rows, FOUND_BY[model], statement_of(rows), noting(traces, file=file)[0])
