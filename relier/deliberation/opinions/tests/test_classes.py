from itertools import product
from math import lgamma

import numpy as np
import pytest

from relier.deliberation.opinions import classes
from relier.deliberation.opinions.classes import (
    all_partitions,
    enumerated,
    log_posterior,
    log_prior,
    most_groups,
)
from relier.deliberation.opinions.held_out import left_out
from relier.deliberation.opinions.sampling import sampled

from .rooms import camps, opinions


def every_labelling(people, most):
    """Each partition once, from all the ways to label: slow, and sure."""
    seen = {}
    for labels in product(range(most), repeat=people):
        names: dict[int, int] = {}
        seen[tuple(names.setdefault(one, len(names)) for one in labels)] = None
    return np.array(list(seen), dtype=np.int8)


@pytest.mark.parametrize(("people", "most"), [(5, 2), (7, 3), (9, 4)])
def test_the_prior_sums_to_one(people, most):
    partitions = every_labelling(people, most)
    prior = log_prior(people, most)
    sizes = np.array([np.bincount(one, minlength=most) for one in partitions])
    factorial = np.array([lgamma(size + 1) for size in range(people + 1)])

    assert len(partitions) == len(all_partitions(people, most))
    assert np.exp(prior[partitions.max(axis=1) + 1] + factorial[sizes].sum(axis=1)).sum() == (
        pytest.approx(1.0, abs=1e-12)
    )


@pytest.mark.parametrize("seed", range(4))
def test_the_posterior_is_that_of_brute_force(seed):
    table = opinions(camps(seed, 5 + seed, 8, missing=0.15 * seed)[0])
    partitions = every_labelling(len(table), most_groups(len(table)))
    scores = log_posterior(table, partitions, most_groups(len(table)))
    weights = np.exp(scores - scores.max())
    weights /= weights.sum()
    same = partitions[:, :, None] == partitions[:, None, :]

    found = enumerated(table)

    assert np.abs((weights[:, None, None] * same).sum(axis=0) - found.together).max() < 1e-10
    counts = np.bincount(partitions.max(axis=1), weights, most_groups(len(table)))
    assert np.abs(counts - found.groups).max() < 1e-10


def test_the_walk_finds_the_exact_posterior():
    table = opinions(camps(0, 11, 12, sides=0.85)[0])
    exact = enumerated(table)

    found = sampled(table, "seed", settling=60, walking=2000)

    assert np.abs(found.together - exact.together).max() < 0.02
    assert np.abs(found.groups - exact.groups).max() < 0.02
    assert np.abs(found.divisive - exact.divisive).max() < 0.02


def test_a_vote_left_out_is_told_as_by_a_new_fit(monkeypatch):
    monkeypatch.setattr(classes, "KEPT", 10**6)
    monkeypatch.setattr(classes, "FORGOTTEN", 0.0)
    monkeypatch.setattr("relier.deliberation.opinions.held_out.PARTITIONS", 10**6)
    table = opinions(camps(7, 6, 5, missing=0.1)[0])
    chance = left_out(table, enumerated(table))
    row, column = np.argwhere(table != 0)[4]
    partitions = every_labelling(6, 2)
    evidence = []
    for answer in (1, -1):
        other = table.copy()
        other[row, column] = answer
        evidence.append(np.logaddexp.reduce(log_posterior(other, partitions, 2)))

    own = evidence[0 if table[row, column] > 0 else 1]
    assert chance[row, column] == pytest.approx(np.exp(own - np.logaddexp(*evidence)), abs=1e-10)


def test_planted_camps_of_forty_are_found():
    table, camp = camps(2, 40)

    found = sampled(opinions(table), "seed")

    assert ((found.together > 0.5) == (camp[:, None] == camp)).mean() > 0.97
