"""Flatbeds, feeders, copiers and fax machines: from a page at 600 dpi to what the machine saves."""

from dataclasses import dataclass

import cv2
import numpy as np

from .sheets import DPI, Picture
from .strokes import tile

Rng = np.random.Generator
Span = tuple[float, float]


@dataclass(frozen=True)
class Scanner:
    """Spans are drawn from evenly, for each page. `skew` in degrees, `shift` in millimetres,
    `stretch` as a share of the length, `blur` in pixels of the scan, `noise` in grey levels."""

    dpi: int
    skew: float
    shift: float
    white: Span
    black: Span
    noise: Span
    blur: Span
    stretch: float = 0.003
    gamma: Span = (0.9, 1.15)
    uneven: float = 0.02
    streaks: tuple[int, int] = (0, 0)
    dark_lid: float = 0.15

    def scan(self, page: Picture, rng: Rng) -> Picture:
        seen = self._look(page, rng)
        lid = 255 if rng.random() >= self.dark_lid else 40
        seen = self._lay_down(seen, lid, rng)
        blur = rng.uniform(*self.blur)
        if blur > 0.2:
            seen = cv2.GaussianBlur(seen, (0, 0), blur)
        seen = tones(seen, rng.uniform(*self.black), rng.uniform(*self.white), rng, self.gamma)
        if self.uneven:
            seen = shaded(seen, self.uneven, rng)
        for _ in range(int(rng.integers(self.streaks[0], self.streaks[1] + 1))):
            streak(seen, rng)
        return noisy(seen, rng.uniform(*self.noise), rng)

    def _look(self, page: Picture, rng: Rng) -> Picture:
        """The page at one to two times the density of the scan: what a lens lets through."""
        part = max(1, DPI // (self.dpi + self.dpi // 2))
        size = (page.shape[1] // part, page.shape[0] // part)
        return cv2.resize(page, size, interpolation=cv2.INTER_AREA) if part > 1 else page

    def _lay_down(self, seen: Picture, lid: int, rng: Rng) -> Picture:
        width, height = round(210 / 25.4 * self.dpi), round(297 / 25.4 * self.dpi)
        scale = width / seen.shape[1] * (1 + rng.uniform(-self.stretch, self.stretch))
        middle = (seen.shape[1] / 2, seen.shape[0] / 2)
        turn = cv2.getRotationMatrix2D(middle, rng.uniform(-self.skew, self.skew), scale)
        shift = rng.uniform(-self.shift, self.shift, 2) / 25.4 * self.dpi
        turn[:, 2] += np.array([width / 2, height / 2]) - middle + shift
        turn[1, 1] *= 1 + rng.uniform(-self.stretch, self.stretch) / 2  # the feeder slips
        return cv2.warpAffine(
            seen, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=(lid,)
        )


def tones(
    picture: Picture, black: float, white: float, rng: Rng, gamma: Span = (1.0, 1.0)
) -> Picture:
    """0…255 becomes black…white, along a curve."""
    curve = (np.arange(256) / 255) ** rng.uniform(*gamma)
    return cv2.LUT(picture, np.clip(black + (white - black) * curve, 0, 255).astype(np.uint8))


def shaded(picture: Picture, most: float, rng: Rng) -> Picture:
    """Light that is not the same everywhere, by a share of at most about `most`."""
    small = 1 - np.abs(most * rng.normal(0, 0.6, (5, 4)))
    field = cv2.resize(
        np.clip(255 * small, 0, 255).astype(np.uint8),
        picture.shape[::-1],
        interpolation=cv2.INTER_CUBIC,
    )
    return cv2.multiply(picture, field, scale=1 / 255)


def noisy(picture: Picture, deviation: float, rng: Rng, blur: float = 0.0) -> Picture:
    """Grain of the sensor and of the paper, `blur` pixels wide."""
    grain = tile(11, blur)
    size = grain.shape[0]
    y, x = rng.integers(0, size, 2)
    moved = np.roll(grain, (y, x), (0, 1)) * deviation
    times = (picture.shape[0] // size + 1, picture.shape[1] // size + 1)
    over = np.tile(moved.astype(np.int16), times)[: picture.shape[0], : picture.shape[1]]
    return cv2.add(picture, over, dtype=cv2.CV_8U)


def streak(picture: Picture, rng: Rng, dark: float | None = None) -> None:
    """Dust on the glass of a feeder, or a scratched drum: a line along the whole page."""
    x = int(rng.integers(5, picture.shape[1] - 5))
    wide = int(rng.integers(1, 4))
    share = rng.uniform(0.45, 0.9) if dark is None else dark
    picture[:, x : x + wide] = (picture[:, x : x + wide] * share).astype(np.uint8)


def bitonal(picture: Picture, rng: Rng, low: float = 0.55, high: float = 0.72) -> Picture:
    """One bit a pixel, as a machine set to "text" does: its threshold follows the page's white."""
    white = np.percentile(picture[::16, ::16], 80)
    return cv2.threshold(picture, float(white * rng.uniform(low, high)), 255, cv2.THRESH_BINARY)[1]


def copied(page: Picture, rng: Rng) -> Picture:
    """A photocopy, at 600 dpi still: fat or thin blacks, lost greys, specks, a slight turn."""
    third = cv2.resize(page, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    middle = (third.shape[1] / 2, third.shape[0] / 2)
    turn = cv2.getRotationMatrix2D(middle, rng.uniform(-0.8, 0.8), rng.uniform(0.985, 1.005))
    turn[:, 2] = turn[:, 2] + rng.uniform(-12, 12, 2)
    third = cv2.warpAffine(third, turn, third.shape[::-1], borderValue=(255,))
    third = cv2.GaussianBlur(third, (0, 0), rng.uniform(1.2, 2.0))
    third = noisy(third, 9, rng, 1.5)
    middle_grey, slope = rng.uniform(120, 165), rng.uniform(14, 28)
    curve = 255 / (1 + np.exp(-(np.arange(256) - middle_grey) / slope))
    third = cv2.LUT(third, np.clip(curve, 0, 255).astype(np.uint8))
    specks(third, int(rng.integers(40, 260)), rng)
    return cv2.resize(third, page.shape[::-1], interpolation=cv2.INTER_LINEAR)


def specks(picture: Picture, count: int, rng: Rng) -> None:
    """Toner where none was meant."""
    for x, y in rng.integers(0, (picture.shape[1], picture.shape[0]), (count, 2)).tolist():
        cv2.circle(picture, (x, y), int(rng.integers(1, 4)), (int(rng.integers(20, 140)),), -1)


def low_toner(page: Picture, rng: Rng) -> Picture:
    """Printed with an empty cartridge: pale, in bands. The ink of pens is added after."""
    small = np.clip(rng.normal(0.45, 0.16, (3, 16)), 0.12, 0.85)
    pale = cv2.resize(small.astype(np.float32), page.shape[::-1], interpolation=cv2.INTER_LINEAR)
    grain = np.tile(tile(5, 3.0), (7, 5))[: page.shape[0], : page.shape[1]]
    kept = np.clip(255 * (pale + 0.12 * grain), 0, 235).astype(np.uint8)
    return cv2.max(page, kept)


def stained(page: Picture, white: Span, rng: Rng) -> Picture:
    """Old or coloured paper, in grey: darker, in clouds, with fibres; ink stays as dark."""
    size = page.shape[::-1]
    clouds = cv2.resize(np.clip(rng.normal(1, 0.025, (9, 7)), 0.85, 1.06).astype(np.float32), size)
    field = np.clip(rng.uniform(*white) * clouds, 0, 255).astype(np.uint8)
    return cv2.multiply(page, field, scale=1 / 255)
