"""What a picture of a page shows to a machine: its two codes, and its four markers.

A code says which page this is; markers say where it lies. Positions are pixels of the picture
given, (x, y) of the centre of a pixel being whole numbers, corners in the order: top left, top
right, bottom right, bottom left of the thing as it was printed.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from .identifiers import Seen, read_payload

Grey = NDArray[np.uint8]
Points = NDArray[np.float64]

# Longest side of the reduced picture in which codes and markers are first looked for. A marker of
# 10 mm on a page that fills 60 % of it is then 40 pixels wide.
FIRST_LOOK = 1800
SECOND_LOOK = 3600

_DICTIONARY = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50)
MARKERS = (0, 1, 2, 3)


@dataclass(frozen=True)
class FoundCode:
    seen: Seen
    corners: Points  # 4 × 2


def reduced(grey: Grey, longest: int) -> tuple[Grey, float]:
    """The picture no longer than so many pixels, and by how much it was reduced (1 or less)."""
    height, width = grey.shape
    scale = longest / max(height, width)
    if scale >= 1:
        return grey, 1.0
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return cv2.resize(grey, size, interpolation=cv2.INTER_AREA), scale


# --- codes --------------------------------------------------------------------------------------


def find_codes(grey: Grey) -> list[FoundCode]:
    """The codes of our sheets in this picture: looked for faster first, then harder."""
    found: list[FoundCode] = []
    for longest in (FIRST_LOOK, SECOND_LOOK):
        look, scale = reduced(grey, longest)
        found = _together(found, _codes_of(look, scale))
        if len(found) >= 2 or scale == 1.0:
            break
    return found or _together([], _codes_of(sharpened(grey), 1.0))


def sharpened(grey: Grey) -> Grey:
    even = cv2.createCLAHE(3.0, (8, 8)).apply(grey)
    return cv2.addWeighted(even, 1.8, cv2.GaussianBlur(even, (0, 0), 2.0), -0.8, 0)


def _codes_of(grey: Grey, scale: float) -> list[FoundCode]:
    found = []
    for one in zxingcpp.read_barcodes(
        grey, formats=zxingcpp.BarcodeFormat.QRCode, try_invert=False, try_downscale=False
    ):
        seen = read_payload(one.text)
        if seen is not None:
            at = one.position
            corners = [at.top_left, at.top_right, at.bottom_right, at.bottom_left]
            # A pixel of the reduced picture stands for a square of the first: its centre is kept.
            points = np.array([(corner.x, corner.y) for corner in corners], np.float64)
            found.append(FoundCode(seen, (points + 0.5) / scale - 0.5))
    return found


def _together(before: list[FoundCode], more: Iterable[FoundCode]) -> list[FoundCode]:
    kept = {(one.seen.identifier, one.seen.corner): one for one in before}
    for one in more:
        kept.setdefault((one.seen.identifier, one.seen.corner), one)
    return list(kept.values())


# --- markers ------------------------------------------------------------------------------------


def find_markers(grey: Grey) -> dict[int, Points]:
    """The four markers in the whole picture, each 4 × 2; one that is seen twice is left out."""
    look, scale = reduced(grey, FIRST_LOOK)
    found = _markers_of(look)
    if len(found) < 4:
        for more in (sharpened(look), reduced(grey, SECOND_LOOK)[0]):
            by = more.shape[0] / look.shape[0]
            for name, corners in _markers_of(more).items():
                found.setdefault(name, (corners + 0.5) / by - 0.5)
            if len(found) == 4:
                break
    whole = {name: (corners + 0.5) / scale - 0.5 for name, corners in found.items()}
    return {name: _sharper(grey, corners, 1 / scale) for name, corners in whole.items()}


def find_markers_near(grey: Grey, expected: dict[int, Points]) -> dict[int, Points]:
    """The same where each should be: `expected` corners, looked for within twice their size."""
    found = {}
    height, width = grey.shape
    for name, corners in expected.items():
        side = np.abs(corners.max(axis=0) - corners.min(axis=0)).max()
        left, top = np.floor(corners.min(axis=0) - side).astype(int)
        right, bottom = np.ceil(corners.max(axis=0) + side).astype(int)
        left, top = max(0, left), max(0, top)
        window = np.ascontiguousarray(grey[top : min(bottom, height), left : min(right, width)])
        if min(window.shape, default=0) < 24:
            continue
        here, scale = reduced(window, 180)
        seen = _markers_of(here).get(name)
        if seen is not None:
            near = (seen + 0.5) / scale - 0.5 + (left, top)
            found[name] = _sharper(grey, near, 1 / scale)
    return found


def _markers_of(grey: Grey) -> dict[int, Points]:
    corners, names, _ = _detector().detectMarkers(grey)
    if names is None:
        return {}
    found: dict[int, list[Points]] = {}
    for name, quad in zip(names.ravel().tolist(), corners, strict=True):
        if name in MARKERS:
            found.setdefault(name, []).append(quad.reshape(4, 2).astype(np.float64))
    return {name: quads[0] for name, quads in found.items() if len(quads) == 1}


def _detector() -> cv2.aruco.ArucoDetector:
    asked = cv2.aruco.DetectorParameters()
    asked.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_SUBPIX
    asked.cornerRefinementWinSize = 3
    asked.adaptiveThreshWinSizeMin = 9
    asked.adaptiveThreshWinSizeMax = 25
    asked.adaptiveThreshWinSizeStep = 16
    asked.minMarkerPerimeterRate = 0.03
    asked.errorCorrectionRate = 0.3
    return cv2.aruco.ArucoDetector(_DICTIONARY, asked)


def _sharper(grey: Grey, corners: Points, blur: float) -> Points:
    """The same corners to a part of a pixel of the whole picture."""
    if blur <= 1.2:
        return corners
    near = corners.astype(np.float32).reshape(-1, 1, 2)
    reach = max(2, round(1.5 * blur))
    until = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 20, 0.02)
    refined = cv2.cornerSubPix(grey, near, (reach, reach), (-1, -1), until)
    moved: Points = refined.reshape(4, 2).astype(np.float64)
    kept = np.linalg.norm(moved - corners, axis=1) <= 2 * blur
    return np.where(kept[:, None], moved, corners)
