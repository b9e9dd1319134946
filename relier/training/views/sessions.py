"""One session: planned, read, moved, called off; who is expected; what preparing took."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from relier.accounts.actors import Actor
from relier.centres.http import Request
from relier.centres.models import Member
from relier.journal import actions as journal
from relier.training import access
from relier.training.actions import sessions as deeds
from relier.training.actions import tracks, workshops
from relier.training.differing import differences_of
from relier.training.expected import as_uuid, is_closed, lines_of
from relier.training.forms.sessions import (
    ChangeForm,
    PreparationForm,
    RemoteRuleForm,
    SessionForm,
    as_it_stands,
    teams_to_plan,
)
from relier.training.kept import in_words, kept_under
from relier.training.legal import rule_on
from relier.training.models import Placement, PreparationNote, Session, Workshop
from relier.training.models.sessions import A_DAY, Carrier
from relier.training.on_paper import lists_of
from relier.training.rules.series import preparation as proposed_for
from relier.training.taken_along import may_be_taken_along

REMOTE_RULE = "remote_preparation_hours"


def session_or_404(actor: Actor, pk: UUID) -> Session:
    rows = Session.objects.visible_to(actor).select_related("team", "workshop", "track")
    return access.one_or_404(rows, pk=pk)


@require_safe
def session_read(request: Request, pk: UUID) -> HttpResponse:
    """When, where, who is expected, what stands. `?kept=` says what a form has just kept."""
    actor = request.actor
    session = session_or_404(actor, pk)
    lines = lines_of(session, actor)
    journal.read_list(
        "training.presence_shown", by=actor, shown=[one.person.pk for one in lines],
        session=str(pk),
    )  # fmt: skip
    key = as_uuid(request.GET.get("kept", ""))
    today, may_run = timezone.localdate(), access.may_run(actor, session.team)
    context = {
        "session": session,
        "lines": [Told.of(line) for line in lines],
        "kept": kept_under(key, lines, actor) if key else None,
        "trainers": list(session.trainers.select_related("user").order_by("user__name", "pk")),
        "note": PreparationNote.objects.filter(session=session).first(),
        "may_run": may_run,
        "may_take_along": may_run and may_be_taken_along(request, session),
        "lists": lists_of(session, actor) if may_run else [],
        "differences": differences_of(session, actor) if may_run else [],
        "is_taken": any(line.standing for line in lines),
        "may_take": session.day <= today and not session.called_off,
        "is_closed": is_closed(session),
    }
    return render(request, "training/session.html", context)


class Told:
    """A line of a session in words, and what was written before."""

    @classmethod
    def of(cls, line: Any) -> dict[str, Any]:
        versions = [(row, in_words(row)) for row in reversed(line.versions)]
        return {
            "person": line.person,
            "is_expected": line.is_expected,
            "now": in_words(line.standing) if line.standing else "",
            "versions": versions if len(versions) > 1 else [],
        }


# --- planning ------------------------------------------------------------------------------------


def session_new(request: Request) -> HttpResponse:
    """`?workshop=`: one more session of it, as the latest one was. `?placement=`, `?beside=`: the
    day of someone in a company, beside a session of the centre."""
    actor = request.actor
    access.require(access.trains(actor) and teams_to_plan(actor).exists())
    workshop = workshop_named(actor, request.GET.get("workshop", ""))
    placed = None if workshop else placement_named(actor, request.GET.get("placement", ""))
    form = SessionForm(
        request.POST or None, actor=actor, in_workshop=workshop is not None,
        initial=in_a_company(request, placed) if placed else as_the_latest(actor, workshop),
    )  # fmt: skip
    if form.is_valid() and placed:
        return to_hours_there(plan_there(form, placed, actor))
    if form.is_valid():
        session = plan(form, workshop, actor)
        messages.success(request, _("The session is planned."))
        return to_preparation(session, form.cleaned_data["remote"])
    context = {"form": form, "workshop": workshop, "placed": placed}
    return render(request, "training/session_new.html", context)


def placement_named(actor: Actor, text: str) -> Placement | None:
    key = as_uuid(text)
    rows = Placement.objects.visible_to(actor).current().filter(withdrawn=False)
    rows = rows.select_related("enrolment__person__root", "enrolment__track")
    found: Placement | None = rows.filter(pk=key).first() if key else None
    return found if found and access.may_write_hours(actor, found.enrolment) else None


def in_a_company(request: Request, placed: Placement) -> dict[str, Any]:
    """A session names nobody, so neither the person nor the company stand in it."""
    filled = {
        "name": _("Placement"), "day": placed.from_on, "track": placed.enrolment.track_id,
        "carrier": Carrier.COMPANY, "trainers": [request.actor.id],
    }  # fmt: skip
    key = as_uuid(request.GET.get("beside", ""))
    beside = Session.objects.visible_to(request.actor).filter(pk=key).first() if key else None
    if beside is not None:
        names = ("day", "starts_at", "minutes")
        filled |= {name: getattr(beside, name) for name in names} | {"team": beside.team_id}
    return filled


@transaction.atomic
def plan_there(form: SessionForm, placed: Placement, by: Actor) -> Session:
    session = plan(form, None, by)
    deeds.expect([placed.enrolment.person.root], session, from_on=session.day, by=by)
    return session


def to_hours_there(session: Session) -> HttpResponse:
    """To the grid, where the hours are written, once the day has come."""
    has_come = session.day <= timezone.localdate()
    return redirect("training:presence" if has_come else "training:session", pk=session.pk)


def workshop_named(actor: Actor, text: str) -> Workshop | None:
    key = as_uuid(text)
    if not key:
        return None
    rows = Workshop.objects.visible_to(actor).select_related("team", "track")
    found: Workshop | None = rows.filter(pk=key).first()
    return found if found and access.may_run(actor, found.team) else None


def as_the_latest(actor: Actor, workshop: Workshop | None) -> dict[str, Any]:
    """What the latest session of a workshop was like; else oneself, as who welcomes."""
    latest = workshop.sessions.order_by("-day", "-starts_at", "pk").first() if workshop else None
    if latest is not None:
        filled = as_it_stands(latest, latest.trainers.all())
        del filled["day"]
        return filled
    name = {"name": workshop.name, "capacity": workshop.capacity} if workshop else {}
    return {**name, "trainers": [actor.id]}


def plan(form: SessionForm, workshop: Workshop | None, by: Actor) -> Session:
    given = form.cleaned_data
    place: dict[str, Any] = {"workshop": workshop, "team": workshop.team} if workshop else {
        "team": given["team"], "track": given["track"], "is_open": given["is_open"]
    }  # fmt: skip
    return deeds.plan_session(
        given["name"], day=given["day"], form_key=given["form_key"], by=by, **form.as_planned,
        **place,
    )  # fmt: skip


def to_preparation(session: Session, remote: int | None) -> HttpResponse:
    """Where hours go at a distance, to how long preparing takes; else to the session."""
    if not remote:
        return redirect("training:session", pk=session.pk)
    answer = redirect("training:preparation", pk=session.pk)
    answer["Location"] += f"?remote={remote}"
    return answer


# --- changing ------------------------------------------------------------------------------------


def session_edit(request: Request, pk: UUID) -> HttpResponse:
    actor = request.actor
    session = session_or_404(actor, pk)
    access.require(access.may_run(actor, session.team))
    form = ChangeForm(
        request.POST or None, actor=actor, initial=as_it_stands(session, session.trainers.all())
    )
    if form.is_valid() and change(request, session, form):
        messages.success(request, _("The session is changed."))
        return redirect("training:session", pk=pk)
    return render(request, "training/session_edit.html", {"form": form, "session": session})


def change(request: Request, session: Session, form: ChangeForm) -> bool:
    given = form.cleaned_data
    names = ("name", "day", "starts_at", "minutes", "place", "carrier", "capacity")
    trainers: list[Member] = list(given["trainers"])
    try:
        with transaction.atomic():
            deeds.change_session(session, {name: given[name] for name in names}, by=request.actor)
            workshops.choose_trainers(session, trainers, by=request.actor)
    except ValidationError as problem:
        form.add_error(None, problem)
        return False
    return True


@require_POST
def session_state(request: Request, pk: UUID) -> HttpResponse:
    """Called off, or put back. Nothing else of it changes, so that either can be undone."""
    session = session_or_404(request.actor, pk)
    access.require(access.may_run(request.actor, session.team))
    said = request.POST.get("state", "")
    if said in {"off", "on"}:
        deeds.change_session(session, {"called_off": said == "off"}, by=request.actor)
        told = {
            "off": _("The session is called off. You can put it back."),
            "on": _("The session is put back."),
        }
        messages.success(request, told[said])
    return redirect("training:session", pk=pk)


# --- what preparing takes ------------------------------------------------------------------------


def preparation(request: Request, pk: UUID) -> HttpResponse:
    """`?remote=`: minutes that go at a distance, for which the rule of thumb proposes a time."""
    actor = request.actor
    session = session_or_404(actor, pk)
    access.require(access.may_run(actor, session.team))
    note = PreparationNote.objects.filter(session=session).first()
    rule = rule_on(REMOTE_RULE, session.day, actor.own_centre)
    remote = remote_minutes(request.GET.get("remote", ""))
    proposed = proposed_for(remote, rule.value)
    form = PreparationForm(
        request.POST or None,
        initial={
            "minutes": (note.minutes if note else None) or proposed or None,
            "words": note.words if note else "",
        },
    )
    if form.is_valid():
        deeds.note_preparation(session, by=actor, **form.cleaned_data)
        messages.success(request, _("Kept with the session, and with nobody's name."))
        return redirect("training:session", pk=pk)
    context = {"form": form, "session": session, "remote": remote, "proposed": proposed}
    return render(request, "training/preparation.html", context | rule_in_words(rule))


def remote_minutes(text: str) -> int:
    return min(int(text), A_DAY) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def rule_in_words(rule: Any) -> dict[str, Any]:
    """A legal number as a page says it, in the language of the page."""
    language = (get_language() or "fr")[:2]
    said = {name: getattr(rule, name) for name in ("source", "doubt")}
    words = {name: by.get(language) or by.get("en", "") for name, by in said.items()}
    return {"rule": rule, "hours": rule.value.normalize(), **words}


def remote_rule(request: Request) -> HttpResponse:
    """The rule of thumb, said otherwise by the centre from a day on, with why and from where."""
    actor = request.actor
    access.require(access.may_set(actor))
    rule = rule_on(REMOTE_RULE, timezone.localdate(), actor.own_centre)
    form = RemoteRuleForm(request.POST or None, initial={"value": rule.value.normalize()})
    if form.is_valid() and keep_rule(form, actor):
        messages.success(request, _("The number is changed."))
        return redirect("training:remote_rule")
    return render(request, "training/remote_rule.html", {"form": form} | rule_in_words(rule))


def keep_rule(form: Form, by: Actor) -> bool:
    try:
        tracks.change_rule(REMOTE_RULE, by=by, **form.cleaned_data)
    except ValidationError as problem:
        form.add_error(None, problem)
        return False
    return True
