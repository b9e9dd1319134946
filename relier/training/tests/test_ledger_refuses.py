"""The database refuses whatever would alter the ledger, on SQLite and on PostgreSQL: a statement, a
bulk operation, a migration that rebuilds the table."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from relier.accounts.actors import SYSTEM
from relier.journal import append_only
from relier.training.actions.closing import close_month
from relier.training.models import LedgerEntry, MonthClosing, Posting

ENTRY, POSTING, CLOSING = "training_ledgerentry", "training_posting", "training_monthclosing"
CHANGES = [
    f"UPDATE {ENTRY} SET minutes = 1",
    f"UPDATE {ENTRY} SET day = '2020-01-01' WHERE minutes = 360",
    f"UPDATE {POSTING} SET cause = 'import'",
    f"UPDATE {CLOSING} SET month = 202001",
    f"DELETE FROM {ENTRY}",
    f"DELETE FROM {POSTING}",
    f"DELETE FROM {CLOSING}",
    f"INSERT INTO {ENTRY} SELECT * FROM {ENTRY} WHERE minutes = 360 "
    "ON CONFLICT (id) DO UPDATE SET minutes = 1",
    f"INSERT INTO {POSTING} SELECT * FROM {POSTING} WHERE true "
    "ON CONFLICT (id) DO UPDATE SET cause = 'import'",
]
ON_ONE_ENGINE = {
    "sqlite": [
        f"REPLACE INTO {ENTRY} SELECT * FROM {ENTRY}",
        f"INSERT OR REPLACE INTO {ENTRY} SELECT * FROM {ENTRY}",
        f"REPLACE INTO {POSTING} SELECT * FROM {POSTING}",
        f"REPLACE INTO {CLOSING} (centre_id, month, author_id, closed_at) "
        f"SELECT centre_id, month, author_id, closed_at FROM {CLOSING}",
        f"UPDATE OR REPLACE {ENTRY} SET id = id + 1",
    ],
    "postgresql": [
        f"TRUNCATE {ENTRY}",
        f"TRUNCATE {POSTING} CASCADE",
        f"TRUNCATE {CLOSING}",
        f"MERGE INTO {ENTRY} e USING (SELECT 360 AS m) n ON e.minutes = n.m "
        "WHEN MATCHED THEN DELETE",
        f"SET LOCAL session_replication_role = replica; DELETE FROM {ENTRY}",
    ],
}


@pytest.fixture
def posted(training):
    training.follows(0)
    training.follows(1, 300)
    close_month(202601, by=training.coordinator)
    connection.check_constraints()  # those that PostgreSQL puts off would refuse TRUNCATE first
    return everything()


def everything():
    return [list(model.objects.order_by("pk").values()) for model in GUARDED]


GUARDED = [LedgerEntry, Posting, MonthClosing]


def test_every_statement_is_refused(posted):
    assert all(posted)
    for statement in CHANGES + ON_ONE_ENGINE[connection.vendor]:
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
        assert everything() == posted, statement


BULK = {
    "update": lambda rows: LedgerEntry.objects.update(minutes=1),
    "delete": lambda rows: LedgerEntry.objects.all().delete(),
    "raw delete": lambda rows: LedgerEntry.objects.all()._raw_delete("default"),
    "bulk update": lambda rows: LedgerEntry.objects.bulk_update(rows, ["minutes"]),
    "upsert": lambda rows: LedgerEntry.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["id"], update_fields=["minutes"]
    ),
    "save": lambda rows: rows[0].save(),
    "delete one": lambda rows: rows[0].delete(),
    "posting": lambda rows: Posting.objects.update(cause="import"),
    "closing": lambda rows: MonthClosing.objects.update(month=202001),
}


@pytest.mark.parametrize("deed", BULK)
def test_every_bulk_operation_is_refused(deed, posted):
    rows = list(LedgerEntry.objects.order_by("pk"))

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        BULK[deed](rows)

    assert everything() == posted


def test_a_number_that_moves_nothing_or_has_no_ground_is_refused(posted):
    row = LedgerEntry.objects.first()
    for wrong in ({"minutes": 0}, {"account": 2}, {"ground": 1}):
        new = LedgerEntry.objects.get(pk=row.pk)
        new.pk = None
        for name, value in wrong.items():
            setattr(new, name, value)
        with pytest.raises(DatabaseError), transaction.atomic():
            new.save(force_insert=True)


# --- migrations ----------------------------------------------------------------------------------


def another_type(model, name, field):
    field.set_attributes_from_name(name)
    field.model = model
    return model._meta.get_field(name), field


ALTERED = {
    "minutes as text": (LedgerEntry, "minutes", lambda: models.CharField(max_length=5)),
    "minutes as big numbers": (LedgerEntry, "minutes", lambda: models.BigIntegerField()),
    "day as text": (LedgerEntry, "day", lambda: models.CharField(max_length=20)),
    "cause as a text": (Posting, "cause", lambda: models.TextField()),
    "month as a big number": (MonthClosing, "month", lambda: models.BigIntegerField()),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", ALTERED)
def test_a_migration_that_rebuilds_a_table_is_refused(change, training):
    model, name, field = ALTERED[change]
    if model is LedgerEntry:
        training.follows(0)
    else:  # SQLite would speak first of the entries of a posting that is away for a moment
        Posting.objects.create(
            centre=training.house.centre, cause="import", author_kind="system",
            author=SYSTEM.id, at=timezone.now(),
        )  # fmt: skip
    close_month(202601, by=training.coordinator)
    before = everything()
    old, new = another_type(model, name, field())

    with (
        pytest.raises(DatabaseError, match=r"keeps_its_shape|view"),
        connection.schema_editor() as editor,
    ):
        editor.alter_field(model, old, new, strict=True)

    assert everything() == before
    assert append_only.missing(connection) == []


@pytest.mark.django_db(transaction=True)
def test_a_migration_that_says_so_may_rebuild_it_and_the_guards_come_back(training):
    training.follows(0)
    before = everything()
    old, new = another_type(LedgerEntry, "minutes", models.BigIntegerField())

    def altered(one, other):
        with connection.schema_editor() as editor:
            editor.execute(append_only.let_it_change(ENTRY))
            editor.alter_field(LedgerEntry, one, other, strict=True)
        append_only.install(connection)

    altered(old, new)
    try:
        assert append_only.missing(connection) == []
        assert everything() == before
        with pytest.raises(DatabaseError, match="append-only"):
            LedgerEntry.objects.update(minutes=1)
    finally:
        altered(new, old)


@pytest.mark.django_db(transaction=True)
def test_a_view_that_stands_on_fewer_columns_is_named(training):
    view = append_only.shape_of(ENTRY)
    with connection.cursor() as cursor:
        cursor.execute(append_only.let_it_change(ENTRY))
        cursor.execute(f'CREATE VIEW "{view}" AS SELECT id FROM {ENTRY}')

    assert [guard.name for guard in append_only.missing(connection)] == [view]

    append_only.install(connection)
    assert append_only.missing(connection) == []


@pytest.mark.django_db(transaction=True)
def test_the_tables_are_not_taken_back_while_they_hold_hours(training):
    training.follows(0)
    before = everything()

    with pytest.raises(RuntimeError, match="holds hours"):
        call_command("migrate", "training", "zero", verbosity=0)

    assert everything() == before
    assert append_only.missing(connection) == []

    # What came after the hours was taken back before the refusal, and comes again.
    call_command("migrate", verbosity=0)

    assert everything() == before
    assert append_only.missing(connection) == []


@pytest.mark.django_db(transaction=True)
def test_an_empty_room_is_taken_back_and_comes_again(db):
    call_command("migrate", "training", "zero", verbosity=0)
    assert ENTRY not in connection.introspection.table_names()

    call_command("migrate", verbosity=0)

    assert append_only.missing(connection) == []
    assert everything() == [[], [], []]
