"""Who may work with whom in a very mixed group: pairs in which each has something to show.

A person comes with two sets of items: what they can do, and what they could learn. In a pair, one
shows the other what the other could learn. Nobody is above anybody, and no pair is better than
another in what is shown: what is looked for is a whole group in which as many people as can be both
show and learn. A proposal, which whoever welcomes takes or leaves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from uuid import UUID

# A pair in which both show is worth more than two in which one does; more would hide the rest.
BOTH, ONE = 3, 1


@dataclass(frozen=True)
class Offer:
    """Ids of the items that someone can do, and of those they could learn."""

    can: frozenset[str]
    could_learn: frozenset[str]

    def shows(self, other: "Offer") -> frozenset[str]:
        """What the other could learn and this one can do."""
        return self.can & other.could_learn


def worth(one: Offer, other: Offer) -> int:
    ways = bool(one.shows(other)) + bool(other.shows(one))
    return {0: 0, 1: ONE, 2: BOTH}[ways]


def in_pairs(offers: Mapping[UUID, Offer], turn: int = 0) -> list[list[UUID]]:
    """Everyone in a pair, and the last in a group of three where the number is odd. `turn`: another
    way of doing it. The same names in the same order, the same answer. Sums of worth are raised by
    exchanging two people between two pairs, until no exchange raises them."""
    names = list(offers)
    start = turn % len(names) if names else 0
    names = names[start:] + names[:start]
    alone = names.pop() if len(names) % 2 else None
    pairs = [[names[place], names[place + 1]] for place in range(0, len(names), 2)]
    while _exchange(pairs, offers):
        pass
    if alone is not None:
        _join(pairs, alone, offers)
    order = {name: place for place, name in enumerate(offers)}
    groups = [sorted(pair, key=order.__getitem__) for pair in pairs]
    return sorted(groups, key=lambda group: order[group[0]])


def _exchange(pairs: list[list[UUID]], offers: Mapping[UUID, Offer]) -> bool:
    """Whether some exchange between two pairs was worth it; it is done."""
    for first, second in combinations(pairs, 2):
        here = _sum(first, offers) + _sum(second, offers)
        for mine, theirs in product((0, 1), repeat=2):
            first[mine], second[theirs] = second[theirs], first[mine]
            if _sum(first, offers) + _sum(second, offers) > here:
                return True
            first[mine], second[theirs] = second[theirs], first[mine]
    return False


def _join(pairs: list[list[UUID]], alone: UUID, offers: Mapping[UUID, Offer]) -> None:
    """Where the person left over shows or learns the most; alone where there is no pair."""
    if not pairs:
        pairs.append([alone])
        return
    best = max(pairs, key=lambda pair: _sum([*pair, alone], offers) - _sum(pair, offers))
    best.append(alone)


def _sum(group: Sequence[UUID], offers: Mapping[UUID, Offer]) -> int:
    return sum(worth(offers[one], offers[other]) for one, other in combinations(group, 2))
