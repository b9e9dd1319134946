"""Other ways of placing someone, given the same people and the same answers as the engine.

Each is helped where it may be: it knows the population (difficulties come from 1 000 other people
of it, answering as ours do), which our engine does not, and each shows its better reading.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from relier.competences import order
from relier.competences.spaces import Space

try:
    from catsim import ItemBank
    from catsim.estimation import NumericalSearchEstimator
    from catsim.selection import MaxInfoSelector
except ImportError:
    ItemBank = None

Booleans = NDArray[np.bool_]
# Abilities beyond are the same for us: everything, or nothing.
FURTHEST = 8.0


@dataclass(frozen=True)
class Placed:
    """Which items someone is said to hold, and how many questions it took."""

    held: Booleans
    asked: int


# --- ordered tubes ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Tubes:
    """Items on tubes, the easiest first: success at one implies those below, failure those above.

    As Pix infers (its competences hold tubes of skills of rising difficulty). Here a tube is a
    part of the bank, the whole bank, or, as its authors would draw it, a chain of the relation.
    """

    tubes: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, parts: Sequence[str], answers: Booleans) -> "Tubes":
        """answers: shape (people, items), of the people from whom difficulties are learnt."""
        rate = answers.mean(axis=0)
        order = sorted(range(len(parts)), key=lambda item: (parts[item], -rate[item], item))
        return cls(tuple(tuple(some) for _, some in groupby(order, key=lambda i: parts[i])))

    @classmethod
    def along(cls, space: Space) -> "Tubes":
        """As few chains of the relation as hold every item (Dilworth 1950), by the matching of
        each item with the one that follows it (Fulkerson 1956): no inference that it forbids."""
        items = range(len(space.items))
        after = [
            [b for b in items if a != b and space.items[a] in needed_by(space, b)] for a in items
        ]
        before: dict[int, int] = {}

        def follow(item: int, tried: set[int]) -> bool:
            for other in after[item]:
                if other not in tried:
                    tried.add(other)
                    if other not in before or follow(before[other], tried):
                        before[other] = item
                        return True
            return False

        for item in items:
            follow(item, set())
        next_of = {item: other for other, item in before.items()}
        chains = []
        for item in (one for one in items if one not in before):
            chain = [item]
            while chain[-1] in next_of:
                chain.append(next_of[chain[-1]])
            chains.append(tuple(chain))
        return cls(tuple(chains))

    def infer(self, answers: Booleans) -> Placed:
        """The middle of what is not settled, tube by tube, until all is; answers are believed."""
        held, asked = np.zeros_like(answers), 0
        for tube in self.tubes:
            low, high = 0, len(tube)
            while low < high:
                middle = (low + high) // 2
                asked += 1
                if answers[tube[middle]]:
                    low = middle + 1
                else:
                    high = middle
            held[list(tube[:low])] = True
        return Placed(held, asked)

    def best_cut(self, answers: Booleans) -> Placed:
        """Everything asked, and in each tube the cut with the fewest answers on its wrong side."""
        held = np.zeros_like(answers)
        for tube in self.tubes:
            said = answers[list(tube)]
            wrong = [(~said[:cut]).sum() + said[cut:].sum() for cut in range(len(tube) + 1)]
            held[list(tube[: int(np.argmin(wrong))])] = True
        return Placed(held, len(answers))


def needed_by(space: Space, item: int) -> frozenset[str]:
    """All that an item needs, near and far."""
    return frozenset(order.all_needed(order.direct(space.needs), space.items[item]))


# --- Rasch --------------------------------------------------------------------------------------


class Rasch:
    """One ability, one difficulty per item, estimated by catsim (maximum likelihood, Dodd's step
    while all answers agree), each question being the one of most Fisher information."""

    def __init__(self, answers: Booleans) -> None:
        """Difficulties by PROX (Wright & Stone, Best Test Design, 1979, ch. 2): the logits of
        failing, spread by how far apart people's abilities are. answers: (people, items)."""
        people, items = answers.shape
        of_items = -logits(answers.sum(axis=0), people)
        of_people = logits(answers.sum(axis=1), items)
        u, v = of_items.var() / 2.89, of_people.var() / 2.89
        # PROX has no solution when both spread far (uv >= 1, scaled): 0.9 keeps it defined.
        spread = np.sqrt((1 + v) / (1 - min(0.9, u * v / 2.89)))
        self.difficulty = (of_items - of_items.mean()) * spread
        parameters = np.c_[np.ones(items), self.difficulty, np.zeros(items), np.ones(items)]
        self.bank = ItemBank(parameters, validate=False)
        self.estimator, self.selector = NumericalSearchEstimator(), MaxInfoSelector()

    def ability(self, asked: list[int], said: list[bool], before: float) -> float:
        found = self.estimator.estimate(
            item_bank=self.bank, administered_items=asked, response_vector=said, est_theta=before
        )
        return float(np.clip(found, -FURTHEST, FURTHEST))

    def adaptive(self, answers: Booleans, questions: int) -> tuple[Placed, Placed]:
        """By ability alone, then with the answers given believed and ability for the rest."""
        theta, asked, said = 0.0, list[int](), list[bool]()
        while len(asked) < questions:
            item = self.selector.select(
                item_bank=self.bank, administered_items=asked, est_theta=theta
            )
            asked.append(int(item))
            said.append(bool(answers[item]))
            theta = self.ability(asked, said, theta)
        held = theta > self.difficulty
        mixed = held.copy()
        mixed[asked] = said
        return Placed(held, len(asked)), Placed(mixed, len(asked))

    def everything(self, answers: Booleans) -> Placed:
        theta = self.ability(list(range(len(answers))), answers.tolist(), 0.0)
        return Placed(theta > self.difficulty, len(answers))


def logits(right: NDArray[np.int64], of: int) -> NDArray[np.float64]:
    """Log odds of counts, with half an answer added on both sides so that all stay finite."""
    odds: NDArray[np.float64] = np.log((right + 0.5) / (of - right + 0.5))
    return odds
