"""Groups of more than thirteen people: a walk among partitions (collapsed Gibbs).

Person after person leaves their group and joins one again, with the probability that the model of
`classes` gives it. CHAINS walks go side by side from different starts, one vector operation for all
of them. Rates are integrated out, and for each statement a walk only keeps how many times better it
is told apart than shared, so that a step is a product: no logarithm.

Halfway, walks that are still far below the best are put where the best is: they are stuck.
"""

from math import lgamma
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .classes import (
    ALPHA,
    KEPT,
    RHO,
    Floats,
    Posterior,
    Table,
    log_marginals,
    log_prior,
    most_groups,
)
from .gate import random, rasch

CHAINS: Final = 24
SETTLING: Final = 40
WALKING: Final = 40
FAR: Final = 12.0
# Statements in one product: beyond, it could underflow.
AT_ONCE: Final = 64


class Walks:
    """`CHAINS` partitions that move together. `opinions`: (n, S) 1, -1, 0; `labels`: (chains, n).

    Counts lie (columns, groups, chains), so that a person's columns are taken in one piece:
    `alike` (2 S, groups, chains) who agree, then who disagree, plus ALPHA; `heard` (S, groups,
    chains) both, plus 2 ALPHA; `ratios` (S, chains); `sizes` (groups, chains).
    """

    def __init__(self, opinions: Table, labels: NDArray[np.int64], most: int) -> None:
        self.opinions, self.labels, self.most = opinions, labels, most
        people, self.statements = opinions.shape
        self.marginals = log_marginals(people)
        self.prior = log_prior(people, most)
        # How much likelier one more group is, from so many: the last can have no more.
        self.more = np.append(np.exp(np.diff(self.prior[1:])), 0.0)
        agree, disagree = (opinions > 0).sum(axis=0), (opinions < 0).sum(axis=0)
        self.shared = self.marginals[agree, disagree][:, None]
        self.chains = np.arange(len(labels))
        self.columns = [np.flatnonzero(row) for row in opinions]
        self.places = [
            columns + self.statements * (row[columns] < 0)
            for row, columns in zip(opinions, self.columns, strict=True)
        ]
        self.recount()

    def recount(self) -> None:
        """Count everything from the labels: what was multiplied along the way does not drift."""
        agree = np.zeros((self.statements, self.most, len(self.labels)), dtype=np.int64)
        disagree = np.zeros_like(agree)
        self.sizes = np.zeros((self.most, len(self.labels)), dtype=np.int64)
        for group in range(self.most):
            here = (self.labels == group).T.astype(float)
            self.sizes[group] = (self.labels == group).sum(axis=1)
            agree[:, group] = (self.opinions > 0).T @ here
            disagree[:, group] = (self.opinions < 0).T @ here
        self.alike = np.concatenate((agree, disagree)) + ALPHA
        self.heard = agree + disagree + 2 * ALPHA
        apart = self.marginals[agree, disagree].sum(axis=1)
        self.ratios = np.exp(np.clip(apart - self.shared, -600, 600))

    def scores(self) -> Floats:
        """(chains,) log p(V | z) p(z), up to a constant."""
        factorial = np.array([lgamma(size + 1) for size in range(len(self.opinions) + 1)])
        told = np.log(1 - RHO + RHO * self.ratios).sum(axis=0)
        groups = (self.sizes > 0).sum(axis=0)
        answer: Floats = self.prior[groups] + factorial[self.sizes].sum(axis=0) + told
        return answer

    def sweep(self, order: NDArray[np.int64], draws: Floats) -> None:
        """Everyone leaves and joins once. `draws`: (n, chains) uniform in [0, 1)."""
        for person in order.tolist():
            self._step(person, draws[person])
        self.recount()

    def _step(self, person: int, draw: Floats) -> None:
        columns, places = self.columns[person], self.places[person]
        old = self.labels[:, person]
        alike, heard = self.alike[places], self.heard[columns]
        alike[:, old, self.chains] -= 1
        heard[:, old, self.chains] -= 1
        self.sizes[old, self.chains] -= 1
        chance = alike / heard
        ratios = self.ratios[columns] / chance[:, old, self.chains]
        new = self._choose(self._likelihood(ratios, chance), draw)
        self.ratios[columns] = ratios * chance[:, new, self.chains]
        alike[:, new, self.chains] += 1
        heard[:, new, self.chains] += 1
        self.alike[places], self.heard[columns] = alike, heard
        self.labels[:, person] = new
        self.sizes[new, self.chains] += 1

    def _likelihood(self, ratios: Floats, chance: Floats) -> Floats:
        """(groups, chains) how well each group tells the person's answers, up to a factor."""
        odds = RHO / (1 - RHO) * ratios
        told = odds[:, None] * chance
        told += 1
        told /= (1 + odds / 2)[:, None]
        if len(told) <= AT_ONCE:
            answer: Floats = told.prod(axis=0)
        else:
            answer = np.log(told).sum(axis=0)
            answer = np.exp(answer - answer.max(axis=0))
        return answer

    def _choose(self, likelihood: Floats, draw: Floats) -> NDArray[np.int64]:
        """(chains,) the group that each person joins: one that is, or the first that is empty."""
        empty = self.sizes == 0
        groups = self.most - empty.sum(axis=0)
        weight = likelihood * (self.sizes + 1)
        if empty.any():
            alone = self.more[np.maximum(groups, 1) - 1] * likelihood
            first = empty & (empty.cumsum(axis=0) == 1)
            weight = np.where(empty, np.where(first, alone, 0.0), weight)
        heap = weight.cumsum(axis=0)
        chosen: NDArray[np.int64] = (draw * heap[-1] >= heap).sum(axis=0)
        return np.minimum(chosen, self.most - 1)


def sampled(
    opinions: Table, seed: str, *, settling: int = SETTLING, walking: int = WALKING
) -> Posterior:
    """The posterior, from CHAINS * `walking` partitions. `opinions`: (n, S) 1, -1, 0.

    `seed`: the digest of the votes: the walk depends on nothing else.
    """
    people, most = len(opinions), most_groups(len(opinions))
    source = random(seed, "groups")
    walks = Walks(opinions, starts(opinions, most, source), most)
    late = np.zeros(len(walks.labels))
    for turn in range(settling):
        walks.sweep(source.permutation(people), source.random((people, len(walks.labels))))
        if turn >= settling * 3 // 4:
            late = np.maximum(late, walks.scores()) if late.any() else walks.scores()
    _bring_back(walks, late)
    labels, ratios = [], []
    for _turn in range(walking):
        walks.sweep(source.permutation(people), source.random((people, len(walks.labels))))
        labels.append(walks.labels.astype(np.int8))
        ratios.append(walks.ratios.T.copy())
    return _gathered(in_order(np.concatenate(labels)), np.concatenate(ratios), most)


def _bring_back(walks: Walks, scores: Floats) -> None:
    stuck = scores < scores.max() - FAR
    good = np.flatnonzero(~stuck)
    for place, chain in enumerate(np.flatnonzero(stuck)):
        walks.labels[chain] = walks.labels[good[place % len(good)]]
    walks.recount()


def _gathered(partitions: NDArray[np.int8], ratios: Floats, most: int) -> Posterior:
    samples, people = partitions.shape
    counts = partitions.max(axis=1) + 1
    marks = (partitions[:, None, :] == np.arange(most)[:, None]).astype(np.float32)
    flat = marks.reshape(-1, people)
    # Sums of ones: exact, whatever the order of the additions.
    together = (flat.T @ flat).astype(float) / samples
    share = RHO * ratios / (1 - RHO + RHO * ratios)
    share[counts == 1] = 0.0
    distinct, times = np.unique(partitions, axis=0, return_counts=True)
    likely = np.sort(np.argsort(-times, kind="stable")[:KEPT])
    weights = times[likely] / times[likely].sum()
    groups = np.bincount(counts, minlength=most + 1)[1:] / samples
    return Posterior(distinct[likely], weights, groups, together, share.mean(axis=0), False)


def in_order(labels: NDArray[np.int8]) -> NDArray[np.int8]:
    """(K, n) the same partitions, groups numbered by their first member."""
    answer = np.full(labels.shape, -1, dtype=np.int8)
    following = np.zeros(len(labels), dtype=np.int8)
    rows = np.arange(len(labels))
    names = np.full((len(labels), int(labels.max()) + 1), -1, dtype=np.int8)
    for person in range(labels.shape[1]):
        given = names[rows, labels[:, person]]
        new = given < 0
        names[rows[new], labels[new, person]] = following[new]
        following += new
        answer[:, person] = names[rows, labels[:, person]]
    return answer


def starts(opinions: Table, most: int, source: np.random.Generator) -> NDArray[np.int64]:
    """(CHAINS, n) where the walks start: one in one block, half of the others around two to `most`
    people who think most differently, half at random."""
    residuals = np.where(opinions != 0, 64 * opinions - np.rint(64 * rasch(opinions)), 0)
    likeness = residuals @ residuals.T  # whole numbers: exact
    answer = np.zeros((CHAINS, len(opinions)), dtype=np.int64)
    for chain in range(CHAINS):
        groups = 2 + chain // 2 % max(1, most - 1)
        if chain % 2:
            answer[chain] = _around(likeness, min(groups, most))
        elif chain:
            answer[chain] = source.integers(0, min(groups, most), size=len(opinions))
    return answer


def _around(likeness: Floats, groups: int) -> NDArray[np.int64]:
    seeds = list(np.unravel_index(int(np.argmin(likeness)), likeness.shape))
    while len(seeds) < groups:
        seeds.append(np.intp(np.argmin(likeness[seeds].max(axis=0))))
    answer: NDArray[np.int64] = likeness[seeds[:groups]].argmax(axis=0)
    return answer
