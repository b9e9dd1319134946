"""The same visit on a thousand other draws: how often each branch, and what it would cost.

Weeks are drawn by arrays. A random sample only matters through how many rows it holds of each kind
(minutes, irregular minutes), and those counts follow a multivariate hypergeometric law: they are
drawn instead of rows, which is exact and costs the same for a hundred rows or a hundred thousand.
A sample that has to be enlarged is drawn anew at its new size.
"""

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from .drawing import Stage, philox
from .facts import Beyond, FollowUp
from .frame import Frame, Mask, Whole, branch_of
from .intervals import Interval, Sizes, Sums, rows_needed, score_interval, spread_of, weeks_interval
from .outcome import Branch, Outlook, Recovery
from .visiting import HARDLY, enlarged, file_places, recovers_by

DRAWS = 1000
Draws = NDArray[np.intp]


def outlook(frame: Frame, seed: int, draws: int = DRAWS) -> Outlook:
    """`draws` visits; the seed shows them again, as long as NumPy keeps its laws' algorithms."""
    rng = np.random.Generator(philox(seed, Stage.OUTLOOK))
    found = _files(frame, rng, draws)
    recovery = (found * frame.minutes_of_trainees()).sum(axis=1)
    weeks = np.argsort(rng.random((draws, len(frame.weeks))), axis=1)
    chances, extrapolated = {}, {}
    for track, scope in frame.scopes().items():
        branches = np.empty(draws, dtype=object)
        recovers = np.empty(draws, dtype=object)
        for refused, at in _alike(found):
            part = Redrawn(frame, scope & ~np.append(refused, False)[frame.trainee], rng)
            branches[at], recovers[at], asked = part.visits(weeks[at])
            recovery[at] += asked
        chances[track] = {branch: float(np.mean(branches == branch)) for branch in Branch}
        further = [Recovery.SAMPLE, Recovery.WEEKS]
        extrapolated[track] = float(np.mean(np.isin(recovers.astype(str), further)))
    low, middle, high = (int(q) for q in np.quantile(recovery, [0.05, 0.5, 0.95]))
    return Outlook(draws, chances, extrapolated, (low, middle, high), float(recovery.mean()))


def _files(frame: Frame, rng: np.random.Generator, draws: int) -> Mask:
    """Whose file is refused in each draw."""
    found = np.zeros((draws, len(frame.trainees)), dtype=np.bool_)
    for stratum, count in file_places(frame):
        rank = np.argsort(np.argsort(rng.random((draws, len(stratum))), axis=1), axis=1)
        found[:, stratum] = (rank < count) & frame.refused[stratum]
    return found


def _alike(found: Mask) -> list[tuple[Mask, Draws]]:
    """Draws in which the same files are refused: the hours left are the same."""
    groups: dict[bytes, list[int]] = defaultdict(list)
    for i, row in enumerate(found):
        groups[row.tobytes()].append(i)
    return [(found[at[0]], np.array(at, dtype=np.intp)) for at in groups.values()]


class Redrawn:
    """The hours of one rate, as they are drawn again and again."""

    def __init__(self, frame: Frame, rows: Mask, rng: np.random.Generator) -> None:
        self.frame, self.rows, self.rng = frame, rows, rng
        self.year = int(frame.minutes[rows].sum())
        counted, bad = frame.measured()
        self.minutes, self.irregular, self.counted, self.bad = (
            self._by_week(each) for each in (frame.minutes, frame.irregular, counted, bad)
        )
        self.squares = self._by_week(frame.minutes**2)

    def _by_week(self, each: Whole) -> Whole:
        inside = self.rows & (self.frame.week >= 0)
        totals = np.bincount(
            self.frame.week[inside], weights=each[inside], minlength=len(self.frame.weeks)
        )
        return totals.astype(np.int64)

    def visits(self, weeks: Draws) -> tuple[NDArray[np.object_], NDArray[np.object_], Whole]:
        """For each order of weeks: the branch, what is asked back, and how many minutes."""
        procedure, draws = self.frame.procedure, len(weeks)
        first, both = weeks[:, : procedure.weeks], weeks[:, : 2 * procedure.weeks]
        names = branch_of(self.bad[first].sum(axis=1), self.counted[first].sum(axis=1), procedure)
        if not self.frame.weeks and self.year:
            names = np.full(draws, Branch.NO_WEEK.value)
        branches = np.array([Branch(str(name)) for name in names], dtype=object)
        goes_on = (branches == Branch.BETWEEN) & (procedure.follow_up is FollowUp.MORE_WEEKS)
        after = branch_of(self.bad[both].sum(axis=1), self.counted[both].sum(axis=1), procedure)
        seconds = [Branch(str(name)) if more else None for name, more in zip(after, goes_on)]  # noqa: B905
        recovers = np.array(
            [recovers_by(b, s, procedure.beyond) for b, s in zip(branches, seconds, strict=True)],
            dtype=object,
        )
        seen = np.where(
            goes_on, self.irregular[both].sum(axis=1), self.irregular[first].sum(axis=1)
        )
        asked = np.where(recovers == Recovery.NOTHING, 0, seen)
        sampled = np.flatnonzero(recovers == Recovery.SAMPLE)
        if sampled.size:
            asked[sampled] = (self.lows(sampled.size) * self.year + HARDLY).astype(np.int64)
        if procedure.beyond is Beyond.WEEKS:
            for i in np.flatnonzero(recovers == Recovery.WEEKS):
                asked[i] = max(seen[i], self._at_low(both[i] if goes_on[i] else first[i]))
        return branches, recovers, asked

    def _at_low(self, weeks: Draws) -> int:
        interval = self.interval(weeks)
        return int(interval.low * self.year + HARDLY) if interval else 0

    def interval(self, weeks: Draws) -> Interval | None:
        """Of the share over all weeks, from those drawn."""
        minutes = self.minutes[weeks]
        alike = float(minutes.sum()) ** 2 / max(1.0, float(self.squares[weeks].sum()))
        confidence = self.frame.procedure.confidence
        return weeks_interval(
            minutes, self.irregular[weeks], len(self.frame.weeks), alike, confidence
        )

    def lows(self, draws: int) -> NDArray[np.float64]:
        """The lower bound of as many random samples."""
        procedure = self.frame.procedure
        able = self.rows & (self.frame.minutes > 0)
        pairs = np.stack([self.frame.minutes[able], self.frame.irregular[able]])
        kinds, counts = np.unique(pairs, axis=1, return_counts=True)
        sizes = Sizes.of(self.frame.minutes[able])
        low = np.empty(draws)
        left = np.arange(draws)
        n = rows_needed(sizes, procedure.width, procedure.confidence)
        while left.size:
            sums = counted_sums(kinds, self._counts(counts, n, left.size))
            low[left], high = score_interval(sums, n, sizes, procedure.confidence)
            wide = (high - low[left] > procedure.width) & (n < sizes.rows)
            left = left[wide]
            if left.size:
                spread = float(np.max(spread_of(sums, n)[wide]))
                n = enlarged(n, spread, sizes, procedure.width, procedure.confidence)
        return low

    def _counts(self, counts: Whole, n: int, draws: int) -> Whole:
        drawn = self.rng.multivariate_hypergeometric(counts, n, size=draws, method="marginals")
        return np.asarray(drawn, dtype=np.int64)


def counted_sums(kinds: Whole, counts: Whole) -> Sums:
    """Sums of samples that hold `counts` (draws by kinds) rows of each of `kinds` (minutes, then
    irregular minutes, by kinds)."""
    m, y = kinds.astype(np.float64)
    of_each = (m, y, m * m, m * y, y * y, y > 0, y >= m)
    return Sums(*(counts @ each for each in of_each))
