"""Pictures go by themselves once their term is over; what was decided, and its crops, stay with
the file of the person, and go with it."""

from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from relier.accounts.actors import Actor
from relier.centres.models import Centre
from relier.journal import actions as journal
from relier.paper.models import Picture, ReceivedFile, Scan
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
