"""A space: items, what each needs, and the sets of items that break no need."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from .. import order as relation
from . import walk
from .narrow import bits, narrow_order

# How often a prerequisite is thought absent for a given person. Practitioners' relations are
# opinions; `benchmarks/positioning.py` shows what another doubt would change.
BROKEN: Final = 0.05
# What `Space.sets` agrees to list.
LISTED: Final = 1 << 17


class Tangled(ValueError):  # noqa: N818 — said as a person would
    """Needs that run in a circle: nobody could hold any of them first. `loop` starts and ends
    with the same item, each needing the next."""

    def __init__(self, loop: Sequence[str]) -> None:
        super().__init__(f"These items need each other in a circle: {' -> '.join(loop)}.")
        self.loop = tuple(loop)


class TooWide(ValueError):  # noqa: N818 — the same
    """A relation so entangled that an exact reading would be slow and large."""

    def __init__(self, width: int) -> None:
        super().__init__(
            f"The relation holds {width} items open at once; {walk.WIDEST} are the most that can "
            "be read. Take away the prerequisites that matter least."
        )
        self.width = width


class Space:
    """The sets of items that a person may hold. Made by `Space.of`; never changes.

    items: in the order given, which breaks every tie.
    needs: the covering pairs (item, needed): those that do not follow from others.
    broken: chance that a prerequisite is absent for a person; 0 is the strict space.
    order: the narrow order the items are walked in; width: items open at once, at most.

    Sets, fringes, counts and density are those of the relation, whatever `broken`: a set is
    feasible when it breaks no need. `broken` bears on reading answers, and on `draw`.
    """

    def __init__(
        self,
        items: tuple[str, ...],
        needs: tuple[tuple[str, str], ...],
        broken: float,
        order: Sequence[str] | None,
    ) -> None:
        self.items, self.needs, self.broken = items, needs, broken
        self._at = {item: at for at, item in enumerate(items)}
        self._needed, self._wanted = [0] * len(items), [0] * len(items)
        for item, needed in needs:
            self._needed[self._at[item]] |= 1 << self._at[needed]
            self._wanted[self._at[needed]] |= 1 << self._at[item]
        near = [n | w for n, w in zip(self._needed, self._wanted, strict=True)]
        along = narrow_order(near) if order is None else [self._at[item] for item in order]
        self.order = tuple(items[at] for at in along)
        self.width = walk.width(near, along)
        if self.width > walk.WIDEST:
            raise TooWide(self.width)
        self._steps = walk.plan(along, self._needed, self._wanted)
        self._factors = walk.soft(self._steps, broken)

    @classmethod
    def of(
        cls,
        items: Iterable[str],
        needs: Iterable[tuple[str, str]],
        *,
        broken: float = BROKEN,
        order: Sequence[str] | None = None,
    ) -> Self:
        """The space of a relation: pairs (item, item that it needs), in any order.

        `broken` is from 0 (strict) to below 1. `order`, a permutation of the items known to be
        narrow (that of a space with the same needs or more), spares looking for one, which takes
        a fraction of a second for sixty items. Needs that follow from others change nothing.

        Raises Tangled on a circle, TooWide beyond `WIDEST` items open at once, and ValueError on
        an item given twice, a need about an item that is not there, or another `broken`.
        """
        items, pairs = tuple(items), tuple(needs)
        known = set(items)
        if len(known) != len(items):
            raise ValueError("An item is given twice.")
        if strangers := {item for pair in pairs for item in pair} - known:
            raise ValueError(f"These needs are about items not given: {sorted(strangers)}.")
        if not 0 <= broken < 1:
            raise ValueError(f"`broken` is a chance below 1, not {broken}.")
        if order is not None and sorted(order) != sorted(items):
            raise ValueError("The order is not an order of these items.")
        direct = relation.direct(pairs)
        for item in items:
            if item in relation.all_needed(direct, item):
                raise Tangled(relation.way(pairs, item, item))
        return cls(items, tuple(sorted(relation.essential(pairs))), broken, order)

    # --- sets -------------------------------------------------------------------------------

    def is_feasible(self, held: Collection[str]) -> bool:
        """Whether the set breaks no need. Raises ValueError on an item that is not here."""
        mask = self._mask(held)
        return all(not self._needed[at] & ~mask for at in bits(mask))

    def inner_fringe(self, held: Collection[str]) -> frozenset[str]:
        """The items of a set that nothing else in it needs: what was perhaps learnt last."""
        mask = self._mask(held)
        return self._named(at for at in bits(mask) if not self._wanted[at] & mask)

    def outer_fringe(self, held: Collection[str]) -> frozenset[str]:
        """The items not in a set of which all the needs are: what may be learnt next."""
        mask = self._mask(held)
        rest = ((1 << len(self.items)) - 1) & ~mask
        return self._named(at for at in bits(rest) if not self._needed[at] & ~mask)

    def sets(self) -> Iterator[frozenset[str]]:
        """Every feasible set, the small ones first. Raises ValueError beyond 131 072 of them."""
        if sum(self.count_by_size()) > LISTED:
            raise ValueError("This space is too large for its sets to be listed.")
        layer = {0}
        while layer:
            for mask in sorted(layer):
                yield self._named(bits(mask))
            layer = {
                mask | 1 << at
                for mask in layer
                for at in range(len(self.items))
                if not mask >> at & 1 and not self._needed[at] & ~mask
            }

    def count_by_size(self) -> tuple[int, ...]:
        """How many feasible sets hold 0, 1, ... n items, exactly."""
        return self._counts

    @property
    def density(self) -> float:
        """The share of the pairs of items that the relation orders, from 0 (none needs another)
        to 1 (a chain). 0 with fewer than two items."""
        direct = relation.direct(self.needs)
        ordered = sum(len(relation.all_needed(direct, item)) for item in self.items)
        return ordered / max(1, len(self.items) * (len(self.items) - 1) // 2)

    def draw(self, rng: np.random.Generator, by_size: Sequence[float]) -> frozenset[str]:
        """A set drawn exactly: its size k with chance proportional to `by_size[k]`, then one of
        the sets of that size by its weight (uniformly when `broken` is 0). For simulations."""
        share = np.array([float(weight) for weight in by_size])
        size = int(rng.choice(len(share), p=share / share.sum()))
        mask = walk.drawn(self._steps, self._factors, self._prior_tables, size, rng)
        return self._named(bits(mask))

    # --- what `reading` asks ------------------------------------------------------------------

    def chances(self, no: NDArray[np.float64], yes: NDArray[np.float64]) -> NDArray[np.float64]:
        """The chance that each item is held, shape (n,), in the order of `items`.

        no, yes: shape (n,), likelihood of what was said of each item when it is not held and when
        it is, 1 when nothing was said. Their scale, item by item, changes nothing.
        """
        return walk.chances(self._steps, self._factors, no, yes, self._by_size)

    def closest(self, chances: NDArray[np.float64]) -> frozenset[str]:
        """The feasible set from which the fewest items are expected to differ, given chances.

        Without doubt on the needs, it is the set of the items likelier held than not: an item is
        never likelier than what it needs, so that set is feasible by itself.
        """
        likelier = sum(1 << at for at, chance in enumerate(chances) if chance > 0.5)
        if all(not self._needed[at] & ~likelier for at in bits(likelier)):
            return self._named(bits(likelier))
        return self._named(bits(walk.dearest(self._steps, (chances - 0.5).tolist())))

    # --- kept ---------------------------------------------------------------------------------

    @cached_property
    def _prior_tables(self) -> list[walk.Table]:
        ones = np.ones(len(self.items))
        return walk.forward(self._steps, self._factors, ones, ones)

    @cached_property
    def _by_size(self) -> NDArray[np.float64]:
        weights: NDArray[np.float64] = self._prior_tables[-1].reshape(-1)
        return 1.0 / weights

    @cached_property
    def _counts(self) -> tuple[int, ...]:
        # 64 bits hold the count of all the subsets of 62 items; beyond, Python's own integers.
        kind = np.int64 if len(self.items) <= 62 else object
        ones = np.ones(len(self.items), dtype=kind)
        strict = [
            ((step.without == 0).astype(kind), (step.held == 0).astype(kind))
            for step in self._steps
        ]
        last = walk.forward(self._steps, strict, ones, ones)[-1]
        return tuple(int(count) for count in last.reshape(-1))

    def _mask(self, held: Collection[str]) -> int:
        if strangers := set(held) - self._at.keys():
            raise ValueError(f"These items are not in this space: {sorted(strangers)}.")
        return sum(1 << self._at[item] for item in set(held))

    def _named(self, places: Iterable[int]) -> frozenset[str]:
        return frozenset(self.items[at] for at in places)

    def __repr__(self) -> str:
        return f"<Space of {len(self.items)} items, {len(self.needs)} needs, width {self.width}>"
