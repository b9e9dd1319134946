"""Who may do what in the daily work (docs/walls.md). What a member may see stands with each
table, in its `visible_to`; here is what they may write."""

from django.db.models import Model

from relier.accounts.actors import Actor
from relier.centres.access import is_member, require
from relier.people.models import Person

__all__ = ["is_member", "may_open_to_team", "may_see", "may_write_about", "require"]


def may_write_about(actor: Actor | None, person: Person) -> bool:
    """Content is written by the team that follows the person today."""
    return Person.objects.followed_by(actor).filter(pk=person.pk).exists()


def may_see(actor: Actor | None, row: Model) -> bool:
    """Whether this member reads this row now: asked again at each deed, for walls move."""
    return type(row)._default_manager.visible_to(actor).filter(pk=row.pk).exists()  # type: ignore[attr-defined]


def may_open_to_team(actor: Actor, row: Model) -> bool:
    """Only those bound lift a secrecy; closing it again is for whoever sees it."""
    return actor.bound and may_see(actor, row)
