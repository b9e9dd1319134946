"""The faces we ship, and which characters each one draws.

Every page is set with these files and no others: a machine's own fonts would change its look and
its length. Typst refuses a PDF/UA page that holds a character nobody can draw, so we must know
beforehand; the answer is in the `cmap` table of each file, read here in plain Python.
Source: OpenType 1.9, "cmap — Character to Glyph Index Mapping Table", subtable formats 4 and 12.
"""

import struct
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "fonts"

# Family names as Typst knows them. The order is that of the search: French must never leave LATIN.
LATIN = "Atkinson Hyperlegible Next"
CYRILLIC = "Andika"  # also Vietnamese, the letters of African languages, arrows
ARABIC = "Noto Naskh Arabic"
EMOJI = "Noto Emoji"
ORDER = (LATIN, CYRILLIC, ARABIC, EMOJI)

FILES = {
    LATIN: "AtkinsonHyperlegibleNext-Regular.ttf",
    CYRILLIC: "Andika-Regular.ttf",
    ARABIC: "NotoNaskhArabic-Regular.ttf",
    EMOJI: "NotoEmoji-Regular.ttf",
}


@cache
def drawn_by(family: str) -> frozenset[int]:
    """The code points that `family`, one of ORDER, has a glyph for."""
    return coverage((FOLDER / FILES[family]).read_bytes())


@cache
def drawn() -> frozenset[int]:
    """The code points that at least one of our faces has a glyph for."""
    return frozenset().union(*(drawn_by(family) for family in ORDER))


def coverage(font: bytes) -> frozenset[int]:
    """The code points a TrueType file has a glyph for.

    `font` is the whole file. Reads the Unicode subtables in formats 4 (basic plane) and 12 (all
    planes). Raises ValueError when the file has neither.
    """
    start = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", font, start + 2)
    points: set[int] = set()
    for index in range(count):
        platform, encoding, offset = struct.unpack_from(">HHL", font, start + 4 + 8 * index)
        if platform != 0 and (platform, encoding) not in {(3, 1), (3, 10)}:
            continue
        (kind,) = struct.unpack_from(">H", font, start + offset)
        if kind == 4:
            points |= _format_4(font, start + offset)
        elif kind == 12:
            points |= _format_12(font, start + offset)
    if not points:
        raise ValueError("no Unicode cmap in format 4 or 12")
    return frozenset(points)


def _table(font: bytes, tag: bytes) -> int:
    (count,) = struct.unpack_from(">H", font, 4)
    for index in range(count):
        name, _checksum, offset, _length = struct.unpack_from(">4sLLL", font, 12 + 16 * index)
        if name == tag:
            return int(offset)
    raise ValueError(f"no {tag.decode()} table")


def _format_4(font: bytes, at: int) -> set[int]:
    """Segments of the basic plane; a code point mapped to glyph 0 is not drawn."""
    (twice,) = struct.unpack_from(">H", font, at + 6)
    count = twice // 2
    ends = struct.unpack_from(f">{count}H", font, at + 14)
    starts = struct.unpack_from(f">{count}H", font, at + 16 + twice)
    deltas = struct.unpack_from(f">{count}H", font, at + 16 + 2 * twice)
    ranges_at = at + 16 + 3 * twice
    ranges = struct.unpack_from(f">{count}H", font, ranges_at)
    points = set()
    for index in range(count):
        for point in range(starts[index], ends[index] + 1):
            if point == 0xFFFF:  # the mark that ends the table
                continue
            glyph = point
            if ranges[index]:
                place = ranges_at + 2 * index + ranges[index] + 2 * (point - starts[index])
                (glyph,) = struct.unpack_from(">H", font, place)
                if not glyph:
                    continue
            if (glyph + deltas[index]) % 0x10000:
                points.add(point)
    return points


def _format_12(font: bytes, at: int) -> set[int]:
    """Groups over all planes: first code point, last, glyph of the first."""
    (count,) = struct.unpack_from(">L", font, at + 12)
    points: set[int] = set()
    for first, last, glyph in struct.iter_unpack(">LLL", font[at + 16 : at + 16 + 12 * count]):
        points.update(range(first if glyph else first + 1, last + 1))
    return points
