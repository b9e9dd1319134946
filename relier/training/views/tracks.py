"""Tracks, their programmes, what is approved for them, and where they stand this year."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relier.accounts.actors import Actor
from relier.centres.http import Request
from relier.training import access, figures
from relier.training.actions import tracks as deeds
from relier.training.actions.sessions import say_supervision
from relier.training.forms.keeping import kept
from relier.training.forms.tracks import (
    ApprovalForm,
    ApprovedHoursForm,
    EditTrackForm,
    ProgrammeForm,
    SupervisionForm,
    TrackForm,
)
from relier.training.legal import rulebook
from relier.training.models import Approval, ApprovedHours, Programme, ProgrammeUnit, Track
from relier.training.quotas import quotas_of
from relier.training.rules import Rule

A_PAGE = 30
CHANGED = ("name", "category", "method", "cedefop_code", "team", "closed_on")


@dataclass(frozen=True)
class State:
    """A track in a year: what is approved (hours, None where it was not said), what counts so far,
    the supervision, and the rule that it stands against."""

    year: int
    approved: int | None
    line: figures.Line
    ratio: figures.Ratio | None
    rule: Rule | None


def track_or_404(actor: Actor, pk: UUID) -> Track:
    rows = Track.objects.visible_to(actor).select_related("team")
    return access.one_or_404(rows, pk=pk)


@require_safe
def track_list(request: Request) -> HttpResponse:
    """Tracks that are open, those that closed, and the approvals of the centre."""
    actor = request.actor
    access.require(access.is_member(actor))
    today = timezone.localdate()
    rows = Track.objects.visible_to(actor).select_related("team")
    still_open = set(rows.open(on=today).values_list("pk", flat=True))
    context: dict[str, Any] = {
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "still_open": still_open,
        "approvals": Approval.objects.visible_to(actor),
        "may_set": access.may_set(actor),
        "may_steer": access.may_steer(actor),
        "today": today,
    }
    if access.may_steer(actor):
        book = rulebook(actor.own_centre)
        context["whole"] = figures.approved_hours(actor.own_centre, today.year)
        context["rule"] = book.rule("approved_percent_least", today)
        context["last"] = today.year
        context["first"] = today.year - book.whole("approved_years", today) + 1
    return render(request, "training/track_list.html", context)


@require_safe
def track_read(request: Request, pk: UUID) -> HttpResponse:
    """`?year=`: which year it stands in; this one unless said."""
    actor = request.actor
    track = track_or_404(actor, pk)
    today = timezone.localdate()
    units = Prefetch("units", ProgrammeUnit.objects.order_by("position", "pk"))
    programmes = Programme.objects.visible_to(actor).filter(track=track).prefetch_related(units)
    year = as_year(request.GET.get("year", ""), today)
    context = {
        "track": track,
        "programmes": Paginator(programmes, A_PAGE).get_page(request.GET.get("page")),
        "approved": approved_for(track),
        "state": state_of(track, year) if access.may_run(actor, track.team) else None,
        "quotas": quotas_of(track, year) if access.may_steer(actor) else None,
        "years": {"before": year - 1, "after": year + 1 if year < today.year else None},
        "may_set": access.may_set(actor),
        "may_steer": access.may_steer(actor),
    }
    return render(request, "training/track.html", context)


def as_year(text: str, today: date) -> int:
    """A year of the address; this one, where it is none of this century."""
    is_year = len(text) == 4 and text.isascii() and text.isdigit() and 2000 < int(text) < 2100
    return int(text) if is_year else today.year


def approved_for(track: Track) -> list[ApprovedHours]:
    rows = ApprovedHours.objects.filter(track=track).select_related("approval")
    return list(rows.order_by("-year", "pk"))


def state_of(track: Track, year: int) -> State:
    """Seven queries, however many hours there are."""
    of_year = [row.hours for row in approved_for(track) if row.year == year]
    ratio = figures.supervision_ratio(track.centre_id, year).get(track.pk)
    line = figures.realised(track.centre_id, year).get(track.pk, figures.Line())
    rule = None
    if track.scheme == Track.Scheme.CISP:
        rule = rulebook(track.centre_id).rule(track.supervision_rule, date(year, 12, 31))
    return State(year, sum(of_year) if of_year else None, line, ratio, rule)


def track_new(request: Request) -> HttpResponse:
    actor = request.actor
    access.require(access.may_set(actor))
    form = TrackForm(request.POST or None, actor=actor)
    if form.is_valid():
        track = kept(form, lambda: deeds.open_track(by=actor, **form.cleaned_data))
        if track:
            messages.success(request, _("The track is open. Write its programme."))
            return redirect("training:track", pk=track.pk)
    return render(request, "training/track_new.html", {"form": form})


def track_edit(request: Request, pk: UUID) -> HttpResponse:
    actor = request.actor
    track = track_or_404(actor, pk)
    access.require(access.may_set(actor))
    here = {name: getattr(track, name) for name in CHANGED}
    form = EditTrackForm(request.POST or None, actor=actor, initial=here)
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in CHANGED}
        if kept(form, lambda: deeds.change_track(track, said, by=actor)):
            messages.success(request, _("The track is changed."))
            return redirect("training:track", pk=pk)
    return render(request, "training/track_edit.html", {"form": form, "track": track})


def programme_new(request: Request, pk: UUID) -> HttpResponse:
    actor = request.actor
    track = track_or_404(actor, pk)
    access.require(access.may_set(actor))
    form = ProgrammeForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        opened = kept(form, lambda: deeds.open_programme(
            track, given["name"], form.as_units, by=actor, from_on=given["from_on"],
            form_key=given["form_key"],
        ))  # fmt: skip
        if opened:
            messages.success(request, _("The programme is kept. People may enter it."))
            return redirect("training:track", pk=pk)
    context = {"form": form, "track": track, "rule": length_rule(track)}
    return render(request, "training/programme_new.html", context)


def length_rule(track: Track) -> Rule:
    is_digistart = track.scheme == Track.Scheme.DIGISTART
    key = "digistart_hours_most" if is_digistart else "programme_hours_most"
    return rulebook(track.centre_id).rule(key, timezone.localdate())


def approval_new(request: Request) -> HttpResponse:
    actor = request.actor
    access.require(access.may_set(actor))
    form = ApprovalForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        if kept(form, lambda: deeds.add_approval(by=actor, **given)):
            messages.success(request, _("The approval is kept. Say how many hours, in each track."))
            return redirect("training:tracks")
    return render(request, "training/approval_new.html", {"form": form})


def approved_hours(request: Request, pk: UUID) -> HttpResponse:
    """How many hours are approved for a track in a year."""
    actor = request.actor
    track = track_or_404(actor, pk)
    access.require(access.may_set(actor))
    approvals = Approval.objects.visible_to(actor).filter(scheme=track.scheme)
    first = {"year": timezone.localdate().year}
    form = ApprovedHoursForm(request.POST or None, approvals=approvals, initial=first)
    if form.is_valid():
        given = dict(form.cleaned_data)
        approval = given.pop("approval")
        deeds.approve_hours(approval, track, by=actor, **given)
        messages.success(request, _("Kept."))
        return redirect("training:track", pk=pk)
    context = {"form": form, "track": track, "has_approvals": approvals.exists()}
    return render(request, "training/approved_hours.html", context)


def supervision(request: Request, pk: UUID) -> HttpResponse:
    """How long a whole team supervised in a day: one number, which names nobody."""
    actor = request.actor
    track = track_or_404(actor, pk)
    access.require(access.may_steer(actor))
    form = SupervisionForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        said = kept(form, lambda: say_supervision(
            track, given["day"], minutes=given["minutes"], by=actor
        ))  # fmt: skip
        if said:
            messages.success(request, _("Kept."))
            return redirect("training:supervision", pk=pk)
    context = {"form": form, "track": track, "latest": track.supervision.order_by("-day")[:14]}
    return render(request, "training/supervision.html", context)
