"""Lengths of time: what ships, what a centre says from a day on, and what the law holds."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from relier.centres.access import Refused
from relier.lib.days import after_months
from relier.privacy import actions
from relier.privacy.models import TermChange, terms_of
from relier.privacy.rules.terms import (
    CISP_FILE,
    CLASS_OF_KIND,
    CPAS_FILE,
    TERMS,
    hold_on,
    shipped,
)
from tests import factories as make

DAY = date(2026, 11, 20)
SHIPPED = {name: shipped(name) for name in TERMS}


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 11, 20), 1, date(2026, 12, 20)),
        (date(2026, 12, 20), 1, date(2027, 1, 20)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
    ],
)
def test_months_are_counted_to_the_same_day_or_the_last(day, months, expected):
    assert after_months(day, months) == expected


def test_each_term_says_where_it_comes_from():
    for term in TERMS.values():
        assert str(term.source)
        assert term.least <= term.value <= term.most


def test_what_was_not_read_says_so():
    assert SHIPPED[CPAS_FILE].doubt
    assert SHIPPED[CISP_FILE].doubt


def test_a_cisp_keeps_a_file_ten_years_from_entry_and_not_a_day_more():
    entered = date(2016, 11, 20)

    assert hold_on("cisp", entered, SHIPPED, on=date(2026, 11, 19)).ends_on == DAY
    assert hold_on("cisp", entered, SHIPPED, on=DAY) is None


def test_another_kind_of_centre_keeps_nothing():
    assert "other" not in CLASS_OF_KIND
    assert hold_on("other", DAY, SHIPPED, on=DAY) is None


def change(member, **said):
    values = {"value": 5, "source": "décret", "from_on": DAY, "form_key": uuid4(), **said}
    return actions.change_term(CISP_FILE, by=make.actor(member), **values)


def test_a_centre_says_another_from_a_day_on(house):
    change(house.coordinator, value=12, from_on=date(2027, 1, 1))

    assert terms_of(house.centre.pk, on=DAY)[CISP_FILE].value == 10
    later = terms_of(house.centre.pk, on=date(2027, 1, 1))[CISP_FILE]
    assert (later.value, later.source) == (12, "décret")
    assert terms_of(house.zoe.centre_id, on=date(2027, 1, 1))[CISP_FILE].value == 10


def test_taken_back_it_is_as_it_came(house):
    change(house.coordinator)
    change(house.coordinator, value=None, source="")

    assert terms_of(house.centre.pk, on=DAY)[CISP_FILE].value == 10


def test_a_term_needs_a_source_and_makes_sense(house):
    with pytest.raises(ValidationError):
        change(house.coordinator, source="")
    with pytest.raises(ValidationError):
        change(house.coordinator, value=500)


def test_a_term_is_never_rewritten(house):
    said = change(house.coordinator)

    with pytest.raises(TypeError):
        said.save()


def test_a_worker_changes_no_term(house):
    with pytest.raises(Refused):
        change(house.nour)
    assert not TermChange.objects.exists()
