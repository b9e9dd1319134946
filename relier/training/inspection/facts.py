"""What the rehearsal is told: files, presence rows, the calendar, and the inspector's procedure.

Plain values; amounts are whole minutes, shares are exact fractions, days are dates. Ids are opaque
texts. No legal number is written here: `Procedure` takes them from dated settings
(`Procedure.of_rules`). What the text leaves open is a field of `Procedure` with a default, the
harsher reading where one is harsher, and is listed by `Procedure.doubts`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Protocol

FRIDAY = timedelta(days=4)
A_WEEK = timedelta(days=7)


class Code(StrEnum):
    """What may be irregular. The order of 15 December 2016 unless said otherwise."""

    # Of a presence row.
    LIST_MISSING = "list_missing"  # art. 15: no presence list for this hour
    LIST_UNSIGNED = "list_unsigned"  # art. 15: the list is there, the signature is not
    LIST_DIFFERS = "list_differs"  # art. 15: list and encoding do not say the same
    NO_TRAINER = "no_trainer"  # art. 14: a session that nobody gave
    CENTRE_CLOSED = "centre_closed"  # presence on a day when the centre was closed
    OUTSIDE_STAY = "outside_stay"  # before entry, or after the end of the training
    NO_FILE = "no_file"  # hours of somebody who has no file
    PROGRAMME_PASSED = "programme_passed"  # decree of 10 July 2013, art. 14, 11°
    PROOF_MISSING = "proof_missing"  # art. 3: an assimilated hour without its proof
    UNJUSTIFIED_DAYS = "unjustified_days"  # art. 3, 10°: too many days in the year
    UNJUSTIFIED_SHARE = "unjustified_share"  # art. 3, 10°: too large a part of the hours followed
    CAP_PASSED = "cap_passed"  # art. 3: another cap; said by the caller, who keeps the ledger
    NO_CONTRACT_YET = "no_contract_yet"  # art. 8: an hour before the contract
    NO_PLAN_YET = "no_plan_yet"  # art. 10: an hour after the plan was due, before it came
    DOCUMENT_LATE = "document_late"  # art. 4 to 7: an hour that no document carried yet
    OTHER_HOUR = "other_hour"  # said by the caller
    # Of a file.
    DOCUMENT_MISSING = "document_missing"  # art. 4 to 7
    DOCUMENT_OUT_OF_DATE = "document_out_of_date"  # art. 4 to 7: too old on entry day
    NOT_ELIGIBLE = "not_eligible"  # decree, art. 5 and 6; said by the caller
    CONTRACT_LATE = "contract_late"  # art. 8: signed after entry day
    CONTRACT_MISSING = "contract_missing"  # art. 8
    PLAN_LATE = "plan_late"  # art. 10
    PLAN_MISSING = "plan_missing"  # art. 10
    OTHER_FILE = "other_file"  # said by the caller


# With one of these, no hour of the file counts. The others of a file cost the hours that their own
# rows say (`NO_CONTRACT_YET`, `NO_PLAN_YET`), or are to be mended and cost nothing.
WHOLE_FILE = frozenset({Code.DOCUMENT_MISSING, Code.DOCUMENT_OUT_OF_DATE, Code.NOT_ELIGIBLE})
OF_A_FILE = WHOLE_FILE | {
    Code.CONTRACT_LATE,
    Code.CONTRACT_MISSING,
    Code.PLAN_LATE,
    Code.PLAN_MISSING,
    Code.OTHER_FILE,
}


class Mend(StrEnum):
    """What to do about it, before the inspector comes or to answer them."""

    FIND_LIST = "find_list"
    HAVE_SIGNED = "have_signed"
    MATCH_LIST = "match_list"
    NAME_TRAINER = "name_trainer"
    CORRECT_DAY = "correct_day"
    OPEN_FILE = "open_file"
    CORRECT_HOURS = "correct_hours"
    ASK_PROOF = "ask_proof"
    ASK_DOCUMENT = "ask_document"
    SIGN_CONTRACT = "sign_contract"
    WRITE_PLAN = "write_plan"
    EXPLAIN = "explain"  # the day is past: nothing is mended, the reason may be written


MENDS = {
    Code.LIST_MISSING: Mend.FIND_LIST,
    Code.LIST_UNSIGNED: Mend.HAVE_SIGNED,
    Code.LIST_DIFFERS: Mend.MATCH_LIST,
    Code.NO_TRAINER: Mend.NAME_TRAINER,
    Code.CENTRE_CLOSED: Mend.CORRECT_DAY,
    Code.OUTSIDE_STAY: Mend.CORRECT_DAY,
    Code.NO_FILE: Mend.OPEN_FILE,
    Code.PROGRAMME_PASSED: Mend.CORRECT_HOURS,
    Code.PROOF_MISSING: Mend.ASK_PROOF,
    Code.UNJUSTIFIED_DAYS: Mend.ASK_PROOF,
    Code.UNJUSTIFIED_SHARE: Mend.ASK_PROOF,
    Code.CAP_PASSED: Mend.CORRECT_HOURS,
    Code.DOCUMENT_MISSING: Mend.ASK_DOCUMENT,
    Code.DOCUMENT_OUT_OF_DATE: Mend.ASK_DOCUMENT,
    Code.CONTRACT_MISSING: Mend.SIGN_CONTRACT,
    Code.PLAN_MISSING: Mend.WRITE_PLAN,
}


@dataclass(frozen=True, slots=True)
class Problem:
    """`about`: the id of a row, or of a trainee for the codes `OF_A_FILE`. `minutes`: how many of
    the row's are irregular, None for all. `due_on`: the day that was missed, where there is one."""

    about: str
    code: Code
    minutes: int | None = None
    due_on: date | None = None

    @property
    def mend(self) -> Mend:
        return MENDS.get(self.code, Mend.EXPLAIN)


@dataclass(frozen=True, slots=True)
class Document:
    """A proof of eligibility. `due_on` is counted by the caller (`lib/deadlines.py`); `sworn`: a
    sworn statement carries the hours until then."""

    due_on: date
    received_on: date | None = None
    issued_on: date | None = None
    sworn: bool = False


@dataclass(frozen=True, slots=True)
class Trainee:
    """A file. `programme`: the minutes it may count at most, None when nothing bounds it;
    `earlier`: those counted before the first row given. `plan_due_on` None: no plan is asked."""

    id: str
    track: str
    entered_on: date
    contract_on: date | None
    left_on: date | None = None
    plan_on: date | None = None
    plan_due_on: date | None = None
    programme: int | None = None
    earlier: int = 0
    documents: tuple[Document, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """Minutes counted for one trainee at one session. `listed`: minutes on the signed list, None
    when it says the same. `ground`: 0 for minutes followed, else the ground of art. 3. Raises
    ValueError for minutes below zero."""

    id: str
    trainee: str
    track: str
    day: date
    minutes: int
    listed: int | None = None
    has_list: bool = True
    signed: bool = True
    has_trainer: bool = True
    ground: int = 0
    proved: bool = True
    problems: tuple[Problem, ...] = ()

    def __post_init__(self) -> None:
        if self.minutes < 0:
            raise ValueError(f"Row {self.id}: {self.minutes} minutes.")


@dataclass(frozen=True, slots=True)
class Calendar:
    """`holidays`: every day of school holidays. `closed`: days when the centre was closed."""

    holidays: frozenset[date] = frozenset()
    closed: frozenset[date] = frozenset()

    def weeks(self, year: int) -> list[date]:
        """The Mondays of weeks whose Monday to Friday lie in the year without a school holiday."""
        monday = date(year, 1, 1)
        monday += timedelta(days=-monday.weekday() % 7)
        found = []
        while (monday + FRIDAY).year == year:
            days = (monday + timedelta(days=n) for n in range(5))
            if not any(day in self.holidays for day in days):
                found.append(monday)
            monday += A_WEEK
        return found


@dataclass(frozen=True, slots=True)
class Facts:
    """A centre's year, as it stands on the day `on`. `euros_an_hour`: None when not asked. Raises
    ValueError when an id stands twice: a draw would depend on their order."""

    year: int
    on: date
    trainees: tuple[Trainee, ...]
    rows: tuple[Row, ...]
    calendar: Calendar = field(default_factory=Calendar)
    euros_an_hour: Decimal | None = None

    def __post_init__(self) -> None:
        for things in (self.trainees, self.rows):
            _refuse_twice(thing.id for thing in things)


def _refuse_twice(ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise ValueError(f"{one} stands twice.")
        seen.add(one)


# --- the procedure -------------------------------------------------------------------------------


class Scope(StrEnum):
    CENTRE = "centre"
    TRACK = "track"


class Measure(StrEnum):
    MINUTES = "minutes"
    ROWS = "rows"


class FollowUp(StrEnum):
    RANDOM_SAMPLE = "random_sample"
    MORE_WEEKS = "more_weeks"


class Beyond(StrEnum):
    RANDOM_SAMPLE = "random_sample"
    WEEKS = "weeks"


class Rules(Protocol):
    def number(self, key: str, day: date) -> Decimal:
        """A legal number as it stands on a day."""
        ...


OPEN = "open"


@dataclass(frozen=True, slots=True)
class Procedure:
    """The order of 15 December 2016, articles 28/1 to 28/6, as numbers; then what it leaves open.

    The text as it stands since 21 February 2025 was not read: which number stands in which of the
    six articles is to be checked with it.
    """

    whole_under: int  # art. 28/1–28/6: fewer trainees than this, and every file is looked at
    weeks: int  # weeks without school holidays that are drawn
    low: Fraction  # share of irregular hours below which only those seen are recovered
    high: Fraction  # share above which the inspection extrapolates
    confidence: float  # of the interval: 0.95
    width: float  # of the interval, at most: 0.10 for ten points
    document_valid_days: int  # art. 4 to 7: age of a document on entry day, at most
    unjustified_share: Fraction  # art. 3, 10°: of the hours followed, at most
    unjustified_days: int  # art. 3, 10°: in a calendar year, at most

    # Exactly `low`: only what was seen is recovered (True), or the inspection goes on (False).
    low_is_under: bool = field(default=False, metadata={OPEN: True})
    # One rate for the centre, or one for each track, with its own branch and its own sample.
    scope: Scope = field(default=Scope.CENTRE, metadata={OPEN: True})
    # What the rate that is held against `low` and `high` counts. Extrapolation counts minutes.
    measure: Measure = field(default=Measure.MINUTES, metadata={OPEN: True})
    # Between `low` and `high`: the text names both, and does not say who chooses.
    follow_up: FollowUp = field(default=FollowUp.RANDOM_SAMPLE, metadata={OPEN: True})
    # Above `high`, what is extrapolated: a random sample, or the weeks themselves, whose interval
    # is hardly ever ten points wide.
    beyond: Beyond = field(default=Beyond.RANDOM_SAMPLE, metadata={OPEN: True})
    # From `whole_under` trainees on, how many files the sample holds, for the whole centre: as
    # many as make the interval this wide, shared between tracks by their numbers.
    files_width: float = field(default=0.10, metadata={OPEN: True})

    def doubts(self) -> tuple[tuple[str, str], ...]:
        """What the text leaves open, and what was chosen: names of fields, and values."""
        return tuple(
            (f.name, str(getattr(self, f.name))) for f in fields(self) if OPEN in f.metadata
        )

    @classmethod
    def of_rules(cls, rules: Rules, day: date, **choices: object) -> "Procedure":
        """From the dated settings as they stand on a day. `choices`: fields of what is left open.
        Raises what `rules` raises for a name it does not know."""

        def share(key: str) -> Fraction:
            return Fraction(rules.number(key, day)) / 100

        return cls(
            whole_under=int(rules.number("inspection_whole_under", day)),
            weeks=int(rules.number("inspection_weeks", day)),
            low=share("inspection_percent_low"),
            high=share("inspection_percent_high"),
            confidence=float(share("inspection_confidence_percent")),
            width=float(share("inspection_width_percent")),
            document_valid_days=int(rules.number("document_valid_days", day)),
            unjustified_share=share("ground_10_percent"),
            unjustified_days=int(rules.number("ground_10_days_a_year", day)),
            **choices,  # type: ignore[arg-type]
        )
