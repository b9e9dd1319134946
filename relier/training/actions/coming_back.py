"""What comes back from a list on paper, or from a device that had no connection.

One rule for both: what stands keeps standing. What comes back counts where nothing stood, where it
says the same, and where whoever said it had seen what stands. Anything else is kept beside it as a
difference, counts for nothing, and waits for someone to decide (docs/decisions/024).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from relier.accounts.actors import Actor
from relier.journal import actions as journal
from relier.people.models import Person
from relier.training import access
from relier.training.models import Difference, Presence, Session

from .presences import Took, row_key, says_the_same, standing_in, take_presence


@dataclass(frozen=True)
class Said:
    """What is said of one person. `key`: of this entry, so that it is kept once. `seen`: what
    whoever said it knew of: presences, or keys of entries of theirs."""

    person: Person
    took: Took
    key: UUID
    seen: Sequence[UUID | None] = ()
    said_at: datetime | None = None

    @property
    def id(self) -> UUID:
        return row_key(self.key, self.person.root_id)

    def saw(self, standing: Presence) -> bool:
        known = [one for one in self.seen if one is not None]
        keys = [row_key(one, self.person.root_id) for one in known]
        return standing.pk in {*known, *keys}


class Outcome(StrEnum):
    KEPT = "kept"
    KNOWN = "known"
    DIFFERS = "differs"


@transaction.atomic
def bring_back(session: Session, said: Sequence[Said], *, source: str, by: Actor) -> list[Outcome]:
    """What became of each, in the order of `said`. A constant number of queries for each time that
    someone is spoken of."""
    access.require(access.may_see(by, session))
    people = list({one.person.pk: one.person for one in said}.values())
    access.require(access.may_take_presence(by, session, people))
    session = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    found: dict[int, Outcome] = {}
    for numbers in in_turn_of([one.person.root_id for one in said]):
        turn = {number: said[number] for number in numbers}
        found |= _bring_back_once(session, turn, source=source, by=by)
    return [found[number] for number in range(len(said))]


def in_turn_of(people: Sequence[UUID]) -> list[list[int]]:
    """Places in `people`, each of them at most once in a turn, in the order they came."""
    turns: list[list[int]] = []
    times: dict[UUID, int] = {}
    for number, person in enumerate(people):
        turn = times.get(person, 0)
        times[person] = turn + 1
        if turn == len(turns):
            turns.append([])
        turns[turn].append(number)
    return turns


def _bring_back_once(
    session: Session, turn: Mapping[int, Said], *, source: str, by: Actor
) -> dict[int, Outcome]:
    standing, came = standing_in(session), already_here(turn.values())
    found, counted, different = {}, {}, []
    for number, one in turn.items():
        here = standing.get(one.person.root_id)
        took = replace(one.took, placement=here.placement_id) if here else one.took
        if one.id in came:
            found[number] = came[one.id]
        elif here is not None and says_the_same(here, took.as_columns(session)):
            found[number] = Outcome.KNOWN
        elif here is None or not (here.minutes or here.missed) or one.saw(here):
            found[number] = Outcome.KEPT
            counted[number] = replace(one, took=took)
        else:
            found[number] = Outcome.DIFFERS
            different.append((replace(one, took=took), here))
    if counted:
        took_now = {one.person: one.took for one in counted.values()}
        keys = {one.person: one.key for one in counted.values()}
        take_presence(session, took_now, keys=keys, by=by)
    _keep_differences(session, different, source=source, by=by)
    return found


def already_here(said: Iterable[Said]) -> dict[UUID, Outcome]:
    """Those that came before, and what became of them. Two queries."""
    ids = [one.id for one in said]
    here = dict.fromkeys(
        Presence.objects.filter(pk__in=ids).values_list("pk", flat=True), Outcome.KNOWN
    )
    beside = Difference.objects.filter(pk__in=ids).values_list("pk", flat=True)
    return here | dict.fromkeys(beside, Outcome.DIFFERS)


def _keep_differences(
    session: Session, different: Sequence[tuple[Said, Presence]], *, source: str, by: Actor
) -> None:
    if not different:
        return
    rows = []
    for one, standing in different:
        columns = one.took.as_columns(session)
        columns["placement_id"] = columns.pop("placement")
        row = Difference(
            id=one.id, centre_id=session.centre_id, session=session, against=standing,
            person_id=one.person.root_id, source=source, author_id=by.id, said_at=one.said_at,
            **columns,
        )  # fmt: skip
        rows.append(row)
    Difference.objects.bulk_create(rows)
    shown = [str(row.person_id) for row in rows]
    journal.record("training.presence_differs", session, by=by, shown=shown)


@transaction.atomic
def decide_difference(difference: Difference, *, counts: bool, by: Actor) -> Difference:
    """Let it count, and the others of the same person wait no more; or leave what stands. Decided
    already, it stays as it is."""
    access.require(access.may_see(by, difference))
    session = Session.objects.select_for_update(of=("self",)).get(pk=difference.session_id)
    access.require(access.may_run(by, session.team))
    waiting = Difference.objects.open().filter(
        session=session, person__root=difference.person.root_id
    )
    rows = list(waiting.select_related("person__root"))
    chosen = next((row for row in rows if row.pk == difference.pk), None)
    if chosen is None:
        return Difference.objects.get(pk=difference.pk)
    if counts:
        person = chosen.person.root
        take_presence(session, {person: took_of(chosen)}, by=by, form_key=chosen.pk)
    _decided([*rows] if counts else [chosen], chosen if counts else None, by)
    journal.record(
        "training.difference_decided", chosen, by=by, subject=chosen.person_id, counts=counts
    )
    return chosen


def _decided(rows: Sequence[Difference], counts: Difference | None, by: Actor) -> None:
    for row in rows:
        row.decided_at, row.decided_by_id = timezone.now(), by.id
        row.counts = row is counts
    Difference.objects.bulk_update(rows, ["decided_at", "decided_by", "counts"])


def took_of(row: Any) -> Took:
    names = ("minutes", "missed", "modality", "from_where", "equipment")
    return Took(**{name: getattr(row, name) for name in names}, placement=row.placement_id)
