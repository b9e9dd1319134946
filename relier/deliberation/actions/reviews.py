"""The day of a trial comes: its question is asked again, as a new round with cards and voices of
its own. Nothing of the rounds before changes: their results, proposals and decisions stay.

It comes by itself, with the daily round. A question that is over may also be asked again by hand.
"""

from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.deliberation import access
from relier.deliberation.models import Decision, PastRound, Question
from relier.journal import actions as journal

from . import places
from .releases import is_over, release_if_due

# How long a question that is asked again by itself stays open: time to print cards and to meet. Its
# last day may be moved later.
THREE_WEEKS = timedelta(days=21)


def reopen_due(*, on: date, by: Actor) -> int:
    """For the daily round: of each trial whose day has come. Done again, it does nothing. How
    many."""
    due = Decision.objects.due(on=on).select_related("question")
    return sum(reopen(decision, on=on, by=by) for decision in due)


def reopen(decision: Decision, *, on: date, by: Actor) -> bool:
    """Whether it was due, and is no more. The figures of the round that ends are made first: no
    page makes those of a round that is past."""
    if is_over(decision.question):
        release_if_due(decision.question)
    return _reopen(decision.pk, on=on, by=by)


@transaction.atomic
def _reopen(pk: UUID, *, on: date, by: Actor) -> bool:
    question = _held(Decision.objects.values_list("question", flat=True).get(pk=pk))
    decision = Decision.objects.due(on=on).filter(pk=pk).first()
    if decision is None:
        return False  # another process came first
    # Asked again already for another trial, and not decided since: this one is looked at with it.
    if Decision.objects.of(question).exists():
        _ask_again(question, on + THREE_WEEKS, on=on)
    decision.reopened_on, decision.reopened_as = on, question.round
    decision.save(update_fields=["reopened_on", "reopened_as"])
    journal.record(
        "deliberation.trial_reviewed", decision, by=by, centre=question.centre_id,
        round=question.round,
    )  # fmt: skip
    return True


def ask_again(question: Question, until: date, *, by: Actor) -> Question:
    """By whoever runs it, once it is over."""
    access.require(access.may_run(by, question))
    latest = Question.objects.get(pk=question.pk)
    if is_over(latest):
        release_if_due(latest)
    return _ask_again_by_hand(question.pk, question.round, until, by=by)


@transaction.atomic
def _ask_again_by_hand(pk: UUID, seen: int, until: date, *, by: Actor) -> Question:
    """`seen`: the round that the page showed; asked again meanwhile, it is that one."""
    question = _held(pk)
    if question.round != seen:
        return question
    if not is_over(question):
        raise ValidationError(_("It is not over: it can stay open for longer."))
    if until < timezone.localdate():
        raise ValidationError(_("This day is past."))
    _ask_again(question, until, on=timezone.localdate())
    journal.record("deliberation.asked_again", question, by=by, round=question.round)
    return question


def _ask_again(question: Question, until: date, *, on: date) -> None:
    """Where people accompanied spoke first, they do again, for as long."""
    opened_on = question.opened_on or on
    closed_on = question.closed_on or question.closes_on
    PastRound.objects.create(
        question=question, round=question.round, opened_on=opened_on, closed_on=closed_on
    )
    places.forget(question)
    first = question.accompanied_first_until
    if first is not None:
        first = min(on + max(first - opened_on, timedelta(0)), until - timedelta(days=1))
    question.accompanied_first_until = first if first and first >= on else None
    question.round += 1
    question.opened_on, question.closed_on, question.closes_on = on, None, until
    question.save(
        update_fields=["round", "opened_on", "closed_on", "closes_on", "accompanied_first_until"]
    )


def _held(pk: UUID) -> Question:
    return Question.objects.select_for_update(of=("self",)).get(pk=pk)
