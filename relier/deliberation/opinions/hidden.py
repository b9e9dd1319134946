"""Votes that are hidden, then predicted: how many classes, and camps or a spectrum.

One opinion in ten is hidden, in folds drawn by chance; each model learns from the rest and says how
likely it finds each hidden one. Bits per vote: minus the base-2 logarithm of that chance, on
average; 1 is a coin. Standard errors take each person's votes as going together.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from . import factor, kernels, mixture, steady
from .kernels import Opinions
from .mixture import Effort, Mixture

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

FOLDS: Final = 10
MOST_CLASSES: Final = 5
# Chances are kept from 0 and 1: one vote never costs more than ten bits.
SUREST: Final = 1.0 / 1024
BIT: Final = 1 << 20
INTERCEPT_STEPS: Final = 3


@dataclass(frozen=True)
class Fold:
    """`known` opinions of n people, and those to be predicted: `rows`, `columns`, `agree`."""

    known: Opinions
    rows: Integers
    columns: Integers
    agree: NDArray[np.bool_]


Predictor = Callable[[Fold, np.random.Generator], Floats]


@dataclass(frozen=True)
class Score:
    """Bits per hidden vote: `mean`, rounded to a millionth, and `people` (n,) the bits of each
    person's votes in 2^-20, of `votes` in all."""

    people: Integers
    votes: int

    @property
    def mean(self) -> float:
        return round(int(self.people.sum()) / BIT / max(self.votes, 1), 6)

    @property
    def error(self) -> float:
        """The standard error of the mean."""
        return self.apart_from(None)

    def apart_from(self, other: "Score | None") -> float:
        """The standard error of the difference of two means, on the same votes."""
        each = self.people if other is None else self.people - other.people
        size = len(each)
        if size < 2:
            return float("inf")
        values = each.astype(np.float64) / BIT
        spread = float((values * values).sum()) - float(values.sum()) ** 2 / size
        error = np.sqrt(max(spread, 0.0) * size / (size - 1)) / max(self.votes, 1)
        return round(float(error), 6)


def folds(opinions: Opinions, random: np.random.Generator, wanted: int = FOLDS) -> list[Fold]:
    """The first `wanted` of ten folds."""
    drawn = random.integers(0, FOLDS, len(opinions.cells))
    rows = opinions.row_of_each
    made = []
    for number in range(wanted):
        hidden = drawn == number
        cells = opinions.cells[hidden].astype(np.int64)
        known = opinions.without(hidden)
        made.append(Fold(known, rows[hidden], cells >> 1, (cells & 1).astype(bool)))
    return made


def bits(chance: Floats, agree: NDArray[np.bool_]) -> Integers:
    """(votes,) bits of each vote, in 2^-20. `chance`: (votes,) that it agrees."""
    said = np.clip(np.where(agree, chance, 1.0 - chance), SUREST, 1.0 - SUREST)
    return np.rint(steady.log(said) * (-BIT / 0.6931471805599453)).astype(np.int64)


def scored(some: Sequence[tuple[Fold, Floats]]) -> Score:
    """The score of chances on folds of the same people."""
    people = np.zeros(len(some[0][0].known), dtype=np.int64)
    for fold, chance in some:
        np.add.at(people, fold.rows, bits(chance, fold.agree))
    return Score(people, sum(len(fold.rows) for fold, _ in some))


# --- predictors ----------------------------------------------------------------------------------


def by_statement(fold: Fold) -> Floats:
    """Each statement at the rate of everybody."""
    return mixture.rates_of_all(fold.known)[fold.columns]


def by_person(fold: Fold) -> Floats:
    """How agreeable statements and people are (Rasch), nothing more."""
    return factor.fitted(fold.known, None).predicted(fold.rows, fold.columns)


def by_factor(fold: Fold, along: Integers) -> Floats:
    """The same, and one line along which people and statements stand."""
    return factor.fitted(fold.known, along[:, 0]).predicted(fold.rows, fold.columns)


def by_classes(fold: Fold, fitted: Mixture) -> Floats:
    """The classes of each person, and how agreeable the person is beside them: without it, people
    who agree with everything would ask for a class of their own."""
    known = fold.known
    shares = fitted.posterior(known)
    rows, columns = known.row_of_each, (known.cells >> 1).astype(np.int64)
    agree, none = (known.cells & 1).astype(np.float64), np.zeros(len(rows))
    before = logit(mixture.predicted(fitted, shares, rows, columns))
    own = np.zeros(len(known))
    for _ in range(INTERCEPT_STEPS):
        sums = kernels.logistic_sums(rows, len(known), agree, before + own[rows], none)
        own = own + np.clip((sums[0] - 2.0 * own) / (sums[2] + 2.0), -1.0, 1.0)
    expected = logit(mixture.predicted(fitted, shares, fold.rows, fold.columns))
    return steady.sigmoid(expected + own[fold.rows])


def averaged(classes: Sequence[Floats], line: Floats) -> Floats:
    """The chances of two to five classes, and those of the line counted twice: no one model tells
    all, and their mean tells more than the best of them on each of the nine conversations."""
    return (np.sum(classes[1:], axis=0) + 2.0 * line) / (len(classes) + 1)


def logit(p: Floats) -> Floats:
    return steady.log(p / (1.0 - p))


@dataclass(frozen=True)
class Comparison:
    """Scores of `statement`, `person`, `classes` (t = 1 ... 5), `factor`, and the last two averaged
    (`together`); `fits`, the mixtures of the first fold, from which larger fits start."""

    statement: Score
    person: Score
    classes: tuple[Score, ...]
    factor: Score
    together: Score
    fits: tuple[Mixture, ...]

    @property
    def best(self) -> int:
        """The number of classes that predicts best; the smaller of equals."""
        return 1 + min(range(len(self.classes)), key=lambda place: self.classes[place].mean)

    @property
    def chosen(self) -> int:
        """The smallest number of classes within one standard error of the best."""
        best = self.classes[self.best - 1]
        within = [one.mean <= best.mean + best.error for one in self.classes]
        return 1 + within.index(True)

    @property
    def is_spectrum(self) -> bool:
        """Whether one line predicts better than any classes, by more than one standard error."""
        best = self.classes[self.best - 1]
        return self.factor.mean < best.mean - self.factor.apart_from(best)


def all_searched(
    known: Opinions, rates: Floats, along: Integers, random: np.random.Generator, effort: Effort
) -> list[Mixture]:
    """One to five classes, each number starting also from the one before."""
    found: list[Mixture] = []
    for t in range(1, MOST_CLASSES + 1):
        before = found[-1] if found else None
        found.append(mixture.searched(known, t, rates, along, random, effort, before=before))
    return found


def compared(
    opinions: Opinions, random: np.random.Generator, wanted: int, effort: Effort
) -> Comparison:
    """Every model on the same hidden votes. `opinions`: of people in an order that their answers
    decide; `wanted`: how many of the ten folds."""
    found: dict[str, list[tuple[Fold, Floats]]] = {}
    fits: list[Mixture] = []
    for fold in folds(opinions, random, wanted):
        known = fold.known
        rates = mixture.rates_of_all(known)
        along = mixture.axes(known, rates)
        told = {
            "statement": by_statement(fold),
            "person": by_person(fold),
            "factor": by_factor(fold, along),
        }
        found_here = all_searched(known, rates, along, random, effort)
        fits = fits or found_here
        classes = [by_classes(fold, one) for one in found_here]
        told |= {str(t): chance for t, chance in enumerate(classes, 1)}
        told["together"] = averaged(classes, told["factor"])
        for name, chance in told.items():
            found.setdefault(name, []).append((fold, chance))
    scores = {name: scored(some) for name, some in found.items()}
    return Comparison(
        scores["statement"],
        scores["person"],
        tuple(scores[str(t)] for t in range(1, MOST_CLASSES + 1)),
        scores["factor"],
        scores["together"],
        tuple(fits),
    )
