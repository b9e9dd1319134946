"""Paper read back: the reader beside its peer, level by level.

    python -m benchmarks.paper --keep FOLDER [--levels S1,P2] [--boxes 2000] [--seed 2026]

`--keep` only writes the pictures and their truth, to work on a reader without making them again.
"""

import argparse
import sys
import time
from multiprocessing import Pool
from pathlib import Path

from .degradations import LEVELS
from .making import keep, layout_of, make_one

FULL = 20_000


def main() -> int:
    asked = _asked()
    return keep_all(asked)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.paper", description=__doc__)
    parser.add_argument("--levels", default=",".join(LEVELS), help="names, with commas between")
    parser.add_argument("--boxes", type=int, default=FULL, help="boxes of each level")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="only write pictures and truth in this folder")
    asked = parser.parse_args()
    asked.levels = asked.levels.split(",")
    for name in asked.levels:
        if name not in LEVELS:
            parser.error(f"{name}: no such level; there are {', '.join(LEVELS)}")
    return asked


def orders(asked: argparse.Namespace, level: str) -> list[tuple[str, int, int]]:
    boxes = len(layout_of(level).page(1).boxes)
    return [(level, asked.seed, number) for number in range(-(-asked.boxes // boxes))]


def keep_all(asked: argparse.Namespace) -> int:
    with Pool(asked.jobs) as pool:
        for level in asked.levels:
            started, wanted = time.monotonic(), orders(asked, level)
            for made in pool.imap_unordered(make_one, wanted, chunksize=4):
                keep(asked.keep, made)
            took = time.monotonic() - started
            print(f"{level}: {len(wanted)} pages in {took:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
