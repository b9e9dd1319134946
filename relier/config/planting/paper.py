"""Paper in the demonstration: sheets that are out, and a page that came back. It was printed as any
other and is received and read as any other; only the pen is invented."""

import io
from collections.abc import Mapping
from datetime import date
from typing import Any

import cv2
import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

from relier.accounts.actors import Actor
from relier.competences import standing
from relier.competences.sheets import POSITIONING
from relier.paper import actions
from relier.paper.models import Printing
from relier.paper.reading.layouts import Box, Page, Room
from relier.people.models import Person

Picture = NDArray[np.uint8]
Told = Mapping[str, Any]

# As an office scanner sees a page, and a ballpoint on it.
DOTS_A_MM = 200 / 25.4
INK, STROKE = 70, 3
HAND, LETTERS = cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, 1.6
LINE_HEIGHT = 11.0  # millimetres


def plant_paper(told: Told, people: Mapping[str, Person], today: date, *, by: Actor) -> None:
    """A batch, and the one page of it that came back, where it is said which."""
    printed = actions.print_batch(
        told["sheet"],
        subjects=[people[name].subject for name in told["people"]],
        occasion=occasion_of(told),
        by=by,
    )
    back = told.get("back")
    if back is None:
        return
    page = scanned(printed.pdf, rank_of(printed.printing, told["people"].index(back["person"])))
    fill(page, printed.printing.sheet.as_layout.page(1), back, today)
    done, png = cv2.imencode(".png", page)
    if not done:
        raise RuntimeError("The page of the demonstration could not be drawn.")
    pile = actions.begin_pile("scan", by=by)
    actions.receive(pile, io.BytesIO(png.tobytes()), by=by)
    actions.read_waiting(pile.centre_id, by=by, pile=pile)


def occasion_of(told: Told) -> dict[str, str]:
    if told["sheet"] != POSITIONING:
        return {}
    bank = standing.bank_for_people()
    return {"bank": bank.id, "version": bank.version, "parts": told["part"]}


def rank_of(batch: Printing, copy: int) -> int:
    """Of the first page of a copy, in the PDF."""
    return copy * len(batch.sheet.as_layout.pages)


def scanned(pdf: bytes, rank: int) -> Picture:
    document = pdfium.PdfDocument(pdf)
    try:
        grey = document[rank].render(scale=DOTS_A_MM * 25.4 / 72, grayscale=True).to_numpy()
        return np.atleast_3d(grey)[..., 0].copy()
    finally:
        document.close()


# --- the pen -------------------------------------------------------------------------------------


def fill(page: Picture, printed: Page, said: Told, today: date) -> None:
    """`said`: what is crossed and what is written, by question; the day is that of the planting."""
    for box in printed.boxes:
        if said["crossed"].get(box.question) == box.choice:
            cross(page, box)
    for room in printed.rooms:
        if room.cells:
            write_figures(page, room, f"{today:%d%m%Y}")
        else:
            write_lines(page, room, said["written"].get(room.question, []))


def dots(*lengths: float) -> tuple[int, ...]:
    return tuple(round(length * DOTS_A_MM) for length in lengths)


def cross(page: Picture, box: Box) -> None:
    """By a hand: it leans, and does not stop at the frame."""
    for stroke in (((0.1, 0.05), (0.95, 0.9)), ((0.9, -0.1), (0.05, 0.95))):
        start, end = (dots(box.x + x * box.side, box.y + y * box.side) for x, y in stroke)
        cv2.line(page, start, end, INK, STROKE, cv2.LINE_AA)


def write_lines(page: Picture, room: Room, lines: list[str]) -> None:
    for number, line in enumerate(lines, start=1):
        write(page, line, room.x + 4, room.y + number * LINE_HEIGHT - 3)


def write_figures(page: Picture, room: Room, figures: str) -> None:
    for cell, figure in zip(room.cells, figures, strict=True):
        write(page, figure, cell.x + 1.8, cell.y + cell.height - 2.2)


def write(page: Picture, words: str, x: float, y: float) -> None:
    """Letter by letter from (x, y), none as high nor as large as the one before: always the same
    ones, so that two demonstrations are alike."""
    chance = np.random.default_rng(len(words))
    for letter in words:
        size = LETTERS * chance.uniform(0.9, 1.15)
        at = dots(x, y + chance.normal(0, 0.3))
        cv2.putText(page, letter, at, HAND, size, INK, 1, cv2.LINE_AA)
        (width, _height), _below = cv2.getTextSize(letter, HAND, size, 1)
        x += width / DOTS_A_MM + chance.uniform(0.2, 0.6)
