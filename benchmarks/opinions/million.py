"""A million people, a thousand statements, a hundred million votes: from our file to groups.

    python -m benchmarks.opinions.million [--people 1000000] [--statements 1000] [--share 0.1]

The file is made first (four camps, some agreeable people), then read and analysed by a process of
its own, on at most two processors. Promised: 60 seconds, load included, and 2 GB.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from relier.deliberation.opinions import binary, kernels
from relier.deliberation.opinions.large import adjusted_rand, analyse_large
from relier.deliberation.opinions.votes import Votes, width

from .measure import peak

SECONDS, MEGABYTES = 60.0, 2000.0
SHARES = (0.4, 0.3, 0.18, 0.12)
BLOCK = 20_000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--statements", type=int, default=1_000)
    parser.add_argument("--share", type=float, default=0.1, help="of statements that each votes on")
    parser.add_argument("--analyse", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.analyse:
        return analyse(asked.analyse)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "votes.bin"
        camps = write(path, asked.people, asked.statements, asked.share)
        np.save(path.with_suffix(".npy"), camps)
        module = [sys.executable, "-m", "benchmarks.opinions.million", "--analyse", path]
        done = subprocess.run(module, stdout=subprocess.PIPE, check=True)
    told = json.loads(done.stdout)
    print(
        f"{told['people']:,} people, {asked.statements:,} statements, {told['votes']:,} votes: "
        f"read and checked in {told['read']:.1f} s, analysed in {told['seconds']:.1f} s "
        f"({told['processor']:.1f} s of processor in all), peak {told['peak']:.0f} MB; "
        f"{told['verdict']}, groups {told['sizes']}, ARI with those planted {told['ari']:.3f}"
    )
    kept = told["read"] + told["seconds"] <= SECONDS and told["peak"] <= MEGABYTES
    return 0 if kept or kernels.compiled() is None else 1


def write(path: Path, people: int, statements: int, share: float) -> np.ndarray:
    """Invent the votes, block by block, write them, and give the camp of each person."""
    random = np.random.default_rng(2026)
    rates = np.clip(0.5 + 0.3 * random.normal(size=(len(SHARES), statements)), 0.05, 0.95)
    camps = random.choice(len(SHARES), people, p=SHARES)
    columns, values, lengths = [], [], []
    for low in range(0, people, BLOCK):
        some = camps[low : low + BLOCK]
        seen = random.random((len(some), statements), dtype=np.float32) < share
        seen[~seen.any(axis=1), 0] = True
        row, column = np.nonzero(seen)
        agreeable = random.normal(size=len(some)) * 0.1
        chance = np.clip(rates[some[row], column] + agreeable[row], 0.02, 0.98)
        said = np.where(random.random(len(row)) < chance, 1, -1).astype(np.int8)
        said[random.random(len(row)) < 0.05] = 0
        columns.append(column.astype(width(statements)))
        values.append(said)
        lengths.append(np.bincount(row, minlength=len(some)))
    starts = np.append(0, np.cumsum(np.concatenate(lengths)))
    names = tuple(str(place) for place in range(statements))
    votes = Votes(names, starts, np.concatenate(columns), np.concatenate(values))
    with path.open("wb") as file:
        binary.write_parts(votes, file)
    return camps


def analyse(path: Path) -> int:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])
    started = time.perf_counter()
    votes = binary.read(path)
    read = time.perf_counter() - started
    found = analyse_large(votes)
    seconds = time.perf_counter() - started - read
    told = {
        "people": len(votes),
        "votes": len(votes.values),
        "read": read,
        "seconds": seconds,
        "processor": time.process_time(),
        "peak": peak(),
        "verdict": found.verdict,
        "sizes": found.sizes,
    }
    camps = np.load(path.with_suffix(".npy"))
    told["ari"] = adjusted_rand(found.labels.astype(np.int64) + 1, camps)
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main())
