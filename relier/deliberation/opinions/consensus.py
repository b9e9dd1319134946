"""What is agreed, what divides, and what tells a group apart.

Consensus. Q_j is the chance that in every group more than MOST agree with j (or disagree, alike).
The model of `classes` says what that is: if j divides, the product over groups of the tail of
Beta(a + ALPHA, d + ALPHA); if it is shared, that of everybody's. Groups that look alike on j so
lend each other strength. A statement is agreed by everyone when Q_j >= SURE and every group gave
at least ENOUGH opinions; with groups, it is enough that Q_j >= SURE without the seventh of the
people who answer most alike, so that a few on a plan have no veto. Without groups, everybody is
one group. Statements are put in order by the worst group's lower bound (5 %).

Division. P(j divides | V) comes from the posterior over all partitions. A statement is divisive
when that is at least SURE and two groups are more than GAP apart with 90 % intervals.

What tells a group apart is chosen for all groups and statements together, so that on average at
most FALSE of what is said is wrong (Bayesian false discovery rate; Newton et al. 2004).

Rates of groups are averaged over the partitions of the posterior, since who belongs is not known:
Beta distributions with the mean and the variance of that mixture.
"""

from dataclasses import dataclass
from math import erf, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .classes import ALPHA, RHO, Floats, Posterior, Table, log_marginal, log_marginals
from .tails import below, like, quantile

MOST: Final = 0.6
SURE: Final = 0.9
ENOUGH: Final = 5
GAP: Final = 0.2
FALSE: Final = 0.1
EDGE: Final = 0.05
PARTITIONS: Final = 200

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Agreement:
    """Of each statement: `agree`, `disagree`: (S,) Q_j each way; `worst_agree`, `worst_disagree`:
    (S,) the worst group's lower bound; `is_heard`: (S,) every group gave enough opinions;
    `differ`: (S,) the chance that groups differ on it, in Q_j; `without`: the same without the few
    who answer most alike."""

    agree: Floats
    disagree: Floats
    worst_agree: Floats
    worst_disagree: Floats
    is_heard: NDArray[np.bool_]
    differ: Floats
    without: "Agreement | None" = None

    @property
    def labels(self) -> list[str | None]:
        """What everyone agrees on: "agree", "disagree" or None, by statement."""
        agree, disagree = self.agree, self.disagree
        if self.without is not None:
            agree = np.maximum(agree, self.without.agree)
            disagree = np.maximum(disagree, self.without.disagree)
        both = zip(agree.tolist(), disagree.tolist(), self.is_heard, strict=True)
        return [
            ("agree" if yes >= SURE else "disagree" if no >= SURE else None) if heard else None
            for yes, no, heard in both
        ]


@dataclass(frozen=True)
class Rates:
    """`mean`, `variance`, `low`, `high`: (groups, S) the rate of agreement, averaged over the
    posterior, with a 90 % interval."""

    mean: Floats
    variance: Floats
    low: Floats
    high: Floats


def counted(opinions: Table, labels: NDArray[np.int64]) -> Counts:
    """(groups, 2, S) how many of each group agree, and disagree."""
    groups = range(int(labels.max(initial=0)) + 1)
    each = [opinions[labels == group] for group in groups]
    return np.array([[(some > 0).sum(axis=0), (some < 0).sum(axis=0)] for some in each])


def agreement(counts: Counts) -> Agreement:
    """What everyone agrees on. `counts`: (groups, 2, S), one group for everybody when none."""
    everyone = counts.sum(axis=0)
    divided = _divided(counts, everyone)
    yes, no = (counts + ALPHA).swapaxes(0, 1)
    all_yes, all_no = everyone + ALPHA
    worst = quantile(EDGE, np.array([yes, no]), np.array([no, yes])).min(axis=1)

    # Written so that exchanging agree and disagree exchanges the answers, to the last bit.
    def chance(against: Floats, share: Floats, all_against: Floats, all_share: Floats) -> Floats:
        apart = below(1 - MOST, against, share).prod(axis=0)
        alike = below(1 - MOST, all_against, all_share)
        answer: Floats = divided * apart + (1 - divided) * alike
        return answer

    return Agreement(
        chance(no, yes, all_no, all_yes),
        chance(yes, no, all_yes, all_no),
        worst[0],
        worst[1],
        (counts.sum(axis=1) >= ENOUGH).all(axis=0),
        divided,
    )


def _divided(counts: Counts, everyone: Counts) -> Floats:
    """(S,) the chance that groups differ on a statement rather than share one rate, given who is
    in which. `counts`: (groups, 2, S), `everyone`: (2, S), their sum."""
    if len(counts) == 1:
        return np.zeros(counts.shape[2])
    ratio = log_marginal(*counts.swapaxes(0, 1)).sum(axis=0) - log_marginal(*everyone)
    return _chance(ratio)


def _chance(log_ratio: Floats) -> Floats:
    """That a statement divides, from log m(groups) - log m(everyone)."""
    odds = RHO / (1 - RHO) * np.exp(np.clip(log_ratio, -600, 600))
    answer: Floats = odds / (1 + odds)
    return answer


def rates(opinions: Table, labels: NDArray[np.int64], posterior: Posterior) -> Rates:
    """The rates of agreement of each group shown, over what could be the groups."""
    order = np.argsort(-posterior.weights, kind="stable")[:PARTITIONS]
    weights = posterior.weights[order] / posterior.weights[order].sum()
    groups, statements = int(labels.max()) + 1, opinions.shape[1]
    first, second = np.zeros((groups, statements)), np.zeros((groups, statements))
    everyone = counted(opinions, np.zeros(len(opinions), dtype=np.int64))[0]
    marginals = log_marginals(len(opinions))
    for partition, weight in zip(posterior.partitions[order], weights, strict=True):
        counts = counted(opinions, partition.astype(np.int64))
        ratio = marginals[counts[:, 0], counts[:, 1]].sum(axis=0) - marginals[tuple(everyone)]
        divides = _chance(ratio) if len(counts) > 1 else np.zeros(statements)
        shared, shared_square = _moments(everyone)
        for group in range(groups):
            nearest = np.bincount(partition[labels == group], minlength=len(counts)).argmax()
            own, own_square = _moments(counts[nearest])
            first[group] += weight * (divides * own + (1 - divides) * shared)
            second[group] += weight * (divides * own_square + (1 - divides) * shared_square)
    variance = np.maximum(second - first**2, 1e-9)
    shape = like(first, variance)
    low, high = quantile(np.array([EDGE, 1 - EDGE])[:, None, None], *shape)
    return Rates(first, variance, low, high)


def _moments(counts: Counts) -> tuple[Floats, Floats]:
    """Mean, and mean of the square, of a rate; `counts`: (2, S)."""
    yes, all_ = counts[0] + ALPHA, counts.sum(axis=0) + 2 * ALPHA
    return yes / all_, yes * (yes + 1) / (all_ * (all_ + 1))


def divisive(posterior: Posterior, told: Rates) -> NDArray[np.bool_]:
    """(S,) whether a statement divides two of the groups shown."""
    apart = np.zeros(told.mean.shape[1], dtype=bool)
    for one in range(len(told.mean)):
        for other in range(one):
            gap = np.abs(told.mean[one] - told.mean[other])
            apart |= gap - 1.645 * np.sqrt(told.variance[one] + told.variance[other]) > GAP
    return apart & (posterior.divisive >= SURE)


def telling(posterior: Posterior, told: Rates, sizes: Counts) -> NDArray[np.bool_]:
    """(groups, S) whether a statement tells a group apart from the rest."""
    chance = np.zeros(told.mean.shape)
    for group in range(len(told.mean)):
        rest = np.arange(len(told.mean)) != group
        share = sizes[rest] / sizes[rest].sum()
        gap = np.abs(told.mean[group] - share @ told.mean[rest])
        error = np.sqrt(told.variance[group] + (share**2) @ told.variance[rest])
        chance[group] = [_normal((g - GAP) / e) for g, e in zip(gap, error, strict=True)]
    return discovered(chance * posterior.divisive)


def _normal(value: float) -> float:
    return 0.5 + 0.5 * erf(value / sqrt(2))


def discovered(chance: Floats) -> NDArray[np.bool_]:
    """Which of these are said, so that at most FALSE of them are wrong on average: the likeliest,
    as many as keep the mean chance of being wrong under it. Rounded, so that ties go together."""
    wrong = np.round(1 - chance.ravel(), 6)
    order = np.argsort(wrong, kind="stable")
    mean = np.cumsum(wrong[order]) / np.arange(1, len(order) + 1)
    kept = np.flatnonzero(mean <= FALSE)
    limit = wrong[order[kept[-1]]] if len(kept) else -1.0
    said = wrong <= limit
    # A tie that crosses the limit stays out as a whole.
    if said.any() and wrong[said].mean() > FALSE:
        said = wrong < limit
    return said.reshape(chance.shape)


def counted_rates(counts: Counts) -> Rates:
    """The rates of groups that are known for sure (many people). `counts`: (groups, 2, S)."""
    yes, no = counts[:, 0] + ALPHA, counts[:, 1] + ALPHA
    heard = yes + no
    low, high = quantile(np.array([EDGE, 1 - EDGE])[:, None, None], yes, no)
    return Rates(yes / heard, yes * no / (heard**2 * (heard + 1)), low, high)
