"""Reads a spreadsheet (ODS) back, by the standard and not by what wrote it."""

import io
import zipfile
from decimal import Decimal
from xml.etree import ElementTree

OASIS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
TABLE, TEXT, OFFICE = (OASIS % name for name in ("table", "text", "office"))


def read_ods(data):
    """Sheet -> its rows: a text, a Decimal, or None for each cell."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        root = ElementTree.fromstring(archive.read("content.xml"))
    return {
        sheet.get(f"{TABLE}name"): [
            [cell_of(cell) for cell in row.iter(f"{TABLE}table-cell")]
            for row in sheet.iter(f"{TABLE}table-row")
        ]
        for sheet in root.iter(f"{TABLE}table")
    }


def cell_of(cell):
    kind = cell.get(f"{OFFICE}value-type")
    if kind == "float":
        return Decimal(cell.get(f"{OFFICE}value"))
    if kind == "string":
        return "\n".join(words_of(line) for line in cell.iter(f"{TEXT}p"))
    return None


def words_of(line):
    words = line.text or ""
    for part in line:
        if part.tag == f"{TEXT}s":
            words += " " * int(part.get(f"{TEXT}c", "1"))
        elif part.tag == f"{TEXT}tab":
            words += "\t"
        words += part.tail or ""
    return words
