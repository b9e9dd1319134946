"""Paper read back: the reader beside its peer, level by level.

    python -m benchmarks.paper [--levels S1,P2] [--boxes 20000] [--seed 2026] [--jobs 2]
    python -m benchmarks.paper --keep FOLDER [--half choose]   only writes pictures and their truth
    python -m benchmarks.paper --identifiers                   10 000 codes, 1 000 pages
    python -m benchmarks.paper --artefacts [--turns 3]         accidents of paper, one by one

People, pens, paper, scanners and telephones are simulated (`pens`, `scans`, `photos`): the table
ranks readers and shows where they break; it is not the error rate of a real centre. Thresholds
are chosen on the first half of the numbers (`--half choose`, the default of `--keep`), and the
table is made of the other half, which nobody looks at before. Bounds are one-sided, 95 %, and
take boxes as independent; the column "pages w" says on how many pages the errors stand.

    unreg, unid   pages not registered, not identified (they go to the tray)
    boxes         left empty or marked, on pages that were read
    wrong         decided by the machine, and not the truth; miss/inv: marks missed, invented
    doubt, rows   boxes in doubt, rows sent to a human; rows w: rows given for sure and wrong
    scribbled     taken back by the person, read as marked; circled: decided by the machine
    p/s, MB       pages a second, with so many processes, decoding included; peak of one process

Exits with 1 when something promised is not kept.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from . import artefacts_read, identifiers
from .degradations import LEVELS
from .making import CHOOSE, REPORT
from .peers import NotInstalled
from .report import HEAD, beside, broken, line
from .running import make_all, numbers, peer_level, read_all
from .score import Tally

FULL = 20_000
PEER_LEVELS = "S0,S1,S4,S5,S2,S3,P2,P3"


def main() -> int:
    asked = _asked()
    if asked.keep:
        return keep_all(asked)
    if asked.identifiers:
        return identifiers.run(asked.seed, asked.jobs)
    if asked.artefacts:
        return artefacts_read.run(asked.seed, asked.turns)
    return read_levels(asked)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.paper",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--levels", default=",".join(LEVELS), help="names, with commas between")
    parser.add_argument("--boxes", type=int, default=FULL, help="boxes of each level")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="only write pictures and truth in this folder")
    parser.add_argument("--half", choices=("choose", "report"), default="choose", help="for --keep")
    parser.add_argument("--no-peer", action="store_true")
    parser.add_argument("--peer-levels", default=PEER_LEVELS)
    parser.add_argument("--choose", type=int, default=4000, help="boxes to tune the peer with")
    parser.add_argument("--show", type=int, default=0, help="list so many wrong boxes a level")
    parser.add_argument("--identifiers", action="store_true")
    parser.add_argument("--artefacts", action="store_true")
    parser.add_argument("--turns", type=int, default=1, help="of each artefact, other seeds")
    asked = parser.parse_args()
    asked.levels = asked.levels.split(",")
    for name in asked.levels:
        if name not in LEVELS:
            parser.error(f"{name}: no such level; there are {', '.join(LEVELS)}")
    return asked


def keep_all(asked: argparse.Namespace) -> int:
    half = CHOOSE if asked.half == "choose" else REPORT
    for level in asked.levels:
        started, wanted = time.monotonic(), numbers(level, asked.boxes, half)
        make_all(asked.keep, level, asked.seed, wanted, asked.jobs)
        print(f"{level}: {len(wanted)} pages in {time.monotonic() - started:.0f} s", flush=True)
    return 0


def read_levels(asked: argparse.Namespace) -> int:
    print(HEAD, flush=True)
    said, wrong = [], []
    for level in asked.levels:
        with tempfile.TemporaryDirectory(prefix="relier-bench-") as there:
            folder, wanted = Path(there), numbers(level, asked.boxes, REPORT)
            make_all(folder, level, asked.seed, wanted, asked.jobs)
            ours = read_all(folder, level, asked.seed, asked.jobs)
        print(line(level, "ours", ours), flush=True)
        for told in ours.wrong_boxes[: asked.show]:
            print("       wrong:", *told)
        wrong += broken(level, ours)
        if not asked.no_peer and level in asked.peer_levels.split(","):
            more, unkept = peer_beside(asked, level, ours)
            said.append(more)
            wrong += unkept
    for sentence in said:
        print(sentence)
    for sentence in wrong:
        print(f"Not kept: {sentence}")
    return 1 if wrong else 0


def peer_beside(asked: argparse.Namespace, level: str, ours: Tally) -> tuple[str, list[str]]:
    with tempfile.TemporaryDirectory(prefix="relier-bench-") as there:
        try:
            rows = peer_level(Path(there), level, asked.seed, asked.boxes, asked.choose, asked.jobs)
        except NotInstalled as missing:
            return f"{level}: {missing}", []
    for name, tally in rows.items():
        print(line(level, name, tally), flush=True)
    return beside(level, ours, rows)


if __name__ == "__main__":
    sys.exit(main())
