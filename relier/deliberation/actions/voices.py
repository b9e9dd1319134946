"""Giving a voice, and a sentence. No author, no hour, no line of the journal.

Two that come at once come in turn: the question is held while one row is written.
"""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from relier.deliberation.models import (
    Ballot,
    KindOfVoice,
    Question,
    Sentence,
    Statement,
)
from relier.deliberation.rules import answers as rules
from relier.deliberation.tickets import Ticket

from . import places
from .shuffling import some_of, write_anew

MOST_SENTENCES = 2000


class NotNow(Exception):  # noqa: N818 — said as a sentence
    """The question takes no voice of this kind for now."""


class Nothing(Exception):  # noqa: N818 — said as a sentence
    """No answer was given: there is nothing to keep."""


class Flood(Exception):  # noqa: N818 — said as a sentence
    """So many sentences wait that another one would be read by nobody."""


def may_speak(question: Question, ticket: Ticket) -> bool:
    """Whether this kind of voice is taken today: people accompanied may meet first."""
    today = timezone.localdate()
    if question.round != ticket.round or not question.is_open(on=today):
        return False
    waits = question.is_first_for_accompanied(on=today)
    return not (waits and ticket.kind == KindOfVoice.WORKER)


@transaction.atomic
def give_voice(ticket: Ticket, given: Mapping[int, int]) -> Ballot:
    """Keep what someone answers, in the place of what the same card answered before; what is not
    answered again stays. Raises NotNow, Nothing."""
    question = _held(ticket)
    numbers = set(question.statements.shown().values_list("number", flat=True))
    said = rules.kept({one: answer for one, answer in given.items() if one in numbers})
    if not said:
        raise Nothing
    of_round = Ballot.objects.of(question)
    receipt = ticket.receipt
    ballot = of_round.filter(receipt=receipt).first() or Ballot(
        question=question, round=question.round, kind=ticket.kind, receipt=receipt
    )
    ballot.answers = {**ballot.answers, **said}
    # Written anew with the next ones too: its place in the table is never that of the last voice.
    ballot.waits = True
    others = some_of(of_round.filter(waits=True).exclude(receipt=receipt))
    write_anew([ballot, *others], of_round)
    return ballot


def answered_with(ticket: Ticket) -> set[int]:
    """The numbers that this card has answered, on whatever device; never what."""
    rows = Ballot.objects.filter(
        question=ticket.question, round=ticket.round, receipt=ticket.receipt
    )
    found = rows.values_list("answers", flat=True).first()
    return {int(number) for number in found or ()}


@transaction.atomic
def give_sentence(
    ticket: Ticket, words: str, *, aspect: str, language: str, may_be_published: bool,
    statement: Statement | None = None,
) -> None:  # fmt: skip
    """A reason, what would follow, what one could try. The same words sent twice are one sentence.
    Raises NotNow, Flood, places.TooMuch."""
    question = _held(ticket)
    of_round = Sentence.objects.of(question)
    if of_round.filter(words=words, aspect=aspect, kind=ticket.kind).exists():
        return
    if of_round.filter(state=Sentence.State.WAITING).count() >= MOST_SENTENCES:
        raise Flood
    sentence = Sentence(
        question=question, round=question.round, statement=statement, aspect=aspect,
        kind=ticket.kind, words=words, language=language, may_be_published=may_be_published,
    )  # fmt: skip
    sentence.full_clean()
    places.take(ticket, question)
    others = some_of(of_round.filter(is_out=False))
    write_anew([sentence, *others], of_round)


def _held(ticket: Ticket) -> Question:
    question = Question.objects.select_for_update(of=("self",)).get(pk=ticket.question)
    if not may_speak(question, ticket):
        raise NotNow
    return question
