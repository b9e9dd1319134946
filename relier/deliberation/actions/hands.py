"""A show of hands, entered by whoever runs the question: counts only.

A new count replaces those that its author had before their eyes, and stays beside one that a
colleague entered meanwhile: both are then shown, until someone counts again. Nothing is erased.
"""

from datetime import date
from typing import NamedTuple
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.centres.models import Member
from relier.deliberation import access
from relier.deliberation.models import Question, ShowOfHands, Statement
from relier.deliberation.rules import hands as rules
from relier.journal import actions as journal


class Count(NamedTuple):
    """Of one statement, in a room of `present` people."""

    statement: Statement
    present: int
    agree: int
    disagree: int
    unsure: int


@transaction.atomic
def count_hands(
    question: Question, counts: list[Count], *, on: date, seen: int, form_key: UUID, by: Actor
) -> list[ShowOfHands]:
    """All of them, or none. `seen`: the last count that the page showed. What is sent twice, and
    what says the same as a count of that day that stands, is kept once. Raises ValidationError."""
    access.require(access.may_run(by, question))
    question = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    if question.is_prepared:
        raise ValidationError(_("Open the question first."))
    if on > timezone.localdate():
        raise ValidationError(_("This day has not come."))
    kept = [_kept(question, one, on=on, seen=seen, form_key=form_key, by=by) for one in counts]
    made = [row for row, is_new in kept if is_new]
    if made:
        journal.record("deliberation.hands_counted", question, by=by, count=len(made))
    return [row for row, _is_new in kept]


def _kept(
    question: Question, one: Count, *, on: date, seen: int, form_key: UUID, by: Actor
) -> tuple[ShowOfHands, bool]:
    """The row that says this, and whether it is new."""
    _refuse_wrong(one)
    if one.statement.question_id != question.pk or one.statement.number is None:
        raise ValidationError(_("This statement is not put to the vote."))
    numbers = {name: getattr(one, name) for name in ("present", *rules.NAMES)}
    key = uuid5(form_key, f"{one.statement.pk} {sorted(numbers.items())}")
    of_statement = ShowOfHands.objects.of(question).filter(statement=one.statement)
    standing = of_statement.standing()
    known = of_statement.filter(form_key=key).first() or standing.filter(on=on, **numbers).first()
    if known is not None:
        return known, False
    before = list(
        standing.filter(Q(pk__lte=seen) | Q(entered_by=by.id)).values_list("pk", flat=True)
    )
    row = ShowOfHands(
        question=question, round=question.round, statement=one.statement, on=on,
        entered_by=Member.objects.get(pk=by.id), form_key=key, **numbers,
    )  # fmt: skip
    row.full_clean()
    row.save()
    of_statement.filter(pk__in=before).update(replaced_by=row)
    return row, True


def _refuse_wrong(one: Count) -> None:
    said = {name: getattr(one, name) for name in ("present", *rules.NAMES)}
    why = rules.wrong(**said)
    if why == "few":
        raise ValidationError(
            _("Fewer than five hands are not written down: everybody would know whose they are.")
        )
    if why == "more":
        raise ValidationError(_("There are more hands than people in the room."))


@transaction.atomic
def take_back(row: ShowOfHands, *, by: Actor) -> ShowOfHands:
    """A count of the wrong statement: it stands no more, and stays in sight."""
    access.require(access.may_run(by, row.question))
    row = ShowOfHands.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if not row.is_taken_back and row.replaced_by_id is None:
        row.is_taken_back = True
        row.save(update_fields=["is_taken_back"])
        journal.record("deliberation.hands_taken_back", row.question, by=by)
    return row
