"""What an import added, and whether it is still what it was."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.apps import apps
from django.db import models

from .models import ImportedFile, ImportedRow

# As many as a database is asked about at once.
CHUNK = 500


class Trace(NamedTuple):
    row: models.Model
    line: int
    person: UUID | None = None


def digest_of(row: models.Model) -> str:
    """Of every column, as the database gives it back."""
    names = [field.attname for field in row._meta.concrete_fields]
    said = "\x1f".join(f"{name}={getattr(row, name)}" for name in names)
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def noted(traces: Iterable[Trace], *, file: ImportedFile) -> Iterator[ImportedRow]:
    """Of rows whose every column is set (`ready.statement_of` sets the last ones): the database
    gives each back as it is (the tests look)."""
    for row, line, person in traces:
        yield ImportedRow(
            file=file, person_id=person, model=row._meta.label, object_id=str(row.pk), line=line,
            digest=digest_of(row),
        )  # fmt: skip


def digests_of(model: type[models.Model], keys: Sequence[Any]) -> Iterator[tuple[str, str]]:
    for chunk in chunks(keys):
        for row in model._base_manager.filter(pk__in=chunk):
            yield str(row.pk), digest_of(row)


def chunks(keys: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for at in range(0, len(keys), CHUNK):
        yield keys[at : at + CHUNK]


# --- looking again -------------------------------------------------------------------------------


class Touched(NamedTuple):
    """Something that an import added, and that is no longer as it was: `what` is the model of the
    row that changed, was taken away, or leans on it now; `line` where it came from."""

    line: int
    model: str
    what: str


def rows_of(file: ImportedFile) -> dict[type[models.Model], dict[str, ImportedRow]]:
    """Model -> id -> what was noted."""
    found: dict[type[models.Model], dict[str, ImportedRow]] = defaultdict(dict)
    for row in ImportedRow.objects.of(file):
        found[apps.get_model(row.model)][row.object_id] = row
    return found


def touched_since(added: dict[type[models.Model], dict[str, ImportedRow]]) -> list[Touched]:
    """What stands in the way of taking it all back, in the order of lines."""
    found: set[Touched] = set()
    for model, rows in added.items():
        found.update(_changed(model, rows))
        for relation in _leading_to(model):
            found.update(_leaning(model, rows, relation, added))
    return sorted(found)


def _changed(model: type[models.Model], rows: dict[str, ImportedRow]) -> Iterator[Touched]:
    now = dict(digests_of(model, list(rows)))
    for pk, row in rows.items():
        if now.get(pk) != row.digest:
            yield Touched(row.line, row.model, row.model)


def _leading_to(model: type[models.Model]) -> Iterator[Any]:
    for field in model._meta.get_fields(include_hidden=True):
        if field.auto_created and not field.concrete and (field.one_to_many or field.one_to_one):
            yield field


def _leaning(
    model: type[models.Model],
    rows: dict[str, ImportedRow],
    relation: Any,
    added: dict[type[models.Model], dict[str, ImportedRow]],
) -> Iterator[Touched]:
    """Rows that point at what was added, and were not added with it."""
    other, key = relation.related_model, relation.field.attname
    if other._meta.label in GO_ALONG:
        return
    own = added.get(other, {})
    for chunk in chunks(list(rows)):
        pointing = other._base_manager.filter(**{f"{key}__in": chunk}).order_by()
        for pk, target in pointing.values_list("pk", key):
            if str(pk) not in own:
                yield Touched(rows[str(target)].line, model._meta.label, other._meta.label)


# Made from what they lean on, and gone with it; and what notes the import itself.
GO_ALONG = frozenset({"people.NameKey", "training.ImportedRow"})
