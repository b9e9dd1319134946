"""Pictures taken with a telephone: a page seen by a camera, on whatever it lies on.

The page is a sheet bent along one axis; the camera stands before it, tilted. Every pixel of the
photograph looks up its place on the page (a map computed every 16 pixels, then interpolated).
"""

from dataclasses import dataclass, field
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from relier.paper.reading.layouts import HEIGHT, WIDTH

from .scans import Span, noisy
from .sheets import PER_MM, Picture
from .strokes import tile

Rng = np.random.Generator
Map = NDArray[Any]
COARSE = 16
TABLES = ("plain", "wood", "cloth", "gingham", "papers")


@dataclass(frozen=True)
class Camera:
    """`long` side in pixels; `tilt` (at `least`) and `roll` in degrees at most; `curl` in
    millimetres of height at most; `fills`: share of the frame that the page takes along the side
    that is tightest; `quality` of its JPEG."""

    long: int
    tilt: float
    curl: float
    quality: tuple[int, int]
    roll: float = 6.0
    least: float = 0.0
    fills: Span = (0.82, 0.95)
    white: Span = (165.0, 235.0)
    fades: float = 0.15
    shadow: float = 0.0
    blur: Span = (0.5, 0.9)
    motion: float = 0.0
    noise: Span = (2.0, 5.0)
    sideways: float = 0.0
    tables: tuple[str, ...] = TABLES
    tint: tuple[float, float, float] = field(default=(0.94, 0.985, 1.0))

    def take(self, page: Picture, rng: Rng) -> Picture:
        """A grey photograph, not yet saved."""
        long, short = self.long, round(self.long * 0.75)
        sideways = rng.random() < self.sideways
        view = self._stand(short, long, sideways, rng)
        lifted = _bend(rng.uniform(0.3, 1.0) * self.curl, rng)
        maps, inside, lit = _look_up(view, (short, long), lifted, rng)
        seen = self._see(page, maps, view, rng)
        table = draw_table(str(rng.choice(self.tables)), (short, long), rng)
        photo = _over(table, seen, inside, rng)
        photo = cv2.multiply(photo, self._light(lit, rng), scale=1 / 255)
        return self._sense(photo, rng)

    def save(self, photo: Picture, rng: Rng) -> bytes:
        """As a colour JPEG, its white a little warm or cold, as a telephone does."""
        turned = rng.uniform(-1, 1)
        shares = [1 - (1 - share) * abs(turned) for share in self.tint]
        if turned < 0:
            shares.reverse()
        steps = np.arange(256)
        colour = cv2.merge([cv2.LUT(photo, (steps * share).astype(np.uint8)) for share in shares])
        quality = int(rng.integers(self.quality[0], self.quality[1] + 1))
        return encode(colour, ".jpg", quality)

    def _stand(self, width: int, height: int, sideways: bool, rng: Rng) -> NDArray[Any]:
        """From millimetres of the page to pixels: where the camera is, and how it is held."""
        focal = 0.77 * self.long
        tilt, towards = np.radians(rng.uniform(self.least, self.tilt)), rng.uniform(0, 2 * np.pi)
        roll = np.radians(rng.uniform(-self.roll, self.roll) + (90 if sideways else 0))
        axis = np.array([np.cos(towards), np.sin(towards), 0.0]) * tilt
        turned = cv2.Rodrigues(axis)[0] @ cv2.Rodrigues(np.array([0.0, 0.0, roll]))[0]
        corners = np.array([[0, 0], [WIDTH, 0], [WIDTH, HEIGHT], [0, HEIGHT]], float)
        fills = rng.uniform(*self.fills) * (0.62 if sideways else 1.0)
        away, view = 300.0, np.eye(3)
        for _ in range(4):
            view = _projection(turned, focal, away)
            seen = project(view, corners)
            spread = seen.max(0) - seen.min(0)
            away *= float(max(spread[0] / (width * fills), spread[1] / (height * fills)))
        seen = project(view, corners)
        room = np.array([width, height]) - (seen.max(0) - seen.min(0))
        to = -seen.min(0) + room / 2 + rng.uniform(-0.35, 0.35, 2) * np.maximum(room, 0)
        return np.array([[1, 0, to[0]], [0, 1, to[1]], [0, 0, 1]]) @ view

    def _see(self, page: Picture, maps: Map, view: NDArray[Any], rng: Rng) -> Picture:
        """Look the page up, reduced first to about one and a half times the photograph."""
        middle = project(view, np.array([[105.0, 148.5], [106.0, 148.5], [105.0, 149.5]]))
        density = float(np.hypot(*(middle[1:] - middle[0]).T).mean())
        part = max(1, int(PER_MM / (1.35 * density)))
        if part > 1:
            size = (page.shape[1] // part, page.shape[0] // part)
            page = cv2.resize(page, size, interpolation=cv2.INTER_AREA)
        scale = np.float32(PER_MM / part)
        x, y = maps[..., 0] * scale - 0.5, maps[..., 1] * scale - 0.5
        return cv2.remap(page, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)

    def _light(self, lit: Map, rng: Rng) -> Picture:
        """How much light falls where, 255 for full: a gradient, the bent page, a shadow."""
        size = (lit.shape[1], lit.shape[0])
        y, x = np.mgrid[-1:1:48j, -1:1:48j]
        towards = rng.uniform(0, 2 * np.pi)
        small = 1 - self.fades * rng.uniform(0.3, 1) * (
            0.5 + 0.5 * (x * np.cos(towards) + y * np.sin(towards))
        )
        small *= 1 - 0.08 * (x**2 + y**2)
        if rng.random() < self.shadow:
            small *= cast_shadow(x, y, rng)
        light = cv2.resize(small.astype(np.float32), size, interpolation=cv2.INTER_CUBIC)
        whole = light * lit * rng.uniform(*self.white)
        return cv2.convertScaleAbs(whole)

    def _sense(self, photo: Picture, rng: Rng) -> Picture:
        blur = rng.uniform(*self.blur)
        photo = cv2.GaussianBlur(photo, (0, 0), blur)
        if self.motion and rng.random() < 0.7:
            photo = cv2.filter2D(photo, -1, moved(rng.uniform(0.3, 1) * self.motion, rng))
        photo = noisy(photo, rng.uniform(*self.noise), rng, 0.7)
        if rng.random() < 0.7:  # what telephones do to look sharp
            sharp = rng.uniform(0.2, 0.7)
            soft = cv2.GaussianBlur(photo, (0, 0), 1.5)
            photo = cv2.addWeighted(photo, 1 + sharp, soft, -sharp, 0)
        return photo


def encode(picture: Picture, ending: str, quality: int = 90, bitonal: bool = False) -> bytes:
    """`bitonal`: one bit a pixel, in a PNG (OpenCV writes no TIFF of one bit)."""
    options = [cv2.IMWRITE_JPEG_QUALITY, quality]
    if ending == ".png":
        options = [cv2.IMWRITE_PNG_COMPRESSION, 1, cv2.IMWRITE_PNG_BILEVEL, int(bitonal)]
    done, made = cv2.imencode(ending, picture, options)
    if not done:
        raise ValueError(f"OpenCV does not write {ending}")
    return made.tobytes()


def project(view: NDArray[Any], points: NDArray[Any]) -> NDArray[Any]:
    whole = np.column_stack([points, np.ones(len(points))]) @ view.T
    return whole[:, :2] / whole[:, 2:]


def _projection(turned: Any, focal: float, away: float) -> NDArray[Any]:
    """Pinhole: the middle of the page stands `away` millimetres before the camera."""
    centre = np.array([[1, 0, -WIDTH / 2], [0, 1, -HEIGHT / 2], [0, 0, 1.0]])
    pose = np.column_stack([turned[:, 0], turned[:, 1], [0.0, 0.0, away]])
    return np.diag([focal, focal, 1.0]) @ pose @ centre


@dataclass(frozen=True)
class Bend:
    """How high the page stands over its plane, along one direction: an arch and a wave."""

    towards: float
    arch: float
    wave: float
    beats: float
    start: float

    def height(self, place: NDArray[Any]) -> NDArray[Any]:
        along = self._along(place)
        return self.arch * along**2 + self.wave * np.sin(self.beats * along + self.start)

    def slope(self, place: NDArray[Any]) -> NDArray[Any]:
        """Of the height, per millimetre."""
        along = self._along(place)
        change = 2 * self.arch * along
        return (change + self.wave * self.beats * np.cos(self.beats * along + self.start)) / 150

    def _along(self, place: NDArray[Any]) -> NDArray[Any]:
        way = np.array([np.cos(self.towards), np.sin(self.towards)])
        return (place - np.array([WIDTH / 2, HEIGHT / 2])) @ way / 150


def _bend(most: float, rng: Rng) -> Bend:
    """`most`: how far, in millimetres, a point of the page is moved in the picture of it. A point
    seen at 40° from above moves by nearly as much as it stands high."""
    arch = most * rng.choice([-1, 1]) * rng.uniform(0.7, 1.3)
    return Bend(
        rng.uniform(0, np.pi),
        arch,
        most * rng.uniform(0.2, 0.5),
        rng.uniform(2, 6),
        rng.uniform(0, 6),
    )


def _look_up(
    view: NDArray[Any], size: tuple[int, int], bend: Bend, rng: Rng
) -> tuple[Map, Picture, Map]:
    """For each pixel: its place on the page (mm); whether it is on the page; the light there."""
    width, height = size
    across, down = width // COARSE + 2, height // COARSE + 2
    x, y = np.meshgrid((np.arange(across) + 0.5) * COARSE, (np.arange(down) + 0.5) * COARSE)
    flat = project(np.linalg.inv(view), np.column_stack([x.ravel(), y.ravel()]))
    seen_from = np.array([WIDTH / 2, HEIGHT / 2]) + rng.normal(0, 25, 2)
    moved_by = (flat - seen_from) / 150 * bend.height(flat)[:, None]
    place = (flat - moved_by).astype(np.float32).reshape(down, across, 2)
    lit = 1 + np.clip(6 * bend.slope(flat), -0.3, 0.3) * rng.uniform(0.3, 1.0)
    whole = np.dstack([place, np.minimum(lit, 1.08).reshape(down, across)])
    full = cv2.resize(
        whole.astype(np.float32),
        (across * COARSE, down * COARSE),
        interpolation=cv2.INTER_LINEAR,
    )[:height, :width]
    inside = cv2.inRange(np.ascontiguousarray(full[..., :2]), (0, 0), (WIDTH, HEIGHT))
    light = np.where(inside > 0, full[..., 2], np.float32(1))
    return full[..., :2], inside, light


def _over(table: Picture, seen: Picture, inside: Picture, rng: Rng) -> Picture:
    """The page on the table, with the thin shadow of its edge."""
    small = cv2.resize(inside, None, fx=1 / 8, fy=1 / 8, interpolation=cv2.INTER_AREA)
    away = np.array([[1, 0, rng.uniform(-2, 2)], [0, 1, rng.uniform(0, 2)]], "f4")
    small = cv2.GaussianBlur(cv2.warpAffine(small, away, small.shape[::-1]), (0, 0), 2)
    shade = cv2.resize(small, inside.shape[::-1], interpolation=cv2.INTER_LINEAR)
    table = cv2.multiply(table, cv2.convertScaleAbs(shade, alpha=-0.45, beta=255), scale=1 / 255)
    return cv2.copyTo(seen, inside, table)


def cast_shadow(x: Any, y: Any, rng: Rng) -> NDArray[Any]:
    """Of a hand, an arm or the telephone: a soft edge across the picture."""
    towards, where = rng.uniform(0, 2 * np.pi), rng.uniform(-0.5, 0.5)
    soft = rng.uniform(0.03, 0.2)
    bent = 0.2 * np.sin(3 * (x * np.sin(towards) - y * np.cos(towards)) + rng.uniform(0, 6))
    side = (x * np.cos(towards) + y * np.sin(towards) + bent - where) / soft
    return 1 - rng.uniform(0.2, 0.5) / (1 + np.exp(-np.clip(side, -50, 50)))


def moved(pixels: float, rng: Rng) -> NDArray[np.float32]:
    """The kernel of a hand that moved while the picture was taken."""
    size = 2 * int(np.ceil(pixels)) + 1
    kernel, angle = np.zeros((size, size), np.uint8), rng.uniform(0, np.pi)
    way = np.array([np.cos(angle), np.sin(angle)]) * pixels / 2
    start, end = (np.round((size // 2 + sign * way) * 16).astype(int).tolist() for sign in (-1, 1))
    cv2.line(kernel, start, end, (255,), 1, cv2.LINE_AA, 4)
    return kernel.astype(np.float32) / float(kernel.sum())


# --- what the page lies on ----------------------------------------------------------------------


def draw_table(which: str, size: tuple[int, int], rng: Rng) -> Picture:
    """Grey, width × height. `cloth` and `gingham` are printed with squares, `papers` is other
    sheets with frames and lines."""
    wide, high = size[0] // 4 + 1, size[1] // 4 + 1
    drawn = cv2.GaussianBlur(_TABLES[which](wide, high, rng), (0, 0), 0.8)
    return cv2.resize(drawn, size, interpolation=cv2.INTER_LINEAR)


def _plain(wide: int, high: int, rng: Rng) -> Picture:
    return noisy(
        np.full((high, wide), rng.integers(40, 230), np.uint8), rng.uniform(1, 5), rng, 1.5
    )


def _wood(wide: int, high: int, rng: Rng) -> Picture:
    veins = np.repeat(np.tile(tile(21, 2.0)[: high // 12 + 1], (1, 2))[:, : wide // 2], 1, 0)
    drawn = cv2.resize(veins, (wide, high), interpolation=cv2.INTER_CUBIC)
    if rng.random() < 0.5:
        drawn = cv2.resize(np.ascontiguousarray(drawn.T), (wide, high))
    return np.clip(rng.uniform(70, 180) + 14 * drawn, 0, 255).astype(np.uint8)


def _squares(wide: int, high: int, rng: Rng) -> tuple[NDArray[Any], NDArray[Any]]:
    """Coordinates of a turned grid, its step as unit."""
    step, angle = rng.uniform(0.03, 0.09) * high, rng.uniform(0, np.pi / 2)
    y, x = np.mgrid[0:high, 0:wide] / step
    return x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)


def _gingham(wide: int, high: int, rng: Rng) -> Picture:
    x, y = _squares(wide, high, rng)
    drawn = 235 - rng.uniform(50, 95) * ((x % 1 < 0.5).astype(float) + (y % 1 < 0.5))
    return noisy(drawn.astype(np.uint8), 4, rng, 0.8)


def _cloth(wide: int, high: int, rng: Rng) -> Picture:
    """Black squares and frames on white, the worst for whoever looks for markers."""
    x, y = _squares(wide, high, rng)
    inner = (np.abs(x % 1 - 0.5) < 0.3) & (np.abs(y % 1 - 0.5) < 0.3)
    hole = (np.abs(x % 1 - 0.5) < 0.18) & (np.abs(y % 1 - 0.5) < 0.18) & ((x // 1 + y // 1) % 2 < 1)
    drawn = np.where(inner & ~hole, rng.uniform(20, 90), rng.uniform(190, 240))
    return noisy(drawn.astype(np.uint8), 3, rng, 0.8)


def _papers(wide: int, high: int, rng: Rng) -> Picture:
    drawn = _plain(wide, high, rng)
    for _ in range(int(rng.integers(2, 5))):
        middle = rng.uniform(0, 1, 2) * (wide, high)
        shape = (middle.tolist(), (wide * 0.7, high * 0.7), float(rng.uniform(0, 180)))
        corners = cv2.boxPoints(shape)
        cv2.fillPoly(drawn, [corners.astype(int)], (int(rng.integers(190, 245)),))
        for share in np.linspace(0.1, 0.9, 14):
            left = corners[0] + (corners[1] - corners[0]) * share
            right = corners[3] + (corners[2] - corners[3]) * share
            start, end = left + 0.1 * (right - left), left + rng.uniform(0.3, 0.9) * (right - left)
            cv2.line(drawn, start.astype(int).tolist(), end.astype(int).tolist(), (90,), 1)
    return drawn


_TABLES = {
    "plain": _plain,
    "wood": _wood,
    "gingham": _gingham,
    "cloth": _cloth,
    "papers": _papers,
}
