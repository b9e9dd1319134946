"""Appointments: made in a minute, warned of without forbidding, changed without losing a word."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from relier.centres.models import Member
from relier.journal.models import Line
from relier.people.models import Following
from relier.support.actions import reception as deeds
from relier.support.models import Appointment
from tests import factories as make

from .pages import told
from .reception import (
    SECRET,
    TUESDAY,
    appointment_page,
    cost,
    here,
    planned,
    say,
    today_at,
)

State = Appointment.State


def new_for(person):
    return reverse("support:appointment_new", args=[person.pk])


def typed(member, **more):
    fields = {"day": TUESDAY.isoformat(), "hour": "10:00", "with_member": member.pk}
    return {**fields, "place": "room 2", **more}


# --- making one --------------------------------------------------------------------------------


def test_a_day_an_hour_and_keep_are_enough(house, enter):
    nour = enter(house.nour)
    chosen = nour.get(new_for(house.awa)).context["form"]["with_member"].value()

    answer = nour.post(new_for(house.awa), typed(house.nour))

    kept = Appointment.objects.get()
    assert chosen == house.nour.pk
    assert answer.url == appointment_page(kept)
    assert (kept.person, kept.with_member, kept.starts_at) == (house.awa, house.nour, here(TUESDAY))


def test_reception_proposes_the_persons_own_worker(house, enter):
    form = enter(house.reception).get(new_for(house.awa)).context["form"]

    assert form["with_member"].value() == house.nour.pk


def test_sent_twice_it_is_kept_once(house, enter):
    nour, sent = enter(house.nour), typed(house.nour, form_key=str(uuid4()))

    first, second = nour.post(new_for(house.awa), sent), nour.post(new_for(house.awa), sent)

    assert Appointment.objects.count() == 1
    assert first.url == second.url


def test_what_is_missing_is_said_and_the_rest_stays(house, enter):
    page = enter(house.nour).post(new_for(house.awa), typed(house.nour, hour=""))

    assert Appointment.objects.count() == 0
    assert "hour" in page.context["form"].errors
    assert 'value="room 2"' in page.content.decode()


def test_one_of_a_day_that_is_over_took_place(house, enter):
    enter(house.nour).post(new_for(house.awa), typed(house.nour, day="2026-10-06"))

    assert Appointment.objects.get().state == State.SEEN


def test_the_hour_that_does_not_exist_is_not_guessed(house, enter):
    # The night of 28 March 2027: clocks go from 2:00 to 3:00.
    sent = typed(house.nour, day="2027-03-28", hour="02:30")

    page = enter(house.nour).post(new_for(house.awa), sent)

    assert "hour" in page.context["form"].errors


def test_the_places_used_lately_are_proposed(house, enter):
    planned(house, place="room by the river", starts_at=timezone.now())
    planned(house, place="old room", starts_at=timezone.now() - timedelta(days=200))
    elsewhere = make.PersonFactory(centre=house.centre, followed_by=house.other_team)
    planned(house, place="canary-house", person=elsewhere, with_member=house.coordinator)

    page = told(enter(house.bram).get(new_for(house.awa)))

    assert "room by the river" in page
    assert "old room" not in page
    assert "canary-house" not in page


# --- a second look -----------------------------------------------------------------------------


def test_a_colleague_who_is_with_someone_else_is_said_once_and_without_a_name(house, enter):
    other = make.PersonFactory(centre=house.centre, call_name="Canary", followed_by=house.team)
    planned(house, person=other, starts_at=here(TUESDAY, 9, 45))
    nour, sent = enter(house.nour), typed(house.nour)

    page = nour.post(new_for(house.awa), sent)
    again = nour.post(
        new_for(house.awa), {**sent, "warned": page.context["form"]["warned"].value()}
    )

    assert page.context["warnings"] == ["Nour has another appointment at 9:45."]
    assert "Canary" not in page.content.decode()
    assert again.status_code == 302


def test_warned_of_one_moment_another_is_warned_of_too(house, enter):
    nour, sunday = enter(house.nour), (TUESDAY + timedelta(days=5)).isoformat()
    saturday = (TUESDAY + timedelta(days=4)).isoformat()

    first = nour.post(new_for(house.awa), typed(house.nour, day=saturday))
    warned = first.context["form"]["warned"].value()
    second = nour.post(new_for(house.awa), typed(house.nour, day=sunday, warned=warned))

    assert first.context["warnings"] == ["It is on a Saturday or a Sunday."]
    assert second.status_code == 200
    assert Appointment.objects.count() == 0


def test_moved_by_nothing_but_its_place_it_is_not_warned_of_again(house, enter):
    appointment = planned(house, starts_at=here(TUESDAY, 22))
    sent = typed(house.nour, hour="22:00", place="room 3")

    answer = enter(house.nour).post(appointment_page(appointment), sent)

    assert answer.status_code == 302


# --- changing it -------------------------------------------------------------------------------


def sent_from(client, appointment, **changes):
    """Open the page, change something, send it all back."""
    form = client.get(appointment_page(appointment)).context["form"]
    fields = {name: form[name].value() for name in form.fields}
    filled = {name: value for name, value in fields.items() if value is not None}
    filled["hour"] = filled["hour"].strftime("%H:%M")
    filled["day"] = filled["day"].isoformat()
    return {**filled, **changes}


def test_reception_does_not_see_what_it_is_about_and_cannot_erase_it(house, enter):
    appointment, reception = planned(house, about=SECRET), enter(house.reception)
    page = told(reception.get(appointment_page(appointment)))

    reception.post(appointment_page(appointment), sent_from(reception, appointment, place="room 9"))
    reception.post(appointment_page(appointment), sent_from(reception, appointment, about=""))

    appointment.refresh_from_db()
    assert SECRET not in page
    assert "about" not in page
    assert (appointment.place, appointment.about) == ("room 9", SECRET)


def test_reception_sees_the_same_page_whatever_it_is_about(house, enter):
    appointment, reception = planned(house), enter(house.reception)
    reception.get(appointment_page(appointment))
    quiet = told(reception.get(appointment_page(appointment)))

    make.rewrite(appointment, about=SECRET)

    assert told(reception.get(appointment_page(appointment))) == quiet


def test_two_change_different_fields_and_both_are_kept(house, enter):
    appointment, nour = planned(house), enter(house.nour)
    sent = sent_from(nour, appointment, bring="the letter")
    Appointment.objects.update(place="room 7")

    nour.post(appointment_page(appointment), sent)

    appointment.refresh_from_db()
    assert (appointment.place, appointment.bring) == ("room 7", "the letter")


def test_two_change_the_same_field_and_the_second_is_shown_both(house, enter):
    appointment, nour = planned(house), enter(house.nour)
    sent = sent_from(nour, appointment, place="room 3")
    Appointment.objects.update(place="room 7")

    page = nour.post(appointment_page(appointment), sent)
    again = {**sent, "shown": page.context["form"]["shown"].value()}
    nour.post(appointment_page(appointment), again)

    appointment.refresh_from_db()
    assert "room 7" in page.content.decode()
    assert page.context["form"]["place"].value() == "room 3"
    assert appointment.place == "room 3"


def test_moved_to_another_day_nobody_has_arrived_yet(house):
    appointment = planned(
        house, starts_at=today_at(10), state=State.ARRIVED, arrived_at=timezone.now()
    )
    fields = {**appointment.as_written, "day": TUESDAY}

    deeds.change_appointment(
        appointment, typed=fields, shown=appointment.as_written, by=make.actor(house.nour)
    )

    appointment.refresh_from_db()
    assert (appointment.state, appointment.arrived_at) == (State.PLANNED, None)


# --- walls -------------------------------------------------------------------------------------


def test_strangers_find_nothing(house, enter):
    appointment = planned(house)
    elsewhere = make.MemberFactory(centre=house.centre, teams=[house.other_team])

    for member in (house.zoe, elsewhere):
        client = enter(member)
        assert client.get(new_for(house.awa)).status_code == 404, member.name
        assert client.get(appointment_page(appointment)).status_code == 404, member.name
        assert say(client, appointment, "cancelled", "planned").status_code == 404, member.name


def test_whoever_is_expected_sees_it_before_a_team_follows_the_person(house, enter):
    newcomer = make.PersonFactory(centre=house.centre, call_name="Idris")
    appointment = planned(house, person=newcomer, about=SECRET, starts_at=today_at(10))
    nour = enter(house.nour)

    page = told(nour.get(appointment_page(appointment)))
    say(nour, appointment, "seen", "planned")

    appointment.refresh_from_db()
    mine = Appointment.objects.visible_to(make.actor(house.nour)).of(house.nour.pk)
    assert appointment in mine.on(timezone.localdate())
    assert "Idris" in page
    assert SECRET not in page
    assert appointment.state == State.SEEN


def test_what_it_is_about_is_written_by_the_team_only(house):
    with pytest.raises(Http404):
        deeds.make_appointment(
            house.awa,
            with_member=house.nour,
            starts_at=here(TUESDAY),
            about=SECRET,
            by=make.actor(house.reception),
        )


def test_a_colleague_of_another_centre_is_not_chosen(house, enter):
    page = enter(house.nour).post(new_for(house.awa), typed(house.zoe))

    assert "with_member" in page.context["form"].errors


def test_an_administrator_of_the_team_sees_it_and_changes_nothing(house, enter):
    administrator = make.MemberFactory(
        centre=house.centre, role=Member.Role.ADMINISTRATOR, teams=[house.team]
    )
    appointment, client = planned(house), enter(administrator)

    assert '<form method="post" novalidate' not in told(client.get(appointment_page(appointment)))
    assert client.post(appointment_page(appointment), typed(house.nour)).status_code == 404


def test_a_team_that_no_longer_follows_no_longer_sees_it(house, enter):
    appointment = planned(house)
    Following.objects.update(ended_on=date(2026, 11, 1))

    assert enter(house.bram).get(appointment_page(appointment)).status_code == 404


def test_the_journal_says_which_fields_and_no_value(house, enter):
    appointment, nour = planned(house), enter(house.nour)

    nour.post(
        appointment_page(appointment), sent_from(nour, appointment, about=SECRET, place="room 5")
    )

    line = Line.objects.get(kind="support.appointment_changed")
    assert line.details == {"fields": ["about", "place"]}
    assert line.subject == house.awa.pk


# --- the rows the day asks for -----------------------------------------------------------------


def test_a_day_goes_from_midnight_to_midnight_here(house):
    # 25 October 2026 lasts 25 hours.
    day = date(2026, 10, 25)
    first, last = here(day, 0, 0), here(day, 23, 59)
    for moment in (first, last, first - timedelta(minutes=1), here(date(2026, 10, 26), 0)):
        planned(house, starts_at=moment)

    found = Appointment.objects.on(day).values_list("starts_at", flat=True)

    assert list(found) == [first, last]


def test_the_names_of_a_day_cost_one_query(house, django_assert_num_queries):
    for _number in range(5):
        someone = make.PersonFactory(centre=house.centre, followed_by=house.team)
        planned(house, person=someone, starts_at=today_at(10))
    nour = make.actor(house.nour)

    with django_assert_num_queries(1):
        rows = Appointment.objects.visible_to(nour).of(nour.id).on(timezone.localdate())
        names = [(row.person.root.name, row.with_member.name) for row in rows]

    assert len(names) == 5


def test_the_page_of_one_costs_the_same_however_many_there_are(house, enter):
    appointment, nour = planned(house), enter(house.nour)
    few = cost(nour, appointment_page(appointment))

    for number in range(30):
        planned(house, starts_at=timezone.now() + timedelta(days=number), place=f"room {number}")
        make.MemberFactory(centre=house.centre, teams=[house.team])

    assert cost(nour, appointment_page(appointment)) == few


@pytest.mark.parametrize("day", ["0001-01-01", "0206-11-20", "9999-12-31"])
def test_a_day_in_another_age_is_looked_at_again(house, enter, day):
    nour = enter(house.nour)
    address = reverse("support:appointment_new", args=[house.awa.pk])

    page = nour.post(address, {"day": day, "hour": "10:00", "with_member": house.nour.pk})

    assert "Look again at the year of this day." in page.content.decode()
    assert not Appointment.objects.exists()
