"""Invented people and what they answer: with camps, along a line, or with nothing to tell apart."""

import numpy as np

from relier.deliberation.opinions.votes import Votes


def world(seed, people=600, statements=40, seen=0.5, kind="camps", strength=1.0):
    """Votes, and the camp of each row (nought when there is none)."""
    random = np.random.default_rng(seed)
    agreeable = random.normal(size=people) * 0.7
    logits = agreeable[:, None] + random.normal(size=statements)
    camp = (random.random(people) < 0.4).astype(np.int64)
    apart = random.normal(size=statements) * strength
    if kind == "camps":
        logits = logits + np.where(camp[:, None], apart, -apart)
    if kind == "line":
        logits = logits + random.normal(size=people)[:, None] * 1.5 * apart
    answers = np.where(random.random(logits.shape) < 1 / (1 + np.exp(-logits)), 1.0, -1.0)
    answers[random.random(logits.shape) < 0.05] = 0.0
    answers[random.random(logits.shape) < 0.02] = 2.0
    answers[random.random(logits.shape) >= seen] = np.nan
    kept = ~np.isnan(answers).all(axis=1)
    return Votes.of_dense(answers[kept]), camp[kept]


def shuffled(votes, seed):
    """The same people in another order, and where each came from."""
    order = np.random.default_rng(seed).permutation(len(votes))
    rows, columns = np.nonzero(votes.dense(9) != 9)
    back = np.argsort(order)
    values = votes.dense(9)[rows, columns]
    return Votes.of_cells(back[rows], columns, values, votes.statements), order
