"""Ink on paper: one stroke of a pen, drawn on a page in grey at 600 dpi.

A stroke is a polyline in millimetres. The hand trembles, presses more or less; a ballpoint skips,
a felt pen bleeds and stays at its ends, a pencil takes the grain of the paper. Ink lets through a
share of the light, so that it darkens whatever is printed below.
"""

from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from .sheets import PER_MM, Picture

Points = NDArray[np.float64]  # n × 2, millimetres
Kind = Literal["ball", "felt", "pencil"]
STEP = 0.18  # millimetres between two places of the pen
_TILE = 1024
_FINE = 4  # cv2 draws on sixteenths of a pixel


@dataclass(frozen=True)
class Pen:
    """`width` in millimetres; `dark` is the share of the light that full ink keeps; `skips` the
    share of a stroke where a ballpoint leaves little ink; `grain` how much paper shows through."""

    kind: Kind
    ink: str
    width: float
    dark: float
    skips: float
    grain: float

    def pressed(self, force: float) -> "Pen":
        """The same pen, pressed more (above 1) or less."""
        wider = self.width * (0.6 + 0.4 * force)
        return replace(self, width=wider, dark=min(0.95, self.dark * force))


def draw_stroke(
    page: Picture, points: Points, pen: Pen, tremor: float, rng: np.random.Generator
) -> None:
    """`tremor`: standard deviation of the hand, millimetres."""
    path = _walk(points)
    path = path + np.stack([_wander(len(path), rng, 9) for _ in "xy"], 1) * tremor
    pressure = _pressure(len(path), pen, rng)
    widths = pen.width * PER_MM * (0.75 + 0.25 * pressure)
    margin = int(widths.max()) + 6
    low = np.floor(path.min(0) * PER_MM).astype(int) - margin
    high = np.ceil(path.max(0) * PER_MM).astype(int) + margin
    low = np.maximum(low, 0)
    high = np.minimum(high, (page.shape[1], page.shape[0]))
    if (high <= low).any():
        return
    mask = np.zeros((high[1] - low[1], high[0] - low[0]), np.uint8)
    _trace(mask, path * PER_MM - low, widths, pressure)
    lay(page, _texture(mask, pen, rng), (int(low[0]), int(low[1])), pen.dark)


def lay(page: Picture, mask: Picture, corner: tuple[int, int], dark: float) -> None:
    """Darken the page by a mask (255: full ink), its corner in pixels of the page."""
    x, y = corner
    patch = page[y : y + mask.shape[0], x : x + mask.shape[1]]
    through = cv2.convertScaleAbs(mask, alpha=-dark, beta=255.0)
    cv2.multiply(patch, through, dst=patch, scale=1 / 255)


@cache
def tile(seed: int, blur: float) -> NDArray[np.float32]:
    """A square of smooth noise, mean 0 and deviation 1, the same for a seed; its sides join."""
    made: NDArray[Any] = np.random.default_rng(seed).normal(size=(_TILE, _TILE)).astype("f4")
    if blur:
        margin = int(4 * blur) + 1
        wider = cv2.GaussianBlur(np.pad(made, margin, mode="wrap"), (0, 0), blur)
        made = wider[margin:-margin, margin:-margin]
    return np.ascontiguousarray(made / made.std())


def _walk(points: Points) -> Points:
    """The polyline, at even steps."""
    lengths = np.hypot(*np.diff(points, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(lengths)])
    places = np.linspace(0.0, along[-1], max(3, int(along[-1] / STEP)))
    return np.stack([np.interp(places, along, points[:, axis]) for axis in (0, 1)], 1)


def _wander(count: int, rng: np.random.Generator, every: int) -> NDArray[np.float64]:
    """Smooth noise of deviation about 1, one independent value `every` so many steps."""
    knots = rng.normal(size=count // every + 3)
    at = np.linspace(0, len(knots) - 1.001, count)
    whole = at.astype(int)
    part = (1 - np.cos((at - whole) * np.pi)) / 2
    return knots[whole] * (1 - part) + knots[whole + 1] * part


def _pressure(count: int, pen: Pen, rng: np.random.Generator) -> NDArray[np.float64]:
    """From 0 to about 1.2: the hand lands, presses and lifts; a ballpoint skips."""
    pressure = 1.0 + 0.12 * _wander(count, rng, 12)
    landing, lifting = min(4, count / 6), min(6, count / 4)
    ramp = np.clip(np.arange(count) / landing, 0.45, 1.0)
    pressure *= ramp * np.clip(np.arange(count)[::-1] / lifting, 0.35, 1.0)
    if pen.skips:
        limit = np.quantile(rng.normal(size=64), pen.skips)
        skipped = _wander(count, rng, 3) < limit
        pressure[skipped] *= rng.uniform(0.0, 0.4)
    return np.clip(pressure, 0.0, 1.2)


def _trace(
    mask: Picture, path: Points, widths: NDArray[np.float64], pressure: NDArray[np.float64]
) -> None:
    ends = np.round(path * (1 << _FINE)).astype(int).tolist()
    inks = np.clip(pressure * 235, 0, 255).astype(int).tolist()
    thick = np.maximum(1, np.round(widths)).astype(int).tolist()
    for at in range(len(ends) - 1):
        if inks[at]:
            cv2.line(mask, ends[at], ends[at + 1], (inks[at],), thick[at], cv2.LINE_AA, _FINE)


def _texture(mask: Picture, pen: Pen, rng: np.random.Generator) -> Picture:
    if pen.kind == "felt":
        return cv2.GaussianBlur(mask, (0, 0), 2.2)
    grain = _patch(tile(3, 2.6 if pen.kind == "pencil" else 1.2), mask.shape, rng)
    rough = mask.astype(np.float32) * np.clip(1.0 - pen.grain * (0.45 + 0.8 * grain), 0.0, 1.15)
    soft = 1.3 if pen.kind == "pencil" else 0.9
    return cv2.GaussianBlur(np.clip(rough, 0, 255).astype(np.uint8), (0, 0), soft)


def _patch(
    noise: NDArray[np.float32], shape: tuple[int, ...], rng: np.random.Generator
) -> NDArray[np.float32]:
    """A rectangle of the tile, from anywhere; a large one repeats it."""
    x, y = rng.integers(0, _TILE, 2)
    rows = (np.arange(shape[0]) + y) % _TILE
    columns = (np.arange(shape[1]) + x) % _TILE
    return noise[np.ix_(rows, columns)]
