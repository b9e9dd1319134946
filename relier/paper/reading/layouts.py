"""What was printed where: the geometry of a printed sheet, all that the reader knows of it.

Lengths are millimetres on the printed page, from its top left corner: x to the right, y down.
A layout is made with the PDF, from the same typesetting, and never changes: a sheet printed two
years ago is read with the layout it was printed with. Its JSON (`to_json`, `from_json`) is what
is kept; `digest` names it.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from .identifiers import Corner

FORMAT = 1
WIDTH, HEIGHT = 210.0, 297.0  # A4

# `one` and `several` are answered by boxes; the others are written, and read by a human.
Kind = Literal["one", "several", "number", "hours", "date", "line", "signature"]
BOXED = ("one", "several")
WRITTEN = ("number", "hours", "date", "line", "signature")


class NotALayout(ValueError):  # noqa: N818 — said as a sentence
    """The JSON is not a layout of ours: which part of it, and why."""


@dataclass(frozen=True)
class Question:
    """`choices` are the keys of the boxes, in the order printed; () where one writes. `by_ink`:
    nobody needs to look where there is surely no ink, nor where a signature surely is."""

    key: str
    kind: Kind
    choices: tuple[str, ...] = ()
    by_ink: bool = False


@dataclass(frozen=True)
class Box:
    """A square to mark: the outer edge of its frame."""

    question: str
    choice: str
    x: float
    y: float
    side: float


@dataclass(frozen=True)
class Cell:
    """One square of a comb: a digit."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Room:
    """Where one writes or signs; `cells` are those of a number or a date, in the order read."""

    question: str
    x: float
    y: float
    width: float
    height: float
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True)
class Marker:
    """An ArUco marker of the dictionary 4×4_50: the outer edge of its black border."""

    id: int
    x: float
    y: float
    side: float


# Where the markers stand on every sheet that we print, clockwise from the top left. It is asked
# only while it is not yet known which sheet this is.
STANDARD_MARKERS = (
    Marker(0, 15, 15, 10),
    Marker(1, WIDTH - 25, 15, 10),
    Marker(2, WIDTH - 25, HEIGHT - 25, 10),
    Marker(3, 15, HEIGHT - 25, 10),
)


@dataclass(frozen=True)
class Code:
    """A QR code: its symbol, without the white around it."""

    corner: Corner
    x: float
    y: float
    side: float


@dataclass(frozen=True)
class Page:
    """`rows`: the strip of the page that shows a question and its answers, as (x, y, width,
    height)."""

    number: int
    boxes: tuple[Box, ...]
    rooms: tuple[Room, ...]
    markers: tuple[Marker, ...]
    codes: tuple[Code, ...]
    rows: Mapping[str, tuple[float, float, float, float]]


@dataclass(frozen=True)
class Layout:
    sheet: str
    version: str
    language: str
    large: bool
    questions: tuple[Question, ...]
    pages: tuple[Page, ...]

    def page(self, number: int) -> Page:
        return self.pages[number - 1]

    def to_json(self) -> str:
        """The one form of a layout: the same layout gives the same bytes."""
        whole = {"format": FORMAT, **asdict(self)}
        for question in whole["questions"]:
            if not question["by_ink"]:
                del question["by_ink"]  # layouts older than this word keep their bytes
        return json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    @property
    def digest(self) -> str:
        """SHA-256 of its JSON, 64 hexadecimal digits."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()


def from_json(text: str) -> Layout:
    """Raises NotALayout."""
    try:
        whole = json.loads(text)
        if whole["format"] != FORMAT:
            raise NotALayout(
                f"This layout is of format {whole['format']}; this reader knows {FORMAT}."
            )
        layout = Layout(
            sheet=str(whole["sheet"]),
            version=str(whole["version"]),
            language=str(whole["language"]),
            large=bool(whole["large"]),
            questions=tuple(
                Question(
                    one["key"], one["kind"], tuple(one["choices"]), bool(one.get("by_ink", False))
                )
                for one in whole["questions"]
            ),
            pages=tuple(_page(one) for one in whole["pages"]),
        )
    except NotALayout:
        raise
    except (KeyError, TypeError, ValueError) as wrong:
        raise NotALayout(f"This is not the layout of a sheet: {wrong!r}.") from wrong
    _check(layout)
    return layout


def _page(one: Mapping[str, Any]) -> Page:
    return Page(
        number=int(one["number"]),
        boxes=tuple(Box(**box) for box in one["boxes"]),
        rooms=tuple(
            Room(**{**room, "cells": tuple(Cell(**cell) for cell in room["cells"])})
            for room in one["rooms"]
        ),
        markers=tuple(Marker(**marker) for marker in one["markers"]),
        codes=tuple(Code(**code) for code in one["codes"]),
        rows={
            str(key): (float(x), float(y), float(width), float(height))
            for key, (x, y, width, height) in one["rows"].items()
        },
    )


def _check(layout: Layout) -> None:
    """What a reader relies on: known questions, every box inside the page, each box once."""
    asked = {question.key: question for question in layout.questions}
    if [page.number for page in layout.pages] != list(range(1, len(layout.pages) + 1)):
        raise NotALayout("The pages of a layout are numbered 1, 2, 3…")
    seen: set[tuple[str, str]] = set()
    for page in layout.pages:
        for box in page.boxes:
            if box.question not in asked or box.choice not in asked[box.question].choices:
                raise NotALayout(f"The box {box.question}/{box.choice} answers no question.")
            if (box.question, box.choice) in seen:
                raise NotALayout(f"The box {box.question}/{box.choice} stands twice.")
            seen.add((box.question, box.choice))
            _check_inside(box.x, box.y, box.side, box.side)
        for room in page.rooms:
            if room.question not in asked or asked[room.question].kind not in WRITTEN:
                raise NotALayout(f"Nobody asked to write {room.question}.")
            _check_inside(room.x, room.y, room.width, room.height)
    wanted = {(one.key, choice) for one in layout.questions for choice in one.choices}
    if wanted != seen:
        raise NotALayout(f"Some choices have no box: {sorted(wanted - seen)[:3]}.")


def _check_inside(x: float, y: float, width: float, height: float) -> None:
    if not (x >= 0 and y >= 0 and x + width <= WIDTH and y + height <= HEIGHT):
        raise NotALayout("Something stands outside the page.")
    if width <= 0 or height <= 0:
        raise NotALayout("Something has no size.")
