"""Someone's entry in a programme: beginning it, its page, its contract, its category, its end."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relier.accounts.actors import Actor
from relier.centres.http import Request
from relier.journal import actions as journal
from relier.people.models import Person
from relier.training import access, figures
from relier.training.actions import enrolments as deeds
from relier.training.dues import DocumentDue, Due, contract_due, documents_due, plan_due
from relier.training.forms.entries import (
    CategoryForm,
    ContractForm,
    EndForm,
    EntryForm,
    programmes_of,
)
from relier.training.forms.keeping import kept
from relier.training.legal import rulebook
from relier.training.models import (
    Absence,
    Eligibility,
    EndAttestation,
    Ending,
    Enrolment,
    Evaluation,
    EvidenceReceived,
    Placement,
    Programme,
    Track,
    TrainingPlan,
)
from relier.training.placed import Placed, placed
from relier.training.rules import Rule, Rulebook, categories
from relier.training.words_of_law import said

A_PAGE = 30


def enrolment_or_404(actor: Actor, pk: UUID) -> Enrolment:
    rows = Enrolment.objects.visible_to(actor).with_ending()
    return access.one_or_404(rows.select_related("person__root", "track", "programme"), pk=pk)


def enrolment_to_write(actor: Actor, pk: UUID) -> Enrolment:
    enrolment = enrolment_or_404(actor, pk)
    access.require(access.may_write_hours(actor, enrolment))
    return enrolment


@require_safe
def entry_list(request: Request) -> HttpResponse:
    """Who is in training today, as far as this member reads it. `?track=`: in one track;
    `?over`: those whose training ended."""
    actor = request.actor
    access.require(access.is_member(actor))
    today = timezone.localdate()
    rows = Enrolment.objects.visible_to(actor).filter(person__root__set_aside_at=None)
    track = track_asked(actor, request.GET.get("track", ""))
    rows = rows.filter(track=track) if track else rows
    is_over = "over" in request.GET
    rows = rows.with_ending().filter(left_on__lt=today) if is_over else rows.not_left_before(today)
    rows = rows.select_related("person__root", "track").order_by("-entered_on", "pk")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    shown = [row.person.root_id for row in page]
    journal.read_list(
        "training.entries_shown", by=actor, shown=shown, over=is_over, track=str(track and track.pk)
    )
    context = {"page": page, "track": track, "is_over": is_over, "today": today}
    return render(request, "training/entry_list.html", context)


def track_asked(actor: Actor, text: str) -> Track | None:
    try:
        key = UUID(text)
    except ValueError:
        return None
    return Track.objects.visible_to(actor).filter(pk=key).first()


def entry_new(request: Request, pk: UUID) -> HttpResponse:
    """The pedagogical contract: a programme, the day of entry, and of which category they are."""
    actor = request.actor
    named = access.one_or_404(Person.objects.named_to(actor).select_related("root"), pk=pk)
    person = named.root
    access.require(access.may_enrol(actor, person))
    programmes = programmes_of(actor)
    form = EntryForm(request.POST or None, programmes=programmes)
    if form.is_valid():
        given = dict(form.cleaned_data)
        programme = given.pop("programme")
        enrolment = kept(form, lambda: deeds.enrol(person, programme, by=actor, **given))
        if enrolment:
            messages.success(request, _("The entry is kept. What is still due stands below."))
            return redirect("training:entry", pk=enrolment.pk)
    context = {
        "form": form,
        "person": person,
        "has_programmes": programmes.exists(),
        "may_set": access.may_set(actor),
        "may_open": access.may_open_file(actor, person),
    }
    return render(request, "training/entry_new.html", context)


@dataclass
class Told:
    """What is told of an entry, for the team that follows."""

    plan: TrainingPlan | None = None
    plan_due: Due | None = None
    evaluations: list[Evaluation] = field(default_factory=list)
    attestations: list[EndAttestation] = field(default_factory=list)


@dataclass
class Grounds:
    """Why someone may enter and why they were away, for those who may read it."""

    category: str = ""
    documents: list[DocumentDue] = field(default_factory=list)
    others: list[EvidenceReceived] = field(default_factory=list)
    absences: list[Absence] = field(default_factory=list)


@require_safe
def entry_read(request: Request, pk: UUID) -> HttpResponse:
    actor = request.actor
    enrolment = enrolment_or_404(actor, pk)
    journal.read("training.entry_read", enrolment, by=actor, subject=enrolment.person.root_id)
    today, book = timezone.localdate(), rulebook(enrolment.centre_id)
    may_tell = access.may_open_file(actor, enrolment.person)
    context: dict[str, Any] = {
        "enrolment": enrolment,
        "person": enrolment.person.root,
        "ending": ending_of(enrolment),
        "contract": contract_due(enrolment, book, on=today),
        "line": figures.minutes_of(enrolment),
        "placements": placements_of(enrolment, book),
        "told": told_of(enrolment, book, actor) if may_tell else None,
        "grounds": grounds_of(enrolment, book, actor) if access.may_see_grounds(actor) else None,
        "may_write": access.may_write_hours(actor, enrolment),
        "may_open": may_tell,
    }
    return render(request, "training/entry.html", context)


def ending_of(enrolment: Enrolment) -> Ending | None:
    return Ending.objects.current().filter(enrolment=enrolment, taken_back=False).first()


def placements_of(enrolment: Enrolment, book: Rulebook) -> list[Placed]:
    """Three queries. How long the plan is counts here for whoever reads hours: it is a number of
    hours, and none of its words."""
    plan = TrainingPlan.objects.current().filter(enrolment=enrolment).only("minutes").first()
    programme = (plan.minutes if plan else None) or enrolment.programme.minutes
    rows = Placement.objects.current().filter(enrolment=enrolment)
    return placed(enrolment, rows, programme, book)


def told_of(enrolment: Enrolment, book: Rulebook, actor: Actor) -> Told:
    def of(model: Any) -> Any:
        return model.objects.visible_to(actor).current().filter(enrolment=enrolment)

    plan = of(TrainingPlan).first()
    first_on = None
    if plan:
        first_on = TrainingPlan.objects.versions_of(plan).values_list("on", flat=True).first()
    return Told(
        plan,
        plan_due(enrolment, first_on, book, on=timezone.localdate()),
        list(of(Evaluation).select_related("author__user")),
        list(of(EndAttestation)),
    )


def grounds_of(enrolment: Enrolment, book: Rulebook, actor: Actor) -> Grounds:
    def of(model: Any) -> Any:
        return model.objects.visible_to(actor).current().filter(enrolment=enrolment)

    eligibility = of(Eligibility).first()
    category = eligibility.category if eligibility else ""
    received = [row for row in of(EvidenceReceived) if not row.withdrawn]
    asked = documents_due(enrolment, category, received, book, on=timezone.localdate())
    counted = {one.received.pk for one in asked if one.received}
    return Grounds(
        said(categories()[category].label) if category in categories() else category,
        asked,
        [row for row in received if row.pk not in counted],
        [row for row in of(Absence).order_by("-from_on", "pk") if not row.withdrawn],
    )


def entry_contract(request: Request, pk: UUID) -> HttpResponse:
    """Put right the day of entry, the contract, the programme."""
    actor = request.actor
    enrolment = enrolment_to_write(actor, pk)
    names = ("programme", "entered_on", "contract_on")
    same = Programme.objects.visible_to(actor).filter(track=enrolment.track).select_related("track")
    here = {name: getattr(enrolment, name) for name in names}
    form = ContractForm(request.POST or None, programmes=same, initial=here)
    if form.is_valid():
        changes = {name: form.cleaned_data[name] for name in names}
        if kept(form, lambda: deeds.change_entry(enrolment, changes, by=actor)):
            messages.success(request, _("Kept. Hours were counted again."))
            return redirect("training:entry", pk=pk)
    context = {"form": form, "enrolment": enrolment, "person": enrolment.person.root}
    return render(request, "training/entry_contract.html", context)


def entry_category(request: Request, pk: UUID) -> HttpResponse:
    """Of which category of articles 5 and 6 they are: said by whoever takes it in, read by those
    bound and the coordinator."""
    actor = request.actor
    enrolment = enrolment_to_write(actor, pk)
    rows = Eligibility.objects.visible_to(actor).current().filter(enrolment=enrolment)
    here = rows.first()
    form = CategoryForm(request.POST or None, initial={"category": here.category if here else ""})
    if form.is_valid():
        given = form.cleaned_data
        deeds.say_category(enrolment, given["category"], by=actor, form_key=given["form_key"])
        hand_over(request, actor)
        return redirect("training:entry", pk=pk)
    return render(request, "training/entry_category.html", handed(enrolment, form, actor))


def handed(enrolment: Enrolment, form: Any, actor: Actor) -> dict[str, Any]:
    """A page on which a ground is said, by whoever may read it or not."""
    sees = access.may_see_grounds(actor)
    person = enrolment.person.root
    return {"form": form, "enrolment": enrolment, "person": person, "sees_grounds": sees}


def hand_over(request: Request, actor: Actor) -> None:
    """Whoever does not read grounds is told so: it is kept, and not shown to them again."""
    if access.may_see_grounds(actor):
        messages.success(request, _("Kept."))
    else:
        messages.success(request, _("Handed over. You will not read it again here."))


def entry_end(request: Request, pk: UUID) -> HttpResponse:
    """The last day and why; or, that it had not ended after all."""
    actor = request.actor
    enrolment = enrolment_to_write(actor, pk)
    ending = ending_of(enrolment)
    names = ("on", "reason", "job_months", "form_received_on")
    here = {name: getattr(ending, name) for name in names} if ending else None
    if request.method == "POST" and "goes_on" in request.POST:
        if ending:
            deeds.take_back_ending(ending, by=actor, form_key=uuid4())
            messages.success(request, _("The training goes on. Hours were counted again."))
        return redirect("training:entry", pk=pk)
    form = EndForm(request.POST or None, initial=here)
    if form.is_valid():
        given = dict(form.cleaned_data)
        reason = given.pop("reason")
        if kept(form, lambda: deeds.end(enrolment, reason, by=actor, **given)):
            messages.success(request, _("The end is kept. Hours were counted again."))
            return redirect("training:entry", pk=pk)
    context = {
        "form": form,
        "enrolment": enrolment,
        "person": enrolment.person.root,
        "ending": ending,
        "rule": job_rule(enrolment),
    }
    return render(request, "training/entry_end.html", context)


def job_rule(enrolment: Enrolment) -> Rule:
    """How long a job lasts for which the hours that remained count."""
    return rulebook(enrolment.centre_id).rule("ground_11_job_months", timezone.localdate())
