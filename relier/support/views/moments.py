"""A moment apart: asked in one gesture from a group; someone bound by secrecy takes over.

Those who are not bound see that it was asked, at what time, and that someone took over. Nothing
on their page depends on whether it was said for whom.
"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from relier.centres.http import Request
from relier.centres.models import Team
from relier.journal import actions as journal
from relier.support import access
from relier.support.actions import interventions as actions
from relier.support.forms.interventions import MomentForm, MomentWhomForm
from relier.support.models import MomentApart
from relier.support.models.interventions import shown_person
from relier.ui.dates import hour

from .interventions import note_search


@require_POST
def moment_ask(request: Request) -> HttpResponse:
    """One gesture: nothing to write, nothing to choose."""
    access.require(access.is_member(request.actor))
    form = MomentForm(request.POST)
    form.is_valid()  # it only holds a key, and a broken one is replaced
    key = form.cleaned_data["form_key"] if request.POST.get("form_key") else None
    moment = actions.ask_moment(by=request.actor, form_key=key)
    messages.success(
        request, _("Asked at %(hour)s. The team sees it.") % {"hour": hour(moment.asked_at)}
    )
    return redirect("support:moment", pk=moment.pk)


def moment_read(request: Request, pk: UUID) -> HttpResponse:
    actor = request.actor
    rows = MomentApart.objects.visible_to(actor).select_related("team", "taken_by__user")
    moment = access.one_or_404(rows, pk=pk)
    gesture = GESTURES.get(request.POST.get("gesture", ""))
    if gesture:
        gesture(request, moment)
        return redirect("support:moment", pk=moment.pk)
    form = None
    if actor.bound or moment.asked_by_id == actor.id:
        form = whom_form(request)
        if form.is_bound and not form.looking and form.is_valid():
            return name_it(request, moment, form)
        form = form.put_back() if form.looking else form
    person = shown_person(moment, actor)
    journal.read("support.moment_read", moment, by=actor, subject=person.pk if person else None)
    context = {
        "moment": moment,
        "person": person,
        "form": form,
        "teams": own_teams(request, moment),
    }
    return render(request, "support/moment.html", context)


def whom_form(request: Request) -> MomentWhomForm:
    naming = request.method == "POST" and ("q" in request.POST or "person" in request.POST)
    form = MomentWhomForm(
        request.POST if naming else None, actor=request.actor, on=timezone.localdate()
    )
    note_search(request, form)
    return form


def name_it(request: Request, moment: MomentApart, form: MomentWhomForm) -> HttpResponse:
    actions.name_moment(moment, form.cleaned_data["person"], by=request.actor)
    if request.actor.bound:
        messages.success(request, _("Kept under secrecy."))
    else:
        text = _("Handed over under secrecy. You will not read it again here.")
        messages.success(request, text)
    return redirect("support:moment", pk=moment.pk)


def own_teams(request: Request, moment: MomentApart) -> list[Team]:
    """For whoever works in several teams: those that could be asked instead."""
    actor = request.actor
    if moment.asked_by_id != actor.id or len(actor.teams) < 2:
        return []
    return [team for team in Team.objects.filter(pk__in=actor.teams) if team != moment.team]


def take(request: Request, moment: MomentApart) -> None:
    moment = actions.take_moment(moment, by=request.actor)
    if moment.taken_by_id == request.actor.id:
        messages.success(request, _("You take over."))
    elif moment.taken_by and moment.taken_at:
        told = {"name": moment.taken_by.name, "hour": hour(moment.taken_at)}
        messages.info(request, _("%(name)s took over at %(hour)s.") % told)


def give_back(request: Request, moment: MomentApart) -> None:
    actions.give_moment_back(moment, by=request.actor)
    messages.success(request, _("Given back: the team sees that it waits."))


def end(request: Request, moment: MomentApart) -> None:
    actions.end_moment(moment, by=request.actor)
    messages.success(request, _("Noted: it has taken place."))


def reopen(request: Request, moment: MomentApart) -> None:
    actions.reopen_moment(moment, by=request.actor)
    messages.success(request, _("Open again."))


def move(request: Request, moment: MomentApart) -> None:
    chosen = request.POST.get("team", "")
    teams = {str(team.pk): team for team in own_teams(request, moment)}
    access.require(chosen in teams)
    actions.move_moment(moment, teams[chosen], by=request.actor)
    messages.success(request, _("Asked of the team %(team)s.") % {"team": teams[chosen].name})


GESTURES = {"take": take, "give_back": give_back, "end": end, "reopen": reopen, "move": move}
