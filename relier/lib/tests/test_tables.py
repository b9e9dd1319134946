"""Tables that leave: numbers are numbers, texts stay texts, the same rows give the same bytes."""

import csv as csv_files
import io
import zipfile
from datetime import UTC, datetime
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as some

from relier.lib import tables
from relier.lib.tables import Table

from .spreadsheet_reading import read_ods

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
FORMULAS = ["=1+1", "+32 87", "-1", "@SUM(A1)", " =1", "\t=1", "\n=1", "＝1", "'=1", "\ufeff=1"]


def as_ods(*rows, head=("A",), **more):
    return tables.ods([Table("T", head, rows, **more)], title="t", language="fr", made_at=NOON)


def csv_rows(data):
    return list(csv_files.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_looks_like_a_formula_is_not_worked_out_in_csv(text):
    [_head, [cell]] = csv_rows(tables.csv(Table("T", ("A",), [(text,)])))

    assert cell == f"'{text}"


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_looks_like_a_formula_is_a_text_in_ods(text):
    [[cell]] = read_ods(as_ods((text,)))["T"][1:]

    assert isinstance(cell, str)
    assert b"table:formula" not in as_ods((text,))


def test_the_head_is_guarded_as_its_cells_are():
    assert csv_rows(tables.csv(Table("T", ("=A",), [])))[0] == ["'=A"]


@pytest.mark.parametrize(
    ("value", "written"),
    [(Decimal("34.75"), "34,75"), (Decimal("36.00"), "36"), (-2, "-2"), (Decimal("1E+2"), "100")],
)
def test_a_number_is_written_as_a_number(value, written):
    [_head, [cell]] = csv_rows(tables.csv(Table("T", ("A",), [(value,)])))

    assert cell == written
    assert read_ods(as_ods((value,)))["T"][1] == [Decimal(value)]


def test_nothing_is_an_empty_cell():
    assert csv_rows(tables.csv(Table("T", ("A", "B"), [(None, 1)])))[1] == ["", "1"]
    assert read_ods(as_ods((None, 1), head=("A", "B")))["T"][1] == [None, Decimal(1)]


def test_what_is_no_number_is_refused():
    with pytest.raises(ValueError, match="no number"):
        tables.csv(Table("T", ("A",), [(Decimal("NaN"),)]))


def test_a_row_of_another_length_is_refused():
    with pytest.raises(ValueError, match="2 cells"):
        Table("T", ("A",), [("a", "b")])


def test_a_text_of_several_lines_or_spaces_comes_back_whole():
    text = "Ligne  une\n  & <deux>"

    assert read_ods(as_ods((text,)))["T"][1] == [text]
    assert csv_rows(tables.csv(Table("T", ("A",), [(text,)])))[1] == [text]


@given(some.text())
def test_any_text_makes_a_spreadsheet_that_opens(text):
    with zipfile.ZipFile(io.BytesIO(as_ods((text,), head=(text,)))) as archive:
        ElementTree.fromstring(archive.read("content.xml"))


def test_the_same_rows_give_the_same_bytes():
    assert as_ods(("a",)) == as_ods(("a",))


def test_the_kind_of_the_file_is_read_without_opening_it():
    data = as_ods(("a",))

    assert data[30:38] == b"mimetype"
    assert data[38:84] == b"application/vnd.oasis.opendocument.spreadsheet"


def test_two_sheets_never_have_one_name():
    long = "Une filière dont le nom est beaucoup trop long"
    many = [Table(name, ("A",), []) for name in (long, long, "a/b", "a b", "", "")]

    names = list(read_ods(tables.ods(many, title="t", language="fr", made_at=NOON)))

    assert len({name.casefold() for name in names}) == 6
    assert all(0 < len(name) <= 31 and "/" not in name for name in names)


def test_a_moment_without_its_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        tables.ods([], title="t", language="fr", made_at=NOON.replace(tzinfo=None))


def content_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("content.xml").decode()


def test_a_column_is_as_wide_as_its_longest_cell_and_no_wider_than_a_sheet_takes():
    narrow, long = content_of(as_ods(("a",))), content_of(as_ods(("a" * 30,)))
    endless = content_of(as_ods(("a" * 500,)))

    assert 'style:column-width="18mm"' in narrow
    assert 'style:column-width="67mm"' in long
    assert 'style:column-width="80mm"' in endless


def test_numbers_bear_the_signs_of_the_language_of_the_table():
    french = content_of(as_ods((Decimal("1074.25"),)))

    assert 'number:language="fr"' in french
    assert 'table:style-name="head_of_numbers"' in french


def test_a_table_is_printed_on_its_side_and_as_wide_as_one_sheet():
    with zipfile.ZipFile(io.BytesIO(as_ods(("a",)))) as archive:
        pages = archive.read("styles.xml").decode()

    assert 'style:print-orientation="landscape"' in pages
    assert 'style:scale-to-X="1"' in pages
