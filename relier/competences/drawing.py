"""A picture of what comes before what: boxes with their words, and the arrows between them.

It is read from left to right: what comes first stands on the left. Where the boxes stand is worked
out by `layering.py`; here they are measured, filled with words and joined.

A library was weighed: grandalf 0.8 (GPL-2 or EPL-1, marked alpha, its layout untouched since
2020) is three times as long as these two pages, and knows no column set apart.

Plain Python. Lengths are in pixels, for letters of 16 to the page's own size.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from . import order
from .layering import APART, Cell, Columns, arranged
from .order import Pair

WIDTH: Final = 184
LETTERS: Final = 15
LINE: Final = 19
EDGE: Final = 9  # between a box and its words
MARGIN: Final = 2
TIP: Final = 7
# How far a row of boxes may go when nothing joins them.
IN_A_ROW: Final = 3


@dataclass(frozen=True, slots=True)
class Box:
    """A box and its words, line by line. `guest`: it stands in the first column, set apart."""

    id: str
    x: float
    y: float
    height: float
    lines: tuple[str, ...]
    guest: bool

    @property
    def text_x(self) -> float:
        return self.x + EDGE

    @property
    def baselines(self) -> list[tuple[float, str]]:
        """The height at which each line is written."""
        first = self.y + EDGE + LETTERS - 1
        return [(first + number * LINE, line) for number, line in enumerate(self.lines)]


@dataclass(frozen=True, slots=True)
class Picture:
    """`arrows` and `tips` are the data of SVG paths. `crossings`: how often arrows cross."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    arrows: tuple[str, ...]
    tips: str
    crossings: int
    guests_end: float = 0  # where the column of the guests ends; 0 without guests
    box_width: float = WIDTH
    letters: float = LETTERS

    @property
    def rem(self) -> float:
        """Its width in letters of the page: it grows with them."""
        return self.width / 16


def draw(
    labels: Mapping[str, str], pairs: Iterable[Pair], *, guests: Collection[str] = ()
) -> Picture:
    """Draw the boxes `labels` (id -> words) and an arrow for each pair (item, needed) that does
    not follow from others. Guests only stand in the first column, and need nothing.

    The pairs must be acyclic, and name only ids of `labels`.
    """
    places = {one: place for place, one in enumerate(labels)}
    kept = sorted(order.essential(pairs), key=lambda pair: [places[one] for one in pair])
    lines = {one: wrapped(words) for one, words in labels.items()}
    joined = {one for pair in kept for one in pair}
    heights = {one: height_of(lines[one]) for one in labels if one in joined}
    columns, crossings = arranged(heights, kept, guests=guests)
    alone = [one for one in labels if one not in joined]
    return _picture(columns, lines, alone, frozenset(guests), crossings)


def height_of(lines: Sequence[str]) -> int:
    return len(lines) * LINE + 2 * EDGE - 2


# --- words in a box --------------------------------------------------------------------------

# Widths in letter sizes, on the generous side: the letters of the reader's system are not known.
_NARROW: Final = frozenset("fijlrt.,;:'’!|()[] ")
_WIDE: Final = frozenset("mwMWŒœ%@")


def width_of(words: str) -> float:
    """About how wide the words are, in pixels."""
    sizes = (
        0.4 if c in _NARROW else 0.95 if c in _WIDE else 0.7 if c.isupper() else 0.6 for c in words
    )
    return LETTERS * sum(sizes)


def wrapped(words: str) -> tuple[str, ...]:
    """Cut into lines as wide as a box, between words; a word too long for a line is cut too."""
    room = WIDTH - 2 * EDGE
    lines: list[str] = []
    for word in words.split():
        if lines and width_of(f"{lines[-1]} {word}") <= room:
            lines[-1] += f" {word}"
            continue
        while width_of(word) > room:
            cut = max(n for n in range(1, len(word)) if n == 1 or width_of(word[:n]) <= room)
            lines.append(word[:cut])
            word = word[cut:]
        lines.append(word)
    return tuple(lines)


# --- lines -----------------------------------------------------------------------------------


def _picture(
    columns: Columns,
    lines: Mapping[str, tuple[str, ...]],
    alone: Sequence[str],
    guests: Collection[str],
    crossings: int,
) -> Picture:
    top = min((c.y - c.height / 2 for column in columns for c in column), default=0.0) - MARGIN
    lefts, right = [], float(MARGIN)
    for column in columns:
        lefts.append(right)
        right += WIDTH + _between(column)
    boxes = [
        Box(c.id, x, _round(c.y - c.height / 2 - top), c.height, lines[c.id], c.id in guests)
        for x, column in zip(lefts, columns, strict=True)
        for c in column
        if c.id
    ]
    bottom = max((box.y + box.height for box in boxes), default=0.0)
    arrows, tips = _arrows(columns, lefts, top)
    boxes += _rows_of(alone, lines, top=bottom + 2 * APART if boxes else MARGIN, wide=len(columns))
    return Picture(
        width=max((box.x for box in boxes), default=0) + WIDTH + MARGIN,
        height=_round(max((box.y + box.height for box in boxes), default=0) + MARGIN),
        boxes=tuple(boxes),
        arrows=tuple(arrows),
        tips="".join(tips),
        crossings=crossings,
        guests_end=lefts[0] + WIDTH if guests and lefts else 0,
    )


def _between(column: Iterable[Cell]) -> int:
    """Room for the arrows that leave a column: more of them bend more gently."""
    return min(96, 40 + 4 * sum(len(cell.after) for cell in column))


def _arrows(columns: Columns, lefts: Sequence[float], top: float) -> tuple[list[str], list[str]]:
    """The data of each arrow, and of each tip."""
    arrows, tips = [], []
    for number, column in enumerate(columns):
        for cell in (one for one in column if one.id):
            for first in cell.after:
                way = _way(cell, first)
                end = way[-1].y + _landing(way[-2], way[-1]) - top
                arrows.append(_arrow(way, lefts[number:], top, end))
                tips.append(
                    f"M{_round(lefts[number + len(way) - 1])} {_round(end)}l-{TIP + 1} -4v8z"
                )
    return arrows, tips


def _way(start: Cell, first: Cell) -> list[Cell]:
    """The cells of an arrow, from the box it leaves to the one it reaches."""
    way = [start, first]
    while not way[-1].id:
        way.append(way[-1].after[0])
    return way


def _arrow(way: Sequence[Cell], lefts: Sequence[float], top: float, end: float) -> str:
    """From the right side of a box to the left side of another, straight through each column
    that it passes."""
    path = [f"M{_round(lefts[0] + WIDTH)} {_round(way[0].y - top)}"]
    for number in range(1, len(way)):
        is_last = number == len(way) - 1
        x, y = lefts[number] - TIP * is_last, end if is_last else way[number].y - top
        path.append(_bend(lefts[number - 1] + WIDTH, way[number - 1].y - top, x, y))
        if not is_last:
            path.append(f"h{WIDTH}")
    return "".join(path)


def _bend(x1: float, y1: float, x2: float, y2: float) -> str:
    if abs(y1 - y2) < 0.5:
        return f"L{_round(x2)} {_round(y2)}"
    half = _round((x1 + x2) / 2)
    return f"C{half} {_round(y1)} {half} {_round(y2)} {_round(x2)} {_round(y2)}"


def _landing(last: Cell, box: Cell) -> float:
    """How far from the middle of a box an arrow ends, so that each tip is seen."""
    incoming = sorted(box.before, key=lambda cell: cell.place)
    if len(incoming) == 1:
        return 0.0
    step = min(10.0, (box.height - 12) / (len(incoming) - 1))
    return step * (incoming.index(last) - (len(incoming) - 1) / 2)


def _rows_of(
    ids: Sequence[str], lines: Mapping[str, tuple[str, ...]], *, top: float, wide: int
) -> list[Box]:
    """Those that nothing joins to others: below the rest, in rows."""
    boxes: list[Box] = []
    wide = max(wide, IN_A_ROW)
    for start in range(0, len(ids), wide):
        row = ids[start : start + wide]
        height = max(height_of(lines[one]) for one in row)
        for place, one in enumerate(row):
            x = MARGIN + place * (WIDTH + APART)
            boxes.append(Box(one, x, _round(top), height, lines[one], guest=False))
        top += height + APART
    return boxes


def _round(length: float) -> float:
    """To the tenth: no eye sees more, and the page stays light."""
    return round(length, 1) if round(length, 1) % 1 else int(round(length, 1))
