"""The shapes that hands draw: marks in a box, corrections, circles, digits, words, signatures.

A shape is a list of strokes, each n × 2 points, in units of its box: (0, 0) is the middle of the
box, its sides stand at ±0.5. Digits and words are in millimetres from their top left corner.
"""

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Shape = list[Points]
Rng = np.random.Generator


def cross(rng: Rng, size: float, slant: float) -> Shape:
    reach = 0.46 * size
    corners = np.array([[-1, -1], [1, 1], [1, -1], [-1, 1]]) * reach
    corners = corners + rng.normal(0, 0.07, (4, 2))
    corners[:, 0] -= slant * corners[:, 1]
    return [_bowed(corners[0], corners[1], rng), _bowed(corners[2], corners[3], rng)]


def tick(rng: Rng, size: float, slant: float) -> Shape:
    start = np.array([-0.36, -0.02]) * size + rng.normal(0, 0.06, 2)
    low = np.array([-0.08, 0.38]) * size + rng.normal(0, 0.06, 2)
    end = np.array([0.55, -0.75]) * size * rng.uniform(0.75, 1.25) + rng.normal(0, 0.07, 2)
    end[0] += 0.5 * slant
    first, second = _bowed(start, low, rng), _bowed(low, end, rng)
    return [np.concatenate([first, second[1:]])]


def fill(rng: Rng, size: float, slant: float, pen: float) -> Shape:
    """Hatched inside the box, more or less close; `pen`: its width in boxes."""
    half = min(0.47, 0.43 * size)
    lines = max(4, int(2 * half / (pen * rng.uniform(0.75, 1.5))))
    turned = rng.uniform(-0.5, 0.5) + slant
    return [_zigzag(rng, half, half, lines, turned, 0.03)]


def dash(rng: Rng) -> Shape:
    """A tiny mark, well inside: 1 to 2 mm in a box of 5."""
    angle, half = rng.uniform(-0.9, 0.9), rng.uniform(0.1, 0.2)
    way = np.array([np.cos(angle), np.sin(angle)]) * half
    middle = rng.normal(0, 0.07, 2)
    return [_bowed(middle - way, middle + way, rng)]


def scribble(rng: Rng, over: float) -> Shape:
    """What takes an answer back: to and fro over the whole box, `over` times its size."""
    half = 0.5 * over
    lines = int(rng.integers(6, 11))
    shape = [_zigzag(rng, half, half * rng.uniform(0.75, 1.0), lines, rng.uniform(-1, 1), 0.09)]
    if rng.random() < 0.45:
        shape.append(_zigzag(rng, half * 0.9, half * 0.8, lines - 2, rng.uniform(-1, 1), 0.1))
    return shape


def blackened(rng: Rng, pen: float) -> Shape:
    """The box made black, as the sheet asks of whoever was wrong, past its frame here and there."""
    half = rng.uniform(0.5, 0.58)
    lines = max(6, int(2 * half / (pen * rng.uniform(0.55, 0.8))))
    turned = rng.uniform(-0.4, 0.4)
    first = _zigzag(rng, half, half, lines, turned, 0.05)
    return [first, _zigzag(rng, half, half, max(5, lines // 2), turned + 1.4, 0.05)]


def circle(rng: Rng) -> Shape:
    """Round the box, without touching it, most of the time closed."""
    start, turn = rng.uniform(0, 2 * np.pi), rng.uniform(0.93, 1.15) * 2 * np.pi
    at = np.linspace(start, start + turn, 60)
    grows = np.linspace(1.0, rng.uniform(0.95, 1.08), 60)
    wide, high = rng.uniform(0.9, 1.35), rng.uniform(0.85, 1.15)
    ring = np.stack([wide * np.cos(at), high * np.sin(at)], 1) * grows[:, None]
    return [ring + rng.normal(0, 0.06, 2)]


def stray(rng: Rng) -> Shape:
    """A stroke that was not meant: it cuts a corner of the box, or lies across its side."""
    side = np.sign(rng.normal(size=2))
    middle = side * np.array([0.5, 0.5]) + rng.normal(0, 0.08, 2)
    angle = rng.uniform(0, np.pi)
    way = np.array([np.cos(angle), np.sin(angle)]) * rng.uniform(0.2, 0.5)
    return [_bowed(middle - way, middle + way, rng)]


def long_tick(rng: Rng, to: Points) -> Shape:
    """A tick whose tail runs into the next box, `to` as far as its middle is."""
    start, low = np.array([-0.34, 0.0]), np.array([-0.06, 0.36])
    end = to + np.array([-0.36, 0.1]) + rng.normal(0, 0.1, 2)
    bend = (low + end) / 2 + rng.normal(0, 0.08, 2)
    return [np.concatenate([_bowed(start, low, rng), _curve(low, bend, end)[1:]])]


# --- writing ------------------------------------------------------------------------------------

# A digit in a square of side 1, as most people write it here: a bar on the 7, the 1 with its flag.
DIGITS: dict[str, list[list[tuple[float, float]]]] = {
    "0": [[(0.5, 0), (0.15, 0.3), (0.15, 0.7), (0.5, 1), (0.85, 0.7), (0.85, 0.3), (0.5, 0)]],
    "1": [[(0.2, 0.35), (0.6, 0), (0.6, 1)]],
    "2": [[(0.15, 0.25), (0.5, 0), (0.85, 0.25), (0.6, 0.6), (0.15, 1), (0.9, 1)]],
    "3": [[(0.15, 0.1), (0.6, 0), (0.8, 0.25), (0.45, 0.45), (0.85, 0.7), (0.5, 1), (0.1, 0.9)]],
    "4": [[(0.5, 0), (0.1, 0.65), (0.9, 0.65)], [(0.65, 0.4), (0.65, 1)]],
    "5": [[(0.8, 0), (0.25, 0), (0.2, 0.45), (0.7, 0.45), (0.85, 0.7), (0.5, 1), (0.1, 0.9)]],
    "6": [[(0.75, 0), (0.3, 0.4), (0.15, 0.75), (0.5, 1), (0.85, 0.75), (0.5, 0.5), (0.2, 0.7)]],
    "7": [[(0.1, 0), (0.9, 0), (0.4, 1)], [(0.25, 0.5), (0.75, 0.5)]],
    "8": [
        [(0.5, 0.45), (0.2, 0.22), (0.5, 0), (0.8, 0.22), (0.5, 0.45)],
        [(0.5, 0.45), (0.15, 0.75), (0.5, 1), (0.85, 0.75), (0.5, 0.45)],
    ],
    "9": [[(0.85, 0.3), (0.5, 0.5), (0.15, 0.25), (0.5, 0), (0.85, 0.25), (0.7, 1)]],
}


def digit(rng: Rng, which: str, width: float, height: float, slant: float) -> Shape:
    scale = np.array([width, height])
    strokes = []
    for corners in DIGITS[which]:
        points = _smooth(np.array(corners, float) + rng.normal(0, 0.04, (len(corners), 2)))
        points[:, 0] -= slant * (points[:, 1] - 0.5)
        strokes.append(points * scale)
    return strokes


def words(rng: Rng, length: float, height: float) -> Shape:
    """A line that looks written, `length` × `height` millimetres: loops, stems and gaps."""
    strokes, at = [], 0.0
    while at < length:
        letters = int(rng.integers(2, 7))
        turns = np.linspace(0, 2 * np.pi * letters, letters * 14)
        advance = height * rng.uniform(0.5, 0.7) * turns / (2 * np.pi)
        tall = np.repeat(rng.choice([0.35, 0.4, 0.9], letters, p=[0.4, 0.35, 0.25]), 14)
        x = at + advance + 0.22 * height * np.cos(turns)
        y = height * (1 - tall * (0.5 + 0.5 * np.sin(turns)))
        strokes.append(np.stack([x, y], 1))
        at = float(x.max()) + 0.6 * height
    return strokes


def signature(rng: Rng, width: float, height: float) -> Shape:
    """Large loops that shrink, and often a line below."""
    at = np.linspace(0, 1, 160)
    beats = rng.uniform(4, 9)
    shrinks = (1 - 0.6 * at) * height * 0.4
    wave = np.sin(2 * np.pi * beats * at + rng.uniform(0, 6)) + 0.5 * np.sin(
        2 * np.pi * beats * 2.3 * at + rng.uniform(0, 6)
    )
    x = width * at + 0.1 * width * np.cos(2 * np.pi * beats * at)
    strokes = [np.stack([x, height / 2 + shrinks * wave * 0.7], 1)]
    if rng.random() < 0.6:
        left, right = np.array([0.0, height * 0.9]), np.array([width, height * 0.75])
        strokes.append(_bowed(left, right, rng, 0.4))
    return strokes


# --- lines --------------------------------------------------------------------------------------


def _bowed(start: Points, end: Points, rng: Rng, bow: float = 0.05) -> Points:
    middle = (start + end) / 2 + rng.normal(0, bow, 2)
    return _curve(start, middle, end)


def _curve(start: Points, through: Points, end: Points) -> Points:
    """The parabola that starts and ends there, and passes by a point half-way."""
    at = np.linspace(0, 1, 12)[:, None]
    pull = 2 * through - (start + end) / 2
    return (1 - at) ** 2 * start + 2 * at * (1 - at) * pull + at**2 * end


def _zigzag(rng: Rng, wide: float, high: float, lines: int, turned: float, loose: float) -> Points:
    """To and fro, `lines` times, then turned (radians) within the square it covers."""
    y = np.repeat(np.linspace(-high, high, lines), 2)[1:-1]
    x = np.where(np.arange(len(y)) % 4 < 2, -wide, wide) if lines > 1 else np.array([])
    points = np.stack([x, y], 1) + rng.normal(0, loose, (len(y), 2))
    cos, sin = np.cos(turned), np.sin(turned)
    shrink = 1 / (abs(cos) + abs(sin)) if abs(turned) > 0.2 else 1.0
    return points @ np.array([[cos, sin], [-sin, cos]]) * max(shrink, 0.8)


def _smooth(corners: Points) -> Points:
    """Through the corners, rounded by two cuts (Chaikin)."""
    for _ in range(2):
        near = 0.75 * corners[:-1] + 0.25 * corners[1:]
        far = 0.25 * corners[:-1] + 0.75 * corners[1:]
        between = np.stack([near, far], 1).reshape(-1, 2)
        corners = np.concatenate([corners[:1], between, corners[-1:]])
    return corners
