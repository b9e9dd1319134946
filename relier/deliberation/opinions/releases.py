"""What may be shown, and when: nobody's answer is to be read in a figure, nor in two figures.

Cells. A group's figures on a statement are shown only if every group gave at least FEWEST opinions
on it, or none: hiding one alone would hide nothing, since it is the total less the others. When a
group of fewer than TEN is unanimous, a figure would say what each member answered: all the groups
are then told in words on that statement, each of which stands for at least two figures that agree
with the total; if they did not, nothing is shown.

Moments. Figures move only when at least FEWEST people answered or changed their answers since the
last time, or when the vote is closed: otherwise the difference of two pages is somebody's answer.
"""

from collections import Counter
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from .votes import Votes

FEWEST: Final = 5
TEN: Final = 10
WORDS: Final = ("hardly_any", "few", "divided", "most", "nearly_all")

Shown = Literal["exact", "words", "hidden"]


def word(agree: int, opinions: int) -> str:
    """The word for a share: up to 20 %, 40 %, under 60 %, under 80 %, from 80 %."""
    fifths = 5 * agree
    if fifths <= opinions:
        return WORDS[0]
    if fifths >= 4 * opinions:
        return WORDS[4]
    if fifths <= 2 * opinions:
        return WORDS[1]
    return WORDS[3] if fifths >= 3 * opinions else WORDS[2]


def shown(counts: NDArray[np.int64]) -> Shown:
    """How the groups' figures on one statement may be told. `counts`: (groups, 2) who agree and
    disagree in each group."""
    opinions = counts.sum(axis=1)
    if ((opinions > 0) & (opinions < FEWEST)).any():
        return "hidden"
    unanimous = (counts == 0).any(axis=1) & (opinions > 0) & (opinions < TEN)
    if not unanimous.any():
        return "exact"
    return "words" if _is_ambiguous(counts) else "hidden"


def _is_ambiguous(counts: NDArray[np.int64]) -> bool:
    """Whether, knowing the words and the total, no small unanimous group is known to be so."""
    opinions, total = counts.sum(axis=1), int(counts[:, 0].sum())
    low, high = np.array(
        [_bounds(int(a), int(n)) for a, n in zip(counts[:, 0], opinions, strict=True)]
    ).T
    for group, ((agree, disagree), size) in enumerate(zip(counts, opinions, strict=True)):
        if size == 0 or size >= TEN or (agree and disagree):
            continue
        # Could one member have answered otherwise, the others making up for it?
        other = int(agree) + (-1 if disagree == 0 else 1)
        rest = total - other
        others = np.arange(len(counts)) != group
        if not low[group] <= other <= high[group]:
            return False
        if not low[others].sum() <= rest <= high[others].sum():
            return False
    return True


def _bounds(agree: int, opinions: int) -> tuple[int, int]:
    """The least and the greatest number that have the same word."""
    told = word(agree, opinions)
    same = [count for count in range(opinions + 1) if word(count, opinions) == told]
    return same[0], same[-1]


def changed(before: Votes | None, now: Votes) -> int:
    """How many people answered, changed or took back answers between two moments, at least: rows
    of one that are not in the other, whoever they are."""
    old = Counter(map(bytes, before.hashes)) if before is not None else Counter()
    new = Counter(map(bytes, now.hashes))
    return max(sum((new - old).values()), sum((old - new).values()))


def is_due(before: Votes | None, now: Votes, *, is_closed: bool) -> bool:
    """Whether what is shown may be computed again. `before`: the votes of what is shown now.

    Closing shows the end even if fewer than FEWEST came since: whoever compares both pages learns
    something of those few. A room that cannot bear it closes on a batch.
    """
    return is_closed or changed(before, now) >= FEWEST
