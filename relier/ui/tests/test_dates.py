"""Days and hours as people say them."""

from datetime import UTC, date, datetime, time

import pytest
from django.template import Context, Template
from django.utils import translation

from relier.ui import dates


@pytest.fixture(autouse=True)
def french():
    with translation.override("fr"):
        yield


def test_a_day_is_told_in_full():
    assert dates.day(date(2026, 11, 24)) == "mardi 24 novembre 2026"


def test_the_first_of_a_month_is_the_first():
    assert dates.day(date(2026, 12, 1)) == "mardi 1er décembre 2026"


def test_english_counts_the_first_like_the_others():
    with translation.override("en"):
        assert dates.day(date(2026, 12, 1)) == "Tuesday 1 December 2026"


def test_a_short_day_keeps_its_year():
    assert dates.short_day(date(2026, 11, 3)) == "3 nov. 2026"


def test_an_hour_says_its_minutes_only_when_it_has_some():
    assert dates.hour(time(10)) == "10\u00a0h"
    assert dates.hour(time(9, 5)) == "9\u00a0h\u00a005"


def test_a_moment_is_told_in_the_time_of_the_centre():
    late_evening_elsewhere = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)

    assert dates.day(late_evening_elsewhere) == "mardi 24 novembre 2026"
    assert dates.hour(late_evening_elsewhere) == "0\u00a0h\u00a030"


def test_the_tag_also_tells_machines():
    drawn = Template('{% load ui %}{% when day "short" %}').render(
        Context({"day": date(2026, 11, 24)})
    )

    assert drawn == '<time datetime="2026-11-24">24 nov. 2026</time>'


def test_no_date_draws_nothing():
    drawn = Template("{% load ui %}{% when day %}{{ day|day }}").render(Context({"day": None}))

    assert drawn == ""
