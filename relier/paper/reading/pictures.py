"""From a file to its pages, grey, one at a time; nothing of it is trusted.

    with_pages = Pages(data)
    for number in range(1, with_pages.count + 1):
        grey = with_pages.page(number)      # height × width, 8 bits

Sizes are read from headers before anything is decoded. Run it in the process apart
(`worker.py`): a header may lie, and a library may fall over.
"""

import struct

import cv2
import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_raw
from numpy.typing import NDArray

from .headers import MOST_PAGES, Fault, Kind, Unreadable, check_size, kind_of, size_of, tiff_pages

Grey = NDArray[np.uint8]

# The reader keeps 9 pixels for each millimetre (reader.py, FINEST): 230 dots per inch.
DOTS_PER_INCH = 230
# A page drawn from a PDF: an A4 page is 5.1 million pixels at that, an A3 one 10.3 million. What
# is larger (a plan, a poster) is drawn smaller.
MOST_DRAWN = 12_000_000
# A photo above this is decoded at half its size, straight from its file: enough for the reader.
HALVED_FROM = 24_000_000


class Pages:
    """A file that was opened. Raises Unreadable, here and in `page`."""

    def __init__(self, data: bytes | bytearray) -> None:
        if not data:
            raise Unreadable(Fault.EMPTY)
        kind = kind_of(bytes(data[:8]))
        if kind is None:
            raise Unreadable(Fault.KIND)
        self.kind: Kind = kind
        self._data = data
        self._places: list[int] = []
        if kind == "pdf":
            self._pdf = _opened(data)
            self.count = len(self._pdf)
        elif kind == "tiff":
            self._data = bytearray(data)
            self._places = tiff_pages(data)
            self.count = len(self._places)
        else:
            check_size(*size_of(kind, data))
            self.count = 1
        if self.count > MOST_PAGES:
            raise Unreadable(Fault.MANY)
        if self.count < 1:
            raise Unreadable(Fault.NO_PAGES)

    def page(self, number: int) -> Grey:
        """The page of this number, from 1."""
        if not 1 <= number <= self.count:
            raise Unreadable(Fault.NO_PAGES)
        if self.kind == "pdf":
            return _drawn(self._pdf, number - 1)
        if self.kind == "tiff":
            self._begin_with(self._places[number - 1])
            return _decoded(self._data, cv2.IMREAD_GRAYSCALE)
        width, height = size_of(self.kind, self._data)
        halved = self.kind == "jpeg" and width * height > HALVED_FROM
        flags = cv2.IMREAD_REDUCED_GRAYSCALE_2 if halved else cv2.IMREAD_GRAYSCALE
        # The reader finds how a page lies by itself.
        return _decoded(self._data, flags | cv2.IMREAD_IGNORE_ORIENTATION)

    def _begin_with(self, place: int) -> None:
        """Makes a page the first of its TIFF, so that it is decoded alone."""
        order = "<" if self._data[:2] == b"II" else ">"
        struct.pack_into(f"{order}I", self._data, 4, place)


def _decoded(data: bytes | bytearray, flags: int) -> Grey:
    try:
        grey = cv2.imdecode(np.frombuffer(data, np.uint8), flags)
    except cv2.error as refused:
        raise Unreadable(_fault_of(refused)) from refused
    if grey is None:
        raise Unreadable(Fault.DAMAGED)
    return _eight_bits(grey)


def _fault_of(refused: Exception) -> Fault:
    return Fault.MEMORY if "memory" in str(refused).lower() else Fault.DAMAGED


def _eight_bits(grey: NDArray[np.generic]) -> Grey:
    if grey.dtype != np.uint8:
        grey = cv2.normalize(grey, None, 0, 255, cv2.NORM_MINMAX, cv2.CV_8U)  # type: ignore[call-overload]
    return np.ascontiguousarray(grey, np.uint8)


def _opened(data: bytes | bytearray) -> "pdfium.PdfDocument":
    try:
        return pdfium.PdfDocument(bytes(data))
    except pdfium.PdfiumError as refused:
        locked = pdfium_raw.FPDF_GetLastError() == pdfium_raw.FPDF_ERR_PASSWORD
        told = "password" in str(refused).lower()
        raise Unreadable(Fault.LOCKED if locked or told else Fault.DAMAGED) from refused


def _drawn(pdf: "pdfium.PdfDocument", index: int) -> Grey:
    """As it would print, with what was drawn over it."""
    try:
        page = pdf[index]
        width, height = page.get_size()  # in points, 72 an inch
        if not (width > 0 and height > 0):
            raise Unreadable(Fault.DAMAGED)
        scale = min(DOTS_PER_INCH / 72, (MOST_DRAWN / (width * height)) ** 0.5)
        if min(width, height) * scale < 1:
            raise Unreadable(Fault.DAMAGED)
        bitmap = page.render(scale=scale, grayscale=True)
        drawn = np.array(bitmap.to_numpy(), np.uint8)
        bitmap.close()
        page.close()
    except pdfium.PdfiumError as refused:
        raise Unreadable(Fault.DAMAGED) from refused
    return np.ascontiguousarray(drawn.reshape(drawn.shape[0], drawn.shape[1], -1)[:, :, 0])
