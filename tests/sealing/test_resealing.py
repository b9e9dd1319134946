"""What is sealed, row after row: counted, sealed anew while someone writes, put in clear again."""

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import connection

from relier.accounts.models import User
from relier.journal import keys
from relier.lib import keyring
from relier.lib.keyring import SEALING
from relier.people.models import Note
from relier.privacy import resealing
from relier.privacy.sealed import sealed_fields
from relier.support.models import Procedure
from tests import factories as make
from tests.charter.canaries import plant

from .test_sealed import column, put

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


@pytest.fixture
def ring(settings, tmp_path):
    """Keys of this test alone."""
    settings.KEYS_FILE = tmp_path / "keys.json"
    ring = keyring.new_ring(at=NOW)
    keyring.write(ring, settings.KEYS_FILE)
    return ring


@pytest.fixture
def turned(ring, settings):
    """A second key, made after words were written; a test writes its words before."""

    def turn():
        twice = ring.with_new(SEALING, at=NOW)
        keyring.write(twice, settings.KEYS_FILE)
        return twice

    return turn


# Canaries of tables whose fields are sealed; those of a table sealed later join them here.
SEALED = (
    "note intervention procedure institution news urgent private found-out helper scope"
).split()


def sealed_words(planted):
    words = {f"secret-{word}" for word in SEALED}
    assert words <= set(planted.secret)
    return words


def quietly(label, done, total):
    pass


def counted(label):
    return next(count for count in resealing.unopened() if count.label == label)


def test_every_sealed_field_is_counted_open_not_open_and_plain(house, ring):
    about = {"person": house.awa, "author": house.nour}
    one, other, third = (make.NoteFactory(**about, words=f"note {n}") for n in range(3))
    put(one, "words", column(other, "words"))
    put(third, "words", "plain words")

    found = counted("people.Note.words")

    assert (found.open, found.unopened, found.plain) == (1, 1, 1)


def test_without_keys_everything_is_counted_as_not_open(house, ring, settings, tmp_path):
    make.NoteFactory(person=house.awa, author=house.nour)
    settings.KEYS_FILE = tmp_path / "lost.json"

    assert counted("people.Note.words").unopened == 1


def test_all_is_sealed_anew_and_the_old_key_is_found_nowhere(house, ring, turned):
    planted = plant(house)
    twice = turned()

    resealing.reseal(twice, quietly)

    old = ring.newest(SEALING)
    assert not resealing.where_it_remains(old)
    alone = twice.without([old])
    opened = {
        str(value.field.opened(value.row, value.text, alone))
        for model in resealing.sealed_models()
        for rows in resealing.batches(model)
        for value in resealing.values_of(rows)
    }
    assert sealed_words(planted) <= opened


def test_stopped_and_begun_again_it_does_the_rest_only(house, ring, turned, monkeypatch):
    for number in range(4):
        make.NoteFactory(person=house.awa, author=house.nour, words=f"note {number}")
    twice = turned()
    kept = resealing.keep

    def cut(model, changes):
        kept(model, changes)
        raise KeyboardInterrupt

    monkeypatch.setattr(resealing, "BATCH", 1)
    monkeypatch.setattr(resealing, "keep", cut)
    with pytest.raises(KeyboardInterrupt):
        resealing.reseal(twice, quietly)
    monkeypatch.setattr(resealing, "keep", kept)

    assert resealing.reseal(twice, quietly) == 3
    assert {note.words for note in Note.objects.all()} == {f"note {n}" for n in range(4)}


def test_what_a_worker_writes_meanwhile_is_never_overwritten(house, ring, turned, monkeypatch):
    note = make.NoteFactory(person=house.awa, author=house.nour, words="before")
    twice = turned()
    kept = resealing.keep

    def meanwhile(model, changes):
        if model is Note:
            make.rewrite(note, words="written meanwhile")
        kept(model, changes)

    monkeypatch.setattr(resealing, "keep", meanwhile)
    resealing.reseal(twice, quietly)

    note.refresh_from_db()
    assert note.words == "written meanwhile"
    assert twice.newest(SEALING).id in column(note, "words")


def test_a_value_of_the_old_key_is_found_in_any_text_of_any_table(house, ring):
    old = ring.newest(SEALING)
    User.objects.filter(pk=house.nour.user_id).update(name=f"s1.{old.id}.elsewhere")

    assert resealing.where_it_remains(old) == {"accounts.User.name": 1}


def test_no_table_holds_a_word_that_was_told(house, ring):
    """The rows as the database has them: what a dump, or a stolen disk, would show."""
    planted = plant(house)
    told = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            told += [str(value) for row in cursor.fetchall() for value in row]
    dump = "\n".join(told)

    assert not [word for word in sealed_words(planted) if word in dump]
    assert "Diallo" in dump  # names are not sealed: the counter looks for them


def test_what_is_sealed_is_what_the_decision_says():
    sealed = {field.label for model in resealing.sealed_models() for field in sealed_fields(model)}

    assert {
        "competences.Positioning.seen",
        "people.Fact.choices",
        "people.Fact.words",
        "people.Note.words",
        "support.Appointment.about",
        "support.EarlierWords.words",
        "support.HelpRequest.outcome",
        "support.HelpRequest.words",
        "support.Intervention.redirected_to",
        "support.Intervention.words",
        "support.Procedure.about",
        "support.Procedure.institution",
        "support.ProcedureNews.words",
    } <= sealed


def test_rings_are_tried_on_some_of_each_table(house, ring):
    make.ProcedureFactory(person=house.awa, author=house.nour, institution="CPAS")
    other = keyring.new_ring(at=NOW)

    assert resealing.tried(keys.ring()) == (2, 2)
    assert resealing.tried(other) == (0, 2)
    assert Procedure.objects.get().institution == "CPAS"
