"""How much ink stands in a box, and around it, against the white and the black of this very page.

Every number here is relative: 0 is the paper beside the box, 1 the black of the printed frames as
this picture shows them. So a light scan, a blurred photo and a yellowed sheet are read alike.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from .finding import Grey
from .layouts import Box
from .registering import FRAME, Registration, windows

SCALE = 10  # pixels of a window for each millimetre
AROUND = 1.8  # millimetres seen around a box
INSIDE = 0.35  # millimetres left out inside the frame: it is never placed to a hair
OUTSIDE = 0.35  # and outside

Ink = NDArray[np.float32]


@dataclass(frozen=True)
class Look:
    """What was seen at one box. All are shares of the darkness of the frames of this page.

    `mean`: ink inside, on average, above that of the empty boxes of the page;
    `stroke`: the darkest stroke inside, averaged over 0.4 mm;
    `cover`: the share of the inside that is inked;
    `crossing`: how much of the frame's outer rim is inked, on the side where it is most;
    `rim`: the share of the rim that is inked, all sides;
    `spread`: the share of the inside whose 1 mm neighbourhood holds ink;
    `sure`: how far this page's paper lets one see: the noise of its empty boxes.
    """

    mean: float
    stroke: float
    cover: float
    rim: float
    sides: float
    spread: float


def look_at(grey: Grey, where: Registration, boxes: list[Box]) -> tuple[list[Look], float, float]:
    """What is seen at each box; the contrast of the page (0 to 1), and its noise."""
    seen = windows(grey, where, boxes, AROUND, SCALE)
    inks = [_ink_of(window, box.side) for window, box in zip(seen, boxes, strict=True)]
    contrast = _contrast(inks, boxes)
    inks = [ink / max(contrast, 0.05) for ink in inks]
    rough = np.array([float(_inside(ink, box.side).mean()) for ink, box in zip(inks, boxes, strict=True)])
    nothing = float(np.percentile(rough, 30))
    quiet = [_inside(ink, box.side) for ink, box, r in zip(inks, boxes, rough, strict=True) if r <= nothing]
    noise = float(np.median([one.std() for one in quiet])) if quiet else 0.05
    looks = [_look(ink, box.side, nothing, noise) for ink, box in zip(inks, boxes, strict=True)]
    return looks, contrast, noise


def _ink_of(window: NDArray[np.uint8], side: float) -> Ink:
    """Darkness of each pixel against the paper around this box."""
    white = float(np.percentile(window, 80))
    return np.clip((white - window.astype(np.float32)) / max(white, 1.0), -0.2, 1)


def _contrast(inks: list[Ink], boxes: list[Box]) -> float:
    """How dark a printed frame is in this picture: the median of all, along their middles."""
    found = []
    for ink, box in zip(inks, boxes, strict=True):
        start, end = round(AROUND * SCALE), round((AROUND + box.side) * SCALE)
        thick = max(2, round(FRAME * SCALE) + 1)
        strips = (
            ink[start - 1 : start + thick, start:end].max(axis=0),
            ink[end - thick : end + 1, start:end].max(axis=0),
            ink[start:end, start - 1 : start + thick].max(axis=1),
            ink[start:end, end - thick : end + 1].max(axis=1),
        )
        found.append(float(np.median(np.concatenate(strips))))
    return float(np.median(found)) if found else 1.0


def _inside(ink: Ink, side: float) -> Ink:
    start = round((AROUND + FRAME + INSIDE) * SCALE)
    end = round((AROUND + side - FRAME - INSIDE) * SCALE)
    return ink[start:end, start:end]


def _look(ink: Ink, side: float, nothing: float, noise: float) -> Look:
    inside = _inside(ink, side)
    smooth = cv2.GaussianBlur(inside, (0, 0), 0.2 * SCALE)
    inked = smooth > max(0.18, 4 * noise * 0.4)
    near = cv2.dilate(inked.astype(np.uint8), np.ones((SCALE // 2 * 2 + 1,) * 2, np.uint8))
    rims = _rims(ink, side)
    return Look(
        mean=float(inside.mean()) - nothing,
        stroke=float(np.partition(smooth.ravel(), -max(1, smooth.size // 100))[-max(1, smooth.size // 100)]) - nothing,
        cover=float(inked.mean()),
        rim=float(np.concatenate([one.ravel() for one in rims]).mean()),
        sides=float(np.mean([one.max() > 0.35 for one in rims])),
        spread=float(near.mean()),
    )


def _rims(ink: Ink, side: float) -> list[Ink]:
    """The four strips just outside the frame, 1 mm wide."""
    before = round((AROUND - OUTSIDE) * SCALE)
    after = round((AROUND + side + OUTSIDE) * SCALE)
    wide = SCALE
    return [
        ink[before - wide : before, before:after],
        ink[after : after + wide, before:after],
        ink[before:after, before - wide : before],
        ink[before:after, after : after + wide],
    ]
