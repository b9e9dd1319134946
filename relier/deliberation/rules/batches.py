"""When what is told of voices may move, and of which voices. Plain integers in, plain integers out.

Figures move by batches of voices that are new. Each batch counts at least FEWEST of them, and
leaves FEWEST behind that are drawn at random: so the end of a round, whenever it comes, adds FEWEST
at least, and no two pages that were ever shown differ by fewer. And nobody who watched five people
take out their telephones knows whether theirs are the five that were counted.

A voice that was counted and changed its answers since rides along with a batch of new ones.
"""

import math
from collections.abc import Sequence
from random import Random
from typing import Final, TypeVar

FEWEST: Final = 5
# In a large room, figures that moved by five would move all the time: a twentieth.
SHARE: Final = 20

Voice = TypeVar("Voice")


def least(counted: int) -> int:
    """How many new voices make a batch, where so many are counted already."""
    return max(FEWEST, math.ceil(counted / SHARE))


def is_due(*, fresh: int, counted: int, is_over: bool) -> bool:
    """Whether figures may move. `fresh`: voices that wait and were never counted. At the end of a
    round they do, unless there is nothing to tell at all."""
    if is_over:
        return fresh + counted > 0
    return fresh >= least(counted) + FEWEST


def drawn(fresh: Sequence[Voice], *, is_over: bool, chance: Random) -> list[Voice]:
    """Those that are counted now: all but FEWEST; all of them at the end."""
    return list(fresh) if is_over else chance.sample(list(fresh), len(fresh) - FEWEST)
