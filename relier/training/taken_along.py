"""When the list of a session may be kept on a device, and how long (docs/decisions/024)."""

from datetime import date, timedelta

from django.utils import timezone

from relier.accounts import stays
from relier.centres.http import Request

from .models import Session

# A Monday's session is taken along on the Friday before.
BEFORE = timedelta(days=3)
# What was taken along late is kept until the end of the day after.
AFTER = timedelta(days=1)


def may_be_taken_along(request: Request, session: Session) -> bool:
    """On one's own device, from some days before the session to its correction."""
    shared = request.session.get(stays.SHARED, True)
    return not shared and not session.called_off and session.day <= timezone.localdate() + BEFORE


def kept_until(session: Session) -> date:
    """The last day on which the names are on the device."""
    return max(session.day, timezone.localdate()) + AFTER
