"""Pages made, then read, in two processes: what is timed is the reading alone.

A process that reads starts afresh and knows nothing of how pages are made, so that its memory is
the reader's. It is given the identifiers that the house printed, and finds their layout as the
house would.
"""

import multiprocessing
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from multiprocessing.pool import Pool
from pathlib import Path
from typing import Any

from relier.paper.reading.layouts import Layout, from_json

from . import peers
from .making import CHOOSE, REPORT, identifier_of, keep, kept, layout_of, make_one, read_kept
from .pens import Truth
from .score import Tally, score, score_ratios
from .sheets import grey

NEARLY = 0.95  # of the pages placed at best
LIMITS = tuple(at / 100 for at in range(1, 41))


def numbers(level: str, boxes: int, half: int) -> range:
    """The pages of a half that hold so many boxes."""
    on_a_page = len(layout_of(level).page(1).boxes)
    return range(half, half + -(-boxes // on_a_page))


def make_all(folder: Path, level: str, seed: int, wanted: range, jobs: int) -> None:
    with multiprocessing.Pool(jobs) as pool:
        orders = [(level, seed, number) for number in wanted]
        for made in pool.imap_unordered(make_one, orders, chunksize=4):
            keep(folder, made)


# --- our reader ---------------------------------------------------------------------------------

_known: dict[str, tuple[Layout, int]] = {}


def _begin(layout: str, identifiers: list[str]) -> None:
    import cv2

    cv2.setNumThreads(1)
    whole = from_json(layout)
    _known.update(dict.fromkeys(identifiers, (whole, 1)))


@contextmanager
def readers(jobs: int, layout: Layout, identifiers: Iterable[str]) -> Iterator[Pool]:
    """Processes that are ready to read: each has read a blank page before they are given."""
    told = (layout.to_json(), list(identifiers))
    with multiprocessing.get_context("spawn").Pool(jobs, _begin, told) as pool:
        pool.map(_warm, range(4 * jobs), chunksize=1)
        yield pool


def _warm(_turn: int) -> None:
    import numpy as np

    read(np.full((400, 300), 255, np.uint8))
    time.sleep(0.2)  # so that each process takes its turn


def read(picture: Any) -> Any:
    """What the reader says of a picture. Raises ImportError as long as there is no reader."""
    from relier.paper.reading.reader import read_page

    return read_page(picture, _known.get)


def read_one(told: Path) -> Tally:
    made = read_kept(told)
    reading = read(grey(made.file[0]))
    tally = score(reading, made.truth, made.identifier, f"{made.level}/{made.number:05}")
    tally.peak = peak()
    return tally


def peak() -> int:
    """Megabytes that this process held at most. `ru_maxrss` would count those of its parent."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) // 1024
    raise RuntimeError("This system does not say how much memory a process held.")


def read_all(folder: Path, level: str, seed: int, jobs: int) -> Tally:
    """Every page kept for a level; `seconds` of the wall, `peak` in megabytes a process."""
    told = sorted((folder / level).glob("[0-9]*.json"))
    known = [identifier_of(seed, int(one.stem)) for one in told]
    whole = Tally()
    with readers(jobs, layout_of(level), known) as pool:
        started = time.monotonic()
        for tally in pool.imap_unordered(read_one, told, chunksize=4):
            whole.add(tally)
        whole.seconds = time.monotonic() - started
    return whole


# --- the peer -----------------------------------------------------------------------------------


def peer_pages(
    sheet: peers.PeerSheet, folder: Path, level: str, seed: int, wanted: range, jobs: int
) -> None:
    one = partial(peers.make, sheet, level, seed)
    with multiprocessing.Pool(jobs) as pool:
        for made in pool.imap_unordered(one, wanted, chunksize=4):
            keep(folder, made)


def peer_read(
    sheet: peers.PeerSheet, folder: Path, level: str, black: float, jobs: int
) -> tuple[dict[str, peers.Ratios], peers.Cost]:
    files = sorted(one for one in (folder / level).iterdir() if one.suffix != ".json")
    return peers.read(sheet, files, black, jobs)


def truths(folder: Path, level: str) -> dict[str, Truth]:
    return {f"{made.number:05}": made.truth for made in kept(folder, level)}


def peer_tally(
    found: dict[str, peers.Ratios], true: dict[str, Truth], level: str, limit: float
) -> Tally:
    whole = Tally()
    for number, truth in true.items():
        if number in found:
            whole.add(score_ratios(found[number], truth, limit, f"{level}/{number}"))
        else:
            whole.add(Tally(pages=1, unregistered=1))
    return whole


def peer_tuned(sheet: peers.PeerSheet, folder: Path, level: str, jobs: int) -> tuple[float, float]:
    """Of the pages for choosing: the thresholds (black, marked) that make the smallest share of
    errors, among those that place nearly as many pages as any."""
    true, tried = truths(folder, level), []
    for black in peers.BLACKS:
        found, _cost = peer_read(sheet, folder, level, black, jobs)
        for limit in LIMITS:
            tally = peer_tally(found, true, level, limit)
            share = tally.wrong / tally.boxes if tally.boxes else 1.0
            tried.append((tally.read, share, black, limit))
    enough = NEARLY * max(placed for placed, *_rest in tried)
    _share, black, limit = min(rest for placed, *rest in tried if placed >= enough)
    return black, limit


def peer_level(
    folder: Path, level: str, seed: int, boxes: int, choose: int, jobs: int
) -> dict[str, Tally]:
    """Rows of the table for the peer: as it comes, and tuned."""
    sheet = peers.prepare(folder / "amc")
    chosen, told = folder / "choose", folder / "report"
    peer_pages(sheet, chosen, level, seed, numbers(level, choose, CHOOSE), jobs)
    black, limit = peer_tuned(sheet, chosen, level, jobs)
    peer_pages(sheet, told, level, seed, numbers(level, boxes, REPORT), jobs)
    rows, true = {}, truths(told, level)
    for name, (at, marked) in {
        f"AMC ({peers.BLACK}, {peers.MARKED})": (peers.BLACK, peers.MARKED),
        f"AMC tuned ({black}, {limit})": (black, limit),
    }.items():
        found, cost = peer_read(sheet, told, level, at, jobs)
        rows[name] = peer_tally(found, true, level, marked)
        rows[name].seconds, rows[name].peak = cost.seconds, cost.peak
    return rows
