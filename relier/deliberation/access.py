"""Who may do what in deliberation (docs/walls.md). Every member of the centre reads a question, and
what may be told of its voices; those who accompany, train or coordinate prepare it and run it.

A voice has no rights to check here: a card or a tablet opens its pages (`door.py`), and no member
is ever asked for there.
"""

from relier.accounts.actors import Actor, Kind
from relier.centres.access import STEERING, WORKERS, Refused, one_or_404, require

from .models import Decision, Question, SwornCounter

__all__ = [
    "Refused",
    "is_counter",
    "is_reader",
    "may_name_counters",
    "may_prepare",
    "may_run",
    "may_tell",
    "one_or_404",
    "require",
]

PREPARING = WORKERS | STEERING


def is_reader(actor: Actor | None) -> bool:
    """Of questions: every member, of a centre or of the federation."""
    return bool(actor and actor.kind is Kind.MEMBER)


def may_prepare(actor: Actor | None) -> bool:
    return bool(actor and actor.in_a_centre and actor.role in PREPARING)


def may_run(actor: Actor | None, question: Question) -> bool:
    """Change it, open it, print its cards, close it: any colleague who could have prepared it, so
    that an absence of whoever facilitates leaves no question without an end."""
    return may_prepare(actor) and bool(actor) and question.centre_id == actor.centre  # type: ignore[union-attr]


def may_name_counters(actor: Actor | None, question: Question) -> bool:
    """Who coordinates the centre that asks."""
    return actor is not None and may_run(actor, question) and actor.role in STEERING


def is_counter(actor: Actor | None, question: Question) -> bool:
    """One of the two who were named for this round, as long as they are of the centre."""
    if not actor or not actor.in_a_centre or actor.centre != question.centre_id:
        return False
    return SwornCounter.objects.of(question).filter(member=actor.id).exists()


def may_tell(actor: Actor | None, decision: Decision) -> bool:
    """How far a decision is: whoever sees to it, and whoever could run its question."""
    is_owner = bool(actor and actor.in_a_centre and decision.owner_id == actor.id)
    return is_owner or may_run(actor, decision.question)
