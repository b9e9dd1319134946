"""CSV: which letters and which separator it is written with is found from what it holds.

Every cell is a text: who reads it says what it means. Lines are numbered as a spreadsheet program
would number them once it has opened the file: a text of several lines between quotes is one.
"""

import codecs
import csv
import io
import re
import threading
from typing import Final

from .book import Book, Cell, Fault, Kind, Remark, Unreadable
from .bounds import MOST_COLUMNS, Gathering

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEPARATORS: Final = ";,\t|"
_SAMPLE: Final = 60  # lines
_SAID: Final = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_LONGEST_FIELD: Final = 20_000
# What no text holds: a file of another kind.
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f]")
# « ="00123" » is how some write a text that a program must not turn into a number.
_QUOTED: Final = re.compile(r'="([^"]*)"')
_FORMULA: Final = re.compile(r"[=@][A-Za-z(+\-\"'$\d].*|[+\-][A-Za-z(]\w*\(.*", re.DOTALL)
# `csv` has one bound for a whole process.
_BOUND: Final = threading.Lock()


def read(data: bytes) -> Book:
    gathered = Gathering()
    text = decoded(data, gathered)
    if _CONTROLS.search(text) or text.lstrip()[:1] in ("<", "{"):
        raise Unreadable(Fault.KIND)
    separator, first = ";", 1
    if said := _SAID.match(text):
        separator, text, first = said[1], text[said.end() :], 2
    else:
        separator = separator_of(text)
    gathered.begin("")
    with _BOUND:
        before = csv.field_size_limit(_LONGEST_FIELD)
        try:
            _gather(text, separator, first, gathered)
        finally:
            csv.field_size_limit(before)
    return Book("csv", gathered.filled(), gathered.remarks)


def _gather(text: str, separator: str, first: int, gathered: Gathering) -> None:
    line = first
    try:
        for line, fields in enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=separator), start=first
        ):
            if len(fields) > MOST_COLUMNS and any(fields[MOST_COLUMNS:]):
                raise Unreadable(Fault.TOO_WIDE, line)
            gathered.add(line, map(_cell, fields))
    except csv.Error as broken:  # a quote that is never closed swallows what follows
        raise Unreadable(Fault.DAMAGED, line) from broken


def _cell(field: str) -> Cell:
    said = field.strip()
    if quoted := _QUOTED.fullmatch(said):
        return Cell(Kind.TEXT, quoted[1])
    return Cell(Kind.FORMULA if _FORMULA.fullmatch(said) else Kind.TEXT, said)


def decoded(data: bytes, gathered: Gathering) -> str:
    """The text. Letters that are not UTF-8 are those of Windows, and it is said."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _as(data, name)
    if silent := _wide(data):
        return _as(data, silent)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        gathered.remark(Remark.OLD_LETTERS)
        return _as(data, "cp1252")


def _as(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeError as broken:
        raise Unreadable(Fault.KIND) from broken


def _wide(data: bytes) -> str:
    """UTF-16 that does not say it is: every other byte of plain letters is nothing."""
    start = data[:400]
    half = len(start) // 2
    if half and start[1::2].count(0) > half * 0.7:
        return "utf-16-le"
    return "utf-16-be" if half and start[0::2].count(0) > half * 0.7 else ""


def separator_of(text: str) -> str:
    """The one by which most lines have as many fields, and the more fields the better."""
    sample = text[:200_000].splitlines()[:_SAMPLE]
    best, most = ";", 0.0
    for candidate in _SEPARATORS:
        widths = [len(fields) for fields in _tried(sample, candidate) if fields]
        if not widths:
            continue
        common = max(set(widths), key=widths.count)
        score = (common - 1) * widths.count(common) / len(widths)
        if score > most:
            best, most = candidate, score
    return best


def _tried(sample: list[str], separator: str) -> list[list[str]]:
    try:
        return list(csv.reader(sample, delimiter=separator))
    except csv.Error:
        return []
