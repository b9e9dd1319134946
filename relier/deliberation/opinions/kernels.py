"""The loops over every vote, in NumPy and SciPy, or compiled when the extra `fast` is installed.

Both give the same bytes, with any number of threads: what is added up is whole numbers, whose sum
does not depend on the order; or doubles added one by one in an order that is fixed.

An opinion is agree or disagree. A cell is the number 2 j + 1 for "agrees with statement j" and 2 j
for "disagrees". Everything heavy is one of two gestures: add up, for each person, what a table
says of their cells; add up, for each cell, what is known of the people who hold it.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from types import ModuleType
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from . import steady
from .votes import Votes

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

# Logarithms are whole numbers of 1/65536 nat, shares of a person whole numbers of 1/16384.
NAT: Final = 1 << 16
WHOLE: Final = 1 << 14
EXP_SHIFT, EXP_ONE = 6, 1 << 30
LOG_SHIFT = 20
ROWS_AT_ONCE: Final = 1 << 16
# Under so many opinions, a second thread costs more than it brings.
WORTH_A_THREAD: Final = 2_000_000


@cache
def compiled() -> ModuleType | None:
    """The compiled loops, or None without the extra or when RELIER_OPINIONS_COMPILED is 0."""
    if os.environ.get("RELIER_OPINIONS_COMPILED") == "0":
        return None
    try:
        from . import kernels_compiled
    except ImportError:
        return None
    return kernels_compiled


def threads() -> int:
    """How many threads share long loops: RELIER_OPINIONS_THREADS, or what this process may use."""
    asked = os.environ.get("RELIER_OPINIONS_THREADS", "")
    if asked.isdecimal() and int(asked) > 0:
        return int(asked)
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # neither macOS nor Windows has it
        return os.cpu_count() or 1


@cache
def exp_table() -> Integers:
    """e^-x in 2^-30, x from 0 by 1/1024 nat; the last, nought, stands for all that is beyond."""
    steps = NAT >> EXP_SHIFT
    table = np.rint(steady.exp(-np.arange(21 * steps) / steps) * EXP_ONE).astype(np.int64)
    return np.append(table, 0)


@cache
def log_table() -> Integers:
    """The logarithm, in 1/65536 nat, of a sum of at most 16 such exponentials over 2^30."""
    steps = np.arange(1, (16 << (30 - LOG_SHIFT)) + 2, dtype=np.float64)
    return np.append(0, np.rint(steady.log(steps / (1 << (30 - LOG_SHIFT))) * NAT).astype(np.int64))


@dataclass(frozen=True)
class Opinions:
    """The cells of n people in compressed rows: `starts` (n + 1,), `cells` (opinions,) in 0 to
    2 S - 1, increasing in each row. `flipped` when agree and disagree were exchanged."""

    starts: Integers
    cells: NDArray[Any]
    statements: int
    flipped: bool = False

    @classmethod
    def of(cls, votes: Votes) -> Self:
        """The opinions of votes, without passes and unclear; rows stay where they are."""
        size = len(votes.statements)
        kind = np.uint16 if 2 * size <= 65536 else np.int32
        counts = np.zeros(len(votes), dtype=np.int64)
        kept = np.empty(len(votes.values), dtype=kind)
        filled = 0
        for low in range(0, len(votes), ROWS_AT_ONCE):
            bounds = votes.starts[low : low + ROWS_AT_ONCE + 1]
            values = votes.values[bounds[0] : bounds[-1]]
            opinion = (values & 1).astype(bool)
            before = np.append(0, np.cumsum(opinion))
            counts[low : low + ROWS_AT_ONCE] = np.diff(before[bounds - bounds[0]])
            cells = votes.columns[bounds[0] : bounds[-1]][opinion].astype(kind)
            cells = 2 * cells + (values[opinion] > 0)
            kept[filled : filled + len(cells)] = cells
            filled += len(cells)
        return cls(np.append(0, np.cumsum(counts)), kept[:filled], size)

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def row_of_each(self) -> Integers:
        """(opinions,) whose each is."""
        return np.repeat(np.arange(len(self), dtype=np.int64), np.diff(self.starts))

    def mirrored(self) -> Self:
        """Agree and disagree exchanged."""
        return type(self)(self.starts, self.cells ^ 1, self.statements, not self.flipped)

    def taken(self, rows: Integers) -> Self:
        """The same of some people, in the order given."""
        lengths = np.diff(self.starts)[rows]
        starts = np.append(0, np.cumsum(lengths))
        places = np.repeat(self.starts[rows] - starts[:-1], lengths) + np.arange(starts[-1])
        return type(self)(starts, self.cells[places], self.statements, self.flipped)

    def without(self, hidden: NDArray[np.bool_]) -> Self:
        """The same without some opinions. `hidden`: (opinions,)."""
        left = np.append(0, np.cumsum(~hidden))
        return type(self)(left[self.starts], self.cells[~hidden], self.statements, self.flipped)

    @cached_property
    def table(self) -> sparse.csr_array:
        """(n, 2 S), one where a person holds a cell: only for the way without the extra."""
        ones = np.ones(len(self.cells), dtype=np.int64)
        shape = (len(self), 2 * self.statements)
        return sparse.csr_array((ones, self.cells.astype(np.int32), self.starts), shape=shape)

    def pieces(self, wanted: int) -> list[tuple[int, int]]:
        """Ranges of rows with as many opinions each, at most `wanted` of them."""
        if len(self.cells) < WORTH_A_THREAD or wanted < 2:
            return [(0, len(self))]
        ideal = len(self.cells) * np.arange(1, wanted) // wanted
        cuts = [0, *np.searchsorted(self.starts, ideal).tolist(), len(self)]
        return list(pairwise(cuts))

    def blocks(self) -> list[Self]:
        """The same in parts of bounded size, for the way without the extra."""
        if len(self) <= ROWS_AT_ONCE:
            return [self]
        cuts = [*range(0, len(self), ROWS_AT_ONCE), len(self)]
        return [
            type(self)(
                self.starts[low : high + 1] - self.starts[low],
                self.cells[self.starts[low] : self.starts[high]],
                self.statements,
            )
            for low, high in pairwise(cuts)
        ]


def sums_of_people(opinions: Opinions, table: Integers) -> Integers:
    """What a table says of each person's cells, added up. `table`: (2 S, t); gives (n, t). Sums
    past 64 bits come round again, alike everywhere."""
    fast = compiled()
    if fast is None:
        return np.concatenate([block.table @ table for block in opinions.blocks()])
    found = np.empty((len(opinions), table.shape[1]), dtype=np.int64)
    each_piece(opinions, lambda a, b: fast.sums_of_people(*parts(opinions), table, found, a, b))
    return found


def sums_of_cells(opinions: Opinions, people: Integers) -> Integers:
    """What is known of the people who hold each cell, added up. `people`: (n, t); (2 S, t)."""
    fast = compiled()
    size = (2 * opinions.statements, people.shape[1])
    if fast is None:
        found, low = np.zeros(size, dtype=np.int64), 0
        for block in opinions.blocks():
            found += block.table.T @ people[low : low + len(block)]
            low += len(block)
        return found
    sums = each_piece(
        opinions, lambda a, b: fast.sums_of_cells(*parts(opinions), people, size[0], a, b)
    )
    return np.sum(sums, axis=0)


@dataclass(frozen=True)
class Pass:
    """One pass of EM: shares of people by cell (2 S, t) and by class (t,), in 1/16384 of a person;
    log-likelihood in 1/65536 nat."""

    cells: Integers
    sizes: Integers
    likelihood: int


def em_pass(opinions: Opinions, table: Integers, prior: Integers, weights: Integers) -> Pass:
    """Share everybody among t classes, and add the shares up.

    `table`: (2 S, t) logarithms of each cell in each class; `prior`: (t,) of the classes; both in
    1/65536 nat. `weights`: (n,) how many times each person counts.
    """
    fast = compiled()
    if fast is not None:
        return em_pass_compiled(fast, opinions, table, prior, weights)
    cells = np.zeros((2 * opinions.statements, len(prior)), dtype=np.int64)
    sizes, likelihood, low = np.zeros(len(prior), dtype=np.int64), 0, 0
    for block in opinions.blocks():
        some = weights[low : low + len(block)]
        shares, logs = shared(block.table @ table + prior)
        shares *= some[:, None]
        cells += block.table.T @ shares
        sizes += shares.sum(axis=0)
        likelihood += int((logs * some).sum())
        low += len(block)
    return Pass(cells, sizes, likelihood)


def em_pass_compiled(
    fast: ModuleType, opinions: Opinions, table: Integers, prior: Integers, weights: Integers
) -> Pass:
    """The same. Fewer than four classes are made four by classes too unlikely to have anybody."""
    classes = len(prior)
    loop = fast.em_pass if classes > 4 else fast.em_pass_of_four
    if classes < 4:
        table = np.pad(table, ((0, 0), (0, 4 - classes)))
        prior = np.pad(prior, (0, 4 - classes), constant_values=-(1 << 60))
    given = (table, prior, weights, exp_table(), log_table())
    done = each_piece(opinions, lambda a, b: loop(*parts(opinions), *given, a, b))
    cells, sizes, likelihoods = zip(*done, strict=True)
    return Pass(
        np.sum(cells, axis=0)[:, :classes], np.sum(sizes, axis=0)[:classes], int(sum(likelihoods))
    )


def posterior(opinions: Opinions, table: Integers, prior: Integers) -> Integers:
    """The share of each person in each class, (n, t), in 1/16384."""
    return shared(sums_of_people(opinions, table) + prior)[0]


def shared(scores: Integers) -> tuple[Integers, Integers]:
    """Shares (n, t) of scores (n, t), and the logarithm of what they add up to, (n,)."""
    top = scores.max(axis=1)
    exps = exp_table()
    weights = exps[np.minimum((top[:, None] - scores) >> EXP_SHIFT, len(exps) - 1)]
    total = weights.sum(axis=1)
    shares = (weights * (WHOLE / total)[:, None] + 0.5).astype(np.int64)
    return shares, top + log_table()[total >> LOG_SHIFT]


def logistic_sums(own: Integers, size: int, agree: Floats, logit: Floats, x: Floats) -> Floats:
    """Gradient and curvature of a logistic model in an intercept and a slope, for each of `size`
    owners: (5, size), the sums of r, r x, w, w x and w x x, where r = agree - p, w = p (1 - p).

    `own`, `agree` (1 or 0), `logit` and `x`: (opinions,), added in this order.
    """
    fast = compiled()
    if fast is not None:
        return fast.logistic_sums(own, size, agree, logit, x, steady.sigmoid_table())
    p = steady.sigmoid(logit)
    rest, width = agree - p, p * (1.0 - p)
    slope = width * x
    return np.stack(
        [np.bincount(own, part, size) for part in (rest, rest * x, width, slope, slope * x)]
    )


def co_votes(columns: Integers, lengths: Integers, x: Integers, size: int) -> Integers:
    """The sum, over people, of x_j x_k for each pair of statements j < k: (size, size), nought
    elsewhere. `columns`, `x`: (m, K), of which each person's first `lengths` (m,) count; columns
    increase in a row. |x| stays under 2^12 and m under 2^20: no sum of doubles is rounded."""
    fast = compiled()
    if fast is not None:
        return fast.co_votes(columns, lengths, x, size)
    dense = np.zeros((len(columns), size))
    inside = np.arange(columns.shape[1]) < lengths[:, None]
    dense[np.nonzero(inside)[0], columns[inside]] = x[inside]
    if len(columns) * size * size > 16 * int((lengths * lengths).sum()):
        thin = sparse.csr_array(dense)
        found = (thin.T @ thin).toarray()
    else:
        found = dense.T @ dense
    return np.triu(found, 1).astype(np.int64)


def parts(opinions: Opinions) -> tuple[Integers, NDArray[Any]]:
    return opinions.starts, opinions.cells


def each_piece(opinions: Opinions, gesture: Any) -> list[Any]:
    """A gesture on each range of rows, side by side when there is much to do."""
    pieces = opinions.pieces(threads())
    if len(pieces) == 1:
        return [gesture(*pieces[0])]
    with ThreadPoolExecutor(len(pieces)) as pool:
        return list(pool.map(lambda piece: gesture(*piece), pieces))
