"""Drawing at random so that a draw can be shown again, in ten years, by anybody.

Each thing that may be drawn is put in the order of its id and receives one number of 64 bits; those
with the smallest numbers are drawn. The numbers are the raw output of Philox 4x64 (Salmon, Moraes,
Dror & Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011) under the key (seed, stage),
from counter zero: NumPy promises that this stream never changes, which it does not promise of
`permutation` or `choice`. Drawing more of the same stage keeps what was drawn.
"""

from collections.abc import Sequence
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

MOST = 2**64 - 1


class Stage(IntEnum):
    """What is drawn: the second half of the key, so that one draw tells nothing of another."""

    FILES = 1
    WEEKS = 2
    ROWS = 3
    OUTLOOK = 4


def philox(seed: int, stage: Stage) -> np.random.Philox:
    """Raises ValueError for a seed that is not a whole number of 64 bits."""
    if not 0 <= seed <= MOST:
        raise ValueError(f"The seed {seed} is not between 0 and {MOST}.")
    return np.random.Philox(key=np.array([seed, stage], dtype=np.uint64))


def order(seed: int, stage: Stage, count: int) -> NDArray[np.intp]:
    """The places 0 to `count` - 1, the first drawn first."""
    if count == 0:
        return np.empty(0, dtype=np.intp)
    return np.argsort(philox(seed, stage).random_raw(count), kind="stable")


def shared(count: int, among: Sequence[int]) -> list[int]:
    """`count` places shared by size, largest remainder first, at least two (or all) of each.

    `among`: how many stand in each. The sum may pass `count` by what the least of each asks.
    """
    total = sum(among)
    count = min(count, total)
    if not total:
        return [0] * len(among)
    places = [count * size // total for size in among]
    by_remainder = sorted(
        range(len(among)), key=lambda i: (-(count * among[i] % total), -among[i], i)
    )
    for i in by_remainder[: count - sum(places)]:
        places[i] += 1
    return [max(given, min(2, size)) for given, size in zip(places, among, strict=True)]
