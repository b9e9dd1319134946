"""An order of items along which few of those already met still wait for a neighbour.

Finding the narrowest is NP-hard (it is the path-width of the graph), and it is only needed once a
relation: a greedy walk from many starts, then items moved one by one while that helps. For our
banks, of about sixty items, it takes a fraction of a second and finds four and seven.

Sets of items are bits of an integer: bit i for item i.
"""

from collections.abc import Iterator, Sequence
from typing import Final

# How many greedy walks are tried in a part, and how many times over the best of them are improved:
# so many divided by its items, for both cost their square. Two hundred items take seconds.
WALKED: Final = 2400
SWEPT: Final = 1200
IMPROVED: Final = 3


def narrow_order(near: Sequence[int]) -> list[int]:
    """The items 0..n-1, connected part by connected part, in a narrow order.

    `near[i]` is the set of the neighbours of item i. The same graph always gives the same order.
    Wide parts come first: tables grow with the number of items already met.
    """
    found = [_order_of_part(near, part) for part in _parts(near)]
    found.sort(key=lambda order: -max(waiting_after(near, order)))
    return [item for order in found for item in order]


def waiting_after(near: Sequence[int], order: Sequence[int]) -> list[int]:
    """After each item of the order, how many of those met still have a neighbour to come."""
    met, waiting, found = 0, 0, []
    for item in order:
        met |= 1 << item
        waiting += _added(near, met, item)
        found.append(waiting)
    return found


def bits(mask: int) -> Iterator[int]:
    """The items of a set, in ascending order."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def _parts(near: Sequence[int]) -> list[int]:
    parts, seen = [], 0
    for item in range(len(near)):
        if seen >> item & 1:
            continue
        part, edge = 0, 1 << item
        while edge:
            part |= edge
            around = 0
            for reached in bits(edge):
                around |= near[reached]
            edge = around & ~part
        parts.append(part)
        seen |= part
    return parts


def _order_of_part(near: Sequence[int], part: int) -> list[int]:
    items = sorted(bits(part), key=lambda item: (near[item].bit_count(), item))
    walks = [_greedy(near, part, start) for start in items[: max(4, WALKED // len(items))]]
    walks.sort(key=lambda order: (_cost(near, order), order))
    better = [_sifted(near, order) for order in walks[:IMPROVED]]
    return min(better, key=lambda order: (_cost(near, order), order))


def _added(near: Sequence[int], met: int, item: int) -> int:
    """How many more wait for a neighbour in the set `met` than in `met` without `item`."""
    done = sum(1 for other in bits(near[item] & met) if not near[other] & ~met)
    return (1 if near[item] & ~met else 0) - done


def _cost(near: Sequence[int], order: Sequence[int]) -> int:
    """The numbers held in all the tables of a walk, to a factor: counts times states."""
    return sum((at + 2) << waiting for at, waiting in enumerate(waiting_after(near, order)))


def _greedy(near: Sequence[int], part: int, start: int) -> list[int]:
    """From `start`, always the item that leaves the fewest waiting, then the one most awaited."""
    order, met, front = [start], 1 << start, 1 << start if near[start] else 0
    left = part & ~met
    while left:
        best: tuple[tuple[int, int, int], int] | None = None
        for item in bits(left):
            now = met | 1 << item
            after = front | 1 << item
            for other in bits((near[item] | 1 << item) & after):
                if not near[other] & ~now:
                    after ^= 1 << other
            key = (after.bit_count(), -(near[item] & front).bit_count(), item)
            if best is None or key < best[0]:
                best = key, after
        (_, _, chosen), front = best or ((0, 0, 0), 0)
        order.append(chosen)
        met |= 1 << chosen
        left &= ~(1 << chosen)
    return order


def _sifted(near: Sequence[int], order: list[int]) -> list[int]:
    """Each item in turn moved to where the cost is least, until none gains by moving."""
    for _ in range(max(4, SWEPT // len(order))):
        before = order
        for item in before:
            order = _best_moved(near, order, item)
        if order == before:
            break
    return order


def _best_moved(near: Sequence[int], order: list[int], item: int) -> list[int]:
    """The order with one item where the cost is least; only a gain moves it.

    Passing one neighbour in the order changes one prefix only, so each place costs one look.
    """
    place, waiting = order.index(item), waiting_after(near, order)
    best, most = place, 0
    met = _union(order[: place + 1])
    gain = 0
    for at in range(place, len(order) - 1):
        # The next one goes before: the prefix up to here holds it instead of the item.
        met |= 1 << order[at + 1]
        gain += (at + 2) << waiting[at]
        gain -= (at + 2) << waiting[at + 1] - _added(near, met, item)
        if gain > most:
            best, most = at + 1, gain
    met, gain = _union(order[:place]), 0
    for at in range(place - 1, -1, -1):
        # The one before goes after: the prefix up to here holds the item instead of it.
        met &= ~(1 << order[at])
        shorter = waiting[at - 1] if at else 0
        gain += (at + 2) << waiting[at]
        gain -= (at + 2) << shorter + _added(near, met | 1 << item, item)
        if gain > most:
            best, most = at, gain
    if not most:
        return order
    rest = [other for other in order if other != item]
    return [*rest[:best], item, *rest[best:]]


def _union(items: Sequence[int]) -> int:
    return sum(1 << item for item in items)
