"""The register of BCSS consultations, in a CPAS, for those bound: what the person said first, their
agreement, then that it took place. A no leaves no trace; what it showed has no place here."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from relier.centres.http import Request
from relier.journal import actions as journal
from relier.people.doors import content_page
from relier.people.models import Person
from relier.privacy.texts import ConsentText
from relier.support import access
from relier.support.actions import consultations as actions
from relier.support.forms.consultations import BeginForm, ConsultedForm, DeclarationForm
from relier.support.forms.mandates import YesForm
from relier.support.lists import ListRow, offered, provenance, rows_of
from relier.support.mandates import consultation_text, paper_of, signed_languages, title_of
from relier.support.models import Consultation
from relier.ui.dates import day
from relier.ui.pieces import Fact
from relier.ui.styles import with_inline_styles

from .mandates import as_pdf

Page = Callable[..., HttpResponse]


def register_page(page: Page) -> Page:
    """Nobody but members bound by secrecy, in a CPAS, finds the register."""

    @wraps(page)
    def view(request: Request, *arguments: Any, **named: Any) -> HttpResponse:
        access.require(access.may_keep_register(request.actor))
        return page(request, *arguments, **named)

    return view


@register_page
@content_page
def consultation_list(request: Request, person: Person) -> HttpResponse:
    """What was consulted, and the first step of another: why, and what the person says."""
    rows = offered("purposes", person.centre_id, on=timezone.localdate())
    form = BeginForm(request.POST or None, rows=rows)
    if form.is_valid():
        chosen = {row.key: row for row in rows}[form.cleaned_data["purpose"]]
        line = actions.begin_consultation(
            person,
            purpose=chosen,
            declaration=form.cleaned_data["declaration"],
            by=request.actor,
            form_key=form.cleaned_data["form_key"],
        )
        return redirect("support:consultation", pk=line.pk)
    visible = Consultation.objects.visible_to(request.actor).of_file(person.file_ids)
    journal.read("support.consultations_read", person, by=request.actor, subject=person.pk)
    source, doubt = provenance("purposes", get_language() or "fr")
    context = {
        "person": person,
        "lines": visible.signed(),
        "form": form,
        "source": source,
        "doubt": doubt,
        "may_set": access.may_set(request.actor),
    }
    return render(request, "support/consultations.html", context)


def line_or_404(request: Request, pk: UUID) -> Consultation:
    rows = Consultation.objects.visible_to(request.actor).signed()
    return access.one_or_404(rows.select_related("person__root__centre"), pk=pk)


def consultation_read(request: Request, pk: UUID) -> HttpResponse:
    """One line of the register, and the step that comes next."""
    line = line_or_404(request, pk)
    rows = offered("qualities", line.centre_id, on=timezone.localdate())
    step = request.POST.get("step", "")
    declared = DeclarationForm(request.POST if step == "declare" else None)
    consulted = ConsultedForm(request.POST if step == "consult" else None, rows=rows)
    if declared.is_bound and declared.is_valid():
        return declare(request, line, declared)
    if consulted.is_bound and consulted.is_valid():
        quality = {row.key: row for row in rows}[consulted.cleaned_data["quality"]]
        actions.note_consultation(
            line, on=consulted.cleaned_data["on"], quality=quality, by=request.actor
        )
        messages.success(request, _("Noted. This line is closed: nothing is added to it."))
        return redirect("support:consultation", pk=pk)
    journal.read("support.consultation_read", line, by=request.actor, subject=line.person.root_id)
    context = {
        "line": line,
        "person": line.person.root,
        "facts": facts(line),
        "declared": declared,
        "consulted": consulted,
    }
    return render(request, "support/consultation.html", context)


def declare(request: Request, line: Consultation, form: DeclarationForm) -> HttpResponse:
    try:
        actions.declare_first(line, form.cleaned_data["declaration"], by=request.actor)
    except actions.AlreadyConsulted:
        messages.warning(request, closed_meanwhile())
    else:
        messages.success(request, _("Kept."))
    return redirect("support:consultation", pk=line.pk)


def closed_meanwhile() -> str:
    return _("The consultation was noted meanwhile: nothing more is written before it.")


def facts(line: Consultation) -> list[Fact]:
    told = [Fact(_("Why"), capfirst(line.purpose_words))]
    if line.closed and line.consulted_by:
        told += [
            Fact(_("Consulted on"), day(line.consulted_on), None, "calendar"),  # type: ignore[arg-type]
            Fact(_("By"), line.consulted_by.name),
            Fact(_("Quality code"), capfirst(line.quality_words)),
        ]
    return told


def text_asked(request: Request, line: Consultation) -> tuple[ConsentText, ConsentText] | None:
    """The text to sign in the language asked for: as reviewed, and with its reason. None where the
    centre has no words for the reason in that language."""
    known = rows_of("purposes", line.centre_id, on=timezone.localdate())
    row = known.get(line.purpose) or ListRow("purposes", line.purpose, {"fr": line.purpose_words})
    languages = [one for one in signed_languages("bcss") if row.in_language(one)]
    asked = (request.GET.get("language") or get_language() or "")[:2]
    if not languages:
        return None
    return consultation_text(row, language=asked if asked in languages else languages[0])


@with_inline_styles
def consultation_text_page(request: Request, pk: UUID) -> HttpResponse:
    """The page turns to the person: what we would like to read, why, and what a no entails."""
    line = line_or_404(request, pk)
    asked = text_asked(request, line)
    if asked is None or line.closed or line.agreed_on:
        return redirect("support:consultation", pk=pk)
    template, text = asked
    with translation.override(text.language):
        form = YesForm(request.POST or None, initial={"shown": text.fingerprint})
        answer = request.POST.get("answer", "")
        if answer == "no":
            # No row, no line: a refusal is written nowhere.
            return render(request, "support/said_no.html", {"person": line.person.root})
        if answer == "yes" and form.is_valid():
            if form.cleaned_data["shown"] == text.fingerprint:
                return keep_agreement(request, line, template, text, form)
            form = YesForm(initial={"shown": text.fingerprint})
            messages.warning(request, _("The words have changed. Read them again together."))
        paper = reverse("support:consultation_paper", args=[pk])
        context = {
            "person": line.person.root,
            "title": title_of("bcss"),
            "text": text,
            "form": form,
            "back_url": reverse("support:consultation", args=[pk]),
            "paper_url": f"{paper}?language={text.language}",
            "languages": signed_languages("bcss"),
        }
        return render(request, "support/agreement_text.html", context)


def keep_agreement(
    request: Request, line: Consultation, template: ConsentText, text: ConsentText, form: YesForm
) -> HttpResponse:
    given = form.cleaned_data
    try:
        actions.agree_first(
            line,
            template,
            text,
            how=given["how"],
            on=given["on"],
            helper=given["helper"],
            by=request.actor,
        )
    except actions.AlreadyConsulted:
        messages.warning(request, closed_meanwhile())
    else:
        messages.success(request, _("The agreement is kept, with the text that was read."))
    return redirect("support:consultation", pk=line.pk)


def consultation_paper(request: Request, pk: UUID) -> HttpResponse:
    """The page to sign; once it was given, the words of that day."""
    line = line_or_404(request, pk)
    asked = text_asked(request, line)
    text = line.as_read if line.agreed_on else asked[1] if asked else None
    if text is None:
        return redirect("support:consultation", pk=pk)
    person = line.person.root
    journal.read("support.consultation_printed", line, by=request.actor, subject=person.pk)
    received_by = line.received_by.name if line.received_by else request.actor.name
    pdf = paper_of(
        person, text, centre=person.centre, received_by=received_by, made_at=timezone.now()
    )
    return as_pdf(pdf, "accord-bcss")
