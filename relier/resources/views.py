"""Practical sheets of the centre: their list, one of them, its versions, its page to print."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from relier.accounts.actors import Actor
from relier.centres.http import Request

from . import access, actions
from .ages import age, is_old
from .forms import RevisionForm, SheetForm
from .models import Resource
from .printing import printed
from .rules.pieces import pieces

A_PAGE = 30
LONGEST_SEARCH = 100


def sheet_or_404(actor: Actor, pk: UUID) -> Resource:
    return access.one_or_404(Resource.objects.visible_to(actor).select_related("centre"), pk=pk)


@require_safe
def sheet_list(request: Request) -> HttpResponse:
    access.require(access.is_member(request.actor))
    # No database keeps a NUL, and nobody looks for one.
    typed = request.GET.get("words", "").replace("\x00", "")[:LONGEST_SEARCH]
    rows = Resource.objects.visible_to(request.actor).holding(typed).defer("text", "searched")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    context = {
        "page": page,
        "sheets": [(one, age(one.revised_on, on=today)) for one in page],
        "typed": typed,
    }
    return render(request, "resources/sheet_list.html", context)


def sheet_new(request: Request) -> HttpResponse:
    access.require(access.is_member(request.actor))
    form = SheetForm(request.POST or None)
    if form.is_valid():
        sheet = actions.write(**form.cleaned_data, by=request.actor)
        messages.success(request, _("The sheet is kept."))
        return redirect("resources:sheet", pk=sheet.pk)
    return render(request, "resources/sheet_new.html", {"form": form})


@require_safe
def sheet_read(request: Request, pk: UUID) -> HttpResponse:
    sheet = sheet_or_404(request.actor, pk)
    today = timezone.localdate()
    context = {
        "sheet": sheet,
        "pieces": pieces(sheet.text),
        "age": age(sheet.revised_on, on=today),
        "is_old": is_old(sheet.revised_on, on=today),
        "versions": sheet.versions.count(),
    }
    return render(request, "resources/sheet.html", context)


def sheet_revise(request: Request, pk: UUID) -> HttpResponse:
    sheet = sheet_or_404(request.actor, pk)
    last = actions.last_number(sheet)
    here = {"title": sheet.title, "text": sheet.text, "expected": last}
    form = RevisionForm(request.POST or None, initial=here)
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("title", "text", "why", "expected")}
        try:
            actions.revise(sheet, **said, by=request.actor)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            form.data = {**form.data.dict(), "expected": last}  # type: ignore[attr-defined]
        else:
            messages.success(request, _("The sheet is revised. What it said before is kept."))
            return redirect("resources:sheet", pk=pk)
    return render(request, "resources/sheet_revise.html", {"form": form, "sheet": sheet})


@require_safe
def sheet_earlier(request: Request, pk: UUID) -> HttpResponse:
    sheet = sheet_or_404(request.actor, pk)
    page = Paginator(sheet.versions.select_related("author__user"), 10).get_page(
        request.GET.get("page")
    )
    context = {
        "sheet": sheet,
        "page": page,
        "versions": [(one, pieces(one.text)) for one in page],
    }
    return render(request, "resources/sheet_earlier.html", context)


@require_POST
def sheet_go_back(request: Request, pk: UUID, number: int) -> HttpResponse:
    actions.go_back(sheet_or_404(request.actor, pk), number, by=request.actor)
    messages.success(request, _("The sheet says again what it said then."))
    return redirect("resources:sheet", pk=pk)


@require_safe
def sheet_pdf(request: Request, pk: UUID) -> HttpResponse:
    sheet = sheet_or_404(request.actor, pk)
    headers = {"Content-Disposition": 'inline; filename="sheet.pdf"'}
    return HttpResponse(printed(sheet), content_type="application/pdf", headers=headers)
