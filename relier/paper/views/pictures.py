"""The picture of a page, and the strip of one question, for whoever sees the page."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from relier.centres.http import Request
from relier.lib.sealing import DoesNotOpen
from relier.paper import access
from relier.paper.crops import crop, smaller
from relier.paper.models import Picture, Scan

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


def _jpeg(content: bytes) -> HttpResponse:
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type="image/jpeg", headers=headers)
