"""What the first bytes of a file say, without decoding it: its kind, its size, its pages.

Plain Python, so that it is asked before any library is trusted with the file. And what a picture
says beside its pixels (camera, position, time, name), taken away without touching them.
"""

import struct
from collections.abc import Iterator
from enum import StrEnum
from typing import Literal

Kind = Literal["pdf", "tiff", "jpeg", "png"]

# A day of a busy centre is some hundreds of pages; more is a mistake, or worse.
MOST_PAGES = 5_000
# An A4 page at 600 dots per inch is 35 million pixels; telephones that make more than 64 million
# also make less. Grey, 64 million pixels are 64 MB, and what decodes them as much again.
MOST_PIXELS = 64_000_000
MOST_SIDE = 20_000


class Fault(StrEnum):
    """Why a file or a page is not read. `paper/models/scans.py` words each."""

    EMPTY = "empty"
    KIND = "kind"
    DAMAGED = "damaged"
    LOCKED = "locked"
    MANY = "many_pages"
    LARGE = "large"
    NO_PAGES = "no_pages"
    MEMORY = "memory"
    SLOW = "slow"
    CRASHED = "crashed"


class Unreadable(Exception):  # noqa: N818 — a word for what happened
    """A file or a page that is not read, and why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def kind_of(start: bytes) -> Kind | None:
    """From the very first bytes: a file that is two things at once is the one it begins as."""
    if start.startswith(b"%PDF-"):
        return "pdf"
    if start.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if start[:4] in (b"II*\0", b"MM\0*"):
        return "tiff"
    return None


def check_size(width: int, height: int) -> None:
    """Raises Unreadable."""
    if width < 1 or height < 1:
        raise Unreadable(Fault.DAMAGED)
    if width * height > MOST_PIXELS or max(width, height) > MOST_SIDE:
        raise Unreadable(Fault.LARGE)


def size_of(kind: Kind, data: bytes | bytearray) -> tuple[int, int]:
    """(width, height) in pixels of a JPEG or a PNG. Raises Unreadable."""
    try:
        return _png_size(data) if kind == "png" else _jpeg_size(data)
    except (struct.error, IndexError, StopIteration) as cut:
        raise Unreadable(Fault.DAMAGED) from cut


# --- PNG -----------------------------------------------------------------------------------------


def _png_size(data: bytes | bytearray) -> tuple[int, int]:
    width, height = struct.unpack_from(">II", data, 16)
    if bytes(data[12:16]) != b"IHDR":
        raise Unreadable(Fault.DAMAGED)
    return width, height


# All that is needed to draw the pixels; everything else (texts, EXIF, time, whatever an editor
# left) goes.
_PNG_DRAWN = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"gAMA", b"sBIT"}


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """(type, where it starts, where it ends)."""
    at = 8
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        name, end = data[at + 4 : at + 8], at + 12 + length
        if end > len(data):
            raise Unreadable(Fault.DAMAGED)
        yield name, at, end
        if name == b"IEND":
            return
        at = end
    raise Unreadable(Fault.DAMAGED)


def _stripped_png(data: bytes) -> bytes:
    parts = [data[start:end] for name, start, end in _png_chunks(data) if name in _PNG_DRAWN]
    return b"".join([data[:8], *parts])


# --- JPEG ----------------------------------------------------------------------------------------

_SOS, _EOI, _COMMENT = 0xDA, 0xD9, 0xFE
_ALONE = {0x01, *range(0xD0, 0xD9)}  # markers without a length
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}


def _jpeg_segments(data: bytes | bytearray) -> Iterator[tuple[int, int, int]]:
    """(marker, where it starts, where it ends), up to the end; what follows SOS is its own."""
    at = 2
    while True:
        while data[at] == 0xFF and data[at + 1] == 0xFF:  # fill bytes
            at += 1
        if data[at] != 0xFF:
            raise Unreadable(Fault.DAMAGED)
        marker = data[at + 1]
        if marker == _EOI:
            yield marker, at, at + 2
            return
        if marker in _ALONE:
            end = at + 2
        else:
            (length,) = struct.unpack_from(">H", data, at + 2)
            end = at + 2 + length
        if marker == _SOS:
            end = _end_of_scan(data, end)
        yield marker, at, end
        at = end


def _end_of_scan(data: bytes | bytearray, at: int) -> int:
    """Where the next marker stands: entropy-coded bytes hold 0xFF only before 0, or a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            return len(data)  # cut short: what there is of it is kept, and drawn as far as it goes
        following = data[at + 1]
        if following == 0 or 0xD0 <= following <= 0xD7:
            at += 2
        elif following == 0xFF:
            at += 1
        else:
            return at


def _jpeg_size(data: bytes | bytearray) -> tuple[int, int]:
    for marker, start, _end in _jpeg_segments(data):
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", data, start + 5)
            return width, height
        if marker == _SOS:
            break
    raise Unreadable(Fault.DAMAGED)


def _stripped_jpeg(data: bytes) -> bytes:
    """Without comments and application segments, but for JFIF's and Adobe's, which say how the
    colours are written. What follows the end of the picture goes too."""
    parts = [data[:2]]
    try:
        for marker, start, end in _jpeg_segments(data):
            if not _tells_of_the_camera(marker, data[start + 4 : start + 9]):
                parts.append(data[start:end])
    except (struct.error, IndexError):
        parts.append(b"\xff\xd9")  # cut short
    return b"".join(parts)


def _tells_of_the_camera(marker: int, begins: bytes) -> bool:
    if marker == _COMMENT:
        return True
    if marker == 0xE0:
        return not begins.startswith(b"JFIF\0")
    if marker == 0xEE:
        return not begins.startswith(b"Adobe")
    return 0xE0 <= marker <= 0xEF


def stripped(kind: Kind, data: bytes) -> bytes:
    """The same pixels, without what the file says of who made it, where and when. A PDF or a TIFF
    is kept as it is, and what it says beside its pages is never shown. Raises Unreadable."""
    try:
        if kind == "jpeg":
            return _stripped_jpeg(data)
        return _stripped_png(data) if kind == "png" else data
    except (struct.error, IndexError) as cut:
        raise Unreadable(Fault.DAMAGED) from cut


# --- TIFF ----------------------------------------------------------------------------------------

_WIDTH, _HEIGHT = 256, 257


def tiff_pages(data: bytes | bytearray) -> list[int]:
    """Where the directory of each page stands. Every page is of a size that may be decoded.
    Raises Unreadable."""
    order = "<" if data[:2] == b"II" else ">"
    found: list[int] = []
    seen: set[int] = set()
    try:
        (at,) = struct.unpack_from(f"{order}I", data, 4)
        while at:
            if at in seen:
                raise Unreadable(Fault.DAMAGED)  # a directory that leads back to itself
            seen.add(at)
            found.append(at)
            if len(found) > MOST_PAGES:
                raise Unreadable(Fault.MANY)
            at = _tiff_next(data, at, order)
    except struct.error as cut:
        raise Unreadable(Fault.DAMAGED) from cut
    if not found:
        raise Unreadable(Fault.NO_PAGES)
    return found


def _tiff_next(data: bytes | bytearray, at: int, order: str) -> int:
    """Checks the size that a directory says, and gives where the next one stands."""
    (count,) = struct.unpack_from(f"{order}H", data, at)
    sizes = {_WIDTH: 0, _HEIGHT: 0}
    for index in range(count):
        entry = at + 2 + 12 * index
        tag, of_type = struct.unpack_from(f"{order}HH", data, entry)
        if tag in sizes:
            short = "H" if of_type == 3 else "I"
            (sizes[tag],) = struct.unpack_from(f"{order}{short}", data, entry + 8)
    check_size(sizes[_WIDTH], sizes[_HEIGHT])
    (following,) = struct.unpack_from(f"{order}I", data, at + 2 + 12 * count)
    return int(following)
