"""Who may do what with threads (docs/walls.md): every member of the centre of the problem reads it
and ties."""

from relier.accounts.actors import Actor
from relier.centres.access import Refused, is_member, one_or_404, require
from relier.deliberation.access import may_prepare
from relier.inquiry.models import Problem

__all__ = ["Refused", "may_prepare", "may_tie", "one_or_404", "require"]


def may_tie(actor: Actor | None, problem: Problem) -> bool:
    return bool(is_member(actor) and actor and problem.centre_id == actor.centre)
