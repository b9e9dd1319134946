"""Which groups are shown: none under the minimum, and the ones that we would least regret.

A group is shown when it holds at least max(5, a tenth) of the people. A group under the minimum is
merged with the one whose union costs the least log-posterior, never shown, and never filled up with
people who do not belong: only someone who is really in between may be counted with it.

Among what can be shown, we take the partition with the greatest posterior expected adjusted Rand
index (PEAR; Fritsch & Ickstadt 2009), found from the likeliest partitions by moving one person at a
time.
"""

from math import ceil
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .classes import Floats, Posterior, Table, log_posterior, most_groups

SMALLEST: Final = 5
SHARE: Final = 0.1
# Someone may be counted with a group when they belong to it with at least this probability.
MAY_BELONG: Final = 0.2
SURE: Final = 0.7
PROPER: Final = 0.5
# Under this mean probability to be with the rest of their group, someone is a stranger in it.
STRANGE: Final = 0.4
TRIED: Final = 24
SEARCHED: Final = 6
# Probabilities are counted in whole millionths (of two): sums are exact in any order.
GRAIN: Final = 2**20

Labels = NDArray[np.int64]


def least_size(people: int) -> int:
    """How many people a group has at least, to be shown."""
    return max(SMALLEST, ceil(SHARE * people))


def shown_groups(posterior: Posterior, opinions: Table) -> Labels | None:
    """(n,) the group of each person, from 0, the largest first; None when no two can be shown.

    `opinions`: (n, S) 1, -1, or 0, each person with at least one opinion.
    """
    people, least = len(opinions), least_size(len(opinions))
    together = np.rint(posterior.together * GRAIN)
    np.fill_diagonal(together, 0)
    found: dict[bytes, Labels] = {}
    for candidate in _candidates(posterior):
        for option in _made_showable(candidate, opinions, together, least):
            found.setdefault(option.tobytes(), option)
    options = [one for one in found.values() if one.max() > 0]
    options = [one for one in options if _holds(one, together, least)]
    options.sort(key=lambda one: -pear(one, together))
    best: Labels | None = None
    for option in options[:SEARCHED]:
        improved = _improved(option, together, least)
        if not _holds(improved, together, least):
            continue
        if best is None or pear(improved, together) > pear(best, together):
            best = improved
    if best is None or people < 2 * least:
        return None
    return by_size(best)


def _candidates(posterior: Posterior) -> list[Labels]:
    """The likeliest partitions of each number of groups."""
    answer = []
    counts = posterior.partitions.max(axis=1) + 1
    order = np.argsort(-posterior.weights, kind="stable")
    for count in range(2, int(counts.max(initial=0)) + 1):
        chosen = [place for place in order if counts[place] == count][:TRIED]
        answer += [posterior.partitions[place].astype(np.int64) for place in chosen]
    return answer


def _made_showable(labels: Labels, opinions: Table, together: Floats, least: int) -> list[Labels]:
    """The partition itself if it can be shown; otherwise filled up with who is in between, where
    there are enough of them, and merged."""
    if np.bincount(labels).min() >= least:
        return [labels]
    filled = _filled(labels, together, least)
    merged = merge(labels, opinions, least)
    return [merged] if filled is None else [filled, merged]


def _holds(labels: Labels, together: Floats, least: int) -> bool:
    """Whether each group is large enough by those who are really of it: more likely than not to be
    with the rest of it, and nearer to it than to any other."""
    near = nearness(labels, together)
    own = near[np.arange(len(labels)), labels]
    proper = (own >= PROPER * GRAIN) & (own >= near.max(axis=1))
    return bool(np.bincount(labels[proper], minlength=near.shape[1]).min() >= least)


def _filled(labels: Labels, together: Floats, least: int) -> Labels | None:
    labels = labels.copy()
    while (sizes := np.bincount(labels)).min() < least:
        group = int(sizes.argmin())
        near = nearness(labels, together) / GRAIN
        belongs = near[:, group]
        free = (labels != group) & (sizes[labels] > least)
        free &= (belongs >= MAY_BELONG) & (belongs >= near.max(axis=1) / 2)
        if not free.any():
            return None
        labels[int(np.where(free, belongs, -1.0).argmax())] = group
    return labels


def merge(labels: Labels, opinions: Table, least: int) -> Labels:
    """The same groups, those under `least` merged one after the other: each time the smallest, with
    the group whose union has the greatest posterior."""
    labels = np.unique(labels, return_inverse=True)[1].astype(np.int64)
    while labels.max() > 0 and (sizes := np.bincount(labels)).min() < least:
        small = int(sizes.argmin())
        others = [group for group in range(len(sizes)) if group != small]
        unions = np.array([np.where(labels == small, other, labels) for other in others])
        scores = log_posterior(opinions, unions.astype(np.int8), most_groups(len(opinions)))
        labels = np.unique(unions[int(np.argmax(np.round(scores, 9)))], return_inverse=True)[1]
    return labels.astype(np.int64)


def nearness(labels: Labels, together: Floats) -> Floats:
    """(n, groups) the mean probability, in GRAIN, to be with a group's other members."""
    marks = np.eye(int(labels.max()) + 1)[labels]
    others = marks.sum(axis=0) - marks
    # Whole numbers: exact.
    answer: Floats = (together @ marks) / np.maximum(others, 1)
    return answer


def belonging(labels: Labels, together: Floats) -> Floats:
    """(n, groups) how much each person belongs to each group: nearness, over its sum."""
    mean = nearness(labels, together)
    whole = mean.sum(axis=1, keepdims=True)
    even = 1 / mean.shape[1]
    answer: Floats = np.where(whole > 0, mean / np.where(whole > 0, whole, 1), even)
    return answer


def strangers(labels: Labels, together: Floats) -> NDArray[np.bool_]:
    """(n,) who was put in a group only because their own is too small to be shown."""
    own = nearness(labels, together)[np.arange(len(labels)), labels]
    answer: NDArray[np.bool_] = own < STRANGE * GRAIN
    return answer


def pear(labels: Labels, together: Floats) -> float:
    """The posterior expected adjusted Rand index, nearly (Fritsch & Ickstadt 2009, eq. 4).

    `together`: (n, n) in GRAIN, with zeros on its diagonal."""
    same = labels[:, None] == labels[None, :]
    np.fill_diagonal(same, False)
    pairs = len(labels) * (len(labels) - 1) / 2
    return float(
        _index(together[same].sum() / GRAIN / 2, same.sum() / 2, together.sum() / GRAIN / 2, pairs)
    )


def _index(agreed: Floats, own: Floats, expected: float, pairs: float) -> Floats:
    chance = own * expected / pairs
    room = (own + expected) / 2 - chance
    answer: Floats = (agreed - chance) / np.where(room > 1e-12, room, np.inf)
    return answer


def _improved(labels: Labels, together: Floats, least: int) -> Labels:
    """Move one person at a time, the one who improves PEAR most, while groups stay large enough."""
    labels = labels.copy()
    people, expected = len(labels), together.sum() / GRAIN / 2
    pairs = people * (people - 1) / 2
    everyone = np.arange(people)
    for _turn in range(2 * people):
        marks = np.eye(int(labels.max()) + 1)[labels]
        sizes = marks.sum(axis=0)
        near = together @ marks
        agreed = near[everyone, labels].sum() / GRAIN / 2
        own = (sizes * (sizes - 1)).sum() / 2
        gained = (near - near[everyone, labels][:, None]) / GRAIN
        grown = sizes[None, :] - (sizes[labels] - 1)[:, None]
        index = _index(agreed + gained, own + grown, expected, pairs)
        index[sizes[labels] <= least] = -np.inf
        index[everyone, labels] = -np.inf
        place = int(np.argmax(index))
        if not index.flat[place] > _index(agreed, own, expected, pairs) + 1e-9:
            break
        labels[place // len(sizes)] = place % len(sizes)
    return labels


def by_size(labels: Labels) -> Labels:
    """The same groups, numbered from the largest; of two alike, the one with the first person."""
    names, first, sizes = np.unique(labels, return_index=True, return_counts=True)
    order = sorted(range(len(names)), key=lambda place: (-sizes[place], first[place]))
    moved = np.empty(len(names), dtype=np.int64)
    moved[order] = np.arange(len(names))
    return moved[np.searchsorted(names, labels)]
