"""All the questions on one page, for a worker: beside the person, or afterwards."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from relier.centres.http import Request
from relier.competences import access, standing
from relier.competences.actions import positionings as actions
from relier.competences.banks import Bank
from relier.competences.forms.positionings import CorrectedForm, NotedForm, PageForm
from relier.competences.models import Positioning
from relier.people.models import Person

from . import finding

Channel, Evidence = Positioning.Channel, Positioning.Evidence


def new_page(request: Request, person: Person | None, chosen: dict[str, Any]) -> HttpResponse:
    afterwards = chosen["how"] == Channel.AFTERWARDS
    access.require(person is not None or not afterwards)
    bank = standing.bank_for(person)
    form = NotedForm(
        request.POST or None,
        items=[item for item in bank.items if not chosen["parts"] or item.part in chosen["parts"]],
        language=chosen["language"],
        evidence=Evidence.OBSERVED if afterwards else Evidence.FELT,
    )
    if form.is_valid():
        given = form.cleaned_data
        noted = actions.note_on_a_page(
            person,
            form.said(),
            channel=chosen["how"],
            evidence=given["evidence"],
            language=chosen["language"],
            parts=chosen["parts"],
            on=given["on"],
            helper=given["helper"],
            seen=given["seen"],
            by=request.actor,
            form_key=given["form_key"],
        )
        messages.success(request, _("Kept."))
        return redirect("positioning:result", pk=noted.pk)
    context = {
        **page_of(form, bank),
        "person": person,
        "afterwards": afterwards,
        "back_url": finding.overview_url(person),
    }
    return render(request, "competences/positioning/page.html", context)


def page_of(form: PageForm, bank: Bank) -> dict[str, Any]:
    language = get_language() or "en"
    parts = {part.id: part for part in bank.parts}
    groups = [
        {"title": parts[part].title.told_in(language), "fields": fields}
        for part, fields in form.by_part
    ]
    return {"form": form, "groups": groups}


def page_change(request: Request, pk: UUID) -> HttpResponse:
    """Correct a page that was noted: by whoever noted it."""
    positioning = finding.made_or_404(request, pk)
    if positioning.is_asked_one_by_one:
        return redirect("positioning:result", pk=pk)
    form = CorrectedForm(
        request.POST or None,
        initial={"helper": positioning.helper, "seen": positioning.seen},
        items=standing.asked_of(positioning),
        language=positioning.language,
        evidence=positioning.evidence,
        standing=positioning.answers.all().standing(),
    )
    if form.is_valid():
        given = form.cleaned_data
        actions.change_page(
            positioning, form.said(), seen=given["seen"], helper=given["helper"], by=request.actor
        )
        messages.success(request, _("Kept."))
        return redirect("positioning:result", pk=pk)
    context = {
        **page_of(form, standing.bank_of(positioning)),
        "person": positioning.person,
        "positioning": positioning,
        "afterwards": positioning.evidence == Evidence.OBSERVED,
    }
    return render(request, "competences/positioning/page_change.html", context)
