"""Sessions in a member's own calendar: when and where, and no name."""

from datetime import time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from relier.support.models import CalendarFeed
from relier.training.actions import sessions, workshops
from relier.training.tests import stories


@pytest.fixture
def training(house):
    return stories.begin(house)


@pytest.fixture
def feed(house):
    return CalendarFeed.objects.create(member=house.bram)


def planned(training, *, days=3, name="Tableur avec Awa"):
    session = sessions.plan_session(
        name, day=timezone.localdate() + timedelta(days=days), starts_at=time(9, 30), minutes=180,
        place="Salle 2", team=training.house.team, track=training.track, by=training.bram,
    )  # fmt: skip
    workshops.choose_trainers(session, [training.house.bram], by=training.bram)
    return session


def read(feed):
    answer = Client().get(reverse("support:calendar_feed", args=[feed.token]))
    assert answer.status_code == 200
    return answer.content


def events(content):
    return Calendar.from_ical(content).walk("VEVENT")


def test_a_session_says_when_and_where_and_names_nobody(training, feed):
    session = planned(training)

    content = read(feed)

    [event] = events(content)
    assert event.decoded("dtstart").time() == time(9, 30)
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(hours=3)
    assert str(event["location"]) == "Salle 2"
    assert str(session.pk) in str(event["uid"])
    assert b"Awa" not in content
    assert b"Tableur" not in content


def test_only_those_at_which_one_welcomes(training, feed):
    planned(training)
    CalendarFeed.objects.create(member=training.house.nour)

    assert not events(read(CalendarFeed.objects.get(member=training.house.nour)))


def test_what_was_called_off_is_said_to_be(training, feed):
    session = planned(training)
    sessions.change_session(session, {"called_off": True}, by=training.bram)

    [event] = events(read(feed))
    assert str(event["status"]) == "CANCELLED"


def test_the_same_bytes_until_something_changes(training, feed):
    planned(training)
    first = read(feed)
    assert read(feed) == first

    planned(training, days=4)
    assert read(feed) != first


def test_thirty_sessions_cost_as_many_queries_as_three(training, feed, django_assert_num_queries):
    for number in range(30):
        planned(training, days=number)

    with django_assert_num_queries(4):
        assert len(events(read(feed))) == 30
