"""Ways of seeing: every partition of the people, each weighed by how well it tells the votes.

The model. People form t groups (t = 1..T), unknown. A statement is *divisive* with probability RHO:
each group then has its own rate of agreement; otherwise one rate is *shared* by all. Rates have a
Beta(ALPHA, ALPHA) prior and are integrated out:

    p(V | z) = product over j of (1 - RHO) m(a_j, d_j) + RHO product over g of m(a_gj, d_gj)
    m(a, d) = B(a + ALPHA, d + ALPHA) / B(ALPHA, ALPHA)
    p(z) = p(t) product over g of n_g! / Z_t,  p(t) proportional to DECAY**t

Z_t = n! C(n - 1, t - 1) / t! makes every list of sizes equally likely. With one group, all is
shared. It is a latent class model (Lazarsfeld & Henry 1968) with its rates integrated out, as in
the stochastic block models of Nobile & Fearnside (2007). A pass, an unclear and an unseen weigh
nothing here.

Up to thirteen people, all the partitions are weighed (`enumerated`): the posterior is exact.
Beyond, `sampling.sampled` walks among them.
"""

from dataclasses import dataclass
from math import comb, lgamma, log
from typing import Final

import numpy as np
from numpy.typing import NDArray

ALPHA: Final = 1.0
RHO: Final = 0.6
DECAY: Final = 0.25
ENUMERATED: Final = 13
# What is kept of an enumeration for what needs each partition: all but this much weight.
FORGOTTEN: Final = 1e-4
KEPT: Final = 1000

Floats = NDArray[np.float64]
Table = NDArray[np.int8]
Counted = NDArray[np.int64]


@dataclass(frozen=True)
class Posterior:
    """What is known of the groups.

    `partitions`: (K, n) group of each person in each partition, groups numbered by their first
    member; `weights`: (K,) sum to 1; `groups`: (T,) probability of 1..T groups; `together`: (n, n)
    probability that two people are in the same group; `divisive`: (S,) probability that a statement
    divides; `is_exact`: every partition was weighed.
    """

    partitions: NDArray[np.int8]
    weights: Floats
    groups: Floats
    together: Floats
    divisive: Floats
    is_exact: bool


def most_groups(people: int) -> int:
    """How many groups are thought of: no more than could be shown, and one, up to four."""
    return max(1, min(4, people // 5 + 1))


def log_marginals(most: int) -> Floats:
    """(most + 1, most + 1) log m(a, d)."""
    counts = np.arange(most + 1)
    return log_marginal(counts[:, None], counts[None, :])


def log_marginal(agree: Counted, disagree: Counted) -> Floats:
    """log m(a, d), of two arrays of whole counts, of one shape or stretched to one."""
    single = _log_gamma(agree, ALPHA) + _log_gamma(disagree, ALPHA)
    answer: Floats = single - _log_gamma(agree + disagree, 2 * ALPHA)
    return answer - (2 * lgamma(ALPHA) - lgamma(2 * ALPHA))


def _log_gamma(counts: Counted, more: float) -> Floats:
    """log of gamma(count + more), each count looked up once."""
    known, places = np.unique(counts, return_inverse=True)
    values = np.array([lgamma(count + more) for count in known.tolist()])
    answer: Floats = values[places].reshape(counts.shape)
    return answer


def log_prior(people: int, most: int) -> Floats:
    """(most + 1,) log of p(t) / Z_t for t groups of so many people; what remains of p(z) is the
    product of n_g!. -inf for no group, or more groups than people."""
    total = sum(DECAY**t for t in range(1, most + 1) if t <= people)
    answer = np.full(most + 1, -np.inf)
    for t in range(1, min(most, people) + 1):
        ways = lgamma(people + 1) + log(comb(people - 1, t - 1)) - lgamma(t + 1)
        answer[t] = t * log(DECAY) - log(total) - ways
    return answer


def log_posterior(opinions: Table, partitions: NDArray[np.int8], most: int) -> Floats:
    """(K,) log p(V | z) p(z) of each of (K, n) partitions, counted anew: the reference."""
    marginals = log_marginals(len(opinions))
    prior = log_prior(len(opinions), most)
    agree, disagree = (opinions > 0).sum(axis=0), (opinions < 0).sum(axis=0)
    shared = marginals[agree, disagree]
    answer = np.empty(len(partitions))
    for place, partition in enumerate(partitions):
        members = [opinions[partition == group] for group in np.unique(partition)]
        apart = sum(
            (marginals[(some > 0).sum(axis=0), (some < 0).sum(axis=0)] for some in members),
            np.zeros(opinions.shape[1]),
        )
        told = prior[len(members)] + sum(lgamma(len(some) + 1) for some in members)
        if len(members) == 1:
            answer[place] = told + shared.sum()
        else:
            answer[place] = told + np.logaddexp(log(1 - RHO) + shared, log(RHO) + apart).sum()
    return answer


def enumerated(opinions: Table) -> Posterior:
    """The exact posterior. `opinions`: (n, S) 1, -1, or 0 for no opinion, n from 1 to 13."""
    people, most = len(opinions), most_groups(len(opinions))
    partitions = all_partitions(people, most)
    subsets, marginal = _of_subsets(opinions)
    scores, ratios = _weighed(partitions, subsets, marginal, log_prior(people, most))
    weights = np.exp(scores - scores.max())
    weights /= weights.sum()
    counts = partitions.max(axis=1) + 1
    groups = np.bincount(counts, weights, most + 1)[1:].astype(float)
    together = np.ones((people, people))
    for one in range(people):
        for other in range(one):
            same = partitions[:, one] == partitions[:, other]
            together[one, other] = together[other, one] = weights[same].sum()
    likely = np.argsort(-weights, kind="stable")[:KEPT]
    kept = likely[: 1 + int(np.searchsorted(np.cumsum(weights[likely]), 1 - FORGOTTEN))]
    divisive = (weights[:, None] * _divided(ratios, counts)).sum(axis=0)
    few = weights[kept] / weights[kept].sum()
    return Posterior(partitions[kept], few, groups, together, divisive, True)


def all_partitions(people: int, most: int) -> NDArray[np.int8]:
    """(K, n) every partition into at most so many groups, groups numbered by first member."""
    grown = np.zeros((1, 1), dtype=np.int8)
    for _person in range(1, people):
        room = np.minimum(grown.max(axis=1) + 2, most)
        parents = np.repeat(np.arange(len(grown)), room)
        first = np.cumsum(room) - room
        chosen = np.arange(len(parents)) - np.repeat(first, room)
        grown = np.column_stack((grown[parents], chosen.astype(np.int8)))
    return grown


def _of_subsets(opinions: Table) -> tuple[NDArray[np.int64], Floats]:
    """(n,) the bit of each person, and (2**n, S) m of each statement in each subset."""
    people = len(opinions)
    agree = np.zeros((1, opinions.shape[1]), dtype=np.int64)
    disagree = agree
    for row in opinions:
        agree = np.concatenate((agree, agree + (row > 0)))
        disagree = np.concatenate((disagree, disagree + (row < 0)))
    return 1 << np.arange(people, dtype=np.int64), np.exp(log_marginals(people))[agree, disagree]


def _weighed(
    partitions: NDArray[np.int8], bits: NDArray[np.int64], marginal: Floats, prior: Floats
) -> tuple[Floats, Floats]:
    """(K,) log of p(V | z) p(z), up to a constant, and (K, S) how many times better each statement
    is told apart than shared."""
    most = len(prior) - 1
    factorial = np.array([lgamma(size + 1) for size in range(partitions.shape[1] + 1)])
    scores = prior[partitions.max(axis=1) + 1]
    ratios = np.ones((len(partitions), marginal.shape[1])) / marginal[-1]
    for group in range(most):
        here = partitions == group
        ratios *= marginal[(here * bits).sum(axis=1)]
        scores += factorial[here.sum(axis=1)]
    divided = np.log(1 - RHO + RHO * ratios).sum(axis=1)
    scores += np.where(partitions.max(axis=1) > 0, divided, 0.0)
    return scores, ratios


def _divided(ratios: Floats, counts: NDArray[np.int64] | NDArray[np.int8]) -> Floats:
    """(K, S) probability that each statement divides, given each partition."""
    share: Floats = RHO * ratios / (1 - RHO + RHO * ratios)
    share[counts == 1] = 0.0
    return share
