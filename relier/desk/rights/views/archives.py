"""Sealed archives: that they exist, for how long, and opening one by two people with a reason."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from relier.centres.access import one_or_404, require
from relier.centres.http import Request
from relier.centres.models import Member
from relier.desk.rights.forms import OpeningForm
from relier.lib.keyring import NoKeys
from relier.lib.sealing import DoesNotOpen
from relier.privacy import access
from relier.privacy import actions as privacy
from relier.privacy.models import Archive, ArchiveOpening

# As many as anyone reads again; the others are in the journal.
LATEST = 20


@require_safe
def archive_list(request: Request) -> HttpResponse:
    """Numbers, classes and ends: no name, no word of theirs."""
    actor = request.actor
    require(bool(actor and (actor.bound or actor.role == Member.Role.COORDINATOR)))
    require(actor.in_a_centre)
    rows = Archive.objects.visible_to(actor).standing(on=timezone.localdate()).defer("sealed")
    return render(request, "desk/rights/archives.html", {"archives": list(rows)})


def archive(request: Request, pk: UUID) -> HttpResponse:
    actor, now = request.actor, timezone.now()
    today = timezone.localdate(now)
    found = one_or_404(Archive.objects.visible_to(actor).standing(on=today).defer("sealed"), pk=pk)
    form = OpeningForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        privacy.ask_opening(found, given["reason"], by=actor, form_key=given["form_key"])
        messages.success(request, _("It is asked. Someone else must agree."))
        return redirect("rights:archive", pk=found.pk)
    rows = found.openings.select_related("archive", "asked_by__user", "agreed_by__user")
    openings = [
        {
            "asked": one,
            "may_agree": not one.agreed_at and access.may_agree_opening(actor, one, on=today),
            "may_read": access.may_read_archive(actor, one, at=now),
        }
        for one in rows.defer("archive__sealed")[:LATEST]
    ]
    context = {"archive": found, "form": form, "openings": openings}
    return render(request, "desk/rights/archive.html", context)


def opening_or_404(request: Request, pk: int) -> ArchiveOpening:
    archives = Archive.objects.visible_to(request.actor).standing(on=timezone.localdate())
    rows = ArchiveOpening.objects.filter(archive__in=archives.values("pk"))
    return one_or_404(rows.select_related("archive", "asked_by__user", "agreed_by__user"), pk=pk)


@require_POST
def agree(request: Request, pk: int) -> HttpResponse:
    asked = privacy.agree_opening(opening_or_404(request, pk), by=request.actor)
    messages.success(request, _("You agreed. It can be read for four hours."))
    return redirect("rights:archive", pk=asked.archive_id)


@require_safe
def opened(request: Request, pk: int) -> HttpResponse:
    """What was kept, for whoever of the two is bound."""
    asked = opening_or_404(request, pk)
    try:
        content = privacy.open_archive(asked, by=request.actor)
    except (DoesNotOpen, NoKeys):
        text = _("This archive does not open: the key that sealed it is not in the file of keys.")
        messages.error(request, text)
        return redirect("rights:archive", pk=asked.archive_id)
    context = {"archive": asked.archive, "tables": content["read"]}
    return render(request, "desk/rights/opened.html", context)
