"""How sharp a straightened page is: how wide the edge between the black of a printed marker and the
white around it looks, in millimetres.

A marker is printed: whatever its edge is wider than ink spreads, the camera, the hand or the light
added. No Django, no file: a picture in, a number out.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from relier.paper.crops import opened
from relier.paper.reading.layouts import STANDARD_MARKERS, Marker

# Scans and photographs of benchmarks/paper show 0.15 to 0.46. One of them blurred more and more: at
# 0.40 it is read as before, at 0.65 every answer is in doubt, past 0.9 its code is not read.
WIDEST = 0.5
AROUND = 2.0  # millimetres looked at on both sides of an edge


def edge_width(jpeg: bytes, *, pixels_a_mm: float) -> float | None:
    """The distance from 20 % to 80 % of the way from black to white, the median over the outer
    edges of the four markers; None where no marker shows black on white."""
    page = opened(jpeg)
    if page is None:
        return None
    widths = [
        width
        for marker in STANDARD_MARKERS
        for profile in _profiles(page, marker, pixels_a_mm)
        if (width := _width(profile)) is not None
    ]
    return float(np.median(widths)) / pixels_a_mm if widths else None


def sharp_enough(width: float | None) -> bool:
    """A page of which no edge can be measured is not called blurred: the reader says what it is."""
    return width is None or width <= WIDEST


def _profiles(page: NDArray[Any], marker: Marker, scale: float) -> list[NDArray[np.float64]]:
    """Across each side of a marker, from the white outside to the black of its border, each the
    mean along the middle third of the side."""
    found = []
    third = marker.side / 3
    across = (marker.x - AROUND, marker.x + AROUND / 2)
    back = (marker.x + marker.side + AROUND, marker.x + marker.side - AROUND / 2)
    down = (marker.y - AROUND, marker.y + AROUND / 2)
    up = (marker.y + marker.side + AROUND, marker.y + marker.side - AROUND / 2)
    for start, end in (across, back):
        found.append(_mean(page, (start, end), (marker.y + third, marker.y + 2 * third), scale))
    for start, end in (down, up):
        found.append(_mean(page.T, (start, end), (marker.x + third, marker.x + 2 * third), scale))
    return [one for one in found if one.size > 3]


def _mean(
    page: NDArray[Any], along: tuple[float, float], beside: tuple[float, float], scale: float
) -> NDArray[np.float64]:
    low, high = sorted(round(one * scale) for one in along)
    first, last = (round(one * scale) for one in beside)
    strip = page[max(0, first) : last, max(0, low) : high].astype(np.float64)
    if not strip.size:
        return np.empty(0)
    profile: NDArray[np.float64] = strip.mean(axis=0)
    return profile if along[0] < along[1] else profile[::-1]


def _width(profile: NDArray[np.float64]) -> float | None:
    """In pixels, of a profile that begins in the white."""
    white, black = float(profile[:3].mean()), float(profile.min())
    if white - black < 40:
        return None
    share = (white - profile) / (white - black)
    fine = np.interp(np.linspace(0, len(share) - 1, len(share) * 8), np.arange(len(share)), share)
    dark = np.flatnonzero(fine >= 0.8)
    light = np.flatnonzero(fine[: dark[0]] <= 0.2) if dark.size else dark
    return (dark[0] - light[-1]) / 8 if light.size else None
