"""The house is read at one moment, and asked again later."""

import pytest
from django.db import connection, transaction

from relier.people.models import Person
from relier.training.importing import keeping
from relier.training.importing.keeping import ChangedMeanwhile, keep
from relier.training.importing.moment import at_one_moment
from relier.training.models import Enrolment
from tests import factories as make

from .files import csv_of, sent

PEOPLE = csv_of("Nom;Prénom;Filière;Date d'entrée", "Kaplan;Idris;Bureautique;05/01/2026")


def test_what_was_asked_has_not_moved_when_nothing_was_written(training):
    with at_one_moment() as asked:
        list(Person.objects.all())

    assert not asked.has_moved()


def test_what_was_asked_has_moved_when_an_answer_would_differ(training):
    with at_one_moment() as asked:
        list(Person.objects.order_by().values_list("family_name"))

    Person.objects.filter(pk=training.house.awa.pk).update(phone="04")
    assert not asked.has_moved()
    Person.objects.filter(pk=training.house.awa.pk).update(family_name="Autre")
    assert asked.has_moved()


def moving(monkeypatch, deed, times):
    """`deed` happens just after all is made ready, so many times."""
    make_ready, left = keeping.make_ready, [times]

    def then_moves(*given, **named):
        found = make_ready(*given, **named)
        if left[0]:
            left[0] -= 1
            deed()
        return found

    monkeypatch.setattr(keeping, "make_ready", then_moves)


def test_a_house_that_moved_is_looked_at_again_and_what_still_holds_is_imported(
    training, coordinator, monkeypatch
):
    file, checked = sent(PEOPLE, coordinator)
    numbers = iter(range(9))

    def deed():
        training.track.cedefop_code = str(next(numbers))
        training.track.save()

    moving(monkeypatch, deed, 1)
    keep(file, by=coordinator, plan=checked.digest)

    assert Enrolment.objects.filter(person__call_name="Idris").count() == 1


def test_in_a_house_that_never_stands_still_the_others_wait_at_last(
    training, coordinator, monkeypatch
):
    file, checked = sent(PEOPLE, coordinator)
    numbers = iter(range(9))

    def deed():
        training.track.cedefop_code = str(next(numbers))
        training.track.save()

    moving(monkeypatch, deed, keeping.ATTEMPTS)
    keep(file, by=coordinator, plan=checked.digest)

    assert next(numbers) == keeping.ATTEMPTS
    assert Enrolment.objects.filter(person__call_name="Idris").count() == 1


def test_someone_who_came_meanwhile_stops_the_import_where_they_are_alike(
    training, coordinator, monkeypatch
):
    file, checked = sent(PEOPLE, coordinator)

    def deed():
        make.PersonFactory(
            centre=training.house.centre, call_name="Idris", family_name="Kaplan",
            followed_by=training.house.team,
        )  # fmt: skip

    moving(monkeypatch, deed, 1)
    with pytest.raises((ChangedMeanwhile, keeping.NotReady)):
        keep(file, by=coordinator, plan=checked.digest)

    assert Person.objects.filter(call_name="Idris").count() == 1


@pytest.mark.django_db(transaction=True)
def test_reading_takes_no_lock_and_sees_one_moment():
    with at_one_moment():
        assert connection.in_atomic_block
        if connection.vendor == "sqlite":
            assert connection.transaction_mode is None
    with transaction.atomic():
        if connection.vendor == "sqlite":
            assert connection.transaction_mode == connection.settings_dict["OPTIONS"].get(
                "transaction_mode"
            )
