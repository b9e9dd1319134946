"""Voices on paper: a pile is drawn, and comes back as rows like any other.

`paper` prints the sheets, reads them with two readers, and hands them over when its count is
closed, in a drawn order. Nothing of it says which sheet a row comes from.
"""

import secrets
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.centres.models import Member
from relier.deliberation import access
from relier.deliberation.models import Ballot, KindOfVoice, PaperPile, Question, Release
from relier.deliberation.rules import answers as rules
from relier.deliberation.rules import codes
from relier.journal import keys
from relier.lib import keyring
from relier.ui import dates

from .shuffling import some_of, write_anew

# What a sheet says of one statement: number -> the word of a button.
Says = Mapping[int, str]


def to_print(question: Question, *, by: Actor) -> Question:
    """The question, if sheets of it may be printed now. Raises Refused, ValidationError."""
    access.require(access.may_run(by, question))
    if question.is_prepared:
        raise ValidationError(_("Open the question first: its statements may still change."))
    if not question.is_open(on=timezone.localdate()):
        raise ValidationError(_("No voice is taken any more."))
    return question


@transaction.atomic
def draw_pile(question: UUID, *, kind: str, count: UUID, copies: int, by: Actor) -> list[str]:
    """The receipts of a pile, as they are printed. Each is that of a code which is drawn as for a
    card, and which nobody ever holds: a sheet opens no page."""
    held = Question.objects.select_for_update(of=("self",)).get(pk=question)
    to_print(held, by=by)
    pile = PaperPile(
        question=held, round=held.round, kind=kind, printed=copies, count=count,
        made_by=Member.objects.get(pk=by.id), made_on=timezone.localdate(),
    )  # fmt: skip
    pile.full_clean()
    pile.save()
    key = keys.newest(keyring.CARDS)
    drawn = codes.codes_of(key, secrets.token_bytes(16), copies)
    return [codes.in_groups(codes.receipt_of(key, code)) for code in drawn]


@transaction.atomic
def take_pile(count: UUID, sheets: Sequence[tuple[str, Says]]) -> int:
    """Keep the voices of a pile that was counted: (receipt, what it says), blank ones left out. How
    many. Raises ValidationError. Taken again, nothing is done."""
    pile = PaperPile.objects.select_for_update().get(count=count)
    if pile.state != PaperPile.State.OUT:
        return 0
    question = Question.objects.select_for_update(of=("self",)).get(pk=pile.question_id)
    _refuse_too_late(question, pile)
    _refuse_too_early(question, pile)
    of_round = Ballot.objects.of(question)
    numbers = set(question.statements.shown().values_list("number", flat=True))
    made = []
    for receipt, says in sheets:
        given = {one: rules.SAID[word] for one, word in says.items() if one in numbers}
        if given:
            made.append(
                Ballot(
                    question=question,
                    round=pile.round,
                    kind=pile.kind,
                    receipt=receipt.replace("-", ""),
                    answers=rules.kept(given),
                )
            )
    write_anew([*made, *some_of(of_round.filter(waits=True))], of_round)
    pile.state = PaperPile.State.COUNTED
    pile.save(update_fields=["state"])
    return len(made)


def leave_pile(count: UUID) -> None:
    """Nothing of it will come: the end of the round waits no longer."""
    PaperPile.objects.filter(count=count).update(state=PaperPile.State.GIVEN_UP)


def _refuse_too_late(question: Question, pile: PaperPile) -> None:
    last = Release.objects.of(question).last()
    if question.round != pile.round or (last is not None and last.is_final):
        raise ValidationError(
            _("The results of the end are told: these sheets come too late. Give the count up.")
        )


def _refuse_too_early(question: Question, pile: PaperPile) -> None:
    first = question.accompanied_first_until
    if first and pile.kind == KindOfVoice.WORKER and timezone.localdate() <= first:
        raise ValidationError(
            _("People accompanied speak first: close this count after %(day)s.")
            % {"day": dates.day(first)}
        )
