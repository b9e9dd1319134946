"""The agenda of a meeting, in plain values."""

from datetime import UTC, datetime, time, timedelta

import pytest

from relier.deliberation.rules import agenda

BEGUN = datetime(2026, 11, 27, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize("minutes", ["60", "90"])
def test_a_ready_agenda_lasts_what_it_says(minutes):
    assert sum(line.minutes for line in agenda.READY[minutes]) == int(minutes)


def test_hours_follow_one_another_past_midnight():
    assert agenda.hours(time(23, 30), [20, 30]) == [time(23, 30), time(23, 50), time(0, 20)]
    assert agenda.hours(time(9), []) == [time(9)]


@pytest.mark.parametrize(
    ("after", "left"),
    [(0, 10), (1, 10), (60, 9), (61, 9), (599, 1), (600, 0), (9000, 0), (-600, 10)],
)
def test_minutes_that_are_left_are_whole_and_never_below_nothing(after, left):
    now = BEGUN + timedelta(seconds=after)

    assert agenda.minutes_left(BEGUN, 10, now=now) == left


def test_statements_are_walked_one_by_one_where_they_are_read_or_raised_hands_for():
    items = [("a", "welcome"), ("b", "hands"), ("c", "statements")]

    assert agenda.steps(items, [1, 2]) == [
        ("a", None), ("b", 1), ("b", 2), ("c", 1), ("c", 2),
    ]  # fmt: skip
    assert agenda.steps(items, []) == [("a", None), ("b", None), ("c", None)]


@pytest.mark.parametrize(
    ("here", "at"),
    [(("b", 2), 2), (("b", 9), 1), (("b", None), 1), (("z", 1), 0), ((None, None), 0)],
)
def test_where_a_statement_or_an_item_went_away_one_stands_nearby(here, at):
    assert agenda.place_of([("a", None), ("b", 1), ("b", 2)], here) == at
