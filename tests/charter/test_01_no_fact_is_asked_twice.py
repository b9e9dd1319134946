"""No fact is asked twice: what is known comes back by itself in forms and on paper."""

from django.urls import reverse

from relier.people.models import Fact, Situation
from tests import factories as make

from .canaries import DAY


def test_01_no_fact_is_asked_twice(house, enter):
    told = Situation.objects.create(person=house.awa, author=house.nour, on=DAY)
    Fact.objects.create(
        person=house.awa, situation=told, facet="wishes", words="Lire seule.", under_secrecy=False
    )

    form = enter(house.nour).get(reverse("people:situation", args=[house.awa.pk])).content.decode()

    assert "Lire seule." in form


def test_the_page_to_take_home_needs_no_typing(house, enter):
    house.nour.reached_by = "04 000 10 11"
    house.nour.save()
    make.AgreedStepFactory(person=house.awa, author=house.nour, words="I bring the letter.")
    make.AppointmentFactory(person=house.awa, with_member=house.nour, place="room 2")

    page = enter(house.nour).get(reverse("support:take_home", args=[house.awa.pk])).content.decode()

    for fact in ("I bring the letter.", "room 2", "04 000 10 11", "Nour", "04 000 00 00"):
        assert fact in page, fact


def test_the_name_typed_in_a_search_is_not_typed_again(house, enter):
    page = enter(house.nour).get(reverse("search"), {"q": "Zawadi"}).content.decode()

    assert "q=Zawadi" in page
