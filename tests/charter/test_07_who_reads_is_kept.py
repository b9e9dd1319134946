"""Who reads is kept, for the person; no colleague sees what another has read."""

from django.urls import reverse

from relier.journal.models import Line
from tests import factories as make
from tests.crawl import crawl


def test_07_who_reads_is_kept_and_no_colleague_sees_it(house, enter):
    enter(house.bram).get(reverse("file", args=[house.awa.pk]))

    line = Line.objects.readings().about(house.awa.pk).get()

    assert line.actor == house.bram.pk
    for address, page in crawl(enter(house.nour)).items():
        assert "desk.file_read" not in page, address


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
