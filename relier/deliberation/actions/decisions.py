"""Deciding, by the rule that was announced and only where it is met; and what is told afterwards.

A decision keeps how the rule was met as it stood that day, the words of those who see it otherwise,
and an answer to each main point. What it becomes is news, one row after another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.centres.models import Member
from relier.deliberation import access, points
from relier.deliberation.gathering import as_it_stands
from relier.deliberation.models import Answer, Decision, News, Outcome, Proposal, Question
from relier.journal import actions as journal
from relier.journal.once import once

from .proposals import held, still_stands
from .releases import release_if_due


@dataclass(frozen=True)
class Said:
    """What is decided. `until`: of a trial; `owner`: of anything but nothing; `answers`: point,
    what is answered, empty where it is left open, said so; `is_minority_heard`: those who see it
    otherwise were asked, and add nothing."""

    outcome: str
    words: str
    until: date | None = None
    owner: Member | None = None
    minority: str = ""
    is_minority_heard: bool = False
    answers: Sequence[tuple[str, str]] = ()


def decide(
    question: Question, proposal: Proposal | None, said: Said, *, form_key: UUID | None = None,
    by: Actor,
) -> Decision:  # fmt: skip
    """Figures of the end are worked out first, outside of the transaction that decides by them."""
    access.require(access.may_run(by, question))
    release_if_due(Question.objects.get(pk=question.pk))
    return _decide(question, proposal, said, form_key=form_key, by=by)


@transaction.atomic
def _decide(
    question: Question, proposal: Proposal | None, said: Said, *, form_key: UUID | None, by: Actor
) -> Decision:
    question = held(question, by=by)

    def keep(key: UUID) -> Decision:
        if proposal is not None:
            still_stands(proposal, question)
        how = as_it_stands(proposal, question)
        _check(question, said, how)
        decision = Decision(
            question=question, round=question.round, proposal=proposal, outcome=said.outcome,
            words=said.words, until=said.until if said.outcome == Outcome.TRIAL else None,
            rule=question.rule, how=how, minority=said.minority, owner=said.owner,
            decided_on=timezone.localdate(), decided_by=Member.objects.get(pk=by.id), form_key=key,
        )  # fmt: skip
        decision.full_clean(exclude=["form_key"])
        decision.save()
        _answer(decision, said.answers)
        journal.record(
            "deliberation.decided", decision, by=by, outcome=said.outcome, why=how["why"]
        )
        return decision

    return once(question.decisions.all(), form_key, keep, said={"words": said.words})


def _check(question: Question, said: Said, how: dict[str, object]) -> None:
    if said.outcome != Outcome.NOTHING:
        if how["why"] != "met":
            raise ValidationError(_("The rule that was announced is not met."))
        if said.owner is None or said.owner.centre_id != question.centre_id:
            raise ValidationError(_("Say who sees to it."))
    if said.outcome == Outcome.TRIAL and (said.until is None or said.until <= timezone.localdate()):
        raise ValidationError(_("A trial ends on a day to come."))
    if is_minority_owed(how) and not (said.minority or said.is_minority_heard):
        raise ValidationError(_("Some see it otherwise: write their words, or say they add none."))
    answered = {point for point, _words in said.answers}
    forgotten = [one.words for one in points.of_question(question) if one.words not in answered]
    if forgotten:
        raise ValidationError(
            _("Answer this point, or say that it is left open: %(point)s") % {"point": forgotten[0]}
        )


def is_minority_owed(how: dict[str, object]) -> bool:
    """Whether someone was against and is to be heard: in figures, or by a standing objection."""
    voices, objections = how.get("voices"), how.get("objections")
    against = isinstance(voices, dict) and voices.get("disagree")
    standing = isinstance(objections, dict) and objections.get("raised")
    return bool(against or standing)


def _answer(decision: Decision, answers: Sequence[tuple[str, str]]) -> None:
    for point, words in answers:
        one = Answer(decision=decision, point=point, words=words, is_left_open=not words)
        one.full_clean()
        one.save()


@transaction.atomic
def tell(
    decision: Decision, state: str, words: str, *, form_key: UUID | None = None, by: Actor
) -> News:
    """How far it is, or what it changed: a new row, and those before stay."""
    access.require(access.may_tell(by, decision))

    def keep(key: UUID) -> News:
        news = News(
            decision=decision, state=state, words=words, on=timezone.localdate(),
            told_by=Member.objects.get(pk=by.id), form_key=key,
        )  # fmt: skip
        news.full_clean(exclude=["form_key"])
        news.save()
        journal.record("deliberation.news_told", decision, by=by, state=state)
        return news

    return once(decision.news.filter(told_by=by.id), form_key, keep, said={"words": words})


@transaction.atomic
def put_up(decision: Decision, *, by: Actor) -> Decision:
    """The notice on paper is on the wall. Done again, the first day stays."""
    access.require(access.may_tell(by, decision))
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if decision.noticed_on is None:
        decision.noticed_on = timezone.localdate()
        decision.save(update_fields=["noticed_on"])
        journal.record("deliberation.notice_put_up", decision, by=by)
    return decision
