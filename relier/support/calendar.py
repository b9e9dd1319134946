"""The feed that a member's own calendar reads (RFC 5545).

Calendars of telephones copy what they read to servers far from here, and show it on a locked
screen. So an event says when and where, and nothing about anyone: no name, no reason, an opaque
number. What was cancelled stays in the feed, said to be cancelled, for calendars forget slowly.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vDuration,
)

from relier.centres.calendars import Happening
from relier.support.models import Appointment
from relier.support.rules.reception import ends

MAKER = "-//Relier//Appointments//EN"
# How far back a feed goes, and how often a calendar is asked to read it again.
BACK = timedelta(days=30)
EVERY = timedelta(hours=1)
ZONE = "Europe/Brussels"


def feed(
    appointments: Iterable[Appointment],
    *,
    language: str,
    others: Callable[[], Iterable[Happening]] = tuple,
    made_at: datetime | None = None,
) -> bytes:
    """The whole calendar, as the bytes to send: CRLF lines, folded at 75 octets. `others`: what the
    other rooms say, asked in the language of the feed; `made_at`: when its address was made, which
    dates them, so that the bytes are the same until something changes."""
    with translation.override(language or settings.LANGUAGE_CODE):
        calendar = Calendar()
        calendar.add("version", "2.0")
        calendar.add("prodid", MAKER)
        calendar.add("calscale", "GREGORIAN")
        calendar.add("method", "PUBLISH")
        calendar.add("x-wr-calname", "Relier")
        calendar.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(EVERY))
        calendar.add_component(brussels())
        for appointment in appointments:
            calendar.add_component(event(appointment))
        for happening in others():
            calendar.add_component(event_of(happening, made_at or happening.starts_at))
    return calendar.to_ical()


def brussels() -> Timezone:
    """When clocks change here (directive 2000/84/EC), for calendars that do not know our zone.

    An onset is told by the clock as it stands just before it (RFC 5545, 3.6.5): the ready-made
    component of our library tells it by the clock just after, one hour off in spring.
    """
    winter, summer = timedelta(hours=1), timedelta(hours=2)
    zone = Timezone()
    zone.add("tzid", ZONE)
    for part, name, month, onset, before, after in (
        (TimezoneStandard(), "CET", 10, datetime(1996, 10, 27, 3), summer, winter),  # noqa: DTZ001
        (TimezoneDaylight(), "CEST", 3, datetime(1996, 3, 31, 2), winter, summer),  # noqa: DTZ001
    ):
        part.add("tzname", name)
        part.add("dtstart", onset)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        zone.add_component(part)
    return zone


def event(appointment: Appointment) -> Event:
    drawn = event_of(
        Happening(
            appointment.pk,
            appointment.starts_at,
            appointment.minutes,
            _("Appointment"),
            appointment.place,
            appointment.state == Appointment.State.CANCELLED,
        ),
        appointment.changed_at,
    )
    drawn.add("last-modified", whole_second(appointment.changed_at))
    return drawn


def event_of(happening: Happening, changed_at: datetime) -> Event:
    here = ZoneInfo(ZONE)
    starts = happening.starts_at.astimezone(UTC)
    drawn = Event()
    drawn.add("uid", uid(happening.id))
    drawn.add("dtstamp", whole_second(changed_at))
    drawn.add("dtstart", starts.astimezone(here))
    # Counted in UTC: half an hour is half an hour, also in the night when clocks change.
    drawn.add("dtend", ends(starts, happening.minutes).astimezone(here))
    drawn.add("summary", happening.words)
    if happening.place:
        drawn.add("location", happening.place)
    cancelled = happening.is_cancelled
    drawn.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    drawn.add("transp", "TRANSPARENT" if cancelled else "OPAQUE")
    drawn.add("class", "PRIVATE")
    return drawn


def uid(pk: UUID) -> str:
    """The same for the same appointment, always; it says nothing (RFC 7986, 5.3)."""
    return f"urn:uuid:{pk}"


def whole_second(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
