"""Months of the centre: what counts in each track, and closing them as their statements leave."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relier.accounts.actors import Actor
from relier.centres.http import Request
from relier.training import access, figures
from relier.training.actions.closing import close_month
from relier.training.models import MonthClosing, Track
from relier.training.models.ledger import month_of

from .tracks import as_year


@dataclass(frozen=True)
class MonthState:
    """A month that has begun. `closing`: who closed it and when, None while it is open."""

    first_day: date
    line: figures.Line
    closing: MonthClosing | None
    is_over: bool

    @property
    def number(self) -> int:
        return month_of(self.first_day)


@dataclass(frozen=True)
class OfTrack:
    track: Track
    months: list[tuple[date, figures.Line]]
    whole: figures.Line


@require_safe
def month_list(request: Request) -> HttpResponse:
    """`?year=`: this one unless said."""
    actor = request.actor
    access.require(access.may_steer(actor))
    today = timezone.localdate()
    year = as_year(request.GET.get("year", ""), today)
    table = figures.annual_table(actor.own_centre, year)
    context = {
        "year": year,
        "before": year - 1,
        "after": year + 1 if year < today.year else None,
        "months": months_of(actor, year, table, today),
        "tracks": tracks_of(actor, year, table),
    }
    return render(request, "training/month_list.html", context)


def months_of(
    actor: Actor, year: int, table: dict[UUID, dict[int, figures.Line]], today: date
) -> list[MonthState]:
    """Those that have begun, the earliest first. One query."""
    rows = MonthClosing.objects.filter(
        centre=actor.own_centre, month__range=(year * 100 + 1, year * 100 + 12)
    )
    closed = {row.month: row for row in rows.select_related("author__user")}
    firsts = [date(year, number, 1) for number in range(1, 13)]
    return [
        MonthState(
            day,
            figures.year_of(lines[day.month] for lines in table.values()),
            closed.get(month_of(day)),
            month_of(day) < month_of(today),
        )
        for day in firsts
        if day <= today
    ]


def tracks_of(actor: Actor, year: int, table: dict[UUID, dict[int, figures.Line]]) -> list[OfTrack]:
    """Those that have hours that year. One query."""
    rows = Track.objects.visible_to(actor).filter(pk__in=list(table))
    return [
        OfTrack(
            track,
            [(date(year, number, 1), line) for number, line in table[track.pk].items()],
            figures.year_of(table[track.pk].values()),
        )
        for track in rows
    ]


def month_close(request: Request) -> HttpResponse:
    """`?month=` (as 202611): said before it is done, for it is not undone. Only a month that is
    over: what is still being taken would all be told as late."""
    actor = request.actor
    access.require(access.may_steer(actor))
    first = first_day_of(request.GET.get("month", ""))
    if first is None or month_of(first) >= month_of(timezone.localdate()):
        raise access.Refused
    number = month_of(first)
    closing = MonthClosing.objects.filter(centre=actor.own_centre, month=number)
    if request.method == "POST":
        close_month(number, by=actor)
        messages.success(request, _("The month is closed. Its statements may leave."))
        return redirect("training:months")
    context = {"first": first, "closing": closing.select_related("author__user").first()}
    return render(request, "training/month_close.html", context)


def first_day_of(text: str) -> date | None:
    if len(text) != 6 or not (text.isascii() and text.isdigit()) or text < "200001":
        return None
    try:
        return date(int(text[:4]), int(text[4:]), 1)
    except ValueError:
        return None
