"""Latent classes by EM, for any number of people: who answers alike.

Each person belongs to one of t classes (Lazarsfeld & Henry 1968); in class g, a statement is agreed
with at rate p_gj, with a Beta prior centred on the rate of everybody, as strong as four opinions.
EM (Dempster, Laird & Rubin 1977) in whole numbers (`kernels`): the order of people changes nothing.
Several starts, all of them fixed by what the votes hold, since one start alone may stay in a poor
place: measured ARI .62 for one start at 10^6 people.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from . import kernels, steady
from .kernels import NAT, WHOLE, Opinions

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

STRENGTH: Final = 4.0
# EM stops when a pass gains less than this per opinion, in nats.
GAIN: Final = 2e-5
AXES, AXIS_STEPS, AXIS_ONE = 4, 8, 1 << 12


@dataclass(frozen=True)
class Mixture:
    """t classes: `cells` (2 S, t) the logarithm of the rate of each cell, `prior` (t,) that of the
    size of each class, both in 1/65536 nat; `likelihood` of the people it was fitted to."""

    cells: Integers
    prior: Integers
    likelihood: int = 0

    def __len__(self) -> int:
        return len(self.prior)

    def posterior(self, opinions: Opinions) -> Integers:
        """(n, t) the share of each person in each class, in 1/16384."""
        return kernels.posterior(opinions, self.cells, self.prior)

    def rates(self) -> Floats:
        """(S, t) the rate of agreement of each statement in each class."""
        return steady.exp(self.cells[1::2] / NAT)


def rates_of_all(opinions: Opinions, weights: Integers | None = None) -> Floats:
    """(S,) the share of agreement with each statement, with one more on each side."""
    if weights is None:
        counts = np.bincount(opinions.cells, minlength=2 * opinions.statements)
    else:
        counts = kernels.sums_of_cells(opinions, weights[:, None])[:, 0]
    return (counts[1::2] + 1.0) / (counts[::2] + counts[1::2] + 2.0)


def maximised(cells: Integers, sizes: Integers, rates: Floats) -> Mixture:
    """The classes that shares make most likely. `cells`: (2 S, t), `sizes`: (t,), in 1/16384."""
    size = len(cells)
    held = np.empty((size + 1, len(sizes)))
    held[:size] = cells / WHOLE
    held[1:size:2] += STRENGTH * rates[:, None]
    held[:size:2] += STRENGTH * (1.0 - rates[:, None])
    held[size] = sizes / WHOLE + 1.0
    total = held[1:size:2] + held[:size:2]
    held[1:size:2] /= total
    held[:size:2] /= total
    held[size] /= held[size].sum()
    logs = whole(steady.log(held))
    return Mixture(logs[:size], logs[size])


def whole(logs: Floats) -> Integers:
    return np.rint(logs * NAT).astype(np.int64)


def fitted(
    opinions: Opinions, mixture: Mixture, rates: Floats, weights: Integers, passes: int
) -> Mixture:
    """A mixture after at most so many passes of EM, fewer when nothing more is gained.

    Its likelihood is that of the last pass, measured before the last step.
    """
    enough = GAIN * NAT * max(len(opinions.cells), 1)
    before = None
    for _ in range(passes):
        done = kernels.em_pass(opinions, mixture.cells, mixture.prior, weights)
        made = maximised(done.cells, done.sizes, rates)
        mixture = Mixture(made.cells, made.prior, done.likelihood)
        if before is not None and done.likelihood - before < enough:
            break
        before = done.likelihood
    return mixture


def best(mixtures: Sequence[Mixture]) -> list[Mixture]:
    """The most likely first; the first given of equals."""
    return sorted(mixtures, key=lambda one: -one.likelihood)


# --- where to start ------------------------------------------------------------------------------


def axes(opinions: Opinions, rates: Floats) -> Integers:
    """(n, 4) where people stand along what they differ most on, in whole numbers.

    Orthogonal iteration on the votes minus the rate of everybody, unseen at that rate, which is
    the principal components of Polis without its dense matrix. A few steps are enough to start.
    """
    size = opinions.statements
    centre = np.empty(2 * size)
    centre[1::2], centre[::2] = 1.0 - rates, -rates
    held = np.arange(size)
    directions = np.stack([1.0 + 0.5 * ((held * k) % 7 - 3) for k in (0, 1, 3, 5)], axis=1)
    counts = np.maximum(np.diff(opinions.starts), 1)
    for _ in range(AXIS_STEPS):
        table = np.rint(np.repeat(directions, 2, axis=0) * centre[:, None] * AXIS_ONE)
        people = kernels.sums_of_people(opinions, table.astype(np.int64))
        sums = kernels.sums_of_cells(opinions, people) * centre[:, None]
        directions = orthogonal(sums[1::2] + sums[::2])
    stretched = people * np.sqrt(size / counts)[:, None]
    return np.rint(stretched).astype(np.int64)


def orthogonal(columns: Floats) -> Floats:
    """Gram and Schmidt, each column then of the length of a column of ones."""
    made: list[Floats] = []
    for column in columns.T:
        rest = column / max(float(np.abs(column).max()), 1e-300)
        for other in made:
            rest = rest - other * (float((rest * other).sum()) / len(rest))
        length = np.sqrt(float((rest * rest).sum()) / len(rest))
        made.append(rest / length if length > 1e-9 else np.zeros_like(rest))
    return np.stack(made, axis=1)


def starts(along: Integers, t: int, count: int, random: np.random.Generator) -> list[Integers]:
    """So many ways of putting people in t classes, (n,) each: in equal slices of the first axis,
    by the sides of the first axes, then around t people drawn by chance."""
    people = len(along)
    order = np.empty(people, dtype=np.int64)
    order[np.lexsort((along[:, 1], along[:, 0]))] = np.arange(people)
    sides = (along[:, 0] > 0) + 2 * (along[:, 1] > 0) + 4 * (along[:, 2] > 0)
    made = [order * t // max(people, 1), sides % t]
    while len(made) < count:
        seeds = along[random.choice(people, t, replace=people < t)]
        apart = ((along[:, None, :] - seeds) ** 2).sum(axis=2)
        made.append(apart.argmin(axis=1))
    return made[:count]


def splits(along: Integers, labels: Integers, t: int) -> list[Integers]:
    """From people in t - 1 classes, the ways of cutting one of them in two: each along the axis on
    which its people stand furthest apart, at their middle."""
    made = []
    for g in range(t - 1):
        inside = labels == g
        if inside.sum() < 2:
            continue
        some = along[inside].astype(np.float64)
        middle = some.mean(axis=0)
        axis = int(((some - middle) ** 2).sum(axis=0).argmax())
        cut = labels.copy()
        cut[inside & (along[:, axis] > middle[axis])] = t - 1
        made.append(cut)
    return made


def from_labels(
    opinions: Opinions, labels: Integers, t: int, rates: Floats, weights: Integers
) -> Mixture:
    """The classes that people put in them make."""
    shares = np.zeros((len(opinions), t), dtype=np.int64)
    shares[np.arange(len(labels)), labels] = WHOLE * weights
    return maximised(kernels.sums_of_cells(opinions, shares), shares.sum(axis=0), rates)


@dataclass(frozen=True)
class Effort:
    """How many starts, passes for each, how many go on, and at most how many passes then."""

    starts: int = 8
    first: int = 6
    kept: int = 2
    passes: int = 40


def searched(
    opinions: Opinions,
    t: int,
    rates: Floats,
    along: Integers,
    random: np.random.Generator,
    effort: Effort,
    weights: Integers | None = None,
    before: Mixture | None = None,
) -> Mixture:
    """The best of several starts. `along`: what `axes` gives; `before`: the best of t - 1 classes,
    each of which is cut in two besides."""
    times = np.ones(len(opinions), dtype=np.int64) if weights is None else weights
    if t == 1:
        one = from_labels(opinions, np.zeros(len(opinions), dtype=np.int64), 1, rates, times)
        return fitted(opinions, one, rates, times, 1)
    tried = [
        fitted(opinions, from_labels(opinions, labels, t, rates, times), rates, times, effort.first)
        for labels in starts(along, t, effort.starts, random)
    ]
    return best(
        [fitted(opinions, one, rates, times, effort.passes) for one in best(tried)[: effort.kept]]
    )[0]


def predicted(mixture: Mixture, shares: Integers, rows: Integers, columns: Integers) -> Floats:
    """The chance that people agree with statements, (cells,), each class by its share in them.

    `shares`: (n, t) from the opinions that are known; `rows`, `columns`: (cells,) what is asked.
    """
    rates = mixture.rates()
    total = np.zeros(len(rows))
    chance = np.zeros(len(rows))
    for g in range(len(mixture)):
        share = shares[rows, g].astype(np.float64)
        chance += share * rates[columns, g]
        total += share
    return chance / total
