"""Pictures of a page for a human: the strip of a question with its answers, and the page made
small. What is opened is a JPEG that our own process made.

OpenCV is brought in with the first picture: a worker that shows none does without its 40 MB.
"""

from typing import Any

from relier.paper.reading.headers import Unreadable, size_of

# Around the strip, so that a mark beside a box is seen too; millimetres.
MARGIN = 3.0
QUALITY = 85
PAINT = 200
# Of a picture inside a page of the web, which is to stay light; whole, it opens by itself.
SMALL_WIDTH, SMALL_QUALITY = 420, 40


def crop(
    jpeg: bytes,
    strip: tuple[float, float, float, float],
    *,
    pixels_a_mm: float,
    quality: int = QUALITY,
) -> bytes:
    """`strip`: (x, y, width, height) in millimetres on the straightened page, as a layout's `rows`
    say. b"" where it cannot be cut."""
    page = opened(jpeg)
    if page is None:
        return b""
    x, y, width, height = strip
    left, top = (max(0, round((edge - MARGIN) * pixels_a_mm)) for edge in (x, y))
    right, bottom = (round((edge + MARGIN) * pixels_a_mm) for edge in (x + width, y + height))
    cut = page[top:bottom, left:right]
    if not cut.size:
        return b""
    return _jpeg(cut, quality)


def painted(
    jpeg: bytes, strips: list[tuple[float, float, float, float]], *, pixels_a_mm: float
) -> bytes:
    """The page with these strips in grey, nothing of them left. b"" where it cannot be opened."""
    page = opened(jpeg)
    if page is None:
        return b""
    for x, y, width, height in strips:
        left, top = (max(0, round(edge * pixels_a_mm)) for edge in (x, y))
        right, bottom = (round(edge * pixels_a_mm) for edge in (x + width, y + height))
        page[top:bottom, left:right] = PAINT
    return _jpeg(page, QUALITY)


def smaller(jpeg: bytes) -> bytes:
    """The page, light enough to stand inside a page of the web; as it is, where it cannot be."""
    import cv2

    page = opened(jpeg)
    if page is None:
        return jpeg
    share = SMALL_WIDTH / max(1, page.shape[1])
    if share < 1:
        page = cv2.resize(page, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    return _jpeg(page, SMALL_QUALITY) or jpeg


def opened(jpeg: bytes) -> Any:
    """The page in grey, height × width; None where it is none."""
    import cv2
    import numpy as np

    try:
        size_of("jpeg", jpeg)
        return cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_GRAYSCALE)
    except (Unreadable, cv2.error):
        return None


def _jpeg(grey: Any, quality: int) -> bytes:
    import cv2

    done, made = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return made.tobytes() if done else b""
