"""From a filled page to a file that someone sends: the levels of the bench, each with its seed.

S levels are scans, P levels are photographs. The first nine are those of the first study; the
others are new. Numbers in brackets there: 200 or 300 dpi is what an office scanner is set to;
2 000 pixels and more is what a telephone gives; a messenger keeps 1 600.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import cv2
import numpy as np

from . import scans
from .photos import Camera, encode
from .scans import Rng, Scanner
from .sheets import Picture, grey

File = tuple[bytes, str]  # the bytes, and the ending of the file's name
Group = Literal["scan", "photo", "hard"]

CLEAN = Scanner(200, 0.0, 0.0, (250, 255), (0, 15), (0.0, 1.5), (0.0, 0.4), 0.0, (1.0, 1.0), 0.0)
OFFICE = Scanner(200, 2.0, 2.5, (236, 253), (12, 45), (1.5, 4.0), (0.3, 0.7))
FINE = replace(OFFICE, dpi=300, blur=(0.4, 0.9))
POOR = Scanner(
    150, 5.0, 4.0, (175, 225), (45, 95), (4.0, 9.0), (0.5, 1.0), 0.006, (0.8, 1.3), 0.08, (0, 4)
)
TEXT = replace(OFFICE, skew=3.0, noise=(3.0, 7.0))
NEAR = Camera(4032, 10.0, 0.6, (88, 95), fades=0.1, blur=(0.7, 1.3))
PHONE = Camera(2000, 20.0, 1.5, (72, 88), fades=0.35, shadow=0.5, fills=(0.84, 0.96))
SENT = Camera(
    1600,
    30.0,
    3.5,
    (38, 38),
    fades=0.4,
    shadow=0.6,
    motion=3.0,
    sideways=0.25,
    fills=(0.85, 0.98),
    blur=(0.6, 1.1),
)
DIM = replace(PHONE, white=(55.0, 110.0), noise=(5.0, 12.0), motion=2.0, fades=0.5)


@dataclass(frozen=True)
class Level:
    """`group` says which targets hold; `prepare` is done to the printed page before the pens."""

    name: str
    says: str
    group: Group
    degrade: Callable[[Picture, Rng], File]
    prepare: Callable[[Picture, Rng], Picture] | None = None
    large: bool = False


def _scanned(scanner: Scanner, low: int = 80, high: int = 93) -> Callable[[Picture, Rng], File]:
    def degrade(page: Picture, rng: Rng) -> File:
        return encode(scanner.scan(page, rng), ".jpg", int(rng.integers(low, high))), ".jpg"

    return degrade


def _taken(camera: Camera) -> Callable[[Picture, Rng], File]:
    def degrade(page: Picture, rng: Rng) -> File:
        return camera.save(camera.take(page, rng), rng), ".jpg"

    return degrade


def clean(page: Picture, rng: Rng) -> File:
    return encode(CLEAN.scan(page, rng), ".png"), ".png"


def turned(page: Picture, rng: Rng) -> File:
    seen = cv2.rotate(OFFICE.scan(page, rng), int(rng.integers(0, 3)))
    return encode(seen, ".jpg", 88), ".jpg"


def bitonal(page: Picture, rng: Rng) -> File:
    return encode(scans.bitonal(TEXT.scan(page, rng), rng), ".png", bitonal=True), ".png"


def faxed(page: Picture, rng: Rng) -> File:
    """204 × 196 dpi, one bit, lines lost; in between, a line that was garbled."""
    seen = scans.bitonal(replace(TEXT, skew=1.5).scan(page, rng), rng, 0.6, 0.78)
    seen = cv2.resize(seen, None, fx=1.02, fy=0.98, interpolation=cv2.INTER_NEAREST)
    for _ in range(int(rng.integers(0, 6))):
        y, many = int(rng.integers(0, seen.shape[0] - 4)), int(rng.integers(1, 4))
        seen[y : y + many] = 255 if rng.random() < 0.7 else np.roll(seen[y : y + many], 40, 1)
    return encode(seen, ".png", bitonal=True), ".png"


def copied_twice(page: Picture, rng: Rng) -> File:
    """Filled, then photocopied, and the copy photocopied again, before it is scanned."""
    return _scanned(OFFICE)(scans.copied(scans.copied(page, rng), rng), rng)


def yellowed(page: Picture, rng: Rng) -> File:
    return _scanned(OFFICE)(scans.stained(page, (195, 228), rng), rng)


def coloured(page: Picture, rng: Rng) -> File:
    """Pink, green, blue or orange paper, in grey."""
    return _scanned(OFFICE)(scans.stained(page, (135, 215), rng), rng)


def glossy(page: Picture, rng: Rng) -> File:
    """A lamp in the page: two patches where the sensor is full."""
    photo = PHONE.take(page, rng)
    for _ in range(int(rng.integers(1, 3))):
        shine(photo, rng, float(rng.uniform(0.04, 0.11)))
    return PHONE.save(photo, rng), ".jpg"


def shine(photo: Picture, rng: Rng, size: float) -> None:
    """A reflection whose radius is a share `size` of the height, somewhere in the middle."""
    high, wide = photo.shape
    y, x = np.mgrid[0 : high / wide : high // 8 * 1j, 0 : 1 : wide // 8 * 1j]
    middle = rng.uniform(0.2, 0.8, 2) * (1, high / wide)
    tilt = rng.uniform(0.5, 1.6)
    far = ((x - middle[0]) ** 2 * tilt + (y - middle[1]) ** 2 / tilt) / size**2
    light = cv2.resize((300 * np.exp(-far)).clip(0, 255).astype(np.uint8), (wide, high))
    cv2.add(photo, light, dst=photo)


def twice_sent(page: Picture, rng: Rng) -> File:
    """Taken well, forwarded twice by a messenger: 1 600 pixels, then pressed again."""
    data = PHONE.save(PHONE.take(page, rng), rng)
    for side, quality in ((1600, 70), (1280, 55)):
        seen = cv2.cvtColor(grey(data), cv2.COLOR_GRAY2BGR)
        share = side / max(seen.shape)
        small = cv2.resize(seen, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
        data = encode(small, ".jpg", quality)
    return data, ".jpg"


def on_screen(page: Picture, rng: Rng) -> File:
    """A scan shown on a screen at 96 to 130 dpi, and the screen photographed: its dots beat with
    those of the camera."""
    shown = OFFICE.scan(page, rng)
    share = rng.uniform(0.48, 0.65)
    shown = cv2.resize(shown, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    part = 5
    shown = np.repeat(np.repeat(shown, part, 0), part, 1)
    dots = np.full((part, part), 255, np.uint8)
    dots[-1, :] = dots[:, -1] = 150
    times = (shown.shape[0] // part, shown.shape[1] // part)
    shown = cv2.multiply(shown, np.tile(dots, times), scale=1 / 255)
    shown = cv2.resize(shown, page.shape[::-1], interpolation=cv2.INTER_AREA)
    camera = replace(PHONE, curl=0.0, tables=("plain",), tilt=12.0)
    return camera.save(camera.take(shown, rng), rng), ".jpg"


LEVELS: dict[str, Level] = {
    one.name: one
    for one in (
        Level("S0", "clean scan, 200 dpi", "scan", clean),
        Level("S1", "office scan, 200 dpi, ±2°", "scan", _scanned(OFFICE)),
        Level("S4", "office scan, turned by a quarter or a half", "scan", turned),
        Level("S5", "office scan, 300 dpi", "scan", _scanned(FINE)),
        Level("S2", "poor scan, 150 dpi, ±5°", "hard", _scanned(POOR, 45, 46)),
        Level("S3", "bitonal scan, 200 dpi, ±3°", "hard", bitonal),
        Level("P1", "photo of 12 megapixels", "photo", _taken(NEAR)),
        Level("P2", "photo of 2 000 pixels, shadow, curl", "photo", _taken(PHONE)),
        Level("P3", "photo sent by a messenger, 1 600 pixels", "hard", _taken(SENT)),
        Level("large", "office scan of the large print", "scan", _scanned(OFFICE), None, True),
        Level("fax", "fax", "hard", faxed),
        Level("copy", "photocopy of a photocopy", "hard", copied_twice),
        Level("toner", "printed with little toner", "hard", _scanned(OFFICE), scans.low_toner),
        Level("yellow", "yellowed paper", "hard", yellowed),
        Level("colour", "coloured paper", "hard", coloured),
        Level("dim", "photo in dim light", "hard", _taken(DIM)),
        Level("gloss", "photo with reflections", "hard", glossy),
        Level("resent", "photo forwarded twice", "hard", twice_sent),
        Level("screen", "photo of a screen", "hard", on_screen),
    )
}
