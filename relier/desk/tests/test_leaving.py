"""What someone who left was to do is handed on in one gesture, without a word that was told."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from relier.centres import actions as centres
from relier.people.models import Following
from tests import factories as make


@pytest.fixture
def leonie(house):
    return make.MemberFactory(user__name="Léonie", centre=house.centre, teams=[house.team])


@pytest.fixture
def left(house, leonie):
    """Nour has left, with one of everything."""
    request = make.HelpRequestFactory(
        person=house.awa, heard_by=house.nour, followed_by=house.nour, words="told-words"
    )
    met = make.AppointmentFactory(person=house.awa, with_member=house.nour, about="told-about")
    moment = make.MomentApartFactory(
        asked_by=house.bram, team=house.team, taken_by=house.nour, taken_at=timezone.now()
    )
    make.ProcedureFactory(person=house.awa, author=house.nour, about="told-procedure")
    centres.member_leaves(house.nour, by=make.actor(house.coordinator))
    following = Following.objects.get(person=house.awa)
    return {"request": request, "appointment": met, "moment": moment, "following": following}


def hand_on(client, what, thing, to=""):
    typed = {"what": what, "pk": thing.pk, "to": getattr(to, "pk", to)}
    return client.post(reverse("left"), typed, follow=True)


def test_the_coordinator_sees_names_and_days_and_no_word_that_was_told(house, enter, left):
    page = enter(house.coordinator).get(reverse("left")).content.decode()

    assert "Awa Diallo" in page
    assert "told-" not in page


def test_each_is_handed_on_in_one_gesture(house, enter, left, leonie):
    client = enter(house.coordinator)

    hand_on(client, "following", left["following"], leonie)
    hand_on(client, "appointment", left["appointment"], leonie)
    hand_on(client, "request", left["request"])
    page = hand_on(client, "moment", left["moment"])

    for thing in left.values():
        thing.refresh_from_db()
    assert left["following"].worker == leonie
    assert left["appointment"].with_member == leonie
    assert left["request"].followed_by is None
    assert left["moment"].taken_by is None
    assert page.context["left"].is_empty


def test_what_nobody_left_is_not_handed_on_here(house, enter, leonie):
    met = make.AppointmentFactory(person=house.awa, with_member=house.nour)

    assert hand_on(enter(house.coordinator), "appointment", met, leonie).status_code == 404


@pytest.mark.parametrize("who", ["nour", "bram", "reception", "zoe"])
def test_it_is_the_coordinators_page(who, house, enter):
    assert enter(getattr(house, who)).get(reverse("left")).status_code == 404


@pytest.mark.parametrize(("what", "pk"), [("following", "ä"), ("moment", "1")])
def test_a_forged_gesture_finds_nothing(what, pk, house, enter):
    answer = enter(house.coordinator).post(reverse("left"), {"what": what, "pk": pk})

    assert answer.status_code == 404


def test_a_closed_team_is_given_nobody_and_those_it_follows_are_handed_to_another(house, enter):
    client = enter(house.coordinator)
    client.post(reverse("centres:team_close", args=[house.team.pk]))
    still_read = make.actor(house.nour).teams
    following = Following.objects.get(person=house.awa)

    hand_on(client, "team", following, house.other_team)

    assert still_read == {house.team.pk}
    teams = Following.objects.open().filter(person=house.awa).values_list("team", flat=True)
    assert list(teams) == [house.other_team.pk]


def test_it_costs_the_same_for_few_and_for_many(
    house, enter, left, leonie, django_assert_num_queries
):
    client = enter(house.coordinator)
    client.get(reverse("left"))
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("left"))
    few = len(asked)

    soon = timezone.now() + timedelta(days=1)
    for _more in range(30):
        person = make.PersonFactory(
            centre=house.centre, followed_by=house.team, followed_by__worker=house.nour
        )
        make.AppointmentFactory(person=person, with_member=house.nour, starts_at=soon)
    client.get(reverse("left"))  # the line of who was shown

    with django_assert_num_queries(few):
        client.get(reverse("left"))
