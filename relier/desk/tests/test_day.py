"""The worker's day: appointments, what to do when there is time, people seen lately."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from relier.people.models import Following
from relier.support.models import Procedure
from relier.support.models.reception import midnight
from tests import factories as make


@pytest.fixture
def day_of(enter):
    return lambda member: enter(member).get(reverse("day")).context["day"]


def at_hour(hour, days=0):
    return midnight(timezone.localdate() + timedelta(days=days)) + timedelta(hours=hour)


def test_my_appointments_of_today_stand_in_their_order(house, day_of):
    mine = {"person": house.awa, "with_member": house.nour}
    second = make.AppointmentFactory(starts_at=at_hour(14), **mine)
    first = make.AppointmentFactory(starts_at=at_hour(9), **mine)
    make.AppointmentFactory(starts_at=at_hour(9, days=1), **mine)
    make.AppointmentFactory(starts_at=at_hour(9), person=house.awa, with_member=house.bram)

    assert day_of(house.nour).appointments == [first, second]


def test_a_cancelled_appointment_is_not_of_the_day(house, day_of):
    make.AppointmentFactory(
        person=house.awa, with_member=house.nour, starts_at=at_hour(9), state="cancelled"
    )

    assert day_of(house.nour).appointments == []


def test_what_was_asked_and_waits_for_me_is_there_when_i_have_time(house, day_of):
    mine = make.HelpRequestFactory(
        person=house.awa, heard_by=house.nour, followed_by=house.nour, team=house.team
    )
    make.HelpRequestFactory(person=house.awa, heard_by=house.nour, followed_by=house.bram)

    assert day_of(house.nour).requests == [mine]


def test_a_request_without_a_person_waits_to_be_named(house, day_of):
    draft = make.HelpRequestFactory(
        person=None, centre=house.centre, heard_by=house.nour, team=house.team
    )

    assert day_of(house.nour).drafts == [draft]


def test_a_deadline_that_comes_is_told_to_whom_is_bound(house, day_of):
    soon = timezone.localdate() + timedelta(days=3)
    by = {"person": house.awa, "author": house.nour, "deadline": soon}
    open_one = make.ProcedureFactory(**by)
    make.ProcedureNewsFactory(procedure=make.ProcedureFactory(**by), outcome=Procedure.Outcome.DONE)
    Following.objects.filter(person=house.awa).update(worker=house.nour)

    assert day_of(house.nour).procedures == [open_one]
    assert day_of(house.bram).procedures == []


def test_a_deadline_far_away_leaves_the_day_in_peace(house, day_of):
    far = timezone.localdate() + timedelta(days=60)
    make.ProcedureFactory(person=house.awa, author=house.nour, deadline=far)

    assert day_of(house.nour).procedures == []


def test_a_step_that_the_person_does_is_not_watched(house, day_of):
    soon = timezone.localdate() + timedelta(days=2)
    by = {"person": house.awa, "author": house.nour, "when_on": soon}
    ours = make.AgreedStepFactory(who="together", **by)
    make.AgreedStepFactory(who="person", **by)

    assert day_of(house.nour).steps == [ours]


def test_people_whose_file_i_opened_are_there_lately_and_only_for_me(house, enter, day_of):
    enter(house.nour).get(reverse("file", args=[house.awa.pk]))

    assert day_of(house.nour).lately == [house.awa]
    assert day_of(house.bram).lately == []


def test_someone_no_team_of_mine_follows_any_more_is_gone_from_my_day(house, enter, day_of):
    enter(house.nour).get(reverse("file", args=[house.awa.pk]))
    Following.objects.filter(person=house.awa).update(ended_on=timezone.localdate())

    assert day_of(house.nour).lately == []


def test_a_member_of_no_team_has_a_day_all_the_same(house, enter):
    answer = enter(house.reception).get(reverse("day"))

    assert answer.status_code == 200
    assert answer.context["first"]["counter"]


def test_an_empty_centre_says_how_to_begin(db, enter):
    someone = make.MemberFactory(role="administrator")

    first = enter(someone).get(reverse("day")).context["first"]

    assert first["team"]
    assert first["members"]


def test_someone_of_no_centre_is_told_so(db, client):
    user = make.UserFactory()
    client.force_login(user)

    assert client.get(reverse("day")).status_code == 200


@pytest.mark.parametrize("many", [3, 100])
def test_a_day_costs_the_same_for_few_and_for_many(house, enter, many, django_assert_num_queries):
    today = timezone.localdate()
    soon = today + timedelta(days=2)
    for number in range(many):
        person = make.PersonFactory(
            centre=house.centre, followed_by=house.team, followed_by__worker=house.nour
        )
        by = {"person": person, "author": house.nour}
        make.AppointmentFactory(
            person=person, with_member=house.nour, starts_at=at_hour(8) + timedelta(minutes=number)
        )
        make.ProcedureFactory(deadline=soon, **by)
        make.AgreedStepFactory(when_on=soon, **by)
        make.HelpRequestFactory(person=person, heard_by=house.nour, followed_by=house.nour)
        make.MandateFactory(person=person, received_by=house.nour, ask_again_on=soon)
        make.MandateFactory(person=person, received_by=house.nour, ask_again_on=today)
    client = enter(house.nour)

    with django_assert_num_queries(15):
        client.get(reverse("day"))
