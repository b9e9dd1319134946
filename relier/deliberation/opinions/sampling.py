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
    """`CHAINS` partitions that move together. `opinions`: (n, S) 1, -1, 0."""

    def __init__(self, opinions: Table, labels: NDArray[np.int64], most: int) -> None:
        self.opinions, self.labels, self.most = opinions, labels, most
        people, self.statements = opinions.shape
        self.marginals = log_marginals(people)
        self.prior = log_prior(people, most)
        agree, disagree = (opinions > 0).sum(axis=0), (opinions < 0).sum(axis=0)
        self.shared = self.marginals[agree, disagree]
        self.chains = np.arange(len(labels))
        self.columns = [np.flatnonzero(row) for row in opinions]
        # Where the count of those who answered as this person did is kept.
        self.alike = [
            columns + self.statements * (row[columns] < 0)
            for row, columns in zip(opinions, self.columns, strict=True)
        ]
        self.recount()

    def recount(self) -> None:
        """Count everything from the labels: what was multiplied along the way does not drift."""
        shape = (len(self.labels), self.most, self.statements)
        self.sizes = np.zeros(shape[:2], dtype=np.int64)
        self.counts = np.zeros((*shape[:2], 2 * self.statements))
        for group in range(self.most):
            here = (self.labels == group).astype(float)
            self.sizes[:, group] = (self.labels == group).sum(axis=1)
            self.counts[:, group, : self.statements] = here @ (self.opinions > 0)
            self.counts[:, group, self.statements :] = here @ (self.opinions < 0)
        self.heard = self.counts[..., : self.statements] + self.counts[..., self.statements :]
        agree = self.counts[..., : self.statements].astype(np.int64)
        disagree = self.counts[..., self.statements :].astype(np.int64)
        apart = self.marginals[agree, disagree].sum(axis=1)
        self.ratios = np.exp(np.clip(apart - self.shared, -600, 600))

    def scores(self) -> Floats:
        """(chains,) log p(V | z) p(z), up to a constant."""
        factorial = np.array([lgamma(size + 1) for size in range(len(self.opinions) + 1)])
        groups = (self.sizes > 0).sum(axis=1)
        told = np.log(1 - RHO + RHO * self.ratios).sum(axis=1)
        answer: Floats = self.prior[groups] + factorial[self.sizes].sum(axis=1) + told
        return answer

    def sweep(self, order: NDArray[np.int64], draws: Floats) -> None:
        """Everyone leaves and joins once. `draws`: (n, chains) uniform in [0, 1)."""
        for person in order:
            self._step(int(person), draws[person])
        self.recount()

    def _step(self, person: int, draw: Floats) -> None:
        columns, alike = self.columns[person], self.alike[person]
        rows, old = self.chains[:, None], self.labels[:, person]
        self.sizes[self.chains, old] -= 1
        self.counts[rows, old[:, None], alike] -= 1
        self.heard[rows, old[:, None], columns] -= 1
        chance = (self.counts[:, :, alike] + ALPHA) / (self.heard[:, :, columns] + 2 * ALPHA)
        ratios = self.ratios[:, columns] / chance[self.chains, old]
        new = self._choose(self._likelihood(ratios, chance), draw)
        self.ratios[:, columns] = ratios * chance[self.chains, new]
        self.labels[:, person] = new
        self.sizes[self.chains, new] += 1
        self.counts[rows, new[:, None], alike] += 1
        self.heard[rows, new[:, None], columns] += 1

    def _likelihood(self, ratios: Floats, chance: Floats) -> Floats:
        """(chains, groups) how well each group tells the person's answers."""
        told = 1 - RHO + RHO * ratios[:, None, :] * chance
        told /= 1 - RHO + RHO * 0.5 * ratios[:, None, :]
        if told.shape[2] <= AT_ONCE:
            answer: Floats = told.prod(axis=2)
        else:
            answer = np.log(told).sum(axis=2)
            answer = np.exp(answer - answer.max(axis=1, keepdims=True))
        return answer

    def _choose(self, likelihood: Floats, draw: Floats) -> NDArray[np.int64]:
        others = (self.sizes > 0).sum(axis=1)
        step = np.exp(self.prior[1:] - self.prior[1]) if self.most > 1 else np.ones(1)
        weight = likelihood * (self.sizes + 1) * step[others - 1][:, None]
        empty = self.sizes == 0
        first = empty & (np.cumsum(empty, axis=1) == 1)
        beyond = np.append(step, 0.0)[others][:, None] * likelihood
        weight = np.where(empty, np.where(first, beyond, 0.0), weight)
        heap = np.cumsum(weight, axis=1)
        return np.minimum((draw[:, None] * heap[:, -1:] >= heap).sum(axis=1), self.most - 1)


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
        ratios.append(walks.ratios.copy())
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
