"""Which columns of a sheet are days, and of which month."""

from datetime import date

import pytest

from relier.lib.spreadsheets import Cell, Kind, Row, Sheet
from relier.training.importing.by_day import days_of
from relier.training.importing.totals import is_total


def sheet(*rows, title="", first=1):
    return Sheet(title, [Row(line, cells(row)) for line, row in enumerate(rows, start=first)])


def cells(row):
    return [one if isinstance(one, Cell) else Cell(Kind.TEXT, str(one)) for one in row]


def formula(text="=C1+1"):
    return Cell(Kind.FORMULA, text)


def found(days):
    return {one.column: one.day for one in days.read}


def faults(days):
    return {one.column: one.fault for one in days.unread}


def test_days_that_say_all_need_no_month():
    days = days_of(sheet(["Nom", "03/02/2026", "04/02/2026", "Total"]), 1)

    assert found(days) == {1: date(2026, 2, 3), 2: date(2026, 2, 4)}
    assert (days.asks_month, days.asks_year) == (False, False)


def test_the_name_of_the_sheet_says_the_month_of_bare_numbers():
    days = days_of(sheet(["Nom", "3", "4"], title="Février 2026"), 1)

    assert found(days) == {1: date(2026, 2, 3), 2: date(2026, 2, 4)}


def test_the_name_of_the_file_says_it_where_the_sheet_does_not():
    days = days_of(sheet(["Nom", "3", "4"]), 1, called="presences 2026-02.ods")

    assert found(days)[1] == date(2026, 2, 3)


def test_what_nothing_says_is_asked_and_what_is_said_fills_it():
    bare = sheet(["Nom", "3", "4"])

    asked = days_of(bare, 1)
    said = days_of(bare, 1, month=2, year=2026)

    assert (asked.asks_month, asked.asks_year) == (True, True)
    assert faults(asked) == {1: "day_unsaid", 2: "day_unsaid"}
    assert found(said)[2] == date(2026, 2, 4)


def test_a_year_that_is_missing_is_asked_alone():
    days = days_of(sheet(["Nom", "lu 3/2", "ma 4/2"]), 1)

    assert (days.asks_month, days.asks_year) == (False, True)


def test_months_that_are_merged_above_the_days_hold_until_the_next():
    days = days_of(
        sheet(["", "Janvier 2026", "", "Février 2026", ""], ["Nom", "29", "30", "2", "3"]), 2
    )

    assert list(found(days).values()) == [
        date(2026, 1, 29), date(2026, 1, 30), date(2026, 2, 2), date(2026, 2, 3),
    ]  # fmt: skip


def test_a_school_year_gives_each_month_its_year():
    days = days_of(sheet(["Année 2025-2026"], ["Nom", "15/12", "12/01"]), 2)

    assert found(days) == {1: date(2025, 12, 15), 2: date(2026, 1, 12)}


@pytest.mark.parametrize("said", ["lu 3/2/2026", "31/02/2026"])
def test_a_day_that_cannot_be_is_not_read(said):
    days = days_of(sheet(["Nom", said, "04/02/2026"]), 1)

    assert faults(days)[1] in ("weekday_differs", "no_such_day")
    assert found(days) == {2: date(2026, 2, 4)}


def test_the_days_of_the_week_that_stand_beside_are_checked():
    right = sheet(["", "M", "M"], ["Nom", "3", "4"], title="février 2026")
    wrong = sheet(["Nom", "3", "4"], ["", "L", "J"], title="février 2026")

    assert len(days_of(right, 2).read) == 2
    assert set(faults(days_of(wrong, 1)).values()) == {"weekday_differs"}
    assert days_of(wrong, 1).weekday_line == 2


def test_someone_ill_all_week_is_no_line_of_weekdays():
    days = days_of(sheet(["Nom", "3", "4"], ["Diallo", "M", "J"], title="février 2026"), 1)

    assert len(days.read) == 2
    assert days.weekday_line == 0


def test_a_day_that_stands_twice_is_read_once():
    days = days_of(sheet(["Nom", "03/02/2026", "03/02/2026"]), 1)

    assert faults(days) == {2: "day_twice"}


def test_a_day_that_is_a_formula_is_not_read_and_a_total_is_no_day():
    row = ["Nom", "03/02/2026", formula("=B1+1"), formula("=SUM(B2:C2)")]

    assert faults(days_of(sheet([*row[:2], "04/02/2026", row[3]]), 1)) == {}
    assert faults(days_of(sheet([*row[:3], "05/02/2026"]), 1)) == {2: "day_formula"}


def test_a_column_without_a_day_among_them_is_named():
    days = days_of(
        sheet(["Nom", "03/02/2026", "", "05/02/2026", ""], [], ["Diallo", "3", "2", "3"]), 1
    )

    assert faults(days) == {2: "day_nameless"}


def test_fewer_than_two_days_are_no_sheet_by_day():
    assert days_of(sheet(["Nom", "03/02/2026", "Heures"]), 1).columns == []


@pytest.mark.parametrize(
    "words", [["Total"], ["TOTAUX :"], ["", "Total heures"], ["Nombre de présents"], ["Total", "h"],
              ["Sous-total"], ["Moyenne"], ["Présents"], ["Somme"]],
)  # fmt: skip
def test_a_line_that_adds_up_is_known(words):
    assert is_total(Row(9, cells([*words, Cell(Kind.NUMBER, "12"), formula("=SUM(B2:B8)")])))


@pytest.mark.parametrize(
    "words", [["Somme", "Jean"], ["Diallo", "Awa"], ["Total", "Jean"], ["12"], ["Toto"]]
)
def test_a_line_that_names_someone_is_not(words):
    assert not is_total(Row(9, cells([*words, Cell(Kind.NUMBER, "12")])))
