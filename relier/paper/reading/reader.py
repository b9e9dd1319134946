"""Reads the picture of a page: which page, where it lies, what was marked on it.

    reading = read_page(grey, find)      # find(identifier) -> (Layout, page number) or None

Nothing is believed that does not agree with itself; nothing doubtful is decided. A page ends in
one of four states: `unidentified` (no code of ours was read, or those of several pages),
`unknown` (a code of ours that `find` does not know), `unregistered` (where it lies cannot be made
out), `read`. `why` says it for a log; `Why` names it for whoever words it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from . import finding, inking, judging, registering
from .finding import FoundCode, Grey, Points
from .judging import BoxReading, QuestionReading
from .layouts import HEIGHT, WIDTH, Layout, Page
from .registering import FRAMES, Registration

Find = Callable[[str], tuple[Layout, int] | None]

# Pixels for each millimetre beyond which a picture says nothing more of a mark.
FINEST = 9.0
# Fewer than this, and a mark cannot be told from the noise of the picture.
COARSEST = 2.5
WHOLE = (0.0, 0.0, WIDTH, HEIGHT)


class State(StrEnum):
    UNIDENTIFIED = "unidentified"
    UNKNOWN = "unknown"
    UNREGISTERED = "unregistered"
    READ = "read"


class Why(StrEnum):
    NO_CODE = "no_code"  # no code of ours could be read
    SEVERAL = "several_pages"  # the codes of two pages in one picture
    UNKNOWN = "unknown"  # a page that was not printed here
    CORNERS = "corners"  # too few corners can be seen, or they do not agree
    FRAMES = "frames"  # the boxes are not where they were printed
    SMALL = "small"  # the picture is too small to see marks


@dataclass(frozen=True)
class PageReading:
    """`boxes`: (question, choice) -> what was seen there; `questions`: key -> what it comes to;
    `written`: rooms (question) -> the share of ink in them, 0 to 1, and nothing of what it says."""

    state: State
    identifier: str | None = None
    page: int | None = None
    why: Why | None = None
    boxes: Mapping[tuple[str, str], BoxReading] = field(default_factory=dict)
    questions: Mapping[str, QuestionReading] = field(default_factory=dict)
    written: Mapping[str, float] = field(default_factory=dict)
    where: Registration | None = None
    scale: float = 1.0  # of the picture that `where` is about


def read_page(grey: Grey, find: Find) -> PageReading:
    """`grey`: a picture of one page, height × width, 8 bits, any orientation."""
    codes = finding.find_codes(grey)
    markers: dict[int, Points] | None = None
    if not codes:
        markers = finding.find_markers(grey)
        codes = _codes_straightened(grey, markers)
    names = {one.seen.identifier for one in codes}
    if len(names) != 1:
        return PageReading(State.UNIDENTIFIED, why=Why.SEVERAL if names else Why.NO_CODE)
    (identifier,) = names
    known = find(identifier)
    if known is None:
        return PageReading(State.UNKNOWN, identifier, why=Why.UNKNOWN)
    layout, number = known
    return _read(grey, identifier, layout, number, codes, markers)


def _read(
    grey: Grey,
    identifier: str,
    layout: Layout,
    number: int,
    codes: list[FoundCode],
    markers: dict[int, Points] | None,
) -> PageReading:
    page = layout.page(number)
    markers = _markers(grey, codes, page) if markers is None else markers
    matrix = registering.from_all(codes, markers, page)
    if matrix is None:
        return PageReading(State.UNREGISTERED, identifier, number, Why.CORNERS)
    fine = registering.pixels_a_millimetre(matrix)
    if fine < COARSEST:
        return PageReading(State.UNREGISTERED, identifier, number, Why.SMALL)
    scale = 1.0
    if fine > FINEST:
        grey, scale = finding.reduced(grey, round(max(grey.shape) * FINEST / fine))
        matrix = registering.scaled(matrix, scale)
    pinned = [
        (one.x + one.side / 2, one.y + one.side / 2) for one in page.markers if one.id in markers
    ]
    where = registering.refine(grey, matrix, page.boxes, np.array(pinned).reshape(-1, 2))
    if where.frames < FRAMES:
        return PageReading(State.UNREGISTERED, identifier, number, Why.FRAMES)
    seen = inking.look_at(grey, where, page.boxes)
    boxes = judging.judge_boxes(seen, page.boxes)
    questions = judging.judge_questions(boxes, layout, page)
    boxes = judging.look_again(boxes, questions, seen, page.boxes)
    written = {room.question: inking.ink_in(grey, where, room) for room in page.rooms}
    return PageReading(
        State.READ, identifier, number, None, boxes, questions, written, where, scale
    )


def _markers(grey: Grey, codes: list[FoundCode], page: Page) -> dict[int, Points]:
    """The markers of the page: first where its codes say they are, else everywhere."""
    near: dict[int, Points] = {}
    first = registering.from_codes(codes, page)
    if first is not None:
        near = finding.find_markers_near(grey, registering.markers_at(first, page))
    return near if len(near) == 4 else {**finding.find_markers(grey), **near}


def _codes_straightened(grey: Grey, markers: Mapping[int, Points]) -> list[FoundCode]:
    """The codes of a page of which only markers were made out, looked for again once straight."""
    where = registering.from_markers(markers)
    if where is None:
        return []
    straight = registering.drawn_at(grey, where, WHOLE, FINEST)
    return [
        FoundCode(one.seen, where.pixels((one.corners + 0.5) / FINEST))
        for one in finding.find_codes(straight)
    ]


def straightened(grey: Grey, reading: PageReading, pixels_a_mm: float) -> Grey:
    """The whole page as it was printed, for a human: A4 at so many pixels a millimetre. `grey`:
    the picture that was read."""
    if reading.where is None:
        raise ValueError("A page that was not registered cannot be straightened.")
    if reading.scale < 1:
        grey, _ = finding.reduced(grey, round(max(grey.shape) * reading.scale))
    return registering.drawn_at(grey, reading.where, WHOLE, pixels_a_mm)
