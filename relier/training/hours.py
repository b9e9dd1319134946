"""How many minutes of someone's training count, in which account, on which ground: plain values in,
plain values out.

`allocate` says what the ledger should hold for one enrolment; `difference` says which entries bring
it there from what it holds. Amounts are whole minutes; days are dates; sources are opaque ids.

The rules are those of the order of 15 December 2016, article 3 (assimilated hours), and of the
decree of 10 July 2013, article 14, 11° (length of a programme); each number is a dated setting
(`rules/legal.toml`), asked for the day of the hour it bears on, so that last year's hours keep last
year's rule. Where the text leaves two readings, the narrower one is taken: what is claimed then
stands under both. docs/decisions/021 lists them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum
from typing import NamedTuple, Protocol
from uuid import UUID

HOUR = 60  # minutes
UNJUSTIFIED, REMAINING = 10, 11
GROUNDS = range(1, 14)


class Account(IntEnum):
    EFFECTIVE = 1
    ASSIMILATED = 2


class Carrier(IntEnum):
    """Who carried the hours: the columns of the annual table. Assimilated hours have none."""

    NOBODY = 0
    CENTRE = 1
    PARTNER_FREE = 2
    PARTNER_PAID = 3
    COMPANY = 4


class Modality(StrEnum):
    IN_PERSON = "in_person"
    REMOTE = "remote"
    HYBRID = "hybrid"


class Scheme(StrEnum):
    """Which text a track stands under."""

    CISP = "cisp"
    DIGISTART = "digistart"


class Leaving(StrEnum):
    COMPLETED = "completed"
    JOB = "job"
    VOCATIONAL = "vocational"
    OTHER_TRAINING = "other_training"
    DROPPED = "dropped"
    HEALTH = "health"
    MOVED = "moved"
    CENTRE = "centre"
    OTHER = "other"


class Rules(Protocol):
    def whole(self, key: str, day: date) -> int:
        """A legal number as it stands on a day."""
        ...


@dataclass(frozen=True, slots=True)
class Attendance:
    """What became of one session for one trainee: minutes followed, minutes missed."""

    source: UUID
    day: date
    minutes: int
    missed: int = 0
    carrier: Carrier = Carrier.CENTRE
    modality: Modality = Modality.IN_PERSON


@dataclass(frozen=True, slots=True)
class Absence:
    """Why someone was away, from a day to a day, both included; `proved`: its proof has come."""

    source: UUID
    from_on: date
    until_on: date
    ground: int
    proved: bool


@dataclass(frozen=True, slots=True)
class Journey:
    """One enrolment. `programme`: minutes of the programme (the person's own plan, where it says
    so). `earlier`: minutes counted in earlier enrolments of the same person in the same track.
    `job_months`: how long the job is that someone left for. `leaving_proved`: the form of the
    administration for the hours that remain has come."""

    source: UUID
    scheme: Scheme
    entered_on: date
    programme: int
    in_group: bool = False
    left_on: date | None = None
    leaving: Leaving | None = None
    job_months: int = 0
    leaving_proved: bool = False
    earlier: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    journey: Journey
    attendances: tuple[Attendance, ...] = ()
    absences: tuple[Absence, ...] = ()


class Slot(NamedTuple):
    """What an amount is about: one amount stands in each."""

    source: UUID
    day: date
    account: Account
    ground: int
    carrier: Carrier


Amounts = dict[Slot, int]


def most_minutes(scheme: Scheme, rules: Rules, day: date) -> int:
    """How many minutes a programme may count at most, both accounts together."""
    key = "digistart_hours_most" if scheme is Scheme.DIGISTART else "programme_hours_most"
    return rules.whole(key, day) * HOUR


def enough_to_attest(scheme: Scheme, effective: int, rules: Rules, day: date) -> bool:
    """Whether a programme may be closed with its attestation: Digistart asks for 8 hours."""
    if scheme is not Scheme.DIGISTART:
        return True
    return effective >= rules.whole("digistart_hours_least", day) * HOUR


# --- what should stand ---------------------------------------------------------------------------


def allocate(facts: Facts, rules: Rules) -> Amounts:
    """Slot -> minutes that count, all above zero. Raises ValueError on a negative amount, an
    absence that ends before it begins, or a ground that does not exist.

    Day after day: hours followed first, then hours missed, so that a cap that grows with what was
    followed (10 %) never counts what comes later.
    """
    check(facts)
    count = _Count(facts, rules)
    days: dict[date, list[Attendance]] = defaultdict(list)
    for attendance in facts.attendances:
        if _is_within(facts.journey, attendance.day):
            days[attendance.day].append(attendance)
    for day in sorted(days):
        today = sorted(days[day], key=lambda one: one.source.bytes)
        for attendance in today:
            count.follow(attendance)
        for attendance in today:
            if attendance.missed:
                count.miss(attendance)
    count.leave()
    return count.amounts


def check(facts: Facts) -> None:
    """Raises ValueError on facts that cannot be."""
    for attendance in facts.attendances:
        if attendance.minutes < 0 or attendance.missed < 0:
            raise ValueError("Minutes are not negative.")
    for absence in facts.absences:
        if absence.until_on < absence.from_on:
            raise ValueError("An absence ends before it begins.")
        if absence.ground not in GROUNDS:
            raise ValueError(f"There is no ground {absence.ground}.")


def _is_within(journey: Journey, day: date) -> bool:
    """Hours count from the day of entry to the day of leaving, both included."""
    return journey.entered_on <= day and (journey.left_on is None or day <= journey.left_on)


@dataclass
class _Count:
    facts: Facts
    rules: Rules
    amounts: Amounts = field(default_factory=dict)
    followed: int = 0
    counted: int = 0
    unjustified: int = 0
    # (ground, year) -> the days on which it was used
    days_used: dict[tuple[int, int], set[date]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        present = sorted({one.day for one in self.facts.attendances if one.minutes})
        self.windows = windows(self.facts.absences, present, self.rules)

    def add(self, slot: Slot, minutes: int) -> int:
        """Add as much as the programme still has room for; returns how much."""
        journey = self.facts.journey
        room = most_minutes(journey.scheme, self.rules, slot.day) - journey.earlier - self.counted
        given = max(0, min(minutes, room))
        if given:
            self.amounts[slot] = self.amounts.get(slot, 0) + given
            self.counted += given
        return given

    def follow(self, attendance: Attendance) -> None:
        if not modality_counts(attendance.modality, self.rules, attendance.day):
            return
        slot = Slot(
            attendance.source, attendance.day, Account.EFFECTIVE, 0, Carrier(attendance.carrier)
        )
        self.followed += self.add(slot, attendance.minutes)

    def miss(self, attendance: Attendance) -> None:
        day = attendance.day
        reasons = [one for one in self.facts.absences if one.from_on <= day <= one.until_on]
        proved = [one for one in reasons if is_proved(one, self.rules, day)]
        if not proved:
            self.miss_without_reason(attendance)
            return
        for absence in sorted(proved, key=lambda one: (one.from_on, one.ground, one.source.bytes)):
            if self.may_use(absence, day):
                self.assimilate(attendance, absence.ground, attendance.missed)
                return

    def may_use(self, absence: Absence, day: date) -> bool:
        ground = absence.ground
        if not self.rules.whole(f"ground_{ground}_counts", day):
            return False
        longest = self.rules.whole(f"ground_{ground}_days", day)
        if longest:
            began = self.windows.get(absence.source)
            if began is None or (day - began).days >= longest:
                return False
        return self.has_days_left(ground, day)

    def has_days_left(self, ground: int, day: date) -> bool:
        a_year = self.rules.whole(f"ground_{ground}_days_a_year", day)
        used = self.days_used[ground, day.year]
        return not a_year or day in used or len(used) < a_year

    def miss_without_reason(self, attendance: Attendance) -> None:
        """Ground 10: at most a part of what was followed up to that day, a few days a year, and
        nothing at all for someone who dropped out."""
        day = attendance.day
        if self.facts.journey.leaving is Leaving.DROPPED:
            return
        if not self.rules.whole("ground_10_counts", day):
            return
        part = self.rules.whole("ground_10_percent", day)
        room = self.followed * part // 100 - self.unjustified
        if room > 0 and self.has_days_left(UNJUSTIFIED, day):
            minutes = min(attendance.missed, room)
            self.unjustified += self.assimilate(attendance, UNJUSTIFIED, minutes)

    def assimilate(self, attendance: Attendance, ground: int, minutes: int) -> int:
        day = attendance.day
        slot = Slot(attendance.source, day, Account.ASSIMILATED, ground, Carrier.NOBODY)
        given = self.add(slot, minutes)
        if given:
            self.days_used[ground, day.year].add(day)
        return given

    def leave(self) -> None:
        """Ground 11: what remained of the programme, for whoever leaves for a lasting job."""
        journey = self.facts.journey
        if journey.left_on is None or not remaining_counts(journey, self.followed, self.rules):
            return
        slot = Slot(journey.source, journey.left_on, Account.ASSIMILATED, REMAINING, Carrier.NOBODY)
        self.add(slot, journey.programme - journey.earlier - self.counted)


def modality_counts(modality: Modality, rules: Rules, day: date) -> bool:
    """Whether hours followed this way count: no standing text was found for those at a distance,
    so it is a setting, shown with its doubt."""
    if modality is Modality.IN_PERSON:
        return True
    return bool(rules.whole(f"{Modality(modality).value}_hours_count", day))


def is_proved(absence: Absence, rules: Rules, day: date) -> bool:
    """Whether its proof has come, or none is asked. Ground 10 is the lack of a reason."""
    if absence.ground == UNJUSTIFIED:
        return False
    return absence.proved or not rules.whole(f"ground_{absence.ground}_proof", day)


def remaining_counts(journey: Journey, followed: int, rules: Rules) -> bool:
    """Article 3, 11°: a job of four months or more, or a vocational contract; half of the programme
    done; tracks that are entered in a group only; the form of the administration."""
    day = journey.left_on
    if day is None or not (journey.in_group and journey.leaving_proved):
        return False
    if not rules.whole("ground_11_counts", day):
        return False
    lasting = journey.leaving is Leaving.JOB and journey.job_months >= rules.whole(
        "ground_11_job_months", day
    )
    if not (lasting or journey.leaving is Leaving.VOCATIONAL):
        return False
    done = journey.earlier + followed
    return done * 100 >= journey.programme * rules.whole("ground_11_done_percent", day)


def windows(absences: Iterable[Absence], present: list[date], rules: Rules) -> dict[UUID, date]:
    """Absence -> the first day of the absence that it belongs to, from which its days are counted.
    Not there: one that does not count, since it came too soon after another (article 3, 1°: fifteen
    days back between two).

    Without a day of presence between them, two certificates are one absence: a certificate that is
    prolonged begins no new thirty days.
    """
    began: dict[UUID, date] = {}
    for ground in GROUNDS:
        last: date | None = None  # the last day away on this ground, so far
        first: date | None = None  # the first day of the absence under way, if it counts
        mine = [one for one in absences if one.ground == ground]
        mine = [one for one in mine if is_proved(one, rules, one.from_on)]
        for absence in sorted(mine, key=lambda one: (one.from_on, one.until_on, one.source.bytes)):
            if last is None:
                first = absence.from_on
            elif any(last < day < absence.from_on for day in present):
                back = (absence.from_on - last).days - 1
                needed = rules.whole(f"ground_{ground}_back_days", absence.from_on)
                first = absence.from_on if back >= needed else None
            if first is not None:
                began[absence.source] = first
            last = absence.until_on if last is None else max(last, absence.until_on)
    return began


# --- from what stands to what should -------------------------------------------------------------


def difference(desired: Mapping[Slot, int], posted: Mapping[Slot, int]) -> Amounts:
    """Slot -> signed minutes to append, none of them zero, in a fixed order: reversals first."""
    changed = {slot: desired.get(slot, 0) - posted.get(slot, 0) for slot in {*desired, *posted}}
    entries = [(slot, minutes) for slot, minutes in changed.items() if minutes]
    return dict(sorted(entries, key=lambda entry: (entry[1] > 0, _order(entry[0]))))


def _order(slot: Slot) -> tuple[date, int, int, int, bytes]:
    return (slot.day, slot.account, slot.ground, slot.carrier, slot.source.bytes)


def by_account(amounts: Mapping[Slot, int]) -> Counter[Account]:
    """Minutes in each account."""
    found: Counter[Account] = Counter()
    for slot, minutes in amounts.items():
        found[Account(slot.account)] += minutes
    return found
