"""Reading ballots: a file goes through the memory of the process apart and into totals, all at
once, and is kept nowhere. Cut anywhere, nothing of it is counted, and it is read again; whole, it
is counted once. What could not be told waits for both readers."""

import hashlib
import random
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.paper import access
from relier.paper.crops import crop
from relier.paper.models import BallotCount, BallotDoubt, BallotFile, BallotPage, BallotSheet
from relier.paper.models.ballots import PLACES
from relier.paper.models.scans import Why
from relier.paper.reading.headers import Fault, Unreadable
from relier.paper.reading.identifiers import read_by_hand
from relier.paper.reading.layouts import Layout, Page
from relier.paper.reading.worker import PageAnswer, Worker
from relier.paper.rules.ballots import VOID, NotAVote, Says, vote_of, with_vote
from relier.paper.rules.proposals import on_page, proposals

from .ballots import locked
from .ballots_apart import count_again
from .reading import Reads
from .receiving import MOST_BYTES, refuse_at_sight

# Of the system, and not of a seed: what was drawn cannot be drawn again.
CHANCE = random.SystemRandom()


@dataclass
class ReadFile:
    """What came of a file. `ballots`: how many were read (of those told apart: how many pages);
    `unread`, `foreign`: the pages of the file of which nothing is counted (not readable; not of
    this count), to take out of the pile; of those told apart, `again`: read before, and counted
    once; `copied`: read before, and marked otherwise."""

    ballots: int = 0
    unread: list[int] = field(default_factory=list)
    foreign: list[int] = field(default_factory=list)
    again: list[int] = field(default_factory=list)
    copied: list[int] = field(default_factory=list)
    votes: list[tuple[str, Says]] = field(default_factory=list)
    strips: list[tuple[str, bytes]] = field(default_factory=list)
    # Of those told apart: identifier -> what the page says, and where in the file it stands.
    pages: dict[str, "ReadPage"] = field(default_factory=dict)


@dataclass(frozen=True)
class ReadPage:
    number: int
    votes: tuple[tuple[str, Says], ...]
    strips: tuple[tuple[str, bytes], ...]


def read_ballots(
    count: BallotCount,
    source: BinaryIO,
    *,
    by: Actor,
    reader: Callable[[], Reads] = Worker,
) -> ReadFile:
    """Count the ballots of a file. Raises ValidationError, with what to do."""
    access.require(access.may_count(by, count))
    if count.by_hand is None:
        raise ValidationError(_("Count the sheets by hand first."))
    data = source.read(MOST_BYTES + 1)
    refuse_at_sight(data)
    sha256 = hashlib.sha256(data).hexdigest()
    _refuse_again(count, sha256)
    read = _read_file(count, data, reader)
    with transaction.atomic():
        count = locked(count, by)
        _refuse_again(count, sha256)
        if count.is_apart:
            _keep_apart(count, read)
        if read.ballots:
            BallotFile.objects.create(count=count, sha256=sha256)
            _keep(count, read)
    read.pages.clear()
    return read


def _refuse_again(count: BallotCount, sha256: str) -> None:
    if count.files.filter(sha256=sha256).exists():
        raise ValidationError(_("This file was counted already: nothing of it is counted twice."))


def _read_file(count: BallotCount, data: bytes, reader: Callable[[], Reads]) -> ReadFile:
    layout, read, worker = count.sheet.as_layout, ReadFile(), reader()
    known = _known_pages(count)

    def find(identifier: str) -> tuple[str, int] | None:
        return (count.sheet.layout, known[identifier]) if identifier in known else None

    try:
        pages = _opened(worker, data)
        for number in range(1, pages + 1):
            try:
                answer = worker.read(number, find)
                if count.is_apart:
                    _take_apart(read, number, answer, known, layout)
                else:
                    _take(read, number, answer, count.identifier, layout)
            except Unreadable as why:
                read.unread.append(number)
                if why.fault in (Fault.CRASHED, Fault.SLOW, Fault.MEMORY):
                    worker.close()
                    worker = reader()
                    _opened(worker, data)
    finally:
        worker.close()
    return read


def _opened(worker: Reads, data: bytes) -> int:
    try:
        pages = worker.open(data)
    except Unreadable as why:
        raise ValidationError(Why(why.fault.value).label) from why
    if pages > settings.BALLOTS_AT_ONCE:
        raise ValidationError(
            _(
                "This file has %(pages)s pages. Send at most %(most)s pages at a time: one part of "
                "the pile in each file, one file after the other."
            )
            % {"pages": pages, "most": settings.BALLOTS_AT_ONCE}
        )
    return pages


def _take(read: ReadFile, number: int, answer: PageAnswer, identifier: str, layout: Layout) -> None:
    """What one page adds: all of it, or nothing."""
    if answer.identifier is not None and answer.identifier != identifier:
        read.foreign.append(number)
        return
    taken = _votes_and_strips(answer, layout, layout.page(1)) if answer.state == "read" else None
    if taken is None:
        read.unread.append(number)
        return
    read.ballots += 1
    read.votes += taken[0]
    read.strips += taken[1]


def _known_pages(count: BallotCount) -> dict[str, int]:
    """Identifier of a page of this count -> which page of a ballot it is."""
    if not count.is_apart:
        return {count.identifier: 1}
    rows = BallotPage.objects.filter(ballot__count=count)
    return dict(rows.values_list("identifier", "number"))


def _take_apart(
    read: ReadFile, number: int, answer: PageAnswer, known: Mapping[str, int], layout: Layout
) -> None:
    """The same of one page of a ballot that is told apart; twice in one file, it is read once."""
    if answer.identifier is not None and answer.identifier not in known:
        read.foreign.append(number)
        return
    page = layout.page(known[answer.identifier]) if answer.identifier else None
    is_read = page is not None and answer.state == "read"
    taken = _votes_and_strips(answer, layout, page) if page and is_read else None
    if taken is None or answer.identifier is None:
        read.unread.append(number)
        return
    made = ReadPage(number, tuple(taken[0]), tuple(taken[1]))
    before = read.pages.setdefault(answer.identifier, made)
    if before is not made:
        is_other = _say_otherwise(dict(before.votes), dict(made.votes))
        (read.copied if is_other else read.again).append(number)


def _say_otherwise(one: Mapping[str, Sequence[str]], other: Mapping[str, Sequence[str]]) -> bool:
    """Of what is sure in both."""
    return any(list(one[key]) != list(other[key]) for key in set(one) & set(other))


def _votes_and_strips(
    answer: PageAnswer, layout: Layout, page: Page
) -> tuple[list[tuple[str, Says]], list[tuple[str, bytes]]] | None:
    """None where a strip that must be looked at cannot be cut."""
    votes, strips = [], []
    for key, one in proposals(answer.reading, on_page(layout, page)).items():
        if one.sure:
            votes.append((key, one.answers))
            continue
        strip = crop(answer.picture, page.rows[key], pixels_a_mm=answer.pixels_a_mm or 0)
        if not strip:
            return None
        strips.append((key, strip))
    return votes, strips


def _keep_apart(count: BallotCount, read: ReadFile) -> None:
    """Each page once: what was read before stands."""
    rows = BallotPage.objects.filter(ballot__count=count, identifier__in=read.pages)
    made = []
    for page in rows.select_related("ballot"):
        found = read.pages[page.identifier]
        ballot = page.ballot
        if page.is_read:
            is_other = _say_otherwise(ballot.says, dict(found.votes))
            (read.copied if is_other else read.again).append(found.number)
            continue
        BallotPage.objects.filter(pk=page.pk).update(is_read=True)
        _add_says(ballot.pk, dict(found.votes))
        for question, strip in found.strips:
            doubt = BallotDoubt(count=count, question=question, ballot=ballot)
            doubt.keep_crop(strip)
            made.append(doubt)
        read.ballots += 1
    read.again.sort()
    read.copied.sort()
    _shuffle_in(count, made)
    count_again(count)
    count.save()


def _add_says(ballot: UUID, says: Mapping[str, Sequence[str]]) -> None:
    row = BallotSheet.objects.select_for_update().get(pk=ballot)
    row.says = {**row.says, **{question: list(said) for question, said in says.items()}}
    row.save()


def _keep(count: BallotCount, read: ReadFile) -> None:
    if count.is_apart:
        return
    for question, says in read.votes:
        count.votes = with_vote(count.votes, question, says)
    count.counted += read.ballots
    count.save()
    made = []
    for question, strip in read.strips:
        doubt = BallotDoubt(count=count, question=question)
        doubt.keep_crop(strip)
        made.append(doubt)
    _shuffle_in(count, made)


def _shuffle_in(count: BallotCount, made: Sequence[BallotDoubt]) -> None:
    """The table written anew in an order that is drawn, with new ids: where a row stands in it
    says nothing of when it came."""
    known = list(count.doubts.select_related("ballot"))
    together = [
        BallotDoubt(
            id=uuid.uuid4(),
            count=count,
            ballot=one.ballot,
            question=one.question,
            one_says=one.one_says,
            two_says=one.two_says,
            together=one.together,
            crop_key=one.crop_key,
            crop=one.crop,
        )
        for one in [*known, *made]
    ]
    CHANCE.shuffle(together)
    count.doubts.all().delete()
    BallotDoubt.objects.bulk_create(together)


# --- what people say -----------------------------------------------------------------------------


@transaction.atomic
def add_from_paper(count: BallotCount, *, by: Actor, short: str = "") -> None:
    """One sheet that no scanner reads: both readers say what they see on the paper. One at a time,
    so that both look at the same. `short`: of ballots told apart, the code of the page, which says
    which it is. Raises ValidationError."""
    count = locked(count, by)
    access.require(access.may_count(by, count))
    if count.by_hand is None:
        raise ValidationError(_("Count the sheets by hand first."))
    if any(not one.crop for one in count.doubts.all()):
        raise ValidationError(_("Another sheet is being read from the paper. Finish it first."))
    if count.is_apart:
        _add_page_from_paper(count, short)
        return
    count.counted += 1
    count.save()
    questions = count.sheet.as_layout.questions
    _shuffle_in(count, [BallotDoubt(count=count, question=one.key) for one in questions])


def _add_page_from_paper(count: BallotCount, short: str) -> None:
    rows = BallotPage.objects.filter(ballot__count=count).select_related("ballot")
    page = rows.filter(short=read_by_hand(short) or "-").first()
    if page is None:
        raise ValidationError(
            _("No page of this count has this code. Look again, at the top right of the page.")
        )
    if page.is_read:
        raise ValidationError(_("This page was read already: it is counted."))
    BallotPage.objects.filter(pk=page.pk).update(is_read=True)
    layout = count.sheet.as_layout
    asked = on_page(layout, layout.page(page.number))
    _shuffle_in(
        count,
        [BallotDoubt(count=count, question=one.key, ballot=page.ballot) for one in asked],
    )
    count_again(count)
    count.save()


@transaction.atomic
def say_vote(doubt: BallotDoubt, given: Sequence[str], *, by: Actor) -> bool:
    """What a reader sees on a strip: keys of choices, nothing for blank, VOID. Once both say the
    same it is counted, and the strip goes. Returns whether it was. Raises ValidationError."""
    count = locked(doubt.count, by)
    access.require(access.may_count(by, count))
    doubt = access.one_or_404(count.doubts.select_for_update(), pk=doubt.pk)
    mine = count.place_of(by)
    (other,) = set(PLACES) - {mine}
    if doubt.said_by(mine) is not None and not doubt.together:
        return False  # sent twice: what was said first stands until both look together
    says = _vote(count, doubt, given)
    setattr(doubt, f"{mine}_says", list(says))
    if doubt.said_by(other) is None:
        doubt.save()
        return False
    if doubt.said_by(other) != says:
        doubt.together = True
        doubt.save()
        return False
    if doubt.ballot_id is not None:
        _add_says(doubt.ballot_id, {doubt.question: () if says == (VOID,) else says})
    else:
        count.votes = with_vote(count.votes, doubt.question, says)
        count.save()
    doubt.delete()
    return True


def _vote(count: BallotCount, doubt: BallotDoubt, given: Sequence[str]) -> Says:
    asked = {question.key: question for question in count.sheet.as_layout.questions}
    try:
        return vote_of(asked[doubt.question], given)
    except NotAVote:
        raise ValidationError(_("Choose what this ballot says.")) from None
