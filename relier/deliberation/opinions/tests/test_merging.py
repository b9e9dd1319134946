import numpy as np

from relier.deliberation.opinions.classes import enumerated
from relier.deliberation.opinions.merging import (
    GRAIN,
    by_size,
    least_size,
    merge,
    pear,
    shown_groups,
    strangers,
)
from relier.deliberation.opinions.sampling import sampled

from .rooms import agreeable, camps, opinions


def test_the_least_size_is_five_or_a_tenth():
    assert [least_size(people) for people in (0, 8, 50, 51, 400)] == [5, 5, 5, 6, 40]


def test_a_small_group_joins_the_group_that_it_is_most_like():
    table, camp = camps(1, 20, missing=0.0, sides=0.97)
    labels = camp.astype(np.int64)
    labels[:3] = 2

    merged = merge(labels, opinions(table), 5)

    assert np.array_equal(by_size(merged), by_size(camp.astype(np.int64)))


def test_no_group_under_the_least_size_is_ever_shown():
    for seed in range(12):
        table, _camp = camps(seed, 10 + 2 * seed, share=0.75)
        votes = opinions(table)
        posterior = enumerated(votes) if len(table) <= 12 else sampled(votes, "seed")
        labels = shown_groups(posterior, votes)
        if labels is not None:
            assert np.bincount(labels).min() >= least_size(len(table))


def test_four_people_are_not_filled_up_to_a_group():
    table = opinions(agreeable(5, 30, missing=0.0))
    table[:4] = np.where(np.arange(20) % 2, 1, -1)
    posterior = sampled(table, "seed")

    labels = shown_groups(posterior, table)

    if labels is not None:
        sizes = np.bincount(labels)
        assert len(set(labels[:4])) == 1
        assert sizes[labels[0]] > 2 * 4


def test_who_only_stands_in_a_group_is_a_stranger():
    together = np.full((12, 12), 0.9)
    together[:2, 2:] = together[2:, :2] = 0.05
    grains = np.rint(together * GRAIN)
    np.fill_diagonal(grains, 0)

    apart = strangers(np.zeros(12, dtype=np.int64), grains)

    assert np.flatnonzero(apart).tolist() == [0, 1]


def test_the_expected_rand_index_is_one_for_what_is_sure():
    labels = np.array([0, 0, 1, 1, 1])
    together = np.where(labels[:, None] == labels, GRAIN, 0).astype(float)
    np.fill_diagonal(together, 0)

    assert pear(labels, together) == 1.0
    assert pear(np.zeros(5, dtype=np.int64), together) == 0.0
