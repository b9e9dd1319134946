"""A pile of ballots of which a room makes rows: printed from the page of the room, which says who
may. Then its count goes on as any other (`ballots`, `ballot_reading`)."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from relier.centres.http import Request
from relier.paper import access, actions, sheets
from relier.paper.ballot_forms import PileForm
from relier.paper.sheets import Pile

from .ballots import count_or_404, title_of


def pile_new(request: Request, name: str, about: UUID) -> HttpResponse:
    actor = request.actor
    access.require(access.is_member(actor) and actor.in_a_centre)
    try:
        pile = offered(request, name, about)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
        return redirect("paper:ballots")
    form = PileForm(request.POST or None, by=actor, pile=pile)
    if form.is_valid():
        try:
            count = actions.open_pile(name, about, readers=form.readers, by=actor, **form.said())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            return redirect("paper:ballot_pile", pk=count.pk)
    return render(request, "paper/ballot_pile_new.html", {"form": form, "pile": pile})


def offered(request: Request, name: str, about: UUID) -> Pile:
    """Raises Refused where no room has such ballots, ValidationError where none is printed now."""
    try:
        room = sheets.entry(name).apart
    except sheets.NotASheet:
        raise access.Refused from None
    if room is None:
        raise access.Refused
    return room.offer(about, request.actor)


@require_safe
def pile_pdf(request: Request, pk: UUID) -> HttpResponse:
    """Each sheet with its own number, for whoever printed it; not once they are being read."""
    count = count_or_404(request, pk)
    try:
        pdf = actions.pdf_of_pile(count, by=request.actor)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
        return redirect("paper:ballot", pk=pk)
    headers = {
        "Content-Disposition": 'inline; filename="ballots.pdf"',
        "Cache-Control": "no-store",
    }
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@require_safe
def pile(request: Request, pk: UUID) -> HttpResponse:
    """Printed: what to do with them, and what not."""
    count = count_or_404(request, pk)
    access.require(count.is_apart and count.opened_by_id == request.actor.id)
    context = {
        "count": count,
        "title": title_of(count),
        "pages": len(count.sheet.as_layout.pages),
        "may_print": count.is_open and not count.counted,
    }
    return render(request, "paper/ballot_pile.html", context)
