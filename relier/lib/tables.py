"""Tables that leave: as a spreadsheet (ODS) and as CSV, from the same rows.

    tables = [Table("L.3", ("Month", "Hours"), [("January", Decimal("34.75"))])]
    ods(tables, title="L.3 2026", language="fr", made_at=now)
    csv(tables[0], decimal=",")

A cell is a text, a number (`int`, or `Decimal` for parts) or nothing (None). A number is written
as a number, so that a column adds up. A text stays a text: a spreadsheet would work out one that
begins with = + - @, which a name or a title may. In ODS each cell says what it is; CSV has no way
to, so an apostrophe is put before such a text there (the way that spreadsheets know, and OWASP's).

The same rows give the same bytes: no clock is read, and nothing here knows Django. ODS is written
from its standard (OpenDocument 1.3, parts 2 and 3), the little of it that a table takes.
"""

import csv as csv_files
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

Cell = str | int | Decimal | None

# What a spreadsheet takes for a formula, the wide signs of some keyboards included, and what it
# passes over before it looks.
_FORMULA = re.compile(r"[\s\x00-\x1f'\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]")
# What XML 1.0 holds no character for.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]*?:/\\']")
_LONGEST_NAME = 31


@dataclass(frozen=True)
class Table:
    """`name`: of its sheet. Every row is as long as `head`; `total`: the last row adds the others
    up, and is drawn so. Raises ValueError on a row of another length."""

    name: str
    head: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]
    total: bool = False

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.head):
                raise ValueError(f"A row of {len(row)} cells under a head of {len(self.head)}.")


# --- CSV -----------------------------------------------------------------------------------------


def csv(table: Table, *, decimal: str = ",") -> bytes:
    """UTF-8 with its mark, `;` between cells, CRLF between lines: what spreadsheets here open
    without asking. `decimal`: the sign before the parts of a number."""
    written = io.StringIO()
    writer = csv_files.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow([text_in_csv(name) for name in table.head])
    for row in table.rows:
        writer.writerow([_in_csv(cell, decimal) for cell in row])
    return written.getvalue().encode("utf-8-sig")


def text_in_csv(text: str) -> str:
    """The text, so written that no spreadsheet works it out."""
    return f"'{text}" if _FORMULA.match(text) else text


def _in_csv(cell: Cell, decimal: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return text_in_csv(cell.replace("\x00", ""))
    return number(cell).replace(".", decimal)


def number(value: int | Decimal) -> str:
    """« 34.75 », « 36 », never « 3.6E+1 ». Raises ValueError for what is no number."""
    if isinstance(value, Decimal) and not value.is_finite():
        raise ValueError("This is no number.")
    plain = f"{value:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


# --- ODS -----------------------------------------------------------------------------------------

_KIND = "application/vnd.oasis.opendocument.spreadsheet"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = (
    f'xmlns:office="{_OASIS}office:1.0" xmlns:table="{_OASIS}table:1.0" '
    f'xmlns:text="{_OASIS}text:1.0" xmlns:style="{_OASIS}style:1.0" '
    f'xmlns:fo="{_OASIS}xsl-fo-compatible:1.0" xmlns:number="{_OASIS}datastyle:1.0" '
    f'xmlns:meta="{_OASIS}meta:1.0" xmlns:manifest="{_OASIS}manifest:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"'
)
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_BOLD = '<style:text-properties fo:font-weight="bold"/>'
# Signs of numbers as they are written here (« 1 074,25 »: a full stop, which Belgium knows too,
# would be read as the parts), whatever the program that opens the file speaks.
_PLACES = {"fr": 'number:language="fr" number:country="FR"',
           "en": 'number:language="en" number:country="GB"'}  # fmt: skip
_STYLES = (
    '<number:number-style style:name="n" {place}><number:number number:min-integer-digits="1" '
    'number:decimal-places="2" number:min-decimal-places="2" number:grouping="true"/>'
    "</number:number-style>"
    '<number:number-style style:name="w" {place}><number:number number:min-integer-digits="1" '
    'number:decimal-places="0" number:grouping="true"/></number:number-style>'
    '<style:style style:name="sheet" style:family="table" style:master-page-name="Wide"/>'
    '<style:style style:name="head" style:family="table-cell" '
    'style:parent-style-name="Default"><style:table-cell-properties fo:wrap-option="wrap" '
    f'style:vertical-align="bottom"/>{_BOLD}</style:style>'
    '<style:style style:name="head_of_numbers" style:family="table-cell" '
    'style:parent-style-name="Default"><style:table-cell-properties fo:wrap-option="wrap" '
    'style:vertical-align="bottom"/><style:paragraph-properties fo:text-align="end"/>'
    f"{_BOLD}</style:style>"
    '<style:style style:name="part" style:family="table-cell" style:data-style-name="n"/>'
    '<style:style style:name="whole" style:family="table-cell" style:data-style-name="w"/>'
    '<style:style style:name="total_part" style:family="table-cell" style:data-style-name="n">'
    f"{_BOLD}</style:style>"
    '<style:style style:name="total_whole" style:family="table-cell" style:data-style-name="w">'
    f"{_BOLD}</style:style>"
)
# Printed, a table lies on its side, and is as wide as one sheet of paper at most.
_PAGES = (
    f"{_XML}<office:document-styles {_SPACES}><office:automatic-styles>"
    '<style:page-layout style:name="wide"><style:page-layout-properties '
    'fo:page-width="29.7cm" fo:page-height="21cm" style:print-orientation="landscape" '
    'fo:margin="1.5cm" style:scale-to-X="1" style:scale-to-Y="0"/></style:page-layout>'
    "</office:automatic-styles><office:master-styles>"
    '<style:master-page style:name="Wide" style:page-layout-name="wide"/>'
    "</office:master-styles></office:document-styles>"
)
# Of a column, in tenths of a millimetre: what a letter takes, the edges, the least and the most.
_LETTER, _EDGES, _NARROWEST, _WIDEST = 21, 40, 180, 800


def ods(tables: Sequence[Table], *, title: str, language: str, made_at: datetime) -> bytes:
    """A spreadsheet with a sheet for each table. `made_at` (with its time zone) is the only moment
    in it."""
    files = {
        "content.xml": _content(tables, language),
        "styles.xml": _PAGES,
        "meta.xml": _meta(title, language, made_at),
        "META-INF/manifest.xml": _manifest(),
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        # First and as it is, so that the kind of the file is read without opening it.
        archive.writestr(_entry("mimetype"), _KIND, zipfile.ZIP_STORED)
        for name, text in files.items():
            archive.writestr(_entry(name), text.encode("utf-8"), zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    """A file of the archive, of no moment and of no machine."""
    entry = zipfile.ZipInfo(name)
    entry.create_system = 0
    return entry


def _content(tables: Iterable[Table], language: str) -> str:
    names: list[str] = []
    sheets = []
    widths: set[int] = set()
    for table in tables:
        names.append(sheet_name(table.name, names))
        own = [_width(table, at) for at in range(len(table.head))]
        widths.update(own)
        sheets.append(_sheet(table, names[-1], own))
    styles = _STYLES.format(place=_PLACES.get(language, ""))
    styles += "".join(_column_style(width) for width in sorted(widths))
    return (
        f"{_XML}<office:document-content {_SPACES}>"
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{''.join(sheets)}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )


def _width(table: Table, at: int) -> int:
    """Of a column: its cells on one line, its heading on two."""
    cells = [row[at] for row in table.rows]
    longest = max((len(_shown(cell)) for cell in cells), default=0)
    words = [len(word) for word in table.head[at].split()]
    letters = max([longest, *words, len(table.head[at]) // 2 + 2])
    return min(_WIDEST, max(_NARROWEST, letters * _LETTER + _EDGES))


def _shown(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return f"{cell:,.2f}"
    return "" if cell is None else str(cell)


def _column_style(width: int) -> str:
    return (
        f'<style:style style:name="c{width}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width / 10:g}mm"/></style:style>'
    )


def sheet_name(wanted: str, taken: Iterable[str] = ()) -> str:
    """A name that every spreadsheet takes for a sheet, unlike those taken."""
    plain = " ".join(_FORBIDDEN_IN_NAMES.sub(" ", _NOT_XML.sub("", wanted)).split())
    first = plain[:_LONGEST_NAME].strip() or "1"
    known, name, count = {one.casefold() for one in taken}, first, 1
    while name.casefold() in known:
        count += 1
        name = f"{first[: _LONGEST_NAME - 4]} {count}"
    return name


def _sheet(table: Table, name: str, widths: Iterable[int]) -> str:
    head = "".join(
        _text_cell(words, f' table:style-name="{_head_style(table, at)}"')
        for at, words in enumerate(table.head)
    )
    rows = [
        _row(row, is_total=table.total and at == len(table.rows) - 1)
        for at, row in enumerate(table.rows)
    ]
    return (
        f'<table:table table:name={quoteattr(name)} table:style-name="sheet">'
        + "".join(f'<table:table-column table:style-name="c{one}"/>' for one in widths)
        + f"<table:table-header-rows><table:table-row>{head}</table:table-row>"
        f"</table:table-header-rows>{''.join(rows)}</table:table>"
    )


def _head_style(table: Table, at: int) -> str:
    cells = [row[at] for row in table.rows if row[at] is not None]
    has_numbers = bool(cells) and not any(isinstance(cell, str) for cell in cells)
    return "head_of_numbers" if has_numbers else "head"


def _row(row: Iterable[Cell], *, is_total: bool) -> str:
    return f"<table:table-row>{''.join(_cell(cell, is_total) for cell in row)}</table:table-row>"


def _cell(cell: Cell, is_total: bool) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, str):
        return _text_cell(cell, ' table:style-name="head"' if is_total else "")
    style = ("total_" if is_total else "") + ("part" if isinstance(cell, Decimal) else "whole")
    value = number(cell)
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="float" '
        f'office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
    )


def _text_cell(text: str, style: str = "") -> str:
    lines = "".join(f"<text:p>{_in_xml(line)}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell{style} office:value-type="string">{lines}</table:table-cell>'


def _in_xml(text: str) -> str:
    """The text of a paragraph: XML would join spaces that follow one another."""
    safe = escape(_NOT_XML.sub("", text)).replace("\t", "<text:tab/>").replace("\r", "")
    return re.sub(r"^ +| {2,}", lambda run: f'<text:s text:c="{len(run[0])}"/>', safe)


def _meta(title: str, language: str, made_at: datetime) -> str:
    if made_at.utcoffset() is None:
        raise ValueError("made_at needs its time zone.")
    return (
        f"{_XML}<office:document-meta {_SPACES}><office:meta>"
        f"<dc:title>{_in_xml(title)}</dc:title><dc:language>{escape(language)}</dc:language>"
        f"<meta:creation-date>{made_at.isoformat(timespec='seconds')}</meta:creation-date>"
        "<meta:generator>Relier</meta:generator>"
        "</office:meta></office:document-meta>"
    )


def _manifest() -> str:
    def entry(path: str, kind: str) -> str:
        return f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'

    return (
        f'{_XML}<manifest:manifest xmlns:manifest="{_OASIS}manifest:1.0" manifest:version="1.3">'
        + entry("/", _KIND)
        + entry("content.xml", "text/xml")
        + entry("styles.xml", "text/xml")
        + entry("meta.xml", "text/xml")
        + "</manifest:manifest>"
    )
