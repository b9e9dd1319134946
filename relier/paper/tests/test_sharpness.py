"""A straightened page says by the edges of its markers how sharp it is."""

import cv2
import numpy as np
import pytest

from relier.paper.reading.layouts import HEIGHT, STANDARD_MARKERS, WIDTH
from relier.paper.sharpness import edge_width, sharp_enough

SCALE = 6.0


def page(blur: float) -> bytes:
    """White, with the black border of each marker; `blur` in millimetres (standard deviation)."""
    grey = np.full((round(HEIGHT * SCALE), round(WIDTH * SCALE)), 235, np.uint8)
    for one in STANDARD_MARKERS:
        left, top, side = (round(length * SCALE) for length in (one.x, one.y, one.side))
        grey[top : top + side, left : left + side] = 30
    if blur:
        grey = cv2.GaussianBlur(grey, (0, 0), blur * SCALE)
    done, jpeg = cv2.imencode(".jpg", grey)
    assert done
    return jpeg.tobytes()


def test_the_width_of_an_edge_is_that_of_the_blur():
    for blur in (0.2, 0.4, 0.6):
        # From 20 % to 80 % of a Gaussian edge: 1.68 standard deviations.
        assert edge_width(page(blur), pixels_a_mm=SCALE) == pytest.approx(1.68 * blur, abs=0.08)


def test_a_page_is_sharp_enough_up_to_half_a_millimetre():
    assert sharp_enough(edge_width(page(0.0), pixels_a_mm=SCALE))
    assert not sharp_enough(edge_width(page(0.5), pixels_a_mm=SCALE))


def test_what_cannot_be_measured_is_not_called_blurred():
    done, white = cv2.imencode(".jpg", np.full((1782, 1260), 235, np.uint8))
    assert done

    assert edge_width(white.tobytes(), pixels_a_mm=SCALE) is None
    assert edge_width(b"not a picture", pixels_a_mm=SCALE) is None
    assert sharp_enough(None)
