"""What waits for a worker: the coordinator gives it to a team without reading a word."""

import pytest
from django.urls import reverse

from relier.people.models import Following
from relier.support.models import HelpRequest
from tests import factories as make

from .pages import told
from .reception import (
    asked,
    cost,
    nobodys,
    unnamed,
    whole,
)

WAITING = reverse("support:waiting")


@pytest.fixture
def idris(house):
    return nobodys(house)


def test_the_coordinator_sees_who_waits_since_when_and_not_a_word(house, enter, idris):
    asked(house, urgent=True)
    coordinator = enter(house.coordinator)

    page = told(coordinator.get(WAITING))

    assert "Awa Diallo" in page
    assert "Monday 23 November 2026" in page
    assert "canary" not in page
    assert "rgent" not in page
    assert "Idris Haddad" in page


def test_what_waits_is_the_same_page_urgent_or_not(house, enter):
    request, coordinator = asked(house), enter(house.coordinator)
    url = reverse("support:waiting_assign", args=[request.pk])
    quiet = whole(coordinator, WAITING), whole(coordinator, url)

    make.rewrite(request, urgent=True, words="Something else.")

    assert (whole(coordinator, WAITING), whole(coordinator, url)) == quiet


def test_a_team_is_given_and_begins_to_follow(house, enter, idris):
    request = asked(house, person=idris)
    url = reverse("support:waiting_assign", args=[request.pk])

    enter(house.coordinator).post(url, {"team": house.team.pk, "followed_by": house.nour.pk})

    request.refresh_from_db()
    following = Following.objects.get(person=idris)
    assert (request.team, request.followed_by) == (house.team, house.nour)
    assert (following.team, following.worker) == (house.team, house.nour)


def test_a_request_without_a_person_is_given_too(house, enter):
    request = unnamed(house, team=None)
    url = reverse("support:waiting_assign", args=[request.pk])

    enter(house.coordinator).post(url, {"team": house.team.pk})

    assert request in HelpRequest.objects.visible_to(make.actor(house.bram))


def test_what_someone_took_meanwhile_no_longer_waits(house, enter):
    request = asked(house, followed_by=house.bram)
    url = reverse("support:waiting_assign", args=[request.pk])

    answer = enter(house.coordinator).post(url, {"team": house.other_team.pk}, follow=True)

    assert "no longer waits" in answer.content.decode()
    assert not Following.objects.filter(person=house.awa, team=house.other_team).exists()


def test_only_the_coordinator_steers(house, enter):
    request = asked(house)
    url = reverse("support:waiting_assign", args=[request.pk])

    for member in (house.nour, house.reception, house.zoe):
        assert enter(member).get(WAITING).status_code == 404, member.name
        assert enter(member).post(url, {"team": house.team.pk}).status_code == 404, member.name


def test_the_list_costs_as_many_queries_with_three_as_with_thirty(house, enter):
    coordinator = enter(house.coordinator)
    asked(house), unnamed(house), nobodys(house)
    few = cost(coordinator, WAITING)

    for _number in range(30):
        asked(house, person=make.PersonFactory(centre=house.centre, followed_by=house.team))
        make.PersonFactory(centre=house.centre)

    assert cost(coordinator, WAITING) == few
