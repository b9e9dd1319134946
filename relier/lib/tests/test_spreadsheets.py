"""Spreadsheets as they come: letters, separators, days, formulas; and those that are traps."""

import io
import os
import time
import zipfile
from datetime import date

import pytest

from relier.lib.spreadsheets import Cell, Fault, Kind, Remark, Unreadable, read
from relier.lib.spreadsheets.apart import read_apart
from relier.lib.spreadsheets.saying import day_of_serial, days_of, hour_of, number_of

from .sheets_made import (
    bomb,
    csv_of,
    ods_of,
    ods_row,
    repacked,
    with_macros,
    xlsx_of,
)

TODAY = date(2026, 11, 27)
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def cell_xml(attributes, words, inside=""):
    return f"<table:table-cell {attributes}>{inside}<text:p>{words}</text:p></table:table-cell>"


def repeated(times):
    return cell_xml(f'table:number-columns-repeated="{times}" office:value-type="string"', "x")


def cells(book, row=0):
    return book.sheets[0].rows[row].cells


def fault_of(data, **more):
    with pytest.raises(Unreadable) as refused:
        read_apart(data, **more)
    return refused.value


# --- letters and separators ---


@pytest.mark.parametrize("encoding", "utf-8 utf-8-sig cp1252 utf-16 utf-16-le utf-16-be".split())
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_letters_and_separators_are_found(encoding, separator):
    lines = [
        separator.join(line) for line in (["Nom", "Prénom"], ["Çelik", "Zoé"], ["Idrissi", "Aïcha"])
    ]

    book = read(csv_of(*lines, encoding=encoding))

    assert [[cell.text for cell in row.cells] for row in book.sheets[0].rows] == [
        ["Nom", "Prénom"], ["Çelik", "Zoé"], ["Idrissi", "Aïcha"],
    ]  # fmt: skip
    assert (Remark.OLD_LETTERS in book.remarks) is (encoding == "cp1252")


def test_a_comma_in_numbers_is_no_separator():
    book = read(csv_of("Nom;Heures", "Awa;3,5", "Idris;7,25"))

    assert [cell.text for cell in cells(book, 1)] == ["Awa", "3,5"]


def test_a_first_line_that_says_the_separator_is_believed_and_counted():
    book = read(csv_of("sep=,", "Nom,Prénom", "a;b,c"))

    assert (book.sheets[0].rows[1].line, [cell.text for cell in cells(book, 1)]) == (
        3,
        ["a;b", "c"],
    )


def test_lines_are_numbered_as_a_spreadsheet_program_shows_them():
    book = read(csv_of("Nom;Rue", 'Awa;"rue A\r\n4000 Liège"', "", "Idris;rue B"))

    assert [row.line for row in book.sheets[0].rows] == [1, 2, 4]


def test_formulas_are_told_and_quoted_texts_are_texts():
    book = read(csv_of("a;b;c;d;e", '=SOMME(A1:A2);="00123";-5;+32470000001;@x'))

    assert [cell.kind for cell in cells(book, 1)] == [
        Kind.FORMULA, Kind.TEXT, Kind.TEXT, Kind.TEXT, Kind.FORMULA,
    ]  # fmt: skip
    assert cells(book, 1)[1].text == "00123"


# --- XLSX and ODS ---


def test_cells_of_a_workbook_keep_their_kind():
    book = read(xlsx_of(["Nom", None, date(2026, 12, 31), 3.5, 470123456, True, "=1+1", " x "]))

    assert cells(book) == [
        Cell(Kind.TEXT, "Nom"), Cell(Kind.TEXT, ""), Cell(Kind.DAY, "2026-12-31"),
        Cell(Kind.NUMBER, "3.5"), Cell(Kind.NUMBER, "470123456"), Cell(Kind.BOOLEAN, "true"),
        Cell(Kind.FORMULA, "=1+1"), Cell(Kind.TEXT, "x"),
    ]  # fmt: skip


def test_cells_of_an_ods_keep_their_kind():
    formula = cell_xml('table:formula="of:=SUM([.A1])" office:value-type="float"', "1")
    lasts = cell_xml('office:value-type="time" office:time-value="PT03H30M00S"', "3:30")
    wrong = cell_xml('calcext:value-type="error" office:value-type="string"', "#REF!")
    book = read(ods_of([ods_row("Nom", None, date(2026, 12, 31), 3.5, formula, lasts, wrong)]))

    assert cells(book) == [
        Cell(Kind.TEXT, "Nom"), Cell(Kind.TEXT, ""), Cell(Kind.DAY, "2026-12-31"),
        Cell(Kind.NUMBER, "3.5"), Cell(Kind.FORMULA, "=SUM([.A1])"), Cell(Kind.HOUR, "03:30:00"),
        Cell(Kind.ERROR, "#REF!"),
    ]  # fmt: skip


def test_comments_and_former_versions_are_no_part_of_an_ods_cell():
    comment = "<office:annotation><text:p>secret</text:p></office:annotation>"
    noted = cell_xml('office:value-type="string"', "Awa", comment)
    former = f"<table:tracked-changes>{cell_xml('', 'Old')}</table:tracked-changes>"
    data = ods_of([former, ods_row(noted)])

    assert cells(read(data)) == [Cell(Kind.TEXT, "Awa")]


def test_empty_cells_repeated_without_end_cost_nothing():
    far = '<table:table-cell table:number-columns-repeated="16384"/>'
    rows = [ods_row("Nom"), ods_row(far, times=1_000_000), ods_row("Awa")]

    book = read(ods_of(rows[:2]))

    assert [row.line for row in book.sheets[0].rows] == [1]


def test_macros_and_links_are_said_and_left_where_they_are():
    workbook = with_macros(xlsx_of(["Nom"]))
    ods = ods_of([ods_row("Nom")], add=[("Basic/Standard/Module1.xml", "<x/>")])

    assert read(workbook).remarks == [Remark.MACROS]
    assert read(ods).remarks == [Remark.MACROS]


# --- traps ---


def test_two_gigabytes_in_two_megabytes_are_refused_at_once():
    data = bomb()
    begun = time.monotonic()

    assert fault_of(data).fault is Fault.BOMB
    assert time.monotonic() - begun < 20


def test_a_bomb_that_lies_about_its_size_is_refused():
    # `zipfile` reads no more than was claimed, and then finds that it is not what was packed.
    assert fault_of(bomb(claimed=100)).fault is Fault.DAMAGED
    assert fault_of(bomb(claimed=60 * 1024 * 1024)).fault is Fault.DAMAGED


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("declared", [LAUGHS, OUTSIDE])
def test_entities_are_refused(declared):
    def declare(name, content):
        if not name.startswith("xl/worksheets/"):
            return content
        head, _, rest = content.partition(b"?>")
        return (head + b"?>" if rest else b"") + declared.encode() + (rest or content)

    assert fault_of(repacked(xlsx_of(["Nom"]), declare)).fault is Fault.ENTITIES
    assert fault_of(ods_of([ods_row("Nom")], declared=declared)).fault is Fault.ENTITIES


def test_entities_in_another_encoding_are_refused():
    sheet = '<?xml version="1.0" encoding="UTF-16"?>' + LAUGHS + "<worksheet/>"
    data = repacked(
        xlsx_of(["Nom"]),
        lambda name, content: sheet.encode("utf-16") if "worksheets/" in name else content,
    )

    assert fault_of(data).fault is Fault.ENTITIES


@pytest.mark.parametrize(
    ("cell", "times", "fault"),
    [
        (repeated(16_000), 1, Fault.TOO_WIDE),
        ("x", 1_000_000, Fault.TOO_LONG),
        (repeated(99), 900_000_000, Fault.TOO_LONG),
    ],
)
def test_cells_that_repeat_without_end_are_refused(cell, times, fault):
    assert fault_of(ods_of([ods_row(cell, times=times)])).fault is fault


def test_sheets_that_are_too_wide_or_too_long_are_refused():
    assert fault_of(xlsx_of(["x"] * 2_000)).fault is Fault.TOO_WIDE
    assert fault_of(csv_of(";".join(["x"] * 2_000))).fault is Fault.TOO_WIDE
    assert fault_of(csv_of(*["x;y"] * 30_000)).fault is Fault.TOO_LONG


def test_a_cell_far_away_is_not_lost_without_a_word():
    far = repacked(xlsx_of(["Nom"]), lambda name, content: content.replace(b'r="A1"', b'r="XFD1"'))

    assert fault_of(far).fault is Fault.TOO_WIDE


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", Fault.EMPTY),
        (b"\r\n \r\n", Fault.EMPTY),
        (b";;;\r\n;;;", Fault.EMPTY),
        (b"%PDF-1.7 ...", Fault.KIND),
        (b"\x89PNG\r\n\x1a\n", Fault.KIND),
        (b"<html><table></table></html>", Fault.KIND),
        (b'{"a": 1}', Fault.KIND),
        (bytes(range(256)) * 20, Fault.KIND),
        (b"PK\x03\x04 not a zip", Fault.DAMAGED),
        (OLD + b"\x00" * 600, Fault.OLD),
        (OLD + "EncryptedPackage".encode("utf-16-le"), Fault.LOCKED),
        (b'a;"' + b"x" * 30_000, Fault.DAMAGED),
    ],
)  # fmt: skip
def test_what_is_no_spreadsheet_is_named(data, fault):
    assert fault_of(data).fault is fault


def test_other_archives_and_locked_ones_are_named():
    word = io.BytesIO()
    with zipfile.ZipFile(word, "w") as kept:
        kept.writestr("word/document.xml", "<x/>")
    locked = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"

    assert fault_of(word.getvalue()).fault is Fault.KIND
    assert fault_of(ods_of([ods_row("Nom")], locked=locked)).fault is Fault.LOCKED


def test_a_file_cut_anywhere_is_damaged_or_read_never_a_crash():
    for whole in (xlsx_of(["Nom", "Prénom"], ["Diallo", "Awa"]), ods_of([ods_row("Nom", "Awa")])):
        for cut in range(1, len(whole), max(1, len(whole) // 40)):
            try:
                read(whole[:cut])
            except Unreadable:
                continue


def test_a_file_that_takes_too_long_is_ended():
    assert fault_of(csv_of(*["x;y"] * 20_000), within=0.01).fault is Fault.SLOW


@pytest.mark.skipif(os.name == "nt", reason="memory is not bounded there")
def test_the_process_apart_may_write_no_file_and_hold_no_more_than_its_share():
    import subprocess
    import sys

    from relier.lib.spreadsheets import apart

    code = (
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "from relier.lib.spreadsheets import apart; apart.bound(apart.MOST_MEMORY)\n"
        "try:\n  open('/tmp/written-by-a-spreadsheet', 'w').write('x' * 10000)\n"
        "except OSError: print('no file')\n"
        "try:\n  b'x' * (900 * 1024 * 1024)\n"
        "except MemoryError: print('no memory')\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", code],
        env=apart.environment(), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip

    assert said.stdout.split("\n")[:2] == ["no file", "no memory"]


# --- days, numbers, hours ---


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31/12/2026", date(2026, 12, 31)),
        ("31-12-26", date(2026, 12, 31)),
        ("31.12.2026", date(2026, 12, 31)),
        ("2026-12-31", date(2026, 12, 31)),
        ("2026-12-31 00:00:00", date(2026, 12, 31)),
        ("1er janvier 2026", date(2026, 1, 1)),
        ("lundi 5 janv. 2026", date(2026, 1, 5)),
        ("12 août 1991", date(1991, 8, 12)),
        ("3/4/78", date(1978, 4, 3)),
    ],
)
def test_days_are_read_with_the_day_first(text, day):
    assert days_of(text, latest=TODAY).day_first == day


def test_a_day_that_can_be_read_two_ways_says_both():
    found = days_of("04/05/2026", latest=TODAY)

    assert found == (date(2026, 5, 4), date(2026, 4, 5))
    assert not days_of("13/05/2026", latest=TODAY).is_ambiguous
    assert not days_of("05/05/2026", latest=TODAY).is_ambiguous


@pytest.mark.parametrize(
    "text", ["", "31/02/2026", "0/1/2026", "demain", "2026", "1/2/3/4", "99999"]
)
def test_what_is_no_day_is_none(text):
    assert not days_of(text, latest=TODAY).is_day


def test_numbers_of_excel_are_days_where_they_are_likely():
    assert day_of_serial("46022") == date(2025, 12, 31)
    assert day_of_serial("12") is None
    assert day_of_serial("1e400") is None


def test_numbers_and_hours_are_read_as_they_are_written_here():
    assert [number_of(text) for text in ("3,5", "1 234,5", "7", "x", "")] == [
        3.5,
        1234.5,
        7,
        None,
        None,
    ]
    assert [hour_of(text) for text in ("9h", "9h30", "09:30", "9.30", "25h", "x")] == [
        (9, 0), (9, 30), (9, 30), (9, 30), None, None,
    ]  # fmt: skip
