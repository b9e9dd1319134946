"""Invented rooms for the tests: small, quick, drawn from a seed."""

import numpy as np

from relier.deliberation.opinions.votes import Votes


def camps(seed, people=16, statements=20, missing=0.2, share=0.5, sides=0.9, divided=0.6):
    """(n, S) floats, nan unseen, and (n,) the camp of each."""
    source = np.random.default_rng(seed)
    camp = (np.arange(people) >= round(people * share)).astype(int)
    base = source.random(statements) < 0.5
    flips = source.random(statements) < divided
    rates = np.where(np.stack((base, base ^ flips)), sides, 1 - sides)
    table = np.where(source.random((people, statements)) < rates[camp], 1.0, -1.0)
    table[source.random(table.shape) < missing] = np.nan
    return table, camp


def agreeable(seed, people=16, statements=20, missing=0.2):
    """No camps: some people agree more, some statements please more."""
    source = np.random.default_rng(seed)
    logits = source.normal(0, 1, (people, 1)) + source.normal(0, 1, statements)
    table = np.where(source.random(logits.shape) < 1 / (1 + np.exp(-logits)), 1.0, -1.0)
    table[source.random(table.shape) < missing] = np.nan
    return table


def opinions(table):
    return np.where(np.isnan(table), 0, table).astype(np.int8)


def mixed_votes(seed=0, people=24):
    """Two camps, with passes and unclear answers."""
    table, _camp = camps(seed, people=people)
    source = np.random.default_rng(seed + 1000)
    table[source.random(table.shape) < 0.06] = 0
    table[source.random(table.shape) < 0.03] = 2
    return Votes.of_dense(table)
