"""What is said aloud in a room, written down there: a sentence of nobody. It waits, as all do,
until five have come together: five of the room, so that four written by one hand never bring out
the only one that came by card."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.deliberation import access
from relier.deliberation.models import Question, Sentence, Statement
from relier.journal import actions as journal

from .shuffling import some_of, write_anew
from .voices import MOST_SENTENCES


@transaction.atomic
def note(
    question: Question, words: str, *, aspect: str, language: str, may_be_published: bool,
    statement: Statement | None = None, by: Actor,
) -> None:  # fmt: skip
    """The same words written twice are one sentence; nothing of the sentence tells who wrote them
    down. Raises ValidationError."""
    access.require(access.may_run(by, question))
    question = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    if question.is_prepared:
        raise ValidationError(_("Open the question first."))
    if statement is not None and statement.question_id != question.pk:
        raise ValidationError(_("This statement is not put to the vote."))
    of_round = Sentence.objects.of(question)
    if of_round.filter(words=words, aspect=aspect, kind="").exists():
        return
    if of_round.filter(state=Sentence.State.WAITING).count() >= MOST_SENTENCES:
        raise ValidationError(_("Too many sentences wait to be read. Read some of them first."))
    sentence = Sentence(
        question=question, round=question.round, statement=statement, aspect=aspect, kind="",
        words=words, language=language, may_be_published=may_be_published,
    )  # fmt: skip
    sentence.full_clean()
    write_anew([sentence, *some_of(of_round.filter(is_out=False))], of_round)
    journal.record("deliberation.sentence_noted", question, by=by)
