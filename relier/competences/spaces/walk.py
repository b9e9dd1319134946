"""The walk along a narrow order: tables of weights, forward and back, and what is read in them.

A table has one row for each number of items held so far and one column for each state of the
items still waiting for a neighbour; bit b of a column's number says whether the b-th of them is
held. Meeting an item doubles the columns; an item whose neighbours are all met is summed out.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from .narrow import waiting_after

Table = NDArray[Any]
Factors = list[tuple[Table, Table]]

# Items open at once, at most. With sixty items, the widest table then holds two megabytes, and a
# reading some tens of them for some hundredths of a second. Banks that ship are at 4 and 7.
WIDEST: Final = 12
RESCALED: Final = 16


@dataclass(frozen=True, slots=True)
class Step:
    """Meeting one item.

    `without` and `held`: for each column before, how many prerequisites are broken between the
    item and those waiting, when it is not held and when it is. `leaving`: the places, highest
    first, of those that wait no more, the item itself being at the highest place.
    """

    item: int
    without: NDArray[np.int64]
    held: NDArray[np.int64]
    leaving: tuple[int, ...]

    def before(self, column: int) -> list[tuple[int, int]]:
        """(0 or 1 for the item, column before) of each way to come to a column after."""
        columns = [column]
        for place in reversed(self.leaving):
            low = (1 << place) - 1
            columns = [(c & ~low) << 1 | bit << place | c & low for c in columns for bit in (0, 1)]
        top = len(self.without).bit_length() - 1
        return sorted((c >> top, c & (1 << top) - 1) for c in columns)


def plan(order: Sequence[int], needed: Sequence[int], wanted: Sequence[int]) -> list[Step]:
    """The steps along an order. Bits: `needed[i]` is what i needs, `wanted[i]` what needs it."""
    steps, waiting, met = [], list[int](), 0
    for item in order:
        columns = np.arange(1 << len(waiting))
        without, held = np.zeros_like(columns), np.zeros_like(columns)
        for place, other in enumerate(waiting):
            holds = columns >> place & 1
            if wanted[item] >> other & 1:
                without += holds
            if needed[item] >> other & 1:
                held += 1 - holds
        met |= 1 << item
        waiting.append(item)
        done = [p for p, other in enumerate(waiting) if not (needed[other] | wanted[other]) & ~met]
        waiting = [other for place, other in enumerate(waiting) if place not in done]
        steps.append(Step(item, without, held, tuple(reversed(done))))
    return steps


def soft(steps: Sequence[Step], broken: float) -> Factors:
    """For each step, the factor of each column when the item is not held and when it is."""
    return [(broken**step.without, broken**step.held) for step in steps]


def forward(
    steps: Sequence[Step], factors: Factors, no: Table, yes: Table, *, scaled: bool = False
) -> list[Table]:
    """The tables before each step and after the last: n + 1 of them, of the type of `no`.

    `no[i]`, `yes[i]`: likelihood of what was said of item i when it is not held and when it is.
    The last table has one column: the weight of all the sets of 0, 1, ... n items. `scaled`
    divides a table now and then, so that hundreds of answers do not underflow.
    """
    tables = [np.ones((1, 1), dtype=no.dtype)]
    for step, (without, held) in zip(steps, factors, strict=True):
        table = tables[-1]
        rows, columns = table.shape
        if scaled and rows % RESCALED == 0:
            table /= table.max()
        wider = np.empty((rows + 1, 2, columns), dtype=table.dtype)
        wider[-1, 0], wider[0, 1] = 0, 0
        np.multiply(table, without * no[step.item], out=wider[:-1, 0])
        np.multiply(table, held * yes[step.item], out=wider[1:, 1])
        for place in step.leaving:
            split = wider.reshape(rows + 1, -1, 2, 1 << place)
            wider = split[:, :, 0] + split[:, :, 1]
        tables.append(wider.reshape(rows + 1, -1))
    return tables


def chances(
    steps: Sequence[Step], factors: Factors, no: Table, yes: Table, by_size: Table
) -> NDArray[np.float64]:
    """The chance of each item, shape (n,), when a set of k items weighs `by_size[k]` times more.

    Each table is used as a ratio, so the scale of the likelihoods and of `by_size` is free.
    """
    tables = forward(steps, factors, no, yes, scaled=True)
    back = by_size.reshape(-1, 1)
    found = np.empty(len(steps))
    for table, step, (without, held) in zip(
        reversed(tables[:-1]), reversed(steps), reversed(factors), strict=True
    ):
        rows = len(back)
        for place in reversed(step.leaving):
            split = back.reshape(rows, -1, 1, 1 << place)
            back = np.broadcast_to(split, (rows, split.shape[1], 2, 1 << place))
        both = back.reshape(rows, 2, -1)
        with_it = both[1:, 1] * (held * yes[step.item])
        back = both[:-1, 0] * (without * no[step.item])
        # Not np.vdot: BLAS may split it among threads: slow when busy, not always the same bits.
        holding, not_holding = float((table * with_it).sum()), float((table * back).sum())
        found[step.item] = holding / (holding + not_holding)
        back += with_it
        if rows % RESCALED == 0:
            back /= back.max()
    return found


def dearest(steps: Sequence[Step], worth: Sequence[float]) -> int:
    """The set that breaks no prerequisite and has the greatest sum of `worth`, as bits."""
    tables = [np.zeros(1)]
    for step in steps:
        table = tables[-1]
        gain = worth[step.item]
        wider = np.concatenate([
            np.where(step.without == 0, table, -np.inf),
            np.where(step.held == 0, table + gain, -np.inf),
        ])  # fmt: skip
        for place in step.leaving:
            split = wider.reshape(-1, 2, 1 << place)
            wider = np.maximum(split[:, 0], split[:, 1]).reshape(-1)
        tables.append(wider)

    def best(step: Step, table: Table, ways: list[tuple[int, int]]) -> int:
        worths = [
            table[c] + bit * worth[step.item] if (step.held if bit else step.without)[c] == 0
            else -np.inf
            for bit, c in ways
        ]  # fmt: skip
        return int(np.argmax(worths))

    return walk_back(steps, tables[:-1], best)


def drawn(
    steps: Sequence[Step],
    factors: Factors,
    tables: Sequence[Table],
    size: int,
    rng: np.random.Generator,
) -> int:
    """A set of `size` items, as bits, drawn with the chance that the tables of a walk give it."""
    left = size

    def by_weight(step: Step, table: Table, ways: list[tuple[int, int]]) -> int:
        nonlocal left
        pair = factors[len(table) - 1]
        weights = np.array([
            table[left - bit, c] * pair[bit][c] if 0 <= left - bit < len(table) else 0.0
            for bit, c in ways
        ])  # fmt: skip
        chosen = int(rng.choice(len(ways), p=weights / weights.sum()))
        left -= ways[chosen][0]
        return chosen

    return walk_back(steps, tables[:-1], by_weight)


def walk_back(
    steps: Sequence[Step],
    tables: Sequence[Table],
    choose: Callable[[Step, Table, list[tuple[int, int]]], int],
) -> int:
    """From the last column to the first, one way chosen at each step: the items held, as bits."""
    column, held = 0, 0
    for step, table in zip(reversed(steps), reversed(tables), strict=True):
        ways = step.before(column)
        bit, column = ways[choose(step, table, ways)]
        held |= bit << step.item
    return held


def width(near: Sequence[int], order: Sequence[int]) -> int:
    """The most items of which a table tells the state apart, the one just met included."""
    return 1 + max([0, *waiting_after(near, order)[:-1]]) if order else 0
