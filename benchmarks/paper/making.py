"""Filled and degraded pages, one after another or in two processes, and their truth in JSON.

A page is known by its level, the seed and its number. The person, their marks and the identifier
depend on the seed and the number alone: the same people fill every level, and the sheets of the
peer too. The half that chooses thresholds (`CHOOSE`) and the half that is reported (`REPORT`) never
meet: numbers from a million on are only ever reported.
"""

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from relier.lib.keyring import ALPHABET
from relier.paper.reading.identifiers import DRAWN
from relier.paper.reading.layouts import Layout

from .degradations import LEVELS, File, Level
from .pens import Mark, Truth, fill_page, someone
from .sheets import Picture, bench_sheet

cv2.setNumThreads(1)
CHOOSE, REPORT = 0, 1_000_000


@dataclass(frozen=True)
class Made:
    """One file to read, and what is true of it."""

    level: str
    number: int
    identifier: str
    file: File
    truth: Truth


def people(seed: int, number: int) -> np.random.Generator:
    return np.random.default_rng([seed, number])


def identifier_of(seed: int, number: int) -> str:
    letters = np.random.default_rng([seed, number, 13]).integers(0, len(ALPHABET), DRAWN)
    return "".join(ALPHABET[at] for at in letters)


def chance(level: Level, seed: int, number: int) -> np.random.Generator:
    return np.random.default_rng([seed, number, zlib.crc32(level.name.encode())])


def filled(level: Level, seed: int, number: int) -> tuple[Picture, Truth]:
    """The page at 600 dpi, before any machine saw it."""
    sheet, rng = bench_sheet(level.large), people(seed, number)
    page = sheet.draw(1, identifier_of(seed, number))
    if level.prepare:
        page = level.prepare(page, chance(level, seed, number))
    return page, fill_page(page, sheet.layout.page(1), someone(rng), rng)


def make(level: Level, seed: int, number: int) -> Made:
    page, truth = filled(level, seed, number)
    file = level.degrade(page, chance(level, seed, number))
    return Made(level.name, number, identifier_of(seed, number), file, truth)


def make_one(order: tuple[str, int, int]) -> Made:
    """For a pool: a level's name, the seed, the number."""
    name, seed, number = order
    return make(LEVELS[name], seed, number)


# --- kept in a folder ---------------------------------------------------------------------------


def keep(folder: Path, made: Made) -> None:
    """`S1/00012.jpg` and `S1/00012.json`; `layout.json` beside them."""
    there = folder / made.level
    there.mkdir(parents=True, exist_ok=True)
    data, ending = made.file
    (there / f"{made.number:05}{ending}").write_bytes(data)
    whole = {
        "identifier": made.identifier,
        "ending": ending,
        "person": made.truth.person,
        "rows": made.truth.rows,
        "written": made.truth.written,
        "boxes": [[*box, mark.state, mark.kind] for box, mark in made.truth.boxes.items()],
    }
    (there / f"{made.number:05}.json").write_text(json.dumps(whole, indent=1))
    layout = there / "layout.json"
    if not layout.exists():
        layout.write_text(bench_sheet(LEVELS[made.level].large).layout.to_json())


def kept(folder: Path, level: str) -> Iterator[Made]:
    """What `keep` wrote for a level, in order."""
    for told in sorted((folder / level).glob("[0-9]*.json")):
        yield read_kept(told)


def read_kept(told: Path) -> Made:
    whole = json.loads(told.read_text())
    truth = Truth(
        whole["person"],
        {(asked, choice): Mark(state, kind) for asked, choice, state, kind in whole["boxes"]},
        whole["rows"],
        whole["written"],
    )
    data = told.with_suffix(whole["ending"]).read_bytes()
    file = (data, whole["ending"])
    return Made(told.parent.name, int(told.stem), whole["identifier"], file, truth)


def layout_of(level: str) -> Layout:
    return bench_sheet(LEVELS[level].large).layout
