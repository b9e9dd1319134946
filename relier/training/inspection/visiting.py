"""The inspector's visit, rehearsed: files, weeks, the branch, the sample, what is asked back."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from .drawing import Stage, order, shared
from .facts import OF_A_FILE, WHOLE_FILE, Beyond, FollowUp
from .frame import Frame, Mask, branch_of
from .intervals import (
    Interval,
    Sizes,
    bounds,
    rows_needed,
    score_interval,
    spread_of,
    sums_of,
    weeks_interval,
)
from .outcome import (
    Branch,
    FilesCheck,
    HoursCheck,
    Irregularity,
    Recovery,
    Remark,
    Sample,
    Visit,
)

# Rounding errors of a share times the minutes of a year are far below; a minute is far above.
HARDLY = 1e-6
# A sample too wide is enlarged by what its own spread asks, and this much more, so that it is
# seldom too wide again.
MORE = 1.03


def visit(frame: Frame, seed: int) -> Visit:
    """The whole visit under one seed. Raises ValueError for a seed that is not one (`drawing`)."""
    files, refused = check_files(frame, seed)
    drawn = order(seed, Stage.WEEKS, len(frame.weeks))
    count = frame.procedure.weeks
    first, more = drawn[:count], drawn[count : 2 * count]
    by_chance = order(seed, Stage.ROWS, len(frame.rows))
    checks = []
    seen = np.zeros(len(frame.rows), dtype=np.bool_)
    more_asked = False
    for track, scope in frame.scopes().items():
        part = Part(frame, track, scope & ~refused, first, more, by_chance)
        check = check_hours(part)
        checks.append(check)
        more_asked |= check.second is not None
        seen |= part.rows & np.isin(
            frame.week, first if check.second is None else drawn[: 2 * count]
        )
        if check.sample:
            seen |= np.isin([row.id for row in frame.rows], check.sample.rows)
    return Visit(
        year=frame.facts.year,
        seed=seed,
        procedure=frame.procedure,
        weeks=tuple(sorted(frame.weeks[i] for i in first)),
        more_weeks=tuple(sorted(frame.weeks[i] for i in more)) if more_asked else (),
        files=files,
        hours=tuple(checks),
        irregularities=listed(frame, seen, set(files.looked_at)),
        euros_an_hour=frame.facts.euros_an_hour,
    )


# --- files ---------------------------------------------------------------------------------------


def file_places(frame: Frame) -> list[tuple[NDArray[np.intp], int]]:
    """For each track, the places of its trainees in the frame, and how many files are looked at."""
    places: dict[str, list[int]] = {}
    for i, trainee in enumerate(frame.trainees):
        places.setdefault(trainee.track, []).append(i)
    strata = [np.array(places[track], dtype=np.intp) for track in sorted(places)]
    sizes = [len(stratum) for stratum in strata]
    if sum(sizes) < frame.procedure.whole_under:
        return list(zip(strata, sizes, strict=True))
    alike = Sizes.of(np.ones(sum(sizes)))
    asked = rows_needed(alike, frame.procedure.files_width, frame.procedure.confidence)
    return list(zip(strata, shared(asked, sizes), strict=True))


def check_files(frame: Frame, seed: int) -> tuple[FilesCheck, Mask]:
    """What is looked at, and which rows of the frame are of files refused: they leave the hours to
    be drawn, so that no minute is asked back twice."""
    rank = np.empty(len(frame.trainees), dtype=np.intp)
    rank[order(seed, Stage.FILES, len(rank))] = np.arange(len(rank))
    looked_at = np.zeros(len(rank), dtype=np.bool_)
    found = []
    for stratum, count in file_places(frame):
        chosen = stratum[np.argsort(rank[stratum])[:count]]
        looked_at[chosen] = True
        found.append((len(stratum), count, int(frame.refused[chosen].sum())))
    refused = looked_at & frame.refused
    ids = np.array([trainee.id for trainee in frame.trainees], dtype=object)
    check = FilesCheck(
        files=len(ids),
        looked_at=tuple(ids[looked_at]),
        refused=tuple(ids[refused]),
        interval=files_interval(found, frame.procedure.confidence),
        recovery=int(frame.minutes_of_trainees()[refused].sum()),
    )
    of_refused = np.append(refused, False)[frame.trainee]  # -1, without a file: the last, False
    return check, of_refused


def files_interval(found: list[tuple[int, int, int]], confidence: float) -> Interval | None:
    """Of the share of files refused, from tracks of (files, looked at, refused): the score interval
    of the share weighted by track, whose spread is what strata leave of the variance. A track's own
    share leans on the whole by one file, as few of a track say little of its variance."""
    files, looked_at = sum(f[0] for f in found), sum(f[1] for f in found)
    if not looked_at:
        return None
    refused = sum(f[2] for f in found)
    if looked_at == files:
        return Interval(refused / files, refused / files)
    share = sum(size * bad / n for size, n, bad in found if n) / files
    spread = 1.0
    if 0 < share < 1:
        left = 0.0
        for size, n, bad in found:
            own = (bad + share) / (n + 1)
            left += (size / files) ** 2 * (1 - n / size) * own * (1 - own) / max(n - 1, 1)
        spread = left * looked_at / (share * (1 - share) * (1 - looked_at / files))
    alike = Sizes.of(np.ones(files))
    low, high = bounds(np.array([share]), np.array([spread]), looked_at, alike, confidence)
    # What was seen is certain.
    most = 1 - (looked_at - refused) / files
    return Interval(max(float(low[0]), refused / files), min(float(high[0]), most))


# --- hours ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one rate, and what was drawn: places of weeks, and of every row by chance."""

    frame: Frame
    track: str
    rows: Mask
    first: NDArray[np.intp]
    more: NDArray[np.intp]
    by_chance: NDArray[np.intp]

    def totals(self, weeks: NDArray[np.intp]) -> tuple[int, int]:
        """What the rate counts in these weeks, and what of it is irregular."""
        inside = self.rows & np.isin(self.frame.week, weeks)
        counted, bad = self.frame.measured()
        return int(counted[inside].sum()), int(bad[inside].sum())


def check_hours(part: Part) -> HoursCheck:
    frame, procedure = part.frame, part.frame.procedure
    weeks, second = part.first, None
    total, bad = part.totals(weeks)
    branch = Branch(str(branch_of(bad, total, procedure)))
    if not frame.weeks and frame.minutes[part.rows].any():
        branch = Branch.NO_WEEK
    if branch is Branch.BETWEEN and procedure.follow_up is FollowUp.MORE_WEEKS:
        weeks = np.concatenate([part.first, part.more])
        total, bad = part.totals(weeks)
        second = Branch(str(branch_of(bad, total, procedure)))
    inside = part.rows & np.isin(frame.week, weeks)
    interval = interval_of_weeks(part, weeks)
    recovers, recovery, sample, remarks = recover(part, branch, second, inside, interval)
    if frame.weeks and len(weeks) < procedure.weeks * (1 if second is None else 2):
        remarks = (Remark.FEWER_WEEKS, *remarks)
    return HoursCheck(
        track=part.track,
        year_rows=int((part.rows & (frame.minutes > 0)).sum()),
        year_minutes=int(frame.minutes[part.rows].sum()),
        rows=int(inside.sum()),
        minutes=int(frame.minutes[inside].sum()),
        irregular=int(frame.irregular[inside].sum()),
        rate=Fraction(bad, total) if total else None,
        branch=branch,
        second=second,
        weeks_interval=interval,
        sample=sample,
        recovers=recovers,
        recovery=recovery,
        remarks=remarks,
    )


def interval_of_weeks(part: Part, weeks: NDArray[np.intp]) -> Interval | None:
    frame = part.frame
    minutes, irregular = (
        np.array([each[part.rows & (frame.week == week)].sum() for week in weeks], dtype=np.int64)
        for each in (frame.minutes, frame.irregular)
    )
    inside = part.rows & (frame.minutes > 0) & np.isin(frame.week, weeks)
    alike = Sizes.of(frame.minutes[inside]).alike
    return weeks_interval(minutes, irregular, len(frame.weeks), alike, frame.procedure.confidence)


def recovers_by(branch: Branch, second: Branch | None, beyond: Beyond) -> Recovery:
    """What the procedure asks back, from where the rates stand."""
    if branch in (Branch.NO_HOURS, Branch.NO_WEEK):
        return Recovery.NOTHING
    if branch is Branch.BEYOND or second is Branch.BEYOND:
        return Recovery.WEEKS if beyond is Beyond.WEEKS else Recovery.SAMPLE
    if branch is Branch.UNDER or second is not None:
        return Recovery.SEEN
    return Recovery.SAMPLE


def recover(
    part: Part, branch: Branch, second: Branch | None, inside: Mask, interval: Interval | None
) -> tuple[Recovery, int, Sample | None, tuple[Remark, ...]]:
    frame = part.frame
    recovers = recovers_by(branch, second, frame.procedure.beyond)
    seen = int(frame.irregular[inside].sum())
    year = int(frame.minutes[part.rows].sum())
    if recovers is Recovery.SAMPLE:
        sample, remarks = draw_sample(part)
        return recovers, extrapolated(sample.interval.low, year), sample, remarks
    if recovers is Recovery.WEEKS and interval is None:
        return Recovery.SEEN, seen, None, (Remark.NO_INTERVAL,)
    if recovers is Recovery.WEEKS and interval is not None:
        return recovers, max(seen, extrapolated(interval.low, year)), None, ()
    return recovers, seen if recovers is Recovery.SEEN else 0, None, ()


def extrapolated(share: float, minutes: int) -> int:
    """Whole minutes, the part of one dropped."""
    return int(share * minutes + HARDLY)


def draw_sample(part: Part) -> tuple[Sample, tuple[Remark, ...]]:
    """Rows drawn one by one among those with minutes, as many as the width asks. Where the rows
    found make it wider than it may be, more are drawn after them, never others instead."""
    frame, procedure = part.frame, part.frame.procedure
    able = part.by_chance[(part.rows & (frame.minutes > 0))[part.by_chance]]
    sizes = Sizes.of(frame.minutes[able])
    asked = n = rows_needed(sizes, procedure.width, procedure.confidence)
    while True:
        minutes, irregular = frame.minutes[able[:n]], frame.irregular[able[:n]]
        sums = sums_of(minutes, irregular)
        low, high = score_interval(sums, n, sizes, procedure.confidence)
        interval = Interval(float(low[0]), float(high[0]))
        if interval.width <= procedure.width or n == sizes.rows:
            break
        n = enlarged(n, float(spread_of(sums, n)), sizes, procedure.width, procedure.confidence)
    remarks = (Remark.EVERY_ROW,) if n == sizes.rows else ()
    sample = Sample(
        rows=tuple(sorted(frame.rows[i].id for i in able[:n])),
        asked=asked,
        minutes=int(minutes.sum()),
        irregular=int(irregular.sum()),
        interval=interval,
    )
    return sample, (Remark.ENLARGED, *remarks) if n > asked else remarks


def enlarged(n: int, spread: float, sizes: Sizes, width: float, confidence: float) -> int:
    """How many rows, when `n` gave too wide an interval: always more, at most all of them."""
    wanted = rows_needed(sizes, width, confidence, spread * MORE)
    return min(sizes.rows, max(wanted, n + 1 + n // 50))


# --- what to mend --------------------------------------------------------------------------------


def listed(frame: Frame, seen: Mask, files: set[str]) -> tuple[Irregularity, ...]:
    """Every problem of the year, drawn or not: files first, then rows by day."""
    found = []
    of_year = frame.minutes_of_trainees()
    for i, trainee in enumerate(frame.trainees):
        for problem in frame.problems.get(trainee.id, ()):
            if problem.code in OF_A_FILE:
                cost = int(of_year[i]) if problem.code in WHOLE_FILE else 0
                drawn = trainee.id in files
                found.append(Irregularity(problem, trainee.id, trainee.track, None, cost, drawn))
    rows = []
    for i, row in enumerate(frame.rows):
        for problem in frame.problems.get(row.id, ()):
            if problem.code not in OF_A_FILE:
                cost = row.minutes if problem.minutes is None else min(problem.minutes, row.minutes)
                drawn = bool(seen[i])
                rows.append(Irregularity(problem, row.trainee, row.track, row.day, cost, drawn))
    rows.sort(key=lambda one: (one.day, one.about, one.code))
    return tuple(found + rows)
