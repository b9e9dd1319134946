"""The database refuses every statement that would change a line, on SQLite and PostgreSQL."""

from collections import Counter

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, connection, models, transaction

from relier.journal import append_only
from relier.journal.models import Detail, Line
from tests.engines import drop_guards

from .stories import write, writer

CHANGES = [
    "UPDATE journal_line SET kind = 'x'",
    "UPDATE journal_line SET number = number + 10 WHERE number = 3",
    "DELETE FROM journal_line WHERE number = 3",
    "DELETE FROM journal_line",
    "INSERT INTO journal_line SELECT * FROM journal_line WHERE number = 1 "
    "ON CONFLICT (id) DO UPDATE SET kind = 'x'",
    "UPDATE journal_detail SET said = '{}'",
]
ON_ONE_ENGINE = {
    "sqlite": [
        "REPLACE INTO journal_line SELECT * FROM journal_line WHERE number = 2",
        "INSERT OR REPLACE INTO journal_line SELECT * FROM journal_line WHERE number = 2",
        "REPLACE INTO journal_line (nature, kind, at, actor_kind, actor, centre, thing, thing_id, "
        "number, key, seal) SELECT nature, 'x', at, actor_kind, actor, centre, thing, thing_id, "
        "number, key, seal FROM journal_line WHERE number = 2",
        "UPDATE OR REPLACE journal_line SET number = 1 WHERE number = 2",
        "REPLACE INTO journal_detail SELECT proof, salt, '{}' FROM journal_detail",
    ],
    "postgresql": [
        "TRUNCATE journal_line",
        "TRUNCATE journal_line, journal_detail CASCADE",
        "TRUNCATE journal_detail",
        "MERGE INTO journal_line l USING (SELECT 1 AS number) n ON l.number = n.number "
        "WHEN MATCHED THEN DELETE",
        "SET LOCAL session_replication_role = replica; DELETE FROM journal_line",
    ],
}


def statements():
    return CHANGES + ON_ONE_ENGINE[connection.vendor]


@pytest.fixture
def three_lines(db):
    write(3, by=writer(), fields=["name"])
    return list(Line.objects.order_by("pk").values())


def lines_now():
    return list(Line.objects.order_by("pk").values())


def test_every_statement_that_would_change_a_line_is_refused(three_lines):
    for statement in statements():
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
        assert lines_now() == three_lines, statement


BULK = {
    "update": lambda lines: Line.objects.update(kind="x"),
    "delete": lambda lines: Line.objects.all().delete(),
    "raw delete": lambda lines: Line.objects.all()._raw_delete("default"),
    "bulk update": lambda lines: Line.objects.bulk_update(lines, ["kind"]),
    "upsert": lambda lines: Line.objects.bulk_create(
        lines, update_conflicts=True, unique_fields=["id"], update_fields=["kind"]
    ),
    "save": lambda lines: lines[0].save(),
    "delete one": lambda lines: lines[0].delete(),
    "details": lambda lines: Detail.objects.update(said="{}"),
}


@pytest.mark.parametrize("deed", BULK)
def test_every_bulk_operation_is_refused(deed, three_lines):
    lines = list(Line.objects.order_by("pk"))

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        BULK[deed](lines)

    assert lines_now() == three_lines


def test_the_flush_that_empties_every_table_is_refused(three_lines):
    statements = connection.ops.sql_flush(no_style(), ["journal_line"])

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statements[0])


def test_an_office_and_a_server_have_no_way_to_empty_the_journal():
    from relier.journal.engines.postgresql.base import DatabaseWrapper as Served
    from relier.journal.engines.sqlite3.base import DatabaseWrapper as Office

    for engine in (Office, Served):
        assert engine.ops_class.execute_sql_flush.__module__.startswith("django.")
        assert engine.on_commit.__module__.startswith("django.")


def test_an_erasable_detail_may_go(three_lines):
    assert Detail.objects.all().delete()[0] == 3


def test_every_guard_stands(db):
    guards = append_only.expected(connection)

    assert Counter(guard.table for guard in guards) == {
        "journal_line": 3,
        "journal_detail": 2,
        "paper_printedsheet": 2,
        "training_posting": 4,
        "training_ledgerentry": 4,
        "training_monthclosing": 4,
    }
    assert append_only.missing(connection) == []


def test_a_guard_that_was_taken_away_is_named_and_comes_back_after_migrate(db):
    with connection.cursor() as cursor:
        drop_guards(connection, cursor)

    assert append_only.missing(connection) == append_only.expected(connection)

    migrated()
    assert append_only.missing(connection) == []


def migrated():
    """Nothing is left to migrate, and the guards are looked at all the same."""
    call_command("migrate", verbosity=0)


def test_a_guard_that_guards_nothing_is_named(db):
    guards = append_only.expected(connection)
    first = next(guard for guard in guards if guard.table == "journal_line")
    harmless = (
        f'CREATE TRIGGER "{first.name}" BEFORE UPDATE ON "journal_line" WHEN 0 '
        "BEGIN SELECT RAISE(ABORT, 'journal_line is append-only'); END"
        if connection.vendor == "sqlite"
        else f'ALTER TABLE journal_line DISABLE TRIGGER "{first.name}"'
    )

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f'DROP TRIGGER "{first.name}"')
        cursor.execute(harmless)

    assert append_only.missing(connection) == [first]


@pytest.mark.django_db(transaction=True)
def test_a_migration_that_rebuilds_the_table_leaves_lines_and_guards():
    write(3, by=writer())
    before = lines_now()
    old, new = Line._meta.get_field("kind"), models.CharField(max_length=61)
    new.set_attributes_from_name("kind")
    new.model = Line

    with connection.schema_editor() as editor:
        editor.alter_field(Line, old, new, strict=True)
    migrated()
    try:
        assert append_only.missing(connection) == []
        assert lines_now() == before
        with pytest.raises(DatabaseError, match="append-only"):
            Line.objects.update(kind="x")
    finally:
        with connection.schema_editor() as editor:
            editor.alter_field(Line, new, old, strict=True)
        migrated()


def test_a_key_with_a_condition_cannot_be_guarded():
    class Meta:
        app_label = "journal"
        managed = False
        constraints = [
            models.UniqueConstraint(fields=["word"], condition=models.Q(word="x"), name="only_some")
        ]

    fields = {"word": models.CharField(max_length=1), "Meta": Meta, "__module__": __name__}
    try:
        model = type("Conditional", (models.Model,), fields)
        with pytest.raises(ValueError, match="condition"):
            list(append_only.unique_columns(model))
    finally:
        apps.all_models["journal"].pop("conditional", None)
        apps.clear_cache()
