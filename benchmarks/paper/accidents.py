"""What happens to a sheet of paper before, while and after someone fills it.

Each takes a filled page in grey at 600 dpi, and chance, and gives the page as it is then. Places
are in millimetres on the page. They are meant to look like the accident, not to be its physics.
"""

from collections.abc import Callable

import cv2
import numpy as np

from . import marks
from .scans import Rng, noisy, shaded
from .sheets import PER_MM, Picture
from .strokes import Pen, draw_stroke, lay, tile

PAPER = 236


def px(*lengths: float) -> tuple[int, ...]:
    return tuple(round(length * PER_MM) for length in lengths)


def painted(page: Picture, grey: int, *corners: tuple[float, float]) -> Picture:
    """A patch laid on the page, its corners in millimetres."""
    shape = np.round(np.array(corners) * PER_MM).astype(int)
    return cv2.fillPoly(page, [shape], (grey,), cv2.LINE_AA)


def laid(page: Picture, mask: Picture, dark: float) -> Picture:
    lay(page, mask, (0, 0), dark)
    return page


def cloud(page: Picture, rng: Rng, middle: tuple[float, float], radius: float) -> Picture:
    """A mask of the size of the page: a blot with an uneven edge, 255 inside."""
    small = (page.shape[1] // 16, page.shape[0] // 16)
    y, x = np.mgrid[0 : small[1], 0 : small[0]] * 16 / PER_MM
    around = np.arctan2(y - middle[1], x - middle[0])
    edge = radius * (1 + 0.08 * np.sin(3 * around + rng.uniform(0, 6)))
    edge *= 1 + 0.04 * np.sin(7 * around + rng.uniform(0, 6))
    inside = np.clip((edge - np.hypot(x - middle[0], y - middle[1])) / 1.5 + 0.5, 0, 1)
    mask = (255 * inside).astype(np.uint8)
    return cv2.resize(mask, page.shape[::-1], interpolation=cv2.INTER_LINEAR)


# --- bent, cut, pierced -------------------------------------------------------------------------


def folded(page: Picture, rng: Rng) -> Picture:
    """In three, as a letter: each crease has its light, its shadow, and wears the ink."""
    for y in (99.0, 198.0):
        at = px(y + rng.uniform(-2, 2))[0]
        page[at - 40 : at] = page[at - 40 : at] * np.linspace(1, 0.82, 40)[:, None]
        worn = rng.random((12, page.shape[1])) < 0.5
        page[at : at + 12][worn] = np.maximum(page[at : at + 12][worn], 225)
        page[at + 12 :] = cv2.convertScaleAbs(page[at + 12 :], alpha=rng.uniform(0.93, 0.98))
    return page


def crumpled(page: Picture, rng: Rng) -> Picture:
    """In a ball, then flattened: facets that tilt, and lines between them."""
    count = 40
    seeds = np.column_stack([rng.uniform(0, 210, count), rng.uniform(0, 297, count)])
    y, x = np.mgrid[0:297, 0:210]
    far = np.hypot(x[..., None] - seeds[:, 0], y[..., None] - seeds[:, 1])
    order = np.sort(far, axis=2)
    shade = rng.uniform(0.82, 1.0, count)[far.argmin(2)]
    shade[order[..., 1] - order[..., 0] < 1.2] *= 0.85
    field = cv2.resize((255 * shade).astype(np.uint8), page.shape[::-1])
    shifts = rng.normal(0, 0.5, (count, 2))[far.argmin(2)].astype(np.float32)
    shifts = cv2.resize(cv2.GaussianBlur(shifts, (0, 0), 5), page.shape[::-1]) * PER_MM
    rows, columns = np.mgrid[0 : page.shape[0], 0 : page.shape[1]].astype(np.float32)
    bent = cv2.remap(page, columns + shifts[..., 0], rows + shifts[..., 1], cv2.INTER_LINEAR)
    return cv2.multiply(bent, field, scale=1 / 255)


def dog_eared(page: Picture, rng: Rng) -> Picture:
    """The bottom right corner turned over: its back hides what was there and what is beside."""
    page = painted(page, 60, (210, 240), (210, 297), (150, 297))
    page = painted(page, 205, (210, 240), (150, 297), (152, 244))
    return painted(page, 228, (209, 241), (151, 296), (152.5, 245))


def stapled(page: Picture, rng: Rng) -> Picture:
    x, y = 12 + rng.uniform(-2, 2), 12 + rng.uniform(-2, 2)
    page = painted(page, 150, (x, y + 0.9), (x + 11, y - 2.1), (x + 11, y - 1.4), (x, y + 1.6))
    return painted(page, 70, (x, y), (x + 11, y - 3), (x + 11, y - 2.3), (x, y + 0.7))


def staple_torn_out(page: Picture, rng: Rng) -> Picture:
    ragged = [(0.0, 0.0), (24.0, 0.0)]
    ragged += [(24 - at + rng.normal(0, 1), at + rng.normal(0, 1)) for at in range(3, 22, 3)]
    return painted(page, 30, *ragged, (0, 23))


def punched(page: Picture, rng: Rng) -> Picture:
    """Two holes, 80 mm apart, 12 mm from the edge, as in any office; black behind."""
    return holes(page, ((12.0, 108.5), (12.0, 188.5)), 15)


def punched_through(page: Picture, rng: Rng) -> Picture:
    """By someone who did not look: one hole in a box of the first column."""
    return holes(page, ((24.5, 79.8), (24.5, 159.8)), int(rng.choice([15, 250])))


def holes(page: Picture, places: tuple[tuple[float, float], ...], grey: int) -> Picture:
    for x, y in places:
        cv2.circle(page, px(x, y), px(3.0)[0], (grey,), -1, cv2.LINE_AA)
    return page


def corner_cut(page: Picture, rng: Rng) -> Picture:
    return painted(page, 20, (210, 250), (210, 297), (165, 297))


def corners_cut(page: Picture, rng: Rng) -> Picture:
    page = painted(page, 20, (0, 0), (42, 0), (0, 42))
    return corner_cut(page, rng)


def torn(page: Picture, rng: Rng) -> Picture:
    """The right margin is gone, along a ragged line, with its two markers."""
    edge = [(184 + 3 * np.sin(y / 31) + rng.normal(0, 0.8), y) for y in np.arange(0, 299, 3.0)]
    light = [(x - 1.5, y) for x, y in edge]
    page = painted(page, 252, *light, (210, 297), (210, 0))
    return painted(page, 20, *edge, (210, 297), (210, 0))


def top_half(page: Picture, rng: Rng) -> Picture:
    return painted(page, 20, (0, 150), (210, 147), (210, 297), (0, 297))


def bottom_half(page: Picture, rng: Rng) -> Picture:
    return painted(page, 20, (0, 0), (210, 0), (210, 146), (0, 149))


# --- stained ------------------------------------------------------------------------------------


def coffee_ring(page: Picture, rng: Rng) -> Picture:
    """Of a cup, over three rows: a ring, uneven and not closed."""
    middle = (rng.uniform(80, 130), rng.uniform(95, 150))
    ring = cv2.subtract(cloud(page, rng, middle, 40.5), cloud(page, rng, middle, 38.0))
    weak = cv2.resize(rng.uniform(0.2, 1.0, (6, 5)).astype(np.float32), page.shape[::-1])
    page = laid(page, (ring * weak).astype(np.uint8), 0.42)
    return laid(page, cloud(page, rng, middle, 38.0), 0.04)


def coffee_spilt(page: Picture, rng: Rng) -> Picture:
    middle = (rng.uniform(60, 110), rng.uniform(110, 150))
    whole = cloud(page, rng, middle, 45)
    page = laid(page, whole, 0.22)
    edge = cv2.subtract(whole, cv2.erode(whole, np.ones((35, 35), np.uint8)))
    return laid(page, edge, 0.3)


def rained_on(page: Picture, rng: Rng) -> Picture:
    """Drops: there the ink of the pen ran, and so did some of the print of an inkjet."""
    ran = cv2.GaussianBlur(page, (0, 0), rng.uniform(8, 18))
    for _ in range(9):
        middle = (rng.uniform(20, 190), rng.uniform(60, 230))
        drop = cloud(page, rng, middle, rng.uniform(4, 11))
        page = laid(cv2.copyTo(ran, cv2.threshold(drop, 127, 255, 0)[1], page), drop, 0.07)
    return page


def highlighted(page: Picture, rng: Rng) -> Picture:
    """Yellow or green over some answers: a pale band in grey."""
    for y in rng.choice(np.arange(62, 210, 15.2), 4, replace=False):
        x, tall = rng.uniform(16, 70), 7.0
        bow = rng.uniform(-1, 1)
        mask = np.zeros_like(page)
        painted(
            mask, 255, (x, y - 1), (x + 90, y - 1 + bow), (x + 90, y + tall - 1), (x, y + tall - 1)
        )
        page = laid(page, mask, rng.uniform(0.06, 0.16))
    return page


def highlighted_codes(page: Picture, rng: Rng) -> Picture:
    """A dark pink, over a marker and the code of the top."""
    mask = np.zeros_like(page)
    for y in (15, 22, 29):
        painted(mask, 255, (152, y), (200, y - 1), (200, y + 5), (152, y + 6))
    return laid(page, mask, 0.35)


def through_the_paper(page: Picture, rng: Rng) -> Picture:
    """What was written in felt on the back shows: pale, mirrored."""
    back = np.full_like(page, 255)
    pen = Pen("felt", "black", 1.4, 0.9, 0.0, 0.0)
    for y in range(40, 250, 13):
        for stroke in marks.words(rng, 150, 6):
            draw_stroke(back, np.array([20.0, y]) + stroke, pen, 0.1, rng)
    shown = cv2.GaussianBlur(255 - cv2.flip(back, 1), (0, 0), 4)
    return laid(page, shown, rng.uniform(0.1, 0.2))


def printed_on_the_back(page: Picture, rng: Rng) -> Picture:
    """Thin paper: the same form, printed on the other side, shows through."""
    return laid(page, cv2.GaussianBlur(255 - cv2.flip(page, 1), (0, 0), 5), 0.12)


def greasy(page: Picture, rng: Rng) -> Picture:
    """Fingers that held a sandwich: where the paper let the light through it is darker."""
    for _ in range(7):
        where = (rng.uniform(20, 190), rng.uniform(60, 240))
        page = laid(page, cloud(page, rng, where, rng.uniform(4, 9)), rng.uniform(0.05, 0.15))
    return page


# --- printed badly ------------------------------------------------------------------------------


def scaled(share: float, down: float | None = None) -> Callable[[Picture, Rng], Picture]:
    """Printed at another size, around the middle of the page."""

    def print_so(page: Picture, rng: Rng) -> Picture:
        x, y = share, down or share
        high, wide = page.shape
        turn = np.array([[x, 0, wide / 2 * (1 - x)], [0, y, high / 2 * (1 - y)]])
        return cv2.warpAffine(page, turn, (wide, high), borderValue=(255,), flags=cv2.INTER_AREA)

    return print_so


def toner_lines(page: Picture, rng: Rng) -> Picture:
    """Black lines along the page, thin, one of them through a column of boxes."""
    for x in (24.6, *rng.uniform(30, 200, 4)):
        left, wide = px(x, rng.uniform(0.1, 0.35))
        page[:, left : left + max(2, wide)] = rng.integers(40, 120)
    return page


def white_band(page: Picture, rng: Rng) -> Picture:
    """The drum printed nothing there: frames, markers and letters are cut, ink of pens is not;
    here the page is copied after it was filled, so that ink is lost too."""
    left, wide = px(rng.uniform(60, 150), 2.2)
    page[:, left : left + wide] = np.maximum(page[:, left : left + wide], 225)
    return page


def drum_spots(page: Picture, rng: Rng) -> Picture:
    """The same spot every 75 mm, and here it falls in boxes."""
    for x, y in ((24.4, 64.6), (67.5, 79.6), (130.0, 107.9), (24.5, 125.6)):
        for turn in range(-3, 4):
            at = px(x + 0.3 * turn, y + 75 * turn)
            if 0 < at[1] < page.shape[0]:
                cv2.ellipse(page, at, px(0.9, 0.5), rng.uniform(0, 90), 0, 360, (70,), -1)
    return page


def dithered(page: Picture, rng: Rng) -> Picture:
    """Grey paper printed in dots, as a copier set to "photo" does."""
    small = cv2.resize(page, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    cell = np.array([[8, 3, 4], [6, 1, 2], [7, 5, 9]]) * 25.5
    times = (small.shape[0] // 3 + 1, small.shape[1] // 3 + 1)
    limit = np.tile(cell, times)[: small.shape[0], : small.shape[1]]
    dots = np.where(small * 0.88 > limit, 255, 0).astype(np.uint8)
    return cv2.resize(dots, page.shape[::-1], interpolation=cv2.INTER_LINEAR)


# --- hidden, written over -----------------------------------------------------------------------


def note_stuck(page: Picture, rng: Rng) -> Picture:
    """A yellow note, 76 mm, over three rows."""
    x, y = rng.uniform(20, 60), rng.uniform(70, 130)
    corners = np.array([[0, 0], [76, 2], [74, 78], [-2, 76]]) + np.array([x, y])
    page = painted(page, 150, *(corners + 0.8).tolist())
    page = painted(page, 226, *corners.tolist())
    pen = Pen("ball", "blue", 0.5, 0.7, 0.0, 0.1)
    for line in range(4):
        for stroke in marks.words(rng, 55, 5):
            draw_stroke(page, np.array([x + 6, y + 10 + 14 * line]) + stroke, pen, 0.1, rng)
    return page


def _scribbled(page: Picture, rng: Rng, x: float, y: float, side: float) -> Picture:
    pen = Pen("felt", "black", 1.2, 0.85, 0.0, 0.0)
    for stroke in [*marks.scribble(rng, 1.1), *marks.scribble(rng, 1.0)]:
        draw_stroke(page, np.array([x, y]) + side / 2 + stroke * side, pen, 0.2, rng)
    return page


def code_scribbled(page: Picture, rng: Rng) -> Picture:
    return _scribbled(page, rng, 159, 15, 20)


def codes_scribbled(page: Picture, rng: Rng) -> Picture:
    return _scribbled(code_scribbled(page, rng), rng, 31, 257, 20)


def marker_hidden(page: Picture, rng: Rng) -> Picture:
    """By a label with a number, stuck on the bottom left corner."""
    return painted(page, 240, (8, 268), (29, 267), (29, 286), (8, 287))


def markers_hidden(page: Picture, rng: Rng) -> Picture:
    return painted(marker_hidden(page, rng), 240, (182, 11), (202, 12), (202, 29), (182, 28))


def no_marker(page: Picture, rng: Rng) -> Picture:
    page = painted(markers_hidden(page, rng), 240, (10, 11), (29, 12), (29, 29), (10, 28))
    return painted(page, 240, (182, 268), (202, 267), (202, 286), (182, 287))


def corrected_with_white(page: Picture, rng: Rng) -> Picture:
    """A box painted white with its frame: nothing is left of either."""
    page = painted(page, 250, (20.5, 90.9), (29, 91.2), (28.5, 99), (20.8, 98.6))
    return noisy(page, 1.0, rng)


def stamped(page: Picture, rng: Rng) -> Picture:
    """RECEIVED, in a frame, across a row or two."""
    stamp = np.zeros((px(26)[0], px(62)[0]), np.uint8)
    high, wide = stamp.shape
    cv2.rectangle(stamp, (20, 20), (wide - 20, high - 20), (255,), 22)
    cv2.putText(stamp, "RECU LE", (90, 270), cv2.FONT_HERSHEY_DUPLEX, 7.0, (255,), 22)
    cv2.putText(stamp, "12 MAI 2026", (90, 510), cv2.FONT_HERSHEY_DUPLEX, 5.6, (255,), 18)
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), rng.uniform(-12, 12), 1)
    turned: Picture = cv2.warpAffine(stamp, turn, (wide, high))
    patchy = np.clip(0.75 + 0.35 * tile(31, 12.0)[:high, :], 0.1, 1)
    patchy = cv2.resize(patchy, (wide, high))
    at = px(rng.uniform(70, 130), rng.uniform(70, 180))
    lay(page, (turned * patchy).astype(np.uint8), (at[0], at[1]), 0.65)
    return page


def drawn_by_a_child(page: Picture, rng: Rng) -> Picture:
    """A wax crayon over the whole page."""
    pen = Pen("pencil", "wax", 3.0, 0.5, 0.0, 0.6)
    at = np.linspace(0, 1, 260)
    x = 105 + 80 * np.sin(9 * at + rng.uniform(0, 6)) + 12 * np.sin(41 * at)
    y = 150 + 95 * np.cos(7 * at + rng.uniform(0, 6)) + 12 * np.cos(37 * at)
    draw_stroke(page, np.stack([x, y], 1), pen, 0.4, rng)
    return page


def pen_tried(page: Picture, rng: Rng) -> Picture:
    """In the margins: someone made sure that the pen writes."""
    pen = Pen("ball", "blue", 0.4, 0.7, 0.15, 0.1)
    for x, y in ((192.0, 120.0), (4.0, 200.0), (120.0, 256.0)):
        for stroke in marks.scribble(rng, 1.0):
            draw_stroke(page, np.array([x, y]) + 6 + stroke * 12, pen, 0.1, rng)
    return page


def in_a_sleeve(page: Picture, rng: Rng) -> Picture:
    """Plastic: less contrast, bands of light, its own holes along the left."""
    page = cv2.convertScaleAbs(page, alpha=0.8, beta=38)
    for _ in range(3):
        mask, x = np.zeros_like(page), rng.uniform(0, 190)
        lean, wide = rng.uniform(-50, 50), rng.uniform(4, 20)
        painted(mask, 255, (x, 0), (x + wide, 0), (x + wide + lean, 297), (x + lean, 297))
        light = cv2.convertScaleAbs(cv2.blur(mask, (151, 151)), alpha=rng.uniform(0.1, 0.3))
        page = cv2.add(page, light)
    return shaded(page, 0.05, rng)
