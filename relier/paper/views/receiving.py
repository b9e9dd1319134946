"""Receiving files of scans, and reading a pile some seconds at a time, from its own page."""

import time
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from relier.accounts.actors import Actor
from relier.centres.http import Request
from relier.paper import access, actions, counts
from relier.paper.models import Pile, Scan
from relier.paper.uploads import dropped, takes_files
from relier.ui.forms import OnceForm

from .shown import shown

# How long one page of the web reads before it answers; a page of paper takes a tenth of a second.
READ_FOR = 4.0
A_PAGE = 30
ACCEPTED = ".pdf,.tif,.tiff,.jpg,.jpeg,.png,application/pdf,image/tiff,image/jpeg,image/png"


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesForm(OnceForm):
    """The files are judged one by one as they are kept: here only that there are some."""

    scans = forms.FileField(
        label=lazy("Files"),
        help_text=lazy(
            "PDF, TIFF, JPEG or PNG, several at once: pages in any order, in any direction, of "
            "several sheets. 100 MB in all."
        ),
        required=False,
        # Said by its own sentence, with the others.
        allow_empty_file=True,
        widget=SeveralFiles({"accept": ACCEPTED}),
    )


@takes_files
def receive(request: Request) -> HttpResponse:
    actor = request.actor
    access.require(access.may_receive(actor))
    form = FilesForm()
    if request.method == "POST":
        form = FilesForm(request.POST, request.FILES)
        form.is_valid()
        sent = request.FILES.getlist("scans")
        if sent:
            pile = actions.begin_pile("scan", by=actor, form_key=form.cleaned_data["form_key"])
            _keep_all(request, pile, sent)
            if pile.files.exists():
                read_some(pile, by=actor)
                return redirect("paper:pile", pk=pile.pk)
        elif dropped(request):
            form.add_error("scans", too_much())
        else:
            form.add_error("scans", _("Choose a file first."))
    return render(request, "paper/receive.html", {"form": form})


def _keep_all(request: Request, pile: Pile, sent: Iterable[UploadedFile]) -> None:
    """Each file is kept alone: one that is refused takes no other along."""
    kept = 0
    for file in sent:
        try:
            actions.receive(pile, file, by=request.actor)  # type: ignore[arg-type]
            kept += 1
        except ValidationError as refused:
            told = {"file": file.name, "why": " ".join(refused.messages)}
            messages.error(request, _("%(file)s is not kept. %(why)s") % told)
    if dropped(request):
        messages.error(request, too_much())
    if kept:
        said = ngettext("%(kept)s file is kept.", "%(kept)s files are kept.", kept)
        messages.success(request, said % {"kept": kept})


def too_much() -> str:
    most = actions.MOST_BYTES // (1024 * 1024)
    said = _("This is more than %(most)s MB at once: the rest is not kept. Send it again alone.")
    return said % {"most": most}


# --- reading -------------------------------------------------------------------------------------


class _Enough(Exception):  # noqa: N818 — a word for what happened
    """Some seconds are over; what was read is kept."""


def read_some(pile: Pile, *, by: Actor, seconds: float | None = None) -> None:
    """Read pages of a pile for some seconds: each is kept as it is read."""
    until = time.monotonic() + (READ_FOR if seconds is None else seconds)

    def stop_in_time(_done: int, _total: int) -> None:
        if time.monotonic() >= until:
            raise _Enough

    try:
        actions.read_waiting(pile.centre_id, by=by, pile=pile, progress=stop_in_time)
    except _Enough:
        return


def pile(request: Request, pk: UUID) -> HttpResponse:
    """What is read of a pile, and what waits in it. POST reads on for some seconds."""
    actor = request.actor
    found = access.one_or_404(Pile.objects.visible_to(actor).select_related("by__user"), pk=pk)
    if request.method == "POST":
        read_some(found, by=actor)
        return redirect("paper:pile", pk=found.pk)
    theirs = Scan.objects.visible_to(actor).filter(file__pile=found)
    rows = theirs.select_related("page__copy__printing__sheet")
    rows = rows.order_by("received_at", "file", "number", "pk")
    page: Page[Any] = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    page.object_list = shown(page.object_list, actor)
    context = {"pile": found, "read": counts.read_of(found), "page": page}
    return render(request, "paper/pile.html", context)
