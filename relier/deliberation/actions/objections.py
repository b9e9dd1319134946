"""Objections: raised by a member who reads the question, or by whoever holds a card of this round;
dealt with, or taken back. Of nobody: no row, no cookie of ours and no line says whose.
"""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from relier.accounts.actors import SYSTEM, Actor
from relier.deliberation import access
from relier.deliberation.models import Objection, Proposal, Question
from relier.deliberation.tickets import Ticket
from relier.journal import actions as journal

from . import places
from .proposals import still_stands
from .shuffling import write_anew

# On the proposals of one round. Further, it is not decided but talked about.
MOST_STANDING = 60


class Flood(Exception):  # noqa: N818 — said as a sentence
    """So many objections stand that another one would be read by nobody."""


class TooLate(Exception):  # noqa: N818 — said as a sentence
    """The proposal was amended, taken back or decided meanwhile."""


@transaction.atomic
def raise_as_member(
    proposal: Proposal, words: str, *, language: str, form_key: UUID, by: Actor
) -> Objection:
    """By any member who reads the question. The line of the journal is by Relier: with the one of
    a lone objection, its author would be written."""
    access.require(access.is_reader(by))
    access.require(Question.objects.visible_to(by).filter(pk=proposal.question_id).exists())
    objection, is_new = _raise(proposal, words, language=language, form_key=form_key)
    if is_new:
        _record("deliberation.objection_raised", proposal.question)
    return objection


@transaction.atomic
def raise_with_card(
    proposal: Proposal, words: str, *, language: str, form_key: UUID, ticket: Ticket | None = None
) -> Objection:
    """No author, no hour, no line of the journal. `ticket`: the card of which it takes a place.
    Raises Flood, TooLate, places.TooMuch."""
    return _raise(proposal, words, language=language, form_key=form_key, ticket=ticket)[0]


def _raise(
    proposal: Proposal, words: str, *, language: str, form_key: UUID, ticket: Ticket | None = None
) -> tuple[Objection, bool]:
    """The same words on the same proposal are one objection. All of those that stand beside are
    written anew with it, in a drawn order."""
    question = Question.objects.select_for_update(of=("self",)).get(pk=proposal.question_id)
    beside = Objection.objects.filter(proposal__question=question, proposal__round=question.round)
    known = beside.filter(form_key=form_key).first()
    known = known or proposal.objections.standing().filter(words__iexact=words).first()
    if known is not None:
        return known, False
    try:
        still_stands(proposal, question)
    except ValidationError:
        raise TooLate from None
    if beside.standing().count() >= MOST_STANDING:
        raise Flood
    objection = Objection(proposal=proposal, words=words, language=language, form_key=form_key)
    objection.full_clean(exclude=["id", "form_key"])
    if ticket is not None:
        places.take(ticket, question)
    write_anew([objection, *beside], beside)
    return objection, True


@transaction.atomic
def treat(objection: Objection, how: str, *, by: Actor) -> Objection:
    """How it was dealt with: what was changed, or why the proposal stands all the same. Everybody
    reads it, and may object again."""
    objection = _held(objection, by=by)
    if objection.state == Objection.State.TREATED and objection.treated == how:
        return objection  # sent twice
    _is_to_be_dealt_with(objection)
    objection.state, objection.treated = Objection.State.TREATED, how
    objection.full_clean(exclude=["id"])
    objection.save(update_fields=["state", "treated"])
    _record("deliberation.objection_treated", objection.proposal.question, by)
    return objection


@transaction.atomic
def note_taken_back(objection: Objection, *, by: Actor) -> Objection:
    """Whoever raised it said so in the room."""
    objection = _held(objection, by=by)
    if objection.state != Objection.State.WITHDRAWN:
        _is_to_be_dealt_with(objection)
        objection.state = Objection.State.WITHDRAWN
        objection.save(update_fields=["state"])
        _record("deliberation.objection_taken_back", objection.proposal.question, by)
    return objection


@transaction.atomic
def take_back_with_card(objection: Objection) -> Objection:
    """On the telephone that raised it, while its browser remembers: nothing else knows whose it
    is."""
    objection = _as_it_stands(objection)
    if objection.state == Objection.State.RAISED and _is_still_discussed(objection.proposal):
        objection.state = Objection.State.WITHDRAWN
        objection.save(update_fields=["state"])
    return objection


def _held(objection: Objection, *, by: Actor) -> Objection:
    access.require(access.may_run(by, objection.proposal.question))
    return _as_it_stands(objection)


def _as_it_stands(objection: Objection) -> Objection:
    """By its key, the question held: its row is written anew when others come."""
    Question.objects.select_for_update(of=("self",)).get(pk=objection.proposal.question_id)
    return Objection.objects.select_related("proposal__question").get(key=objection.key)


def _is_to_be_dealt_with(objection: Objection) -> None:
    """Neither dealt with already, nor behind what was decided since: what led there stays."""
    if objection.state != Objection.State.RAISED:
        raise ValidationError(_("A colleague has just dealt with it."))
    if not _is_still_discussed(objection.proposal):
        raise ValidationError(_("It was decided meanwhile: what led there does not change."))


def _is_still_discussed(proposal: Proposal) -> bool:
    """It stands, or what amends it does."""
    latest = proposal
    while (after := Proposal.objects.filter(replaces=latest).first()) is not None:
        latest = after
    return Proposal.objects.of(proposal.question).standing().filter(pk=latest.pk).exists()


def _record(kind: str, question: Question, by: Actor = SYSTEM) -> None:
    journal.record(kind, question, by=by, centre=question.centre_id)
