"""Sessions at which a member welcomes, for their own calendar. The name of a session is typed, and
may name someone: it stays here."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from relier.centres.calendars import Happening, declare

from .models import Session


def sessions_of(member: UUID, since: datetime) -> Iterator[Happening]:
    """One query. What was called off stays, said so: calendars forget slowly."""
    first = timezone.localdate(since)
    rows = Session.objects.filter(trainers=member, day__gte=first)
    for row in rows.order_by("day", "starts_at", "pk"):
        starts = timezone.make_aware(datetime.combine(row.day, row.starts_at))
        yield Happening(
            row.pk, starts, row.minutes, _("Training session"), row.place, row.called_off
        )


declare("training", sessions_of)
