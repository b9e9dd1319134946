"""Who may do what in inquiry (docs/walls.md). Every member of the centre reads testimonies and
problems, gives and writes them; a draft is its author's alone."""

from relier.accounts.actors import Actor
from relier.centres.access import Refused, is_member, one_or_404, require

from .models import Draft, Problem, Testimony

__all__ = [
    "Refused",
    "is_member",
    "may_found",
    "may_give",
    "may_write",
    "one_or_404",
    "require",
    "signed",
]


def may_give(actor: Actor | None, draft: Draft) -> bool:
    return bool(is_member(actor) and actor and draft.author_id == actor.id)


def may_write(actor: Actor | None, problem: Problem) -> bool:
    """Rewrite it, link it: any member of its centre."""
    return bool(is_member(actor) and actor and problem.centre_id == actor.centre)


def may_found(actor: Actor | None, problem: Problem, testimony: Testimony) -> bool:
    same_centre = problem.centre_id == testimony.centre_id
    return may_write(actor, problem) and same_centre and not testimony.is_withdrawn


def signed(actor: Actor | None, testimony: Testimony) -> bool:
    """Whether this member gave it, and signed it."""
    return bool(is_member(actor) and actor and testimony.signed_by_id == actor.id)
