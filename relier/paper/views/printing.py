"""Printing: for whom, in which language and size; then the sheets and their list, once more."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relier.accounts.actors import Actor
from relier.centres.http import Request
from relier.journal import actions as journal
from relier.paper import access, actions, names, printing, sheets
from relier.paper.checking import worded_for
from relier.paper.models import Copy, PrintedPage, Printing
from relier.paper.names import Named
from relier.paper.printing import NotPrintable
from relier.paper.reading.identifiers import as_printed
from relier.paper.sheets import Occasion
from relier.paper.typeset import TypesetError
from relier.ui.dates import day

from .home import titled
from .print_forms import PrintForm, as_ids

A_PAGE = 60


def print_sheet(request: Request, name: str) -> HttpResponse:
    actor = request.actor
    access.require(access.may_print_for(actor, []))
    title = _title(name)
    chosen = as_ids([request.GET.get("person", "")])
    access.require(access.reaches(actor, chosen))
    occasions = _occasions(name, actor, chosen)
    form = PrintForm(
        request.POST or None,
        by=actor,
        occasions=occasions,
        chosen=chosen,
        initial={"occasion": request.GET.get("occasion", "0"), "language": _language()},
    )
    if "find" in request.POST:
        form = form.put_back()
    elif form.is_valid():
        try:
            _refuse_anothers(name, form, occasions, chosen)
            batch = _print(name, form, occasions)
        except (ValidationError, NotPrintable, sheets.NotASheet) as refused:
            form.add_error(None, refused if isinstance(refused, ValidationError) else str(refused))
        else:
            return redirect("paper:batch", pk=batch.pk)
    return render(request, "paper/print.html", {"form": form, "title": title})


def _title(name: str) -> str:
    try:
        sheet = sheets.entry(name).example()
    except sheets.NotASheet:
        raise access.Refused from None
    access.require(sheet.kind != "ballot")
    return str(sheet.title)


def _occasions(name: str, by: Actor, chosen: list[UUID]) -> list[Occasion]:
    """Of the person the page was opened for; a page for several asks those of nobody yet."""
    found = list(sheets.entry(name).occasions(by, chosen[0] if chosen else None))
    access.require(bool(found))
    return found


def _refuse_anothers(
    name: str, form: PrintForm, occasions: list[Occasion], chosen: list[UUID]
) -> None:
    """What was put together for one person says something of them: it is printed for nobody else.
    Raises ValidationError."""
    given = form.cleaned_data
    values = occasions[given.get("occasion", 0)].values
    for_anybody = [one.values for one in sheets.entry(name).occasions(form.by, None)]
    if values not in for_anybody and (given["people"] != chosen or given["blank"]):
        raise ValidationError(
            _("This one was put together for one person: print it for them only.")
        )


def _language() -> str:
    said = (translation.get_language() or "")[:2]
    return said if said in sheets.LANGUAGES else sheets.LANGUAGES[0]


def _print(name: str, form: PrintForm, occasions: list[Occasion]) -> Printing:
    given = form.cleaned_data
    return actions.keep_batch(
        name,
        subjects=form.subjects,
        by=form.by,
        language=given["language"],
        large=given["large"],
        occasion=occasions[given.get("occasion", 0)].values,
        form_key=given["form_key"],
    )


# --- once it is printed --------------------------------------------------------------------------


@require_safe
def batch(request: Request, pk: UUID) -> HttpResponse:
    """What was printed and what came back, for the whole centre; who has which, for whoever sees
    those people."""
    actor = request.actor
    rows = Printing.objects.visible_to(actor).counted().select_related("sheet", "by__user")
    found = access.one_or_404(rows, pk=pk)
    titled([found])
    theirs = Copy.objects.visible_to(actor).filter(printing=found).order_by("number")
    page = Paginator(theirs, A_PAGE).get_page(request.GET.get("page"))
    page.object_list = with_codes(list(page.object_list), actor)
    context = {
        "batch": found,
        "may_print": access.may_print_again(actor, found),
        "page": page,
    }
    return render(request, "paper/batch.html", context)


def with_codes(copies: list[Copy], by: Actor) -> list[Copy]:
    """Each with `called`, the codes of its pages, and how many are back. Two queries."""
    called = names.called(by, [copy.subject_id for copy in copies])
    codes: dict[UUID, list[PrintedPage]] = {}
    for page in PrintedPage.objects.filter(copy__in=copies).with_returned().order_by("number"):
        codes.setdefault(page.copy_id, []).append(page)
    for copy in copies:
        someone = called.get(copy.subject_id) if copy.subject_id else None
        pages = codes.get(copy.pk, [])
        copy.called = someone.name if someone else ""  # type: ignore[attr-defined]
        copy.codes = [as_printed(page.short) for page in pages]  # type: ignore[attr-defined]
        copy.back = sum(page.returned for page in pages)  # type: ignore[attr-defined]
    return copies


@require_safe
def batch_pdf(request: Request, pk: UUID) -> HttpResponse:
    found = _again(request, pk)
    try:
        pdf = actions.pdf_of(found)
    except (ValidationError, NotPrintable, TypesetError):
        # The room has changed its sheet, or asks it no more: what is printed can still be read.
        messages.error(request, _("This sheet has changed since. Print the new one."))
        return redirect("paper:batch", pk=found.pk)
    return _file(pdf)


@require_safe
def batch_list(request: Request, pk: UUID) -> HttpResponse:
    """Who has which copy: the only page that bears names."""
    actor = request.actor
    found = _again(request, pk)
    copies = Copy.objects.filter(printing=found).order_by("number")
    called = names.called(actor, [copy.subject_id for copy in copies])
    pages: dict[UUID, list[str]] = {}
    for page in PrintedPage.objects.filter(copy__printing=found).order_by("copy__number", "number"):
        pages.setdefault(page.copy_id, []).append(page.identifier)
    rows = [(_name_on_list(copy, called), pages[copy.pk]) for copy in copies]
    worded = worded_for(found.sheet)
    access.require(worded is not None)
    language = sheets.LANGUAGES[1] if worded and worded.language == "en" else sheets.LANGUAGES[0]
    journal.read_list("paper.list_printed", by=actor, shown=list(called), batch=str(found.pk))
    pdf = printing.print_list(
        worded,  # type: ignore[arg-type]
        rows,
        words=sheets.list_words(),
        language=language,
        made_at=timezone.localtime(found.at),
        date=capfirst(day(timezone.localtime(found.at))),
        head=[found.centre.name],
    )
    return _file(pdf)


def _name_on_list(copy: Copy, called: Mapping[UUID, Named]) -> str:
    someone = called.get(copy.subject_id) if copy.subject_id else None
    return someone.name if someone else _("Blank")


def _again(request: Request, pk: UUID) -> Printing:
    rows = Printing.objects.visible_to(request.actor).select_related("sheet", "centre")
    found = access.one_or_404(rows, pk=pk)
    access.require(access.may_print_again(request.actor, found))
    return found


def _file(pdf: bytes) -> HttpResponse:
    return HttpResponse(pdf, content_type="application/pdf")
