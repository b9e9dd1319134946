"""A centre's year as arrays, in the order of ids, so that the order of what is given is nothing."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from .facts import WHOLE_FILE, Facts, Measure, Problem, Procedure, Row, Scope, Trainee
from .irregularities import find_irregularities, irregular_minutes
from .outcome import Branch

Whole = NDArray[np.int64]
Mask = NDArray[np.bool_]
NO_WEEK = -1


@dataclass(frozen=True, slots=True)
class Frame:
    """`rows`: those of the year, by id; `minutes`, `irregular`, `week` (place in `weeks`, or -1),
    `trainee` (place in `trainees`, or -1 without a file): of each. `weeks`: the Mondays that may be
    drawn: a full week of the year, without a school holiday, in which minutes were counted.
    `trainees`: by id; `refused`: whether the file of each would be, if looked at."""

    facts: Facts
    procedure: Procedure
    problems: Mapping[str, tuple[Problem, ...]]
    rows: tuple[Row, ...]
    minutes: Whole
    irregular: Whole
    week: Whole
    trainee: Whole
    weeks: tuple[date, ...]
    trainees: tuple[Trainee, ...]
    refused: Mask

    @classmethod
    def of(cls, facts: Facts, procedure: Procedure) -> Self:
        problems: dict[str, list[Problem]] = defaultdict(list)
        for problem in find_irregularities(facts, procedure):
            problems[problem.about].append(problem)
        rows = sorted((r for r in facts.rows if r.day.year == facts.year), key=lambda row: row.id)
        trainees = sorted(facts.trainees, key=lambda trainee: trainee.id)
        place = {trainee.id: i for i, trainee in enumerate(trainees)}
        mondays = [row.day - timedelta(days=row.day.weekday()) for row in rows]
        busy = {m for m, row in zip(mondays, rows, strict=True) if row.minutes}
        weeks = [monday for monday in facts.calendar.weeks(facts.year) if monday in busy]
        at = {monday: i for i, monday in enumerate(weeks)}
        of_row = [irregular_minutes(row, problems.get(row.id, ())) for row in rows]
        refused = [any(p.code in WHOLE_FILE for p in problems.get(t.id, ())) for t in trainees]
        return cls(
            facts=facts,
            procedure=procedure,
            problems={about: tuple(found) for about, found in problems.items()},
            rows=tuple(rows),
            minutes=np.array([row.minutes for row in rows], dtype=np.int64),
            irregular=np.array(of_row, dtype=np.int64),
            week=np.array([at.get(monday, NO_WEEK) for monday in mondays], dtype=np.int64),
            trainee=np.array([place.get(row.trainee, -1) for row in rows], dtype=np.int64),
            weeks=tuple(weeks),
            trainees=tuple(trainees),
            refused=np.array(refused, dtype=np.bool_),
        )

    def scopes(self) -> dict[str, Mask]:
        """Which rows each rate is made of, by track; "" for the centre."""
        if self.procedure.scope is Scope.CENTRE:
            return {"": np.ones(len(self.rows), dtype=np.bool_)}
        tracks = np.array([row.track for row in self.rows], dtype=object)
        return {track: tracks == track for track in sorted({row.track for row in self.rows})}

    def minutes_of_trainees(self) -> Whole:
        """Minutes of the year of each trainee."""
        known = self.trainee >= 0
        totals = np.bincount(
            self.trainee[known], weights=self.minutes[known], minlength=len(self.trainees)
        )
        return totals.astype(np.int64)

    def measured(self) -> tuple[Whole, Whole]:
        """What the rate counts, of each row, and what of it is irregular."""
        if self.procedure.measure is Measure.MINUTES:
            return self.minutes, self.irregular
        return (self.minutes > 0).astype(np.int64), (self.irregular > 0).astype(np.int64)


def branch_of(irregular: Any, total: Any, procedure: Procedure) -> NDArray[np.str_]:
    """The branch of each rate `irregular` / `total` (whole numbers or arrays), compared exactly."""
    part, whole = np.asarray(irregular, dtype=np.int64), np.asarray(total, dtype=np.int64)
    to_low = part * procedure.low.denominator - whole * procedure.low.numerator
    to_high = part * procedure.high.denominator - whole * procedure.high.numerator
    under = to_low <= 0 if procedure.low_is_under else to_low < 0
    cases = [whole == 0, under, to_high > 0]
    named = [Branch.NO_HOURS.value, Branch.UNDER.value, Branch.BEYOND.value]
    return np.select(cases, named, default=Branch.BETWEEN.value)
