"""Whoever joins a team for a time works in it like the others, until the last day."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from relier.people.models import Replacement
from relier.support.actions import requests
from relier.support.placing import places
from tests import factories as make

DAY = date(2026, 11, 23)


@pytest.fixture
def lucas(house):
    """Of the other team; he joins the one that follows Awa."""
    lucas = make.MemberFactory(user__name="Lucas", centre=house.centre, teams=[house.other_team])
    make.ReplacementFactory(team=house.team, member=lucas)
    return lucas


def take(house, lucas):
    return requests.take(
        "A letter came.", received_on=DAY, by=make.actor(lucas), person=house.awa,
        followed_by=lucas, team=house.team,
    )  # fmt: skip


def test_they_follow_a_request(house, lucas):
    assert take(house, lucas).followed_by == lucas


def test_they_are_offered_with_the_team_they_join(house, lucas):
    offered = places(make.actor(house.nour), house.awa)

    assert lucas in offered.workers
    assert offered.teams_of(lucas) == [house.team]


def test_the_last_day_over_it_waits_for_someone_else(house, lucas):
    yesterday = timezone.localdate() - timedelta(days=1)
    Replacement.objects.update(from_on=yesterday, until_on=yesterday)

    assert take(house, lucas).followed_by is None
    assert lucas not in places(make.actor(house.nour), house.awa).workers
