"""A wrong identity, never: 10 000 damaged codes, 1 000 whole pages from the hardest levels.

A damaged code is the corner of a page with one code, at 600 dpi: a few accidents (modules changed,
blots, scribbles, blur, few pixels, slant, noise, little contrast, JPEG), then read as a page is.
That it is not read is no fault. That it is read as another is.
"""

import multiprocessing
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import cv2
import numpy as np

from . import marks
from .making import identifier_of, keep, layout_of, make_one, read_kept
from .photos import moved
from .running import read, readers
from .scans import Rng, noisy
from .score import upper
from .sheets import MODULE, PER_MM, Picture, bench_sheet, grey
from .strokes import Pen, draw_stroke

CODES, PAGES = 10_000, 1_000
FROM = 2_000_000  # numbers of their own
HARDEST = ("S2", "S3", "P2", "P3", "fax", "copy", "toner", "dim", "gloss", "resent", "screen")
LEFT, TOP, WIDE, HIGH = 140.0, 0.0, 70.0, 55.0  # millimetres: the corner with code A


@dataclass(frozen=True)
class Count:
    read: int
    unread: int
    wrong: int


def run(seed: int, jobs: int) -> int:
    wrong = 0
    for title, counted in (
        (f"{CODES} damaged codes", codes(seed, jobs)),
        (f"{PAGES} pages of {', '.join(HARDEST)}", pages(seed, jobs)),
    ):
        bound = 100 * upper(counted.wrong, counted.read)
        print(
            f"{title}: {counted.read} identified, {counted.unread} not, "
            f"{counted.wrong} wrong (of those identified, at most {bound:.3f} %, one-sided 95 %)",
            flush=True,
        )
        wrong += counted.wrong
    return 1 if wrong else 0


def codes(seed: int, jobs: int) -> Count:
    known = [identifier_of(seed, FROM + number) for number in range(CODES)]
    with readers(jobs, layout_of("S1"), known) as pool:
        said = pool.map(partial(_read_code, seed), range(FROM, FROM + CODES), chunksize=20)
    return _count(said)


def pages(seed: int, jobs: int) -> Count:
    orders = [(HARDEST[at % len(HARDEST)], seed, FROM + at) for at in range(PAGES)]
    known = [identifier_of(seed, number) for _level, _seed, number in orders]
    with tempfile.TemporaryDirectory(prefix="relier-bench-") as there:
        with multiprocessing.Pool(jobs) as pool:
            for made in pool.imap_unordered(make_one, orders, chunksize=4):
                keep(Path(there), made)
        told = sorted(Path(there).glob("*/[0-9]*.json"))
        with readers(jobs, layout_of("S1"), known) as pool:
            return _count(pool.map(_read_page, told, chunksize=4))


def _count(said: list[bool | None]) -> Count:
    return Count(sum(one is not None for one in said), said.count(None), said.count(False))


def _read_code(seed: int, number: int) -> bool | None:
    """Right, wrong, or None when it was not read."""
    found = read(damaged(seed, number)).identifier
    return None if found is None else bool(found == identifier_of(seed, number))


def _read_page(told: Path) -> bool | None:
    made = read_kept(told)
    found = read(grey(made.file[0])).identifier
    return None if found is None else bool(found == made.identifier)


# --- damage -------------------------------------------------------------------------------------


def damaged(seed: int, number: int) -> Picture:
    """The corner of page `number`, with its code as it came to us."""
    rng = np.random.default_rng([seed, number, 21])
    page = bench_sheet().draw(1, identifier_of(seed, number))
    left, top, wide, high = (round(one * PER_MM) for one in (LEFT, TOP, WIDE, HIGH))
    corner = np.ascontiguousarray(page[top : top + high, left : left + wide])
    for accident in rng.choice(list(ON_PAPER), int(rng.integers(0, 3)), replace=False):
        corner = ON_PAPER[str(accident)](corner, rng)
    corner = _seen(corner, rng)
    for accident in rng.choice(list(IN_PICTURE), int(rng.integers(1, 3)), replace=False):
        corner = IN_PICTURE[str(accident)](corner, rng)
    return corner


def _place() -> tuple[float, float, float]:
    """The symbol in the corner: left, top and side, in pixels of 600 dpi."""
    code = bench_sheet().layout.page(1).codes[0]
    return (code.x - LEFT) * PER_MM, (code.y - TOP) * PER_MM, code.side * PER_MM


def _changed(corner: Picture, rng: Rng) -> Picture:
    """Modules that became their contrary: the code mends about six, if far from one another."""
    left, top, _side = _place()
    module = MODULE * PER_MM
    for x, y in rng.integers(0, 21, (int(rng.integers(1, 21)), 2)).tolist():
        row, column = round(top + y * module), round(left + x * module)
        square = corner[row : row + round(module), column : column + round(module)]
        square[:] = 255 - square
    return corner


def _blots(corner: Picture, rng: Rng) -> Picture:
    left, top, side = _place()
    for _ in range(int(rng.integers(1, 4))):
        middle = rng.uniform(0, side, 2) + np.array([left, top])
        radius, ink = int(rng.uniform(0.4, 2.2) * PER_MM), int(rng.choice([20, 60, 240]))
        cv2.circle(corner, middle.astype(int).tolist(), radius, (ink,), -1, cv2.LINE_AA)
    return corner


def _scribbled(corner: Picture, rng: Rng) -> Picture:
    left, top, side = (one / PER_MM for one in _place())
    pen = Pen("felt", "black", rng.uniform(0.4, 1.5), rng.uniform(0.5, 0.9), 0.0, 0.0)
    middle = np.array([left, top]) + side / 2 + rng.normal(0, 0.2, 2) * side
    for stroke in marks.scribble(rng, rng.uniform(0.15, 0.6)):
        draw_stroke(corner, middle + stroke * side, pen, 0.1, rng)
    return corner


def _torn(corner: Picture, rng: Rng) -> Picture:
    """A part of the symbol is hidden, from one side."""
    left, top, side = _place()
    part = round(rng.uniform(0.03, 0.25) * side)
    if rng.random() < 0.5:
        corner[:, round(left + side) - part :] = int(rng.choice([20, 245]))
    else:
        corner[: round(top) + part] = int(rng.choice([20, 245]))
    return corner


def _seen(corner: Picture, rng: Rng) -> Picture:
    """From aside, turned, with 2 to 7 pixels a module."""
    high, wide = corner.shape
    share = rng.uniform(2.2, 7.0) / (MODULE * PER_MM)
    soft = cv2.GaussianBlur(corner, (0, 0), 0.42 / share)
    square = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    slanted = square + rng.normal(0, 0.04, (4, 2)) * wide
    angle = rng.uniform(0, 2 * np.pi) if rng.random() < 0.5 else rng.normal(0, 0.05)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    there = (slanted - square.mean(0)) @ turn.T * share
    there -= there.min(0)
    size = np.ceil(there.max(0)).astype(int).tolist()
    view = cv2.getPerspectiveTransform(square, there.astype(np.float32))
    return cv2.warpPerspective(soft, view, size, borderValue=(int(rng.integers(60, 256)),))


def _blurred(corner: Picture, rng: Rng) -> Picture:
    return cv2.GaussianBlur(corner, (0, 0), rng.uniform(0.5, 1.6))


def _shaken(corner: Picture, rng: Rng) -> Picture:
    return cv2.filter2D(corner, -1, moved(rng.uniform(1, 4), rng))


def _pale(corner: Picture, rng: Rng) -> Picture:
    return cv2.convertScaleAbs(corner, alpha=rng.uniform(0.1, 0.5), beta=rng.uniform(10, 120))


def _grainy(corner: Picture, rng: Rng) -> Picture:
    return noisy(corner, rng.uniform(8, 40), rng, rng.choice([0.0, 0.8]))


def _pressed(corner: Picture, rng: Rng) -> Picture:
    quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(8, 50))]
    return grey(cv2.imencode(".jpg", corner, quality)[1].tobytes())


def _two_levels(corner: Picture, rng: Rng) -> Picture:
    return cv2.threshold(corner, rng.uniform(90, 190), 255, cv2.THRESH_BINARY)[1]


Accident = Callable[[Picture, Rng], Picture]
ON_PAPER: dict[str, Accident] = {
    "changed": _changed,
    "blots": _blots,
    "scribbled": _scribbled,
    "torn": _torn,
}
IN_PICTURE: dict[str, Accident] = {
    "blurred": _blurred,
    "shaken": _shaken,
    "pale": _pale,
    "grainy": _grainy,
    "pressed": _pressed,
    "two levels": _two_levels,
}
