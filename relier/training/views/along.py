"""Presence taken along, where there is no connection (docs/decisions/024): the page that a device
keeps on purpose, the worker that opens it there, and what the device sends when it is back."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.staticfiles import finders
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relier.centres.http import Request
from relier.journal import actions as journal
from relier.training import access
from relier.training.expected import lines_of
from relier.training.forms.presence import PresenceForm
from relier.training.sent import NotSent, read_entries, receive
from relier.training.taken_along import kept_until, may_be_taken_along

from .sessions import session_or_404


@require_safe
def presence_along(request: Request, pk: UUID) -> HttpResponse:
    """The grid, alone on its page. `?keep`: the device keeps it as it opens."""
    actor = request.actor
    session = session_or_404(actor, pk)
    access.require(access.may_run(actor, session.team))
    if not may_be_taken_along(request, session):
        messages.info(
            request,
            _("A list is taken along on one's own computer or telephone, three days before."),
        )
        return redirect("training:session", pk=pk)
    lines = lines_of(session, actor)
    kind = "training.presence_taken_along" if "keep" in request.GET else "training.presence_shown"
    shown = [line.person.pk for line in lines]
    journal.read_list(kind, by=actor, shown=shown, session=str(pk))
    last = kept_until(session)
    midnight = timezone.make_aware(datetime.combine(last + timedelta(days=1), datetime.min.time()))
    context = {
        "session": session,
        "form": PresenceForm(session=session, lines=lines),
        "last": last,
        "until": int(midnight.timestamp() * 1000),
    }
    return render(request, "training/presence_along.html", context)


@require_safe
def presence_worker(_request: Request) -> HttpResponse:
    """The script of the device, served from here so that it may reach these pages and no others."""
    found = finders.find("ui/along-worker.js")
    with open(str(found), "rb") as file:
        return HttpResponse(file.read(), content_type="text/javascript; charset=utf-8")


def presence_send(request: Request) -> HttpResponse:
    """GET: who is signed in, and the token that a sending needs. POST: entries, each answered for
    by its key. Sent twice, each is kept once."""
    actor = request.actor
    access.require(access.trains(actor))
    if request.method != "POST":
        return JsonResponse({"token": get_token(request), "member": str(actor.id)})
    if request.content_type != "application/json":
        return JsonResponse({"answers": []})  # a form, which sends nothing that is kept
    try:
        entries = read_entries(request.body)
    except NotSent:
        return JsonResponse({"answers": []}, status=400)
    answers: list[dict[str, Any]] = [
        {"key": entry.key_text, "session": entry.session_text, "is": what, "why": why}
        for entry, (what, why) in receive(entries, by=actor)
    ]
    return JsonResponse({"answers": answers})
