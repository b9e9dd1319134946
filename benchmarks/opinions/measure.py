"""One engine on one conversation, in a process of its own: prints what it took and found, as JSON.

    python -m benchmarks.opinions.measure ENGINE FILE.npz --permutations 100 --folds 10

A first run on a handful of people, which is not counted, loads what has to be loaded. Processor
seconds are of all threads; megabytes are the peak of the process, and over what it held when the
votes were in its memory.
"""

import argparse
import json
import sys
import time
from pathlib import Path

import numpy as np

from .engines import ENGINES, Found


def peak() -> float:
    """Megabytes, the most that this process ever held. (`getrusage` would also count what its
    parent held before it started this one.) Not known outside Linux."""
    try:
        told = Path("/proc/self/status").read_text()
    except OSError:
        return float("nan")
    return int(told.partition("VmHWM:")[2].split()[0]) / 1024


def handful():
    random = np.random.default_rng(0)
    table = np.where(random.random((60, 20)) < 0.5, 1, -1)
    table[:30, :10] = 1
    rows, columns = np.nonzero(table)
    return rows, columns, table[rows, columns], table.shape


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("engine", choices=sorted(ENGINES))
    parser.add_argument("file")
    parser.add_argument("--permutations", type=int, default=0)
    parser.add_argument("--folds", type=int, default=0)
    asked = parser.parse_args()
    engine = ENGINES[asked.engine]
    engine(*handful())
    held = np.load(asked.file)
    rows, columns, values = (held[name] for name in ("rows", "columns", "values"))
    shape = tuple(held["shape"].tolist())
    before, started, processor = peak(), time.perf_counter(), time.process_time()
    found = engine(rows, columns, values, shape)
    labels = found.labels
    told = {
        "seconds": time.perf_counter() - started,
        "processor": time.process_time() - processor,
        "peak": peak(),
        "more": peak() - before,
        "sizes": sorted(np.bincount(labels[labels >= 0]).tolist()),
        "changed": changed(engine, held, found, asked.permutations),
        "permutations": asked.permutations,
    }
    fold_of = held["folds"]
    told["folds"] = []
    if asked.engine != "ours":
        for number in range(asked.folds):
            known = fold_of != number
            told["folds"].append(
                engine(rows[known], columns[known], values[known], shape).labels.tolist()
            )
    print(json.dumps(told))
    return 0


def changed(engine, held, before: Found, permutations: int) -> int:
    """How many orders of arrival change the result."""
    random = np.random.default_rng(1)
    people = int(held["shape"][0])
    count = 0
    for _ in range(permutations):
        place = random.permutation(people)
        rows = place[held["rows"]]
        order = np.argsort(rows, kind="stable")
        after = engine(
            rows[order], held["columns"][order], held["values"][order], tuple(held["shape"])
        )
        count += not same(before, after, place)
    return count


def same(before: Found, after: Found, place) -> bool:
    """Whether two results are the same, where person i has become person place[i]: the same people
    together, whatever the numbers of groups; or every byte, for an engine that gives more."""
    labels = after.labels[place]
    if before.each is None or after.each is None:
        pairs = len({*zip(before.labels.tolist(), labels.tolist(), strict=True)})
        return pairs == len(set(before.labels.tolist())) == len(set(labels.tolist()))
    return (
        before.labels.tobytes() == labels.tobytes()
        and before.each.tobytes() == after.each[place].tobytes()
        and before.rest == after.rest
    )


if __name__ == "__main__":
    sys.exit(main())
