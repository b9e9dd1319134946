"""One year of one invented centre: groups of twelve, half-days, absences, endings. Plain values
drawn from a seed; nothing is asked of the database.

Sized as the sector is (Interfédé, 2023): some 95 trainees and 10 000 rows of presence a year.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from relier.lib.days import is_working_day
from relier.training.hours import Absence, Attendance, Facts, Journey, Leaving, Modality, Scheme
from relier.training.rules import categories, documents

GROUP, GROUPS, SESSIONS = 12, 8, 130
STARTS = ((1, 8), (1, 15), (2, 1), (2, 20), (4, 1), (8, 20), (9, 5), (10, 1))
SUMMER = ((7, 15), (8, 15))
LENGTHS = (180, 210, 240, 240)
A_DAY = timedelta(days=1)
HOUR = 60
PROGRAMME = 1200 * HOUR
# Most often illness; then a summons, a sick child, looking for a job, a family event.
GROUNDS = (1, 1, 1, 7, 3, 6, 8)
ENDINGS = (
    (0.60, Leaving.COMPLETED),
    (0.72, Leaving.DROPPED),
    (0.90, Leaving.JOB),
    (1.00, Leaving.OTHER_TRAINING),
)


@dataclass
class Trainee:
    """One file, and what came of it."""

    enrolment: UUID
    ledger_key: UUID
    entered_on: date
    contract_on: date | None
    plan_on: date
    category: str
    documents: list[tuple[str, date, date]]
    left_on: date
    leaving: Leaving
    job_months: int
    attendances: list[Attendance] = field(default_factory=list)
    absences: list[Absence] = field(default_factory=list)

    def facts(self, *, in_group: bool) -> Facts:
        journey = Journey(
            source=self.enrolment, scheme=Scheme.CISP, entered_on=self.entered_on,
            programme=PROGRAMME, in_group=in_group, left_on=self.left_on, leaving=self.leaving,
            job_months=self.job_months, leaving_proved=self.leaving is Leaving.JOB,
        )  # fmt: skip
        return Facts(journey, tuple(self.attendances), tuple(self.absences))


@dataclass
class Group:
    """A workshop: its sessions (id, day, minutes) and who came."""

    workshop: UUID
    track: int
    sessions: list[tuple[UUID, date, int]]
    trainees: list[Trainee]


def drawn(chance: random.Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)


def drawn_on(day: date, chance: random.Random) -> UUID:
    """An id that grows with the days: the millions of rows of presence then reach the index of
    their key in order. No page asks for them by it."""
    return UUID(int=day.toordinal() << 80 | chance.getrandbits(80), version=4)


def groups_of(year: int, tracks: int, until: date, chance: random.Random) -> Iterator[Group]:
    """The groups that begin that year, each in one of so many tracks. No session from `until` on:
    a day that has not come holds no presence."""
    for number in range(GROUPS):
        days = list(days_from(date(year, *STARTS[number]), until))
        if days:
            yield group(days, number % tracks, chance)


def days_from(start: date, until: date) -> Iterator[date]:
    day, found = start, 0
    while found < SESSIONS and day < until:
        in_summer = SUMMER[0] <= (day.month, day.day) <= SUMMER[1]
        at_christmas = (day.month, day.day) >= (12, 24)
        if is_working_day(day) and not in_summer and not at_christmas:
            found += 1
            yield day
        day += A_DAY


def group(days: list[date], track: int, chance: random.Random) -> Group:
    sessions = [(drawn(chance), day, chance.choice(LENGTHS)) for day in days]
    trainees = [trainee(days, chance) for _ in range(GROUP)]
    for one in trainees:
        attend(one, sessions, chance)
    return Group(drawn(chance), track, sessions, trainees)


def trainee(days: list[date], chance: random.Random) -> Trainee:
    entered = days[0]
    category = chance.choice(sorted(categories()))
    leaving = next(why for below, why in ENDINGS if chance.random() <= below or below == 1)
    last = len(days) - 1 if leaving is Leaving.COMPLETED else chance.randrange(len(days))
    late = chance.random()
    return Trainee(
        enrolment=drawn(chance),
        ledger_key=drawn(chance),
        entered_on=entered,
        contract_on=None if late < 0.01 else entered + A_DAY * (late < 0.04),
        plan_on=entered + A_DAY * (chance.randrange(1, 28) if late < 0.95 else 60),
        category=category,
        documents=list(shown(category, entered, chance)),
        left_on=days[last],
        leaving=leaving,
        job_months=6 if leaving is Leaving.JOB else 0,
    )


def shown(category: str, entered: date, chance: random.Random) -> Iterator[tuple[str, date, date]]:
    """(document, the date it bears, the day it came): three in a hundred never come."""
    for key in categories()[category].documents:
        if chance.random() > 0.03:
            days = 0 if documents()[key].within == "residence_permit_days" else chance.randrange(12)
            received = entered + A_DAY * days
            yield key, received - A_DAY * chance.randrange(6), received


def attend(one: Trainee, sessions: list[tuple[UUID, date, int]], chance: random.Random) -> None:
    for _, day, minutes in sessions:
        if day > one.left_on:
            return
        missed = missed_of(minutes, chance)
        modality = Modality.REMOTE if chance.random() < 0.05 else Modality.IN_PERSON
        source = drawn_on(day, chance)
        one.attendances.append(Attendance(source, day, minutes - missed, missed, modality=modality))
        if missed == minutes and chance.random() < 0.6:
            proved = chance.random() < 0.8
            ground = chance.choice(GROUNDS)
            one.absences.append(Absence(drawn(chance), day, day, ground, proved))


def missed_of(minutes: int, chance: random.Random) -> int:
    what = chance.random()
    if what < 0.10:
        return minutes
    return HOUR if what < 0.17 else 0
