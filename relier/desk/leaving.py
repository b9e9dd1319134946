"""What someone left behind: whom they followed, whom they were to meet, what they had taken over.

For the coordinator, who reads no file: names, days and teams. What they wrote stays signed with
their name and needs nobody. A procedure belongs to the person, not to a worker: it goes with
whoever follows them, and is not even counted here (docs/walls.md, 1).
"""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.centres import access
from relier.centres.access import COUNTER, WORKERS
from relier.centres.http import Request
from relier.centres.models import Member, Team
from relier.journal import actions as journal
from relier.people import actions as people
from relier.people.models import Following
from relier.support.actions import interventions, reception, requests
from relier.support.models import Appointment, HelpRequest, MomentApart

# As many of each kind on one page: what is handed on leaves it, and the next ones come.
A_PAGE = 50


@dataclass
class Left:
    """What waits to be handed on; each row has its `choices` (members or teams)."""

    followings: list[Following] = field(default_factory=list)
    of_closed_teams: list[Following] = field(default_factory=list)
    appointments: list[Appointment] = field(default_factory=list)
    requests: list[HelpRequest] = field(default_factory=list)
    moments: list[MomentApart] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        lists = (self.followings, self.of_closed_teams, self.appointments)
        return not any((*lists, self.requests, self.moments))


def gone(who: str) -> Q:
    """Rows whose member no longer enters here."""
    return Q(**{f"{who}__left_on__isnull": False}) | Q(**{f"{who}__user__is_active": False})


def open_followings(actor: Actor) -> Any:
    """Of the files that are shown; those merged into them follow."""
    rows = Following.objects.open().filter(centre=actor.centre, person__root=F("person"))
    return rows.select_related("person", "team", "worker__user").order_by("started_on", "pk")


def left_by(actor: Actor) -> Left:
    """In a constant number of queries, whatever was left."""
    today = timezone.localdate()
    followings = open_followings(actor)
    appointments = Appointment.objects.filter(gone("with_member"), centre=actor.centre)
    waiting = HelpRequest.objects.open().filter(gone("followed_by"), centre=actor.centre)
    moments = MomentApart.objects.open().filter(gone("taken_by"), centre=actor.centre)
    return Left(
        followings=list(followings.filter(gone("worker"), team__closed_on=None)[:A_PAGE]),
        of_closed_teams=list(followings.filter(team__closed_on__isnull=False)[:A_PAGE]),
        appointments=list(appointments.to_come(on=today).with_names()[:A_PAGE]),
        requests=list(waiting.select_related("person__root", "followed_by__user")[:A_PAGE]),
        moments=list(moments.select_related("taken_by__user")[:A_PAGE]),
    )


def colleagues(actor: Actor) -> list[Member]:
    """Everyone who may receive someone, with their teams."""
    members = Member.objects.active().of_centre(actor.centre).filter(role__in=WORKERS | COUNTER)
    return list(members.select_related("user").prefetch_related("teams"))


def left(request: Request) -> HttpResponse:
    actor = request.actor
    access.require(access.may_steer(actor))
    if request.method == "POST":
        hand_on(request)
        return redirect("left")
    found = left_by(actor)
    members = colleagues(actor)
    teams = Team.objects.open().filter(centre=actor.centre)
    shown = [row.person_id for row in (*found.followings, *found.of_closed_teams)]
    journal.read_list("desk.left", by=actor, shown=shown)
    context = {
        "left": found,
        "followings": [(row, in_team(members, row.team_id)) for row in found.followings],
        "members": members,
        "teams": list(teams),
    }
    return render(request, "desk/left.html", context)


def in_team(members: list[Member], team: int) -> list[Member]:
    return [member for member in members if any(one.pk == team for one in member.teams.all())]


def hand_on(request: Request) -> None:
    """One row, in one gesture. What is no longer there was handed on by someone else."""
    deed = HANDING.get(request.POST.get("what", ""), nothing)
    try:
        deed(request.actor, request.POST.get("pk", ""), request.POST.get("to", ""))
    except (ValidationError, people.ChangedMeanwhile, requests.Overtaken):
        messages.warning(request, _("Nothing was changed. Look again."))
    else:
        messages.success(request, _("Handed on."))


def hand_following(actor: Actor, pk: str, to: str) -> None:
    following = one_of(open_followings(actor).filter(gone("worker")), pk)
    worker = one_of(Member.objects.of_centre(actor.centre), to) if to else None
    people.set_worker(following, worker=worker, by=actor)


def hand_to_team(actor: Actor, pk: str, to: str) -> None:
    following = one_of(open_followings(actor).filter(team__closed_on__isnull=False), pk)
    team = one_of(Team.objects.open().filter(centre=actor.centre), to)
    people.hand_to_team(following, team=team, by=actor)


def hand_appointment(actor: Actor, pk: str, to: str) -> None:
    met = one_of(Appointment.objects.visible_to(actor).filter(gone("with_member")), pk)
    member = one_of(Member.objects.of_centre(actor.centre).active(), to)
    reception.change_appointment(
        met, typed={"with_member": member.pk}, shown={"with_member": met.with_member_id}, by=actor
    )


def let_request_wait(actor: Actor, pk: str, _to: str) -> None:
    rows = HelpRequest.objects.open().filter(gone("followed_by"), centre=actor.centre)
    requests.let_wait(one_of(rows, pk), by=actor)


def give_back_moment(actor: Actor, pk: str, _to: str) -> None:
    rows = MomentApart.objects.open().filter(gone("taken_by"), centre=actor.centre)
    interventions.give_moment_back(one_of(rows, pk), by=actor)


def nothing(_actor: Actor, _pk: str, _to: str) -> None:
    raise ValidationError("There is no such gesture.")


HANDING = {
    "following": hand_following,
    "team": hand_to_team,
    "appointment": hand_appointment,
    "request": let_request_wait,
    "moment": give_back_moment,
}


def one_of(rows: Any, pk: str) -> Any:
    """The row of this key, or nothing is there: a key that is no key finds nothing either."""
    try:
        return access.one_or_404(rows, pk=rows.model._meta.pk.to_python(pk))
    except ValidationError:
        raise access.Refused from None
