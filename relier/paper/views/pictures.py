"""The picture of a page, and the strip of one question, for whoever sees the page."""

from uuid import UUID

import cv2
import numpy as np
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from relier.centres.http import Request
from relier.lib.sealing import DoesNotOpen
from relier.paper import access
from relier.paper.crops import crop
from relier.paper.models import Picture, Scan
from relier.paper.reading.headers import Unreadable, size_of

# Of a picture inside a page of the web, which is to stay light; whole, it opens by itself.
SMALL_WIDTH, SMALL_QUALITY = 420, 40
# Enough to see what was ticked and written; the strip that is kept as evidence is finer.
LOOKED_AT = 55


@require_safe
def picture(request: Request, pk: UUID) -> HttpResponse:
    """`?small`: as it stands inside a page."""
    content = _content(_picture(request, pk))
    return _jpeg(smaller(content) if "small" in request.GET else content)


@require_safe
def strip(request: Request, pk: UUID, question: str) -> HttpResponse:
    """What is written under one question; the whole page, small, where it is not straight."""
    found = _picture(request, pk)
    page = found.scan.page
    access.require(page is not None)
    place = page.copy.printing.sheet.as_layout.page(page.number).rows.get(question)  # type: ignore[union-attr]
    access.require(place is not None)
    content = _content(found)
    if found.pixels_a_mm is None:
        return _jpeg(smaller(content))
    cut = crop(content, place, pixels_a_mm=found.pixels_a_mm, quality=LOOKED_AT)  # type: ignore[arg-type]
    return _jpeg(cut or smaller(content))


def _picture(request: Request, pk: UUID) -> Picture:
    scans = Scan.objects.visible_to(request.actor).filter(pk=pk).order_by().values("pk")
    rows = Picture.objects.select_related("scan__page__copy__printing__sheet")
    return access.one_or_404(rows.filter(scan__in=scans))


def _content(found: Picture) -> bytes:
    try:
        return found.content()
    except DoesNotOpen:
        raise access.Refused from None


def smaller(jpeg: bytes) -> bytes:
    """The same, light enough to stand in a page. What is opened is a JPEG that our own process
    made; as it is, where it cannot be."""
    try:
        size_of("jpeg", jpeg)
        page = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_GRAYSCALE)
    except (Unreadable, cv2.error):
        return jpeg
    if page is None:
        return jpeg
    share = SMALL_WIDTH / max(1, page.shape[1])
    if share < 1:
        page = cv2.resize(page, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    done, made = cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, SMALL_QUALITY])
    return made.tobytes() if done else jpeg


def _jpeg(content: bytes) -> HttpResponse:
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type="image/jpeg", headers=headers)
