"""Who sees what next, and with what chance.

In a room (at most FEW_STATEMENTS statements and FEW_PEOPLE people) everyone sees everything, in an
order of their own. Beyond, the next statement is drawn: the less is known of it the likelier, with
a floor, so that no statement is starved. The chance with which it was drawn is given back, to be
kept: an answer weighted by its inverse is as if everyone had seen everything (Horvitz & Thompson
1952). What one sees never depends on how one voted, nor on the groups.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .classes import ALPHA
from .gate import random

FEW_STATEMENTS: Final = 25
FEW_PEOPLE: Final = 60
# The share of the draws that is even among the statements not seen yet.
FLOOR: Final = 0.25


@dataclass(frozen=True, slots=True)
class Exposure:
    """`statement`: the place of what is shown next; `chance`: with which it was drawn."""

    statement: int
    chance: float


def everything(statements: int, seed: str, person: str) -> list[int]:
    """The places of all the statements, in an order that is this person's own."""
    return [int(place) for place in random(seed, f"order\n{person}").permutation(statements)]


def shows_everything(statements: int, people: int) -> bool:
    """Whether everyone sees every statement."""
    return statements <= FEW_STATEMENTS and people <= FEW_PEOPLE


def chances(
    agree: NDArray[np.int64], disagree: NDArray[np.int64], seen: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """(S,) the chance of each statement to be next: nought for those `seen`, the rest sums to 1.

    What is known of a statement is the variance of its rate, Beta(a + ALPHA, d + ALPHA), times one
    plus its novelty 1 / (1 + opinions). All (S,). All noughts when everything was seen.
    """
    yes, no = agree + ALPHA, disagree + ALPHA
    heard = yes + no
    worth = yes * no / (heard**2 * (heard + 1)) * (1 + 1 / (1 + agree + disagree))
    worth = np.where(seen, 0.0, worth)
    left = int((~seen).sum())
    if not left:
        return np.zeros(len(seen))
    answer: NDArray[np.float64] = (1 - FLOOR) * worth / worth.sum()
    return answer + np.where(seen, 0.0, FLOOR / left)


def following(
    agree: NDArray[np.int64],
    disagree: NDArray[np.int64],
    seen: NDArray[np.bool_],
    seed: str,
    person: str,
) -> Exposure | None:
    """What this person sees next; None when they have seen everything. The draw depends on the
    seed, the person and how much they have seen, so that a page loaded again shows the same."""
    chance = chances(agree, disagree, seen)
    if seen.all():
        return None
    draw = random(seed, f"next\n{person}\n{int(seen.sum())}").random()
    heap = np.cumsum(chance)
    place = min(int((draw * heap[-1] >= heap).sum()), int(np.flatnonzero(~seen)[-1]))
    return Exposure(place, float(chance[place]))
