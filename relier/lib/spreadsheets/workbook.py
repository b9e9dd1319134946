"""XLSX. Each part that is needed is unpacked within bounds and looked at once by a parser that
refuses entities and counts; openpyxl then gets a fresh archive that holds nothing else: no macro,
no link to another file, no picture."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from .archives import Archive, Watch, parse
from .book import EMPTY, Book, Cell, Fault, Kind, Remark, Unreadable
from .bounds import LAST_LINE, MOST_COLUMNS, Gathering

_NEEDED: Final = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/sharedStrings\.xml|xl/styles\.xml|xl/worksheets/[^/]+\.xml"
)
_PLACE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
# What makes a cell hold something.
_HOLDS: Final = frozenset({"v", "is", "f"})


def read(archive: Archive) -> Book:
    gathered = Gathering()
    for name in archive.names:
        if "vbaProject" in name:
            gathered.remark(Remark.MACROS)
        if name.startswith("xl/externalLinks/"):
            gathered.remark(Remark.LINKS)
    clean = _looked_at(archive)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that are not read
            _gather(clean, gathered)
    except (Unreadable, MemoryError):
        raise
    except Exception as broken:  # openpyxl lets through whatever its parts raise
        raise Unreadable(Fault.DAMAGED) from broken
    return Book("xlsx", gathered.filled(), gathered.remarks)


def _looked_at(archive: Archive) -> io.BytesIO:
    clean = io.BytesIO()
    watch = _Places()
    with zipfile.ZipFile(clean, "w") as kept:
        for name in archive.names:
            if _NEEDED.fullmatch(name):
                content = archive.whole(name)
                watch.part(name)
                parse(iter([content]), watch)
                kept.writestr(name, content)
    clean.seek(0)
    return clean


class _Places(Watch):
    """Cells that hold something stand within bounds; openpyxl is not shown any that do not."""

    def __init__(self) -> None:
        super().__init__()
        self._in_sheet = False
        self._is_beyond = self._is_below = False
        self._line = 0

    def part(self, name: str) -> None:
        self._in_sheet = name.startswith("xl/worksheets/")
        self.depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        super().start(tag, attributes)
        if not self._in_sheet:
            return
        name = tag.rpartition("}")[2]
        if name == "c":
            self._stand(attributes.get("r", ""))
        elif name in _HOLDS and (self._is_beyond or self._is_below):
            raise Unreadable(Fault.TOO_WIDE if self._is_beyond else Fault.TOO_LONG, self._line)

    def _stand(self, where: str) -> None:
        place = _PLACE.fullmatch(where)
        if place is None:
            # Counted from its neighbours by openpyxl, which goes one by one and is bounded there.
            self._is_beyond = self._is_below = False
            return
        self._line = int(place[2])
        self._is_beyond = _column(place[1]) > MOST_COLUMNS
        self._is_below = self._line > LAST_LINE


def _column(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _gather(clean: io.BytesIO, gathered: Gathering) -> None:
    from openpyxl import load_workbook

    book = load_workbook(clean, read_only=True, keep_links=False, data_only=False)
    try:
        for sheet in book.worksheets:
            # The size that a sheet claims is not its size: forget the claim.
            sheet.reset_dimensions()
            gathered.begin(sheet.title, is_hidden=sheet.sheet_state != "visible")
            rows = sheet.iter_rows(max_row=LAST_LINE, max_col=MOST_COLUMNS + 1)
            for line, cells in enumerate(rows, start=1):
                gathered.add(line, _cells(cells))
    finally:
        book.close()


def _cells(cells: Any) -> Iterator[Cell]:
    for cell in cells:
        yield EMPTY if cell.value is None else _cell(cell.value, cell.data_type)


def _cell(value: Any, data_type: str) -> Cell:
    if data_type == "f":
        text = value if isinstance(value, str) else getattr(value, "text", "") or "="
        return Cell(Kind.FORMULA, str(text))
    if data_type == "e":
        return Cell(Kind.ERROR, str(value))
    return _plain(value)


def _plain(value: Any) -> Cell:
    if isinstance(value, bool):
        return Cell(Kind.BOOLEAN, str(value).lower())
    if isinstance(value, int | float):
        return Cell(Kind.NUMBER, number(value))
    if isinstance(value, datetime):
        return Cell(Kind.DAY, value.date().isoformat())
    if isinstance(value, date):
        return Cell(Kind.DAY, value.isoformat())
    if isinstance(value, time):
        return Cell(Kind.HOUR, value.strftime("%H:%M:%S"))
    if isinstance(value, timedelta):
        return Cell(Kind.HOUR, lasting(round(value.total_seconds())))
    return Cell(Kind.TEXT, str(value))


def number(value: float) -> str:
    """Digits and a point, without an exponent as far as it is exact."""
    if isinstance(value, int):
        return str(value)
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def lasting(seconds: int) -> str:
    """26:30:00 for a day, two hours and a half."""
    minutes, rest = divmod(max(0, seconds), 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest:02}"
