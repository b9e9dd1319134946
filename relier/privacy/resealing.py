"""All that is sealed in the database, row after row: counted, sealed anew, put in clear again.

A table is walked in the order of its keys, a batch at a time, so that it costs the same memory
whatever its length. Each batch is one transaction, and a value is replaced only where it is still
the one that was read: a worker who writes meanwhile is never overwritten. What was done stays
done, so that whatever stops it, power included, it goes on where it was.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.apps import apps
from django.db import connection, migrations, models, transaction

from relier.journal import keys
from relier.lib import sealing
from relier.lib.keyring import SEALING, Key, NoKeys, Ring
from relier.lib.sealing import DoesNotOpen

from .sealed import Sealed, SealedField, sealed_fields

BATCH = 500
SHAPE = re.compile(re.escape(sealing.MARK) + r"[0-9a-f]{8}\.[A-Za-z0-9_-]{39,}")
Told = Callable[[str, int, int], None]


class Value(NamedTuple):
    """One value that is not empty, as it stands in its column."""

    row: models.Model
    field: SealedField
    text: str


class Change(NamedTuple):
    value: Value
    text: str


def sealed_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if sealed_fields(model)]


def batches(model: type[models.Model]) -> Iterator[list[models.Model]]:
    """Its rows in the order of their keys, with the columns that matter only."""
    fields = sealed_fields(model)
    bound = {name for field in fields for name in field.bound_to}
    rows = model._base_manager.only(*bound, *(field.name for field in fields)).order_by("pk")
    last = None
    while True:
        batch = list((rows if last is None else rows.filter(pk__gt=last))[:BATCH])
        if not batch:
            return
        yield batch
        last = batch[-1].pk


def values_of(rows: list[models.Model]) -> Iterator[Value]:
    for row in rows:
        for field in sealed_fields(type(row)):
            text = row.__dict__[field.attname]
            if isinstance(text, Sealed):
                yield Value(row, field, str(text))


def keep(model: type[models.Model], changes: list[Change]) -> None:
    """Replace each value, unless it has changed since it was read."""
    meta, name = model._meta, connection.ops.quote_name
    per_field: dict[SealedField, list[tuple[str, Any, str]]] = {}
    for (row, field, before), text in changes:
        pk = meta.pk.get_db_prep_value(row.pk, connection)
        per_field.setdefault(field, []).append((text, pk, before))
    with transaction.atomic(), connection.cursor() as cursor:
        for field, rows in per_field.items():
            table, column, key = (
                name(meta.db_table),
                name(str(field.column)),
                name(str(meta.pk.column)),
            )
            cursor.executemany(
                f"UPDATE {table} SET {column} = %s WHERE {key} = %s AND {column} = %s",  # noqa: S608  (names of ours)
                rows,
            )


# --- counting ------------------------------------------------------------------------------------


@dataclass
class Count:
    """Of one field: how many values open, do not, or were left without being sealed."""

    label: str
    open: int = 0
    unopened: int = 0
    plain: int = 0


def unopened() -> list[Count]:
    """What `relier check` says of each sealed field. Without keys, nothing opens."""
    try:
        ring = keys.ring()
    except NoKeys:
        ring = Ring(())
    counts = {
        field: Count(field.label) for model in sealed_models() for field in sealed_fields(model)
    }
    for model in sealed_models():
        for rows in batches(model):
            for value in values_of(rows):
                count = counts[value.field]
                if not looks_sealed(value.text):
                    count.plain += 1
                elif opens(value, ring):
                    count.open += 1
                else:
                    count.unopened += 1
    return list(counts.values())


def looks_sealed(text: str) -> bool:
    """Nobody writes such words by hand: a mark, a key's id, a nonce and a tag at least."""
    return bool(SHAPE.fullmatch(text))


def opens(value: Value, ring: Ring) -> bool:
    try:
        value.field.opened(value.row, value.text, ring)
    except DoesNotOpen:
        return False
    return True


def tried(ring: Ring, most: int = 200) -> tuple[int, int]:
    """How many values this ring opens, of how many that were tried: some of each table."""
    values = [
        value
        for model in sealed_models()
        for value in list(values_of(next(batches(model), [])))[:most]
    ]
    return sum(opens(value, ring) for value in values), len(values)


# --- turning a key -------------------------------------------------------------------------------


def reseal(ring: Ring, told: Told) -> int:
    """Seal with the newest key all that an older one of this ring sealed. Returns how many."""
    newest = ring.newest(SEALING)
    resealed = 0
    for model in sealed_models():
        label, total, done = model._meta.label, model._base_manager.count(), 0
        for rows in batches(model):
            changes = [*_resealed(rows, ring, newest)]
            keep(model, changes)
            resealed += len(changes)
            done += len(rows)
            told(label, done, total)
    return resealed


def _resealed(rows: list[models.Model], ring: Ring, newest: Key) -> Iterator[Change]:
    for value in values_of(rows):
        if not looks_sealed(value.text) or sealing.key_id_of(value.text) == newest.id:
            continue
        place = value.field.place(value.row)
        try:
            words = sealing.unseal(value.text, ring=ring, use=SEALING, place=place)
        except DoesNotOpen:
            continue  # it stays as it is, and `where_it_remains` says so
        yield Change(value, sealing.seal(words, key=newest, place=place))


def where_it_remains(key: Key) -> dict[str, int]:
    """Where something sealed by this key still stands, in any text of any table, and how many:
    what another room seals in its own way counts too."""
    mark, name = f"%{sealing.MARK}{key.id}.%", connection.ops.quote_name
    found = {}
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if not isinstance(field, models.CharField | models.TextField | models.JSONField):
                continue
            table, column = name(model._meta.db_table), name(str(field.column))
            with connection.cursor() as cursor:
                cursor.execute(
                    f"SELECT COUNT(*) FROM {table} WHERE CAST({column} AS TEXT) LIKE %s",  # noqa: S608  (names of ours)
                    [mark],
                )
                if count := cursor.fetchone()[0]:
                    found[f"{model._meta.label}.{field.name}"] = count
    return found


# --- in a migration ------------------------------------------------------------------------------


def seal_rows(app: str, *names: str) -> migrations.RunPython:
    """The operation that seals what these tables hold already, and puts it in clear again on the
    way back. It stands alone in a migration whose `atomic` is False (docs/keys.md)."""

    def forward(state: Any, schema_editor: Any) -> None:
        _each(state, app, names, _sealed_now)

    def back(state: Any, schema_editor: Any) -> None:
        _each(state, app, names, _in_clear)
        for name in names:
            _say_nothing_in_clear(state.get_model(app, name))

    return migrations.RunPython(forward, back)


def _each(
    state: Any, app: str, names: tuple[str, ...], change: Callable[[Value], Change | None]
) -> None:
    changed = []
    for model in (state.get_model(app, name) for name in names):
        for rows in batches(model):
            changes = [done for value in values_of(rows) if (done := change(value))]
            keep(model, changes)
            if changes and model not in changed:
                changed.append(model)
    if changed:
        _forget_what_stood_before(changed)


def _sealed_now(value: Value) -> Change | None:
    if looks_sealed(value.text):
        return None  # before this migration was stopped, the last time
    words = value.field.from_text(value.text)
    sealed = value.field.sealed(value.row, words)
    return Change(value, str(sealed))


def _in_clear(value: Value) -> Change | None:
    if not looks_sealed(value.text):
        return None
    words = value.field.opened(value.row, value.text)
    return Change(value, value.field.as_text(words))


def _say_nothing_in_clear(model: type[models.Model]) -> None:
    """An empty column is no JSON: what stands for nothing there is written again."""
    name = connection.ops.quote_name
    with connection.cursor() as cursor:
        for field in sealed_fields(model):
            if nothing := field.nothing_in_clear():
                table, column = name(model._meta.db_table), name(str(field.column))
                cursor.execute(
                    f"UPDATE {table} SET {column} = %s WHERE {column} = ''",  # noqa: S608  (names of ours)
                    [nothing],
                )


def _forget_what_stood_before(changed: list[type[models.Model]]) -> None:
    """A row that changes leaves what it said in the file, until the file is written anew."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            for model in changed:
                cursor.execute(f"VACUUM FULL {connection.ops.quote_name(model._meta.db_table)}")
