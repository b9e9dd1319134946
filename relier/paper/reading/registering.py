"""Where the page lies in the picture: millimetres of the page to pixels, and how sure that is.

First one homography from the markers and codes; then a smooth field, quadratic over the page, that
brings each printed box frame where it is really seen: paper curls, printers stretch. What does not
agree with itself is refused rather than believed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from .finding import FoundCode, Grey, Points
from .layouts import HEIGHT, STANDARD_MARKERS, WIDTH, Box, Page

# Millimetres: how far a corner may stand from where the others put it.
FAR = 2.5
# How much of the frames of the boxes must be seen where they should be.
FRAMES = 0.8
# The windows in which frames are looked for: pixels for each millimetre, and the white around.
SCALE = 8
AROUND = 2.0
FRAME = 0.28
BAND = 256  # rows of a page drawn at once
# So many frames say where the paper is; where there are hardly as many boxes, one of them may be
# hidden by its mark.
ENOUGH = 3
# How like a frame a place must be (correlation) to say where the paper is; and to agree, since a
# box that is filled shows little of its frame. How far one may stand from what the others say, in
# millimetres; which share of them makes a field.
CLEAR = 0.35
SEEN = 0.18
STRAYS = 0.5
FEWEST = 0.3

Transform = NDArray[np.float64]
NOWHERE: Points = np.zeros((0, 2))


@dataclass(frozen=True)
class Registration:
    """`to_pixels`: 3 × 3, millimetres to pixels; `field`: 2 × 6, what the paper adds, in
    millimetres; `offsets`: boxes × 2, what each adds of its own; `frames`: the share of the boxes
    whose frame was seen where it should be."""

    to_pixels: Transform
    field: NDArray[np.float64]
    offsets: Points
    frames: float

    def pixels(self, at: Points, own: NDArray[np.float64] | float = 0.0) -> Points:
        """Points of the page (… × 2, in millimetres) in the picture."""
        return project(self.to_pixels, at + _bent(at, self.field) + own)

    @property
    def slants(self) -> tuple[float, float]:
        """How the axes of the picture lean on the page: aside for each step down of the one that
        goes down, down for each step aside of the other."""
        middle = project(self.to_pixels, np.array([(WIDTH / 2, HEIGHT / 2)]))
        steps = middle + np.array([(0.0, 0.0), (10.0, 0.0), (0.0, 10.0)], np.float64)
        here, aside, below = project(_inverse(self.to_pixels), steps)
        first, second = aside - here, below - here
        if abs(first[0]) < abs(first[1]):  # the page was turned a quarter
            first, second = second, first
        return float(second[0] / second[1]), float(first[1] / first[0])


def project(matrix: Transform, at: Points) -> Points:
    # Term by term: as a product of matrices, half a million points take ten times as long.
    x, y = at[..., 0], at[..., 1]
    across, down, over = (row[0] * x + row[1] * y + row[2] for row in matrix)
    return np.stack([across / over, down / over], axis=-1)


def _inverse(matrix: Transform) -> Transform:
    return np.asarray(np.linalg.inv(matrix), np.float64)


def corners_of(x: float, y: float, side: float) -> Points:
    return np.array([(x, y), (x + side, y), (x + side, y + side), (x, y + side)])


def from_codes(codes: Iterable[FoundCode], page: Page) -> Transform | None:
    """A first idea from the two codes, within a few millimetres; None from fewer."""
    places = {code.corner: corners_of(code.x, code.y, code.side) for code in page.codes}
    pairs = [(places[one.seen.corner], one.corners) for one in codes if one.seen.corner in places]
    return _fitted(pairs) if len(pairs) >= 2 else None


def markers_at(matrix: Transform, page: Page) -> dict[int, Points]:
    """Where the markers of the page should be in the picture."""
    return {one.id: project(matrix, corners_of(one.x, one.y, one.side)) for one in page.markers}


def scaled(matrix: Transform, scale: float) -> Transform:
    """The same for a picture reduced by `scale`: a pixel's centre stays a centre."""
    shift = (scale - 1) / 2
    return np.array([[scale, 0, shift], [0, scale, shift], [0, 0, 1]]) @ matrix


def pixels_a_millimetre(matrix: Transform) -> float:
    """In the middle of the page."""
    middle = np.array([(WIDTH / 2, HEIGHT / 2), (WIDTH / 2 + 1, HEIGHT / 2 + 1)])
    here, there = project(matrix, middle)
    return float(np.linalg.norm(there - here) / np.sqrt(2))


def from_all(
    codes: Iterable[FoundCode], markers: Mapping[int, Points], page: Page
) -> Transform | None:
    """The homography on which corners agree, markers first; None when they do not, or are too
    few: three things of four corners."""
    places = {marker.id: corners_of(marker.x, marker.y, marker.side) for marker in page.markers}
    sure = [(places[name], seen) for name, seen in markers.items() if name in places]
    spots = {code.corner: corners_of(code.x, code.y, code.side) for code in page.codes}
    more = [(spots[one.seen.corner], one.corners) for one in codes if one.seen.corner in spots]
    if len(sure) + len(more) < 3:
        return None
    for pairs in ([sure] if len(sure) >= 3 else []) + [[*sure, *more]]:
        matrix = _fitted(pairs)
        if matrix is not None and is_plausible(matrix):
            return matrix
    return None


def is_plausible(matrix: Transform) -> bool:
    """A page seen from its printed side, whole enough, not seen from its edge."""
    corners = project(matrix, np.array([(0, 0), (WIDTH, 0), (WIDTH, HEIGHT), (0, HEIGHT)], float))
    if not np.isfinite(corners).all():
        return False
    sides = np.roll(corners, -1, axis=0) - corners
    after = np.roll(sides, -1, axis=0)
    turns = sides[:, 0] * after[:, 1] - sides[:, 1] * after[:, 0]
    lengths = np.linalg.norm(sides, axis=1)
    if not (turns > 0).all() or lengths.min() < 200:
        return False
    tall = (lengths[1] + lengths[3]) / (lengths[0] + lengths[2])
    return bool(0.65 < tall < 3.1 and lengths.max() / lengths.min() < 4.5)


def _fitted(pairs: list[tuple[Points, Points]]) -> Transform | None:
    """Through most of the corners; those that stand far from it are left out."""
    page = np.concatenate([here for here, _ in pairs])
    picture = np.concatenate([there for _, there in pairs])
    matrix = _homography(page, picture)
    for _round in range(3):
        if matrix is None:
            return None
        away = _away(matrix, page, picture)
        kept = away <= max(FAR, 2.5 * float(np.median(away)))
        if kept.all() or kept.sum() < 6:
            break
        page, picture = page[kept], picture[kept]
        matrix = _homography(page, picture)
    if matrix is None or float(np.median(_away(matrix, page, picture))) > FAR:
        return None
    return matrix


def _homography(page: Points, picture: Points) -> Transform | None:
    found, _ = cv2.findHomography(page, picture, 0)
    return None if found is None else np.asarray(found, np.float64)


def _away(matrix: Transform, page: Points, picture: Points) -> NDArray[np.float64]:
    """How far each corner is from where it should be, in millimetres of the page."""
    try:
        back = project(_inverse(matrix), picture)
    except np.linalg.LinAlgError:
        return np.full(len(page), np.inf)
    return np.linalg.norm(back - page, axis=1)


# --- the field that follows the paper -------------------------------------------------------------


def refine(
    grey: Grey, matrix: Transform, boxes: Sequence[Box], pinned: Points = NOWHERE
) -> Registration:
    """Follow the frames of the boxes, where they are seen: widely, then closely. `pinned`: points
    of the page (n × 2) that `matrix` already puts in their place, such as the markers seen."""
    still = Registration(matrix, np.zeros((2, 6)), np.zeros((len(boxes), 2)), 1.0)
    if not boxes:
        return still
    first = _followed(grey, still, boxes, pinned, reach=AROUND)
    if first.frames < FRAMES / 2:
        return first
    return _followed(grey, first, boxes, pinned, reach=0.8)


def _followed(
    grey: Grey, before: Registration, boxes: Sequence[Box], pinned: Points, *, reach: float
) -> Registration:
    at = np.array([(box.x, box.y) for box in boxes])
    shifts, scores = _frames_seen(grey, before, boxes, reach)
    sure = scores > CLEAR
    own = shifts
    enough = max(min(ENOUGH, len(boxes) - 1), 1, FEWEST * len(boxes))
    for _round in range(2):
        if sure.sum() < enough:
            return Registration(before.to_pixels, before.field, np.zeros_like(at), 0.0)
        back = -_terms(pinned) @ before.field.T
        field = _field(np.concatenate([at[sure], pinned]), np.concatenate([shifts[sure], back]))
        own = shifts - _terms(at) @ field.T
        agree = (scores > SEEN) & (np.linalg.norm(own, axis=1) < STRAYS)
        sure &= agree
    own = np.where(sure[:, None], own, 0.0)
    return Registration(before.to_pixels, before.field + field, own, float(agree.mean()))


def _terms(at: Points) -> NDArray[np.float64]:
    """1, x, y, x², xy, y² of points of the page, x and y between -1 and 1."""
    x = at[..., 0] / (WIDTH / 2) - 1
    y = at[..., 1] / (HEIGHT / 2) - 1
    return np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=-1)


def _bent(at: Points, field: NDArray[np.float64]) -> Points:
    """What the field adds to points of the page: `_terms(at) @ field.T`, term by term."""
    x = at[..., 0] / (WIDTH / 2) - 1
    y = at[..., 1] / (HEIGHT / 2) - 1
    across, down = (
        one + (ones + x * x2 + y * xy) * x + (other + y * y2) * y
        for one, ones, other, x2, xy, y2 in field
    )
    return np.stack([across, down], axis=-1)


def _field(at: Points, shifts: Points) -> NDArray[np.float64]:
    """Least squares with a little weight against bending; few boxes bend nothing."""
    terms = _terms(at)
    strength = np.array([1e-4, 0.05, 0.05, 0.3, 0.3, 0.3]) * (1.0 if len(at) >= 8 else 10.0)
    found = np.linalg.solve(terms.T @ terms + np.diag(strength), terms.T @ shifts)
    return np.asarray(found.T, np.float64)


def windows(
    grey: Grey, where: Registration, boxes: Sequence[Box], around: float, scale: int
) -> list[Grey]:
    """Each box seen upright with so many millimetres around it, at `scale` pixels a millimetre:
    the outer corner of its frame is `around * scale` pixels from the edge of the window."""
    seen: list[Grey] = [_NOTHING] * len(boxes)
    for side in {box.side for box in boxes}:
        which = [at for at, box in enumerate(boxes) if box.side == side]
        size = round((side + 2 * around) * scale)
        steps = (np.arange(size) + 0.5) / scale - around
        grid = np.stack(np.meshgrid(steps, steps), axis=-1)
        corner = np.array([(boxes[at].x, boxes[at].y) for at in which])
        own = where.offsets[which][:, None, None, :]
        spots = where.pixels(corner[:, None, None, :] + grid[None], own).astype(np.float32)
        drawn = _drawn(grey, spots.reshape(-1, size, 2)).reshape(len(which), size, size)
        for at, one in zip(which, drawn, strict=True):
            seen[at] = one
    return seen


def drawn_at(
    grey: Grey, where: Registration, part: tuple[float, float, float, float], scale: float
) -> Grey:
    """A part of the page (x, y, width, height in millimetres) as it was printed."""
    x, y, width, height = part
    across = x + (np.arange(max(1, round(width * scale))) + 0.5) / scale
    down = y + (np.arange(max(1, round(height * scale))) + 0.5) / scale
    # By bands: the spots of a whole page at once are half a gigabyte, more than reading may take.
    bands = [down[at : at + BAND] for at in range(0, len(down), BAND)]
    drawn = [
        _drawn(grey, where.pixels(np.stack(np.meshgrid(across, band), axis=-1)).astype(np.float32))
        for band in bands
    ]
    return np.concatenate(drawn)


def from_markers(markers: Mapping[int, Points]) -> Registration | None:
    """Where a page of ours lies whose sheet is not known yet; None from fewer than two markers."""
    places = {one.id: corners_of(one.x, one.y, one.side) for one in STANDARD_MARKERS}
    pairs = [(places[name], seen) for name, seen in markers.items() if name in places]
    matrix = _fitted(pairs) if len(pairs) >= 2 else None
    if matrix is None or not is_plausible(matrix):
        return None
    return Registration(matrix, np.zeros((2, 6)), NOWHERE, 1.0)


_NOTHING: Grey = np.zeros((0, 0), np.uint8)


def _drawn(grey: Grey, spots: NDArray[np.float32]) -> Grey:
    drawn: Grey = cv2.remap(
        grey, spots[..., 0], spots[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    ).astype(np.uint8, copy=False)
    return drawn


def _frames_seen(
    grey: Grey, where: Registration, boxes: Sequence[Box], reach: float
) -> tuple[Points, NDArray[np.float64]]:
    """How far the frame of each box stands from where it was expected (mm), and how clearly."""
    plain = Registration(where.to_pixels, where.field, np.zeros((len(boxes), 2)), 1.0)
    around = reach + 0.5
    shifts, scores = np.zeros((len(boxes), 2)), np.zeros(len(boxes))
    for at, window in enumerate(windows(grey, plain, boxes, around, SCALE)):
        dark = 255 - cv2.GaussianBlur(window, (0, 0), 0.8)
        mask = _frame_template(boxes[at].side)
        found = cv2.matchTemplate(dark, mask, cv2.TM_CCOEFF_NORMED)
        inset = (window.shape[0] - mask.shape[0]) // 2
        limit = round(reach * SCALE)
        low, high = max(0, inset - limit), inset + limit + 1
        near = found[low:high, low:high].astype(np.float32, copy=False)
        _, best, _, (x, y) = cv2.minMaxLoc(near)
        shifts[at] = [(top + low - inset) / SCALE for top in _peak(near, x, y)]
        scores[at] = best
    return shifts, scores


_TEMPLATES: dict[float, NDArray[np.uint8]] = {}


def _frame_template(side: float) -> NDArray[np.uint8]:
    """A frame drawn as it is printed, with half a millimetre of white around."""
    if side not in _TEMPLATES:
        fine = 8
        size = round((side + 1.0) * SCALE)
        drawn = np.zeros((size * fine, size * fine), np.float32)
        start, end = round(0.5 * SCALE * fine), round((side + 0.5) * SCALE * fine)
        thick = round(FRAME * SCALE * fine)
        drawn[start:end, start:end] = 255
        drawn[start + thick : end - thick, start + thick : end - thick] = 0
        small = cv2.resize(drawn, (size, size), interpolation=cv2.INTER_AREA)
        _TEMPLATES[side] = cv2.GaussianBlur(small, (0, 0), 0.8).astype(np.uint8)
    return _TEMPLATES[side]


def _peak(scores: NDArray[np.float32], x: int, y: int) -> tuple[float, float]:
    """The top of the hill to a part of a pixel, by the parabola through its neighbours."""

    def top(before: float, here: float, after: float) -> float:
        bend = before - 2 * here + after
        return 0.0 if bend >= 0 else float(np.clip((before - after) / (2 * bend), -0.5, 0.5))

    height, width = scores.shape
    across = top(*scores[y, x - 1 : x + 2].tolist()) if 0 < x < width - 1 else 0.0
    down = top(*scores[y - 1 : y + 2, x].tolist()) if 0 < y < height - 1 else 0.0
    return x + across, y + down
