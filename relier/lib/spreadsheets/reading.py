"""Which kind of file it is, by its first bytes, and who reads it."""

from typing import Final

from . import opendocument, separated, workbook
from .archives import Archive
from .book import Book, Fault, Unreadable

MOST_BYTES: Final = 20 * 1024 * 1024

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A workbook with a password is one of these old archives, which names its part in UTF-16.
_LOCKED_INSIDE: Final = "EncryptedPackage".encode("utf-16-le")
_OTHERS: Final = (
    b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"\x7fELF",
    b"MZ", b"{\\rtf", b"SQLite format 3",
)  # fmt: skip


def read(data: bytes) -> Book:
    """Raises Unreadable."""
    if not data.strip(b"\x00 \r\n\t"):
        raise Unreadable(Fault.EMPTY)
    if len(data) > MOST_BYTES:
        raise Unreadable(Fault.TOO_LARGE)
    if data.startswith(_OLE):
        raise Unreadable(Fault.LOCKED if _LOCKED_INSIDE in data else Fault.OLD)
    if data.startswith(b"PK"):
        return _of_archive(data)
    if data.startswith(_OTHERS):
        raise Unreadable(Fault.KIND)
    return separated.read(data)


def _of_archive(data: bytes) -> Book:
    archive = Archive(data)
    if archive.is_locked:
        raise Unreadable(Fault.LOCKED)
    names = set(archive.names)
    if "xl/workbook.xml" in names:
        return workbook.read(archive)
    if "xl/workbook.bin" in names:
        raise Unreadable(Fault.OLD)
    if {"content.xml", "META-INF/manifest.xml"} <= names:
        return opendocument.read(archive)
    raise Unreadable(Fault.KIND)
