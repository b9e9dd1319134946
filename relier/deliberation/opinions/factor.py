"""One factor: a spectrum instead of camps, to see which tells more of votes that were hidden.

The chance that person i agrees with statement j is that of a logistic curve at
theta_i + beta_j + f_i a_j: how agreeable the person is, how agreeable the statement is, and where
both stand along one line. Fitted by Newton's steps for people and statements in turn, each held to
one at most (a free step diverged on one conversation in 69), with normal priors.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from . import kernels, steady
from .kernels import Opinions

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

# One over the variance of the normal priors: the best of five settings on the nine conversations of
# the benchmark, by bits per hidden vote (2 to 4 % better than half as strong).
OF_PEOPLE: Final = (3.0, 1.0)
OF_STATEMENTS: Final = (0.3, 2.0)
LONGEST_STEP: Final = 1.0
FURTHEST: Final = 8.0


@dataclass(frozen=True)
class Curves:
    """`people` (2, n): theta and f; `statements` (2, S): beta and a."""

    people: Floats
    statements: Floats

    def predicted(self, rows: Integers, columns: Integers) -> Floats:
        """The chance that people agree with statements, (cells,)."""
        return steady.sigmoid(self.logits(rows, columns))

    def logits(self, rows: Integers, columns: Integers) -> Floats:
        theta, place = self.people
        beta, slope = self.statements
        return (theta[rows] + beta[columns]) + place[rows] * slope[columns]


def fitted(opinions: Opinions, along: Integers | None, rounds: int = 9) -> Curves:
    """The curves after so many rounds. `along`: (n,) where people stand to begin with, or None for
    the Rasch model (Rasch 1960), which has no factor."""
    rows = opinions.row_of_each
    columns = (opinions.cells >> 1).astype(np.int64)
    agree = (opinions.cells & 1).astype(np.float64)
    people = np.zeros((2, len(opinions)))
    statements = np.zeros((2, opinions.statements))
    if along is not None:
        spread = np.sqrt(float((along.astype(np.float64) ** 2).sum()) / max(len(along), 1))
        people[1] = np.clip(along / max(spread, 1e-9), -2.5, 2.5)
    for _ in range(rounds):
        logits = Curves(people, statements).logits(rows, columns)
        sums = kernels.logistic_sums(columns, opinions.statements, agree, logits, people[1][rows])
        statements = stepped(statements, sums, OF_STATEMENTS, slopes=along is not None)
        logits = Curves(people, statements).logits(rows, columns)
        sums = kernels.logistic_sums(rows, len(opinions), agree, logits, statements[1][columns])
        people = stepped(people, sums, OF_PEOPLE, slopes=along is not None)
    return Curves(people, statements)


def stepped(at: Floats, sums: Floats, ridge: tuple[float, float], slopes: bool) -> Floats:
    """One step of Newton on each intercept and slope, from the sums of `logistic_sums`."""
    first, second = sums[0] - ridge[0] * at[0], sums[1] - ridge[1] * at[1]
    a, b, c = sums[2] + ridge[0], sums[3], sums[4] + ridge[1]
    if slopes:
        whole = a * c - b * b
        steps = np.stack([(c * first - b * second) / whole, (a * second - b * first) / whole])
    else:
        steps = np.stack([first / a, np.zeros_like(first)])
    return np.clip(at + np.clip(steps, -LONGEST_STEP, LONGEST_STEP), -FURTHEST, FURTHEST)
