"""A journal that was written before there was a chain is chained as it stands."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

from relier.journal import append_only, checking
from relier.journal.models import NOWHERE, Detail, Line
from tests.engines import drop_guards

NOUR, CENTRE, AWA = uuid4(), uuid4(), uuid4()


@pytest.fixture
def released(transactional_db):
    """The journal as the version before left it; brought up to date whatever happens."""
    with connection.cursor() as cursor:
        drop_guards(connection, cursor)
    state = go_back_to("0001_line")
    yield state.apps.get_model("journal", "Line")
    call_command("migrate", verbosity=0)


def go_back_to(name: str) -> ProjectState:
    return MigrationExecutor(connection).migrate([("journal", name)])


def old_line(model, number: int, **more):
    values = {
        "nature": "deed", "kind": "people.note_written", "actor_kind": "member", "actor": NOUR,
        "at": datetime(2026, 11, 1, tzinfo=UTC) - timedelta(days=number), "centre": CENTRE,
        "thing": "people.Note", "thing_id": str(number), "subject": AWA, "details": {},
    }  # fmt: skip
    return model.objects.create(**{**values, **more})


def test_the_lines_there_are_get_their_place_in_the_order_they_came(released):
    for number in range(1, 6):
        old_line(released, number, details={"fields": ["phone"]} if number == 3 else {})
    old_line(released, 6, centre=None, actor=UUID(int=0), subject=None)

    call_command("migrate", verbosity=0)

    lines = Line.objects.chain(CENTRE)
    assert [(line.number, line.thing_id) for line in lines] == [
        (number, str(number)) for number in range(1, 6)
    ]
    assert [line.details for line in lines if line.details] == [{"fields": ["phone"]}]
    assert [line.number for line in Line.objects.chain(NOWHERE)] == [1]
    assert Detail.objects.count() == 1
    assert [one.fault for one in checking.check_all()] == [None, None]
    assert append_only.missing(connection) == []


def test_an_empty_journal_needs_no_key_to_be_brought_up_to_date(released, settings, tmp_path):
    settings.KEYS_FILE = tmp_path / "none.json"

    call_command("migrate", verbosity=0)

    assert not Line.objects.exists()


def test_check_says_that_the_database_is_not_up_to_date(released, capsys):
    call_command("check")

    assert "not up to date" in capsys.readouterr().out
