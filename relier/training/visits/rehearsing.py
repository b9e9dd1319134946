"""One rehearsal from end to end: facts of the database, the engine, and what is not known among
what was drawn."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from relier.training.inspection import DRAWS, HoursCheck, Procedure, Visit, run
from relier.training.rules import Rule
from relier.training.rules.holidays import is_known

from .facts import Told, facts_of

# The legal numbers of the procedure, in the order in which it goes.
RULES = (
    "inspection_whole_under",
    "inspection_weeks",
    "inspection_percent_low",
    "inspection_percent_high",
    "inspection_confidence_percent",
    "inspection_width_percent",
)


@dataclass(frozen=True)
class Unsigned:
    """Minutes followed of which nobody knows whether a signed list exists."""

    in_weeks: int
    in_year: int


@dataclass(frozen=True)
class Rehearsed:
    """A visit, and what it was made of. `rules`: the numbers of the procedure, by their key."""

    told: Told
    visit: Visit
    rules: dict[str, Rule]
    unsigned: Unsigned
    knows_holidays: bool

    @property
    def check(self) -> HoursCheck:
        """One rate for the centre (`Procedure.scope`, left as it comes)."""
        return self.visit.hours[0]

    @property
    def is_empty(self) -> bool:
        return not self.told.facts.rows and not self.told.facts.trainees


def rehearse(centre: UUID, year: int, seed: int, *, on: date, draws: int = DRAWS) -> Rehearsed:
    """A constant number of queries. Raises ValueError for a seed that is not one (`drawing.py`)."""
    told = facts_of(centre, year, on)
    made = run(told.facts, Procedure.of_rules(told.rules, on), seed, draws)
    rules = {key: told.rules.rule(key, on) for key in RULES}
    return Rehearsed(told, made, rules, unsigned_in(told, made), is_known(year))


def unsigned_in(told: Told, made: Visit) -> Unsigned:
    weeks, refused = {*made.weeks, *made.more_weeks}, set(made.files.refused)
    in_weeks = in_year = 0
    for row in told.facts.rows:
        if row.id in told.unknown.without_list and row.trainee not in refused:
            in_year += row.minutes
            in_weeks += row.minutes if monday_of(row.day) in weeks else 0
    return Unsigned(in_weeks, in_year)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())
