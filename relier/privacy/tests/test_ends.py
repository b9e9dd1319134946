"""An agreement comes to its end by itself; before, it is spoken of again."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils import timezone

from relier.journal.models import Line
from relier.lib.days import after_months
from relier.privacy import texts
from relier.privacy.actions import let_consent_end, receive_consent, say_term, withdraw_consent
from relier.privacy.models import Consent, ConsentTerm
from relier.privacy.models.terms import terms_of
from relier.privacy.rules import ask_again_from, last_day
from tests import factories as make

TODAY = timezone.localdate()


@pytest.fixture
def nour(house):
    return make.actor(house.nour)


def given(house, by, *, ago=0, purpose="contact"):
    text = texts.latest(purpose, "fr")
    on = TODAY - timedelta(days=ago)
    return receive_consent(house.awa.subject, text, how="orally", on=on, by=by)


# --- rules ---


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 11, 15), 2, date(2027, 1, 15)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_one(day, months, expected):
    assert after_months(day, months) == expected


def test_no_months_is_no_end():
    assert last_day(date(2026, 1, 1), 0) is None


def test_a_short_one_is_not_asked_again_as_soon_as_it_is_given():
    start = date(2026, 11, 1)

    assert ask_again_from(start, start + timedelta(days=10), days=30) == date(2026, 11, 6)
    assert ask_again_from(start, start + timedelta(days=100), days=14) == date(2027, 1, 26)


# --- ending ---


def test_past_its_last_day_it_no_longer_stands_and_nobody_did_anything(house, nour):
    consent = given(house, nour)

    assert consent in Consent.objects.standing(on=consent.expires_on)
    assert consent not in Consent.objects.standing(on=consent.expires_on + timedelta(days=1))
    assert not consent.stands(on=consent.expires_on + timedelta(days=1))


def test_ended_it_may_be_given_again_and_the_first_one_stays(house, nour):
    ended = given(house, nour, ago=400)

    again = given(house, nour)

    ended.refresh_from_db()
    assert again != ended
    assert ended.replaced_at is not None
    assert list(Consent.objects.standing(on=TODAY)) == [again]


def test_near_its_end_it_is_renewed_once_however_often_it_is_sent(house, nour):
    ending = given(house, nour, ago=360)

    again, twice = given(house, nour), given(house, nour)

    assert again == twice != ending
    assert Line.objects.filter(kind="privacy.consent_renewed").count() == 1


def test_far_from_its_end_a_second_yes_changes_nothing(house, nour):
    assert given(house, nour, ago=100) == given(house, nour)


def test_let_end_it_is_asked_no_more_and_stands_until_its_last_day(house, nour):
    ending = given(house, nour, ago=360)
    asked = list(Consent.objects.to_ask_again(on=TODAY))

    let_consent_end(ending, by=nour)
    let_consent_end(ending, by=nour)

    assert asked == [ending]
    assert not Consent.objects.to_ask_again(on=TODAY).exists()
    assert ending in Consent.objects.standing(on=TODAY)
    assert Line.objects.filter(kind="privacy.consent_left_to_end").count() == 1


def test_a_no_holds_against_a_colleague_who_renews_at_the_same_time(house, nour):
    ending = given(house, nour, ago=360)
    stale = Consent.objects.get(pk=ending.pk)
    given(house, nour)

    withdraw_consent(stale, by=nour)

    assert not Consent.objects.standing(on=TODAY).exists()


# --- the numbers of the centre ---


def test_the_number_of_the_centre_counts_from_its_day_on(house):
    colette = make.actor(house.coordinator)
    say_term("contact", value=6, from_on=TODAY, source="the team", by=colette)
    say_term("contact", value=3, from_on=TODAY + timedelta(days=1), source="the team", by=colette)

    assert terms_of(house.centre.pk, on=TODAY)["contact"] == 6
    assert terms_of(house.centre.pk, on=TODAY + timedelta(days=1))["contact"] == 3
    assert terms_of(house.centre.pk, on=TODAY - timedelta(days=1))["contact"] == 12


def test_what_was_agreed_before_keeps_its_end(house, nour):
    before = given(house, nour)

    say_term("contact", value=1, from_on=TODAY, source="the team", by=make.actor(house.coordinator))

    before.refresh_from_db()
    assert before.expires_on == after_months(TODAY, 12)


def test_a_number_has_a_source_and_bounds(house):
    colette = make.actor(house.coordinator)

    for wrong in ({"value": 5}, {"value": 999, "source": "x"}):
        with pytest.raises(ValidationError):
            say_term("contact", from_on=TODAY, by=colette, **wrong)
    assert not ConsentTerm.objects.exists()


def test_only_those_who_set_may_say_it(house, nour):
    with pytest.raises(Http404):
        say_term("contact", value=5, from_on=TODAY, source="x", by=nour)


def test_without_a_value_the_number_that_came_counts_again(house):
    colette = make.actor(house.coordinator)
    say_term("image", value=0, from_on=TODAY, source="the team", by=colette)

    say_term("image", from_on=TODAY, by=colette)

    assert terms_of(house.centre.pk, on=TODAY)["image"] == 24
