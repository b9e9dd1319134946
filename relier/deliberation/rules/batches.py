"""When what is told of voices may move, and of which voices. Plain integers in, plain integers out.

Figures move by batches of voices that are new. Each batch counts at least FEWEST of them, and
leaves as many behind, drawn at random: so the end of a round, whenever it comes, adds FEWEST at
least, and no two pages that were ever shown differ by fewer. And nobody who watched five people
take out their telephones knows whether theirs are the five that were counted.

Not everybody answers everything. So each statement moves by batches of its own: its figures move
only where FEWEST new answers to it are counted and FEWEST are left behind, neither of one mind;
until then they stay as they were. An answer that was counted and changed since rides along.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from random import Random
from typing import Final, TypeVar

FEWEST: Final = 5
# In a large room, figures that moved by five would move all the time: a twentieth.
SHARE: Final = 20
# Answers of one mind under this many would say what each of a few people said.
TEN: Final = 10
# In a small room, so many draws are tried: the one by which most statements move is kept.
DRAWS: Final = 12
SMALL: Final = 60

Voice = TypeVar("Voice")
Rows = Mapping[str, Mapping[str, int]]


def least(counted: int) -> int:
    """How many new voices make a batch, and how many are left behind, where so many are counted
    already."""
    return max(FEWEST, math.ceil(counted / SHARE))


def is_due(*, fresh: int, counted: int, is_over: bool) -> bool:
    """Whether figures may move. `fresh`: voices that wait and were never counted. At the end of a
    round they do, unless there is nothing to tell at all."""
    if is_over:
        return fresh + counted > 0
    return fresh >= 2 * least(counted)


def drawn(fresh: Sequence[Voice], *, counted: int, is_over: bool, chance: Random) -> list[Voice]:
    """Those that are counted now: all but as many as make a batch; all of them at the end."""
    if is_over:
        return list(fresh)
    return chance.sample(list(fresh), len(fresh) - least(counted))


def is_a_crowd(answers: Mapping[int, int]) -> bool:
    """Whether these answers (answer -> how many) may be the difference of two pages: FEWEST of
    them, and of more than one mind or TEN."""
    every = sum(answers.values())
    return every >= TEN or (every >= FEWEST and max(answers.values()) < every)


def moving(rows: Rows, before: Rows, left: Rows, numbers: Iterable[str]) -> set[str]:
    """The statements whose figures may move. Receipt -> number -> answer: `rows` of those that are
    counted from now on, `before` what was counted of them, `left` of those that wait on."""
    new: dict[str, Counter[int]] = {number: Counter() for number in numbers}
    later: dict[str, Counter[int]] = {number: Counter() for number in new}
    for receipt, answers in rows.items():
        known = before.get(receipt, {})
        for number in answers.keys() - known.keys():
            if number in new:
                new[number][answers[number]] += 1
    for answers in left.values():
        for number, answer in answers.items():
            if number in later:
                later[number][answer] += 1
    return {one for one in new if is_a_crowd(new[one]) and is_a_crowd(later[one])}


def held(rows: Rows, before: Rows, moves: set[str]) -> dict[str, dict[str, int]]:
    """What is counted of each: its answers as they are where the statement moves, else as they
    were."""
    return {
        receipt: {
            **{one: was for one, was in before.get(receipt, {}).items() if one not in moves},
            **{one: is_now for one, is_now in answers.items() if one in moves},
        }
        for receipt, answers in rows.items()
    }
