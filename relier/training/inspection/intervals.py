"""Intervals of a share of minutes, from a random sample of rows and from whole weeks.

A frame of N rows, of m_i minutes each, of which y_i are irregular (0 <= y_i <= m_i). What is asked
is R = sum(y) / sum(m). The m_i of the whole frame are known before anything is looked at; the y_i
only of the rows looked at.

*A random sample of n rows, without replacement.* The ratio r = sum(y) / sum(m) of the sample, and
its score interval corrected for skewness: the shares R from which r is not further than chance
takes it,

    -z + shift  <=  (r - R) / sd(R)  <=  z + shift,          shift = skew(R) (z² - 1) / 6
    sd(R)²  = spread · R (1 - R) · D2 · (1 - n/N) / n
    skew(R) = sqrt(spread) · (1 - 2R) / sqrt(n R (1 - R)) · D3 / D2^1.5
              · (1 - 2n/N) / sqrt(1 - n/N)

with D2 = mean(m²) / mean(m)², D3 = mean(m³) / mean(m)³ over the frame. `spread` is what the sample
says of rows that are irregular in part, or longer or shorter than others when irregular: the
variance of its residuals y - r m over the one of rows that are irregular whole or not at all; 1
when nothing says otherwise. The score form (Wilson 1927) takes the variance at R, not at r, so that
"none found" still has an upper bound; the skewness correction (Gart & Nam 1988, 1990; after
Cornish & Fisher) puts the same risk on each side, which matters here: money is asked at the lower
bound. The factors of n/N are those of sampling without replacement (Cochran 1977, §2.15; the skew
changes its sign at half of the frame, which no binomial interval knows). How days, trainees or
weeks cluster does not matter: rows are drawn one by one (`benchmarks/inspection.py` measures it).

*Whole weeks.* Weeks are clusters: the linearised ratio over weeks (Cochran 1977, §6.4 and §9A),
with Student's quantile for the number of weeks less one: 12.7 for two. Two weeks that happen to be
alike would give no width at all; so the interval is never narrower than the score interval of their
rows, under the same quantile. It is wide, and says how little two weeks say.
"""

from dataclasses import dataclass
from math import ceil, cos, pi, sin, sqrt
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
HALVINGS = 50
# How far the skewness may move a bound, in parts of z: toward the estimate, and away from it. The
# expansion is of no use beyond; with one irregular row found, it is reached.
INWARD, OUTWARD = 0.5, 1.5
# Spread counts for as many rows as were found irregular (or regular, if fewer), and 1 for this
# many: three irregular rows do not say how long irregular rows are.
PRIOR_ROWS = 2.0


class Interval(NamedTuple):
    """Shares between 0 and 1."""

    low: float
    high: float

    @property
    def width(self) -> float:
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class Sizes:
    """What is known of a frame before looking: rows, minutes, and how unequal the rows are."""

    rows: int
    minutes: int
    squares: float  # D2
    cubes: float  # D3

    @property
    def alike(self) -> float:
        """How many rows of one length would stray as much."""
        return self.rows / self.squares

    @classmethod
    def of(cls, minutes: ArrayLike) -> "Sizes":
        """`minutes`: of each row, above zero. An empty frame has no rows and D2 = D3 = 1."""
        each = np.asarray(minutes, dtype=np.float64)
        if not each.size:
            return cls(0, 0, 1.0, 1.0)
        relative = each / each.mean()
        squares, cubes = float(np.mean(relative**2)), float(np.mean(relative**3))
        return cls(each.size, int(each.sum()), squares, cubes)


class Sums(NamedTuple):
    """What a sample says, or many samples of the same number of rows (arrays): sums of m, y, m²,
    m y and y² over its rows, and how many are irregular, in part or whole, and whole."""

    minutes: ArrayLike
    irregular: ArrayLike
    minutes_squared: ArrayLike
    both: ArrayLike
    irregular_squared: ArrayLike
    touched: ArrayLike
    whole: ArrayLike


def sums_of(minutes: NDArray[np.int64], irregular: NDArray[np.int64]) -> Sums:
    m, y = minutes.astype(np.float64), irregular.astype(np.float64)
    touched, whole = (y > 0).sum(), (y >= m).sum()
    return Sums(m.sum(), y.sum(), (m * m).sum(), (m * y).sum(), (y * y).sum(), touched, whole)


def quantile(confidence: float) -> float:
    """Of the normal law, on each side: 1.96 for 0.95."""
    return NormalDist().inv_cdf((1 + confidence) / 2)


def rows_needed(sizes: Sizes, width: float, confidence: float, spread: float = 1.0) -> int:
    """The fewest rows whose interval is at most `width` wide wherever the share lies (it is widest
    at one half, where the score interval is z / sqrt(n + z²)). All of them when `width` is 0."""
    if sizes.rows <= 1 or width <= 0:
        return sizes.rows
    alike = quantile(confidence) ** 2 * (1 / width**2 - 1) * sizes.squares * spread
    return min(sizes.rows, max(2, ceil(sizes.rows * alike / (alike + sizes.rows - 1))))


def spread_of(sample: Sums, n: int) -> Floats:
    """The variance of residuals over that of rows irregular whole or not at all; 1 when none or
    all are irregular."""
    minutes, irregular, squared, both, irregular_squared = (
        np.asarray(a, dtype=np.float64) for a in sample[:5]
    )
    r = irregular / minutes
    residuals = (irregular_squared - 2 * r * both + r * r * squared) * n / max(n - 1, 1)
    binary = r * (1 - r) * squared
    said = np.divide(residuals, binary, out=np.ones_like(binary), where=binary > 0)
    told = np.minimum(np.asarray(sample.touched), n - np.asarray(sample.whole))
    return (told * said + PRIOR_ROWS) / (told + PRIOR_ROWS)


def score_interval(sample: Sums, n: int, sizes: Sizes, confidence: float) -> tuple[Floats, Floats]:
    """The interval of a random sample of `n` rows out of `sizes`, or of many (arrays). Exact when
    the sample is the frame. Raises ValueError for an empty sample."""
    if n < 1:
        raise ValueError("A sample of no row has no interval.")
    minutes = np.atleast_1d(np.asarray(sample.minutes, dtype=np.float64))
    irregular = np.atleast_1d(np.asarray(sample.irregular, dtype=np.float64))
    spread = np.atleast_1d(spread_of(sample, n))
    low, high = bounds(irregular / minutes, spread, n, sizes, confidence)
    # What was seen is certain: so much of the frame is irregular at least, and so much is not.
    low = np.maximum(low, irregular / sizes.minutes)
    return low, np.minimum(high, 1 - (minutes - irregular) / sizes.minutes)


def bounds(
    r: Floats, spread: Floats, n: int, sizes: Sizes, confidence: float
) -> tuple[Floats, Floats]:
    """The same from shares found `r` and their `spread`, whatever gave them."""
    if n >= sizes.rows:
        return r, r
    z = quantile(confidence)
    return 1 - _upper(1 - r, spread, n, sizes, z), _upper(r, spread, n, sizes, z)


def _upper(r: Floats, spread: Floats, n: int, sizes: Sizes, z: float) -> Floats:
    """The largest share that does not hold `r` to be too small."""
    part = n / sizes.rows
    left = (sizes.rows - n) / (sizes.rows - 1)
    variance = spread * sizes.squares * left / n
    skewness = np.sqrt(spread / n) * sizes.cubes / sizes.squares**1.5 * (1 - 2 * part)
    skewness = skewness / sqrt(1 - part) * (z * z - 1) / 6
    low, high = r.copy(), np.ones_like(r)
    for _ in range(HALVINGS):
        share = (low + high) / 2
        odds = np.maximum(share * (1 - share), 1e-300)
        shift = np.clip(skewness * (1 - 2 * share) / np.sqrt(odds), -OUTWARD * z, INWARD * z)
        holds = r - share >= (shift - z) * np.sqrt(variance * odds)
        low, high = np.where(holds, share, low), np.where(holds, high, share)
    return np.where(r >= 1, 1.0, high)


def weeks_interval(
    minutes: NDArray[np.int64],
    irregular: NDArray[np.int64],
    weeks: int,
    alike: float,
    confidence: float,
) -> Interval | None:
    """The interval of the share over all `weeks`, from the totals of the weeks drawn (arrays of
    minutes), which hold as much as `alike` rows of one length (rows / D2). None for one week drawn
    of several, or for no minutes."""
    m, y = minutes.astype(np.float64), irregular.astype(np.float64)
    k = len(m)
    if not m.sum():
        return None
    r = float(y.sum() / m.sum())
    if k >= weeks:
        return Interval(r, r)
    if k < 2:
        return None
    t, left = student(confidence, k - 1), 1 - k / weeks
    residuals = float(((y - r * m) ** 2).sum()) / (k - 1)
    half = t * sqrt(left * residuals / k) / float(m.mean())
    # Weeks that happen to be alike stray as rows drawn one by one would, at least.
    few = t * t * left / alike
    middle = (r + few / 2) / (1 + few)
    least = sqrt(few * r * (1 - r) + few * few / 4) / (1 + few)
    low, high = min(r - half, middle - least), max(r + half, middle + least)
    return Interval(max(0.0, low), min(1.0, high))


def student(confidence: float, freedom: int) -> float:
    """Student's quantile on each side, for a whole number of degrees of freedom."""
    low, high = 0.0, pi / 2
    for _ in range(2 * HALVINGS):
        angle = (low + high) / 2
        low, high = (angle, high) if _within(angle, freedom) < confidence else (low, angle)
    return sqrt(freedom) * sin(low) / cos(low)


def _within(angle: float, freedom: int) -> float:
    """P(|T| < sqrt(freedom) tan(angle)): Abramowitz & Stegun 1964, 26.7.3 and 26.7.4."""
    c, s = cos(angle), sin(angle)
    term = c if freedom % 2 else 1.0
    total = 0.0
    for k in range(2 + freedom % 2, freedom + 1, 2):
        total += term
        term *= c * c * (k - 1) / k
    if freedom % 2:
        return 2 / pi * (angle + s * total)
    return s * total
