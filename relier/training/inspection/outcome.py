"""What a rehearsed visit says: codes and numbers. Sentences are made elsewhere (`words.py`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

from .facts import Code, Mend, Problem, Procedure
from .intervals import Interval

HOUR = 60  # minutes
CENT = Decimal("0.01")


class Branch(StrEnum):
    """Where the rate of what was drawn stands. The last two: there is no rate."""

    UNDER = "under"
    BETWEEN = "between"
    BEYOND = "beyond"
    NO_HOURS = "no_hours"  # nothing was counted, in the year or in the weeks drawn
    NO_WEEK = "no_week"  # hours, and no full week without a school holiday holds any


class Recovery(StrEnum):
    """What is asked back."""

    NOTHING = "nothing"  # there is no rate
    SEEN = "seen"  # the irregular minutes of the weeks drawn, and no others
    SAMPLE = "sample"  # a random sample, extrapolated at the lower bound of its interval
    WEEKS = "weeks"  # the weeks, extrapolated at the lower bound of theirs


class Remark(StrEnum):
    FEWER_WEEKS = "fewer_weeks"  # fewer weeks hold hours than are to be drawn: all were taken
    EVERY_ROW = "every_row"  # the sample is the whole year: the rate is known, not estimated
    ENLARGED = "enlarged"  # more rows than planned were drawn, for the width of the interval
    NO_INTERVAL = "no_interval"  # one week cannot be extrapolated: what was seen is asked back


@dataclass(frozen=True, slots=True)
class Irregularity:
    """One problem. `minutes`: what it would cost by itself (those of two problems of the same row
    are not to be added: see `HoursCheck.irregular`). `drawn`: whether this visit looked at it."""

    problem: Problem
    trainee: str
    track: str
    day: date | None
    minutes: int
    drawn: bool

    @property
    def about(self) -> str:
        return self.problem.about

    @property
    def code(self) -> Code:
        return self.problem.code

    @property
    def mend(self) -> Mend:
        return self.problem.mend


@dataclass(frozen=True, slots=True)
class FilesCheck:
    """Eligibility. `looked_at` and `refused`: ids of trainees. `interval`: of the share of files
    refused among `files`; None without any. `recovery`: minutes of the year of those refused."""

    files: int
    looked_at: tuple[str, ...]
    refused: tuple[str, ...]
    interval: Interval | None
    recovery: int

    @property
    def is_whole(self) -> bool:
        return len(self.looked_at) == self.files


@dataclass(frozen=True, slots=True)
class Sample:
    """A random sample of rows. `asked`: how many were planned, before any was looked at."""

    rows: tuple[str, ...]
    asked: int
    minutes: int
    irregular: int
    interval: Interval

    @property
    def rate(self) -> float:
        return self.irregular / self.minutes


@dataclass(frozen=True, slots=True)
class HoursCheck:
    """Hours of the centre (`track` is "") or of one track.

    `year_rows`, `year_minutes`: what could be drawn, without the files refused. `rows`: looked at
    in the weeks; `minutes` of them, `irregular` ones among them. `rate`: held against the
    thresholds. `branch`: of the first weeks; `second`: of all the weeks, when more were drawn.
    `weeks_interval`: what the weeks alone would say of the weeks without holidays.
    """

    track: str
    year_rows: int
    year_minutes: int
    rows: int
    minutes: int
    irregular: int
    rate: Fraction | None
    branch: Branch
    second: Branch | None
    weeks_interval: Interval | None
    sample: Sample | None
    recovers: Recovery
    recovery: int
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """The same visit on other draws. `chances`: of each branch of the first weeks, by track ("" for
    the centre). `extrapolated`: how often something is, by track. `recovery`: minutes asked back in
    all, at 5 %, 50 % and 95 % of the draws; `mean`, theirs."""

    draws: int
    chances: Mapping[str, Mapping[Branch, float]]
    extrapolated: Mapping[str, float]
    recovery: tuple[int, int, int]
    mean: float


@dataclass(frozen=True, slots=True)
class Visit:
    """`weeks`: the Mondays drawn; `more_weeks`: those drawn after. `recovery` in minutes."""

    year: int
    seed: int
    procedure: Procedure
    weeks: tuple[date, ...]
    more_weeks: tuple[date, ...]
    files: FilesCheck
    hours: tuple[HoursCheck, ...]
    irregularities: tuple[Irregularity, ...]
    euros_an_hour: Decimal | None
    outlook: Outlook | None = None

    @property
    def recovery(self) -> int:
        return self.files.recovery + sum(check.recovery for check in self.hours)

    @property
    def recovery_euros(self) -> Decimal | None:
        return euros(self.recovery, self.euros_an_hour)


def euros(minutes: int, an_hour: Decimal | None) -> Decimal | None:
    """To the cent, halves up; None when no rate was given."""
    if an_hour is None:
        return None
    return (minutes * an_hour / HOUR).quantize(CENT, ROUND_HALF_UP)
