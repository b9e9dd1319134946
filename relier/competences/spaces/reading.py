"""Reading answers: the chance of each item, the closest feasible set, and what to ask next."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .structure import Space

# The rates of a question to come, until a centre has data of its own to set others.
CARELESS: Final = 0.1
LUCKY: Final = 0.1
# A question is a burden: it is asked when fifteen like it are expected to set more than one item
# right. At the rates above: while the chance of its item is between one in six and five in six.
# Chosen between the two promises of `benchmarks/positioning.py` (few questions, hardly less said
# rightly than with all of them), which shows what asking more and less would give.
WORTH: Final = 1 / 15
# Two items this close are even, so that rounding on another machine asks the same question.
SAME: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Evidence:
    """One answer about one item, with its own rates (BLIM).

    can: whether it says that the person can. careless: chance that it says no of someone who can.
    lucky: chance that it says yes of someone who cannot. Both lie strictly between 0 and 1, so
    that no answer excludes a set for ever, and their sum is below 1, so that yes counts as yes;
    else ValueError.
    """

    item: str
    can: bool
    careless: float
    lucky: float

    def __post_init__(self) -> None:
        _check_rates(self.careless, self.lucky)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the answers say. Items are in the order of the space.

    chances: item -> chance that the person can, from 0 to 1.
    doubt: item -> entropy of that chance, in bits, from 0 (sure) to 1 (nothing known).
    likely: the feasible set expected to differ in the fewest items from what the person can do.
    inner, outer: its fringes; `outer` is within reach.

    `likely` is not the single most probable set: among millions that one has a tiny chance, and
    a prior flat by size favours the extremes, where sets are few.
    """

    chances: dict[str, float]
    doubt: dict[str, float]
    likely: frozenset[str]
    inner: frozenset[str]
    outer: frozenset[str]

    def next_question(
        self,
        among: Collection[str],
        *,
        careless: float = CARELESS,
        lucky: float = LUCKY,
        worth: float = WORTH,
    ) -> str | None:
        """The item whose answer would tell most about the whole set; None to stop.

        among: the items that may still be asked, others being ignored. careless, lucky: rates
        of the answer to come. Given the set K, an answer depends on whether its item i is in K
        and on nothing else (local independence), so that, with p the chance of i and h the
        binary entropy, the mutual information of the answer and the *whole* set is

            I(answer; K) = h(p (1 - careless) + (1 - p) lucky) - p h(careless) - (1 - p) h(lucky)

        in bits. Ties go to the first in the order of the space.

        Stopping: only the items whose question is worth more than `worth` (see `gain`) are
        asked. With rates of 0.1, those of a chance between 1/6 and 5/6; with worth 0, those whose
        answer could change what is said of them, between 0.1 and 0.9. Answers so unsure that
        none is worth it (two rates of 0.45) are not asked for at all.

        Raises ValueError on rates outside those of `Evidence`.
        """
        _check_rates(careless, lucky)
        best, most = None, -1.0
        for item, p in self.chances.items():
            if item in among and gain(p, careless, lucky) > worth + SAME:
                told = information(p, careless, lucky)
                if told > most + SAME:
                    best, most = item, told
        return best


def read(space: Space, evidence: Iterable[Evidence]) -> Reading:
    """The posterior of a space given answers, in any order: the result is the same to the bit.

    Several answers about one item all count, as independent; keep one where the last one stands.
    Without any, the prior. Raises ValueError about an item that is not in the space.
    """
    answers: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for answer in evidence:
        answers[answer.item].append(_likelihoods(answer))
    if strangers := answers.keys() - set(space.items):
        raise ValueError(f"These items are not in this space: {sorted(strangers)}.")
    no, yes = np.ones(len(space.items)), np.ones(len(space.items))
    for at, item in enumerate(space.items):
        for when_not, when_held in sorted(answers.get(item, ())):
            no[at] *= when_not
            yes[at] *= when_held
            scale = max(no[at], yes[at])
            no[at], yes[at] = no[at] / scale, yes[at] / scale
    chances = space.chances(no, yes)
    likely = space.closest(chances)
    return Reading(
        chances=dict(zip(space.items, chances.tolist(), strict=True)),
        doubt=dict(zip(space.items, entropy(chances).tolist(), strict=True)),
        likely=likely,
        inner=space.inner_fringe(likely),
        outer=space.outer_fringe(likely),
    )


def information(p: float, careless: float, lucky: float) -> float:
    """What an answer would tell of an item of chance p, and so of the whole set, in bits."""
    yes, slip, guess = entropy(np.array([p * (1 - careless) + (1 - p) * lucky, careless, lucky]))
    return max(0.0, float(yes - p * slip - (1 - p) * guess))


def gain(p: float, careless: float, lucky: float) -> float:
    """What asking about an item of chance p is worth: how many items, from 0 to 1/2, it is
    expected to set right, its own only (the value of information under 0-1 loss).

    One says yes of an item likelier than not. Unasked, one is right with chance max(p, 1 - p);
    after a yes and after a no, with the larger of the two joint chances.
    """
    after_yes = max(p * (1 - careless), (1 - p) * lucky)
    after_no = max(p * careless, (1 - p) * (1 - lucky))
    return after_yes + after_no - max(p, 1 - p)


def entropy(chances: NDArray[np.float64]) -> NDArray[np.float64]:
    """Binary entropy, in bits, of chances of any shape."""
    inside = np.clip(chances, 1e-300, 1 - 1e-16)
    found: NDArray[np.float64] = -(inside * np.log2(inside) + (1 - inside) * np.log2(1 - inside))
    return np.maximum(found, 0.0)


def _likelihoods(answer: Evidence) -> tuple[float, float]:
    """How likely the answer is of someone who cannot, and of someone who can."""
    if answer.can:
        return answer.lucky, 1 - answer.careless
    return 1 - answer.lucky, answer.careless


def _check_rates(careless: float, lucky: float) -> None:
    if not (0 < careless < 1 and 0 < lucky < 1 and careless + lucky < 1):
        raise ValueError(f"These rates are not those of an answer: {careless}, {lucky}.")
