"""Who may do what with practical sheets (docs/walls.md): every member of the centre reads, writes
and revises them."""

from relier.accounts.actors import Actor
from relier.centres.access import Refused, is_member, one_or_404, require

from .models import Resource

__all__ = ["Refused", "is_member", "may_revise", "one_or_404", "require"]


def may_revise(actor: Actor | None, resource: Resource) -> bool:
    return bool(is_member(actor) and actor and resource.centre_id == actor.centre)
