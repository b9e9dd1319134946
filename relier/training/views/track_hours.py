"""What the hours of a track are made of: by month, by day, entry by entry. For whoever answers for
them: a track may have one trainee only (docs/walls.md, months)."""

import sys
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from relier.centres.http import Request
from relier.journal import actions as journal
from relier.training import access, figures
from relier.training.models import Enrolment, LedgerEntry, Presence, Session, Track

from .hours import Line, asked_for, lines_of
from .tracks import as_year, track_or_404

# After every name.
LAST = chr(sys.maxunicode)


@dataclass
class Day:
    """What counts on a day, and the sessions of that day."""

    on: date
    line: figures.Line
    sessions: list[Session] = field(default_factory=list)


@require_safe
def track_why(request: Request, pk: UUID) -> HttpResponse:
    """`?year=`: month by month. `?month=` (as 202611): day by day."""
    actor = request.actor
    track = track_or_404(actor, pk)
    access.require(access.may_steer(actor))
    month = asked_for(request.GET.get("month", ""), "").get("month")
    if month:
        return of_month(request, track, month)
    year = as_year(request.GET.get("year", ""), timezone.localdate())
    table = figures.annual_table(track.centre_id, year).get(track.pk, {})
    context = {
        "track": track,
        "year": year,
        "months": [(date(year, number, 1), line) for number, line in table.items() if line.minutes],
        "whole": figures.year_of(table.values()),
    }
    return render(request, "training/track_hours.html", context)


def of_month(request: Request, track: Track, month: int) -> HttpResponse:
    lines = figures.by_day(track.pk, month)
    days = {day: Day(day, line) for day, line in lines.items()}
    for session in track.sessions.filter(day__in=list(days)).order_by("starts_at", "pk"):
        days[session.day].sessions.append(session)
    context = {
        "track": track,
        "first": date(month // 100, month % 100, 1),
        "year": str(month // 100),
        "days": list(days.values()),
        "whole": figures.year_of(lines.values()),
    }
    return render(request, "training/track_month.html", context)


@dataclass(frozen=True)
class Entries:
    """The entries of one entry in training that count on a day; `enrolment` is None once its file
    was erased: the hours stay, and lead to nobody."""

    enrolment: Enrolment | None
    lines: list[Line]
    minutes: int


@require_safe
def track_day(request: Request, pk: UUID) -> HttpResponse:
    """`?day=`: every entry of it."""
    actor = request.actor
    track = track_or_404(actor, pk)
    access.require(access.may_steer(actor))
    day = parse_day(request.GET.get("day", ""))
    access.require(day is not None)
    rows = list(figures.entries_of(LedgerEntry.objects.visible_to(actor), track=track, day=day))
    enrolments = {
        one.ledger_key: one
        for one in Enrolment.objects.visible_to(actor)
        .filter(ledger_key__in={row.trainee for row in rows})
        .select_related("person__root")
    }
    taken = Presence.objects.visible_to(actor).filter(pk__in={row.source for row in rows})
    sessions = {row.pk: row.session for row in taken.select_related("session")}
    shown = [one.person.root_id for one in enrolments.values()]
    journal.read_list("training.hours_of_day_shown", by=actor, shown=shown, track=str(pk))
    by_trainee: dict[UUID, list[LedgerEntry]] = {}
    for row in rows:
        by_trainee.setdefault(row.trainee, []).append(row)
    found = [
        Entries(
            enrolments.get(key),
            lines_of(mine, sessions, with_grounds=access.may_see_grounds(actor)),
            figures.total_of(mine),
        )
        for key, mine in by_trainee.items()
    ]
    found.sort(key=lambda one: one.enrolment.person.root.name if one.enrolment else LAST)
    context = {
        "track": track,
        "day": day,
        "month": f"{day:%Y%m}",
        "found": found,
        "total": figures.total_of(rows),
    }
    return render(request, "training/track_day.html", context)


def parse_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
