"""Why these hours: month by month, and the entries of the ledger that each figure is made of."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relier.accounts.actors import Actor
from relier.centres.http import Request
from relier.journal import actions as journal
from relier.training import access, figures
from relier.training.models import Cause, Enrolment, LedgerEntry, MonthClosing, Presence
from relier.training.models.sessions import Session

from .entries import enrolment_or_404

# What brought a proof in is told to those who read grounds; to the others, that an absence was
# looked at, or they would know that there is a proof.
OF_AN_ABSENCE = {Cause.ABSENCE, Cause.PROOF}


@dataclass
class Month:
    """Minutes of a month, in each account; `late`: of which written after it was closed."""

    number: int
    line: figures.Line = field(default_factory=figures.Line)
    late: int = 0
    is_closed: bool = False

    @property
    def first_day(self) -> date:
        return date(self.number // 100, self.number % 100, 1)


@require_safe
def hours(request: Request, pk: UUID) -> HttpResponse:
    """Month by month, both accounts: each figure leads to what it is made of."""
    actor = request.actor
    enrolment = enrolment_or_404(actor, pk)
    read(enrolment, actor)
    months = by_month(enrolment, actor)
    context = {
        "enrolment": enrolment,
        "person": enrolment.person.root,
        "months": months,
        "whole": figures.year_of(month.line for month in months),
        "late": sum(month.late for month in months),
    }
    return render(request, "training/hours.html", context)


def read(enrolment: Enrolment, actor: Actor) -> None:
    subject = enrolment.person.root_id
    journal.read("training.hours_read", enrolment, by=actor, subject=subject)


def by_month(enrolment: Enrolment, actor: Actor) -> list[Month]:
    """The earliest first. Two queries."""
    found: dict[int, Month] = {}
    rows = LedgerEntry.objects.visible_to(actor).of([enrolment])
    for number, account, carrier, is_late, minutes in figures.by_month(rows):
        month = found.setdefault(number, Month(number))
        month.line.add(account, carrier, minutes)
        month.late += minutes if is_late else 0
    closings = MonthClosing.objects.filter(centre=enrolment.centre_id, month__in=list(found))
    for number in closings.values_list("month", flat=True):
        found[number].is_closed = True
    return [found[number] for number in sorted(found)]


@dataclass(frozen=True)
class Line:
    """One entry as its reader may see it: no ground where they read none (0)."""

    day: date
    account: str
    ground: int
    minutes: int
    cause: str
    at: datetime
    is_late: bool
    session: Session | None


@require_safe
def why(request: Request, pk: UUID) -> HttpResponse:
    """`?month=` (as 202611) and `?account=` (1 followed, 2 assimilated): the entries of a figure;
    without them, of the whole."""
    actor = request.actor
    enrolment = enrolment_or_404(actor, pk)
    read(enrolment, actor)
    asked = asked_for(request.GET.get("month", ""), request.GET.get("account", ""))
    mine = LedgerEntry.objects.visible_to(actor).of([enrolment])
    rows = list(figures.entries_of(mine, **asked))
    sees = access.may_see_grounds(actor)
    lines = lines_of(rows, sessions_of(enrolment, rows, actor), with_grounds=sees)
    month = asked.get("month")
    context = {
        "enrolment": enrolment,
        "person": enrolment.person.root,
        "lines": lines,
        "total": sum(line.minutes for line in lines),
        "month": date(month // 100, month % 100, 1) if month else None,
        "account": account_in_words(asked.get("account")),
        "sees_grounds": sees,
    }
    return render(request, "training/why.html", context)


def asked_for(month: str, account: str) -> dict[str, int]:
    """The cell of the address; what makes no sense is left out."""
    asked = {}
    if len(month) == 6 and month.isascii() and month.isdigit() and 1 <= int(month[4:]) <= 12:
        asked["month"] = int(month) if int(month) >= 190001 else 0
    if account in {"1", "2"}:
        asked["account"] = int(account)
    return {name: number for name, number in asked.items() if number}


def account_in_words(account: int | None) -> str:
    words = {1: _("hours followed"), 2: _("assimilated hours")}
    return words.get(account or 0, _("all hours"))


def sessions_of(
    enrolment: Enrolment, rows: Iterable[LedgerEntry], actor: Actor
) -> dict[UUID, Session]:
    """Source of an entry -> the session it was taken in. One query."""
    sources = {row.source for row in rows}
    taken = Presence.objects.visible_to(actor).filter(enrolment=enrolment, pk__in=sources)
    return {row.pk: row.session for row in taken.select_related("session")}


def lines_of(
    rows: Iterable[LedgerEntry], sessions: dict[UUID, Session], *, with_grounds: bool
) -> list[Line]:
    """Each entry, with its ground. Without grounds, what one deed moved from a ground to another
    is one line, and none where nothing moved: nobody reads from it that a proof came."""
    added: dict[Any, int] = {}
    for row in rows:
        ground = row.ground if with_grounds else 0
        apart = row.pk if with_grounds else None
        cause = row.posting.cause
        if not with_grounds and cause in OF_AN_ABSENCE:
            cause = Cause.ABSENCE
        key = (
            row.day, row.account, ground, cause, row.posting.at, row.is_late,
            row.source, apart,
        )  # fmt: skip
        added[key] = added.get(key, 0) + row.minutes
    return [
        Line(
            day, account_in_words(account), ground, minutes, str(Cause(cause).label), at, is_late,
            sessions.get(source),
        )
        for (day, account, ground, cause, at, is_late, source, _apart), minutes in added.items()
        if minutes
    ]  # fmt: skip
