"""The feed that a member's own calendar reads (RFC 5545).

Calendars of telephones copy what they read to servers far from here, and show it on a locked
screen. So an event says when and where, and nothing about anyone: no name, no reason, an opaque
number. What was cancelled stays in the feed, said to be cancelled, for calendars forget slowly.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vDuration

from relier.support.models import Appointment
from relier.support.rules.reception import ends

MAKER = "-//Relier//Appointments//EN"
# How far back a feed goes, and how often a calendar is asked to read it again.
BACK = timedelta(days=30)
EVERY = timedelta(hours=1)
# For how many years the changes of the clock are written down.
AHEAD = 5


def feed(appointments: Iterable[Appointment], *, language: str) -> bytes:
    """The whole calendar, as the bytes to send: CRLF lines, folded at 75 octets."""
    with translation.override(language or settings.LANGUAGE_CODE):
        calendar = Calendar()
        calendar.add("version", "2.0")
        calendar.add("prodid", MAKER)
        calendar.add("calscale", "GREGORIAN")
        calendar.add("method", "PUBLISH")
        calendar.add("x-wr-calname", "Relier")
        calendar.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(EVERY))
        for appointment in appointments:
            calendar.add_component(event(appointment))
    # The hours of summer and winter that this feed can meet, from the zone's own history.
    year = timezone.localdate().year
    calendar.add_missing_timezones(date(year - 1, 1, 1), date(year + AHEAD, 1, 1))
    return calendar.to_ical()


def event(appointment: Appointment) -> Event:
    here = ZoneInfo(settings.TIME_ZONE)
    starts = appointment.starts_at.astimezone(UTC)
    drawn = Event()
    drawn.add("uid", uid(appointment.pk))
    drawn.add("dtstamp", whole_second(appointment.changed_at))
    drawn.add("last-modified", whole_second(appointment.changed_at))
    drawn.add("dtstart", starts.astimezone(here))
    # Counted in UTC: half an hour is half an hour, also in the night when clocks change.
    drawn.add("dtend", ends(starts, appointment.minutes).astimezone(here))
    drawn.add("summary", _("Appointment"))
    if appointment.place:
        drawn.add("location", appointment.place)
    cancelled = appointment.state == Appointment.State.CANCELLED
    drawn.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    drawn.add("transp", "TRANSPARENT" if cancelled else "OPAQUE")
    drawn.add("class", "PRIVATE")
    return drawn


def uid(pk: UUID) -> str:
    """The same for the same appointment, always; it says nothing (RFC 7986, 5.3)."""
    return f"urn:uuid:{pk}"


def whole_second(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
