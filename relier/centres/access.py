"""Who may do what, as plain questions about an `Actor`. docs/walls.md is the reference."""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404

from relier.accounts.actors import Actor

from .models import Member, Slip

Row = TypeVar("Row", bound=Model)

WORKERS = frozenset({Member.Role.SOCIAL_WORKER, Member.Role.TRAINER})
COUNTER = frozenset({Member.Role.RECEPTION, Member.Role.COORDINATOR})
STEERING = frozenset({Member.Role.COORDINATOR})
SETTINGS = frozenset({Member.Role.COORDINATOR, Member.Role.ADMINISTRATOR})
# Who may write a name, a request or an appointment: everyone but administrators.
WRITERS = WORKERS | COUNTER


class Refused(Http404):
    """Asked for something that is not theirs. Seen from outside: nothing is there (404)."""


def require(allowed: bool) -> None:
    if not allowed:
        raise Refused


def one_or_404(rows: QuerySet[Row], **lookup: object) -> Row:
    """The one row of a queryset already limited to what its reader may see."""
    found = rows.filter(**lookup).first()
    if found is None:
        raise Refused
    return found


def is_member(actor: Actor | None) -> bool:
    return bool(actor and actor.in_a_centre)


def may_write_names(actor: Actor | None) -> bool:
    return bool(actor and actor.in_a_centre and actor.role in WRITERS)


def may_see_counter(actor: Actor | None) -> bool:
    return bool(actor and actor.in_a_centre and actor.role in COUNTER)


def may_steer(actor: Actor | None) -> bool:
    return bool(actor and actor.in_a_centre and actor.role in STEERING)


def may_set(actor: Actor | None) -> bool:
    return bool(actor and actor.in_a_centre and actor.role in SETTINGS)


def may_read_journal(actor: Actor | None) -> bool:
    """Who read and did what, about whom: for the data protection officer of the centre only."""
    return bool(actor and actor.in_a_centre and actor.officer)


def may_make_slip(actor: Actor | None, member: Member, what: str) -> bool:
    """Never for oneself. An invitation, for whoever never came in; the others, for someone who
    belongs to this centre alone: another centre's member is not ours to let in."""
    if not (
        may_set(actor) and actor and member.centre_id == actor.centre and member.pk != actor.id
    ):
        return False
    if what == Slip.What.INVITATION:
        return member.user.last_login is None
    here = Member.objects.active().filter(user=member.user)
    return what in Slip.What.values and not here.exclude(pk=member.pk).exists()
