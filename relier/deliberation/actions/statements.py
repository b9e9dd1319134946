"""Statements: written by whoever facilitates, proposed by whoever holds a card, put to the vote or
refused with a reason, looked at again when the refusal is contested.

What is put to the vote gets a number, for ever: the results, the paper and the room name it so.
"""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.centres.models import Member
from relier.deliberation import access
from relier.deliberation.models import Question, Statement, Wording
from relier.deliberation.tickets import Ticket
from relier.journal import actions as journal
from relier.journal.once import once

from . import places
from .shuffling import in_another_order

# More than anyone reads: a flood of proposals stops there, and says so.
MOST_SHOWN = 200
MOST_WAITING = 100


class Flood(Exception):  # noqa: N818 — said as a sentence
    """So many proposals wait that another one would be read by nobody."""


# --- by whoever facilitates -----------------------------------------------------------------------


@transaction.atomic
def write(
    question: Question, words: str, *, language: str = "fr", pictogram: str = "",
    form_key: UUID | None = None, by: Actor,
) -> Statement:  # fmt: skip
    """A statement to begin with: put to the vote at once."""
    access.require(access.may_run(by, question))
    question = _held(question)

    def keep(key: UUID) -> Statement:
        statement = Statement(
            question=question, words=words, language=language, pictogram=pictogram, is_seed=True,
            state=Statement.State.SHOWN, number=_next_number(question),
            decided_by=Member.objects.get(pk=by.id), form_key=key,
        )  # fmt: skip
        statement.full_clean(exclude=["form_key"])
        statement.save()
        journal.record("deliberation.statement_written", statement, by=by)
        return statement

    return once(question.statements.all(), form_key, keep, said={"words": words})


@transaction.atomic
def remove(statement: Statement, *, by: Actor) -> None:
    """While the question is prepared; afterwards, someone may have answered it."""
    access.require(access.may_run(by, statement.question))
    if not _held(statement.question).is_prepared:
        raise ValidationError(_("It is open: what people answer to does not go away."))
    journal.record("deliberation.statement_removed", statement, by=by)
    statement.delete()


@transaction.atomic
def word(statement: Statement, words: str, *, language: str, made: str, by: Actor) -> Wording:
    """Its words in another language, in the place of those before, and who read them again."""
    access.require(access.may_run(by, statement.question))
    wording = Wording.objects.select_for_update().filter(
        statement=statement, language=language
    ).first() or Wording(statement=statement, language=language)  # fmt: skip
    if language == statement.language:
        raise ValidationError(_("It was first said in this language."))
    wording.words, wording.made = words, made
    wording.full_clean(validate_unique=False)
    wording.save()
    journal.record("deliberation.wording_written", statement, by=by, language=language)
    return wording


@transaction.atomic
def show(statement: Statement, *, by: Actor) -> Statement:
    """Put to the vote what was proposed; what was refused, after an appeal, by another member."""
    statement = _looked_at(statement, by=by)
    if statement.state == Statement.State.SHOWN:
        return statement
    statement.state, statement.number = Statement.State.SHOWN, _next_number(statement.question)
    statement.why = statement.why_words = ""
    statement.save(update_fields=["state", "number", "why", "why_words", "decided_by", "appeal_by"])
    journal.record("deliberation.statement_shown", statement, by=by)
    return statement


@transaction.atomic
def refuse(statement: Statement, *, why: str, words: str = "", by: Actor) -> Statement:
    """Not put to the vote, for one of six reasons. It stays, and can be contested."""
    statement = _looked_at(statement, by=by)
    if statement.state != Statement.State.WAITING:
        raise ValidationError(_("A colleague has just looked at it."))
    statement.state, statement.why, statement.why_words = Statement.State.REFUSED, why, words
    statement.full_clean()
    statement.save(update_fields=["state", "why", "why_words", "decided_by"])
    journal.record("deliberation.statement_refused", statement, by=by, why=why)
    return statement


@transaction.atomic
def uphold(statement: Statement, answer: str, *, by: Actor) -> Statement:
    """The refusal stands, looked at by another member; what they answer stays beside it."""
    statement = _looked_at(statement, by=by)
    if statement.state != Statement.State.REFUSED or not statement.appeal:
        raise ValidationError(_("Nobody has contested this refusal."))
    statement.appeal_answer = answer
    statement.full_clean()
    statement.save(update_fields=["appeal_answer", "appeal_by"])
    journal.record("deliberation.appeal_answered", statement, by=by)
    return statement


def _looked_at(statement: Statement, *, by: Actor) -> Statement:
    """The row as it stands, held, signed by whoever decides now: of an appeal, someone else than
    whoever refused."""
    access.require(access.may_run(by, statement.question))
    _held(statement.question)
    statement = Statement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
    member = Member.objects.get(pk=by.id)
    if statement.state == Statement.State.REFUSED:
        if statement.decided_by_id == by.id:
            raise ValidationError(_("Another colleague decides: you refused it."))
        statement.appeal_by = member
    else:
        statement.decided_by = member
    return statement


def _held(question: Question) -> Question:
    """Numbers are given one after another: two colleagues at once come in turn."""
    return Question.objects.select_for_update(of=("self",)).get(pk=question.pk)


def _next_number(question: Question) -> int:
    last = question.statements.aggregate(last=Max("number"))["last"] or 0
    if last >= MOST_SHOWN:
        raise ValidationError(
            _("There are %(most)s statements: nobody answers more.") % {"most": MOST_SHOWN}
        )
    return int(last) + 1


# --- by whoever holds a card: no author, no hour, no line of the journal --------------------------


@transaction.atomic
def propose(
    question: Question, words: str, *, language: str, form_key: UUID, ticket: Ticket | None = None
) -> Statement:
    """A statement that waits to be looked at. `ticket`: the card of which it takes a place. Raises
    Flood where too many wait already, places.TooMuch."""
    question = _held(question)
    known = question.statements.filter(form_key=form_key).first()
    if known is not None:
        return known
    same = question.statements.filter(words__iexact=words).first()
    if same is not None:
        return same
    if question.statements.filter(state=Statement.State.WAITING).count() >= MOST_WAITING:
        raise Flood
    statement = Statement(question=question, words=words, language=language, form_key=form_key)
    statement.full_clean(exclude=["form_key"])
    if ticket is not None:
        places.take(ticket, question)
    statement.save()
    in_another_order(question.statements.filter(state=Statement.State.WAITING))
    return statement


@transaction.atomic
def contest(statement: Statement, words: str) -> Statement:
    """Ask that a refusal be looked at again, once. The first words stay."""
    statement = Statement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
    if statement.state == Statement.State.REFUSED and not statement.appeal:
        statement.appeal = words
        statement.full_clean()
        statement.save(update_fields=["appeal"])
        of_question = Statement.objects.filter(question=statement.question_id)
        in_another_order(of_question.filter(state=Statement.State.REFUSED))
    return statement
