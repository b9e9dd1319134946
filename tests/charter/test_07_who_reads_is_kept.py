"""Who reads is kept, for the person; no colleague sees what another has read; and what is kept
cannot be changed."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils.translation import override

from relier.accounts.actors import SYSTEM
from relier.centres.middleware import actor_of
from relier.journal import actions as journal
from relier.journal import checking
from relier.journal.models import Line
from relier.journal.words import words_of
from relier.privacy import actions as privacy
from tests import factories as make
from tests.crawl import crawl


def test_07_who_reads_is_kept_and_no_colleague_sees_it(house, enter):
    enter(house.bram).get(reverse("file", args=[house.awa.pk]))

    line = Line.objects.readings().about(house.awa.pk).get()

    assert line.actor == house.bram.pk
    with override("fr"):
        said = str(words_of("desk.file_read"))
    for colleague in (house.nour, house.coordinator):
        for address, page in crawl(enter(colleague)).items():
            assert "desk.file_read" not in page, address
            assert said not in page, address


def test_the_officer_sees_it(house, enter):
    enter(house.bram).get(reverse("file", args=[house.awa.pk]))
    olga = make.MemberFactory(centre=house.centre, role="administrator", is_officer=True)

    page = enter(olga).get(reverse("officer_journal")).content.decode()

    assert "Bram" in page
    assert "Awa Diallo" in page


def test_what_is_kept_cannot_be_changed(house, enter):
    enter(house.bram).get(reverse("file", args=[house.awa.pk]))

    for change in (lambda: Line.objects.update(actor=house.nour.pk), Line.objects.all().delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()

    assert Line.objects.readings().about(house.awa.pk).get().actor == house.bram.pk


def test_erased_the_lines_stay_say_nothing_and_still_hold(house, enter):
    enter(house.nour).get(reverse("file", args=[house.awa.pk]))
    journal.record(
        "people.person_changed", house.awa, by=actor_of(house.nour), subject=house.awa.pk,
        fields=["phone"],
    )  # fmt: skip
    assert any(line.details for line in Line.objects.about(house.awa.pk))

    privacy.erase([house.awa.pk], by=SYSTEM)

    lines = Line.objects.about(house.awa.pk).order_by("pk")
    assert [line.kind for line in lines][:2] == ["desk.file_read", "people.person_changed"]
    assert not any(line.details for line in lines)
    assert [one.fault for one in checking.check_all()] == [None]


def test_opening_twice_in_a_quarter_of_an_hour_is_one_reading(house, enter):
    bram = enter(house.bram)

    bram.get(reverse("file", args=[house.awa.pk]))
    bram.get(reverse("file", args=[house.awa.pk]))

    assert Line.objects.readings().about(house.awa.pk).count() == 1


def test_reading_a_note_is_a_reading(house, enter):
    note = make.NoteFactory(person=house.awa, author=house.nour)

    enter(house.nour).get(reverse("people:note", args=[note.pk]))

    assert Line.objects.readings().about(house.awa.pk).filter(thing_id=str(note.pk)).exists()


def test_what_is_searched_is_not_written_down(house, enter):
    enter(house.nour).get(reverse("search"), {"q": "Diallo"})

    line = Line.objects.readings().get(kind="desk.search")

    assert line.details["shown"] == [str(house.awa.pk)]
    assert "iallo" not in str(line.details)
