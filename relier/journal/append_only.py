"""Tables to which rows are only ever added: the database itself refuses anything else.

A room declares such a table under its model, `append_only.declare(Line)`; its guards are triggers,
put there after each `migrate` (on SQLite a migration that rebuilds a table drops them without a
word) and listed by `relier check`, which says which is missing.

- UPDATE and DELETE are refused, and with them every upsert and bulk operation.
- On SQLite, REPLACE deletes the row it replaces without asking the guard of DELETE: a guard of
  INSERT refuses any row whose key is there already.
- On PostgreSQL, TRUNCATE asks a guard of its own; and the guards stand even for a session that
  switched ordinary triggers off (ENABLE ALWAYS).
- A table may keep its shape too (`keeps_its_shape`): a view that stands on all its columns makes
  the database refuse a migration that rebuilds it (SQLite) or gives a column another type
  (PostgreSQL), which could change every row without asking a trigger. A migration that means it
  takes the view away first, in so many words (`let_it_change`).

Whoever owns the database can drop a guard, or the table: that is found afterwards, by the chain
of the journal (`checking.py`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True)
class Guarded:
    """`erasable`: rows may go (an erasure takes them), and none is ever changed.
    `keeps_its_shape`: no migration rebuilds the table unless it says so."""

    model: type[models.Model]
    erasable: bool
    keeps_its_shape: bool = False

    @property
    def table(self) -> str:
        return self.model._meta.db_table


@dataclass(frozen=True)
class Guard:
    """One trigger, or one view. `made` is what the database must say of it, to the letter."""

    table: str
    name: str
    sql: str
    made: str
    is_view: bool = False

    def drop(self, vendor: str) -> str:
        """The statement that takes it away."""
        if self.is_view:
            return f'DROP VIEW IF EXISTS "{self.name}"'
        of_table = f' ON "{self.table}"' if vendor == "postgresql" else ""
        return f'DROP TRIGGER IF EXISTS "{self.name}"{of_table}'


_guarded: dict[str, Guarded] = {}


def declare(
    model: type[models.Model], *, erasable: bool = False, keeps_its_shape: bool = False
) -> None:
    _guarded[model._meta.label] = Guarded(model, erasable, keeps_its_shape)


def keeps_every_row(table: str) -> bool:
    """Whether rows of this table never go, not even in an erasure."""
    return any(one.table == table and not one.erasable for one in _guarded.values())


def unique_columns(model: type[models.Model]) -> Iterator[tuple[str, ...]]:
    """The columns of each key of a table. Raises ValueError on a key with a condition: its guard
    could not be written without saying the condition twice."""
    meta = model._meta
    columns = {field.name: str(field.column) for field in meta.local_concrete_fields}
    for field in meta.local_concrete_fields:
        if field.unique:
            yield (columns[field.name],)
    for constraint in meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            if constraint.condition is not None or constraint.expressions:
                raise ValueError(f"{meta.label}: a key with a condition cannot be append-only.")
            yield tuple(columns[name] for name in constraint.fields)


def shape_of(table: str) -> str:
    """The name of the view that keeps the shape of a table."""
    return f"{table}_keeps_its_shape"


def _columns(guarded: Guarded) -> list[str]:
    return [str(field.column) for field in guarded.model._meta.local_concrete_fields]


def _view(guarded: Guarded) -> str:
    columns = ", ".join(f'"{column}"' for column in _columns(guarded))
    return f'CREATE VIEW "{shape_of(guarded.table)}" AS SELECT {columns} FROM "{guarded.table}"'  # noqa: S608


def let_it_change(table: str) -> str:
    """The statement by which a migration says that it rebuilds a table (`RunSQL`, before the
    change). Nothing of the rows is then kept by the database: say in a test what became of them.
    The view comes back after `migrate`."""
    return f'DROP VIEW IF EXISTS "{shape_of(table)}"'


# --- SQLite --------------------------------------------------------------------------------------


def _sqlite_guards(guarded: Guarded) -> Iterator[Guard]:
    table = guarded.table
    same_key = " OR ".join(
        "(" + " AND ".join(f'"{column}" = NEW."{column}"' for column in columns) + ")"
        for columns in unique_columns(guarded.model)
    )
    found = f'WHEN EXISTS (SELECT 1 FROM "{table}" WHERE {same_key}) '  # noqa: S608
    yield _sqlite_guard(table, "update", "UPDATE")
    yield _sqlite_guard(table, "replace", "INSERT", found)
    if not guarded.erasable:
        yield _sqlite_guard(table, "delete", "DELETE")
    if guarded.keeps_its_shape:
        sql = _view(guarded)
        yield Guard(table, shape_of(table), sql, sql, is_view=True)


def _sqlite_guard(table: str, deed: str, event: str, when: str = "") -> Guard:
    name = f"{table}_refuses_{deed}"
    sql = (
        f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" {when}'
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )
    return Guard(table, name, sql, sql)


def _sqlite_standing(connection: BaseDatabaseWrapper) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')")
        return dict(cursor.fetchall())


# --- PostgreSQL ----------------------------------------------------------------------------------

REFUSAL = "relier_append_only"
_REFUSAL_BODY = "BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END"


def _postgresql_guards(guarded: Guarded) -> Iterator[Guard]:
    table = guarded.table
    deeds = ["update", "truncate"] if guarded.erasable else ["update", "delete", "truncate"]
    for deed in deeds:
        name = f"{table}_refuses_{deed}"
        sql = (
            f"CREATE OR REPLACE FUNCTION {REFUSAL}() RETURNS trigger LANGUAGE plpgsql "
            f"AS $${_REFUSAL_BODY}$$; "
            f'CREATE TRIGGER "{name}" BEFORE {deed.upper()} ON "{table}" '
            f"FOR EACH STATEMENT EXECUTE FUNCTION {REFUSAL}(); "
            f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER "{name}"'
        )
        yield Guard(table, name, sql, f"A {deed} {_REFUSAL_BODY}")
    if guarded.keeps_its_shape:
        stands_on = ",".join(sorted(_columns(guarded)))
        yield Guard(table, shape_of(table), _view(guarded), stands_on, is_view=True)


# What a trigger answers to: bits of pg_trigger.tgtype (catalog/pg_trigger.h), before a statement.
_STANDING = """
SELECT t.tgname, t.tgenabled::text || ' ' ||
       CASE t.tgtype WHEN 18 THEN 'update' WHEN 10 THEN 'delete' WHEN 34 THEN 'truncate'
                     ELSE t.tgtype::text END || ' ' || p.prosrc
FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
JOIN pg_class c ON c.oid = t.tgrelid
WHERE NOT t.tgisinternal AND pg_table_is_visible(c.oid) AND t.tgqual IS NULL
"""

# Which columns of its table each view stands on.
_STANDING_VIEWS = """
SELECT v.relname, string_agg(DISTINCT a.attname::text, ',' ORDER BY a.attname::text)
FROM pg_class v
JOIN pg_rewrite r ON r.ev_class = v.oid
JOIN pg_depend d ON d.objid = r.oid AND d.classid = 'pg_rewrite'::regclass
JOIN pg_class c ON c.oid = d.refobjid AND v.relname = c.relname || '_keeps_its_shape'
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
WHERE v.relkind = 'v' AND pg_table_is_visible(v.oid) AND d.refobjsubid > 0
GROUP BY v.relname
"""


def _postgresql_standing(connection: BaseDatabaseWrapper) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(_STANDING)
        triggers = cursor.fetchall()
        cursor.execute(_STANDING_VIEWS)
        # In the order of Python, whatever the language of the database.
        views = [(name, ",".join(sorted(said.split(",")))) for name, said in cursor.fetchall()]
        return dict([*triggers, *views])


# --- both ----------------------------------------------------------------------------------------

_GUARDS = {"sqlite": _sqlite_guards, "postgresql": _postgresql_guards}
_STANDING_OF = {"sqlite": _sqlite_standing, "postgresql": _postgresql_standing}


def expected(connection: BaseDatabaseWrapper) -> list[Guard]:
    """Every guard that must stand, of the tables that are there."""
    tables = set(connection.introspection.table_names())
    write = _GUARDS[connection.vendor]
    return [g for guarded in _guarded.values() if guarded.table in tables for g in write(guarded)]


def missing(connection: BaseDatabaseWrapper) -> list[Guard]:
    """Those that are not there, or that no longer say what they must."""
    standing = _STANDING_OF[connection.vendor](connection)
    return [guard for guard in expected(connection) if standing.get(guard.name) != guard.made]


def install(connection: BaseDatabaseWrapper) -> None:
    """Put every missing guard in its place."""
    for guard in missing(connection):
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute(guard.drop(connection.vendor))
            cursor.execute(guard.sql)


def install_after_migrate(using: str, **_: Any) -> None:
    """Whatever ran: a migration of another room may have rebuilt a table."""
    install(connections[using])
