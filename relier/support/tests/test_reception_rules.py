"""The rules of reception, by the dozen."""

from datetime import UTC, date, datetime, timedelta

import pytest

from relier.support.models import Appointment
from relier.support.rules import reception as rules
from relier.support.rules.reception import (
    Expected,
    Span,
    Surprise,
    before_it,
    expectation,
    gestures,
    meet,
    public_holidays,
    span,
    surprises,
)

State = Appointment.State


@pytest.mark.parametrize(
    ("moment", "found"),
    [
        (datetime(2026, 11, 24, 10, tzinfo=UTC), []),
        (datetime(2026, 11, 24, 2, tzinfo=UTC), [Surprise.EARLY]),
        (datetime(2026, 11, 24, 20, tzinfo=UTC), [Surprise.LATE]),
        (datetime(2026, 11, 28, 10, tzinfo=UTC), [Surprise.WEEKEND]),
        (datetime(2026, 5, 14, 10, tzinfo=UTC), [Surprise.HOLIDAY]),
        (datetime(2026, 11, 1, 6, tzinfo=UTC), [Surprise.HOLIDAY, Surprise.EARLY]),
    ],
)
def test_a_moment_surprises_when_few_people_work(moment, found):
    assert surprises(moment) == found


@pytest.mark.parametrize("day", [(1, 1), (4, 6), (5, 14), (7, 21), (11, 11), (12, 25)])
def test_the_legal_holidays_of_belgium_are_known(day):
    assert date(2026, *day) in public_holidays(2026)


def test_an_ordinary_tuesday_is_no_holiday():
    assert date(2026, 11, 24) not in public_holidays(2026)


@pytest.mark.parametrize(
    ("minutes", "other_start", "other_minutes", "together"),
    [(None, 30, None, False), (31, 30, None, True), (None, -30, None, False), (10, -30, 35, True)],
)
def test_two_meet_when_they_want_the_same_minute(minutes, other_start, other_minutes, together):
    start = datetime(2026, 11, 24, 10, tzinfo=UTC)
    other = start + timedelta(minutes=other_start)

    assert meet(start, minutes, other, other_minutes) is together
    assert meet(other, other_minutes, start, minutes) is together


MOMENT = datetime(2026, 11, 24, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "now", "offered"),
    [
        ("planned", MOMENT - timedelta(days=1), ["cancelled"]),
        ("planned", MOMENT - timedelta(hours=1), ["arrived", "seen", "cancelled"]),
        ("planned", MOMENT + timedelta(hours=1), ["arrived", "seen", "missed", "cancelled"]),
        ("planned", MOMENT + timedelta(days=1), ["seen", "missed", "cancelled"]),
        ("arrived", MOMENT + timedelta(hours=1), ["seen"]),
        ("missed", MOMENT + timedelta(hours=1), ["arrived", "seen"]),
        ("seen", MOMENT + timedelta(hours=1), []),
        ("cancelled", MOMENT, []),
    ],
)
def test_only_what_makes_sense_is_offered(state, now, offered):
    assert gestures(state, starts=MOMENT, now=now) == offered


def test_the_rules_know_the_states_of_the_table():
    assert set(State.values) == {state.value for state in rules.State}


@pytest.mark.parametrize("state", [state for state in State if state != State.PLANNED])
def test_every_word_said_can_be_taken_back(state):
    assert before_it(state, arrived=False) == State.PLANNED


@pytest.mark.parametrize(
    ("since", "found"),
    [
        (date(2026, 11, 23), Span(0, "today")),
        (date(2026, 11, 24), Span(0, "today")),
        (date(2026, 11, 22), Span(1, "days")),
        (date(2026, 11, 10), Span(13, "days")),
        (date(2026, 11, 9), Span(2, "weeks")),
        (date(2026, 9, 24), Span(8, "weeks")),
        (date(2026, 9, 23), Span(2, "months")),
        (date(2025, 11, 24), Span(11, "months")),
        (date(2025, 11, 23), Span(12, "months")),
    ],
)
def test_how_long_is_told_as_people_say_it(since, found):
    assert span(since, on=date(2026, 11, 23)) == found


@pytest.mark.parametrize(
    ("expected_on", "found"),
    [
        (None, Expected.UNKNOWN),
        (date(2026, 11, 23), Expected.COMING),
        (date(2026, 11, 22), Expected.PASSED),
    ],
)
def test_what_may_be_said_of_the_day_it_is_expected(expected_on, found):
    assert expectation(expected_on, on=date(2026, 11, 23)) is found
