"""Pages of a printed batch, filled by hand and degraded as benchmarks/paper does, seeded."""

from collections.abc import Mapping

import cv2
import numpy as np
import pypdfium2 as pdfium

from benchmarks.paper import marks, pens
from benchmarks.paper.degradations import LEVELS
from benchmarks.paper.sheets import DPI, Picture
from relier.paper.reading.layouts import Page, Room

# What one person did on one row, beside one plain mark.
CORRECTED, DOUBLE = "corrected", "double"


def drawn(pdf: bytes) -> list[Picture]:
    """Each page in grey, at the density of the bench."""
    document = pdfium.PdfDocument(pdf)
    pages = []
    for page in document:
        grey = page.render(scale=DPI / 72, grayscale=True).to_numpy()
        pages.append(np.ascontiguousarray(grey.reshape(grey.shape[0], grey.shape[1])))
    document.close()
    return pages


def fill(
    picture: Picture, page: Page, answers: Mapping[str, str], odd: Mapping[str, str], seed: int
) -> None:
    """Mark what was answered. `odd`: question -> what happened there: an answer blackened before
    the right one was crossed, or a second mark."""
    rng = np.random.default_rng([2026, seed])
    someone = pens.someone(rng)
    for question, answer in answers.items():
        boxes = {box.choice: box for box in page.boxes if box.question == question}
        if answer not in boxes:
            continue
        other = next(box for choice, box in boxes.items() if choice != answer)
        if odd.get(question) == CORRECTED:
            black = marks.blackened(rng, someone.pen.width / other.side)
            pens.put(picture, other, black, someone, rng, np.zeros(2))
        if odd.get(question) == DOUBLE:
            pens.put(picture, other, pens.style_of(someone, other, rng), someone, rng)
        box = boxes[answer]
        pens.put(picture, box, pens.style_of(someone, box, rng), someone, rng)


def sign(picture: Picture, room: Room, seed: int) -> None:
    """A signature that stays in the room made for it, more or less, by a hand of its own."""
    rng = np.random.default_rng([2026, 11, seed])
    someone = pens.someone(rng)
    wide, high = room.width * rng.uniform(0.5, 0.85), room.height * rng.uniform(0.55, 0.9)
    corner = np.array([room.x + rng.uniform(1, 4), room.y + rng.uniform(0, 1.5)])
    for stroke in marks.signature(rng, wide, high):
        pens.draw_stroke(picture, corner + stroke, someone.pen, someone.tremor, rng)


def write_figures(picture: Picture, room: Room, figures: str, seed: int) -> None:
    """One figure in each square of a comb."""
    rng = np.random.default_rng([2026, 12, seed])
    someone = pens.someone(rng)
    for cell, which in zip(room.cells, figures, strict=True):
        corner = np.array([cell.x + 0.22 * cell.width, cell.y + 0.2 * cell.height])
        for stroke in marks.digit(rng, which, cell.width * 0.55, cell.height * 0.6, someone.slant):
            pens.draw_stroke(picture, corner + stroke, someone.pen, someone.tremor, rng)


def degraded(picture: Picture, level: str, seed: int, *, upside_down: bool = False) -> bytes:
    """A JPEG, as a scanner or a telephone saves it."""
    if upside_down:
        picture = np.ascontiguousarray(cv2.rotate(picture, cv2.ROTATE_180))
    data, _ending = LEVELS[level].degrade(picture, np.random.default_rng([2026, seed, 7]))
    return data
