"""Engines under one gesture: votes in, the group of each person out (-1 for none).

Each takes cells, arrays of the same length, and the shape (people, statements). Nothing is imported
before it is asked for: red-dwarf lives in an environment of its own, without ours.
"""

import warnings
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Shape = tuple[int, int]
Engine = Callable[[Integers, Integers, Integers, Shape], tuple[Integers, bytes]]


def ours(rows: Integers, columns: Integers, values: Integers, shape: Shape):
    """Our engine for many people, and all that it gives as bytes, people in the order given."""
    from relier.deliberation.opinions.large import analyse_large
    from relier.deliberation.opinions.votes import Votes

    names = [str(place) for place in range(shape[1])]
    found = analyse_large(Votes.of_cells(rows, columns, values, names))
    told = (found.verdict, found.p_value, found.sizes, found.stability, found.bits)
    whole = repr(told).encode() + found.memberships.tobytes() + found.counts.tobytes()
    return found.labels.astype(np.int64), whole


def polis(rows: Integers, columns: Integers, values: Integers, shape: Shape):
    from .polis import polis_groups_of_cells

    labels = polis_groups_of_cells(rows, columns, values, shape)
    return labels, labels.tobytes()


def red_dwarf(rows: Integers, columns: Integers, values: Integers, shape: Shape):
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
    return labels, labels.tobytes()


ENGINES: dict[str, Engine] = {"ours": ours, "polis": polis, "red-dwarf": red_dwarf}
