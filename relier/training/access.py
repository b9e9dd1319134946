"""Who may do what in training (docs/walls.md, Training). What a member may see stands with each
table, in its `visible_to`; here is what they may write."""

from collections.abc import Iterable

from relier.accounts.actors import Actor
from relier.centres.access import (
    STEERING,
    WORKERS,
    Refused,
    is_member,
    may_set,
    may_steer,
    one_or_404,
    require,
)
from relier.centres.models import Team
from relier.people.access import may_open_file, may_see
from relier.people.models import Person

from .models import Enrolment, Session

__all__ = [
    "Refused",
    "is_member",
    "may_enrol",
    "may_open_file",
    "may_run",
    "may_see",
    "may_see_grounds",
    "may_set",
    "may_steer",
    "may_take_presence",
    "may_write_hours",
    "one_or_404",
    "require",
    "trains",
]

# Those who train and accompany, and who answers for the hours.
TRAINING = WORKERS | STEERING


def trains(actor: Actor | None) -> bool:
    return bool(actor and actor.in_a_centre and actor.role in TRAINING)


def may_run(actor: Actor | None, team: Team) -> bool:
    """Plan sessions and workshops of a team: its members, and the coordinator."""
    if not actor or not actor.in_a_centre or team.centre_id != actor.centre:
        return False
    return may_steer(actor) or (trains(actor) and team.pk in actor.teams)


def may_enrol(actor: Actor | None, person: Person) -> bool:
    """Whoever reads the hours of this person once they have some: the team that follows, and the
    coordinator."""
    if not actor or not actor.in_a_centre or person.centre_id != actor.centre:
        return False
    return may_steer(actor) or (trains(actor) and may_open_file(actor, person))


def may_write_hours(actor: Actor | None, enrolment: Enrolment) -> bool:
    """Whoever reads them: an absence, a contract, an ending."""
    return trains(actor) and may_see(actor, enrolment)


def may_see_grounds(actor: Actor | None) -> bool:
    """On which ground hours are assimilated: those bound, of whom they follow; the coordinator."""
    return bool(actor and actor.in_a_centre and (actor.bound or may_steer(actor)))


def may_take_presence(actor: Actor | None, session: Session, people: Iterable[Person]) -> bool:
    """Of a session of one's own team, of people within reach; any session, for the coordinator, or
    an absence of the trainer would leave a list untaken. Two queries at most."""
    if not may_run(actor, session.team):
        return False
    asked = {person.pk for person in people}
    near = Person.objects.filter(pk__in=asked)
    near = near.named_to(actor) if may_steer(actor) else near.followed_by(actor)
    return set(near.values_list("pk", flat=True)) == asked
