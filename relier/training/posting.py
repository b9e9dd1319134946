"""Bringing the ledger to what it should say: `hours.allocate` says what that is, and what differs
is appended, with its cause.

Whoever changes a fact calls `hold` before they write, and `post` after, in one transaction:

    held = hold(ids)
    …                                   # write presences, an absence, an ending
    post(held, cause=Cause.PRESENCE, by=by)

The enrolments are locked in the order of their ids, with the other entries of the same person in
the same track (their hours have one limit): two people at once wait for each other, and the second
posts what then differs, which may be nothing.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from relier.accounts.actors import Actor

from . import hours
from .hours import Absence, Attendance, Carrier, Facts, Journey, Leaving, Modality, Scheme, Slot
from .legal import rulebook
from .models import (
    Absence as AbsenceRow,
)
from .models import (
    Ending,
    Enrolment,
    LedgerEntry,
    MonthClosing,
    Posting,
    Presence,
    TrainingPlan,
)
from .models.ledger import month_of

Amounts = dict[Slot, int]


class Held(NamedTuple):
    """Enrolments that are locked until the commit, with those whose hours depend on theirs."""

    enrolments: list[Enrolment]

    def of(self, pk: UUID) -> Enrolment:
        return next(one for one in self.enrolments if one.pk == pk)


Difference = tuple[Enrolment, Slot, int]


class Change(NamedTuple):
    """Facts that are about to be written, by enrolment, or to go (`gone`: the ids of presences,
    absences and endings)."""

    attendances: Mapping[UUID, Sequence[Attendance]] = {}
    absences: Mapping[UUID, Sequence[Absence]] = {}
    gone: AbstractSet[UUID] = frozenset()


NO_CHANGE = Change()


def hold(enrolments: Iterable[UUID]) -> Held:
    """Lock these enrolments. Two queries. Inside a transaction."""
    return Held(near(enrolments, locked=True))


def lock(enrolments: Sequence[UUID]) -> None:
    """Until the commit, nobody else moves the hours of these enrolments: those of `near`, all of
    them, in the order of their ids."""
    rows = Enrolment.objects.select_for_update().filter(pk__in=enrolments).order_by("pk")
    list(rows.values_list("pk", flat=True))


def near(enrolments: Iterable[UUID], *, locked: bool = False) -> list[Enrolment]:
    """These enrolments, and the others of the same person in the same track: all whose hours have
    one limit. Two queries."""
    asked = Enrolment.objects.filter(pk__in=list(enrolments))
    pairs = set(asked.values_list("person__root", "track"))
    if not pairs:
        return []
    rows = Enrolment.objects.select_for_update(of=("self",)) if locked else Enrolment.objects.all()
    found = (
        rows.select_related("person", "track", "programme")
        .filter(person__root__in={root for root, _ in pairs}, track__in={one for _, one in pairs})
        .order_by("pk")
    )
    return [one for one in found if (one.person.root_id, one.track_id) in pairs]


def post(held: Held, *, cause: str, by: Actor) -> Posting | None:
    """Append what differs between what the ledger says of these enrolments and what it should say.
    None where nothing differs: posting twice adds nothing. At most nine queries, however many
    enrolments and hours there are."""
    if not held.enrolments:
        return None
    centre = held.enrolments[0].centre_id
    share_with_closings(centre)
    entries = differences(held.enrolments)
    if not entries:
        return None
    return append(entries, centre=centre, cause=cause, by=by)


def differences(enrolments: Sequence[Enrolment], change: Change = NO_CHANGE) -> list[Difference]:
    """What the ledger lacks, or says too much, of these enrolments: those of `near`, all of them.
    `change`: of facts, that is not written yet."""
    posted = stands(enrolments)
    desired = what_should_stand(enrolments, change)
    return [
        (enrolment, slot, minutes)
        for enrolment in enrolments
        for slot, minutes in hours.difference(
            desired[enrolment.pk], posted[enrolment.ledger_key]
        ).items()
    ]


def append(entries: Sequence[Difference], *, centre: UUID, cause: str, by: Actor) -> Posting:
    posting = posting_of(centre, cause=cause, by=by)
    posting.save(force_insert=True)
    LedgerEntry.objects.bulk_create(
        as_entries(entries, posting, closed_months(centre)), batch_size=500
    )
    return posting


def posting_of(centre: UUID, *, cause: str, by: Actor) -> Posting:
    """Not saved yet."""
    return Posting(
        centre_id=centre, cause=cause, author_kind=by.kind.value, author=by.id, at=timezone.now()
    )


def closed_months(centre: UUID) -> set[int]:
    return set(MonthClosing.objects.filter(centre=centre).values_list("month", flat=True))


def as_entries(
    entries: Iterable[Difference], posting: Posting, closed: set[int]
) -> list[LedgerEntry]:
    """Not saved yet."""
    return [
        LedgerEntry(
            centre_id=posting.centre_id,
            track_id=enrolment.track_id,
            trainee=enrolment.ledger_key,
            source=slot.source,
            day=slot.day,
            month=month_of(slot.day),
            account=int(slot.account),
            ground=slot.ground,
            carrier=int(slot.carrier),
            minutes=minutes,
            posting=posting,
            is_late=month_of(slot.day) in closed,
        )
        for enrolment, slot, minutes in entries
    ]


# --- what the ledger says ------------------------------------------------------------------------


def stands(enrolments: Iterable[Enrolment]) -> dict[UUID, Amounts]:
    """Ledger key -> slot -> minutes that stand now. One query."""
    found: dict[UUID, Amounts] = defaultdict(dict)
    rows = (
        LedgerEntry.objects.of(enrolments)
        .order_by()
        .values_list("trainee", "source", "day", "account", "ground", "carrier")
        .annotate(Sum("minutes"))
    )
    for trainee, source, day, account, ground, carrier, minutes in rows:
        slot = Slot(source, day, hours.Account(account), ground, Carrier(carrier))
        found[trainee][slot] = minutes
    return found


# --- what it should say --------------------------------------------------------------------------


def what_should_stand(
    enrolments: Sequence[Enrolment], change: Change = NO_CHANGE
) -> dict[UUID, Amounts]:
    """Enrolment -> what should stand of it. The entries of one person in one track follow one
    another: what the first ones counted is taken off the limit of the next. Five queries."""
    rules = rulebook(enrolments[0].centre_id)
    facts = facts_of(enrolments, change)
    earlier: dict[tuple[UUID, UUID], int] = defaultdict(int)
    found = {}
    for one in sorted(enrolments, key=lambda one: (one.entered_on, one.pk)):
        pair = (one.person.root_id, one.track_id)
        own = facts[one.pk](earlier[pair])
        found[one.pk] = hours.allocate(own, rules)
        earlier[pair] += sum(found[one.pk].values())
    return found


def facts_of(enrolments: Sequence[Enrolment], change: Change = NO_CHANGE) -> dict[UUID, Any]:
    """Enrolment -> (minutes counted earlier -> its facts). Four queries."""
    ids = [one.pk for one in enrolments]
    attendances, absences = attendances_of(ids, change.gone), absences_of(ids, change.gone)
    endings = {
        one.enrolment_id: one
        for one in _current(Ending, ids)
        if not one.taken_back and one.pk not in change.gone
    }
    plans = {one.enrolment_id: one.minutes for one in _current(TrainingPlan, ids)}

    def of(one: Enrolment) -> Any:
        journey = {
            "source": one.pk,
            "scheme": Scheme(one.track.scheme),
            "entered_on": one.entered_on,
            "programme": plans.get(one.pk) or one.programme.minutes,
            "in_group": one.track.in_group,
            **_leaving(endings.get(one.pk)),
        }
        followed = (*attendances[one.pk], *change.attendances.get(one.pk, ()))
        away = (*absences[one.pk], *change.absences.get(one.pk, ()))
        return lambda earlier: Facts(Journey(**journey, earlier=earlier), followed, away)

    return {one.pk: of(one) for one in enrolments}


def _current(model: Any, ids: list[UUID]) -> Any:
    return model.objects.current().filter(enrolment__in=ids)


def _leaving(ending: Ending | None) -> dict[str, Any]:
    if ending is None:
        return {}
    return {
        "left_on": ending.on,
        "leaving": Leaving(ending.reason),
        "job_months": ending.job_months or 0,
        "leaving_proved": ending.form_received_on is not None,
    }


def attendances_of(
    ids: list[UUID], gone: AbstractSet[UUID] = frozenset()
) -> dict[UUID, tuple[Attendance, ...]]:
    found: dict[UUID, list[Attendance]] = defaultdict(list)
    rows = _current(Presence, ids).filter(session__called_off=False).order_by()
    named = rows.values_list(
        "enrolment", "pk", "first", "session__day", "minutes", "missed", "session__carrier",
        "modality",
    )  # fmt: skip
    for enrolment, pk, first, day, minutes, missed, carrier, modality in named:
        if pk in gone:
            continue
        found[enrolment].append(
            Attendance(first or pk, day, minutes, missed, Carrier(carrier), Modality(modality))
        )
    return _as_tuples(found)


def absences_of(
    ids: list[UUID], gone: AbstractSet[UUID] = frozenset()
) -> dict[UUID, tuple[Absence, ...]]:
    found: dict[UUID, list[Absence]] = defaultdict(list)
    for row in _current(AbsenceRow, ids).filter(withdrawn=False).defer("proof"):
        if row.pk in gone:
            continue
        proved = row.proof_received_on is not None
        found[row.enrolment_id].append(
            Absence(row.source, row.from_on, row.until_on, row.ground, proved)
        )
    return _as_tuples(found)


def _as_tuples(found: dict[UUID, list[Any]]) -> dict[UUID, tuple[Any, ...]]:
    return defaultdict(tuple, {key: tuple(rows) for key, rows in found.items()})


# --- closings wait for postings, and postings for closings ---------------------------------------


def share_with_closings(centre: UUID) -> None:
    """Until the commit, no month of this centre is closed. Postings do not wait for one another."""
    _advise("pg_advisory_xact_lock_shared", centre)


def wait_for_postings(centre: UUID) -> None:
    """Until the commit, nothing is posted in this centre."""
    _advise("pg_advisory_xact_lock", centre)


def _advise(function: str, centre: UUID) -> None:
    # SQLite writes one transaction at a time.
    if connection.vendor == "postgresql":
        drawn = hashlib.sha256(b"ledger" + centre.bytes).digest()[:8]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [int.from_bytes(drawn, signed=True)])
