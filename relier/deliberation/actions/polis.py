"""A question that was asked and answered elsewhere, with Polis, brought here closed.

Its votes become ballots of nobody, without kind, in a drawn order; its result goes through the same
releases as any question that is closed.
"""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from relier.accounts.actors import Actor
from relier.centres.models import Member
from relier.deliberation import access
from relier.deliberation.models import Ballot, Question, Refusal, Statement
from relier.deliberation.models.cards import drawn_key
from relier.deliberation.models.questions import LONGEST_QUESTION
from relier.deliberation.models.voices import LONGEST_RECEIPT
from relier.deliberation.rules.polis import Conversation
from relier.journal import actions as journal
from relier.journal.once import once

from .shuffling import CHANCE

AT_ONCE = 500


@transaction.atomic
def bring(
    found: Conversation, *, words: str, language: str, form_key: UUID | None = None, by: Actor
) -> Question:
    """`words`: the question, as it is read here; `language`: that of its statements."""
    access.require(access.may_prepare(by))
    member = Member.objects.get(pk=by.id)

    def keep(key: UUID) -> Question:
        today = timezone.localdate()
        question = Question(
            centre_id=by.own_centre, facilitator=member, words=words, rule=Question.Rule.CONSENT,
            invited=Question.Invited.CENTRE, closes_on=today, opened_on=today, closed_on=today,
            languages=[language], brought_from=found.address[:200] or "Polis", form_key=key,
        )  # fmt: skip
        question.full_clean(exclude=["form_key"])
        question.save()
        numbers = _statements(question, found, language, member)
        _ballots(question, found, numbers)
        journal.record("deliberation.question_brought", question, by=by, count=len(found.rows))
        return question

    own = Question.objects.filter(centre=by.centre, facilitator=by.id)
    return once(own, form_key, keep, said={"words": words})


def topic_of(found: Conversation) -> str:
    """The topic that Polis has, as long as a question may be here."""
    return found.topic[:LONGEST_QUESTION]


def _statements(
    question: Question, found: Conversation, language: str, member: Member
) -> dict[str, int]:
    """Those put to the vote there get a number here, in the order of theirs; the others stay, set
    aside. Name there -> number here."""
    numbers: dict[str, int] = {}
    rows = []
    for one in found.statements:
        state, number = Statement.State.REFUSED, None
        if one.is_shown:
            state, number = Statement.State.SHOWN, len(numbers) + 1
            numbers[one.name] = number
        rows.append(
            Statement(
                question=question,
                number=number,
                words=one.words,
                language=language,
                state=state,
                why="" if one.is_shown else Refusal.MODERATED,
                decided_by=member,
            )
        )
    Statement.objects.bulk_create(rows, batch_size=AT_ONCE)
    return numbers


def _ballots(question: Question, found: Conversation, numbers: dict[str, int]) -> None:
    rows = [
        {str(numbers[name]): said for name, said in row.items() if name in numbers}
        for row in found.rows
    ]
    ballots = [
        # A receipt that nobody holds: the table has one for each row.
        Ballot(
            question=question,
            round=question.round,
            kind="",
            answers=row,
            receipt=f"{drawn_key():016x}"[:LONGEST_RECEIPT],
        )
        for row in rows
        if row
    ]
    CHANCE.shuffle(ballots)
    Ballot.objects.bulk_create(ballots, batch_size=AT_ONCE)
