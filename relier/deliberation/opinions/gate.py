"""The gate: is there disagreement that follows a pattern? Asked before any group is looked for.

Some people agree more easily than others, and some statements please more than others. That alone
makes no groups. So we ask whether people who think alike do so *beyond* that. The likeness of two
people is the sum over statements of the product of their residuals (what they answered, less what
is expected from how agreeable each is and how much each statement pleases). T is the sum, over all
threes of people, of the product of their three likenesses: it grows when those who are like the
same person are like one another. (Sums of squares over pairs, the largest axis and residuals
scaled to one variance were compared with it: none finds more camps of a dozen people.)

The null is every table with the same total for each person and each statement, on the same cells
answered: given those totals, no parameter of the Rasch model is left (Rasch 1960; Ponocny 2001).
Tables are drawn by exchanging 2 x 2 checkerboards. We walk R rounds back from the table to a hub,
then R rounds forward from the hub with each chain: the table and the chains are exchangeable, so
that p is exact whatever R (Besag & Clifford 1989, "Generalized Monte Carlo significance tests",
parallel method). A round joins people two by two and statements two by two, at random, and looks at
every 2 x 2 block at once. All the chains share those pairings; given the pairings each round is
reversible, and the way back takes them in the reverse order, so that exactness holds.

Sixty-four chains share one machine word: a table is (n, S, words) bits.
"""

import hashlib
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

LEVEL: Final = 0.05
# A pattern must not be the doing of a few: one person in so many.
ONE_IN: Final = 7
RIDGE: Final = 0.05
# Residuals are counted in units of at least 1/64: T is a whole number, and a tie a tie anywhere.
FINEST: Final = 64
HALF: Final = 22  # bits of the lower part, when a number is cut in two so that nothing overflows
ROUNDS: Final = 300
CHAINS: Final = 999
FEW_CHAINS: Final = 199
# Cells beyond which fewer chains are drawn.
LARGE: Final = 12_000

Words = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Gate:
    """`p`: the share of tables at least as patterned as this one; `chains`: how many were drawn;
    `beaten`: how many of them were at least as patterned."""

    p: float
    chains: int
    beaten: int

    @property
    def is_open(self) -> bool:
        return self.p <= LEVEL


def random(seed: str, purpose: str) -> np.random.Generator:
    """A counter-based generator (Philox) that depends on nothing but two texts."""
    told = hashlib.sha256(f"{purpose}\n{seed}".encode()).digest()
    return np.random.Generator(np.random.Philox(key=int.from_bytes(told[:16], "little")))


def gate(opinions: NDArray[np.int8], seed: str) -> Gate:
    """Whether there is patterned disagreement. `opinions`: (n, S) 1 agree, -1 disagree, 0 neither.

    `seed`: the digest of the votes. p is 1 where nothing can be exchanged.
    """
    table = _informative(opinions)
    if min(table.shape) < 2:
        return Gate(1.0, 0, 0)
    chains = CHAINS if table.size <= LARGE else FEW_CHAINS
    unit = _unit(table.size)
    expected = np.rint(unit * rasch(table)).astype(np.int64)
    observed = _patterns(table[None], expected, unit)[0]
    drawn = _drawn(table, chains, random(seed, "gate"))
    beaten = 0
    step = max(1, 400_000 // table.size)
    for low in range(0, chains, step):
        some = _unpacked(drawn, table, low, min(low + step, chains))
        beaten += sum(one >= observed for one in _patterns(some, expected, unit))
    return Gate((1 + beaten) / (1 + chains), chains, beaten)


def alike(opinions: NDArray[np.int8]) -> NDArray[np.bool_]:
    """(n,) the seventh of the people who answer most alike, beyond what is expected: someone and
    those nearest to them, with the greatest sum of likenesses. Nobody under two."""
    few = len(opinions) // ONE_IN
    chosen = np.zeros(len(opinions), dtype=bool)
    if few < 2:
        return chosen
    expected = np.rint(FINEST * rasch(opinions))
    residuals = np.where(opinions != 0, FINEST * opinions.astype(float) - expected, 0)
    likeness = residuals @ residuals.T  # whole numbers: exact
    np.fill_diagonal(likeness, np.inf)
    nearest = np.argsort(-likeness, axis=1, kind="stable")[:, :few]
    np.fill_diagonal(likeness, 0)
    sums = [likeness[np.ix_(some, some)].sum() for some in nearest]
    chosen[nearest[int(np.argmax(sums))]] = True
    return chosen


def _informative(opinions: NDArray[np.int8]) -> NDArray[np.int8]:
    """Without the people and statements that can never move: fewer than two opinions."""
    table = opinions
    while True:
        rows = (table != 0).sum(axis=1) > 1
        columns = (table != 0).sum(axis=0) > 1
        if rows.all() and columns.all():
            return table
        table = table[rows][:, columns]


def rasch(table: NDArray[np.int8], turns: int = 60) -> NDArray[np.float64]:
    """(n, S) the answer expected from how agreeable each person is and how much each statement
    pleases: tanh((person + statement) / 2), by Newton steps on one side, then the other. A light
    ridge keeps it finite. It depends only on the totals and on which cells hold an opinion."""
    seen = (table != 0).astype(float)
    person, statement = np.zeros(len(table)), np.zeros(table.shape[1])
    by_person, by_statement = table.sum(axis=1), table.sum(axis=0)
    expected = np.zeros(table.shape)
    for _turn in range(turns):
        slope = seen * (1 - expected * expected)
        gain = by_person - (seen * expected).sum(axis=1) - RIDGE * person
        person += np.clip(2 * gain / (slope.sum(axis=1) + 2 * RIDGE), -1, 1)
        expected = np.tanh((person[:, None] + statement) / 2)
        slope = seen * (1 - expected * expected)
        gain = by_statement - (seen * expected).sum(axis=0) - RIDGE * statement
        statement += np.clip(2 * gain / (slope.sum(axis=0) + 2 * RIDGE), -1, 1)
        expected = np.tanh((person[:, None] + statement) / 2)
    return expected


def _unit(cells: int) -> int:
    """In how many parts a residual is counted: the finest for which nothing below overflows.

    With cells * (2 * unit)**2 < 2**28, products of likenesses stay under 2**53 (exact in floats)
    and sums under 2**62.
    """
    unit = FINEST
    while unit > 1 and cells * (2 * unit) ** 2 >= 2**28:
        unit //= 2
    return unit


def _patterns(tables: NDArray[np.int8], expected: NDArray[np.int64], unit: int) -> list[int]:
    """T of each of (tables, n, S), in units of unit**-6: whole numbers, of any length."""
    whole = np.where(tables != 0, unit * tables.astype(np.int64) - expected, 0)
    residuals = whole.astype(float)
    # Whole numbers under 2**53: exact, whatever the order in which they are added.
    likeness = residuals @ residuals.transpose(0, 2, 1)
    people = np.arange(tables.shape[1])
    likeness[:, people, people] = 0
    through = (likeness @ likeness).astype(np.int64)
    alike = likeness.astype(np.int64)
    high = ((through >> HALF) * alike).sum(axis=(1, 2)).tolist()
    low = ((through & (2**HALF - 1)) * alike).sum(axis=(1, 2)).tolist()
    return [(one << HALF) + other for one, other in zip(high, low, strict=True)]


def _drawn(table: NDArray[np.int8], chains: int, source: np.random.Generator) -> Words:
    """(n, S, words) `chains` tables with the totals of this one, each a bit."""
    people, statements = table.shape
    words = -(-chains // 64)
    seen = table != 0
    pairings = [(_pairs(people, source), _pairs(statements, source)) for _ in range(ROUNDS)]
    hub = (table > 0).astype(np.uint64)[:, :, None]
    for pairing in reversed(pairings):
        _exchange(hub, seen, pairing, source)
    drawn = np.where(hub > 0, np.uint64(2**64 - 1), np.uint64(0)).repeat(words, axis=2)
    for pairing in pairings:
        _exchange(drawn, seen, pairing, source)
    return drawn


def _pairs(count: int, source: np.random.Generator) -> NDArray[np.int64]:
    """(2, count // 2) everyone (but one, when odd) joined to someone, at random."""
    return source.permutation(count)[: count // 2 * 2].reshape(2, -1)


def _exchange(
    bits: Words,
    seen: NDArray[np.bool_],
    pairing: tuple[NDArray[np.int64], NDArray[np.int64]],
    source: np.random.Generator,
) -> None:
    """Exchange, in place, half of the checkerboards among the blocks of a pairing."""
    (up, down), (left, right) = pairing
    whole = seen[np.ix_(up, left)] & seen[np.ix_(up, right)]
    whole &= seen[np.ix_(down, left)] & seen[np.ix_(down, right)]
    row, column = np.nonzero(whole)
    corners = [(up[row], left[column]), (up[row], right[column])]
    corners += [(down[row], left[column]), (down[row], right[column])]
    first, second, third, fourth = (bits[corner] for corner in corners)
    coins = source.integers(0, 2**64 - 1, size=first.shape, dtype=np.uint64, endpoint=True)
    turned = (first ^ second) & (first ^ third) & ~(first ^ fourth) & coins
    for corner, was in zip(corners, (first, second, third, fourth), strict=True):
        bits[corner] = was ^ turned


def _unpacked(drawn: Words, table: NDArray[np.int8], low: int, high: int) -> NDArray[np.int8]:
    """(high - low, n, S) the chains from `low` to `high`, as opinions."""
    chains = np.arange(low, high)
    bits = (drawn[:, :, chains // 64] >> (chains % 64).astype(np.uint64)) & np.uint64(1)
    signs = np.where(table != 0, 1, 0).astype(np.int8)[:, :, None]
    return np.ascontiguousarray(((2 * bits.astype(np.int8) - 1) * signs).transpose(2, 0, 1))
