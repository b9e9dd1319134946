"""What a heading says of a day, and a title of a month."""

import pytest

from relier.lib.spreadsheets import Cell, Kind
from relier.lib.spreadsheets.headings import (
    DaySaid,
    MonthSaid,
    day_said,
    month_said,
    weekdays_said,
)


def text(said):
    return Cell(Kind.TEXT, said)


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("lu 3/2", DaySaid(3, 2, None, frozenset({0}))),
        ("03/02", DaySaid(3, 2)),
        ("lun. 03/02/26", DaySaid(3, 2, 2026, frozenset({0}))),
        ("mardi 3 février 2026", DaySaid(3, 2, 2026, frozenset({1}))),
        ("3 févr.", DaySaid(3, 2)),
        ("1er mars", DaySaid(1, 3)),
        ("mar 4", DaySaid(4, None, None, frozenset({1}))),
        ("M 4", DaySaid(4, None, None, frozenset({1, 2}))),
        ("14", DaySaid(14)),
        ("2026-02-03", DaySaid(3, 2, 2026)),
    ],
)
def test_a_heading_says_its_day(heading, said):
    assert day_said(text(heading)) == said


@pytest.mark.parametrize(
    "heading", ["Total", "3h30", "12 h", "45", "3/13", "Awa", "", "Sem. 6", "X", "03/02/2026 09"]
)
def test_what_says_no_day_is_none(heading):
    assert day_said(text(heading)) is None


def test_a_day_and_a_number_of_a_workbook_are_days_too():
    assert day_said(Cell(Kind.DAY, "2026-02-03")) == DaySaid(3, 2, 2026)
    assert day_said(Cell(Kind.NUMBER, "3")) == DaySaid(3)
    assert day_said(Cell(Kind.NUMBER, "46056")) == DaySaid(3, 2, 2026)
    assert day_said(Cell(Kind.NUMBER, "45.5")) is None
    assert day_said(Cell(Kind.FORMULA, "=B1+1")) is None


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Présences février 2026", MonthSaid(2, 2026)),
        ("02-2026", MonthSaid(2, 2026)),
        ("presences_2026_02.xlsx", MonthSaid(2, 2026)),
        ("Feuille de présence — Févr. 26", MonthSaid(2, 2026)),
        ("Du 01/02/2026 au 28/02/2026", MonthSaid(2, 2026)),
        ("Année 2025-2026", MonthSaid(None, 2025, 2026)),
        ("janv", MonthSaid(1)),
        ("Mars", MonthSaid(3)),
        ("Formateur : Jan Peeters", MonthSaid()),
        ("Du 01/02/2026 au 01/03/2026", MonthSaid(None, 2026)),
        ("Imprimé le 03/11/2026", MonthSaid(None, 2026)),
    ],
)
def test_a_title_says_its_month_where_it_says_one(title, said):
    assert month_said(title) == said


def test_a_school_year_turns_in_august():
    said = month_said("Année 2025-2026")

    assert (said.year_of(9), said.year_of(2)) == (2025, 2026)


def test_a_letter_may_be_two_days_of_the_week():
    assert weekdays_said(text("M")) == {1, 2}
    assert weekdays_said(text("lun.")) == {0}
    assert weekdays_said(text("CM")) == frozenset()
