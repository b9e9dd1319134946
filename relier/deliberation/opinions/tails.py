"""The tails of a Beta distribution, in NumPy alone: to twelve figures, ten in a room of thousands.

The regularised incomplete beta function by its continued fraction (Lentz's way; Press et al. 2007,
"Numerical Recipes", 6.4), over whole arrays at once.
"""

from math import lgamma
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
TINY: Final = 1e-300
CLOSE: Final = 1e-14
HALVINGS: Final = 26
_log_gamma = np.vectorize(lgamma, otypes=[float])


def below(share: ArrayLike, first: ArrayLike, second: ArrayLike) -> Floats:
    """P(X <= share) for X ~ Beta(first, second); arrays of one shape, or that broadcast. `first`
    and `second` are positive."""
    x, a, b = np.broadcast_arrays(*(np.asarray(one, dtype=float) for one in (share, first, second)))
    x = np.clip(x, 1e-15, 1 - 1e-15)
    turned = x > (a + 1) / (a + b + 2)
    p, q, y = np.where(turned, b, a), np.where(turned, a, b), np.where(turned, 1 - x, x)
    # All of it as logarithms: in a room of some thousands, the parts are past any number.
    front = _log_gamma(p + q) - _log_gamma(p) - _log_gamma(q) + p * np.log(y) + q * np.log1p(-y)
    small = np.exp(front) / p * _fraction(y, p, q)
    answer: Floats = np.clip(np.where(turned, 1 - small, small), 0.0, 1.0)
    return answer


def _fraction(x: Floats, a: Floats, b: Floats) -> Floats:
    steps = 60 + int(6 * np.sqrt(max(float(np.max(a, initial=1)), float(np.max(b, initial=1)))))
    lower = np.ones_like(x)
    upper = 1 / _apart(1 - (a + b) * x / (a + 1))
    answer = upper
    for m in range(1, steps):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for part in (even, odd):
            upper = 1 / _apart(1 + part * upper)
            lower = _apart(1 + part / lower)
            answer = answer * (upper * lower)
        if np.all(np.abs(upper * lower - 1) < CLOSE):
            break
    return answer


def _apart(values: Floats) -> Floats:
    return np.where(np.abs(values) < TINY, TINY, values)


def quantile(probability: ArrayLike, first: ArrayLike, second: ArrayLike) -> Floats:
    """The share below which a Beta(first, second) lies with this probability, by halving, to eight
    figures."""
    a, b = np.broadcast_arrays(np.asarray(first, dtype=float), np.asarray(second, dtype=float))
    a, b, wanted = np.broadcast_arrays(a, b, np.asarray(probability, dtype=float))
    low, high = np.zeros(a.shape), np.ones(a.shape)
    for _step in range(HALVINGS):
        middle = (low + high) / 2
        under = below(middle, a, b) < wanted
        low, high = np.where(under, middle, low), np.where(under, high, middle)
    answer: Floats = (low + high) / 2
    return answer


def like(mean: Floats, variance: Floats) -> tuple[Floats, Floats]:
    """The Beta with this mean and variance (which is under mean * (1 - mean))."""
    spread = np.maximum(mean * (1 - mean) / np.maximum(variance, 1e-12) - 1, 1e-3)
    return mean * spread, (1 - mean) * spread
