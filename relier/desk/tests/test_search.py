"""Searching a person from any page: names of the centre, and nothing of what is in a file."""

import pytest
from django.urls import reverse

from relier.journal.models import Line
from tests import factories as make


@pytest.fixture
def search(enter):
    def ask(member, text):
        return enter(member).get(reverse("search"), {"q": text})

    return ask


def test_a_part_of_the_name_without_accents_finds_the_person(house, search):
    person = make.PersonFactory(centre=house.centre, call_name="Zoé", family_name="Traoré")

    assert search(house.nour, "traore zo").context["found"] == [person]


def test_names_of_the_whole_centre_are_found_whoever_follows(house, search):
    assert search(house.reception, "dial").context["found"] == [house.awa]


def test_another_centre_finds_nobody(house, search):
    assert search(house.zoe, "awa").context["found"] == []


def test_what_is_in_a_file_is_not_searched(house, search):
    make.NoteFactory(person=house.awa, author=house.nour, words="Heating allowance.")

    assert search(house.nour, "heating").context["found"] == []


def test_nothing_typed_shows_the_form_and_nothing_else(house, search):
    answer = search(house.nour, "   ")

    assert answer.status_code == 200
    assert "aria-live" not in answer.content.decode()


def test_whom_was_shown_is_kept_and_not_what_was_typed(house, search):
    search(house.nour, "awa")

    line = Line.objects.readings().get(kind="desk.search")
    assert line.details["shown"] == [str(house.awa.pk)]
    assert "awa" not in str(line.details)


def test_a_search_that_finds_nobody_offers_to_write_the_name(house, search):
    page = search(house.nour, "Nobody Here").content.decode()

    assert f"{reverse('people:new')}?q=Nobody%20Here" in page


@pytest.mark.parametrize("text", ["%", "_", "'", "\x00", "a" * 5000, "🂡", "٠", "<script>"])
def test_whatever_is_typed_is_answered(house, search, text):
    answer = search(house.nour, text)

    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode()
