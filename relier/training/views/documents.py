"""Documents of an entry: what can be printed, printing it, and what was kept."""

import logging
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relier.accounts.actors import Actor
from relier.centres.http import Request
from relier.journal import actions as journal
from relier.paper.typeset import TypesetError
from relier.training import access, figures
from relier.training.actions.conditions import say_condition
from relier.training.documents import for_the_person, keeping
from relier.training.documents.about import About
from relier.training.documents.kinds import KINDS, OF_AN_ENTRY, Kind
from relier.training.forms.documents import ConditionForm, MonthForm, PrintForm
from relier.training.forms.keeping import kept
from relier.training.models import (
    Enrolment,
    EntryCondition,
    LedgerEntry,
    PrintedDocument,
    PrintedFile,
    Track,
)
from relier.training.models.documents import Wall

from .entries import enrolment_or_404
from .journeys import enrolment_told

logger = logging.getLogger(__name__)

A_PAGE = 30
TYPES = {
    "pdf": "application/pdf",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv; charset=utf-8",
}


def about_entry(enrolment: Enrolment, *, period: int | None = None) -> About:
    on = timezone.localdate()
    return About(enrolment.centre, on, enrolment, enrolment.track, period)


def kinds_for(actor: Actor, enrolment: Enrolment) -> list[Kind]:
    """Those that this member may print of an entry, as the track has them."""
    is_digistart = enrolment.track.scheme == Track.Scheme.DIGISTART
    other = "end" if is_digistart else "digistart"
    about = about_entry(enrolment)
    rows = [kind for kind in OF_AN_ENTRY if kind.key != other]
    return [kind for kind in rows if keeping.may_print(actor, kind, about)]


@dataclass(frozen=True)
class Offer:
    """A document that can be printed, and the one that was printed last."""

    kind: Kind
    latest: PrintedDocument | None


@require_safe
def entry_papers(request: Request, pk: UUID) -> HttpResponse:
    """What can be printed of an entry, and all that was."""
    actor = request.actor
    enrolment = enrolment_or_404(actor, pk)
    rows = PrintedDocument.objects.visible_to(actor).filter(enrolment=enrolment).listed()
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    latest = keeping.latest_of_each(enrolment, actor)
    journal.read("training.documents_shown", enrolment, by=actor, subject=enrolment.person.root_id)
    context = {
        "enrolment": enrolment,
        "person": enrolment.person.root,
        "offers": [Offer(kind, latest.get(kind.key)) for kind in kinds_for(actor, enrolment)],
        "page": page,
    }
    return render(request, "training/entry_papers.html", context)


def kind_or_404(actor: Actor, enrolment: Enrolment, key: str) -> Kind:
    found = next((kind for kind in kinds_for(actor, enrolment) if kind.key == key), None)
    if found is None:
        raise access.Refused
    return found


def paper_new(request: Request, pk: UUID, key: str) -> HttpResponse:
    """One document of an entry: what is missing, what changed since it was printed, printing it."""
    actor = request.actor
    enrolment = enrolment_or_404(actor, pk)
    kind = kind_or_404(actor, enrolment, key)
    months = months_of(enrolment) if kind.of_month else []
    sent = request.POST if request.method == "POST" else None  # it may hold nothing at all
    form = MonthForm(sent, months=months) if kind.of_month else PrintForm(sent)
    if form.is_valid():
        about = about_entry(enrolment, period=form.cleaned_data.get("month"))
        document = printed(request, kind, about, form.cleaned_data["form_key"])
        if document:
            return redirect("training:paper", pk=document.pk)
    about = about_entry(enrolment, period=months[0] if months else None)
    latest = last_of(kind, enrolment, actor)
    context = {
        "form": form,
        "kind": kind,
        "enrolment": enrolment,
        "person": enrolment.person.root,
        "missing": missing(kind, about),
        "latest": latest,
        "since": keeping.since(latest) if latest else None,
        "message": for_the_person.message(about) if kind.key == "convocation" else "",
        "asks_condition": kind.key == "digistart",
    }
    return render(request, "training/paper_new.html", context)


def months_of(enrolment: Enrolment) -> list[int]:
    """Those in which hours of this entry count, the latest first. One query."""
    rows = figures.by_month(LedgerEntry.objects.of([enrolment]))
    return sorted({month for month, *_rest in rows}, reverse=True)


def missing(kind: Kind, about: About) -> str:
    if kind.of_month and about.period is None:
        return _("No hours count yet.")
    return kind.missing(about)


def last_of(kind: Kind, enrolment: Enrolment, actor: Actor) -> PrintedDocument | None:
    rows = with_what_it_is_of(PrintedDocument.objects.visible_to(actor))
    return rows.filter(enrolment=enrolment, kind=kind.key).order_by("-made_at", "pk").first()


def with_what_it_is_of(rows: "QuerySet[PrintedDocument]") -> "QuerySet[PrintedDocument]":
    """Ready to gather the facts of each again."""
    return rows.select_related(
        "centre", "author__user", "track", "enrolment__person__root", "enrolment__track",
        "enrolment__programme", "enrolment__centre",
    )  # fmt: skip


def printed(request: Request, kind: Kind, about: About, key: UUID) -> PrintedDocument | None:
    """The document, kept; None, and why, where it cannot be."""
    language = (translation.get_language() or "fr")[:2]
    try:
        document = keeping.print_document(
            kind, about, by=request.actor, language=language, form_key=key
        )
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return None
    except TypesetError:
        # The error may quote words of the document: only its kind is logged.
        logger.error("A document of training (%s) could not be typeset.", kind.key)
        messages.error(request, _("The document could not be drawn. Nothing was kept."))
        return None
    messages.success(request, _("The document is kept: it can be printed again as it is."))
    return document


# --- one document --------------------------------------------------------------------------------


def document_or_404(actor: Actor, pk: UUID) -> PrintedDocument:
    rows = with_what_it_is_of(PrintedDocument.objects.visible_to(actor))
    found: PrintedDocument = access.one_or_404(rows, pk=pk)
    return found


def read(document: PrintedDocument, actor: Actor) -> None:
    enrolment = document.enrolment
    subject = enrolment.person.root_id if enrolment else None
    journal.read("training.document_read", document, by=actor, subject=subject)


@require_safe
def paper(request: Request, pk: UUID) -> HttpResponse:
    """A document as it was kept, and what changed since."""
    actor = request.actor
    document = document_or_404(actor, pk)
    read(document, actor)
    kind = KINDS.get(document.kind)
    context = {
        "document": document,
        "kind": kind,
        "person": document.enrolment.person.root if document.enrolment else None,
        "files": list(document.files.defer("sealed", "key")),
        "since": keeping.since(document),
        "is_of_centre": document.wall == Wall.MONTHS,
        "may_print": document.enrolment is None or kind in kinds_for(actor, document.enrolment),
    }
    return render(request, "training/paper.html", context)


@require_safe
def paper_file(request: Request, pk: UUID, form: str) -> HttpResponse:
    """The bytes that were kept. Its name says what it is, and of whom nothing: a file stays in a
    folder of downloads."""
    actor = request.actor
    document = document_or_404(actor, pk)
    file: PrintedFile = access.one_or_404(document.files.all(), form=form)
    read(document, actor)
    response = HttpResponse(file.read(), content_type=TYPES[file.form])
    shown = "inline" if file.form == PrintedFile.Form.PDF else "attachment"
    name = f"{document.kind}-{document.made_at:%Y-%m-%d}.{file.form}"
    response.headers["Content-Disposition"] = f'{shown}; filename="{name}"'
    return response


# --- the condition of entry ----------------------------------------------------------------------


def condition(request: Request, pk: UUID) -> HttpResponse:
    """What shows the condition of Digistart: a positioning, or anything else."""
    actor = request.actor
    enrolment = enrolment_told(actor, pk)
    here = EntryCondition.objects.visible_to(actor).current().filter(enrolment=enrolment).first()
    initial = {"shown_by": here.shown_by, "on": here.on} if here else None
    form = ConditionForm(request.POST or None, initial=initial)
    if form.is_valid():
        given = dict(form.cleaned_data)
        how = given.pop("shown_by")
        if kept(form, lambda: say_condition(enrolment, how, by=actor, **given)):
            messages.success(request, _("Kept."))
            return redirect("training:paper_new", pk=pk, key="digistart")
    context = {"form": form, "enrolment": enrolment, "person": enrolment.person.root}
    return render(request, "training/condition.html", context)
