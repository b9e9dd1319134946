"""What may be told of voices moves here, and only here.

It is worked out from a snapshot, outside of any transaction (the engine takes up to some seconds in
a large room), and kept if nothing moved meanwhile. It is asked for when someone looks at results,
at the close, and every day (`config/keeping/tidying.py`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from random import Random, SystemRandom
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from relier.deliberation.models import Ballot, PaperPile, Question, Release, Sentence
from relier.deliberation.rules import batches, telling

from .shuffling import write_anew

Rows = batches.Rows


@dataclass(frozen=True)
class Chosen:
    """Of a snapshot: `rows` of those that are counted from now on, and `counted`, what is counted
    of them, statement by statement."""

    rows: Rows
    counted: Rows


@dataclass(frozen=True)
class Snapshot:
    """The voices of a round as they stood. `counted`, `fresh`: receipt -> answers; `before`: what
    was counted of them when figures moved last."""

    counted: Rows
    before: Rows
    fresh: Rows
    kinds: Mapping[str, str]
    numbers: tuple[int, ...]
    last: int


def is_over(question: Question) -> bool:
    """Whether no voice of this round will ever come any more. A pile of paper that is being read
    is waited for, some days."""
    today = timezone.localdate()
    if question.opened_on is None:
        return False
    is_past = question.closed_on is not None or question.closes_on < today
    return is_past and not PaperPile.objects.awaited(question, on=today).exists()


def release_if_due(question: Question, *, chance: Random | None = None) -> Release | None:
    """The release that was due, now made; None where none was. A sentence is read by nobody before
    five have come together."""
    let_sentences_out(question)
    over, last = is_over(question), Release.objects.of(question).last()
    if last is not None and last.is_final:
        return None
    waiting = Ballot.objects.of(question).filter(counted__isnull=True).count()
    counted = last.voices if last else 0
    if not batches.is_due(fresh=waiting, counted=counted, is_over=over):
        return None
    seen = _snapshot(question, last)
    if not batches.is_due(fresh=len(seen.fresh), counted=len(seen.counted), is_over=over):
        return None
    chosen = _choose(seen, is_over=over, chance=chance or SystemRandom())
    if chosen is None:
        return None
    found = _release(question, chosen.counted, seen, is_final=over)
    return _keep(question, found, chosen, seen)


def _choose(seen: Snapshot, *, is_over: bool, chance: Random) -> Chosen | None:
    """Whom to count, and what of them; None where no figure would move. Drawn several times in a
    small room, where a statement often has too few new answers on one side."""
    fresh, numbers = sorted(seen.fresh), [str(number) for number in seen.numbers]
    best: Chosen | None = None
    most = 0
    for _draw in range(1 if is_over or len(fresh) > batches.SMALL else batches.DRAWS):
        drawn = batches.drawn(fresh, counted=len(seen.counted), is_over=is_over, chance=chance)
        rows = {**seen.counted, **{receipt: seen.fresh[receipt] for receipt in drawn}}
        left = {receipt: row for receipt, row in seen.fresh.items() if receipt not in rows}
        moves = set(numbers) if is_over else batches.moving(rows, seen.before, left, numbers)
        if is_over or len(moves) > most:
            best, most = Chosen(rows, batches.held(rows, seen.before, moves)), len(moves)
    return best


def _snapshot(question: Question, last: Release | None) -> Snapshot:
    found = list(Ballot.objects.of(question).values_list("receipt", "kind", "answers", "counted"))
    shown = question.statements.shown().values_list("number", flat=True)
    return Snapshot(
        {receipt: answers for receipt, _kind, answers, was in found if was is not None},
        {receipt: was for receipt, _kind, _answers, was in found if was is not None},
        {receipt: answers for receipt, _kind, answers, was in found if was is None},
        {receipt: kind for receipt, kind, _answers, _was in found},
        tuple(number for number in shown if number is not None),
        last.number if last else 0,
    )


def _release(question: Question, rows: Rows, seen: Snapshot, *, is_final: bool) -> Release:
    # Here, so that the web starts without NumPy.
    from relier.deliberation.opinions.analysis import analyse
    from relier.deliberation.opinions.document import document

    return Release(
        question=question,
        round=question.round,
        number=seen.last + 1,
        is_final=is_final,
        voices=len(rows),
        document=document(analyse(votes_of(rows.values(), seen.numbers))),
        counts=telling.totals_of(rows.values(), seen.numbers),
        receipts=sorted(rows),
        by_kind=_by_kind(rows, seen) if is_final else None,
    )


def votes_of(rows: Iterable[Mapping[str, int]], numbers: tuple[int, ...]) -> Any:
    """The `Votes` of the engine: each row is what one voice answers, number -> answer."""
    from relier.deliberation.opinions.votes import Votes

    place = {str(number): at for at, number in enumerate(numbers)}
    cells = [
        (row, place[number], answer)
        for row, answers in enumerate(rows)
        for number, answer in answers.items()
        if number in place
    ]
    at, columns, values = ([one[part] for one in cells] for part in range(3))
    return Votes.of_cells(at, columns, values, [str(number) for number in numbers])


def _by_kind(rows: Rows, seen: Snapshot) -> dict[str, Any] | None:
    of_each: dict[str, list[Mapping[str, int]]] = {}
    for receipt, answers in rows.items():
        of_each.setdefault(seen.kinds[receipt], []).append(answers)
    totals = {kind: telling.totals_of(some, seen.numbers) for kind, some in of_each.items()}
    return telling.by_kind(totals, {kind: len(some) for kind, some in of_each.items()})


@transaction.atomic
def _keep(question: Question, found: Release, chosen: Chosen, seen: Snapshot) -> Release | None:
    """Kept, unless another was made meanwhile or, at the end, a voice came. Every row is written
    anew: the order in which they came goes with what waited."""
    question = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    of_round = Ballot.objects.of(question)
    last = Release.objects.of(question).last()
    if question.round != found.round or (last.number if last else 0) != seen.last:
        return None
    ballots = list(of_round)
    if found.is_final and any(chosen.rows.get(one.receipt) != one.answers for one in ballots):
        return None
    for one in ballots:
        one.counted = chosen.counted.get(one.receipt)
        # All are written anew now: only those that nothing is counted of lie apart from here on.
        one.waits = one.counted is None
    found.save()
    write_anew(ballots, of_round)
    return found


@transaction.atomic
def let_sentences_out(question: Question) -> int:
    """Those that waited for others, once five are there or the round is over. How many. The
    question may be one as of a round that is past."""
    waiting = Sentence.objects.of(question).filter(is_out=False)
    if not waiting.exists():
        return 0
    now = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    ends = question.round < now.round or is_over(now)
    # What was said in a room is written down by a member: it never brings out what came by card.
    in_rooms, by_card = waiting.filter(kind=""), waiting.exclude(kind="")
    return sum(_let_out(some, is_over=ends) for some in (by_card, in_rooms))


def _let_out(waiting: QuerySet[Sentence], *, is_over: bool) -> int:
    found = list(waiting)
    if not found or (len(found) < batches.FEWEST and not is_over):
        return 0
    for one in found:
        one.is_out = True
    write_anew(found, waiting)
    return len(found)


def release_all() -> int:
    """For the daily round: of each question that is asked, or whose day has come. How many."""
    asked = Question.objects.exclude(opened_on=None)
    return sum(release_if_due(question) is not None for question in asked)
