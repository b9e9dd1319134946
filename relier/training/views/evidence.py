"""Documents of eligibility and absences: taken in by whoever receives them, read by those bound and
the coordinator."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.centres.http import Request
from relier.journal import actions as journal
from relier.training import access
from relier.training.actions import absences as deeds
from relier.training.actions.enrolments import correct_evidence, receive_evidence
from relier.training.expected import as_uuid
from relier.training.forms.entries import (
    AbsenceChangeForm,
    AbsenceForm,
    EvidenceChangeForm,
    EvidenceForm,
    ProofForm,
)
from relier.training.forms.keeping import kept
from relier.training.models import (
    Absence,
    Eligibility,
    Enrolment,
    EvidenceReceived,
    Session,
)
from relier.training.rules import categories, documents, grounds
from relier.training.words_of_law import said

from .entries import enrolment_to_write, hand_over, handed

EVIDENCE = ("received_on", "issued_on", "withdrawn")
ABSENCE = ("ground", "from_on", "until_on", "proof_received_on", "proof", "withdrawn")


def latest_or_404(rows: Any, pk: UUID) -> Any:
    """The version that stands of a row, whichever version the address names."""
    near = rows.select_related("enrolment__person__root", "enrolment__track")
    row = access.one_or_404(near, pk=pk)
    return access.one_or_404(near.current().filter(pk__in=rows.model.objects.versions_of(row)))


def evidence_new(request: Request, pk: UUID) -> HttpResponse:
    """`?document=`: which one came, as a link of the entry says it."""
    actor = request.actor
    enrolment = enrolment_to_write(actor, pk)
    here = Eligibility.objects.visible_to(actor).current().filter(enrolment=enrolment).first()
    category = categories().get(here.category) if here else None
    first = {"document": request.GET.get("document", "")}
    form = EvidenceForm(
        request.POST or None, initial=first, first=category.documents if category else ()
    )
    if form.is_valid():
        given = dict(form.cleaned_data)
        document = given.pop("document")
        if kept(form, lambda: receive_evidence(enrolment, document, by=actor, **given)):
            hand_over(request, actor)
            return redirect("training:entry", pk=pk)
    return render(request, "training/evidence_new.html", handed(enrolment, form, actor))


def evidence(request: Request, pk: UUID) -> HttpResponse:
    """Put right the days of a document, or that it did not come; what was said before stands."""
    actor = request.actor
    row = latest_or_404(EvidenceReceived.objects.visible_to(actor), pk)
    form = EvidenceChangeForm(
        request.POST or None, initial={name: getattr(row, name) for name in EVIDENCE}
    )
    if form.is_valid():
        changes = {name: form.cleaned_data[name] for name in EVIDENCE}
        key = form.cleaned_data["form_key"]
        if kept(form, lambda: correct_evidence(row, changes, by=actor, form_key=key)):
            messages.success(request, _("Kept. What was said before stands beside it."))
            return redirect("training:entry", pk=row.enrolment_id)
    known = documents().get(row.document)
    context = about(row, form) | {"document": said(known.label) if known else row.document}
    return render(request, "training/evidence.html", context)


def about(row: Any, form: Any) -> dict[str, Any]:
    return {
        "form": form,
        "row": row,
        "enrolment": row.enrolment,
        "person": row.enrolment.person.root,
        "versions": list(versions_of(row)),
    }


def versions_of(row: Any) -> Any:
    """All that was said, the latest first."""
    rows = type(row).objects.versions_of(row).select_related("author__user")
    return rows.order_by("-written_at", "-pk")


def absence_new(request: Request, pk: UUID) -> HttpResponse:
    """`?session=`: of the day of a session, to whose grid the page leads back."""
    actor = request.actor
    enrolment = enrolment_to_write(actor, pk)
    session = session_asked(actor, request.GET.get("session", ""))
    day = {"from_on": session.day, "until_on": session.day} if session else None
    form = AbsenceForm(request.POST or None, initial=day)
    if form.is_valid():
        given = dict(form.cleaned_data)
        ground = given.pop("ground")
        if kept(form, lambda: deeds.account_for_absence(enrolment, ground, by=actor, **given)):
            hand_over(request, actor)
            return back_from(enrolment, session)
    context = handed(enrolment, form, actor) | {"session": session}
    return render(request, "training/absence_new.html", context)


def session_asked(actor: Actor, text: str) -> Session | None:
    """A session that this member runs, as the address names it; None for anything else."""
    key = as_uuid(text)
    rows = Session.objects.visible_to(actor).select_related("team")
    session: Session | None = rows.filter(pk=key).first() if key else None
    return session if session and access.may_run(actor, session.team) else None


def back_from(enrolment: Enrolment, session: Session | None) -> HttpResponse:
    """To the grid of the session that led here, or to the entry."""
    if session is not None:
        return redirect("training:presence", pk=session.pk)
    return redirect("training:entry", pk=enrolment.pk)


def absence(request: Request, pk: UUID) -> HttpResponse:
    """Why someone was away, and its proof: this form says that it came. `?session=`: back to the
    grid of a session."""
    actor = request.actor
    row = absence_or_404(actor, pk)
    session = session_asked(actor, request.GET.get("session", ""))
    form = ProofForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        if kept(form, lambda: deeds.receive_proof(row, by=actor, **given)):
            messages.success(request, _("The proof is kept. Hours were counted again."))
            return back_from(row.enrolment, session)
    subject = row.enrolment.person.root_id
    journal.read("training.absence_read", row, by=actor, subject=subject)
    context = about(row, form) | {"ground": ground_in_words(row), "session": session}
    return render(request, "training/absence.html", context)


def absence_correct(request: Request, pk: UUID) -> HttpResponse:
    actor = request.actor
    row = absence_or_404(actor, pk)
    here = {name: getattr(row, name) for name in ABSENCE}
    form = AbsenceChangeForm(request.POST or None, initial=here)
    if form.is_valid():
        changes = {name: form.cleaned_data[name] for name in ABSENCE}
        key = form.cleaned_data["form_key"]
        if kept(form, lambda: deeds.correct_absence(row, changes, by=actor, form_key=key)):
            messages.success(request, _("Kept. Hours were counted again."))
            return redirect("training:entry", pk=row.enrolment_id)
    context = about(row, form) | {"ground": ground_in_words(row)}
    return render(request, "training/absence_correct.html", context)


def absence_or_404(actor: Actor, pk: UUID) -> Absence:
    row: Absence = latest_or_404(Absence.objects.visible_to(actor), pk)
    return row


def ground_in_words(row: Absence) -> str:
    known = grounds().get(row.ground)
    return said(known.label) if known else str(row.ground)
