"""The XLSX of the data supplement.

A workbook is an archive of XML, which is two ways to be attacked. Before openpyxl sees it, each
part is unpacked within bounds that do not rely on what the archive claims, and read once by an
XML parser that refuses entities and counts: macros, links to other files, nested archives,
formulas, cells far away are each refused by name. openpyxl then gets a fresh archive holding only
the parts that were looked at.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any, Final

from relier.competences.strict import FrameworkError, gettext_noop, one_line, shorten

from .supplement import LevelRow, Row, Supplement

# The official file: 33 parts, 656 kB unpacked, 6 sheets, 524 rows, 10 columns, 24 000 elements.
MAX_PARTS: Final = 200
MAX_UNPACKED: Final = 16 * 1024 * 1024
MAX_RATIO: Final = 100
MAX_SHEETS: Final = 20
MAX_ELEMENTS: Final = 200_000
MAX_DEPTH: Final = 60
MAX_ROWS: Final = 5_000
MAX_COLUMNS: Final = 60
# All that reading needs; openpyxl is not shown the styles, names and properties of the file.
_NEEDED: Final = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/sharedStrings\.xml|xl/worksheets/[^/]+\.xml"
)
_CHUNK: Final = 64 * 1024
_CELL: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_CLAIM: Final = re.compile(r"[A-Z]{1,3}[0-9]{1,7}(:[A-Z]{1,3}[0-9]{1,7})?")
_DAMAGED: Final = gettext_noop("The workbook is damaged or cut: take the official file again.")
_BOMB: Final = gettext_noop(
    "The workbook unpacks to far more than the official one: take the official file."
)
_TOO_WIDE: Final = gettext_noop(
    "The workbook claims rows or columns that DigComp 3.0 does not have: take the official file."
)

# The heading of each column, in small letters -> what we call it. A sheet is known by its headings.
_COMPETENCES: Final = {
    "competence area number": "area",
    "competence area name": "area_name",
    "competence area descriptor": "area_text",
    "competence number": "competence",
    "competence name": "name",
    "competence descriptor": "text",
}
_LEVELS: Final = {
    "proficiency level name": "four",
    "four level proficiency level description": "four_text",
    "purpose": "purpose",
    "eight level mapping": "eight",
    "six level mapping": "six",
    "eight level proficiency level description": "eight_text",
}
_STATEMENTS: Final = {
    "competence area number": "area",
    "competence number": "competence",
    "competence statement id": "id",
    "competence statement": "text",
    "proficiency level name": "level",
    "ai label": "ai",
}
_OUTCOMES: Final = {
    "competence area number": "area",
    "competence number": "competence",
    "learning outcome id": "id",
    "learning outcome": "text",
    "proficiency level": "level",
    "knowledge skill or attitude": "kind",
    "ai label": "ai",
}
_TERMS: Final = {"term": "id", "explanation": "text"}
_Cells = dict[str, Any]
# The title of a sheet, and its rows that hold something, each with its number from 1.
Sheet = tuple[str, list[tuple[int, tuple[Any, ...]]]]


def read(raw: bytes) -> Supplement:
    """Read the bytes of an XLSX supplement. Raises FrameworkError."""
    clean = _looked_at(raw)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns about styles and extensions
            sheets = _sheets(clean)
    except Exception as error:  # openpyxl lets through whatever its parts raise
        raise FrameworkError(_DAMAGED) from error
    return Supplement(
        areas=list(_areas(_one_sheet(sheets, _COMPETENCES))),
        competences=[_competence(p, c) for p, c in _one_sheet(sheets, _COMPETENCES)],
        levels=[_level(p, c) for p, c in _one_sheet(sheets, _LEVELS)],
        statements=[_filed(p, c) for p, c in _one_sheet(sheets, _STATEMENTS)],
        outcomes=[_filed(p, c) for p, c in _one_sheet(sheets, _OUTCOMES)],
        terms=[
            Row(p, _text(c, "id", p), text=_text(c, "text", p))
            for p, c in _one_sheet(sheets, _TERMS)
        ],
    )


# --- the archive -----------------------------------------------------------------------------


def _looked_at(raw: bytes) -> io.BytesIO:
    """A fresh archive of the parts needed, once all were unpacked within bounds and parsed."""
    clean = io.BytesIO()
    left = MAX_UNPACKED
    watch = _Watch()
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive, zipfile.ZipFile(clean, "w") as kept:
            for part in _parts(archive):
                content = _unpack(archive, part, left)
                left -= len(content)
                if part.filename.endswith((".xml", ".rels")):
                    _look_at(part.filename, content, watch)
                if _NEEDED.fullmatch(part.filename):
                    kept.writestr(part.filename, content)
    except FrameworkError:
        raise
    except Exception as error:  # zipfile raises many kinds on a damaged archive
        raise FrameworkError(_DAMAGED) from error
    clean.seek(0)
    return clean


def _parts(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    parts = [part for part in archive.infolist() if not part.is_dir()]
    names = [part.filename for part in parts]
    if len(parts) > MAX_PARTS or len(set(names)) != len(names):
        raise FrameworkError(_BOMB)
    if "xl/workbook.xml" not in names:
        raise FrameworkError(
            gettext_noop("The file is an archive, not an Excel workbook: take the official .xlsx.")
        )
    if any("vbaProject" in name or name.startswith("xl/externalLinks/") for name in names):
        raise FrameworkError(
            gettext_noop(
                "The workbook carries macros or links to other files, and the official one "
                "does not: take that one."
            )
        )
    if any(part.flag_bits & 0x1 for part in parts):
        raise FrameworkError(
            gettext_noop("The workbook is locked by a password: take the official file again.")
        )
    return parts


def _unpack(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> bytes:
    """The bytes of a part, never more than `left`, whatever size it claims."""
    if part.file_size > left or part.file_size > MAX_RATIO * max(part.compress_size, 1024):
        raise FrameworkError(_BOMB)
    pieces, size = [], 0
    with archive.open(part) as packed:
        while piece := packed.read(_CHUNK):
            size += len(piece)
            if size > left:
                raise FrameworkError(_BOMB)
            pieces.append(piece)
    content = b"".join(pieces)
    if content.startswith(b"PK\x03\x04"):
        raise FrameworkError(
            gettext_noop("The workbook holds another archive inside: take the official file.")
        )
    return content


# --- the XML ---------------------------------------------------------------------------------


class _Watch:
    """Sees each element of the parts go by, keeps nothing, and stops at the first wrong one."""

    def __init__(self) -> None:
        self.in_sheet = False
        self.depth = self.elements = 0

    def part(self, name: str) -> None:
        """A new part begins; the count of elements goes on."""
        self.in_sheet = name.startswith("xl/worksheets/")
        self.depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.elements += 1
        if self.depth > MAX_DEPTH or self.elements > MAX_ELEMENTS:
            raise FrameworkError(_BOMB)
        if self.in_sheet:
            name = tag.rpartition("}")[2]
            self._check_place(name, attributes.get("ref" if name == "dimension" else "r", ""))

    def _check_place(self, name: str, where: str) -> None:
        if name == "f":
            raise FrameworkError(
                gettext_noop(
                    "The workbook holds formulas, and the official one does not: take that one."
                )
            )
        if name == "row" and where and not (where.isdecimal() and int(where[:9]) <= MAX_ROWS):
            raise FrameworkError(_TOO_WIDE)
        # A claim is never believed (many programs claim the whole sheet), but it must be one.
        if name == "dimension" and not _CLAIM.fullmatch(where):
            raise FrameworkError(_TOO_WIDE)
        if name == "c" and where:
            cell = _CELL.fullmatch(where)
            if cell is None or _column(cell[1]) > MAX_COLUMNS or int(cell[2]) > MAX_ROWS:
                raise FrameworkError(_TOO_WIDE)

    def end(self, _tag: str) -> None:
        self.depth -= 1

    def data(self, _data: str) -> None:
        """Texts are read later."""

    def close(self) -> None:
        """Nothing was kept."""


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _look_at(name: str, content: bytes, watch: _Watch) -> None:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser, ParseError

    watch.part(name)
    parser = DefusedXMLParser(target=watch, forbid_dtd=True)
    try:
        parser.feed(content)
        parser.close()
    except DefusedXmlException as error:
        raise FrameworkError(
            gettext_noop(
                "The workbook declares XML entities, a known trap: take the official file."
            )
        ) from error
    except ParseError as error:
        raise FrameworkError(_DAMAGED) from error


# --- the sheets ------------------------------------------------------------------------------


def _sheets(clean: io.BytesIO) -> list[Sheet]:
    """The title and the numbered rows of each sheet, without the empty ones."""
    from openpyxl import load_workbook

    book = load_workbook(clean, read_only=True, keep_links=False)
    try:
        found = []
        for sheet in book.worksheets[:MAX_SHEETS]:
            # The size that a sheet claims is not its size: forget the claim.
            sheet.reset_dimensions()
            rows = sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS, values_only=True)
            numbered = enumerate(rows, start=1)
            told = [(n, row) for n, row in numbered if any(cell is not None for cell in row)]
            found.append((sheet.title, told))
        return found
    finally:
        book.close()


def _one_sheet(sheets: list[Sheet], columns: dict[str, str]) -> Iterator[tuple[str, _Cells]]:
    """Each line of the one sheet that has these columns, with its place."""
    matching = []
    for title, rows in sheets:
        headings = [one_line(str(cell)).lower() for cell in rows[0][1]] if rows else []
        if set(columns) <= set(headings):
            # The sheet of statements repeats every column of the sheet of competences.
            matching.append((sum(h != "none" for h in headings), title, headings, rows))
    if not matching:
        raise FrameworkError(
            gettext_noop(
                "The workbook has no sheet with a column “%(column)s”: take the official file."
            ),
            column=list(columns)[-1],
        )
    _width, title, headings, rows = min(matching, key=lambda sheet: sheet[0])
    where = {columns[h]: i for i, h in reversed(list(enumerate(headings))) if h in columns}
    for number, row in rows[1:]:
        yield f"{shorten(title)}!{number}", {key: row[i] for key, i in where.items()}


def _text(cells: _Cells, key: str, place: str) -> str:
    """The words of a cell; a number is told as it is written (1.1, not 1.10)."""
    value = cells[key]
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise FrameworkError(
            gettext_noop(
                "A cell is empty or holds something else than words: take the official file again."
            ),
            place=place,
        )
    return f"{value:g}" if isinstance(value, float) else one_line(str(value))


def _areas(rows: Iterator[tuple[str, _Cells]]) -> Iterator[Row]:
    """The areas, each repeated on the lines of its competences."""
    found: dict[str, Row] = {}
    for place, cells in rows:
        row = Row(
            place,
            _text(cells, "area", place),
            name=_text(cells, "area_name", place),
            text=_text(cells, "area_text", place),
        )
        first = found.setdefault(row.id, row)
        if (first.name, first.text) != (row.name, row.text):
            raise FrameworkError(
                gettext_noop(
                    "An area has two names or two descriptions: take the official file again."
                ),
                place=place,
            )
    yield from found.values()


def _competence(place: str, cells: _Cells) -> Row:
    return Row(
        place,
        _text(cells, "competence", place),
        parent=_text(cells, "area", place),
        name=_text(cells, "name", place),
        text=_text(cells, "text", place),
    )


def _level(place: str, cells: _Cells) -> LevelRow:
    return LevelRow(place, **{key: _text(cells, key, place) for key in _LEVELS.values()})


def _filed(place: str, cells: _Cells) -> Row:
    return Row(
        place,
        _text(cells, "id", place),
        parent=_text(cells, "competence", place),
        area=_text(cells, "area", place),
        text=_text(cells, "text", place),
        level=_text(cells, "level", place),
        kind=_text(cells, "kind", place) if "kind" in cells else "",
        ai=_text(cells, "ai", place),
    )
