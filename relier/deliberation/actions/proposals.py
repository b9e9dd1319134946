"""Proposals: put before everybody once the voices of a round are over, amended by another that says
why, taken back with a reason. Who proposed is written nowhere, in the journal neither.
"""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from relier.accounts.actors import SYSTEM, Actor
from relier.deliberation import access
from relier.deliberation.models import Proposal, Question, Statement
from relier.journal import actions as journal
from relier.journal.once import once

from .releases import is_over

# In one round. Further, nobody follows any more.
MOST_PROPOSALS = 40


@transaction.atomic
def put(
    question: Question, words: str, *, statement: Statement | None = None,
    form_key: UUID | None = None, by: Actor,
) -> Proposal:  # fmt: skip
    """Before everybody. `statement`: the one that says the same, if the voices on it are to count;
    a rule that counts voices asks for one."""
    question = held(question, by=by)
    return _put(question, words, statement, {}, form_key, "deliberation.proposal_put")


@transaction.atomic
def amend(
    proposal: Proposal, words: str, *, why: str, statement: Statement | None = None,
    form_key: UUID | None = None, by: Actor,
) -> Proposal:  # fmt: skip
    """Another in its place, that says why. The first stays in sight, and the objections that stand
    go along until they are dealt with."""
    question = held(proposal.question, by=by)
    amended = Proposal.objects.filter(replaces=proposal)
    if form_key is None or not amended.filter(form_key=form_key).exists():
        still_stands(proposal, question)
    more = {"replaces": proposal, "why": why}
    return _put(question, words, statement, more, form_key, "deliberation.proposal_changed")


@transaction.atomic
def take_back(proposal: Proposal, *, why: str, by: Actor) -> Proposal:
    """It is not decided on any more; it stays in sight, with the reason. Done again, it does
    nothing."""
    question = held(proposal.question, by=by)
    proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if proposal.withdrawn_on:
        return proposal
    still_stands(proposal, question)
    proposal.withdrawn_on, proposal.withdrawn_why = timezone.localdate(), why
    proposal.full_clean()
    proposal.save(update_fields=["withdrawn_on", "withdrawn_why"])
    journal.record(
        "deliberation.proposal_withdrawn", question, by=SYSTEM, centre=question.centre_id
    )
    return proposal


def held(question: Question, *, by: Actor) -> Question:
    """As it stands, held until the end of the transaction; and over."""
    access.require(access.may_run(by, question))
    question = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    if not is_over(question):
        raise ValidationError(_("People still answer: propose something once it is over."))
    return question


def still_stands(proposal: Proposal, question: Question) -> None:
    if not Proposal.objects.of(question).standing().filter(pk=proposal.pk).exists():
        raise ValidationError(_("A colleague has just amended it, taken it back or decided."))


def _put(
    question: Question, words: str, statement: Statement | None, more: dict[str, object],
    form_key: UUID | None, kind: str,
) -> Proposal:  # fmt: skip
    def keep(key: UUID) -> Proposal:
        if Proposal.objects.of(question).count() >= MOST_PROPOSALS:
            raise ValidationError(_("There are many proposals already: decide on one of them."))
        if question.rule != Question.Rule.CONSENT and statement is None:
            raise ValidationError(
                _("Voices are counted on a statement: say which one says the same.")
            )
        made = Proposal(
            question=question, round=question.round, words=words, statement=statement,
            proposed_on=timezone.localdate(), form_key=key, **more,
        )  # fmt: skip
        made.full_clean(exclude=["form_key"])
        made.save()
        journal.record(kind, question, by=SYSTEM, centre=question.centre_id)
        return made

    return once(question.proposals.all(), form_key, keep, said={"words": words})
