"""Deadlines: the worked examples of docs/deadlines.md, and what holds for any day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relier.lib import deadlines
from relier.lib.days import is_working_day

DAYS = st.dates(date(2014, 1, 1), date(2035, 12, 31))
DELAYS = st.integers(1, 120)
A_DAY = timedelta(days=1)

# The table of docs/deadlines.md.
EXAMPLES = [
    (date(2026, 3, 2), 15, False, date(2026, 3, 17)),
    (date(2026, 3, 6), 15, False, date(2026, 3, 23)),
    (date(2026, 3, 23), 14, False, date(2026, 4, 7)),
    (date(2026, 6, 22), 15, True, date(2026, 9, 7)),
    (date(2026, 6, 12), 15, True, date(2026, 6, 29)),
    (date(2022, 6, 13), 12, True, date(2022, 6, 27)),
    (date(2028, 6, 15), 2, False, date(2028, 6, 19)),
    (date(2026, 3, 1), 0, False, date(2026, 3, 1)),
]


@pytest.mark.parametrize(("start", "days", "without_summer", "due"), EXAMPLES)
def test_the_worked_examples(start, days, without_summer, due):
    assert deadlines.due_on(start, days, without_summer=without_summer) == due


def test_what_is_moved_into_the_summer_is_due_in_september():
    # Saturday 30 June 2029, then Monday 2 July.
    assert deadlines.due_on(date(2029, 6, 20), 10, without_summer=True) == date(2029, 9, 3)
    assert deadlines.due_on(date(2029, 6, 20), 10) == date(2029, 7, 2)


@given(DAYS, DELAYS, st.booleans())
def test_a_deadline_is_a_working_day_that_counts(start, days, without_summer):
    due = deadlines.due_on(start, days, without_summer=without_summer)

    assert is_working_day(due)
    assert deadlines.counts(due, without_summer=without_summer)


def days_between(start, due, *, without_summer):
    """Slowly: each day that counts after the start, up to the deadline."""
    day, found = start + A_DAY, []
    while day <= due:
        if not (without_summer and day.month in (7, 8)):
            found.append(day)
        day += A_DAY
    return found


@given(DAYS, DELAYS, st.booleans())
def test_the_whole_delay_fits_before_it_and_only_days_off_follow_it(start, days, without_summer):
    due = deadlines.due_on(start, days, without_summer=without_summer)

    between = days_between(start, due, without_summer=without_summer)
    assert len(between) >= days
    assert not [day for day in between[days - 1 : -1] if is_working_day(day)]


@given(DAYS, DELAYS, st.booleans())
def test_a_longer_delay_is_never_due_earlier(start, days, without_summer):
    shorter = deadlines.due_on(start, days, without_summer=without_summer)

    assert deadlines.due_on(start, days + 1, without_summer=without_summer) >= shorter


@given(DAYS, DELAYS)
def test_the_summer_only_puts_off(start, days):
    assert deadlines.due_on(start, days, without_summer=True) >= deadlines.due_on(start, days)


def test_what_is_done_on_the_due_day_is_in_time():
    due = date(2026, 3, 17)

    assert not deadlines.is_late(due, due, on=date(2026, 4, 1))
    assert deadlines.is_late(due + A_DAY, due, on=date(2026, 4, 1))
    assert not deadlines.is_late(None, due, on=due)
    assert deadlines.is_late(None, due, on=due + A_DAY)


def test_days_left_are_those_of_the_calendar():
    assert deadlines.days_left(date(2026, 3, 17), on=date(2026, 3, 15)) == 2
    assert deadlines.days_left(date(2026, 3, 17), on=date(2026, 3, 18)) == -1


def test_a_validity_is_not_put_off():
    assert deadlines.last_valid_day(date(2026, 2, 28), 7) == date(2026, 3, 7)


def test_neither_is_negative():
    for ask in (deadlines.due_on, deadlines.last_valid_day):
        with pytest.raises(ValueError, match="not negative"):
            ask(date(2026, 3, 2), -1)
