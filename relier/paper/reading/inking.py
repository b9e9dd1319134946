"""How much ink stands in a box, and around it, against the white and the black of this very page.

Every number here is relative: 0 is the paper beside the box, 1 the black of the printed frames as
this picture shows them. So a light scan, a blurred photo and a yellowed sheet are read alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from .finding import Grey
from .layouts import Box, Room
from .registering import FRAME, Registration, drawn_at, windows

SCALE = 10  # pixels of a window for each millimetre
AROUND = 1.8  # millimetres seen around a box
APART = 0.35  # millimetres left out on both sides of a frame: it is never placed to a hair
RIM = 1.0  # the width of the strip looked at outside
STROKE = 0.2  # the blur under which a stroke is looked for: what a pen draws is wider
INKED = 0.18  # darker than this is ink; or than the noise of the page allows
NEAR = 0.1  # of the side of a box
DARK_RIM = 0.35
FAINT_STREAK = 0.05  # darker than this all along a window is a streak, at this percentile of it
THROUGHOUT = 12
FAINTEST = 0.05  # contrast below which a page shows nothing

Ink = NDArray[np.float32]


@dataclass(frozen=True)
class Look:
    """What is seen at one box, as shares of the darkness of the printed frames (0 to 1 and over)
    or of a surface (0 to 1).

    `side`: of the box, in millimetres; `mean`: the ink inside, on average; `stroke`: the darkest
    stroke inside (99th percentile); `cover`: the share of the inside that is inked; `spread`: the
    share that has ink near, within a tenth of the side of the box; `rim`: the ink just outside the
    frame; `sides`: on how many of its four sides, as a share, something dark touches the frame
    from outside; `frame`: how dark the palest side of its own printed frame is. Where it cannot be
    seen, neither could a mark.
    """

    side: float
    mean: float
    stroke: float
    cover: float
    spread: float
    rim: float
    sides: float
    frame: float


@dataclass(frozen=True)
class PageLook:
    """`looks`: in the order of the boxes; `contrast`: how dark printed black is in this picture
    (0 to 1); `noise`: the unevenness of empty paper, on the scale of the looks."""

    looks: tuple[Look, ...]
    contrast: float
    noise: float


def look_at(grey: Grey, where: Registration, boxes: Sequence[Box]) -> PageLook:
    seen = windows(grey, where, boxes, AROUND, SCALE)
    slants = where.slants
    inks = [_without_streaks(_darkness(window), slants) for window in seen]
    contrast = _contrast(inks, boxes)
    inks = [ink / max(contrast, FAINTEST) for ink in inks]
    insides = [_inside(ink, box.side) for ink, box in zip(inks, boxes, strict=True)]
    means = np.array([float(inside.mean()) for inside in insides])
    nothing = float(np.percentile(means, 30)) if len(means) else 0.0
    quiet = [inside.std() for inside, mean in zip(insides, means, strict=True) if mean <= nothing]
    noise = float(np.median(quiet)) if quiet else 0.0
    looks = tuple(
        _look(ink, inside, box.side, nothing, noise)
        for ink, inside, box in zip(inks, insides, boxes, strict=True)
    )
    return PageLook(looks, contrast, noise)


def ink_in(grey: Grey, where: Registration, room: Room) -> float:
    """The share of a room to write in that is inked, its own lines left out."""
    scale = 6
    parts = [(cell.x, cell.y, cell.width, cell.height) for cell in room.cells]
    shares = []
    for x, y, width, height in parts or [(room.x, room.y, room.width, room.height)]:
        seen = drawn_at(grey, where, (x + 0.8, y + 0.8, width - 1.6, height - 1.6), scale)
        smooth = cv2.GaussianBlur(_darkness(seen), (0, 0), STROKE * scale)
        shares.append(float((smooth > INKED).mean()))
    return max(shares, default=0.0)


def _darkness(window: NDArray[np.uint8]) -> Ink:
    """Of each pixel, against the paper around: 0 is white, 1 is black."""
    white = max(1.0, float(np.percentile(window, 80)))
    return np.clip((white - window.astype(np.float32)) / white, -0.2, 1.0)


def _without_streaks(ink: Ink, slants: tuple[float, float]) -> Ink:
    """The same without the lines that a dirty glass or a worn drum draws from one end of the page
    to the other, along the axes of the picture: no hand draws one across a box and all around it.
    """
    down, across = slants
    return _without_lines_down(_without_lines_down(ink, down).T, across).T


def _without_lines_down(ink: Ink, slant: float) -> Ink:
    """`slant`: how many pixels such a line goes aside for each pixel down."""
    size = ink.shape[0]
    aside = np.rint(slant * (np.arange(size) - size / 2)).astype(int)
    along = (np.arange(size)[None, :] + aside[:, None]) % size
    leaning = np.take_along_axis(ink, along, axis=1)
    streak = np.percentile(leaning, THROUGHOUT, axis=0)
    if streak.max() <= FAINT_STREAK:
        return ink
    clean = np.empty_like(ink)
    np.put_along_axis(clean, along, leaning - np.where(streak > FAINT_STREAK, streak, 0), axis=1)
    return clean


def _contrast(inks: Sequence[Ink], boxes: Sequence[Box]) -> float:
    """How dark a printed frame is in this picture: the median along all of them."""
    found = [
        float(np.median(np.concatenate(_frame(ink, box.side))))
        for ink, box in zip(inks, boxes, strict=True)
    ]
    return float(np.median(found)) if found else 1.0


def _frame(ink: Ink, side: float) -> list[Ink]:
    """The four sides of a printed frame, across their thickness: the darkest, all along."""
    start, end = round(AROUND * SCALE), round((AROUND + side) * SCALE)
    thick = round(FRAME * SCALE) + 1
    first, last = slice(start - 1, start + thick), slice(end - thick, end + 1)
    along = slice(start, end)
    above, below = ink[first, along].max(axis=0), ink[last, along].max(axis=0)
    return [above, below, ink[along, first].max(axis=1), ink[along, last].max(axis=1)]


def _inside(ink: Ink, side: float) -> Ink:
    start = round((AROUND + FRAME + APART) * SCALE)
    end = round((AROUND + side - FRAME - APART) * SCALE)
    return ink[start:end, start:end]


def _look(ink: Ink, inside: Ink, side: float, nothing: float, noise: float) -> Look:
    smooth = cv2.GaussianBlur(inside, (0, 0), STROKE * SCALE)
    # Noise is averaged by the blur to about two fifths of itself.
    inked = (smooth > max(INKED, 1.6 * noise)).astype(np.uint8)
    around = 2 * round(NEAR * side * SCALE) + 1
    near = cv2.dilate(inked, np.ones((around, around), np.uint8))
    rims = _rims(ink)
    return Look(
        side=side,
        mean=float(inside.mean()) - nothing,
        stroke=float(np.percentile(smooth, 99)) - nothing,
        cover=float(inked.mean()),
        spread=float(near.mean()),
        rim=float(np.mean([rim.mean() for rim in rims])),
        sides=float(np.mean([rim.max() > DARK_RIM for rim in rims])),
        frame=min(float(np.median(one)) for one in _frame(ink, side)),
    )


def _rims(ink: Ink) -> list[Ink]:
    """The four strips just outside the frame: above, below, left, right."""
    inner = round((AROUND - APART) * SCALE)
    outer = inner - round(RIM * SCALE)
    along = slice(inner, ink.shape[0] - inner)
    first, last = slice(outer, inner), slice(ink.shape[0] - inner, ink.shape[0] - outer)
    return [ink[first, along], ink[last, along], ink[along, first], ink[along, last]]
