"""A centre asks for a second factor: of whom, from which day, and what a member meets."""

from datetime import date, timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from relier.centres import actions
from relier.centres.models import SecondFactorRule, asked_of
from tests.factories import actor

PASSWORD = "correct horse battery"


def ask(house, whom, *, days=0, since=0):
    return actions.say_second_factor(
        whom=whom,
        from_on=timezone.localdate() - timedelta(days=since),
        days_to_set_up=days,
        source="the team, on Monday",
        by=actor(house.coordinator),
    )


def entered(member) -> Client:
    client = Client()
    said = {"login": member.user.email, "password": PASSWORD}
    client.post(reverse("account_login"), said)
    return client


def test_during_the_days_to_set_it_up_it_is_said_and_nothing_is_closed(house):
    ask(house, "everyone", days=14)

    page = entered(house.nour).get("/")

    assert page.status_code == 200
    assert "Your centre asks for a second factor" in page.content.decode()


def test_after_them_whoever_has_none_is_led_to_set_it_up_and_told_why(house):
    ask(house, "everyone")
    client = entered(house.nour)

    answer = client.get(reverse("people:list"))

    assert answer.url == reverse("mfa_index")
    assert "Your centre asks for a second factor" in client.get(answer.url).content.decode()
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    assert client.post(reverse("account_logout")).status_code == 302


def test_once_it_is_set_up_everything_opens(house):
    ask(house, "everyone")
    client = entered(house.nour)
    TOTP.activate(house.nour.user, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")

    assert client.get(reverse("people:list")).status_code == 200


@pytest.mark.parametrize(("whom", "led"), [("bound", True), ("everyone", True), ("nobody", False)])
def test_it_is_asked_of_those_that_the_centre_said(house, whom, led):
    ask(house, whom)

    assert (entered(house.nour).get("/").status_code == 302) is led
    assert (entered(house.bram).get("/").status_code == 302) is (whom == "everyone")


def test_the_latest_word_counts_from_its_own_day(house):
    rules = [
        SecondFactorRule(whom="nobody", from_on=date(2026, 12, 1), days_to_set_up=0),
        SecondFactorRule(whom="everyone", from_on=date(2026, 11, 1), days_to_set_up=0),
    ]

    assert asked_of(rules, house.nour, on=date(2026, 10, 31)) is None
    assert asked_of(rules, house.nour, on=date(2026, 11, 30)) is rules[1]
    assert asked_of(rules, house.nour, on=date(2026, 12, 1)) is None


def test_a_newcomer_has_the_same_days_to_set_it_up(house):
    rule = SecondFactorRule(whom="everyone", from_on=date(2026, 1, 1), days_to_set_up=14)
    house.nour.joined_on = date(2026, 11, 20)

    assert rule.due_on(house.nour) == date(2026, 12, 4)


def test_another_centre_is_not_concerned(house):
    ask(house, "everyone")

    assert entered(house.zoe).get("/").status_code == 200


def test_the_page_keeps_what_is_said_with_its_source(house):
    client = entered(house.coordinator)
    said = {"whom": "bound", "from_on": "2026-12-01", "days_to_set_up": "14", "source": "the team"}

    client.post(reverse("centres:second_factor_rule"), said)

    page = client.get(reverse("centres:second_factor_rule")).content.decode()
    assert "Of those bound by professional secrecy · the team" in page
