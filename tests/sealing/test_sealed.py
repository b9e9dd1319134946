"""Sealed fields: what the column holds, what opens, and what the database is refused."""

import copy
import logging
import pickle
import uuid

import pytest
from django.core.exceptions import FieldError, ValidationError
from django.db import connection, transaction
from django.db.models import F, Value
from django.urls import reverse

from relier.accounts.actors import SYSTEM
from relier.journal.once import SentAgain, once
from relier.lib.keyring import NoKeys
from relier.lib.sealing import DoesNotOpen
from relier.people.models import Fact, Note, Situation
from relier.privacy import actions
from relier.privacy.sealed import SealedTextField, Unopened, sealed_fields
from relier.support.models import Procedure, ProcedureNews
from tests import factories as make

WORDS = "canary-wren: she is afraid of him"
CLOSED = "These words do not open."


@pytest.fixture
def note(house):
    return make.NoteFactory(person=house.awa, author=house.nour, words=WORDS)


def column(row, name):
    """What the database holds, asked without any model."""
    table, pk = row._meta.db_table, row._meta.pk
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {name} FROM {table} WHERE {pk.column} = %s",
            [pk.get_db_prep_value(row.pk, connection)],
        )
        return cursor.fetchone()[0]


def put(row, name, text):
    table, pk = row._meta.db_table, row._meta.pk
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {name} = %s WHERE {pk.column} = %s",
            [text, pk.get_db_prep_value(row.pk, connection)],
        )


def test_the_column_is_sealed_and_the_row_says_the_words(note):
    assert column(note, "words").startswith("s1.")
    assert "wren" not in column(note, "words")
    assert Note.objects.get().words == WORDS


def test_nothing_is_opened_before_it_is_read(note, monkeypatch):
    opened = []
    unsealed = sealed_fields(Note)[0].opened
    monkeypatch.setattr(
        type(sealed_fields(Note)[0]),
        "opened",
        lambda self, row, text, ring=None: opened.append(text) or unsealed(row, text, ring),
    )

    row = Note.objects.get()
    assert not opened
    assert (row.words, row.words) == (WORDS, WORDS)
    assert len(opened) == 1


def test_what_is_empty_stays_empty(house):
    procedure = make.ProcedureFactory(person=house.awa, author=house.nour)

    assert column(procedure, "institution") == ""
    assert Procedure.objects.get().institution == ""


def test_choices_are_sealed_too_and_no_choice_is_an_empty_column(house):
    told = Situation.objects.create(person=house.awa, author=house.nour, on="2026-11-20")
    about = {"person": house.awa, "situation": told, "under_secrecy": False}
    chosen = Fact.objects.create(**about, facet="equipment", choices={"has": ["smartphone"]})
    none = Fact.objects.create(**about, facet="wishes", words="A card")

    assert "smartphone" not in column(chosen, "choices")
    assert column(none, "choices") == ""
    assert [fact.choices for fact in Fact.objects.order_by("pk")] == [{"has": ["smartphone"]}, {}]


def test_moved_to_another_row_it_does_not_open(house, note, caplog):
    other = make.NoteFactory(person=house.awa, author=house.nour, words="canary-crow: all is well")
    put(other, "words", column(note, "words"))
    put(note, "words", column(other, "words"))

    other.refresh_from_db()

    assert isinstance(other.words, Unopened)
    assert "people.Note.words" in caplog.text
    assert "wren" not in caplog.text


def test_moved_to_another_field_it_does_not_open(house):
    procedure = make.ProcedureFactory(person=house.awa, author=house.nour, institution="CPAS")
    put(procedure, "institution", column(procedure, "about"))

    assert isinstance(Procedure.objects.get().institution, Unopened)


def test_one_sign_altered_it_does_not_open(note):
    text = column(note, "words")
    put(note, "words", text[:-5] + ("A" if text[-5] != "A" else "B") + text[-4:])

    assert isinstance(Note.objects.get().words, Unopened)


def test_plain_words_put_past_the_field_are_not_believed(note):
    put(note, "words", "Nour never wrote this.")

    assert isinstance(Note.objects.get().words, Unopened)


def test_a_value_that_does_not_open_is_kept_when_its_row_is_saved(note, settings, tmp_path):
    before, keys_file = column(note, "words"), settings.KEYS_FILE
    settings.KEYS_FILE = tmp_path / "lost.json"
    row = Note.objects.get()
    assert isinstance(row.words, Unopened)
    row.full_clean()
    row.audience = "team"
    row.save()

    assert column(note, "words") == before
    settings.KEYS_FILE = keys_file
    assert Note.objects.get().words == WORDS


def test_choices_that_do_not_open_are_none_and_are_kept(house, settings, tmp_path):
    told = Situation.objects.create(person=house.awa, author=house.nour, on="2026-11-20")
    fact = Fact.objects.create(
        person=house.awa, situation=told, facet="equipment", choices={"has": ["computer"]},
        under_secrecy=False,
    )  # fmt: skip
    before = column(fact, "choices")
    settings.KEYS_FILE = tmp_path / "lost.json"

    row = Fact.objects.get()

    assert row.choices == {}
    row.full_clean()
    row.save()
    assert column(fact, "choices") == before


def test_without_keys_nothing_is_written(house, settings, tmp_path):
    settings.KEYS_FILE = tmp_path / "lost.json"

    with pytest.raises(NoKeys, match="lost"):
        make.NoteFactory(person=house.awa, author=house.nour, words=WORDS)


# --- as any other field ---


def test_the_words_are_measured_not_the_column(house):
    note = Note(person=house.awa, author=house.nour, audience="team", on="2026-11-20")
    note.centre = house.centre
    note.words = "é" * 5000
    note.full_clean()

    note.words += "é"
    with pytest.raises(ValidationError, match="5000"):
        note.full_clean()
    news = ProcedureNews(words="a" * 501)
    with pytest.raises(ValidationError) as refused:
        news.clean_fields()
    assert "words" in refused.value.message_dict


def test_rows_made_together_are_sealed_each_to_its_place(house):
    about = {"person": house.awa, "centre": house.centre, "author": house.nour, "on": "2026-11-20"}
    Note.objects.bulk_create(Note(**about, audience="team", words=f"note {n}") for n in range(3))

    assert sorted(note.words for note in Note.objects.all()) == ["note 0", "note 1", "note 2"]


def test_a_row_without_its_words_fetches_them_when_asked(note, django_assert_num_queries):
    deferred, alone = Note.objects.defer("words").get(), Note.objects.only("words").get()

    with django_assert_num_queries(1):
        assert (deferred.words, alone.words) == (WORDS, WORDS)


def test_a_row_read_again_says_what_was_written_since(note):
    make.rewrite(note, words="otherwise")
    assert note.words == WORDS

    note.refresh_from_db()

    assert note.words == "otherwise"


def pickled(row):
    return pickle.loads(pickle.dumps(row))


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, pickled])
def test_a_copy_of_a_row_says_the_same(note, again):
    assert again(Note.objects.get()).words == WORDS


def test_a_row_copied_after_its_words_were_read_is_sealed_for_its_new_place(note):
    row = Note.objects.get()
    assert row.words
    row.pk, row.form_key = uuid.uuid4(), uuid.uuid4()
    row.save(force_insert=True)

    assert [one.words for one in Note.objects.all()] == [WORDS, WORDS]


def test_a_row_copied_before_its_words_were_read_is_refused(note):
    row = Note.objects.get()
    row.pk, row.form_key = uuid.uuid4(), uuid.uuid4()

    with pytest.raises(DoesNotOpen, match="copied"):
        row.save(force_insert=True)


def test_sent_twice_the_words_are_compared_open(note):
    rows = Note.objects.all()

    assert once(rows, note.form_key, lambda key: None, said={"words": WORDS}) == note
    with pytest.raises(SentAgain):
        once(rows, note.form_key, lambda key: None, said={"words": "Something else."})


def test_all_that_is_held_is_handed_over_in_words(house, note):
    make.InterventionFactory(person=house.awa, author=house.nour, words="canary-owl")

    held = str(actions.hand_over([house.awa.pk], by=SYSTEM))

    assert WORDS in held
    assert "canary-owl" in held
    assert "s1." not in held


# --- what the database is refused ---


@pytest.mark.parametrize(
    "question",
    [
        lambda rows: rows.filter(words=WORDS),
        lambda rows: rows.filter(words__icontains="wren"),
        lambda rows: rows.exclude(words=""),
        lambda rows: rows.filter(words__in=[WORDS]),
        lambda rows: rows.order_by("words"),
        lambda rows: rows.order_by("-words", "pk"),
        lambda rows: rows.filter(person__interventions__words="a"),
    ],
)
def test_the_database_neither_looks_for_words_nor_puts_them_in_order(note, question):
    with pytest.raises(FieldError, match="sealed"):
        list(question(Note.objects.all()))


@pytest.mark.parametrize("given", ["plain", Value("plain"), F("audience")])
def test_words_are_not_changed_past_their_row(note, given):
    with transaction.atomic(), pytest.raises(FieldError, match="sealed"):
        Note.objects.update(words=given)

    assert Note.objects.get().words == WORDS


def test_many_rows_are_not_changed_at_once(note):
    note.words = "otherwise"

    with pytest.raises(FieldError, match="sealed"):
        Note.objects.bulk_update([note], ["words"])


def test_values_give_the_column_as_it_stands(note):
    assert Note.objects.values_list("words", flat=True).get() == column(note, "words")
    assert Note.objects.values("words").get()["words"].startswith("s1.")


def test_other_fields_are_asked_as_ever(note):
    assert list(Note.objects.filter(audience="secrecy").order_by("-on").distinct()) == [note]


def test_without_keys_no_file_is_shown_and_there_is_no_traceback(
    house, note, enter, settings, tmp_path, caplog
):
    settings.KEYS_FILE = tmp_path / "lost.json"
    nour = enter(house.nour)

    with caplog.at_level(logging.ERROR):
        page = nour.get(reverse("file", args=[house.awa.pk]))

    # That it was read cannot be written in the journal: nothing is shown.
    assert page.status_code == 503
    assert "wren" not in page.content.decode()
    assert "wren" not in caplog.text


@pytest.mark.parametrize(
    ("field", "fault"),
    [
        (SealedTextField(bound_to=("nothing",)), "sealed.E001"),
        (SealedTextField(bound_to=()), "sealed.E001"),
        (SealedTextField(), "sealed.E002"),
        (SealedTextField(unique=True, bound_to=("situation",)), "sealed.E003"),
        (SealedTextField(bound_to=("situation", "facet")), None),
    ],
)
def test_a_field_bound_to_what_is_not_known_yet_stops_the_start(field, fault):
    field.set_attributes_from_name("tried")
    field.model = Fact  # whose own key is numbered by the database

    found = {one.id for one in field.check()} - {"fields.E180"}

    assert found == ({fault} if fault else set())
