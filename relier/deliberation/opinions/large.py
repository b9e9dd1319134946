"""Many people, from four hundred to a million: what `analysis` asks for beyond exact Bayes.

The gate, the number of classes, camps or a spectrum and the stability are decided on people drawn
by what their rows hold; the classes are then fitted to everybody, and what is published is counted.
Everything is a function of the multiset of rows: rows are ordered by a hash of what they hold
(Zobrist 1970), chance comes from a generator keyed by what is counted, sums are whole numbers
(`kernels`). When agree and disagree are exchanged, so is the result and nothing else changes: of
the two ways of naming the sides, everything is computed in the one where more votes agree.
"""

import hashlib
from dataclasses import dataclass, replace
from math import ceil
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from . import hidden, kernels, large_gate, mixture, steady
from .kernels import NAT, WHOLE, Opinions
from .mixture import Effort, Mixture
from .votes import ANSWERS, Votes

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

SIGNIFICANT: Final = 0.05
STEADY_ENOUGH: Final = 0.6
SAMPLE: Final = 20_000
# Of the sample: on how many opinions models are compared, at least and at most (one in twenty in
# between), and on how many refits are made.
STUDIED, MOST_STUDIED, REFITTED = 60_000, 800_000, 25_000
REFITS: Final = 20
IN_BETWEEN: Final = 0.7
SEARCH = Effort(starts=6, first=3, kept=2, passes=12)
THOROUGH = Effort(starts=8, first=6, kept=3, passes=40)
REFIT = Effort(starts=1, first=3, kept=1, passes=5)

Verdict = Literal["none", "camps", "spectrum"]


@dataclass(frozen=True)
class LargeGroups:
    """What n people on S statements think, as groups.

    `verdict`: "none" (no pattern), "camps" or "spectrum"; with "spectrum" the groups are only a
    way of reading a line, or too unsteady to be named. `p_value`: of the gate. `classes`: the
    number of classes that predict best, before small ones are merged. `sizes`: (t,) the largest
    first, none under `least`; one group of everybody when there is nothing to tell apart.
    `memberships`: (n, t) the chance that each person is of each group, rows as in the votes given;
    noughts for whoever has no opinion. `labels`: (n,) the likeliest, -1 for whoever has none.
    `counts`: (t, S, 4) answers in the order of `votes.ANSWERS`. `stability`: mean adjusted Rand
    index over refits, or None without classes. `bits`: bits per hidden vote of each model
    (`statement`, `person`, `classes 1` ... `classes 5`, `factor`, `together`).
    """

    verdict: Verdict
    p_value: float
    classes: int
    sizes: tuple[int, ...]
    least: int
    memberships: Floats
    labels: NDArray[np.int8]
    counts: Integers
    stability: float | None
    bits: dict[str, float]

    @property
    def in_between(self) -> NDArray[np.bool_]:
        """(n,) who belongs to no group with a chance of 0.7 at least."""
        return self.memberships.max(axis=1) < IN_BETWEEN


def analyse_large(votes: Votes) -> LargeGroups:
    """The groups of many people (a few dozen at least; meant for more than 400).

    Never fails on votes that `Votes` holds: with nothing to tell apart, the verdict is "none".
    """
    given = Opinions.of(votes)
    counts = np.bincount(given.cells, minlength=2 * given.statements)
    opinions = given.mirrored() if is_upside_down(counts) else given
    sample, random = drawn(opinions)
    p = large_gate.p_value(sample, random) if len(sample) else 1.0
    if p > SIGNIFICANT:
        return everybody(votes, opinions, p, {})
    studied = min(MOST_STUDIED, max(STUDIED, len(opinions.cells) // 20))
    study = first_opinions(sample, studied)
    wanted = min(hidden.FOLDS, max(1, 2 * STUDIED // max(len(study.cells), 1)))
    effort = SEARCH if studied == STUDIED else THOROUGH
    seen = hidden.compared(study, random, wanted, effort)
    told = told_bits(seen)
    if seen.chosen == 1:
        return everybody(votes, opinions, p, told, "spectrum")
    fit = settled(opinions, sample, seen.fits[seen.chosen - 1])
    stability = steadiness(first_opinions(sample, REFITTED), fit, random)
    shares, sizes = merged(opinions, fit)
    unsteady = stability < STEADY_ENOUGH or len(sizes) < 2
    verdict: Verdict = "spectrum" if seen.is_spectrum or unsteady else "camps"
    return told_groups(
        votes, opinions, shares, LargeGroups(
            verdict, p, seen.chosen, (), least_size(opinions), *nothing(), stability, told
        )
    )  # fmt: skip


def is_upside_down(counts: Integers) -> bool:
    """Whether more votes disagree; or, as many, whether the first statement apart has more."""
    gap = counts[1::2] - counts[::2]
    apart = gap[gap != 0]
    total = int(gap.sum())
    return total < 0 or (total == 0 and len(apart) > 0 and int(apart[0]) < 0)


def drawn(opinions: Opinions) -> tuple[Opinions, np.random.Generator]:
    """At most 20 000 people with opinions, in the order of the hash of what they hold, and chance
    that depends on everybody's votes."""
    keys = np.random.Philox(key=opinions.statements).random_raw(2 * opinions.statements)
    hashes = kernels.sums_of_people(opinions, keys.view(np.int64)[:, None])[:, 0].view(np.uint64)
    hashes = mixed(hashes)
    some = np.flatnonzero(np.diff(opinions.starts) > 0)
    if len(some) > SAMPLE:
        last = np.partition(hashes[some], SAMPLE - 1)[SAMPLE - 1]
        some = some[hashes[some] <= last]
    order = some[np.argsort(hashes[some], kind="stable")][:SAMPLE]
    told = hashlib.sha256(np.array([len(opinions), opinions.statements], dtype="<i8").tobytes())
    counts = np.bincount(opinions.cells, minlength=2 * opinions.statements)
    told.update(counts.astype("<i8").tobytes())
    told.update(np.add.reduce(hashes, initial=0, dtype=np.uint64).astype("<u8").tobytes())
    key = int.from_bytes(told.digest()[:16], "little")
    return opinions.taken(order), np.random.Generator(np.random.Philox(key=key))


def mixed(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Stirred once more (the finish of SplitMix64, Steele, Lea & Flood 2014), since a sum of keys
    alone would let one choose a place in the order."""
    hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    hashes = (hashes ^ (hashes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return hashes ^ (hashes >> np.uint64(31))


def first_opinions(sample: Opinions, wanted: int) -> Opinions:
    """The first people of a sample, who hold about so many opinions."""
    people = int(np.searchsorted(sample.starts, wanted, side="left"))
    return sample.taken(np.arange(min(max(people, 1), len(sample))))


def told_bits(seen: hidden.Comparison) -> dict[str, float]:
    by_class = {f"classes {t}": one.mean for t, one in enumerate(seen.classes, 1)}
    return {
        "statement": seen.statement.mean,
        "person": seen.person.mean,
        **by_class,
        "factor": seen.factor.mean,
        "together": seen.together.mean,
    }


def settled(opinions: Opinions, sample: Opinions, fit: Mixture) -> Mixture:
    """Classes found on a few, fitted to the sample, then to everybody."""
    for some, passes in ((sample, 15), (opinions, 15)):
        times = np.ones(len(some), dtype=np.int64)
        fit = mixture.fitted(some, fit, mixture.rates_of_all(some), times, passes)
    return fit


# --- how steady ----------------------------------------------------------------------------------


def steadiness(some: Opinions, fit: Mixture, random: np.random.Generator) -> float:
    """How alike the groups are when other people might have come: the mean adjusted Rand index
    between them and those of refits where each person counts a Poisson number of times."""
    ours = fit.posterior(some).argmax(axis=1)
    along = mixture.axes(some, mixture.rates_of_all(some))
    alike = 0.0
    for _ in range(REFITS):
        times = random.poisson(1.0, len(some)).astype(np.int64)
        rates = mixture.rates_of_all(some, times)
        again = mixture.fitted(some, fit, rates, times, REFIT.passes)
        afresh = mixture.searched(some, len(fit), rates, along, random, REFIT, times)
        theirs = mixture.best([again, afresh])[0].posterior(some).argmax(axis=1)
        alike += adjusted_rand(ours, theirs)
    return round(alike / REFITS, 3)


def adjusted_rand(one: Integers, other: Integers) -> float:
    """How alike two partitions of the same people are (Hubert & Arabie 1985); 1 when the same."""
    wide = int(other.max()) + 1
    table = np.bincount(one * wide + other, minlength=(int(one.max()) + 1) * wide)
    table = table.reshape(-1, wide)

    def pairs(counts: Integers) -> int:
        return int((counts * (counts - 1) // 2).sum())

    total = len(one) * (len(one) - 1) // 2
    by_one, by_other = pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    expected = by_one * by_other / total if total else 0.0
    highest = (by_one + by_other) / 2
    return 1.0 if highest == expected else (pairs(table) - expected) / (highest - expected)


# --- what is published ---------------------------------------------------------------------------


def least_size(opinions: Opinions) -> int:
    """The smallest group that is shown: five people, and one in ten."""
    return max(5, ceil(int((np.diff(opinions.starts) > 0).sum()) / 10))


def merged(opinions: Opinions, fit: Mixture) -> tuple[Integers, Integers]:
    """Shares (n, t) and sizes (t,), once each group that is too small has joined another: the one
    whose votes lose least of their likelihood when both are one."""
    shares = fit.posterior(opinions)
    least = least_size(opinions)
    while shares.shape[1] > 1:
        sizes = group_sizes(opinions, shares)
        smallest = int(sizes.argmin())
        if sizes[smallest] >= least:
            break
        cells = kernels.sums_of_cells(opinions, shares)
        others = [g for g in range(shares.shape[1]) if g != smallest]
        joined = min(others, key=lambda g: (lost(cells[:, smallest], cells[:, g]), g))
        shares[:, joined] += shares[:, smallest]
        shares = np.delete(shares, smallest, axis=1)
    return shares, group_sizes(opinions, shares)


def group_sizes(opinions: Opinions, shares: Integers) -> Integers:
    there = np.diff(opinions.starts) > 0
    return np.bincount(shares.argmax(axis=1)[there], minlength=shares.shape[1])


def lost(one: Integers, other: Integers) -> int:
    """The logarithm of likelihood, in 1/65536 nat, that two groups lose by being one. Each: (2 S,)
    cells, in 1/16384 of a person."""
    return told_well(one) + told_well(other) - told_well(one + other)


def told_well(cells: Integers) -> int:
    held = cells / WHOLE
    total = np.repeat(held[::2] + held[1::2], 2)
    return int(np.rint(held * steady.log((held + 0.7) / (total + 1.4)) * NAT).sum())


def nothing() -> tuple[Floats, NDArray[np.int8], Integers]:
    return np.empty((0, 0)), np.empty(0, dtype=np.int8), np.empty((0, 0, 4), dtype=np.int64)


def everybody(
    votes: Votes, opinions: Opinions, p: float, bits: dict[str, float], verdict: Verdict = "none"
) -> LargeGroups:
    """One group of all: nothing to tell apart, or nothing but a line."""
    shares = np.full((len(opinions), 1), WHOLE, dtype=np.int64)
    groups = LargeGroups(verdict, p, 1, (), least_size(opinions), *nothing(), None, bits)
    return told_groups(votes, opinions, shares, groups)


def told_groups(
    votes: Votes, opinions: Opinions, shares: Integers, groups: LargeGroups
) -> LargeGroups:
    """The same with its groups, the largest first, and what they answered, counted."""
    there = np.diff(opinions.starts) > 0
    labels = np.where(there, shares.argmax(axis=1), -1).astype(np.int8)
    counts = answers(votes, labels, shares.shape[1])
    sizes = group_sizes(opinions, shares)
    # Of groups of one size, the order is that of their votes, in the sides everything is told in.
    seen = counts[:, :, ::-1] if opinions.flipped else counts
    keys = [(-int(size), seen[g].tobytes()) for g, size in enumerate(sizes)]
    order = sorted(range(len(sizes)), key=lambda g: keys[g])
    place = np.empty(len(order) + 1, dtype=np.int8)
    place[order], place[-1] = np.arange(len(order)), -1
    chances = np.where(there[:, None], shares[:, order] / shares.sum(axis=1)[:, None], 0.0)
    return replace(
        groups,
        sizes=tuple(int(sizes[g]) for g in order),
        memberships=np.round(chances, 4).astype(np.float64),
        labels=place[labels],
        counts=counts[order],
    )


def answers(votes: Votes, labels: NDArray[np.int8], groups: int) -> Integers:
    """(groups, S, 4) how many of each group gave each answer, in the order of `ANSWERS`."""
    size = len(votes.statements)
    found = np.zeros(groups * size * len(ANSWERS), dtype=np.int64)
    for low in range(0, len(votes), kernels.ROWS_AT_ONCE):
        bounds = votes.starts[low : low + kernels.ROWS_AT_ONCE + 1]
        some = slice(bounds[0], bounds[-1])
        own = np.repeat(labels[low : low + kernels.ROWS_AT_ONCE].astype(np.int64), np.diff(bounds))
        keys = (own * size + votes.columns[some]) * len(ANSWERS) + (votes.values[some] + 1)
        found += np.bincount(keys[own >= 0], minlength=len(found))
    return found.reshape(groups, size, len(ANSWERS))
