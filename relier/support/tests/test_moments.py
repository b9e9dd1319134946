"""A moment apart: asked in one gesture; for whom stays behind the wall; anyone may close it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from relier.journal.models import Line
from relier.support.models import MomentApart
from tests import factories as make

from .pages import told

ASK = reverse("support:moment_ask")


def page_of(moment):
    return reverse("support:moment", args=[moment.pk])


@pytest.fixture
def moment(house):
    return make.MomentApartFactory(asked_by=house.bram, team=house.team)


def test_one_gesture_asks_with_the_time_and_the_team(house, enter):
    answer = enter(house.bram).post(ASK)

    moment = MomentApart.objects.get()
    assert answer.url == page_of(moment)
    assert (moment.team, moment.asked_by) == (house.team, house.bram)
    assert timezone.now() - moment.asked_at < timedelta(minutes=1)


def test_a_double_click_asks_once(house, enter):
    bram = enter(house.bram)
    key = bram.get(reverse("support:intervention_new")).context["moment_form"]["form_key"].value()

    for _time in range(2):
        bram.post(ASK, {"form_key": key})

    assert MomentApart.objects.count() == 1


def test_without_a_key_a_second_press_is_the_same_moment_and_a_later_one_another(house, enter):
    bram = enter(house.bram)
    for _time in range(2):
        bram.post(ASK)
    at_once = MomentApart.objects.count()
    MomentApart.objects.update(asked_at=timezone.now() - timedelta(minutes=2))

    bram.post(ASK)

    assert (at_once, MomentApart.objects.count()) == (1, 2)


def test_without_a_team_the_whole_centre_sees_it(house, enter):
    alone = make.MemberFactory(centre=house.centre, status="discretion")
    enter(alone).post(ASK)

    moment = MomentApart.objects.get()

    assert moment.team is None
    assert enter(house.nour).get(page_of(moment)).status_code == 200
    assert enter(house.zoe).get(page_of(moment)).status_code == 404


def test_another_team_finds_nothing(house, enter, moment):
    other = make.MemberFactory(centre=house.centre, teams=[house.other_team])

    for member in (other, house.zoe):
        assert enter(member).get(page_of(moment)).status_code == 404
        assert enter(member).post(page_of(moment), {"gesture": "end"}).status_code == 404


def test_whoever_asked_may_hand_over_for_whom_and_does_not_see_it_again(house, enter, moment):
    bram = enter(house.bram)

    page = told(bram.post(page_of(moment), {"person": house.awa.pk}, follow=True))

    moment.refresh_from_db()
    assert moment.person == house.awa
    assert "You will not read it again here." in page
    assert "Awa" not in told(bram.get(page_of(moment))).split("<details")[0]
    assert "For <a" in told(enter(house.nour).get(page_of(moment)))


def test_the_page_of_someone_not_bound_is_the_same_whether_or_not_it_is_said_for_whom(
    house, enter, moment
):
    trainer = make.MemberFactory(centre=house.centre, teams=[house.team], status="discretion")
    browsers = [enter(house.bram), enter(trainer)]

    def walk():
        with CaptureQueriesContext(connection) as queries:
            pages = [told(browser.get(page_of(moment))) for browser in browsers]
        return pages, len(queries)

    walk()
    before = walk()
    MomentApart.objects.update(person=house.awa)

    assert walk() == before


def test_only_whoever_asked_or_someone_bound_says_for_whom(house, enter, moment):
    trainer = make.MemberFactory(centre=house.centre, teams=[house.team], status="discretion")

    page = told(enter(trainer).get(page_of(moment)))
    enter(trainer).post(page_of(moment), {"person": house.awa.pk})

    moment.refresh_from_db()
    assert "for whom" not in page
    assert moment.person is None


def test_for_whom_is_shown_to_those_bound_whose_team_follows_the_person(house, enter):
    alone = make.MemberFactory(centre=house.centre, status="discretion")
    moment = make.MomentApartFactory(asked_by=alone, person=house.awa)
    elsewhere = make.MemberFactory(centre=house.centre, teams=[house.other_team], status="bound")

    assert "Awa" in told(enter(house.nour).get(page_of(moment)))
    assert "Awa" not in told(enter(elsewhere).get(page_of(moment)))


def test_the_second_to_take_over_is_told_who_did(house, enter, moment):
    karim = make.MemberFactory(
        user__name="Karim", centre=house.centre, teams=[house.team], status="bound"
    )
    enter(karim).post(page_of(moment), {"gesture": "take"})

    page = told(enter(house.nour).post(page_of(moment), {"gesture": "take"}, follow=True))

    moment.refresh_from_db()
    assert moment.taken_by == karim
    assert "Karim took over at" in page
    assert Line.objects.filter(kind="support.moment_taken").count() == 1


def test_those_not_bound_see_that_someone_took_over_and_not_who(house, enter, moment):
    enter(house.nour).post(page_of(moment), {"gesture": "take"})

    page = told(enter(house.bram).get(page_of(moment)))

    assert "Someone bound by secrecy took over" in page
    assert "Nour" not in page


def test_someone_not_bound_does_not_take_over(house, enter, moment):
    answer = enter(house.bram).post(page_of(moment), {"gesture": "take"})

    moment.refresh_from_db()
    assert answer.status_code == 404
    assert moment.taken_at is None


def test_each_gesture_is_undone_by_another(house, enter, moment):
    nour = enter(house.nour)

    for gesture in ("take", "give_back", "end", "reopen"):
        nour.post(page_of(moment), {"gesture": gesture})

    moment.refresh_from_db()
    assert (moment.taken_by, moment.taken_at, moment.ended_at) == (None, None, None)


def test_whoever_sees_it_may_close_it_whatever_their_role(house, enter, moment):
    for member in (house.bram, house.coordinator, house.reception):
        member.teams.add(house.team)
        MomentApart.objects.update(ended_at=None)

        enter(member).post(page_of(moment), {"gesture": "end"})

        moment.refresh_from_db()
        assert moment.ended_at is not None


def test_whoever_works_in_two_teams_may_ask_the_other(house, enter, moment):
    house.bram.teams.add(house.other_team)
    bram = enter(house.bram)

    bram.post(page_of(moment), {"gesture": "move", "team": house.other_team.pk})
    refused = bram.post(page_of(moment), {"gesture": "move", "team": "0"})

    moment.refresh_from_db()
    assert moment.team == house.other_team
    assert refused.status_code == 404


def test_reading_for_whom_is_a_line_about_that_person(house, enter, moment):
    MomentApart.objects.update(person=house.awa)

    enter(house.nour).get(page_of(moment))
    enter(house.bram).get(page_of(moment))

    lines = Line.objects.readings().filter(kind="support.moment_read")
    assert {(line.actor, line.subject) for line in lines} == {
        (house.nour.pk, house.awa.pk),
        (house.bram.pk, None),
    }
