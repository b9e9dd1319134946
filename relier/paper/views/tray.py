"""The tray: what waits and why, and what can be done with one page."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from relier.accounts.actors import Actor
from relier.centres.http import Request
from relier.journal import actions as journal
from relier.paper import access, actions, counts
from relier.paper.checking import title_of
from relier.paper.models import Picture, PrintedSheet, Scan, SetAside, State, Why
from relier.paper.reading.identifiers import as_printed
from relier.paper.versions import is_about_several
from relier.ui.widgets import OneChoice

from .shown import shown, state_of

A_PAGE = 25
# In the order in which one empties a tray; "missing" has pages of paper, not pictures.
KINDS = {
    "answers": lazy("Answers to check"),
    "ready": lazy("Every answer is known"),
    "unknown": lazy("Unknown pages"),
    "unreadable": lazy("Pages that could not be read"),
    "duplicates": lazy("A second picture of a page"),
    "missing": lazy("Missing pages"),
    "aside": lazy("Put aside"),
}


@require_safe
def tray(request: Request) -> HttpResponse:
    actor = request.actor
    access.require(access.is_member(actor))
    numbers = {**counts.waiting_for(actor).__dict__, "missing": counts.missing_for(actor).count()}
    which = request.GET.get("which", "")
    if which not in KINDS:
        which = next((one for one in KINDS if numbers[one] and one != "aside"), "answers")
    asked = request.GET.get("page")
    page = missing_page(actor, asked) if which == "missing" else tray_page(actor, which, asked)
    context = {
        "kinds": [(one, words, numbers[one]) for one, words in KINDS.items()],
        "which": which,
        "words": KINDS[which],
        "page": page,
        "to_check": sheets_to_check(actor) if which == "answers" else [],
    }
    return render(request, "paper/tray.html", context)


def tray_page(by: Actor, which: str, asked: str | None) -> Page[Any]:
    rows = counts.in_tray(by, which).select_related("page__copy__printing__sheet")
    rows = rows.order_by("received_at", "file", "number", "pk")
    page: Page[Any] = Paginator(rows, A_PAGE).get_page(asked)
    page.object_list = shown(page.object_list, by)
    return page


def missing_page(by: Actor, asked: str | None) -> Page[Any]:
    """Each with the title of its sheet and its code."""
    rows = counts.missing_for(by).select_related("copy__printing__sheet")
    page: Page[Any] = Paginator(rows.order_by("copy", "number", "pk"), A_PAGE).get_page(asked)
    page.object_list = list(page.object_list)
    for one in page.object_list:
        one.title, one.code = title_of(one.copy.printing.sheet), as_printed(one.short)
    return page


def sheets_to_check(by: Actor) -> list[dict[str, object]]:
    """Each printed sheet of which answers wait, with how many pages. Two queries."""
    sheet = "page__copy__printing__sheet"
    rows = counts.in_tray(by, "answers").order_by().values(sheet).annotate(pages=Count("pk"))
    numbers = {row[sheet]: row["pages"] for row in rows}
    found = PrintedSheet.objects.in_bulk(list(numbers))
    return [
        {"sheet": one, "title": title_of(one), "pages": numbers[pk]} for pk, one in found.items()
    ]


# --- one page ------------------------------------------------------------------------------------


class AsideForm(forms.Form):
    why = forms.ChoiceField(label=lazy("Why"), choices=SetAside.choices, widget=OneChoice())


class CodeForm(forms.Form):
    code = forms.CharField(
        label=lazy("Its code"),
        help_text=lazy("Eight letters under the square codes, as in 7K3M-Q9XT."),
        required=False,
        max_length=20,
        widget=forms.TextInput({"autocomplete": "off", "size": 12}),
    )


def page(request: Request, pk: UUID) -> HttpResponse:
    """The picture of a page, why it waits, and what can be done. POST does one thing."""
    actor = request.actor
    rows = Scan.objects.visible_to(actor).select_related("page__copy__printing__sheet", "file")
    scan = access.one_or_404(rows, pk=pk)
    wrong = ""
    if request.method == "POST":
        try:
            said = _do(request, scan)
        except ValidationError as refused:
            wrong = " ".join(refused.messages)
        else:
            messages.success(request, said)
            return redirect("paper:page", pk=scan.pk)
    journal.read("paper.page_read", scan, by=actor, subject=scan.subject_id)
    row = shown([scan], actor)[0]
    context = {
        "row": row,
        "scan": scan,
        "copy": scan.page.copy if scan.page else None,
        "of_several": scan.page is not None and is_about_several(scan.page.copy.printing.sheet),
        "wrong": wrong,
        "may": gestures(scan),
        "has_picture": Picture.objects.filter(scan=scan).exists(),
        "aside_form": AsideForm(auto_id="aside_%s"),
        "code_form": CodeForm(initial={"code": request.POST.get("code", "")[:20]}),
        "state": state_of(scan)[0],
    }
    return render(request, "paper/scan.html", context)


def gestures(scan: Scan) -> dict[str, bool]:
    """What may be done with a page as it is now."""
    aside, closed = scan.aside_at is not None, scan.state == State.CLOSED
    unread = scan.why not in ("", Why.DUPLICATE, Why.EMPTIED)
    return {
        "check": scan.stands and not closed,
        "by_hand": unread and not aside and not closed,
        "code": unread and scan.page_id is None,
        "prefer": scan.why == Why.DUPLICATE and not aside and not closed,
        "aside": not aside and not closed,
        "take_back": aside,
    }


def _do(request: Request, scan: Scan) -> str:
    """One gesture; what was done, in a sentence. Raises ValidationError."""
    deeds: dict[str, Callable[[], str]] = {
        "by_hand": lambda: _by_hand(request, scan),
        "prefer": lambda: _prefer(request, scan),
        "aside": lambda: _aside(request, scan),
        "take_back": lambda: _take_back(request, scan),
    }
    deed = deeds.get(request.POST.get("gesture", ""))
    if deed is None:
        raise ValidationError(_("Say what is to be done with this page."))
    return deed()


def _by_hand(request: Request, scan: Scan) -> str:
    actions.read_by_hand(scan, request.POST.get("code", "")[:40], by=request.actor)
    return _("Now its answers are read by you, from the picture.")


def _prefer(request: Request, scan: Scan) -> str:
    actions.prefer(scan, by=request.actor)
    return _("This picture stands for the page now. The other one waits as a second picture.")


def _aside(request: Request, scan: Scan) -> str:
    actions.set_aside(scan, request.POST.get("why", ""), by=request.actor)
    return _("The page is put aside. Nothing of it is lost, and it can be taken back.")


def _take_back(request: Request, scan: Scan) -> str:
    actions.take_back(scan, by=request.actor)
    return _("The page waits again.")
