"""The feed of one's own calendar: when and where, and nothing about anyone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from relier.centres.models import Member
from relier.journal.models import Line
from relier.support.calendar import ZONE, brussels
from relier.support.models import Appointment, CalendarFeed
from tests import factories as make

PAGE = reverse("support:calendar")


@pytest.fixture
def feed(house):
    return CalendarFeed.objects.create(member=house.nour)


def address(feed):
    return reverse("support:calendar_feed", args=[feed.token])


def read(feed):
    """What a calendar reads, with no session at all."""
    answer = Client().get(address(feed))
    assert answer.status_code == 200
    return answer


def events(feed):
    return icalendar.Calendar.from_ical(read(feed).content).walk("VEVENT")


def planned(house, **more):
    soon = timezone.now().replace(microsecond=0) + timedelta(days=2)
    about = {"person": house.awa, "with_member": house.nour, "starts_at": soon}
    return make.AppointmentFactory(**{**about, **more})


# --- the address -------------------------------------------------------------------------------


def test_an_address_is_made_once_asked_and_shown(house, enter):
    nour = enter(house.nour)
    before = nour.get(PAGE).content.decode()

    nour.post(PAGE, {"make": "1"})

    shown = nour.get(PAGE).content.decode()
    feed = CalendarFeed.objects.get(member=house.nour)
    assert ".ics" not in before
    assert f"http://testserver{address(feed)}" in shown
    assert len(feed.token) >= 43


def test_a_new_address_stops_the_old_one(house, enter, feed):
    old = address(feed)

    enter(house.nour).post(PAGE, {"make": "1"})

    feed.refresh_from_db()
    assert Client().get(old).status_code == 404
    assert read(feed)


def test_a_removed_address_answers_nothing(house, enter, feed):
    enter(house.nour).post(PAGE, {"remove": "1"})

    assert Client().get(address(feed)).status_code == 404
    assert Line.objects.filter(kind="support.calendar_address_removed").exists()


def test_nobody_sees_the_address_of_another(house, enter, feed):
    assert feed.token not in enter(house.bram).get(PAGE).content.decode()


def test_an_unknown_address_is_not_found(db):
    url = reverse("support:calendar_feed", args=["a" * 43])

    assert Client().get(url).status_code == 404


@pytest.mark.parametrize("gone", ["left", "closed"])
def test_a_member_who_is_gone_has_no_feed(house, feed, gone):
    if gone == "left":
        Member.objects.filter(pk=house.nour.pk).update(left_on=timezone.localdate())
    else:
        house.nour.user.is_active = False
        house.nour.user.save()

    assert Client().get(address(feed)).status_code == 404


# --- what it says ------------------------------------------------------------------------------


def test_it_says_when_and_where_and_nothing_about_anyone(house, feed):
    planned(house, about="canary-about", bring="canary-bring", place="room 2")

    text = read(feed).content.decode()

    assert "LOCATION:room 2" in text
    assert not any(word in text for word in ("canary", "Awa", "Diallo", "Nour", str(house.awa.pk)))


def test_the_moment_is_told_in_the_time_of_here(house, feed):
    planned(house, starts_at=datetime(2099, 7, 6, 8, tzinfo=UTC), minutes=45)

    (event,) = events(feed)

    assert event["DTSTART"].params["TZID"] == "Europe/Brussels"
    assert event["DTSTART"].to_ical() == b"20990706T100000"
    assert event["DTEND"].to_ical() == b"20990706T104500"


def test_without_a_length_half_an_hour_is_drawn(house, feed):
    planned(house)

    (event,) = events(feed)

    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=30)


def test_the_number_of_an_event_stays_the_same_when_it_moves(house, feed):
    appointment = planned(house)
    (before,) = events(feed)

    appointment.starts_at += timedelta(days=1)
    appointment.save()
    (after,) = events(feed)

    assert after["UID"] == before["UID"]
    assert after["DTSTART"].dt - before["DTSTART"].dt == timedelta(days=1)


def test_what_was_cancelled_is_said_to_be(house, feed):
    planned(house, state=Appointment.State.CANCELLED)

    (event,) = events(feed)

    assert event["STATUS"] == "CANCELLED"


def test_commas_and_long_lines_come_back_as_they_were_written(house, feed):
    place = "salle 2; au fond, à gauche\\droite — " + "é" * 60
    planned(house, place=place)

    lines = read(feed).content.split(b"\r\n")

    assert events(feed)[0]["LOCATION"] == place
    assert max(len(line) for line in lines) <= 75
    assert b"\n" not in b"".join(lines)


@pytest.mark.parametrize(("language", "word"), [("fr", "Rendez-vous"), ("en", "Appointment")])
def test_it_speaks_the_language_of_its_member(house, feed, language, word):
    house.nour.user.language = language
    house.nour.user.save()
    planned(house)

    (event,) = events(feed)

    assert event["SUMMARY"] == word


def test_it_goes_back_a_month_and_holds_ones_own_only(house, feed):
    mine = planned(house, starts_at=timezone.now() - timedelta(days=29))
    planned(house, starts_at=timezone.now() - timedelta(days=31))
    planned(house, with_member=house.bram)

    assert [event["UID"] for event in events(feed)] == [f"urn:uuid:{mine.pk}"]


def test_the_clocks_change_when_they_change_here():
    transitions = {
        (part.name, onset.date()) for part in brussels().subcomponents for onset in onsets(part)
    }

    assert transitions == set(changes_of_the_zone(range(2026, 2037)))


def onsets(part):
    """The last Sunday of the month of a rule, each year, as our feed writes it."""
    rule = part["RRULE"]
    first = part.decoded("dtstart")
    assert rule.to_ical() == f"FREQ=YEARLY;BYDAY=-1SU;BYMONTH={first.month}".encode()
    for year in range(2026, 2037):
        last = datetime(year, first.month, 31, first.hour, tzinfo=UTC)
        yield last - timedelta(days=(last.weekday() + 1) % 7)


def changes_of_the_zone(years):
    """Every change of the offset of our zone, as the system knows it."""
    zone = ZoneInfo(ZONE)
    for year in years:
        moment = datetime(year, 1, 1, tzinfo=UTC)
        while moment.year == year:
            after = moment + timedelta(hours=1)
            before, now = (m.astimezone(zone).utcoffset() for m in (moment, after))
            if before != now:
                yield "DAYLIGHT" if now > before else "STANDARD", after.astimezone(zone).date()
            moment = after


# --- how it is read ----------------------------------------------------------------------------


def test_it_is_kept_by_nobody_on_the_way_and_asked_again_only_when_changed(house, feed):
    planned(house)
    first = read(feed)

    again = Client().get(address(feed), headers={"if-none-match": first["ETag"]})

    assert first["Cache-Control"] == "private, max-age=900"
    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    assert again.status_code == 304


def test_reading_it_writes_nothing(house, feed):
    planned(house)
    lines = Line.objects.count()

    answer = read(feed)

    assert Line.objects.count() == lines
    assert not answer.cookies


def test_it_costs_four_queries_however_much_there_is(house, feed, django_assert_num_queries):
    """Three of this room, and one for the sessions of training."""
    for _number in range(30):
        planned(house)

    with django_assert_num_queries(4):
        read(feed)


@pytest.mark.parametrize("token", ["%00", "%FF", "a b", "..%2f"])
def test_an_address_that_no_calendar_has_is_not_found(db, client, token):
    assert client.get(f"/support/calendar/{token}.ics").status_code == 404
