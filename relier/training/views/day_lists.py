"""The lists of every session of a day or a half-day, printed in one press: each session keeps a
list of its own, with its own codes, and one file holds them all."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relier.accounts.actors import Actor
from relier.centres.http import Request
from relier.paper import access as paper_access
from relier.paper import actions as paper
from relier.paper.copies import UnknownPdf
from relier.paper.joining import join
from relier.paper.models import Printing
from relier.paper.printing import NotPrintable
from relier.paper.typeset import TypesetError
from relier.training import access
from relier.training.actions.lists import print_lists
from relier.training.expected import as_uuid
from relier.training.forms.lists import DayListsForm
from relier.training.forms.sessions import teams_to_plan
from relier.training.models import PresenceList, Session
from relier.training.on_paper import with_list_out
from relier.ui import dates

from .home import as_day
from .lists import as_one_begins

NOON = time(12, 30)
# More than a centre holds in a day.
MOST = 40
PARTS = ("morning", "afternoon")


def day_lists(request: Request) -> HttpResponse:
    """`?day=`: today, unless said. `?part=`: of a half-day. `?team=`: of one team."""
    actor = request.actor
    access.require(access.trains(actor))
    day = as_day(request.GET.get("day", ""), timezone.localdate())
    whole = sessions_of(actor, day, request.GET.get("team", ""))
    part = request.GET.get("part", "")
    sessions = [one for one in whole if part not in PARTS or half_of(one) == part]
    form = DayListsForm(request.POST or None, sessions=sessions, initial=as_one_begins())
    if form.is_valid():
        made = keep_lists(sessions, form, actor)
        if made:
            return redirect(address_of(made))
    out = printed_of(sessions, actor)
    context = {
        "form": form,
        "day": day,
        "sessions": sessions,
        "part": part if part in PARTS else "",
        "has_parts": len({half_of(one) for one in whole}) > 1,
        "team": request.GET.get("team", ""),
        "out": out,
        "again": address_of(out) if out else "",
    }
    return render(request, "training/day_lists.html", context)


def half_of(session: Session) -> str:
    return PARTS[session.starts_at >= NOON]


def sessions_of(actor: Actor, day: date, team: str) -> list[Any]:
    """Those of a day that this member runs, the earliest first, each with `list_out`. One query."""
    rows = Session.objects.visible_to(actor).between(day, day).filter(team__in=teams_to_plan(actor))
    if team.isdecimal() and len(team) < 10:
        rows = rows.filter(team=int(team))
    ready = with_list_out(rows).select_related("team", "track")
    return list(ready.order_by("starts_at", "name", "pk")[:MOST])


def keep_lists(
    sessions: Sequence[Session], form: DayListsForm, by: Actor
) -> list[PresenceList] | None:
    given = dict(form.cleaned_data)
    ticked = set(given.pop("sessions"))
    try:
        return print_lists([one for one in sessions if str(one.pk) in ticked], by=by, **given)
    except NotPrintable as refused:
        form.add_error(None, str(refused))
    except ValidationError as refused:
        form.add_error(None, refused)
    return None


def printed_of(sessions: Sequence[Session], actor: Actor) -> list[PresenceList]:
    """The lists of these sessions that are out, in the order of the sessions: those that this
    member printed; all of them, for the coordinator. One query."""
    rows = PresenceList.objects.visible_to(actor).filter(
        session__in=sessions, printing__copies__closed_at=None, printing__isnull=False
    )
    if not access.may_steer(actor):
        rows = rows.filter(printing__by=actor.id)
    return in_order(rows.select_related("session"))


def in_order(lists: Any) -> list[PresenceList]:
    def place(one: PresenceList) -> tuple[Any, ...]:
        return (one.session.starts_at, one.session.name, one.session_id, one.printed_at)

    return sorted(lists, key=place)


def address_of(lists: Sequence[PresenceList]) -> str:
    first, *others = lists
    address = reverse("training:day_lists_pdf", args=[first.pk])
    return f"{address}?{urlencode([('and', str(one.pk)) for one in others])}"


@require_safe
def day_lists_pdf(request: Request, pk: UUID) -> HttpResponse:
    """`?and=`, several times: these lists and this one in one file, in the order of sessions."""
    lists = lists_or_404(request.actor, {pk, *map(as_uuid, request.GET.getlist("and")[:MOST])})
    try:
        pdf = join([paper.pdf_of(printing) for _list, printing in lists], title=titled(lists[0]))
    except (ValidationError, NotPrintable, TypesetError, UnknownPdf):
        messages.error(request, _("A list has changed since it was printed. Print a new one."))
        answer = redirect("training:day_lists")
        answer["Location"] += f"?day={lists[0][0].day.isoformat()}"
        return answer
    return HttpResponse(pdf, content_type="application/pdf")


def lists_or_404(actor: Actor, keys: set[UUID | None]) -> list[tuple[PresenceList, Printing]]:
    """All of them, each to be printed again by whoever may print it alone."""
    rows = PresenceList.objects.visible_to(actor).filter(pk__in=[key for key in keys if key])
    rows = rows.select_related("session__team", "printing__sheet", "printing__centre")
    found = [(one, one.printing) for one in in_order(rows) if one.printing]
    access.require(len(found) == len(keys))
    for one, printing in found:
        access.require(access.may_run(actor, one.session.team))
        access.require(paper_access.may_print_again(actor, printing))
    return found


def titled(first: tuple[PresenceList, Printing]) -> str:
    """In its own language."""
    printed, printing = first
    with translation.override(printing.sheet.language):
        return _("Lists of presence, %(day)s") % {"day": dates.day(printed.day)}
