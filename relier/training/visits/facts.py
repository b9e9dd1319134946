"""A centre's year as the engine of the inspection takes it, from the database, in a constant number
of queries.

Only tracks of CISP: the procedure is that of their order. Ids are those of rows: a file is an
enrolment; a row is a presence and its account. What the database does not say is counted apart
(`Unknown`), and never taken for regular in silence.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef

from relier.training.dues import documents_due, due_within
from relier.training.figures import counted_by_source
from relier.training.hours import Carrier
from relier.training.inspection import Calendar, Code, Document, Facts, Problem, Row, Trainee
from relier.training.legal import rulebook
from relier.training.models import (
    CalendarChange,
    Eligibility,
    Enrolment,
    EvidenceReceived,
    Presence,
    Session,
    Track,
    TrainingPlan,
)
from relier.training.rules import Rulebook
from relier.training.rules.holidays import Said, holidays

from .lists import SignedList, lists_of

SWORN = "sworn"


@dataclass
class Unknown:
    """What the database does not say. `without_list`: rows of which nobody knows whether a signed
    list exists; `without_category`: files where why one may enter was not said; `erased`: ledger
    keys that lead to no file any more, what the law keeps of them being sealed."""

    without_list: set[str] = field(default_factory=set)
    without_category: set[str] = field(default_factory=set)
    erased: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Told:
    """`session_of`: row -> the session where it was taken. `fingerprint`: the same for the same
    facts, whatever the day."""

    facts: Facts
    rules: Rulebook
    unknown: Unknown
    session_of: dict[str, UUID]
    fingerprint: str


class Taken(NamedTuple):
    """Where a presence was taken."""

    session: UUID
    person: UUID
    carrier: int
    has_trainer: bool


class Counted(NamedTuple):
    """What the ledger says of one source, on one ground (0: followed)."""

    trainee: UUID
    source: UUID
    track: UUID
    day: date
    ground: int
    minutes: int


def facts_of(centre: UUID, year: int, on: date) -> Told:
    """The year as it stands on the day `on`. Ten queries. Raises ValueError for an entry of the
    ledger that stands below zero."""
    rules, unknown = rulebook(centre), Unknown()
    counted = [Counted(*row) for row in counted_by_source(centre, year, Track.Scheme.CISP)]
    files = files_of(centre, year, {one.trainee for one in counted})
    taken = taken_in(centre, year)
    lists = lists_of({one.session for one in taken.values()})
    trainees = trainees_of(files, rules, unknown, on)
    known = {one.ledger_key: str(one.pk) for one in files}
    rows = [row_of(one, known, taken, lists, unknown) for one in counted]
    trainees += erased_files(rows, unknown)
    calendar = Calendar(holidays(year, said_of(centre, year)))
    facts = Facts(year, on, tuple(trainees), tuple(rows), calendar)
    session_of = {row_id(one): taken[one.source].session for one in counted if one.source in taken}
    return Told(facts, rules, unknown, session_of, fingerprint_of(facts))


# --- what was counted, and where -----------------------------------------------------------------


def taken_in(centre: UUID, year: int) -> dict[UUID, Taken]:
    """Source of an entry -> where it was taken. One query."""
    given = Exists(Session.trainers.through.objects.filter(session=OuterRef("session")))
    rows = (
        Presence.objects.current()
        .filter(session__centre=centre, session__day__range=(date(year, 1, 1), date(year, 12, 31)))
        .order_by()
        .values_list("pk", "first", "session", "person__root", "session__carrier", given)
    )
    return {
        first or pk: Taken(session, person, carrier, has_trainer)
        for pk, first, session, person, carrier, has_trainer in rows
    }


def row_id(one: Counted) -> str:
    return f"{one.source}:{one.ground}" if one.ground else str(one.source)


def row_of(
    one: Counted,
    known: dict[UUID, str],
    taken: dict[UUID, Taken],
    lists: dict[UUID, SignedList | None],
    unknown: Unknown,
) -> Row:
    """One row. The ledger counts an assimilated hour only once its proof is there, so it is proved;
    nobody signs for it."""
    id, at = row_id(one), taken.get(one.source)
    if one.trainee not in known:
        unknown.erased.add(str(one.trainee))
    signed = lists.get(at.session) if at else None
    if not one.ground and signed is None:
        unknown.without_list.add(id)
    listed = signed.minutes.get(at.person) if signed and at else None
    return Row(
        id=id,
        trainee=known.get(one.trainee, str(one.trainee)),
        track=str(one.track),
        day=one.day,
        minutes=one.minutes,
        listed=listed,
        has_list=signed is None or signed.is_here,
        signed=signed is None or not signed.is_here or listed is not None,
        has_trainer=at is None or at.carrier != Carrier.CENTRE or at.has_trainer,
        ground=one.ground,
    )


# --- files ---------------------------------------------------------------------------------------


def files_of(centre: UUID, year: int, counted: set[UUID]) -> list[Enrolment]:
    """Those who have hours that year, and those who entered in it and have none yet. One query."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows = Enrolment.objects.filter(
        centre=centre, track__scheme=Track.Scheme.CISP, entered_on__lte=last
    ).not_left_before(first)
    found = rows.select_related("track").order_by("pk")
    return [one for one in found if one.ledger_key in counted or one.entered_on >= first]


def trainees_of(
    files: list[Enrolment], rules: Rulebook, unknown: Unknown, on: date
) -> list[Trainee]:
    """Four queries: plans, categories, documents."""
    ids = [one.pk for one in files]
    plans = first_plans(ids)
    categories = dict(
        Eligibility.objects.current().filter(enrolment__in=ids).values_list("enrolment", "category")
    )
    received: dict[UUID, list[EvidenceReceived]] = defaultdict(list)
    for row in EvidenceReceived.objects.current().filter(enrolment__in=ids, withdrawn=False):
        received[row.enrolment_id].append(row)
    return [
        trainee_of(one, plans.get(one.pk), categories.get(one.pk), received[one.pk], rules,
                   unknown, on)
        for one in files
    ]  # fmt: skip


def first_plans(ids: list[UUID]) -> dict[UUID, date]:
    """Enrolment -> the day of the first plan: what changes it later does not make it late."""
    rows = TrainingPlan.objects.filter(enrolment__in=ids, replaces=None)
    return dict(rows.values_list("enrolment", "on"))


def trainee_of(
    one: Enrolment,
    plan_on: date | None,
    category: str | None,
    received: Collection[EvidenceReceived],
    rules: Rulebook,
    unknown: Unknown,
    on: date,
) -> Trainee:
    """A file. No programme bounds it here: the ledger never counts more than the text allows."""
    id = str(one.pk)
    if category is None:
        unknown.without_category.add(id)
    asked = documents_due(one, category, received, rules, on=on) if category else []
    sworn = any(row.document == SWORN for row in received)
    too_old = Code.DOCUMENT_OUT_OF_DATE
    problems = [Problem(id, too_old, due_on=one.entered_on) for d in asked if d.is_expired]
    if category is None:
        problems.append(Problem(id, Code.OTHER_FILE))
    return Trainee(
        id=id,
        track=str(one.track_id),
        entered_on=one.entered_on,
        contract_on=one.contract_on,
        left_on=one.left_on,  # type: ignore[attr-defined]
        plan_on=plan_on,
        plan_due_on=due_within("plan_days", one, plan_on, rules, on).due_on,
        documents=tuple(
            Document(
                due_on=asks.due.due_on,
                received_on=asks.due.done_on,
                issued_on=asks.received.issued_on
                if asks.received and asks.document.expires
                else None,
                sworn=sworn,
            )
            for asks in asked
        ),
        problems=tuple(problems),
    )


def erased_files(rows: Iterable[Row], unknown: Unknown) -> list[Trainee]:
    """Hours stay when a file is erased, and what the law keeps of it is sealed: the inspector may
    have it opened; a rehearsal cannot. They are no hours of nobody."""
    first: dict[str, Row] = {}
    for row in rows:
        here = first.get(row.trainee)
        if here is None or row.day < here.day:
            first[row.trainee] = row
    return [
        Trainee(id, row.track, entered_on=row.day, contract_on=row.day)
        for id, row in first.items()
        if id in unknown.erased
    ]


# --- the calendar, and what stands ---------------------------------------------------------------


def said_of(centre: UUID, year: int) -> list[Said]:
    """What the centre says of the days of a year, the earliest said first. One query."""
    rows = CalendarChange.objects.filter(
        centre=centre, first_on__lte=date(year, 12, 31), last_on__gte=date(year, 1, 1)
    )
    return [Said(row.first_on, row.last_on, row.is_holiday) for row in rows]


def fingerprint_of(facts: Facts) -> str:
    said = hashlib.sha256()
    for said_of_it in sorted(repr(one) for one in (*facts.trainees, *facts.rows)):
        said.update(said_of_it.encode())
    said.update(repr(sorted(facts.calendar.holidays)).encode())
    return said.hexdigest()
