"""Pictures go by themselves once their term is over; what was decided, and its crops, stay with
the file of the person, and go with it. Of a sheet about several people, what is about one of them
is painted over."""

from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from relier.accounts.actors import Actor
from relier.centres.models import Centre
from relier.journal import actions as journal
from relier.lib.sealing import DoesNotOpen
from relier.paper.crops import painted
from relier.paper.models import Copy, Decision, Picture, ReceivedFile, Scan, Why
from relier.privacy.models import terms_of
from relier.privacy.rules.terms import SIGNED_SHEETS, WORKING_SCANS


def forget_pictures(*, by: Actor, on: date) -> int:
    """Take away the pictures, what was read and the files of pages that were closed, or put aside,
    longer ago than their term: working scans, and sheets that were signed, each by its own.
    Returns how many pages. Done again, it does nothing."""
    return sum(_forget_of(centre, by=by, on=on) for centre in Centre.objects.order_by("pk"))


@transaction.atomic
def _forget_of(centre: Centre, *, by: Actor, on: date) -> int:
    over = _over(centre.pk, on)
    pages = list(Scan.objects.filter(over, centre=centre, forgotten_at=None))
    for scan in pages:
        scan.reading, scan.forgotten_at = {}, timezone.now()
        scan.save(update_fields=["reading", "forgotten_at"])
    Picture.objects.filter(scan__in=pages).delete()
    files = _empty_files(centre.pk, over)
    if pages or files:
        journal.record(
            "paper.forgotten", centre, by=by, centre=centre.pk, pages=len(pages), files=files
        )
    return len(pages)


def _over(centre: UUID, on: date) -> Q:
    """Pages whose term is over: `closed` counts for every picture of the page, duplicates too."""
    lasting = terms_of(centre, on=on)
    working = _midnight(lasting[WORKING_SCANS].before(on))
    signed = _midnight(lasting[SIGNED_SHEETS].before(on))
    is_signed = Q(page__copy__printing__sheet__keeps="signed")
    closed = "page__copy__closed_at__lt"
    return (
        Q(is_signed, **{closed: signed})
        | Q(~is_signed, **{closed: working})
        | Q(aside_at__lt=working)
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _empty_files(centre: UUID, over: Q) -> int:
    """Files of which no page is needed any more."""
    needed = Scan.objects.filter(file=OuterRef("pk")).exclude(
        pk__in=Scan.objects.filter(over, centre=centre).values("pk")
    )
    files = ReceivedFile.objects.filter(~Exists(needed), centre=centre, emptied_at=None)
    return files.empty(at=timezone.now())


# --- one person of several ------------------------------------------------------------------------


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
