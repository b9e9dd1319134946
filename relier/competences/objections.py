"""Why a need cannot be added, or taken out, as it is: plain values, and the ids to name.

The words of each objection stand in `forms/relations.py`, with the deeds in the reader's language.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from . import order
from .order import Pair


class Kind(StrEnum):
    ITSELF = "itself"  # an item cannot need itself
    TWICE = "twice"  # the need is there already
    LOOP = "loop"  # everything in the loop would need everything else
    FOLLOWS = "follows"  # others already say it: kept only by whoever says so
    ABSENT = "absent"  # there is no such need to take out
    SAME = "same"  # the version to take back is what stands already
    TOO_WIDE = "too_wide"  # so entangled that the next question could not be computed


@dataclass(frozen=True, slots=True)
class Objection:
    """`chain`: the items that it goes through, in order. A loop starts and ends with the same."""

    kind: Kind
    chain: tuple[str, ...] = ()


def to_adding(pairs: Iterable[Pair], item: str, needed: str) -> Objection | None:
    """What stands against "item needs needed" in a relation, if anything. The pairs are acyclic."""
    pairs = tuple(pairs)
    if item == needed:
        return Objection(Kind.ITSELF, (item,))
    if (item, needed) in pairs:
        return Objection(Kind.TWICE, (item, needed))
    if back := order.way(pairs, needed, item):
        return Objection(Kind.LOOP, (*back, needed))
    if chain := order.way(pairs, item, needed):
        return Objection(Kind.FOLLOWS, chain)
    return None
