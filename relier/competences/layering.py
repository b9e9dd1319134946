"""Where the boxes of a picture stand: in which column, in which order, at which height.

The steps of a layered drawing (Sugiyama, Tagawa & Toda, "Methods for visual understanding of
hierarchical system structures", IEEE Trans. SMC 11, 1981): columns by longest path, then
shortened; an arrow over several columns takes a place in each; orders by medians and swaps, as in
`dot` (Gansner, Koutsofios, North & Vo, IEEE Trans. Softw. Eng. 19, 1993); heights by least squares
under distances to keep, which pooling adjacent violators solves exactly. Started from several
orders, always the same ones: the same relation gives the same picture.

Plain Python. `drawing.py` turns this into lines and words.
"""

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final

from . import order
from .order import Pair

APART: Final = 14  # between two boxes of a column, in pixels
THREAD: Final = 6  # half of what is kept free around an arrow that passes
SWEEPS: Final = 16
STARTS: Final = 24
SETTLING: Final = 80
# How strongly an arrow wants to be straight: between boxes, next to one, while it passes.
STRAIGHT: Final = (1, 3, 9)


@dataclass(eq=False, slots=True)
class Cell:
    """A box, or the place that an arrow takes in a column it passes (`id` is then "")."""

    id: str
    height: float
    before: "list[Cell]" = field(default_factory=list)
    after: "list[Cell]" = field(default_factory=list)
    place: int = 0
    y: float = 0  # of its middle


Columns = list[list[Cell]]


def arranged(
    heights: Mapping[str, float], pairs: Sequence[Pair], *, guests: Collection[str] = ()
) -> tuple[Columns, int]:
    """The cells of each column, from left to right and from top to bottom, and how many arrows
    still cross. `heights`: id -> height of its box; `pairs` (item, needed): acyclic, and none
    follows from others. Guests need nothing, and stand alone in the first column."""
    columns = _with_threads(_columns_of(list(heights), pairs, guests), heights, pairs)
    crossings = _untangle(columns)
    _spread(columns)
    return columns, crossings


# --- columns ---------------------------------------------------------------------------------


def _columns_of(
    ids: Sequence[str], pairs: Sequence[Pair], guests: Collection[str]
) -> dict[str, int]:
    """Id -> column, so that every arrow goes to the right: as far left as can be, then moved
    towards what uses it wherever that shortens more arrows than it lengthens."""
    needs = order.direct(pairs)
    uses = order.direct((needed, item) for item, needed in pairs)
    first = 1 if any(one in guests for one in ids) else 0
    columns: dict[str, int] = {}

    def column(one: str) -> int:
        if one not in columns:
            start = 0 if one in guests else first
            columns[one] = max([start, *(column(other) + 1 for other in needs.get(one, ()))])
        return columns[one]

    for one in ids:
        column(one)
    moved = True
    while moved:
        moved = False
        for one in ids:
            if one in guests or len(uses.get(one, ())) <= len(needs.get(one, ())):
                continue
            closest = min(columns[other] for other in uses[one]) - 1
            moved = moved or closest > columns[one]
            columns[one] = closest
    return columns


def _with_threads(
    columns: Mapping[str, int], heights: Mapping[str, float], pairs: Sequence[Pair]
) -> Columns:
    """The cells of each column, with a place for each arrow that passes through it."""
    drawn: Columns = [[] for _ in range(max(columns.values(), default=-1) + 1)]
    cells = {}
    for one, column in columns.items():
        cells[one] = Cell(one, heights[one])
        drawn[column].append(cells[one])
    for item, needed in pairs:
        last = cells[needed]
        for column in range(columns[needed] + 1, columns[item]):
            thread = Cell("", 2 * THREAD)
            drawn[column].append(thread)
            _join(last, thread)
            last = thread
        _join(last, cells[item])
    return drawn


def _join(left: Cell, right: Cell) -> None:
    left.after.append(right)
    right.before.append(left)


# --- orders ----------------------------------------------------------------------------------


def _untangle(columns: Columns) -> int:
    """Order each column so that few arrows cross; how many still do."""
    best: tuple[int, Columns] | None = None
    for start in range(STARTS):
        tried = _another_order(columns, start)
        for sweep in range(SWEEPS):
            _by_medians(tried, rightwards=sweep % 2 == 0)
            _swap_neighbours(tried)
            count = _crossings(tried)
            if best is None or count < best[0]:
                best = count, [list(column) for column in tried]
            if not count:
                break
        if not best or not best[0]:
            break
    count, found = best or (0, [])
    columns[:] = found
    _number(columns)
    return count


def _another_order(columns: Columns, start: int) -> Columns:
    """The columns as given, then turned over, then shuffled, always in the same way."""
    orders = [column[::-1] if start == 1 else list(column) for column in columns]
    if start > 1:
        shuffler = Random(start)  # noqa: S311 — nothing here is a secret
        for column in orders:
            shuffler.shuffle(column)
    _number(orders)
    return orders


def _number(columns: Columns) -> None:
    for column in columns:
        for place, cell in enumerate(column):
            cell.place = place


def _by_medians(columns: Columns, *, rightwards: bool) -> None:
    for column in columns if rightwards else columns[::-1]:

        def middle(cell: Cell) -> float:
            others = sorted(one.place for one in (cell.before if rightwards else cell.after))
            if not others:
                return cell.place
            half = len(others) // 2
            return others[half] if len(others) % 2 else (others[half - 1] + others[half]) / 2

        column.sort(key=middle)
        for place, cell in enumerate(column):
            cell.place = place


def _swap_neighbours(columns: Columns) -> None:
    """Exchange two neighbours as long as that undoes more crossings than it makes."""
    better = True
    while better:
        better = False
        for column in columns:
            for place in range(len(column) - 1):
                upper, lower = column[place : place + 2]
                if _crossed(lower, upper) < _crossed(upper, lower):
                    column[place : place + 2] = [lower, upper]
                    lower.place, upper.place = place, place + 1
                    better = True


def _crossed(upper: Cell, lower: Cell) -> int:
    """How often the arrows of two cells cross when the one stands above the other."""
    return sum(
        one.place > other.place
        for ours, theirs in ((upper.before, lower.before), (upper.after, lower.after))
        for one in ours
        for other in theirs
    )


def _crossings(columns: Columns) -> int:
    count = 0
    for column in columns:
        passed: list[int] = []
        for cell in column:
            for place in sorted(other.place for other in cell.after):
                count += len(passed) - bisect_right(passed, place)
                passed.insert(bisect_right(passed, place), place)
    return count


# --- heights ---------------------------------------------------------------------------------


def _spread(columns: Columns) -> None:
    """Give each cell its height on the page, its arrows as straight as the boxes let them be."""
    for column in columns:
        _keep_apart(column, [0.0] * len(column), [1.0] * len(column))
    for sweep in range(SETTLING):
        both = sweep >= SETTLING // 4
        for column in columns if sweep % 2 == 0 else columns[::-1]:
            pulls = [_pull(cell, both or sweep % 2 == 0, both or sweep % 2) for cell in column]
            _keep_apart(column, [at for at, _ in pulls], [force for _, force in pulls])


def _pull(cell: Cell, left: object, right: object) -> tuple[float, float]:
    """Where its arrows draw a cell, and how strongly."""
    others = (cell.before if left else []) + (cell.after if right else [])
    forces = [STRAIGHT[(not cell.id) + (not other.id)] for other in others]
    if not others:
        return cell.y, 0.1
    total = sum(forces)
    return sum(f * o.y for f, o in zip(forces, others, strict=True)) / total, total


def _keep_apart(column: list[Cell], wanted: Sequence[float], forces: Sequence[float]) -> None:
    """The heights nearest to those wanted (least squares), in this order and without overlap."""
    offsets, offset = [], 0.0
    for number, cell in enumerate(column):
        if number:
            offset += (column[number - 1].height + cell.height) / 2 + _gap(column[number - 1], cell)
        offsets.append(offset)
    blocks: list[tuple[float, float, int]] = []  # mean, force, how many
    for want, force, offset in zip(wanted, forces, offsets, strict=True):
        block = (want - offset, force, 1)
        while blocks and blocks[-1][0] > block[0]:
            mean, other, many = blocks.pop()
            both = other + block[1]
            block = ((mean * other + block[0] * block[1]) / both, both, many + block[2])
        blocks.append(block)
    means = (mean for mean, _, many in blocks for _ in range(many))
    for cell, mean, offset in zip(column, means, offsets, strict=True):
        cell.y = mean + offset


def _gap(upper: Cell, lower: Cell) -> float:
    return APART if upper.id or lower.id else 0
