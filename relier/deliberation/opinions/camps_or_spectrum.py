"""Camps, or a continuum from one end to the other?

The same model is given two shapes. A statement has a level and a slope (one logistic curve); people
have a place. Camps: the place is one of two points (near or far), or one of the three corners of a
triangle, with free shares. Spectrum: the place is anywhere on a line, evenly. Both have as many
numbers to fit, so what differs is only how people are spread.

Each shape is fitted by EM over nodes (Bock & Aitkin 1981), and weighed by its evidence: the
likelihood with places summed out and levels and slopes integrated by Laplace's method, with the
information that unseen places take away (Louis 1982). Without that last term two points win too
often: they claim to know where each person stands. "Spectrum" is said when its evidence is TIMES
that of the camps; in doubt, camps, since the gate has found a pattern.

Sums are in a fixed order (no BLAS), so that the last bit is the same with any number of threads.
"""

from dataclasses import dataclass
from math import log
from typing import Final

import numpy as np

from .classes import Floats, Table
from .held_out import main_axis, remains

# Precisions of the level and of the slopes of a statement, in log-odds.
LEVEL: Final = 0.3
SLOPE: Final = 0.7
TURNS: Final = 40
NODES: Final = 9
TIMES: Final = 10.0


@dataclass(frozen=True)
class Shape:
    """How people are spread: `nodes` (G, q + 1), each 1 then its place; `shares` (G,)."""

    nodes: Floats
    shares: Floats
    is_free: bool


@dataclass(frozen=True)
class Evidence:
    """Log evidence of each shape; of what is equal, only differences mean something."""

    two: float
    three: float
    line: float

    @property
    def for_spectrum(self) -> float:
        """The log of how many times more the line is worth than the best of the camps."""
        return self.line - max(self.two, self.three)

    @property
    def is_spectrum(self) -> bool:
        return self.for_spectrum > log(TIMES)


def weigh(opinions: Table) -> Evidence:
    """The evidence of two camps, three camps and a line. `opinions`: (n, S) 1, -1, 0."""
    places = _two_axes(opinions)
    two = max(evidence(opinions, shape, places[:, :1]) for shape in (TWO, WIDE))
    three = max(evidence(opinions, THREE, places * [1, side]) for side in (1, -1))
    return Evidence(two, three, evidence(opinions, EVEN, places[:, :1]))


def _shape(places: Floats, *, is_free: bool) -> Shape:
    nodes = np.column_stack((np.ones(len(places)), places))
    return Shape(nodes, np.full(len(nodes), 1 / len(nodes)), is_free)


_EVENLY: Final = np.linspace(-1, 1, NODES)
_HEIGHT: Final = np.sqrt(3) / 2
TWO: Final = _shape(np.array([[-1.0], [1.0]]), is_free=True)
THREE: Final = _shape(
    np.sqrt(2) * np.array([[1, 0], [-0.5, _HEIGHT], [-0.5, -_HEIGHT]]), is_free=True
)
_REACH: Final = 1 / np.sqrt((_EVENLY**2).mean())
# As far apart as the ends of the line, so that the line does not win by its reach alone.
WIDE: Final = _shape(_REACH * np.array([[-1.0], [1.0]]), is_free=True)
EVEN: Final = _shape(_REACH * _EVENLY[:, None], is_free=False)


def evidence(opinions: Table, shape: Shape, places: Floats) -> float:
    """The log evidence of a shape, from people near their `places`: (n, q), of unit variance."""
    agreed, seen = (opinions > 0).astype(float), (opinions != 0).astype(float)
    nodes, shares = shape.nodes, shape.shares
    apart = ((places[:, None, :] - nodes[None, :, 1:]) ** 2).sum(axis=2)
    belongs = np.exp(-apart)
    belongs /= belongs.sum(axis=1, keepdims=True)
    ridge = np.array([LEVEL] + [SLOPE] * (nodes.shape[1] - 1))
    curves = np.zeros((opinions.shape[1], nodes.shape[1]))
    for _turn in range(TURNS):
        curves = _fitted(curves, nodes, belongs, agreed, seen, ridge)
        belongs, likelihood = _placed(curves, nodes, shares, agreed, seen)
        if shape.is_free:
            shares = (belongs.sum(axis=0) + 1) / (len(opinions) + len(shares))
    prior = -0.5 * (ridge * curves * curves).sum() + 0.5 * len(curves) * np.log(ridge).sum()
    known = _information(curves, nodes, belongs, agreed, seen, ridge)
    free = 0.5 * log(len(opinions)) * (len(shares) - 1) if shape.is_free else 0.0
    return float(likelihood.sum() + prior - 0.5 * known - free)


def _fitted(
    curves: Floats, nodes: Floats, belongs: Floats, agreed: Floats, seen: Floats, ridge: Floats
) -> Floats:
    """(S, q + 1) Newton steps on level and slopes, given where people are."""
    yes, heard = _at_nodes(belongs, agreed), _at_nodes(belongs, seen)
    for _step in range(2):
        chance = _chance(curves, nodes)
        slope = np.einsum("gs,gq->sq", yes - heard * chance, nodes) - ridge * curves
        bend = _bend(heard * chance * (1 - chance), nodes) + np.diag(ridge)
        curves = curves + np.clip(_solved(bend, slope), -1.5, 1.5)
    return curves


def _placed(
    curves: Floats, nodes: Floats, shares: Floats, agreed: Floats, seen: Floats
) -> tuple[Floats, Floats]:
    """(n, G) where people are, and (n,) the log-likelihood of their answers."""
    logits = np.einsum("gq,sq->gs", nodes, curves)
    yes, no = -np.logaddexp(0, -logits), -np.logaddexp(0, logits)
    told = np.einsum("is,gs->ig", agreed, yes - no) + np.einsum("is,gs->ig", seen, no)
    told += np.log(shares)
    most = told.max(axis=1, keepdims=True)
    whole = most[:, 0] + np.log(np.exp(told - most).sum(axis=1))
    return np.exp(told - whole[:, None]), whole


def _information(
    curves: Floats, nodes: Floats, belongs: Floats, agreed: Floats, seen: Floats, ridge: Floats
) -> float:
    """The sum over statements of the log-determinant of what is known of their curve: what would be
    known with the places, less the variance of the scores, since places are only guessed."""
    yes, heard = _at_nodes(belongs, agreed), _at_nodes(belongs, seen)
    chance = _chance(curves, nodes)
    complete = _bend(heard * chance * (1 - chance), nodes) + np.diag(ridge)
    squares = _bend(yes * (1 - chance) ** 2 + (heard - yes) * chance**2, nodes)
    first = np.einsum("ig,gq->iq", belongs, nodes)
    second = np.einsum("ig,gs,gq->isq", belongs, chance, nodes)
    mean = agreed[:, :, None] * first[:, None, :] - seen[:, :, None] * second
    missing = squares - np.einsum("isq,isr->sqr", mean, mean)
    return float(np.log(np.maximum(_pivots(complete - missing), ridge.min())).sum())


def _at_nodes(belongs: Floats, cells: Floats) -> Floats:
    answer: Floats = np.einsum("ig,is->gs", belongs, cells)
    return answer


def _chance(curves: Floats, nodes: Floats) -> Floats:
    answer: Floats = 0.5 + 0.5 * np.tanh(np.einsum("gq,sq->gs", nodes, curves) / 2)
    return answer


def _bend(weight: Floats, nodes: Floats) -> Floats:
    answer: Floats = np.einsum("gs,gq,gr->sqr", weight, nodes, nodes)
    return answer


def _pivots(matrices: Floats) -> Floats:
    """(S, q) the pivots of symmetric matrices (S, q, q): their product is the determinant."""
    left = matrices.copy()
    size = left.shape[1]
    for turn in range(size - 1):
        pivot = np.maximum(left[:, turn, turn], 1e-9)
        share = left[:, turn + 1 :, turn] / pivot[:, None]
        left[:, turn + 1 :, turn + 1 :] -= share[:, :, None] * left[:, None, turn, turn + 1 :]
    answer: Floats = left[:, np.arange(size), np.arange(size)]
    return answer


def _solved(matrices: Floats, sides: Floats) -> Floats:
    """(S, q) the solution of (S, q, q) positive matrices, by elimination."""
    left, right = matrices.copy(), sides.copy()
    size = left.shape[1]
    for turn in range(size):
        for row in range(size):
            if row != turn:
                share = left[:, row, turn] / left[:, turn, turn]
                left[:, row] -= share[:, None] * left[:, turn]
                right[:, row] -= share * right[:, turn]
    answer: Floats = right / left[:, np.arange(size), np.arange(size)]
    return answer


def _two_axes(opinions: Table) -> Floats:
    """(n, 2) places on the two main axes of what remains of the answers, of unit variance."""
    rest = remains(opinions.astype(float)[None])
    first = main_axis(rest)
    along = np.einsum("fns,fn->fs", rest, first) / np.maximum((first**2).sum(), 1e-12)
    rest = rest - np.where(opinions != 0, first[:, :, None] * along[:, None], 0)
    return np.column_stack((first[0], main_axis(rest)[0]))
