"""What was written before is sealed by a migration, and put in clear again on the way back."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from relier.lib.keyring import NoKeys
from relier.people.models import Fact, Note, Situation
from relier.privacy import resealing
from tests import factories as make
from tests import house as houses

from .test_sealed import column, put

# Migrations commit as they go: these tests see real tables, and leave them at their latest.
pytestmark = pytest.mark.django_db(transaction=True)
SCHEMA = [("people", "0002_columns_of_sealed_words")]
PLAIN = [("people", "0001_person_situation_note")]
# Every room: going back took along what came after.
LATEST = None


def migrate(where):
    executor = MigrationExecutor(connection)
    where = where or executor.loader.graph.leaf_nodes()
    executor.migrate(where)
    return executor.loader.project_state(where).apps


@pytest.fixture
def held():
    """A note and two facts, sealed as they are today."""
    house = houses.build()
    note = make.NoteFactory(person=house.awa, author=house.nour, words="canary-wren s1. too")
    told = Situation.objects.create(person=house.awa, author=house.nour, on="2026-11-20")
    about = {"person": house.awa, "situation": told, "under_secrecy": False}
    chosen = Fact.objects.create(**about, facet="equipment", choices={"has": ["smartphone"]})
    said = Fact.objects.create(**about, facet="wishes", words="canary-crow")
    yield note, chosen, said
    migrate(LATEST)


def test_back_to_plain_words_and_sealed_again(held):
    note, chosen, said = held

    migrate(PLAIN)

    assert column(note, "words") == "canary-wren s1. too"
    assert column(said, "words") == "canary-crow"
    assert "smartphone" in str(column(chosen, "choices"))

    migrate(LATEST)

    assert column(note, "words").startswith("s1.")
    assert "smartphone" not in column(chosen, "choices")
    assert column(said, "choices") == ""
    assert Note.objects.get().words == "canary-wren s1. too"
    assert [fact.choices for fact in Fact.objects.order_by("pk")] == [{"has": ["smartphone"]}, {}]


def test_stopped_without_keys_or_in_the_middle_it_goes_on_with_the_rest(
    held, settings, tmp_path, monkeypatch
):
    note, chosen, said = held
    migrate(SCHEMA)

    keys_file = settings.KEYS_FILE
    settings.KEYS_FILE = tmp_path / "lost.json"
    with pytest.raises(NoKeys, match="lost"):
        migrate(LATEST)
    settings.KEYS_FILE = keys_file
    assert column(note, "words") == "canary-wren s1. too"

    kept = resealing.keep

    def cut(model, changes):
        kept(model, changes)
        raise KeyboardInterrupt

    with monkeypatch.context() as power:
        power.setattr(resealing, "keep", cut)
        with pytest.raises(KeyboardInterrupt):
            migrate(LATEST)
    first = column(note, "words")
    assert first.startswith("s1.")

    # Somebody still at work with the version before.
    put(said, "words", "canary-owl")
    migrate(LATEST)

    assert column(note, "words") == first
    assert "smartphone" not in column(chosen, "choices")
    assert column(said, "words").startswith("s1.")
    assert Fact.objects.get(pk=said.pk).words == "canary-owl"
