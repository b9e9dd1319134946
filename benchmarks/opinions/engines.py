"""Engines under one gesture: votes in, what is found of people out.

Each takes cells, arrays of the same length, and the shape (people, statements). Nothing is imported
before it is asked for: red-dwarf lives in an environment of its own, without ours.
"""

import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Shape = tuple[int, int]


@dataclass(frozen=True)
class Found:
    """`labels` (people,): the group of each, -1 for none. Where an engine gives more, `each`
    (people, ...) is what it says of each person, and `rest` all else that it says, as bytes."""

    labels: Integers
    each: NDArray[np.float64] | None = None
    rest: bytes = b""


Engine = Callable[[Integers, Integers, Integers, Shape], Found]


def ours(rows: Integers, columns: Integers, values: Integers, shape: Shape) -> Found:
    """Our engine for many people."""
    from relier.deliberation.opinions.large import analyse_large
    from relier.deliberation.opinions.votes import Votes

    names = [str(place) for place in range(shape[1])]
    found = analyse_large(Votes.of_cells(rows, columns, values, names))
    told = (found.verdict, found.p_value, found.sizes, found.stability, found.bits)
    rest = repr(told).encode() + found.counts.tobytes()
    return Found(found.labels.astype(np.int64), found.memberships, rest)


def polis(rows: Integers, columns: Integers, values: Integers, shape: Shape) -> Found:
    from .polis import polis_groups_of_cells

    return Found(polis_groups_of_cells(rows, columns, values, shape))


def red_dwarf(rows: Integers, columns: Integers, values: Integers, shape: Shape) -> Found:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from reddwarf.implementations.polis import run_pipeline

        votes = [
            {"participant_id": i, "statement_id": j, "vote": v}
            for i, j, v in zip(rows.tolist(), columns.tolist(), values.tolist(), strict=True)
        ]
        found = run_pipeline(votes=votes).participants_df["cluster_id"]
    labels = np.full(shape[0], -1, dtype=np.int64)
    labels[found.index.to_numpy()] = found.fillna(-1).to_numpy(dtype=np.int64)
    return Found(labels)


ENGINES: dict[str, Engine] = {"ours": ours, "polis": polis, "red-dwarf": red_dwarf}
