"""Other intervals of the same share, from the same samples (arrays: one value a sample)."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from relier.training.inspection.intervals import Sizes, Sums

RESAMPLES = 199
TINY = 1e-9
Bounds = tuple[NDArray[np.float64], NDArray[np.float64]]


def wald(sums: Sums, n: int, sizes: Sizes) -> Bounds:
    m, y, mm, my, yy = (np.asarray(a, dtype=float) for a in sums[:5])
    r = y / m
    variance = (yy - 2 * r * my + r * r * mm) / (n - 1) * (1 - n / sizes.rows) / n / (m / n) ** 2
    half = 1.96 * np.sqrt(np.maximum(variance, 0))
    return r - half, r + half


def share(sums: Sums) -> NDArray[np.float64]:
    return np.asarray(sums.irregular, dtype=float) / np.asarray(sums.minutes)


def wilson(sums: Sums, n: int, sizes: Sizes) -> Bounds:
    return wilson_of(share(sums) * n, np.full(1, float(n)))


def wilson_of(x: NDArray[np.float64], n: NDArray[np.float64]) -> Bounds:
    z2 = 1.96**2
    middle = (x + z2 / 2) / (n + z2)
    half = 1.96 / (n + z2) * np.sqrt(x * (n - x) / n + z2 / 4)
    return middle - half, middle + half


def clopper_pearson(x: NDArray[np.float64], n: NDArray[np.float64]) -> Bounds:
    low = np.where(x > TINY, stats.beta.ppf(0.025, np.maximum(x, TINY), n - x + 1), 0.0)
    high = np.where(x < n - TINY, stats.beta.ppf(0.975, x + 1, np.maximum(n - x, TINY)), 1.0)
    return low, high


def exact(sums: Sums, n: int, sizes: Sizes) -> Bounds:
    return clopper_pearson(share(sums) * n, np.full(1, float(n)))


def korn_graubard(sums: Sums, n: int, sizes: Sizes) -> Bounds:
    """Clopper & Pearson at the number of rows drawn at will that would stray as much."""
    r = share(sums)
    low, high = wald(sums, n, sizes)
    variance = ((high - low) / 2 / 1.96) ** 2
    binary = r * (1 - r)
    at_will = np.divide(binary, variance, out=np.full_like(r, float(n)), where=variance > 0)
    return clopper_pearson(r * at_will, at_will)


def inverted(sums: Sums, n: int, sizes: Sizes) -> Bounds:
    """The numbers of bad rows under which x is not too far, each tail by mid-p."""
    found = np.rint(share(sums) * n).astype(np.int64)
    x, back = np.unique(found, return_inverse=True)
    rows = sizes.rows

    def below(bad: NDArray[np.int64]) -> NDArray[np.float64]:
        law = stats.hypergeom(rows, bad, n)
        return law.cdf(x) - law.pmf(x) / 2

    def bisect(holds: Callable[[NDArray[np.float64]], NDArray[np.bool_]]) -> NDArray[np.float64]:
        """The last number at which it holds, where it holds and then no more."""
        low, high = np.full(len(x), -1), np.full(len(x), rows + 1)
        while (high - low > 1).any():
            middle = (low + high) // 2
            at = holds(below(np.clip(middle, 0, rows))) & (middle <= rows) | (middle < 0)
            low, high = np.where(at, middle, low), np.where(at, high, middle)
        return low

    # With more bad rows, finding x or fewer is less likely.
    first = bisect(lambda p: p > 0.975) + 1
    last = bisect(lambda p: p >= 0.025)
    return (first / rows)[back], (last / rows)[back]


PEERS: dict[str, Callable[[Sums, int, Sizes], Bounds]] = {
    "Wald": wald,
    "Wilson": wilson,
    "exact": exact,
    "K & G": korn_graubard,
    "inverted": inverted,
}


def bootstrap_t(m: NDArray[np.int64], y: NDArray[np.int64], rows: int, seed: int) -> Bounds:
    """Of many samples (draws by rows)."""
    rng = np.random.default_rng([seed, 2])
    n = m.shape[1]
    low, high = np.empty(len(m)), np.empty(len(m))
    for i, (mi, yi) in enumerate(zip(m.astype(float), y.astype(float), strict=True)):
        kinds, counts = np.unique(np.stack([mi, yi]), axis=1, return_counts=True)
        ways = rng.multinomial(n, counts / n, size=RESAMPLES)
        a, b = kinds
        m1, y1, mm, my, yy = (ways @ each for each in (a, b, a * a, a * b, b * b))
        r = y1 / m1
        error = np.sqrt(np.maximum(yy - 2 * r * my + r * r * mm, TINY)) / m1
        r0 = yi.sum() / mi.sum()
        t0 = np.quantile((r - r0) / error, [0.025, 0.975])
        own = np.sqrt(((yi - r0 * mi) ** 2).sum() * (1 - n / rows)) / mi.sum()
        low[i], high[i] = r0 - t0[1] * own, r0 - t0[0] * own
    return low, high
