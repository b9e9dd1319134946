"""Simulated people who fill a page, and what they meant: the truth of every box.

A person keeps their pen, their habit (cross, tick or fill), their size, slant and tremor for the
whole page. What happens on a row follows the proportions of the first study: 80 % one mark (3 % of
those tiny, 3 % off-centre), 8 % corrected, 4 % none, 4 % double, 1.5 % circled; of the boxes left
empty, 1.2 % hold the ghost of an erased mark and 1 % a stray stroke. Rarer, and new: tails that
run into the next box, words written over a box, smudges.

The truth says what the person meant, not what a reader could see: `circled` boxes hold no mark,
`cancelled` ones hold one that was taken back. `answers` are the marks that stand.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import cv2
import numpy as np

from relier.paper.reading.layouts import Box, Page, Room

from . import marks
from .sheets import PER_MM, Picture
from .strokes import Pen, draw_stroke, lay

State = Literal["empty", "marked", "cancelled", "circled"]
Rng = np.random.Generator
ROWS = {
    "one": 0.805,
    "corrected": 0.08,
    "none": 0.04,
    "double": 0.04,
    "circled": 0.015,
    "tail": 0.01,
    "words": 0.005,
    "smudge": 0.005,
}
NEXT_BOX = 17.0  # millimetres: as far as the tail of a tick goes


@dataclass(frozen=True)
class Person:
    style: str  # cross, tick or fill
    pen: Pen
    size: float
    slant: float
    tremor: float
    offset: tuple[float, float]


@dataclass(frozen=True)
class Habits:
    """How often what happens: `rows` for a row; `tiny` and `off_centre` for a mark; `ghost` and
    `stray` for a box left empty; `dates` and `signs` for whoever has to write."""

    rows: Mapping[str, float]
    ghost: float = 0.012
    stray: float = 0.01
    tiny: float = 0.03
    off_centre: float = 0.03
    dates: float = 0.9
    signs: float = 0.8


AS_STUDIED = Habits(ROWS)
# One plain mark on each row, or none on some: for what is to be seen despite the paper.
PLAIN = Habits({"one": 0.9, "none": 0.1}, 0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Mark:
    """`kind`: how it was drawn, or what else lies in the box: cross, tiny, ghost, stray, tail…"""

    state: State
    kind: str


@dataclass
class Truth:
    """`rows`: what happened on each row (a key of ROWS); `written`: the rooms that hold ink."""

    person: str
    boxes: dict[tuple[str, str], Mark] = field(default_factory=dict)
    rows: dict[str, str] = field(default_factory=dict)
    written: dict[str, bool] = field(default_factory=dict)

    def answers(self, question: str) -> tuple[str, ...]:
        return tuple(
            choice
            for (asked, choice), mark in self.boxes.items()
            if asked == question and mark.state == "marked"
        )


def someone(rng: Rng) -> Person:
    style = rng.choice(["cross", "tick", "fill"], p=[0.5, 0.35, 0.15])
    return Person(
        style=str(style),
        pen=_pen(rng),
        size=float(np.clip(rng.normal(1.0, 0.17), 0.65, 1.5)),
        slant=float(rng.normal(0.0, 0.12)),
        tremor=float(rng.lognormal(np.log(0.06), 0.5)),
        offset=(float(rng.normal(0, 0.05)), float(rng.normal(0, 0.05))),
    )


def _pen(rng: Rng) -> Pen:
    """Blue, black and red as a scanner sees them in grey; one person in eight presses little."""
    kind = rng.choice(["ball", "felt", "pencil"], p=[0.68, 0.20, 0.12])
    force = rng.uniform(0.55, 0.8) if rng.random() < 0.125 else rng.uniform(0.9, 1.08)
    if kind == "pencil":
        dark = rng.uniform(0.42, 0.75)
        pen = Pen("pencil", "lead", rng.uniform(0.4, 0.8), dark, 0.0, rng.uniform(0.3, 0.65))
    else:
        ink = rng.choice(["blue", "black", "red"], p=[0.6, 0.32, 0.08])
        low, high = {"blue": (0.58, 0.76), "black": (0.74, 0.9), "red": (0.5, 0.64)}[ink]
        dark = rng.uniform(low, high)
        if kind == "felt":
            pen = Pen("felt", ink, rng.uniform(0.7, 1.6), min(0.93, dark + 0.05), 0.0, 0.0)
        else:
            skips = rng.choice([0.0, 0.04, 0.15], p=[0.6, 0.3, 0.1])
            pen = Pen("ball", ink, rng.uniform(0.32, 0.62), dark, skips, rng.uniform(0.05, 0.2))
    return pen.pressed(float(force))


def fill_page(
    picture: Picture, page: Page, person: Person, rng: Rng, habits: Habits = AS_STUDIED
) -> Truth:
    """Draw all that this person does on the page; what it was is returned."""
    pen = person.pen
    truth = Truth(f"{person.style} {pen.kind} {pen.ink} {pen.width:.2f} mm {pen.dark:.2f}")
    rows: dict[str, list[Box]] = {}
    for box in page.boxes:
        rows.setdefault(box.question, []).append(box)
    for question, boxes in rows.items():
        happens = str(rng.choice(list(habits.rows), p=list(habits.rows.values())))
        truth.rows[question] = happens
        for box in boxes:
            truth.boxes[question, box.choice] = _nothing(picture, box, person, rng, habits)
        chosen = [boxes[at] for at in rng.permutation(len(boxes))]
        _Hand(picture, person, rng, truth, boxes, habits).do(happens, chosen)
    for room in page.rooms:
        often = habits.dates if room.cells else habits.signs
        truth.written[room.question] = bool(rng.random() < often)
        if truth.written[room.question]:
            _write(picture, room, person, rng)
    return truth


def _nothing(picture: Picture, box: Box, person: Person, rng: Rng, habits: Habits) -> Mark:
    """An empty box, or almost: a ghost, a stray stroke."""
    drawn = rng.random()
    if drawn < habits.ghost:
        ghost(picture, box, person, rng)
        return Mark("empty", "ghost")
    if drawn < habits.ghost + habits.stray:
        put(picture, box, marks.stray(rng), person, rng)
        return Mark("empty", "stray")
    return Mark("empty", "nothing")


@dataclass
class _Hand:
    """One row being filled."""

    picture: Picture
    person: Person
    rng: Rng
    truth: Truth
    row: list[Box]
    habits: Habits

    def do(self, happens: str, chosen: list[Box]) -> None:
        if happens == "corrected":
            self.cancel(chosen[1])
        if happens == "circled":
            put(self.picture, chosen[0], marks.circle(self.rng), self.person, self.rng)
            self.note(chosen[0], "circled", "circle")
        elif happens == "tail" and (beside := self.next_to(chosen[0])):
            self.tail(chosen[0], beside)
        elif happens != "none":
            self.mark(chosen[0])
        if happens == "double":
            self.mark(chosen[1])
        elif happens == "words":
            words_over(self.picture, chosen[1], self.person, self.rng)
            self.note(chosen[1], "empty", "words")
        elif happens == "smudge":
            smudge(self.picture, chosen[0], self.rng)

    def note(self, box: Box, state: State, kind: str) -> None:
        self.truth.boxes[box.question, box.choice] = Mark(state, kind)

    def mark(self, box: Box) -> None:
        drawn, person, rng = self.rng.random(), self.person, self.rng
        kind: str = person.style
        if drawn < self.habits.tiny:
            kind = "tiny"
            put(self.picture, box, marks.dash(rng), person, rng)
        elif drawn < self.habits.tiny + self.habits.off_centre:
            kind = "off-centre"
            away = rng.choice([-1, 1], 2) * rng.uniform(0.3, 0.55, 2) * rng.permutation([1.0, 0.4])
            put(self.picture, box, style_of(person, box, rng), person, rng, away)
        else:
            put(self.picture, box, style_of(person, box, rng), person, rng)
        self.note(box, "marked", kind)

    def cancel(self, box: Box) -> None:
        """A mark, then taken back; whoever fills boxes has to go past the frame to say so."""
        person, rng = self.person, self.rng
        put(self.picture, box, style_of(person, box, rng), person, rng)
        if person.style != "fill" and rng.random() < 0.35:
            kind, shape = "blackened", marks.blackened(rng, person.pen.width / box.side)
        else:
            over = rng.uniform(1.35, 1.8) if person.style == "fill" else rng.uniform(0.95, 1.5)
            kind, shape = "scribbled", marks.scribble(rng, over)
        put(self.picture, box, shape, person, rng)
        self.note(box, "cancelled", kind)

    def next_to(self, box: Box) -> Box | None:
        at = self.row.index(box)
        beside = self.row[at + 1] if at + 1 < len(self.row) else None
        return beside if beside and beside.x - box.x < NEXT_BOX else None

    def tail(self, box: Box, beside: Box) -> None:
        to = np.array([beside.x - box.x, beside.y - box.y]) / box.side
        put(self.picture, box, marks.long_tick(self.rng, to), self.person, self.rng)
        self.note(box, "marked", "tick")
        self.note(beside, "empty", "tail")


def style_of(person: Person, box: Box, rng: Rng) -> marks.Shape:
    if person.style == "fill":
        return marks.fill(rng, person.size, person.slant, person.pen.width / box.side)
    size = person.size * rng.uniform(0.85, 1.15)
    draw = marks.cross if person.style == "cross" else marks.tick
    return draw(rng, size, person.slant)


def put(
    picture: Picture,
    box: Box,
    shape: marks.Shape,
    person: Person,
    rng: Rng,
    away: "marks.Points | None" = None,
) -> None:
    """Draw a shape where the hand lands: near the middle of the box, or `away` from it."""
    middle = np.array([box.x, box.y]) + box.side / 2
    moved = np.array(person.offset) if away is None else away
    for stroke in shape:
        points = middle + (stroke + moved) * box.side
        draw_stroke(picture, points, person.pen, person.tremor, rng)


def ghost(picture: Picture, box: Box, person: Person, rng: Rng) -> None:
    """A mark that was rubbed out: what is left is pale, spread, and looks like the mark."""
    left, top = round((box.x - 2) * PER_MM), round((box.y - 2) * PER_MM)
    size = round((box.side + 4) * PER_MM)
    sheet = np.full((size, size), 255, np.uint8)
    there = Box(box.question, box.choice, 2.0, 2.0, box.side)
    put(sheet, there, style_of(person, box, rng), person, rng)
    spread = cv2.GaussianBlur(255 - sheet, (0, 0), rng.uniform(2, 7), sigmaY=rng.uniform(2, 4))
    lay(picture, spread, (left, top), rng.uniform(0.08, 0.22))


def words_over(picture: Picture, box: Box, person: Person, rng: Rng) -> None:
    """A remark whose first or last word runs across the box."""
    start = np.array([box.x - rng.uniform(2, 9), box.y + rng.uniform(-0.5, 1.5)])
    for stroke in marks.words(rng, rng.uniform(14, 30), rng.uniform(2.5, 4.0)):
        draw_stroke(picture, start + stroke, person.pen, person.tremor, rng)


def smudge(picture: Picture, box: Box, rng: Rng) -> None:
    """A finger through wet ink: a pale streak, from the mark to one side."""
    long, high = round(rng.uniform(8, 16) * PER_MM), round(rng.uniform(2, 4) * PER_MM)
    fade = np.linspace(1, 0, long) ** 1.5 * np.hanning(high)[:, None] ** 0.5
    streaks = 0.6 + 0.4 * rng.random((high, 1))
    mask = cv2.GaussianBlur((255 * fade * streaks).astype(np.uint8), (0, 0), 4)
    left, top = round((box.x + 1) * PER_MM), round((box.y + 1) * PER_MM)
    room = picture.shape[1] - left
    lay(picture, np.ascontiguousarray(mask[:, :room]), (left, top), rng.uniform(0.1, 0.3))


def _write(picture: Picture, room: Room, person: Person, rng: Rng) -> None:
    """A date in its comb, or a signature."""
    if room.cells:
        date = f"{rng.integers(1, 29):02}{rng.integers(1, 13):02}{rng.integers(2024, 2027)}"
        for cell, which in zip(room.cells, date, strict=True):
            wide, high = cell.width * rng.uniform(0.45, 0.65), cell.height * rng.uniform(0.5, 0.7)
            corner = np.array([cell.x + 0.2 * cell.width, cell.y + 0.18 * cell.height])
            corner = corner + rng.normal(0, 0.25, 2)
            for stroke in marks.digit(rng, which, wide, high, person.slant):
                draw_stroke(picture, corner + stroke, person.pen, person.tremor, rng)
        return
    wide, high = room.width * rng.uniform(0.35, 0.8), room.height * rng.uniform(0.5, 0.95)
    corner = np.array([room.x + rng.uniform(1, 10), room.y + rng.uniform(-2, 6)])
    for stroke in marks.signature(rng, wide, high):
        draw_stroke(picture, corner + stroke, person.pen, person.tremor, rng)
