"""Preparing the visit: does the 95 % interval hold the truth 95 times in a hundred, and is the
branch the one the drawn weeks call for? `relier.training.inspection` beside its peers.

    python -m benchmarks.inspection [--draws 1000] [--seed 2026]

Centre-years are made up: a digital workshop (12 people, some 150 rows), a small centre (30 people,
4 000 rows, 12 000 hours) and a large one (150 people, 25 000 rows). Of their hours 5, 15, 30 or
85 % are irregular, to the minute: row by row, by whole lists, by whole people, or by whole weeks;
longer rows somewhat more often, and one irregular row in five only in part. What is asked is the
share of irregular minutes of the year. Seeds 0, 1, 2… draw, through the engine itself.

*Coverage* is that of the interval of the random sample, drawn under every seed, whether or not the
branch asks for one: an interval that were only looked at when the weeks were bad could not be
judged. *Right branch*: the one that the exact rate of the weeks drawn calls for, worked out here
apart, row by row, in fractions; with what is then asked back when it is only what was seen. *Says
the year*: how often that branch is also the one of the whole year's rate; that is the luck of two
weeks, which no computation mends.

Peers on the same samples, all of the share of irregular minutes. Wald: the linearised ratio, with
the finite population. Wilson, and exact (Clopper & Pearson): n rows as if alike and without end.
K&G: the exact one at the effective number of rows (Korn & Graubard 1998). Inverted: the
hypergeometric law by mid-p, rows as if alike. Bootstrap-t of the ratio: on the small centre, row by
row, 1 000 draws of 199; it is slow, and clusters do not change what it sees. Two more show why rows
are drawn one by one: the two weeks with their own interval over weeks (of the weeks that may be
drawn), and the rows of two weeks taken for a random sample, by Wilson (of the year).

*One side only*: in a workshop three rows in four are drawn. With few irregular rows, a sample holds
all of them more often than one side may miss (2.5 %). That is the most a sample may find, so that
side misses either too often or hardly ever: hardly ever, since what was seen does not pass what
there is. Then 97.5 is what the other side leaves, and such a cell is held to 93 to 98.5, for the
noise of a thousand draws. Nothing else is.

Exits with 1 when a cell of ours lies outside 93 to 97, an interval is wider than ten points, or a
branch is not the right one. Not judged, and shown: the files of fewer than 300 trainees, where
what may be found is a handful of whole numbers; and the peers. What these figures are not: real
irregularities. They say that the interval does what it promises wherever they lie, because rows are
drawn one by one; not how many there are.
"""

import argparse
import sys
import time
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from benchmarks.inspection_peers import PEERS, TINY, Bounds, bootstrap_t, wilson_of
from benchmarks.inspection_years import CENTRES, PROCEDURE, centre_year
from relier.training.inspection import Branch, Frame, Recovery, visit
from relier.training.inspection.drawing import Stage, order, shared
from relier.training.inspection.intervals import (
    Sizes,
    Sums,
    rows_needed,
    score_interval,
)
from relier.training.inspection.redrawing import Redrawn
from relier.training.inspection.visiting import Part, draw_sample, files_interval

RATES = (0.05, 0.15, 0.30, 0.85)
PATTERNS = ("rows", "lists", "people", "weeks")
WHOLE_VISITS = 5  # under which the parts measured here are held beside the visit itself
BOOTSTRAPPED = 1000
JUDGED = 300  # files: with fewer, a handful of whole numbers may be found
LEAST, MOST, ONE_SIDED = 0.93, 0.97, 0.985


# --- what is measured ---------------------------------------------------------------------------


@dataclass
class Cell:
    centre: str
    pattern: str
    rate: float
    rows: int
    asked: int
    coverage: float
    below: float  # the whole interval under the truth
    above: float
    width: float
    widest: float
    enlarged: float
    one_sided: bool
    peers: dict[str, float]
    widths: dict[str, float]
    branches_right: int
    says_year: float

    @property
    def kept(self) -> bool:
        most = ONE_SIDED if self.one_sided else MOST
        return LEAST <= self.coverage <= most and self.widest <= PROCEDURE.width + TINY


def held(bounds: Bounds, truth: float) -> float:
    return float(np.mean((bounds[0] <= truth + TINY) & (bounds[1] >= truth - TINY)))


@cache
def orders(rows: int, draws: int, keep: int) -> NDArray[np.int32]:
    """The engine's own draw of rows, under each seed: the first `keep`."""
    return np.stack([order(s, Stage.ROWS, rows)[:keep] for s in range(draws)]).astype(np.int32)


def rows_of_samples(frame: Frame, draws: int) -> tuple[NDArray[np.int32], int, Sizes]:
    sizes = Sizes.of(frame.minutes)
    n = rows_needed(sizes, PROCEDURE.width, PROCEDURE.confidence)
    return orders(len(frame.rows), draws, n), n, sizes


def sums_over(m: NDArray[np.int64], y: NDArray[np.int64]) -> Sums:
    whole, bad = m.astype(float), y.astype(float)
    each = (whole, bad, whole * whole, whole * bad, bad * bad, bad > 0, bad >= whole)
    return Sums(*(a.sum(axis=1) for a in each))


def measure(centre: str, rate: float, pattern: str, draws: int, seed: int) -> Cell:
    frame = centre_year(centre, rate, pattern, seed)
    truth = int(frame.irregular.sum()) / int(frame.minutes.sum())
    at, n, sizes = rows_of_samples(frame, draws)
    m, y = frame.minutes[at], frame.irregular[at]
    sums = sums_over(m, y)
    low, high = score_interval(sums, n, sizes, PROCEDURE.confidence)
    wide = np.flatnonzero(high - low > PROCEDURE.width)
    for s in wide:  # enlarged by the engine itself
        low[s], high[s] = sample_of(frame, int(s)).interval
    given = {name: peer(sums, n, sizes) for name, peer in PEERS.items()}
    peers = {name: held(bounds, truth) for name, bounds in given.items()}
    if (centre, pattern) == ("small", "rows"):
        some = slice(0, BOOTSTRAPPED)
        peers["bootstrap-t"] = held(bootstrap_t(m[some], y[some], sizes.rows, seed), truth)
    weeks = np.stack([order(s, Stage.WEEKS, len(frame.weeks)) for s in range(draws)])
    peers |= weeks_as_samples(frame, weeks, truth)
    right, says_year = branches(frame, weeks, truth)
    same_as_the_visit(frame, low, high)
    return Cell(
        centre=centre,
        pattern=pattern,
        rate=rate,
        rows=sizes.rows,
        asked=n,
        coverage=held((low, high), truth),
        below=float(np.mean(high < truth - TINY)),
        above=float(np.mean(low > truth + TINY)),
        width=float(np.mean(high - low)),
        widest=float(np.max(high - low)),
        enlarged=len(wide) / draws,
        one_sided=one_side(frame, n),
        peers=peers,
        widths={name: float(np.mean(b[1] - b[0])) for name, b in given.items()},
        branches_right=right,
        says_year=says_year,
    )


def one_side(frame: Frame, n: int) -> bool:
    """Whether a sample holds every irregular row more often than one side may miss."""
    rows, bad = len(frame.rows), int((frame.irregular > 0).sum())
    return float(stats.hypergeom.pmf(bad, rows, bad, n)) > (1 - PROCEDURE.confidence) / 2


def sample_of(frame: Frame, seed: int):
    every = np.ones(len(frame.rows), dtype=np.bool_)
    none = np.empty(0, dtype=np.intp)
    part = Part(frame, "", every, none, none, order(seed, Stage.ROWS, len(frame.rows)))
    return draw_sample(part)[0]


def weeks_as_samples(frame: Frame, weeks: NDArray[np.intp], truth: float) -> dict[str, float]:
    of_weeks = Redrawn(frame, np.ones(len(frame.rows), dtype=np.bool_), np.random.default_rng(0))
    own = of_weeks.irregular.sum() / of_weeks.minutes.sum()
    intervals = [of_weeks.interval(two) for two in weeks[:, : PROCEDURE.weeks]]
    low, high = np.array(intervals).T
    inside = frame.week >= 0
    rows, bad = (
        np.bincount(frame.week[inside], weights=each[inside], minlength=len(frame.weeks))
        for each in (frame.minutes > 0, frame.irregular > 0)
    )
    two = weeks[:, : PROCEDURE.weeks]
    naive = wilson_of(bad[two].sum(axis=1), rows[two].sum(axis=1))
    return {
        "two weeks": held((low, high), float(own)),
        "their width": float(np.mean(high - low)),
        "weeks as rows": held(naive, truth),
    }


def branches(frame: Frame, weeks: NDArray[np.intp], truth: float) -> tuple[int, float]:
    """Under how many seeds the engine's branch, and what it asks back, are those worked out row by
    row in fractions; and how often the branch is the one of the year."""
    part = Redrawn(frame, np.ones(len(frame.rows), dtype=np.bool_), np.random.default_rng(0))
    named, recovers, asked = part.visits(weeks)
    totals = {monday: [0, 0] for monday in frame.weeks}
    for row, lost in zip(frame.rows, frame.irregular.tolist(), strict=True):
        monday = row.day - timedelta(days=row.day.weekday())
        if monday in totals:
            totals[monday][0] += row.minutes
            totals[monday][1] += lost
    right = 0
    for places, branch, way, minutes in zip(weeks, named, recovers, asked, strict=True):
        two = [totals[frame.weeks[i]] for i in places[: PROCEDURE.weeks]]
        bad = sum(lost for _, lost in two)
        called, then = called_for(Fraction(bad, sum(whole for whole, _ in two)))
        right += branch is called and way is then and (then is Recovery.SAMPLE or minutes == bad)
    of_year, _ = called_for(Fraction(truth))
    return right, float(np.mean([branch is of_year for branch in named]))


def called_for(rate: Fraction) -> tuple[Branch, Recovery]:
    if rate < Fraction(20, 100):
        return Branch.UNDER, Recovery.SEEN
    return (Branch.BEYOND if rate > Fraction(80, 100) else Branch.BETWEEN), Recovery.SAMPLE


def same_as_the_visit(frame: Frame, low: NDArray[np.float64], high: NDArray[np.float64]) -> None:
    """What is measured is what a visit gives: held beside it under a few seeds."""
    for seed in range(WHOLE_VISITS):
        [check] = visit(frame, seed).hours
        assert (check.branch, check.recovers) == called_for(check.rate or Fraction(0))
        interval = check.sample.interval if check.sample else sample_of(frame, seed).interval
        assert np.allclose(interval, (low[seed], high[seed]), atol=1e-12)
        if check.sample:
            assert check.recovery == int(interval.low * check.year_minutes + 1e-6)


def files_cell(files: int, rate: float, draws: int, seed: int) -> tuple[int, float]:
    """How many files a sample holds, and coverage: three tracks, of half, all and one and a half
    times the rate (at most all)."""
    rng = np.random.default_rng([seed, 3])
    sizes = [files // 6, files // 3, files - files // 6 - files // 3]
    refused = [min(s, round(s * rate * by)) for s, by in zip(sizes, (1.5, 1.2, 0.7), strict=True)]
    alike = Sizes.of(np.ones(files))
    counts = shared(rows_needed(alike, PROCEDURE.files_width, PROCEDURE.confidence), sizes)
    truth = sum(refused) / files
    interval = cache(lambda found: files_interval(list(found), PROCEDURE.confidence))
    drawn = zip(
        *(
            rng.hypergeometric(bad, size - bad, n, draws).tolist()
            for size, bad, n in zip(sizes, refused, counts, strict=True)
        ),
        strict=True,
    )
    held_by = [interval(tuple(zip(sizes, counts, bad, strict=True))) for bad in drawn]
    low, high = np.array(held_by).T
    return sum(counts), held((low, high), truth)


# --- what is printed ----------------------------------------------------------------------------


def percent(part: float) -> str:
    return f"{100 * part:5.1f}"


def show_intervals(cells: list[Cell], draws: int) -> None:
    print(f"The random sample, {draws} draws a cell. Coverage in %, widths in points.\n")
    names = ["ours", "miss<", "miss>", "width", "max", *PEERS, "boot-t"]
    print(f"{'centre':9} {'irregular':>9} {'by':7} {'rows':>6} {'drawn':>5}", end="")
    print("".join(f"{name:>9}" for name in names))
    for c in cells:
        peers = [percent(c.peers[name]) for name in PEERS]
        boot = percent(c.peers["bootstrap-t"]) if "bootstrap-t" in c.peers else ""
        figures = [percent(v) for v in (c.coverage, c.below, c.above, c.width, c.widest)]
        print(f"{c.centre:9} {100 * c.rate:7.0f} % {c.pattern:7} {c.rows:6} {c.asked:5}", end="")
        print("".join(f"{v:>9}" for v in [*figures, *peers, boot]), end="")
        print("  one side only" if c.one_sided else "", "" if c.kept else " <- not kept")
    print(f"\n{'of all cells':>21}{'outside 93-97':>15}{'mean':>9}{'from 95':>9}{'width':>7}")
    for name in ("ours", *PEERS):
        held_by = np.array([c.coverage if name == "ours" else c.peers[name] for c in cells])
        width = np.mean([c.width if name == "ours" else c.widths[name] for c in cells])
        out = int(np.sum((held_by < LEAST) | (held_by > MOST)))
        far = float(np.sqrt(np.mean((held_by - 0.95) ** 2)))
        mean = float(held_by.mean())
        print(f"{name:>21}{out:15}{percent(mean):>9}{percent(far):>9}{percent(float(width)):>7}")


def show_weeks(cells: list[Cell], draws: int) -> None:
    print(f"\nTwo weeks, {draws} draws a cell.\n")
    names = ["right branch", "says the year", "their own", "their width", "as rows"]
    print(f"{'centre':9} {'irregular':>9} {'by':7}" + "".join(f"{n:>14}" for n in names))
    for c in cells:
        figures = [f"{c.branches_right}/{draws}", percent(c.says_year)]
        figures += [percent(c.peers[n]) for n in ("two weeks", "their width", "weeks as rows")]
        print(f"{c.centre:9} {100 * c.rate:7.0f} % {c.pattern:7}", end="")
        print("".join(f"{v:>14}" for v in figures))


def show_files(draws: int, seed: int) -> bool:
    """Whether those of `JUDGED` files and more are held as often as they should be."""
    kept = True
    print(
        f"\nFiles, a sample of each of three tracks, {draws} draws a cell: looked at, coverage.\n"
    )
    print(f"{'files':>6}" + "".join(f"{100 * rate:15.0f} %" for rate in RATES))
    for files in (60, 150, 300, 600):
        cells = [files_cell(files, rate, draws, seed) for rate in RATES]
        print(f"{files:6}" + "".join(f"{n:9} {percent(held_by)} %" for n, held_by in cells))
        kept &= files < JUDGED or all(LEAST <= held_by <= MOST for _, held_by in cells)
    return kept


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--draws", type=int, default=1000)
    arguments.add_argument("--seed", type=int, default=2026)
    asked = arguments.parse_args()
    started = time.perf_counter()
    cells = [
        measure(centre, rate, pattern, asked.draws, asked.seed)
        for centre in CENTRES
        for rate in RATES
        for pattern in PATTERNS
    ]
    show_intervals(cells, asked.draws)
    show_weeks(cells, asked.draws)
    files_kept = show_files(asked.draws, asked.seed)
    wrong = [c for c in cells if not c.kept or c.branches_right != asked.draws]
    low, high = min(c.coverage for c in cells), max(c.coverage for c in cells)
    print(
        f"\n{len(cells)} cells, coverage {percent(low)} to {percent(high)} %; not kept:", len(wrong)
    )
    print(f"{time.perf_counter() - started:.0f} s")
    return 1 if wrong or not files_kept else 0


if __name__ == "__main__":
    sys.exit(main())
