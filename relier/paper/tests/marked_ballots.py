"""Ballots as they were printed, marked with a ballpoint, as a scanner sees them."""

import io

import cv2
import numpy as np
import pypdfium2 as pdfium

from relier.paper import actions
from tests import factories as make

DPI = 200
DOTS_A_MM = DPI / 25.4


def blank(count) -> np.ndarray:
    """One ballot of this count, at rest on a scanner; one more is printed for it."""
    pdf = actions.print_ballots(count, 1, by=make.actor(count.opened_by))
    (page,) = pdfium.PdfDocument(pdf)
    grey = page.render(scale=DPI / 72, grayscale=True).to_numpy()
    return np.atleast_3d(grey)[..., 0].copy()


def crossed(count, *choices) -> np.ndarray:
    grey = blank(count)
    for box in count.sheet.as_layout.page(1).boxes:
        if box.choice in choices:
            x, y, side = (round(length * DOTS_A_MM) for length in (box.x, box.y, box.side))
            near, far = round(0.1 * side), round(0.9 * side)
            for up, down in ((near, far), (far, near)):
                start, end = (x + near, y + up), (x + far, y + down)
                cv2.line(grey, start, end, 70, 2, cv2.LINE_AA)
    return grey


def as_pdf(pages) -> bytes:
    """The file that a scanner makes."""
    document = pdfium.PdfDocument.new()
    for grey in pages:
        done, jpeg = cv2.imencode(".jpg", np.ascontiguousarray(grey))
        assert done
        image = pdfium.PdfImage.new(document)
        image.load_jpeg(io.BytesIO(jpeg.tobytes()), inline=True)
        image.set_matrix(pdfium.PdfMatrix().scale(595, 842))
        page = document.new_page(595, 842)
        page.insert_obj(image)
        page.gen_content()
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()
