"""The strip of a page that shows a question and its answers, cut from its picture."""

import cv2
import numpy as np

from relier.paper.reading.headers import Unreadable, size_of

# Around the strip, so that a mark beside a box is seen too; millimetres.
MARGIN = 3.0
QUALITY = 85


def crop(
    jpeg: bytes,
    strip: tuple[float, float, float, float],
    *,
    pixels_a_mm: float,
    quality: int = QUALITY,
) -> bytes:
    """`strip`: (x, y, width, height) in millimetres on the straightened page, as a layout's `rows`
    say. The JPEG that is cut is one that our own process made. b"" where it cannot be."""
    try:
        size_of("jpeg", jpeg)
        page = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_GRAYSCALE)
    except (Unreadable, cv2.error):
        return b""
    if page is None:
        return b""
    x, y, width, height = strip
    left, top = (max(0, round((edge - MARGIN) * pixels_a_mm)) for edge in (x, y))
    right, bottom = (round((edge + MARGIN) * pixels_a_mm) for edge in (x + width, y + height))
    cut = page[top:bottom, left:right]
    if not cut.size:
        return b""
    done, made = cv2.imencode(".jpg", cut, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return made.tobytes() if done else b""
