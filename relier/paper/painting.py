"""Of a sheet about several people, what is about one of them, painted over as they are erased."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone

from relier.lib.sealing import DoesNotOpen

from .crops import painted
from .models import Copy, Decision, Picture, ReceivedFile, Scan, Why


@transaction.atomic
def paint_over(copy: Copy, questions: Collection[str]) -> None:
    """Take what is about one person off a sheet that is about several: their strips of each
    picture, what was read and decided there, and the files as they were received. Called by an
    erasure, which has its own line in the journal."""
    layout = copy.printing.sheet.as_layout
    files = set()
    for scan in Scan.objects.filter(page__copy=copy).select_related("page"):
        strips = layout.page(scan.page.number).rows if scan.page else {}
        theirs = [key for key in strips if key in questions]
        if not theirs:
            continue
        _paint(scan, [strips[key] for key in theirs])
        scan.reading = _without(scan.reading, theirs)
        scan.save(update_fields=["reading"])
        Decision.objects.filter(scan=scan, question__in=theirs).delete()
        files.add(scan.file_id)
    ReceivedFile.objects.filter(pk__in=files).empty(at=timezone.now())
    unread = Scan.objects.to_read().filter(file__in=files)
    unread.update(why=Why.EMPTIED, claimed_at=None, claimed_by="")


def _paint(scan: Scan, strips: list[tuple[float, float, float, float]]) -> None:
    """A picture that is not straight does not say where the strips are: it goes whole."""
    picture = Picture.objects.filter(scan=scan).first()
    if picture is None:
        return
    jpeg, scale = b"", picture.pixels_a_mm
    if scale is not None:
        try:
            jpeg = painted(picture.content(), strips, pixels_a_mm=scale)
        except DoesNotOpen:
            jpeg = b""
    picture.delete()
    if jpeg:
        Picture.of(scan, jpeg, pixels_a_mm=scale).save()


def _without(reading: dict[str, Any], questions: Collection[str]) -> dict[str, Any]:
    """What was read, without what was read of these questions."""
    kept = dict(reading)
    for part in ("questions", "written"):
        if part in kept:
            kept[part] = {key: one for key, one in kept[part].items() if key not in questions}
    if "boxes" in kept:
        kept["boxes"] = [box for box in kept["boxes"] if box[0] not in questions]
    return kept
