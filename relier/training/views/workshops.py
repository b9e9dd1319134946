"""Workshops: a series of sessions, and who is expected at them."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from relier.accounts.actors import Actor
from relier.centres.http import Request
from relier.journal import actions as journal
from relier.training import access
from relier.training.actions import sessions as deeds
from relier.training.actions import workshops as changes
from relier.training.expected import people_of, with_taken
from relier.training.forms.sessions import SeriesForm, teams_to_plan
from relier.training.forms.workshops import ChangeWorkshopForm, WorkshopForm
from relier.training.models import Session, Workshop

from .sessions import as_the_latest, to_preparation

A_PAGE = 30


def workshop_or_404(actor: Actor, pk: UUID) -> Workshop:
    rows = Workshop.objects.visible_to(actor).select_related("team", "track")
    return access.one_or_404(rows, pk=pk)


@require_safe
def workshop_list(request: Request) -> HttpResponse:
    actor = request.actor
    access.require(access.is_member(actor))
    rows = Workshop.objects.visible_to(actor).select_related("team", "track")
    context = {
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "may_plan": access.trains(actor) and teams_to_plan(actor).exists(),
    }
    return render(request, "training/workshop_list.html", context)


def workshop_new(request: Request) -> HttpResponse:
    actor = request.actor
    access.require(access.trains(actor) and teams_to_plan(actor).exists())
    form = WorkshopForm(request.POST or None, actor=actor)
    if form.is_valid():
        workshop = deeds.open_workshop(by=actor, **form.cleaned_data)
        messages.success(
            request, _("The workshop is kept. Plan its sessions, say who is expected.")
        )
        return redirect("training:workshop", pk=workshop.pk)
    return render(request, "training/workshop_new.html", {"form": form})


@require_safe
def workshop_read(request: Request, pk: UUID) -> HttpResponse:
    """Its sessions to come and past, and who is expected, as far as this member reads it."""
    actor = request.actor
    workshop = workshop_or_404(actor, pk)
    today = timezone.localdate()
    sessions = with_taken(Session.objects.visible_to(actor).filter(workshop=workshop))
    people = people_of(workshop, actor)
    shown = {row.person.root_id for row in people}
    journal.read_list(
        "training.people_at_workshop", by=actor, shown=sorted(shown), workshop=str(pk)
    )
    past = sessions.filter(day__lt=today).order_by("-day", "-starts_at", "pk")
    is_here = [row for row in people if row.until_on is None or row.until_on >= today]
    context = {
        "workshop": workshop,
        "may_run": access.may_run(actor, workshop.team),
        "coming": Paginator(sessions.filter(day__gte=today), A_PAGE).get_page(
            request.GET.get("coming")
        ),
        "past": Paginator(past, A_PAGE).get_page(request.GET.get("page")),
        "people": is_here,
        "before": [row for row in people if row not in is_here],
        "today": today,
    }
    return render(request, "training/workshop.html", context)


def workshop_edit(request: Request, pk: UUID) -> HttpResponse:
    actor = request.actor
    workshop = workshop_or_404(actor, pk)
    access.require(access.may_run(actor, workshop.team))
    names = ("name", "capacity", "is_open")
    here = {name: getattr(workshop, name) for name in names}
    form = ChangeWorkshopForm(request.POST or None, initial=here)
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in names}
        changes.change_workshop(workshop, said, by=actor)
        messages.success(request, _("The workshop is changed."))
        return redirect("training:workshop", pk=pk)
    return render(request, "training/workshop_edit.html", {"form": form, "workshop": workshop})


def series_new(request: Request, pk: UUID) -> HttpResponse:
    """Every week, from a day to a day: the days are shown, then the sessions are planned."""
    actor = request.actor
    workshop = workshop_or_404(actor, pk)
    access.require(access.may_run(actor, workshop.team))
    form = SeriesForm(request.POST or None, actor=actor, initial=first_days(actor, workshop))
    if form.is_valid() and form.was_looked_at and "plan" in request.POST:
        return plan_series(request, workshop, form)
    looks = form.is_bound and bool(form.proposed)
    if looks:
        form.show_days()
    context = {"form": form, "workshop": workshop, "looks": looks}
    return render(request, "training/series_new.html", context)


def first_days(actor: Actor, workshop: Workshop) -> dict[str, Any]:
    """As the latest session was; from the week after it, or from tomorrow."""
    filled = as_the_latest(actor, workshop)
    latest = workshop.sessions.order_by("-day").values_list("day", flat=True).first()
    tomorrow = timezone.localdate() + timedelta(days=1)
    filled["from_on"] = max(tomorrow, latest + timedelta(days=7)) if latest else tomorrow
    return filled


def plan_series(request: Request, workshop: Workshop, form: SeriesForm) -> HttpResponse:
    given = form.cleaned_data
    planned = deeds.plan_series(
        workshop, given["chosen"], by=request.actor, form_key=given["form_key"], **form.as_planned
    )
    count = len(planned)
    told = ngettext("%(count)s session is planned.", "%(count)s sessions are planned.", count) % {
        "count": count
    }
    messages.success(request, told)
    if given["remote"]:
        return to_preparation(planned[0], given["remote"])
    return redirect("training:workshop", pk=workshop.pk)
