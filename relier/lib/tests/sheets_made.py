"""Spreadsheets, made for tests: right ones, and traps."""

import io
import struct
import zipfile
import zlib
from datetime import date

from openpyxl import Workbook


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


def bomb(unpacked=2 * 1024**3, claimed=None):
    """A workbook of 2 MB whose sheet unpacks to 2 GB of spaces; `claimed`: what it says instead."""
    block = 4 * 1024 * 1024
    times = unpacked // block
    head = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    )
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)
    # Packed once and written again and again: each piece leans on none before it.
    piece = packer.compress(b" " * block) + packer.flush(zlib.Z_FULL_FLUSH)
    size = len(head) + times * block if claimed is None else claimed
    parts = [("xl/worksheets/sheet1.xml", packed + piece * times, size)]
    with zipfile.ZipFile(io.BytesIO(xlsx_of(["Nom"]))) as read:
        for name in read.namelist():
            if name != parts[0][0]:
                content = read.read(name)
                packer = zlib.compressobj(9, zlib.DEFLATED, -15)
                parts.append((name, packer.compress(content) + packer.flush(), len(content)))
    return zip_by_hand(parts)


def zip_by_hand(parts):
    """An archive that says of each part what it is told to say: (name, packed, size)."""
    out, directory = b"", b""
    for name, packed, size in parts:
        said = struct.pack("<HHHHHIII", 20, 0, 8, 0, 33, 0, len(packed), size)
        told = struct.pack("<H", len(name))
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + said + told
        directory += struct.pack("<HHHHII", 0, 0, 0, 0, 0, len(out)) + name.encode()
        out += b"PK\x03\x04" + said + told + struct.pack("<H", 0) + name.encode() + packed
    ends = struct.pack("<HHHHIIH", 0, 0, len(parts), len(parts), len(directory), len(out), 0)
    return out + directory + b"PK\x05\x06" + ends


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
