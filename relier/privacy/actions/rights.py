"""What a person may ask of all that is held about them: to have it, to have it erased."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from relier.accounts.actors import Actor
from relier.journal import actions as journal
from relier.journal import registry
from relier.journal.once import once
from relier.privacy import disk, held, tallies, tombstones
from relier.privacy.models import Archive, RightsRequest, Subject, terms_of
from relier.privacy.rules.terms import ANSWER, Hold, hold_on

from .archives import seal_archive

What, Answer = RightsRequest.What, RightsRequest.Answer


# --- asking and answering ------------------------------------------------------------------------


@transaction.atomic
def ask_right(
    subject: Subject, what: str, *, on: date, by: Actor, form_key: UUID | None = None
) -> RightsRequest:
    """Keep that a person asks for one of their rights, and by when they are answered. Asked again
    before it is answered, it is kept once: the first day counts."""
    Subject.objects.select_for_update().get(pk=subject.pk)
    standing = RightsRequest.objects.open().filter(subject=subject, what=what).first()
    if standing:
        return standing

    def keep(key: UUID) -> RightsRequest:
        lasts = terms_of(subject.centre_id, on=on)[ANSWER]
        asked = RightsRequest(
            subject=subject,
            what=what,
            asked_on=on,
            answer_by=lasts.after(on),
            heard_by_id=by.id if by.in_a_centre else None,
            form_key=key,
        )
        asked.full_clean(exclude=["form_key"])
        asked.save()
        journal.record("privacy.right_asked", asked, by=by, subject=subject.pk, what=what)
        return asked

    return once(RightsRequest.objects.filter(subject=subject), form_key, keep)


@transaction.atomic
def answer_right(asked: RightsRequest, answer: str, *, on: date, by: Actor) -> RightsRequest:
    asked = RightsRequest.objects.select_for_update().get(pk=asked.pk)
    if asked.answered_on is None:
        asked.answered_on = on
        asked.answer = Answer(answer)
        asked.save(update_fields=["answered_on", "answer"])
        journal.record(
            "privacy.right_answered",
            asked,
            by=by,
            subject=asked.subject_id,
            what=asked.what,
            answer=asked.answer,
        )
    return asked


# --- having it all -------------------------------------------------------------------------------


@transaction.atomic
def hand_over(subjects: list[UUID], *, by: Actor, alone: bool = False) -> dict[str, dict[str, Any]]:
    """All that is held about someone (every alias of a merged file), table by table. `alone`: what
    they take by themself."""
    given = {
        holding.model: {
            "title": held.title_of(holding),
            "why": str(holding.why),
            "words": held.columns(holding),
            "rows": holding.hand_over(holding, subjects),
        }
        for holding in registry.holdings(about="person")
        if holding.leaves(alone=alone)
    }
    for subject in Subject.objects.filter(pk__in=subjects):
        journal.record("privacy.handed_over", subject, by=by, subject=subject.pk)
    return given


# --- being erased --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Preview:
    """What an erasure would do: what goes, by kind; what the law keeps, and of what."""

    goes: list[tuple[str, int]]
    hold: Hold | None
    kept: list[str]


@dataclass(frozen=True)
class Erasure:
    rows: int
    archive: Archive | None = None


def hold_of(subject: Subject, entered_on: date, *, on: date) -> Hold | None:
    """What the law obliges this centre to keep of someone who entered that day."""
    lasting = terms_of(subject.centre_id, on=on)
    return hold_on(subject.centre.kind, entered_on, lasting, on=on)


def preview_erasure(subjects: list[UUID], *, entered_on: date, on: date) -> Preview:
    subject = Subject.objects.select_related("centre").get(pk=subjects[0])
    hold = hold_of(subject, counted_from(subjects, entered_on), on=on)
    goes, kept = [], []
    for holding in held.in_order():
        # Lines of the journal stay, and tell no colleague how many there are.
        told = held.columns(holding) and not holding.for_them_alone
        number = holding.rows(subjects).count() if told else 0
        if number:
            goes.append((held.title_of(holding), number))
            if hold and hold.document_class in holding.archived_as:
                kept.append(held.title_of(holding))
    return Preview(goes, hold, kept)


def erase(
    subjects: list[UUID], *, by: Actor, entered_on: date | None = None, hold: Hold | None = None
) -> Erasure:
    """Erase all that is held about someone; the journal keeps its lines, which name nobody.

    `entered_on`: the day from which the law counts; unknown, the first day of the file; where an
    entry in training is later, that one. `hold`: what must be kept, where it is known already. All
    or nothing; the list of those erased is written first. `disk.clean_if_needed` is called after,
    outside of any transaction.
    """
    with transaction.atomic():
        here = list(
            Subject.objects.select_for_update(of=("self",))
            .select_related("centre")
            .filter(pk__in=subjects)
        )
        if not here:
            return Erasure(0)
        ids = [one for one in subjects if one in {subject.pk for subject in here}]
        centre, today = here[0].centre_id, timezone.localdate()
        entered_on = counted_from(ids, entered_on or first_day(ids))
        hold = hold or hold_of(here[0], entered_on, on=today)
        _list_as_erased(ids, centre, entered_on, hold)
        disk.to_clean()
        tallies.keep_numbers(ids, centre=centre)
        archive = None
        if hold and hold.ends_on > today:
            archive = seal_archive(ids, hold, centre=centre, by=by)
        for subject in here:
            journal.record("privacy.erased", subject, by=by, subject=subject.pk, centre=centre)
        rows = sum(holding.erase(holding, ids) for holding in registry.holdings(about="person"))
    return Erasure(rows, archive)


def _list_as_erased(ids: list[UUID], centre: UUID, entered_on: date, hold: Hold | None) -> None:
    stone = tombstones.Tombstone(
        id=ids[0],
        centre=centre,
        at=timezone.now(),
        deed=uuid4(),
        entered_on=entered_on,
        document_class=hold.document_class if hold else "",
        archived_until=hold.ends_on if hold else None,
    )
    tombstones.append(ids, like=stone)


def counted_from(subjects: Iterable[UUID], entered_on: date) -> date:
    """The day from which the law counts: the latest entry that a room knows of, or the day that is
    said, if it is later. A file of someone who entered again is kept from that day."""
    ids = list(subjects)
    days = [
        day
        for holding in registry.holdings(about="person")
        if holding.kept_from
        for day in holding.rows(ids).values_list(holding.kept_from, flat=True)
    ]
    return max([entered_on, *map(as_day, days)])


def first_day(subjects: Iterable[UUID]) -> date:
    """The first day of which anything is known about someone."""
    days = [
        day
        for holding in registry.holdings(about="person")
        if holding.day
        for day in holding.rows(subjects)
        .order_by(holding.day)
        .values_list(holding.day, flat=True)[:1]
    ]
    return min((as_day(day) for day in days), default=timezone.localdate())


def as_day(value: Any) -> date:
    return timezone.localtime(value).date() if hasattr(value, "hour") else value


def erase_again(*, by: Actor) -> int:
    """Erase everyone who was erased already and is there again: after an older backup came back,
    or where the power was cut. Returns how many people. Raises NoTombstones."""
    stones = sorted(tombstones.read(), key=lambda stone: (stone.at, stone.deed))
    back = set(
        Subject.objects.filter(pk__in=[stone.id for stone in stones]).values_list("pk", flat=True)
    )
    people = 0
    for _deed, files in groupby(stones, key=lambda stone: stone.deed):
        listed = list(files)
        ids = [stone.id for stone in listed]
        if back.intersection(ids):
            _erase_again(ids, listed[0], by=by)
            people += 1
    return people


def _erase_again(ids: list[UUID], stone: tombstones.Tombstone, *, by: Actor) -> None:
    """As it was done the first time: with the same end of what had to be kept."""
    hold = None
    if stone.entered_on and stone.archived_until:
        lasts = terms_of(stone.centre, on=timezone.localdate())[stone.document_class]
        hold = Hold(stone.document_class, lasts, stone.entered_on, stone.archived_until)
    erase(ids, by=by, hold=hold, entered_on=stone.entered_on)
