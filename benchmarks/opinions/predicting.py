"""Bits per hidden vote: ten folds, any predictor, the same hidden votes for all."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from relier.deliberation.opinions import hidden, mixture
from relier.deliberation.opinions.hidden import Fold, Score
from relier.deliberation.opinions.kernels import Opinions
from relier.deliberation.opinions.mixture import Effort
from relier.deliberation.opinions.votes import Votes

from .conversations import fold_of_each

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
# What a group says of a statement leans on what everybody says, as strongly as in our classes:
# measured on the nine, this helps Polis' groups more than a strength of one.
STRENGTH = 4.0


def folds_of(votes: Votes, wanted: int) -> list[Fold]:
    """The folds that `conversations.saved` hands to every engine. `votes`: canonical."""
    opinions = Opinions.of(votes)
    drawn = fold_of_each(votes)
    drawn = drawn[drawn >= 0]
    made = []
    for number in range(wanted):
        out = drawn == number
        cells = opinions.cells[out].astype(np.int64)
        known = opinions.without(out)
        made.append(Fold(known, opinions.row_of_each[out], cells >> 1, (cells & 1) > 0))
    return made


def bits(some: Sequence[Fold], predictor: Callable[[int, Fold], Floats]) -> Score:
    """The score of any predictor: given the number of a fold and the fold, the chances (votes,)
    that its hidden votes agree."""
    return hidden.scored([(fold, predictor(number, fold)) for number, fold in enumerate(some)])


def by_groups(labels: Sequence[Sequence[int]]) -> Callable[[int, Fold], Floats]:
    """Of an engine that gives groups, trained on each fold; who is in none is as everybody."""

    def predict(number: int, fold: Fold) -> Floats:
        groups = np.array(labels[number], dtype=np.int64) + 1
        rates = mixture.rates_of_all(fold.known)
        shares = np.eye(int(groups.max()) + 1, dtype=np.int64)[groups]
        cells = np.zeros((2 * len(rates), shares.shape[1]))
        np.add.at(cells, fold.known.cells, shares[fold.known.row_of_each])
        agreed, refused = cells[1::2], cells[::2]
        centre = STRENGTH * rates[:, None]
        chance = (agreed + centre) / (agreed + refused + STRENGTH)
        chance[:, 0] = rates
        return chance[fold.columns, groups[fold.rows]]

    return predict


def by_statement(_: int, fold: Fold) -> Floats:
    return hidden.by_statement(fold)


def by_ours(number: int, fold: Fold) -> Floats:
    """Our models for many people, averaged: two to five classes by EM, and one line."""
    random = np.random.Generator(np.random.Philox(key=number))
    known = fold.known
    rates = mixture.rates_of_all(known)
    along = mixture.axes(known, rates)
    fits = hidden.all_searched(known, rates, along, random, Effort())
    classes = [hidden.by_classes(fold, one) for one in fits]
    return hidden.averaged(classes, hidden.by_factor(fold, along))
