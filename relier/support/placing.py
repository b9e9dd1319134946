"""To which team and to which worker a request may go.

Someone followed already: to the teams that follow them, and nobody else reads what they ask.
Someone whom nobody follows, or not known yet: to any team of the centre. The coordinator, who
decides who follows whom, may choose any team for anyone (docs/walls.md, steering).
"""

from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from relier.accounts.actors import Actor
from relier.centres.access import STEERING, WORKERS, may_steer
from relier.centres.models import Member, Team
from relier.people.access import working_in
from relier.people.models import Following, Person

from .models import HelpRequest


@dataclass
class Places:
    """The teams that may receive a request, and the workers in them (`teams` and
    `replacements` prefetched)."""

    teams: list[Team]
    workers: list[Member]
    followings: list[Following] = field(default_factory=list)

    def usual_team(self, actor: Actor) -> Team | None:
        """The author's own team among them, else the only one there is."""
        own = [team for team in self.teams if team.pk in actor.teams]
        if own:
            return own[0]
        return self.teams[0] if len(self.teams) == 1 or self.followings else None

    def usual_worker(self, actor: Actor) -> Member | None:
        """The person's own worker; else the author, if receiving people is their work."""
        theirs = {following.worker_id for following in self.followings}
        if actor.role in WORKERS and not theirs - {None}:
            theirs = {actor.id}
        return next((worker for worker in self.workers if worker.pk in theirs), None)

    def teams_of(self, worker: Member) -> list[Team]:
        """The teams of a worker that may receive the request."""
        own = {team.pk for team in worker.teams.all()}
        today = timezone.localdate()
        own |= {row.team_id for row in worker.replacements.all() if row.stands(on=today)}
        return [team for team in self.teams if team.pk in own]


def places(actor: Actor, person: Person | None = None) -> Places:
    """Five queries, however many teams and members."""
    followings = list(open_followings(person)) if person else []
    teams = list(Team.objects.open().filter(centre=actor.centre).order_by("name", "pk"))
    if followings and not may_steer(actor):
        following = {row.team_id for row in followings}
        teams = [team for team in teams if team.pk in following]
    return Places(teams, list(workers(actor.centre, teams)), followings)


def readers(actor: Actor, request: HelpRequest) -> Places:
    """Among whom a request may pass from hand to hand: those who read it today."""
    followings = list(open_followings(request.person)) if request.person else []
    teams = {row.team_id: row.team for row in followings}
    if request.person is None and request.team:
        teams[request.team.pk] = request.team
    in_order = sorted(teams.values(), key=lambda team: (team.name, team.pk))
    return Places(in_order, list(workers(actor.centre, in_order)), followings)


def open_followings(person: Person) -> QuerySet[Following]:
    return (
        Following.objects.open()
        .filter(person=person.root_id)
        .select_related("team", "worker__user")
    )


def workers(centre: UUID | None, teams: list[Team]) -> QuerySet[Member]:
    """Those of these teams whose work it is to receive people."""
    return (
        working_in(team.pk for team in teams)
        .of_centre(centre)
        .filter(role__in=WORKERS | STEERING)
        .select_related("user")
        .prefetch_related("teams", "replacements")
        .order_by("user__name", "pk")
    )


def people_waiting(actor: Actor) -> QuerySet[Person]:
    """People of the centre who have no worker today, those who wait longest first."""
    having_one = Following.objects.open().filter(
        person=OuterRef("pk"), worker__left_on=None, worker__isnull=False
    )
    people = Person.objects.named_to(actor).roots().filter(~Exists(having_one))
    return people.with_teams().order_by("created_at", "pk")
