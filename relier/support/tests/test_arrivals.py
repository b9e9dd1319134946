"""What became of an appointment: has arrived, took place, did not come; and undoing it."""

from django.urls import reverse
from django.utils import timezone

from relier.journal.models import Line
from relier.support.models import Appointment

from .reception import (
    planned,
    say,
    state_page,
    today_at,
)

State = Appointment.State


def test_an_arrival_is_kept_with_its_hour_and_undone(house, enter):
    appointment, reception = planned(house, starts_at=today_at(12)), enter(house.reception)

    say(reception, appointment, "arrived", "planned", back="counter")
    appointment.refresh_from_db()
    arrived = (appointment.state, timezone.localdate(appointment.arrived_at))
    answer = say(reception, appointment, "planned", "arrived", back="counter")

    appointment.refresh_from_db()
    assert arrived == (State.ARRIVED, timezone.localdate())
    assert answer.url == reverse("support:counter")
    assert (appointment.state, appointment.arrived_at) == (State.PLANNED, None)


def test_undoing_that_it_took_place_goes_back_to_the_arrival(house, enter):
    moment = timezone.now()
    appointment = planned(house, starts_at=today_at(0), state=State.ARRIVED, arrived_at=moment)
    nour = enter(house.nour)

    say(nour, appointment, "seen", "arrived")
    say(nour, appointment, "arrived", "seen")

    appointment.refresh_from_db()
    assert (appointment.state, appointment.arrived_at) == (State.ARRIVED, moment)


def test_cancelled_it_can_be_put_back(house, enter):
    appointment, nour = planned(house), enter(house.nour)

    say(nour, appointment, "cancelled", "planned")
    cancelled = Appointment.objects.standing().count()
    say(nour, appointment, "planned", "cancelled")

    assert cancelled == 0
    assert Appointment.objects.standing().count() == 1


def test_nobody_arrives_for_another_day(house, enter):
    appointment = planned(house)

    answer = say(enter(house.nour), appointment, "arrived", "planned")

    appointment.refresh_from_db()
    assert answer.status_code == 302
    assert appointment.state == State.PLANNED


def test_said_twice_it_is_said_once(house, enter):
    appointment, nour = planned(house), enter(house.nour)

    say(nour, appointment, "cancelled", "planned")
    say(nour, appointment, "cancelled", "planned")

    assert Line.objects.filter(kind="support.appointment_cancelled").count() == 1


def test_changed_meanwhile_nothing_is_overwritten(house, enter):
    appointment = planned(house, starts_at=today_at(0), state=State.SEEN)

    answer = enter(house.nour).post(
        state_page(appointment), {"state": "missed", "shown": "planned"}, follow=True
    )

    appointment.refresh_from_db()
    assert appointment.state == State.SEEN
    assert "Someone has just changed this appointment" in answer.content.decode()


def test_a_link_says_nothing_of_an_appointment(house, enter):
    assert enter(house.nour).get(state_page(planned(house))).status_code == 405
