"""The same rules as `relier/training/hours.py`, written apart and slowly: one minute after another,
each cap looked at again from all that was granted before. And facts drawn at random."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from hypothesis import strategies as st

from relier.training.hours import (
    Absence,
    Account,
    Attendance,
    Carrier,
    Facts,
    Journey,
    Leaving,
    Modality,
    Scheme,
    Slot,
)
from relier.training.rules import Rulebook

FIRST = date(2025, 11, 3)


@dataclass
class Numbers:
    """The shipped numbers, but for a few."""

    otherwise: dict[str, int] = field(default_factory=dict)
    book: Rulebook = field(default_factory=Rulebook)

    def whole(self, key, day):
        return self.otherwise.get(key, self.book.whole(key, day))


def oracle(facts, numbers):
    """Slot -> minutes, as `allocate`."""
    journey, granted = facts.journey, []

    def most(day):
        digistart = journey.scheme is Scheme.DIGISTART
        key = "digistart_hours_most" if digistart else "programme_hours_most"
        return numbers.whole(key, day) * 60

    def grant(slot):
        if journey.earlier + len(granted) < most(slot.day):
            granted.append(slot)

    def inside(one):
        return journey.entered_on <= one.day <= (journey.left_on or date.max)

    all_days = sorted({one.day for one in facts.attendances if inside(one)})
    for day in all_days:
        today = [one for one in facts.attendances if one.day == day]
        today.sort(key=lambda one: one.source.bytes)
        for one in today:
            at_a_distance = one.modality is not Modality.IN_PERSON
            if at_a_distance and not numbers.whole(f"{one.modality.value}_hours_count", day):
                continue
            for _minute in range(one.minutes):
                grant(Slot(one.source, day, Account.EFFECTIVE, 0, one.carrier))
        for one in today:
            for _minute in range(one.missed):
                ground = ground_of(facts, numbers, day, granted)
                if ground:
                    grant(Slot(one.source, day, Account.ASSIMILATED, ground, Carrier.NOBODY))
    for _minute in range(remaining(facts, numbers, granted)):
        grant(Slot(journey.source, journey.left_on, Account.ASSIMILATED, 11, Carrier.NOBODY))
    return {slot: granted.count(slot) for slot in set(granted)}


def has_proof(absence, numbers, day):
    if absence.ground == 10:
        return False
    return absence.proved or numbers.whole(f"ground_{absence.ground}_proof", day) == 0


def ground_of(facts, numbers, day, granted):
    """On which ground one more minute missed that day would count; None for none."""
    here = [one for one in facts.absences if one.from_on <= day <= one.until_on]
    explained = [one for one in here if has_proof(one, numbers, day)]
    if not explained:
        return 10 if unjustified_counts(facts, numbers, day, granted) else None
    explained.sort(key=lambda one: (one.from_on, one.ground, one.source.bytes))
    for one in explained:
        if numbers.whole(f"ground_{one.ground}_counts", day) == 0:
            continue
        longest = numbers.whole(f"ground_{one.ground}_days", day)
        if longest:
            start = start_of(one, facts, numbers)
            if start is None or day >= start + timedelta(days=longest):
                continue
        if year_is_used_up(one.ground, numbers, day, granted):
            continue
        return one.ground
    return None


def year_is_used_up(ground, numbers, day, granted):
    most = numbers.whole(f"ground_{ground}_days_a_year", day)
    used = {slot.day for slot in granted if slot.ground == ground and slot.day.year == day.year}
    return bool(most) and len(used | {day}) > most


def unjustified_counts(facts, numbers, day, granted):
    if facts.journey.leaving is Leaving.DROPPED or numbers.whole("ground_10_counts", day) == 0:
        return False
    followed = sum(1 for slot in granted if slot.account is Account.EFFECTIVE)
    one_more = 1 + sum(1 for slot in granted if slot.ground == 10)
    if one_more * 100 > followed * numbers.whole("ground_10_percent", day):
        return False
    return not year_is_used_up(10, numbers, day, granted)


def start_of(absence, facts, numbers):
    """The first day of the whole absence that this certificate belongs to; None: too soon."""

    def rank(one):
        return (one.from_on, one.until_on, one.source.bytes)

    same = [one for one in facts.absences if one.ground == absence.ground]
    before = [
        one for one in same if rank(one) < rank(absence) and has_proof(one, numbers, one.from_on)
    ]
    if not before:
        return absence.from_on
    last = max(one.until_on for one in before)
    came_back = [
        one for one in facts.attendances if one.minutes and last < one.day < absence.from_on
    ]
    if not came_back:
        return start_of(max(before, key=rank), facts, numbers)
    between = sum(1 for _ in range((absence.from_on - last).days - 1))
    needed = numbers.whole(f"ground_{absence.ground}_back_days", absence.from_on)
    return absence.from_on if between >= needed else None


def remaining(facts, numbers, granted):
    journey, day = facts.journey, facts.journey.left_on
    if day is None or not journey.in_group or not journey.leaving_proved:
        return 0
    if numbers.whole("ground_11_counts", day) == 0:
        return 0
    if journey.leaving is Leaving.JOB:
        if journey.job_months < numbers.whole("ground_11_job_months", day):
            return 0
    elif journey.leaving is not Leaving.VOCATIONAL:
        return 0
    followed = sum(1 for slot in granted if slot.account is Account.EFFECTIVE) + journey.earlier
    if followed * 100 < numbers.whole("ground_11_done_percent", day) * journey.programme:
        return 0
    return max(0, journey.programme - journey.earlier - len(granted))


# --- facts at random -----------------------------------------------------------------------------

DAYS = st.integers(0, 90).map(lambda number: FIRST + timedelta(days=number))
IDS = st.integers(1, 2**20).map(lambda number: UUID(int=number))
MINUTES = st.integers(0, 40)


@st.composite
def attendances(draw):
    return Attendance(
        draw(IDS), draw(DAYS), draw(MINUTES), draw(MINUTES),
        draw(st.sampled_from([one for one in Carrier if one])), draw(st.sampled_from(Modality)),
    )  # fmt: skip


@st.composite
def absences(draw):
    start = draw(DAYS)
    return Absence(
        draw(IDS), start, start + timedelta(days=draw(st.integers(0, 45))),
        draw(st.sampled_from([1, 1, 2, 3, 4, 9, 10, 12, 13])), draw(st.booleans()),
    )  # fmt: skip


@st.composite
def journeys(draw):
    left_on = draw(st.none() | DAYS)
    return Journey(
        source=UUID(int=0),
        scheme=draw(st.sampled_from(Scheme)),
        entered_on=draw(st.just(FIRST) | DAYS),
        programme=draw(st.integers(0, 1200)),
        in_group=draw(st.booleans()),
        left_on=left_on,
        leaving=draw(st.sampled_from(Leaving)) if left_on else None,
        job_months=draw(st.integers(0, 8)),
        leaving_proved=draw(st.booleans()),
        earlier=draw(st.just(0) | st.integers(0, 300)),
    )


def facts():
    return st.builds(
        lambda journey, followed, away: Facts(journey, tuple(followed), tuple(away)),
        journeys(),
        st.lists(attendances(), max_size=25, unique_by=lambda one: one.source),
        st.lists(absences(), max_size=6, unique_by=lambda one: one.source),
    )


def numbers():
    """Small limits, so that each of them is met."""
    return st.fixed_dictionaries(
        {
            "programme_hours_most": st.integers(1, 12),
            "digistart_hours_most": st.integers(1, 6),
            "ground_10_percent": st.sampled_from([0, 10, 25]),
            "ground_10_days_a_year": st.integers(1, 5),
            "ground_9_days_a_year": st.integers(1, 2),
            "ground_1_days": st.sampled_from([3, 10, 30]),
            "ground_1_back_days": st.sampled_from([0, 5, 15]),
            "ground_12_proof": st.integers(0, 1),
            "remote_hours_count": st.integers(0, 1),
        }
    ).map(Numbers)
