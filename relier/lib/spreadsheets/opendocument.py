"""ODS, read in a stream. A row or a cell that says it is repeated a million times costs nothing as
long as it is empty, and is counted as what it is where it is not."""

import re
from typing import Any, Final

from .archives import Archive, Watch, parse
from .book import EMPTY, Book, Cell, Fault, Kind, Remark, Unreadable
from .bounds import LAST_LINE, MOST_COLUMNS, MOST_ROWS, Gathering
from .workbook import lasting, number

_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CALC: Final = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_CELLS: Final = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
# What stands in a sheet and is no part of its cells: former versions, comments, drawings.
_ASIDE: Final = frozenset(
    {f"{_TABLE}tracked-changes", f"{_OFFICE}annotation", f"{_TABLE}shapes",
     "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}frame"}
)  # fmt: skip
_LASTS: Final = re.compile(r"P(?:(\d{1,5})D)?T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})[.\d]*S)?")
_ERRORS: Final = re.compile(r"#[A-ZÀ-Ý/0!?]+|Err:\d+")


def read(archive: Archive) -> Book:
    manifest = _Manifest()
    parse(archive.pieces("META-INF/manifest.xml"), manifest)
    if manifest.is_locked:
        raise Unreadable(Fault.LOCKED)
    if not manifest.is_spreadsheet:
        raise Unreadable(Fault.KIND)
    gathered = Gathering()
    if any(name.startswith(("Basic/", "Scripts/")) for name in archive.names):
        gathered.remark(Remark.MACROS)
    parse(archive.pieces("content.xml"), _Content(gathered))
    return Book("ods", gathered.filled(), gathered.remarks)


class _Manifest(Watch):
    def __init__(self) -> None:
        super().__init__()
        self.is_locked = self.is_spreadsheet = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        super().start(tag, attributes)
        if tag.endswith("}encryption-data"):
            self.is_locked = True
        named = (value for name, value in attributes.items() if name.endswith("media-type"))
        if any("opendocument.spreadsheet" in value for value in named):
            self.is_spreadsheet = True


class _Content(Watch):
    def __init__(self, gathered: Gathering) -> None:
        super().__init__()
        self._gathered = gathered
        self._tables = self._aside = 0
        self._styles: dict[str, bool] = {}  # name of a style of sheets -> whether it hides them
        self._style = ""
        self._line = 1
        self._times = 1  # how often the row that is open stands
        self._cells: list[Cell] = []
        self._gap = 0  # empty cells since the last that holds something
        self._open: dict[str, str] | None = None  # the cell that is open
        self._words: list[str] = []
        self._paragraphs = 0

    # --- what the parser tells -------------------------------------------------------------------

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        super().start(tag, attributes)
        if self._aside or tag in _ASIDE:
            self._aside += 1
        elif tag == f"{_TABLE}table":
            self._begin_table(attributes)
        elif tag == f"{_STYLE}style":
            self._style = attributes.get(f"{_STYLE}name", "")
        elif tag == f"{_STYLE}table-properties":
            self._styles[self._style] = attributes.get(f"{_TABLE}display") == "false"
        elif self._tables != 1:
            return  # a table inside a cell is not read
        elif tag == f"{_TABLE}table-row":
            self._times = _whole(attributes.get(f"{_TABLE}number-rows-repeated"))
            self._cells, self._gap = [], 0
        elif tag in _CELLS:
            self._open, self._words, self._paragraphs = attributes, [], 0
        elif self._open is not None:
            self._in_cell(tag, attributes)

    def end(self, tag: str) -> None:
        super().end(tag)
        if self._aside:
            self._aside -= 1
        elif tag == f"{_TABLE}table":
            self._tables -= 1
        elif self._tables != 1:
            return
        elif tag in _CELLS and self._open is not None:
            self._close_cell(self._open)
            self._open = None
        elif tag == f"{_TABLE}table-row":
            self._close_row()

    def data(self, data: str) -> None:
        if self._paragraphs and self._open is not None and not self._aside and self._tables == 1:
            self._words.append(data)

    # --- what is made of it ----------------------------------------------------------------------

    def _begin_table(self, attributes: dict[str, str]) -> None:
        self._tables += 1
        if self._tables == 1:
            self._line = 1
            hidden = self._styles.get(attributes.get(f"{_TABLE}style-name", ""), False)
            self._gathered.begin(attributes.get(f"{_TABLE}name", ""), is_hidden=hidden)

    def _in_cell(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == f"{_TEXT}p":
            self._words.append("\n" if self._paragraphs else "")
            self._paragraphs += 1
        elif tag == f"{_TEXT}s":
            self._words.append(" " * min(_whole(attributes.get(f"{_TEXT}c")), 100))
        elif tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
            self._words.append(" ")

    def _close_cell(self, attributes: dict[str, str]) -> None:
        times = _whole(attributes.get(f"{_TABLE}number-columns-repeated"))
        cell = cell_of(attributes, "".join(self._words))
        if not cell.text:
            self._gap = min(self._gap + times, MOST_COLUMNS + 1)
            return
        if len(self._cells) + self._gap + times > MOST_COLUMNS:
            raise Unreadable(Fault.TOO_WIDE, self._line)
        self._cells += [EMPTY] * self._gap + [cell] * times
        self._gap = 0

    def _close_row(self) -> None:
        if self._cells:
            if self._times > MOST_ROWS:
                raise Unreadable(Fault.TOO_LONG, self._line)
            for line in range(self._line, self._line + self._times):
                self._gathered.add(line, self._cells)
        self._line = min(self._line + self._times, LAST_LINE + 1)


def _whole(text: Any) -> int:
    """How often something is repeated: once, where nothing or nonsense is said."""
    if not text or not (text.isascii() and text.isdigit()):
        return 1
    return max(1, int(text[:9]))


def cell_of(attributes: dict[str, str], words: str) -> Cell:
    if formula := attributes.get(f"{_TABLE}formula"):
        return Cell(Kind.FORMULA, formula.partition(":")[2] or formula)
    if attributes.get(f"{_CALC}value-type") == "error":
        return Cell(Kind.ERROR, words or "#")
    kind = attributes.get(f"{_OFFICE}value-type", "")
    if kind in ("float", "percentage", "currency"):
        return _number(attributes.get(f"{_OFFICE}value", ""), words)
    if kind == "date":
        return Cell(Kind.DAY, attributes.get(f"{_OFFICE}date-value", "")[:10])
    if kind == "time":
        return _lasts(attributes.get(f"{_OFFICE}time-value", ""), words)
    if kind == "boolean":
        return Cell(Kind.BOOLEAN, attributes.get(f"{_OFFICE}boolean-value", "false"))
    if _ERRORS.fullmatch(words):
        return Cell(Kind.ERROR, words)
    return Cell(Kind.TEXT, attributes.get(f"{_OFFICE}string-value", words))


def _number(value: str, words: str) -> Cell:
    try:
        return Cell(Kind.NUMBER, number(float(value)))
    except (ValueError, OverflowError):
        return Cell(Kind.TEXT, words)


def _lasts(value: str, words: str) -> Cell:
    found = _LASTS.fullmatch(value)
    if found is None:
        return Cell(Kind.TEXT, words)
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return Cell(Kind.HOUR, lasting(((days * 24 + hours) * 60 + minutes) * 60 + seconds))
