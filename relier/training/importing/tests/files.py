"""Files as they come: right ones, and traps."""

import io
import zipfile
from datetime import date
from uuid import uuid4

from openpyxl import Workbook

from relier.training.importing import staged


def csv_of(*lines, encoding="utf-8"):
    return "\r\n".join(lines).encode(encoding)


def xlsx_of(*rows):
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Feuille 1")
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def packing(out):
    return zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)


def repacked(data, change, add=()):
    """A workbook, its parts changed (`change(name, content)`), and more of them added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as read,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept,
    ):
        for name in read.namelist():
            kept.writestr(name, change(name, read.read(name)))
        for name, content in add:
            kept.writestr(name, content)
    return out.getvalue()


def with_macros(data):
    return repacked(data, lambda _name, content: content, [("xl/vbaProject.bin", b"macro")])


def bomb(unpacked=2 * 1024**3):
    """A workbook of 2 MB whose sheet unpacks to 2 GB."""
    out = io.BytesIO()
    plain = xlsx_of(["Nom"], ["Exemple"])
    block = b" " * (4 * 1024 * 1024)
    with (
        zipfile.ZipFile(io.BytesIO(plain)) as read,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept,
    ):
        for name in read.namelist():
            if not name.startswith("xl/worksheets/"):
                kept.writestr(name, read.read(name))
                continue
            content = read.read(name)
            head, _, tail = content.partition(b"<sheetData>")
            with kept.open(name, "w") as part:
                part.write(head + b"<sheetData>")
                for _ in range(unpacked // len(block)):
                    part.write(block)
                part.write(tail)
    return out.getvalue()


CONTENT = """<?xml version="1.0" encoding="UTF-8"?>{declared}
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">
<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>
</office:document-content>"""
MANIFEST = """<?xml version="1.0"?><manifest:manifest
 xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/"
 manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>{more}</manifest:manifest>"""


def ods_of(rows, *, declared="", locked="", add=()):
    """`rows`: the XML of each row."""
    out = io.BytesIO()
    tables = f'<table:table table:name="Feuille1">{"".join(rows)}</table:table>'
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        kept.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        kept.writestr("content.xml", CONTENT.format(declared=declared, tables=tables))
        kept.writestr("META-INF/manifest.xml", MANIFEST.format(more=locked))
        for name, content in add:
            kept.writestr(name, content)
    return out.getvalue()


def ods_row(*cells, times=1):
    told = "".join(map(ods_cell, cells))
    return f'<table:table-row table:number-rows-repeated="{times}">{told}</table:table-row>'


def ods_cell(value):
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, str) and value.startswith("<"):
        return value
    kind = f'office:value-type="float" office:value="{value}"'
    if isinstance(value, date):
        kind = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    elif isinstance(value, str):
        kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{value}</text:p></table:table-cell>"


def sent(data, actor, **more):
    """Received, its columns as they were guessed, looked at: the file and what was found."""
    file = staged.receive(data, name="essai.xlsx", by=actor, form_key=uuid4())
    return looked(file, actor, **more)


def looked(file, actor, **more):
    from relier.training.importing.columns import as_columns

    columns = more.pop("columns", None) or as_columns(file.columns)
    said = {"what": file.what, "sheet": file.sheet, "heading": file.heading, **more}
    options = said.pop("options", {})
    file = staged.say_columns(file, columns=columns, options=options, by=actor, **said)
    checked = staged.look(file, by=actor)
    file.refresh_from_db()
    return file, checked


def codes(checked):
    return [(one.line, one.column, one.code) for one in checked.problems]
