"""An order of items along which few of those already met still wait for a neighbour.

Finding the narrowest is NP-hard (it is the path-width of the graph), and it is only needed once a
relation: a greedy walk from many starts, then items moved one by one while that helps. For our
banks, of about sixty items, it takes a fraction of a second and finds seven to nine.

Sets of items are bits of an integer: bit i for item i.
"""

from collections.abc import Callable, Iterator, Sequence

# Greedy walks tried in a part, and how many of the best are then improved.
STARTS = 40
IMPROVED = 3


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
    met, found = 0, []
    for item in order:
        met |= 1 << item
        found.append(_waiting(near, met))
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
    walks = [_greedy(near, part, start) for start in items[:STARTS]]
    walks.sort(key=lambda order: (_cost(near, order), order))
    better = [_sifted(near, order) for order in walks[:IMPROVED]]
    return min(better, key=lambda order: (_cost(near, order), order))


def _waiting(near: Sequence[int], met: int) -> int:
    return sum(1 for item in bits(met) if near[item] & ~met)


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
    memory: dict[int, int] = {}

    def cost(at: int, met: int) -> int:
        if met not in memory:
            memory[met] = _waiting(near, met)
        return (at + 2) << memory[met]

    moving = True
    while moving:
        moving = False
        for item in list(order):
            place, gain = _best_place(order, item, cost)
            if gain > 0:
                order = [other for other in order if other != item]
                order.insert(place, item)
                moving = True
    return order


def _best_place(
    order: Sequence[int], item: int, cost: Callable[[int, int], int]
) -> tuple[int, int]:
    """Where to move an item, and what is gained: a swap of neighbours changes one prefix only."""
    place = order.index(item)
    before = [0]
    for other in order:
        before.append(before[-1] | 1 << other)
    best, most = place, 0
    gain = 0
    for at in range(place, len(order) - 1):
        gain += cost(at, before[at + 1]) - cost(at, before[at + 2] & ~(1 << item))
        if gain > most:
            best, most = at + 1, gain
    gain = 0
    for at in range(place - 1, -1, -1):
        gain += cost(at, before[at + 1]) - cost(at, before[at] | 1 << item)
        if gain > most:
            best, most = at, gain
    return best, most
