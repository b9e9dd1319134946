"""Who may do what in the daily work (docs/walls.md). What a member may see stands with each
table, in its `visible_to`; here is what they may write."""

from django.db.models import Model

from relier.accounts.actors import Actor
from relier.centres.access import (
    Refused,
    is_member,
    may_see_counter,
    may_set,
    may_steer,
    may_write_names,
    one_or_404,
    require,
)
from relier.centres.models import Centre, Team
from relier.people.access import (
    is_their_own,
    may_give_to_team,
    may_open_file,
    may_open_with_reason,
    may_see,
    may_see_reach,
)
from relier.people.models import Following, Person

from .models import Appointment, Mandate

__all__ = [
    "Refused",
    "is_member",
    "may_begin_following",
    "may_keep_register",
    "may_open_file",
    "may_open_to_team",
    "may_open_with_reason",
    "may_revoke",
    "may_see",
    "may_see_counter",
    "may_set",
    "may_steer",
    "may_write_appointment",
    "may_write_at_counter",
    "may_write_names",
    "one_or_404",
    "require",
]


def may_open_to_team(actor: Actor, row: Model) -> bool:
    """Only those bound lift a secrecy; closing it again is for whoever sees it."""
    return actor.bound and may_see(actor, row)


def may_revoke(actor: Actor | None, mandate: Mandate) -> bool:
    """The person, their own mandates and no others; whoever sees it, for them."""
    return is_their_own(actor, mandate.person_id) or may_see(actor, mandate)


def may_keep_register(actor: Actor | None) -> bool:
    """The register of BCSS consultations: members bound by secrecy, in a CPAS. Other centres have
    no access to the BCSS, and no page about it."""
    if not actor or not actor.in_a_centre or not actor.bound:
        return False
    return Centre.objects.filter(pk=actor.own_centre, kind=Centre.Kind.CPAS).exists()


def may_write_at_counter(actor: Actor | None, person: Person) -> bool:
    """An appointment, something late: everyone but administrators, of whom they may say it."""
    return may_write_names(actor) and may_see_reach(actor, person)


def may_write_appointment(actor: Actor | None, appointment: Appointment) -> bool:
    """As at the counter; and one's own, also before a team follows the person."""
    if actor and appointment.with_member_id == actor.id and appointment.centre_id == actor.centre:
        return may_write_names(actor)
    return may_write_at_counter(actor, appointment.person)


def may_begin_following(actor: Actor | None, person: Person, team: Team) -> bool:
    """Whether a request may bring someone to a team. Nothing is known yet of someone whom nobody
    has ever followed: whoever takes the request says for which team. Later, those who steer."""
    if not may_write_names(actor) or team.centre_id != person.centre_id:
        return False
    never = not Following.objects.filter(person__in=person.file_ids).exists()
    return never or may_give_to_team(actor, person, team)
