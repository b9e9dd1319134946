"""Simulated people over the banks that ship, and their answers, for `benchmarks.positioning`."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from relier.competences import banks
from relier.competences.spaces import Space

Booleans = NDArray[np.bool_]
POPULATIONS = ("uniform over sets", "flat by size", "mostly beginners")
WRONG = 0.1  # answers that are careless or lucky, and what the engine supposes of them
LOST = 0.1  # prerequisites that do not hold for a person, in the broken relation


@dataclass(frozen=True)
class Case:
    bank: str
    population: int
    broken: bool
    seed: int


@dataclass(frozen=True)
class Simulated:
    truth: Booleans
    answers: Booleans


@cache
def spaces_of(bank: str, doubt: float) -> Space:
    """The space of a shipped bank; strict when nothing is doubted, all along the same order."""
    found = banks.find(bank)
    if found is None:
        raise LookupError(bank)
    order = spaces_of(bank, 0.0).order if doubt else None
    return Space.of([item.id for item in found.items], found.pairs, broken=doubt, order=order)


def by_size(space: Space, population: int) -> Sequence[float]:
    n = len(space.items)
    if population == 0:
        return [float(count) for count in space.count_by_size()]
    if population == 1:
        return [1.0] * (n + 1)
    return [(1 - size / n) ** 3 for size in range(n + 1)]


def person(case: Case, number: int, wrong: float = WRONG) -> Simulated:
    """The person of this number in this case: always the same."""
    named = crc32(case.bank.encode())
    rng = np.random.default_rng([case.seed, named, case.population, case.broken, number])
    space = spaces_of(case.bank, 0.0)
    if case.broken:
        kept = sorted(rng.permutation(len(space.needs))[round(LOST * len(space.needs)) :])
        needs = [space.needs[at] for at in kept]
        space = Space.of(space.items, needs, broken=0, order=space.order)
    held = space.draw(rng, by_size(space, case.population))
    truth = np.array([item in held for item in space.items])
    return Simulated(truth, truth ^ (rng.random(len(truth)) < wrong))
