"""The plan, placements, evaluations and the attestation of an entry: told once each."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.centres.http import Request
from relier.journal import actions as journal
from relier.training import access, figures
from relier.training.actions import journeys as deeds
from relier.training.forms.journeys import (
    AttestationForm,
    EvaluationForm,
    PlacementChangeForm,
    PlacementForm,
    PlanForm,
)
from relier.training.forms.keeping import kept
from relier.training.models import Enrolment, Evaluation, Placement, TrainingPlan

from .entries import enrolment_or_404, enrolment_to_write
from .evidence import about, back_from, latest_or_404, session_asked, versions_of

PLAN = ("on", "words", "signed_on", "minutes")
PLACEMENT = (
    "kind", "company", "from_on", "until_on", "minutes", "signed_on", "derogation", "withdrawn",
)  # fmt: skip
EVALUATION = ("purpose", "on", "words")


def enrolment_told(actor: Actor, pk: UUID) -> Enrolment:
    """An entry whose words this member reads and writes: the team that follows."""
    enrolment = enrolment_or_404(actor, pk)
    access.require(access.may_open_file(actor, enrolment.person))
    return enrolment


def plan(request: Request, pk: UUID) -> HttpResponse:
    """The individual plan: the first one, or another version beside those of before."""
    actor = request.actor
    enrolment = enrolment_told(actor, pk)
    here = TrainingPlan.objects.visible_to(actor).current().filter(enrolment=enrolment).first()
    initial = {name: getattr(here, name) for name in PLAN} if here else None
    form = PlanForm(request.POST or None, initial=initial)
    if form.is_valid():
        written = kept(form, lambda: keep_plan(enrolment, here, form, actor))
        if written:
            messages.success(request, _("The plan is kept."))
            return redirect("training:entry", pk=pk)
    journal.read("training.plan_read", enrolment, by=actor, subject=enrolment.person.root_id)
    context = {
        "form": form,
        "enrolment": enrolment,
        "person": enrolment.person.root,
        "plan": here,
        "versions": list(versions_of(here)) if here else [],
    }
    return render(request, "training/plan.html", context)


def keep_plan(
    enrolment: Enrolment, here: TrainingPlan | None, form: PlanForm, by: Actor
) -> TrainingPlan:
    said = {name: form.cleaned_data[name] for name in PLAN}
    key = form.cleaned_data["form_key"]
    if here is None:
        return deeds.make_plan(enrolment, by=by, form_key=key, **said)
    return deeds.change_plan(here, said, by=by, form_key=key)


def placement_new(request: Request, pk: UUID) -> HttpResponse:
    actor = request.actor
    enrolment = enrolment_to_write(actor, pk)
    form = PlacementForm(request.POST or None)
    if form.is_valid():
        given = dict(form.cleaned_data)
        kind = given.pop("kind")
        if kept(form, lambda: deeds.plan_placement(enrolment, kind, by=actor, **given)):
            messages.success(request, _("The placement is kept."))
            return redirect("training:entry", pk=pk)
    context = {"form": form, "enrolment": enrolment, "person": enrolment.person.root}
    return render(request, "training/placement_new.html", context)


def placement(request: Request, pk: UUID) -> HttpResponse:
    """`?session=`: back to the grid of a session."""
    actor = request.actor
    row = latest_or_404(Placement.objects.visible_to(actor), pk)
    access.require(access.may_write_hours(actor, row.enrolment))
    session = session_asked(actor, request.GET.get("session", ""))
    here = {name: getattr(row, name) for name in PLACEMENT}
    form = PlacementChangeForm(request.POST or None, initial=here)
    if form.is_valid():
        changes = {name: form.cleaned_data[name] for name in PLACEMENT}
        key = form.cleaned_data["form_key"]
        if kept(form, lambda: deeds.change_placement(row, changes, by=actor, form_key=key)):
            messages.success(request, _("Kept. What was said before stands beside it."))
            return back_from(row.enrolment, session)
    return render(request, "training/placement.html", about(row, form) | {"session": session})


def evaluation_new(request: Request, pk: UUID) -> HttpResponse:
    actor = request.actor
    enrolment = enrolment_told(actor, pk)
    form = EvaluationForm(request.POST or None)
    if form.is_valid():
        given = dict(form.cleaned_data)
        purpose, words = given.pop("purpose"), given.pop("words")
        if kept(form, lambda: deeds.evaluate(enrolment, purpose, words, by=actor, **given)):
            messages.success(request, _("Kept."))
            return redirect("training:entry", pk=pk)
    context = {"form": form, "enrolment": enrolment, "person": enrolment.person.root}
    return render(request, "training/evaluation_new.html", context)


def evaluation(request: Request, pk: UUID) -> HttpResponse:
    """What was looked at together, read, and put right: what was written before stands."""
    actor = request.actor
    row = latest_or_404(Evaluation.objects.visible_to(actor), pk)
    here = {name: getattr(row, name) for name in EVALUATION}
    form = EvaluationForm(request.POST or None, initial=here)
    if form.is_valid():
        changes: dict[str, Any] = {name: form.cleaned_data[name] for name in EVALUATION}
        key = form.cleaned_data["form_key"]
        if kept(form, lambda: deeds.correct_evaluation(row, changes, by=actor, form_key=key)):
            messages.success(request, _("Kept. What was said before stands beside it."))
            return redirect("training:entry", pk=row.enrolment_id)
    subject = row.enrolment.person.root_id
    journal.read("training.evaluation_read", row, by=actor, subject=subject)
    return render(request, "training/evaluation.html", about(row, form))


def attestation(request: Request, pk: UUID) -> HttpResponse:
    """What was acquired, and how long it took, attested on a day."""
    actor = request.actor
    enrolment = enrolment_told(actor, pk)
    form = AttestationForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        if kept(form, lambda: deeds.attest(enrolment, by=actor, **given)):
            messages.success(request, _("The attestation is kept."))
            return redirect("training:entry", pk=pk)
    context = {
        "form": form,
        "enrolment": enrolment,
        "person": enrolment.person.root,
        "line": figures.minutes_of(enrolment),
    }
    return render(request, "training/attestation.html", context)
