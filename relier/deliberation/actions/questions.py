"""Preparing a question, opening it, giving it more days, closing it.

Once it is open, nothing of what was announced changes but its last day, which only moves later:
whoever answered knew what they answered to.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.centres.models import Member
from relier.deliberation import access
from relier.deliberation.models import Question
from relier.journal import actions as journal
from relier.journal.once import once

# What is said of it while it is prepared.
SAID = (
    "words", "context", "invited", "team", "group", "accompanied_first_until", "closes_on", "rule",
    "quorum", "share", "languages",
)  # fmt: skip
FEWEST_STATEMENTS = 1


@transaction.atomic
def prepare(said: Mapping[str, Any], *, form_key: UUID | None = None, by: Actor) -> Question:
    """A question of one's centre, read by nobody else until it is opened."""
    access.require(access.may_prepare(by))

    def keep(key: UUID) -> Question:
        question = Question(
            centre_id=by.own_centre,
            facilitator=Member.objects.get(pk=by.id),
            form_key=key,
            **{name: said[name] for name in SAID if name in said},
        )
        question.full_clean(exclude=["form_key"])
        question.save()
        journal.record("deliberation.question_prepared", question, by=by)
        return question

    own = Question.objects.filter(centre=by.centre, facilitator=by.id)
    return once(own, form_key, keep, said={"words": said["words"]})


@transaction.atomic
def change(question: Question, said: Mapping[str, Any], *, by: Actor) -> Question:
    """While it is prepared. Opened meanwhile by a colleague, it no longer changes."""
    question = _held(question, by=by)
    if not question.is_prepared:
        raise ValidationError(_("It is open: what was announced does not change."))
    changed = sorted(
        name for name in SAID if name in said and getattr(question, name) != said[name]
    )
    if changed:
        for name in changed:
            setattr(question, name, said[name])
        question.full_clean()
        question.save(update_fields=changed)
        journal.record("deliberation.question_changed", question, by=by, fields=changed)
    return question


@transaction.atomic
def open_question(question: Question, *, by: Actor) -> Question:
    """From now on it is answered. It has something to answer, and a day to come."""
    question = _held(question, by=by)
    if not question.is_prepared:
        return question
    if question.closes_on < timezone.localdate():
        raise ValidationError(_("Its last day is past: choose another one first."))
    if question.statements.shown().count() < FEWEST_STATEMENTS:
        raise ValidationError(_("Write at least one statement before it opens."))
    question.opened_on = timezone.localdate()
    question.save(update_fields=["opened_on"])
    journal.record("deliberation.question_opened", question, by=by)
    return question


@transaction.atomic
def prolong(question: Question, until: date, *, by: Actor) -> Question:
    """A later last day, and never an earlier one: someone may count on the day that was said."""
    question = _held(question, by=by)
    if question.is_prepared or question.closed_on:
        raise ValidationError(_("Only a question that is open stays open for longer."))
    if question.closes_on < timezone.localdate():
        # Its figures of the end may have been seen: one voice more would be read in them.
        raise ValidationError(_("Its last day is past: ask it again, with new cards."))
    if until < question.closes_on:
        raise ValidationError(_("The last day may only move later."))
    if until != question.closes_on:
        question.closes_on = until
        question.save(update_fields=["closes_on"])
        journal.record("deliberation.question_prolonged", question, by=by)
    return question


@transaction.atomic
def close(question: Question, *, by: Actor) -> Question:
    """No voice is taken any more. What was said is counted to the end by whoever looks next
    (`actions.releases`)."""
    question = _held(question, by=by)
    if question.opened_on and not question.closed_on:
        question.closed_on = timezone.localdate()
        question.save(update_fields=["closed_on"])
        journal.record("deliberation.question_closed", question, by=by)
    return question


def _held(question: Question, *, by: Actor) -> Question:
    """The row as it stands, held until the end of the transaction."""
    access.require(access.may_run(by, question))
    return Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
