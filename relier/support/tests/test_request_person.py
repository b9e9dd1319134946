"""Who a request is from: found, new, or later; and mended when it was someone else."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from relier.people.models import Following, Person
from relier.support.actions import requests as deeds
from relier.support.models import HelpRequest
from tests import factories as make

from .reception import (
    nobodys,
    request_page,
    unnamed,
)


def person_page(request):
    return reverse("support:request_person", args=[request.pk])


@pytest.fixture
def idris(house):
    return nobodys(house)


def test_the_team_that_heard_it_begins_to_follow_whom_nobody_follows(house, idris):
    request = unnamed(house, followed_by=house.nour)

    deeds.attach(request, to=idris, by=make.actor(house.nour))

    following = Following.objects.get(person=idris)
    assert (following.team, following.worker) == (house.team, house.nour)


def test_a_name_found_is_chosen_in_one_gesture(house, enter, idris):
    nour, request = enter(house.nour), unnamed(house)

    page = nour.get(person_page(request), {"q": "hadd"})
    answer = nour.post(person_page(request), {"choose": str(idris.pk), "shown": ""})

    assert "Idris Haddad" in page.content.decode()
    assert answer.url == request_page(request)
    request.refresh_from_db()
    assert request.person == idris


def test_it_goes_to_the_team_that_already_follows_and_to_no_other(house):
    request = unnamed(house, team=house.other_team, followed_by=house.coordinator)
    trainer = make.MemberFactory(centre=house.centre, teams=[house.other_team])

    kept = deeds.attach(request, to=house.awa, by=make.actor(trainer))

    assert Following.objects.filter(person=house.awa).count() == 1
    assert kept.followed_by is None
    assert kept in HelpRequest.objects.visible_to(make.actor(house.bram))
    assert kept not in HelpRequest.objects.visible_to(make.actor(trainer))


def test_a_file_that_teams_have_left_is_not_opened_again_by_a_request(house, idris):
    left = Following.objects.create(person=idris, team=house.other_team)
    Following.objects.filter(pk=left.pk).update(ended_on=date(2026, 1, 1))

    request = deeds.attach(unnamed(house), to=idris, by=make.actor(house.nour))

    assert not Following.objects.open().filter(person=idris).exists()
    assert request.team == house.team
    assert request in HelpRequest.objects.waiting_in(house.centre.pk)


def test_those_who_may_be_the_same_person_are_proposed_first(house, enter, idris):
    nour, request = enter(house.nour), unnamed(house)
    sent = {"create": "1", "call_name": "Idriss", "family_name": "Haddad", "shown": ""}

    page = nour.post(person_page(request), sent)
    nour.post(person_page(request), {**sent, "sure": "1"})

    assert [likely.person for likely in page.context["likely"]] == [idris]
    request.refresh_from_db()
    assert request.person.call_name == "Idriss"


def test_someone_new_is_added_once_however_often_it_is_sent(house, enter):
    nour, request, before = enter(house.nour), unnamed(house), Person.objects.count()
    sent = {"create": "1", "call_name": "Mirela", "shown": "", "form_key": str(uuid4())}

    answers = [nour.post(person_page(request), sent) for _again in range(2)]

    assert Person.objects.count() == before + 1
    assert {answer.url for answer in answers} == {request_page(request)}
    assert Following.objects.get(person__call_name="Mirela").team == house.team


def test_the_wrong_person_is_mended_and_is_no_longer_followed(house, enter, idris):
    nour, request = enter(house.nour), unnamed(house)
    nour.post(person_page(request), {"choose": str(idris.pk), "shown": ""})

    page = nour.get(person_page(request), {"q": "Awa"})
    nour.post(
        person_page(request),
        {"choose": str(house.awa.pk), "shown": str(idris.pk), "end_following": "1"},
    )

    request.refresh_from_db()
    assert 'name="end_following"' in page.content.decode()
    assert request.person == house.awa
    assert not Following.objects.open().filter(person=idris).exists()


def test_when_two_say_who_it_is_the_second_is_told(house, enter, idris):
    request = unnamed(house)
    deeds.attach(request, to=house.awa, by=make.actor(house.nour))

    answer = enter(house.bram).post(
        person_page(request), {"choose": str(idris.pk), "shown": ""}, follow=True
    )

    request.refresh_from_db()
    assert request.person == house.awa
    assert "Someone has just said who it is" in answer.content.decode()
