"""What a name or an address said before it was put right: kept a short while, then forgotten."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from relier.accounts.actors import SYSTEM
from relier.journal.models import Line
from relier.people import actions as people
from relier.people.models import EarlierValue
from tests import factories as make


def test_an_earlier_name_is_kept_a_short_while(house):
    people.change_person(house.awa, {"family_name": "Diallo-Ba"}, by=make.actor(house.nour))
    was = EarlierValue.objects.get()
    assert (was.field, was.said) == ("family_name", "Diallo")

    today = timezone.localdate()
    assert people.forget_earlier_values(by=SYSTEM, on=today + timedelta(days=30)) == 0
    assert people.forget_earlier_values(by=SYSTEM, on=today + timedelta(days=31)) == 1
    line = Line.objects.get(kind="people.person_changed")
    assert line.details == {"fields": ["family_name"]}


def test_it_is_read_where_it_is_put_right(house, enter):
    people.change_person(house.awa, {"address": "rue Neuve 3"}, by=make.actor(house.nour))
    people.change_person(house.awa, {"address": ""}, by=make.actor(house.nour))

    page = enter(house.nour).get(reverse("people:edit", args=[house.awa.pk])).content.decode()

    assert "rue Neuve 3" in page
    assert EarlierValue.objects.count() == 2


def test_what_was_not_changed_leaves_nothing(house):
    people.change_person(house.awa, {"call_name": "Awa"}, by=make.actor(house.nour))

    assert not EarlierValue.objects.exists()
