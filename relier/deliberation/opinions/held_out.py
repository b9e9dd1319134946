"""Held-out votes: how many bits it takes to tell a vote that was left out (less is better).

Four readings are compared:

1. the statement: its share of agreement;
2. the person too (Rasch);
3. the groups: the posterior of `classes`. Leaving one vote out is exact and needs no new fit:
   p(v | others) = 1 / mean over the posterior of 1 / p(v | z, others) (Gelfand, Dey & Chang 1992);
4. a line: person + statement + place of the person times slope of the statement, a logistic model
   with one factor and a ridge, fitted FOLDS times without a tenth of the votes.

These bits are shown, they decide nothing: with a dozen people, the best fit of a line is a poor
guess, and groups would win on any data. `camps_or_spectrum` decides.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .classes import ALPHA, RHO, Floats, Posterior, Table, log_marginals
from .gate import random

FOLDS: Final = 10
TURNS: Final = 25
# Ridges: of person, place, statement, slope.
PERSON: Final = 1.0
PLACE: Final = 1.0
STATEMENT: Final = 0.3
SLOPE: Final = 0.7
PARTITIONS: Final = 200


@dataclass(frozen=True)
class Bits:
    """Bits per vote left out, of each reading. The standard error of what the line `gain`s on the
    groups, in bits per vote, is over people: they are what was sampled."""

    statement: float
    person: float
    groups: float
    line: float
    gain: float
    error: float


@dataclass(frozen=True)
class Line:
    """A fitted line. `person`, `place`: (n,); `statement`, `slope`: (S,)."""

    person: Floats
    place: Floats
    statement: Floats
    slope: Floats

    @property
    def logits(self) -> Floats:
        """(n, S) the log-odds of agreement."""
        return self.person[:, None] + self.statement + self.place[:, None] * self.slope


def compare(opinions: Table, posterior: Posterior, seed: str) -> Bits:
    """The bits of each reading. `opinions`: (n, S) 1, -1, 0; `seed`: the digest of the votes."""
    rows, columns = np.nonzero(opinions)
    fold = np.arange(len(rows)) % FOLDS
    random(seed, "folds").shuffle(fold)
    kept = np.zeros((FOLDS, *opinions.shape), dtype=bool)
    kept[:, rows, columns] = fold[None, :] != np.arange(FOLDS)[:, None]
    agreed = opinions[rows, columns] > 0
    losses = {}
    for name, place in (("person", 0.0), ("line", 1.0)):
        logits = fit(opinions, kept, with_place=bool(place))[fold, rows, columns]
        losses[name] = np.logaddexp(0, np.where(agreed, -logits, logits)) / np.log(2)
    losses["groups"] = -np.log2(left_out(opinions, posterior)[rows, columns])
    losses["statement"] = -np.log2(_rates(opinions)[rows, columns])
    difference = losses["groups"] - losses["line"]
    of_person = np.bincount(rows, difference - difference.mean(), len(opinions))
    error = float(np.sqrt((of_person**2).sum())) / len(rows)
    means = {name: float(loss.mean()) for name, loss in losses.items()}
    return Bits(**means, gain=float(difference.mean()), error=error)


def _rates(opinions: Table) -> Floats:
    """(n, S) the chance of each answer from the other answers to its statement."""
    agree, disagree = (opinions > 0).sum(axis=0), (opinions < 0).sum(axis=0)
    # Where there is no answer, a number that nobody reads, but a number.
    alike = np.maximum(np.where(opinions > 0, agree, disagree) - 1, 0)
    answer: Floats = (alike + ALPHA) / (np.maximum(agree + disagree - 1, 0) + 2 * ALPHA)
    return answer


def left_out(opinions: Table, posterior: Posterior) -> Floats:
    """(n, S) the chance of each answer from all the other answers, under the groups."""
    shared = _rates(opinions)
    order = np.argsort(-posterior.weights, kind="stable")[:PARTITIONS]
    weights = posterior.weights[order] / posterior.weights[order].sum()
    marginals = log_marginals(len(opinions))
    agree, disagree = (opinions > 0).sum(axis=0), (opinions < 0).sum(axis=0)
    inverse = np.zeros(opinions.shape)
    for partition, weight in zip(posterior.partitions[order], weights, strict=True):
        apart, ratio = shared.copy(), -marginals[agree, disagree]
        for group in range(int(partition.max()) + 1):
            here = partition == group
            some = opinions[here]
            ratio = ratio + marginals[(some > 0).sum(axis=0), (some < 0).sum(axis=0)]
            apart[here] = _rates(some)
        odds = RHO / (1 - RHO) * np.exp(np.clip(ratio, -600, 600)) * shared / apart
        if partition.max() == 0:
            odds = np.zeros(opinions.shape)
        inverse += weight * (1 + odds) / (shared + odds * apart)
    answer: Floats = 1 / inverse
    return answer


def fit(opinions: Table, kept: NDArray[np.bool_], *, with_place: bool = True) -> Floats:
    """(folds, n, S) log-odds of agreement, fitted on the cells that are `kept`: (folds, n, S)."""
    lines = _fit(opinions, kept, with_place)
    person, place, statement, slope = lines
    answer: Floats = person[:, :, None] + statement[:, None] + place[:, :, None] * slope[:, None]
    return answer


def line(opinions: Table) -> Line:
    """The line fitted on all the opinions; its place is positive on the side of the statement with
    the greatest slope."""
    person, place, statement, slope = (
        part[0] for part in _fit(opinions, opinions[None] != 0, True)
    )
    sign = 1.0 if slope[int(np.argmax(np.abs(np.round(slope, 9))))] >= 0 else -1.0
    return Line(person, sign * place, statement, sign * slope)


def _fit(
    opinions: Table, kept: NDArray[np.bool_], with_place: bool
) -> tuple[Floats, Floats, Floats, Floats]:
    """Newton steps on people, then statements, in turn; steps are cut at 1, so that they hold."""
    weight = kept & (opinions != 0)
    answers = np.where(weight, opinions, 0).astype(float)
    folds, people, statements = weight.shape
    person, statement = np.zeros((folds, people)), np.zeros((folds, statements))
    slope = np.zeros((folds, statements))
    place = main_axis(remains(answers)) if with_place else np.zeros((folds, people))

    def residuals() -> tuple[Floats, Floats]:
        middle = person[:, :, None] + statement[:, None] + place[:, :, None] * slope[:, None]
        told = np.tanh(middle / 2)
        return (answers - np.where(weight, told, 0)) / 2, np.where(weight, 1 - told**2, 0) / 4

    for _turn in range(TURNS):
        gap, curve = residuals()
        statement, slope = _newton(
            gap, curve, "fns,fn->fs", statement, slope, place, (STATEMENT, SLOPE)
        )
        gap, curve = residuals()
        person, place = _newton(gap, curve, "fns,fs->fn", person, place, slope, (PERSON, PLACE))
    return person, place, statement, slope


def _newton(
    gap: Floats,
    curve: Floats,
    path: str,
    level: Floats,
    tilt: Floats,
    lever: Floats,
    ridge: tuple[float, float],
) -> tuple[Floats, Floats]:
    """One Newton step of a level and a tilt (times `lever`), for every person or statement."""
    ones = np.ones_like(lever)
    slope = np.einsum(path, gap, ones) - ridge[0] * level
    tilted = np.einsum(path, gap, lever) - ridge[1] * tilt
    first = np.einsum(path, curve, ones) + ridge[0]
    both = np.einsum(path, curve, lever)
    second = np.einsum(path, curve, lever**2) + ridge[1]
    whole = first * second - both * both
    moved = np.clip((second * slope - both * tilted) / whole, -1, 1)
    turned = np.clip((first * tilted - both * slope) / whole, -1, 1)
    return level + moved, tilt + turned


def remains(answers: Floats) -> Floats:
    """(folds, n, S) what remains of answers (1, -1, 0 unseen) once people, then statements, have
    their mean."""
    seen = np.maximum((answers != 0).sum(axis=2, keepdims=True), 1)
    rest = answers - np.where(answers != 0, answers.sum(axis=2, keepdims=True) / seen, 0)
    heard = np.maximum((answers != 0).sum(axis=1, keepdims=True), 1)
    answer: Floats = rest - np.where(answers != 0, rest.sum(axis=1, keepdims=True) / heard, 0)
    return answer


def main_axis(rest: Floats) -> Floats:
    """(folds, n) places on the main axis, of unit variance, by power steps from the person who
    differs most. Sums are in a fixed order: no BLAS."""
    start = np.argmax(np.round((rest**2).sum(axis=2), 9), axis=1)
    place: Floats = np.einsum("fns,fs->fn", rest, rest[np.arange(len(rest)), start])
    for _turn in range(12):
        place = np.einsum("fns,fs->fn", rest, np.einsum("fns,fn->fs", rest, place))
        place = place / (np.sqrt((place**2).mean(axis=1, keepdims=True)) + 1e-12)
    return place
