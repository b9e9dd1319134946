"""How long, as people write it; and the days of a series."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from relier.training.rules.durations import minutes_of, told
from relier.training.rules.series import MOST_DAYS, is_holiday, preparation, weekly


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("1h30", 90), ("1:30", 90), ("90", 90), ("1 h 30", 90), ("1\u00a0h\u00a030", 90),
        ("2", 120), ("2h", 120), ("12", 720), ("15", 15), ("10 min", 10), ("1,5", 90),
        ("1.25 h", 75), ("1H05", 65), ("0:10", 10), ("0", 0), (" 3 h ", 180),
    ],
)  # fmt: skip
def test_a_duration_is_read_as_people_write_it(text, minutes):
    assert minutes_of(text) == minutes


@pytest.mark.parametrize("text", ["", "h", "1h75", "long", "-2", "1:2:3", "1h30h", "99999"])
def test_what_says_no_duration_is_refused(text):
    with pytest.raises(ValueError, match=f"^{text}$"):
        minutes_of(text)


@given(some.integers(min_value=0, max_value=24 * 60))
def test_what_we_say_we_read_again(minutes):
    assert minutes_of(told(minutes)) == minutes


DAYS = some.dates(min_value=date(2000, 1, 1), max_value=date(2090, 1, 1))
# Each bit is a day of the week.
WEEKDAYS = some.integers(min_value=0, max_value=127).map(
    lambda bits: {day for day in range(7) if bits & 1 << day}
)


@given(DAYS, some.integers(min_value=0, max_value=MOST_DAYS), WEEKDAYS)
def test_a_series_holds_each_day_asked_between_its_ends_and_no_other(first, length, weekdays):
    last = first + timedelta(days=length)

    days = weekly(first, last, weekdays)

    wanted = weekdays or {first.weekday()}
    every = [first + timedelta(days=number) for number in range(length + 1)]
    assert days == [day for day in every if day.weekday() in wanted]


@pytest.mark.parametrize("length", [-1, MOST_DAYS + 1])
def test_an_end_that_cannot_be_is_refused(length):
    first = date(2026, 1, 5)

    with pytest.raises(ValueError, match="2026"):
        weekly(first, first + timedelta(days=length))


def test_belgian_holidays_are_known():
    assert is_holiday(date(2026, 7, 21))
    assert not is_holiday(date(2026, 7, 22))


def test_three_hours_prepare_one():
    assert preparation(90, Decimal(3)) == 270
