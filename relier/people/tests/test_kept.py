"""A question that is kept answers as the ORM does, each time about whom it is asked."""

import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone

from relier.journal.kept import Kept
from relier.people.models import Note, Person
from tests import factories as make

NOBODY = uuid.UUID(int=7)
A_DAY = date(1, 1, 1)


@pytest.fixture
def notes():
    """A kept question: the notes of someone, up to a day, the latest first."""
    asked = Note.objects.filter(person=NOBODY, on__lte=A_DAY).select_related("author__user")
    return Kept(asked)


def test_it_answers_about_whom_it_is_asked(house, notes):
    other = make.PersonFactory(centre=house.centre)
    of_awa, of_other = make.NoteFactory(person=house.awa), make.NoteFactory(person=other)
    today = timezone.localdate()

    assert notes.rows({NOBODY: house.awa.pk, A_DAY: today}) == [of_awa]
    assert notes.rows({NOBODY: other.pk, A_DAY: today}) == [of_other]


def test_it_looks_again_each_time(house, notes):
    given = {NOBODY: house.awa.pk, A_DAY: timezone.localdate()}
    before = notes.rows(given)

    note = make.NoteFactory(person=house.awa)

    assert (before, notes.rows(given)) == ([], [note])


def test_a_day_bounds_it(house, notes):
    today = timezone.localdate()
    make.NoteFactory(person=house.awa, on=today)
    earlier = make.NoteFactory(person=house.awa, on=today - timedelta(days=3))

    rows = notes.rows({NOBODY: house.awa.pk, A_DAY: today - timedelta(days=1)})

    assert rows == [earlier]


def test_what_is_joined_comes_in_the_same_query(house, notes, django_assert_num_queries):
    make.NoteFactory(person=house.awa, author=house.nour)

    with django_assert_num_queries(1):
        (note,) = notes.rows({NOBODY: house.awa.pk, A_DAY: timezone.localdate()})
        assert note.author.name == "Nour"


def test_without_changes_it_is_asked_as_it_was_built(house):
    assert Kept(Person.objects.filter(pk=house.awa.pk)).rows() == [house.awa]


def test_a_question_that_finds_nobody_is_not_even_asked(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Kept(Person.objects.filter(pk__in=[])).rows() == []


def test_it_leaves_the_question_it_was_built_from_as_it_was(house):
    asked = Person.objects.filter(centre=house.centre).order_by("pk")
    Kept(asked).rows({house.centre.pk: NOBODY})

    assert house.awa in asked.all()
    assert house.awa not in asked.exclude(pk=house.awa.pk)


def test_what_is_neither_an_id_nor_a_day_cannot_be_changed(house):
    with pytest.raises(TypeError):
        Kept(Person.objects.filter(call_name="Awa")).rows({"Awa": "Bram"})
