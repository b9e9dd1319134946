"""Who follows a person: teams, and in each the worker."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from relier.centres.http import Request
from relier.centres.models import Team
from relier.people import access, actions
from relier.people.doors import steering_page
from relier.people.forms.followings import TeamForm, WorkerForm
from relier.people.models import Following, Person


@steering_page
def following_edit(request: Request, person: Person) -> HttpResponse:
    rows = list(
        Following.objects.open()
        .filter(person=person)
        .select_related("team", "worker__user", "person")
    )
    deed = request.POST.get("deed", "")
    chosen = next((row for row in rows if str(row.pk) == request.POST.get("following")), None)
    if deed == "add":
        return _add(request, person) or _page(request, person, rows)
    if chosen is not None and access.may_manage_following(request.actor, chosen):
        if deed == "worker":
            return _set_worker(request, person, chosen)
        if deed == "stop":
            return _stop(request, person, chosen)
    return _page(request, person, rows)


def _page(request: Request, person: Person, rows: list[Following]) -> HttpResponse:
    actor = request.actor
    teams = access.teams_to_give(actor, person)
    context = {
        "person": person,
        "rows": [
            (row, WorkerForm(prefix=f"w{row.pk}", following=row))
            if access.may_manage_following(actor, row)
            else (row, None)
            for row in rows
        ],
        "team_form": TeamForm(prefix="team", teams=teams) if teams else None,
        "earlier": Following.objects.filter(person=person, ended_on__isnull=False).select_related(
            "team"
        ),
        "steers": access.may_steer(actor),
    }
    return render(request, "people/following.html", context)


def _add(request: Request, person: Person) -> HttpResponse | None:
    teams = access.teams_to_give(request.actor, person)
    form = TeamForm(request.POST, prefix="team", teams=teams)
    if not form.is_valid():
        return None
    team: Team = form.cleaned_data["team"]
    actions.follow(person, team=team, by=request.actor)
    words = {"team": team.name, "name": person.name}
    messages.success(request, _("%(team)s follows %(name)s from today.") % words)
    return redirect("people:following", pk=person.pk)


def _set_worker(request: Request, person: Person, following: Following) -> HttpResponse:
    form = WorkerForm(request.POST, prefix=f"w{following.pk}", following=following)
    if form.is_valid():
        worker = form.cleaned_data["worker"]
        try:
            actions.set_worker(
                following, worker=worker, shown=form.cleaned_data["shown"], by=request.actor
            )
        except actions.ChangedMeanwhile as found:
            now = found.now["worker"]
            words = {"name": now.name if now else _("nobody")}
            messages.warning(
                request,
                _("Nothing was changed: someone chose meanwhile. Their worker is now: %(name)s.")
                % words,
            )
        except ValidationError as found:
            messages.error(request, " ".join(found.messages))
        else:
            messages.success(request, _("Kept."))
    else:
        messages.error(request, _("This worker is no longer in the team. Nothing was changed."))
    return redirect("people:following", pk=person.pk)


def _stop(request: Request, person: Person, following: Following) -> HttpResponse:
    """Asked first, in words: who stops following no longer opens the file."""
    actor = request.actor
    own = access.own_teams_following(actor, person)
    leaves = own == {following.team_id} and not access.may_steer(actor)
    if "sure" not in request.POST:
        words = {"team": following.team.name, "name": person.call_name}
        context = {
            "heading": _("%(team)s no longer follows %(name)s?") % words,
            "back_url": reverse("people:following", args=[person.pk]),
            "following": following,
            "closes": own == {following.team_id},
            "last": Following.objects.open().filter(person=person).count() == 1,
        }
        return render(request, "people/following_stop.html", context)
    actions.stop_following(following, by=actor)
    words = {"team": following.team.name, "name": person.name}
    messages.success(request, _("%(team)s no longer follows %(name)s.") % words)
    if leaves:
        return redirect("people:list")
    return redirect("people:following", pk=person.pk)
