"""Invented rooms, whose groups are known: what the statistics of opinions are measured on.

Each world gives a table (n, S) of 1, -1 and 0 (nothing), and what is true of it. A seed gives the
same room for every engine.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

STATEMENTS = 20
MISSING = 0.2
SIDES = 0.85  # how often a member of a planted camp answers as the camp does
DIVIDED = 0.6  # the share of statements that divide the camps
APART = 2.0  # how far the centres of the camps stand, in log-odds

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Room:
    """`votes`: (n, S) 1, -1, 0; `camps`: (n,) or None; `rates`: (camps, S) or None."""

    votes: NDArray[np.int8]
    camps: NDArray[np.int64] | None
    rates: Floats | None = None


def camps_of(people: int, groups: int, share: float) -> NDArray[np.int64]:
    if groups == 2:
        return (np.arange(people) >= round(people * share)).astype(np.int64)
    return np.arange(people) % groups


def answered(
    source: np.random.Generator, chance: Floats, missing: float, camps=None, rates=None
) -> Room:
    votes = np.where(source.random(chance.shape) < chance, 1, -1).astype(np.int8)
    votes[source.random(chance.shape) < missing] = 0
    order = source.permutation(len(votes))
    return Room(votes[order], None if camps is None else camps[order], rates)


def logistic(value: Floats) -> Floats:
    return 1 / (1 + np.exp(-value))


def block(source, people, *, groups=2, share=0.5, missing=MISSING, statements=STATEMENTS) -> Room:
    """Camps that answer at fixed rates; four statements in ten are common ground."""
    camps = camps_of(people, groups, share)
    sides = np.tile(source.random(statements) < 0.5, (groups, 1))
    for place in np.flatnonzero(source.random(statements) < DIVIDED):
        while len(set(sides[:, place])) < 2:
            sides[:, place] = source.random(groups) < 0.5
    rates = np.where(sides, SIDES, 1 - SIDES)
    return answered(source, rates[camps], missing, camps, rates)


def ideal(source, people, *, groups=2, share=0.5, missing=MISSING, statements=STATEMENTS) -> Room:
    """Clouds of people on a plane, some more agreeable than others: no camp is of one mind."""
    camps = camps_of(people, groups, share)
    turn = 2 * np.pi * np.arange(groups) / groups
    centres = APART * np.column_stack((np.cos(turn), np.sin(turn)))
    places = centres[camps] + source.normal(0, 0.5, (people, 2))
    agreeable = source.normal(0.3, 0.5, (people, 1))
    slopes, levels = source.normal(0, 1, (statements, 2)), source.normal(0, 0.7, statements)
    return answered(source, logistic(places @ slopes.T + levels + agreeable), missing, camps)


def spectrum(source, people, *, missing=MISSING, statements=STATEMENTS) -> Room:
    """People spread evenly along a line: no camps."""
    places = source.uniform(-1, 1, (people, 1)) * 1.5 * np.sqrt(3)
    slopes, levels = source.normal(0, 1, statements), source.normal(0, 0.7, statements)
    return answered(source, logistic(places * slopes + levels), missing)


def rasch(source, people, *, missing=MISSING, statements=STATEMENTS) -> Room:
    """Agreeable people, pleasing statements, and nothing else."""
    logits = source.normal(0, 1, (people, 1)) + source.normal(0, 1, statements)
    return answered(source, logistic(logits), missing)


def independent(source, people, *, missing=MISSING, statements=STATEMENTS) -> Room:
    """Pleasing statements, and nothing else."""
    rates = logistic(source.normal(0, 1, statements))
    return answered(source, np.tile(rates, (people, 1)), missing)


AGREED = 0.95


def with_common_ground(source, room: Room) -> Room:
    """The same room, where nearly everybody agrees with the first statement."""
    votes = room.votes.copy()
    agreed = np.where(source.random(len(votes)) < AGREED, 1, -1).astype(np.int8)
    votes[:, 0] = np.where(votes[:, 0] != 0, agreed, 0)
    return Room(votes, room.camps)


def colluding(source, honest: Room, colluders: int, targets: list[int]) -> Room:
    """The same room with people who answer everything alike: against all that was agreed (the
    `targets`, as signed 1-based columns), at random elsewhere."""
    row = np.where(source.random(honest.votes.shape[1]) < 0.5, 1, -1).astype(np.int8)
    for target in targets:
        row[abs(target) - 1] = -1 if target > 0 else 1
    votes = np.concatenate((honest.votes, np.tile(row, (colluders, 1))))
    who = np.zeros(len(votes), dtype=np.int64)
    who[len(honest.votes) :] = 1
    return Room(votes, who)
