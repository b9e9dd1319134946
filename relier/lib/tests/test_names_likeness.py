"""How alike two names are, in which way, and what the dates add."""

from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from relier.lib.names import PROPOSE, Born, Reason, fold, likeness
from relier.lib.tests.strategies import names

BORN = date(1987, 4, 12)


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Awa Diallo", "AWA DIALLO", Reason.SAME_NAME),
        ("Aïcha Şahin", "Aicha Sahin", Reason.SAME_NAME),
        ("Jean-Luc Noël", "Jeanluc Noel", Reason.SAME_NAME),
        ("Jan van den Berghe", "Jan Vandenberghe", Reason.SAME_NAME),
        ("Karim El Amrani", "Karim Amrani", Reason.SAME_NAME),
        ("Олена Коваленко", "Olena Kovalenko", Reason.SAME_NAME),
        ("Awa Diallo", "Diallo, Awa", Reason.WORDS_SWAPPED),
        ("Oumar Watara", "Umar Ouattara", Reason.SAME_SOUND),
        ("Mohamed Diallo", "Jallow Muhammad", Reason.SAME_SOUND),
        ("Awa", "Awa Diallo", Reason.SHORTER_FORM),
        ("Awa Binta Diallo", "Awa Diallo", Reason.SHORTER_FORM),
        ("A. Diallo", "Awa Diallo", Reason.SHORTER_FORM),
        ("Alexandre Noël", "Alex Noël", Reason.SHORTER_FORM),
        ("Rachid Haddad", "Rahcid Haddad", Reason.ONE_LETTER_APART),
        ("Fatima Ziani", "Fatma Ziani", Reason.ONE_LETTER_APART),
        ("Dominique Lambert", "Domnque Lambert", Reason.CLOSE_SPELLING),
    ],
)
def test_one_person_written_twice_is_proposed_with_its_reason(one, other, reason):
    found = likeness(one, other)

    assert found.likely
    assert found.reason is reason


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Awa Diallo", "Awa Traoré"),
        ("Awa Diallo", "Issa Diallo"),
        ("Awa Diallo", "Aya Diallo"),
        ("Karim Benali", "Karima Benali"),
        ("Hassan Idrissi", "Hussein Idrissi"),
        ("Martin Quinet", "Martine Quinet"),
        ("Kamal Ouardi", "Jamal Ouardi"),
        ("Mamadou Bah", "Amadou Bah"),
        ("Marc Lambert", "Marcel Lambert"),
        ("Karim El Amrani", "Karim El Khattabi"),
        ("Awa", "Issa Diallo"),
        ("", "Awa"),
        ("Awa", "王小明"),
    ],
)
def test_two_people_are_not_proposed(one, other):
    assert not likeness(one, other).likely


def test_ben_ali_may_be_benali_and_is_less_likely_to_be_ali():
    assert likeness("Nour Ben Ali", "Nour Benali").reason is Reason.SAME_NAME
    assert (
        likeness("Nour Ben Ali", "Nour Ali").score < likeness("Nour Ben Ali", "Nour Benali").score
    )


def test_a_particle_can_be_a_name():
    assert likeness("Le Van Tuan", "Tuan Le").likely
    assert likeness("Ben Peeters", "Peeters Ben").reason is Reason.WORDS_SWAPPED


def test_the_surer_the_reason_the_higher_the_score():
    others = ["Samira Haddad", "Samyra Haddad", "Samria Haddad", "Samira", "Nadia Haddad"]

    scores = [likeness("Samira Haddad", other).score for other in others]

    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 1


def test_a_date_that_agrees_takes_half_of_the_doubt():
    without = likeness("Fatima Ziani", "Fatma Ziani")
    with_dates = likeness("Fatima Ziani", "Fatma Ziani", BORN, BORN)

    assert with_dates.born is Born.AGREES
    assert 1 - with_dates.score == pytest.approx((1 - without.score) / 2)


def test_twins_are_not_one_person():
    assert not likeness("Awa Diallo", "Issa Diallo", BORN, BORN).likely


@pytest.mark.parametrize("other", ["Fatma Ziani", "Fathima Ziany", "Fatima", "F. Ziani"])
def test_a_date_that_contradicts_hides_a_name_that_is_only_close(other):
    assert likeness("Fatima Ziani", other).likely
    assert not likeness("Fatima Ziani", other, BORN, date(1961, 11, 3)).likely


def test_the_very_same_name_stays_proposed_whatever_the_dates():
    found = likeness("Awa Diallo", "DIALLO Awa", BORN, date(1961, 11, 3))

    assert found.born is Born.CONTRADICTS
    assert found.score == likeness("Awa", "awa", BORN, date(1961, 11, 3)).score >= PROPOSE


@pytest.mark.parametrize(
    ("one", "other", "born"),
    [
        (BORN, None, Born.UNKNOWN),
        (BORN, BORN, Born.AGREES),
        (BORN, date(1987, 12, 4), Born.CLOSE),
        (BORN, date(1978, 4, 12), Born.CLOSE),
        (BORN, date(1987, 1, 1), Born.CLOSE),
        (date(1987, 1, 1), date(1987, 1, 1), Born.CLOSE),
        (BORN, date(1961, 1, 1), Born.CONTRADICTS),
        (BORN, date(1987, 5, 13), Born.CONTRADICTS),
    ],
)
def test_a_slip_in_a_date_or_an_unknown_day_is_not_a_contradiction(one, other, born):
    assert likeness("Awa", "Awa", one, other).born is born


maybe_dates = st.none() | st.dates()


@settings(deadline=None)
@given(names, names, maybe_dates, maybe_dates)
def test_likeness_is_the_same_from_both_sides(one, other, born, other_born):
    assert likeness(one, other, born, other_born) == likeness(other, one, other_born, born)


@settings(deadline=None)
@given(names, names, maybe_dates, maybe_dates)
def test_a_score_is_between_nothing_and_one(one, other, born, other_born):
    assert 0 <= likeness(one, other, born, other_born).score <= 1


@settings(deadline=None)
@given(names)
def test_a_name_is_like_itself_and_like_its_folded_form(name):
    assume(fold(name))

    assert likeness(name, name).score == 1
    assert likeness(name, name).reason is Reason.SAME_NAME
    assert likeness(name, fold(name)).score == 1


def test_a_name_without_a_letter_is_like_no_other():
    assert likeness(" -", " -").score == 0
    assert likeness(" -", " -").reason is Reason.DIFFERENT


@pytest.mark.parametrize(
    "text", ["a" * 100_000, "el " * 50_000, "ab " * 50_000, "\ud800" * 100_000]
)
def test_an_endless_name_is_compared_by_its_beginning(text):
    assert likeness(text, "Awa").score < PROPOSE
    assert likeness(text, text).score in {0, 1}
