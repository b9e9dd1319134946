"""Two sworn counters: named before anyone speaks; once the round is over, both open the table of
the voices, each with their own entry said again, and say whether what is published agrees."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.centres.models import Member
from relier.deliberation import access
from relier.deliberation.models import Ballot, Question, Release, SwornCounter
from relier.deliberation.rules import batches
from relier.journal import actions as journal

TWO = 2
# With fewer, a line of the table is too easily that of someone.
FEWEST = batches.TEN


def may_be_named(question: Question) -> bool:
    """Before anyone may speak: while it is prepared; of a later round, before its first card."""
    of_round = {"round": question.round}
    begun = (
        question.batches.filter(**of_round).exists()
        or question.tablets.filter(**of_round).exists()
        or Ballot.objects.of(question).exists()
    )
    return question.is_prepared or (question.round > 1 and not begun and not question.closed_on)


@transaction.atomic
def name_counters(question: Question, members: Sequence[Member], *, by: Actor) -> None:
    """Two different members of the centre, in the place of those named before. Said on the page."""
    access.require(access.may_name_counters(by, question))
    question = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    if not may_be_named(question):
        raise ValidationError(_("Counters are named before anyone can answer."))
    if len({member.pk for member in members}) != TWO:
        raise ValidationError(_("Name two different people."))
    if any(member.centre_id != question.centre_id or member.left_on for member in members):
        raise ValidationError(_("Both are members of this centre."))
    known = SwornCounter.objects.of(question)
    if {one.member_id for one in known} == {member.pk for member in members}:
        return
    known.delete()
    SwornCounter.objects.bulk_create(
        SwornCounter(
            question=question, round=question.round, member=member,
            named_by=Member.objects.get(pk=by.id), named_on=timezone.localdate(),
        )
        for member in members
    )  # fmt: skip
    journal.record("deliberation.counters_named", question, by=by)


def why_not(question: Question) -> str:
    """Why the table opens to nobody yet; empty where two counters may open it."""
    last = Release.objects.of(question).last()
    if last is None or not last.is_final:
        return _("The table opens once the question is over and everything is counted.")
    if last.voices < FEWEST:
        return _(
            "Fewer than ten voices were given: the table opens to nobody, since a line could be "
            "known to be someone's."
        )
    return ""


@transaction.atomic
def open_table(question: Question, *, by: Actor) -> SwornCounter:
    """One of both opens it: it is seen once the other has too, within half an hour."""
    counter = _held(question, by=by)
    reason = why_not(question)
    if reason:
        raise ValidationError(reason)
    now = timezone.now()
    if not SwornCounter.objects.looking(at=now).filter(pk=counter.pk).exists():
        counter.opened_at = now
        counter.save(update_fields=["opened_at"])
        journal.record("deliberation.table_opened", question, by=by)
    return counter


@transaction.atomic
def say(question: Question, said: str, *, words: str = "", by: Actor) -> SwornCounter:
    """What one of both found, published with their name. Said again, it takes the place."""
    counter = _held(question, by=by)
    if not are_looking(question, at=timezone.now()):
        raise ValidationError(_("Look at the table first, both of you."))
    if (counter.said, counter.words) == (said, words):
        return counter
    counter.said, counter.words, counter.said_on = said, words, timezone.localdate()
    counter.full_clean()
    counter.save(update_fields=["said", "words", "said_on"])
    journal.record("deliberation.count_checked", question, by=by, said=said)
    return counter


def are_looking(question: Question, *, at: datetime) -> bool:
    """Whether both opened the table a short while ago."""
    return SwornCounter.objects.of(question).looking(at=at).count() == TWO


def table_of(question: Question, *, by: Actor) -> list[dict[str, int]]:
    """What is counted of each voice, without receipt or kind, in the order of what it says: that
    order is the same each time and says nothing of when. Raises Refused."""
    access.require(access.is_counter(by, question))
    access.require(not why_not(question) and are_looking(question, at=timezone.now()))
    counted = Ballot.objects.of(question).exclude(counted=None)
    rows = [dict(row or {}) for row in counted.values_list("counted", flat=True)]
    return sorted(rows, key=lambda row: sorted((int(one), said) for one, said in row.items()))


def _held(question: Question, *, by: Actor) -> SwornCounter:
    access.require(access.is_counter(by, question))
    return SwornCounter.objects.of(question).select_for_update(of=("self",)).get(member=by.id)
