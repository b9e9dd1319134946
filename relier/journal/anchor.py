"""The anchor: the last line of each chain, noted outside the database after each commit.

The chain alone cannot say that its end was cut off, nor, to someone who lost the key, that all of
it was made anew. So its last number and seal are kept in a small file per chain, in a folder beside
the keys (`settings.ANCHOR`), out of reach of whoever reaches the database only.

The anchor may lag, never lead. It is moved after the commit, so that a power cut in between leaves
it one line behind, which is no fault: the next line moves it. And it only moves from a line that
the database still holds: a journal that was cut stays in disagreement with its anchor however many
lines come after, until `actions.anchor_again` says why (a restored backup), in a line of its own.
"""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.files import locks

from .models import Line

logger = logging.getLogger(__name__)

# A number of 20 digits, a space, a seal, the end of the line.
SIZE = 20 + 1 + 64 + 1


@dataclass(frozen=True)
class Anchor:
    """The last line that was noted: its number, and its seal in hexadecimal."""

    number: int
    seal: str


def read(centre: UUID) -> Anchor | None:
    """None where nothing was ever noted, or where the note was cut by a fall of the machine."""
    try:
        return _parse(_path(centre).read_bytes())
    except (OSError, ValueError):
        return None


def read_all() -> dict[UUID, Anchor]:
    noted = {}
    for path in sorted(settings.ANCHOR.glob("*.anchor")):
        centre = UUID(hex=path.stem)
        found = read(centre)
        if found:
            noted[centre] = found
    return noted


def move(line: Line, *, previous: str) -> None:
    """To a line that was just confirmed. What is confirmed is never undone by a folder that cannot
    be written: it is said on the terminal, and the next line tries again."""
    try:
        with _opened(line.centre) as file:
            noted = _parse(os.read(file, 2 * SIZE))
            if _may_move(noted, line, previous):
                _write(file, Anchor(line.number, line.seal))
    except (OSError, ValueError) as refused:
        logger.warning("The anchor of the journal could not be moved: %s", refused)


def _may_move(noted: Anchor | None, line: Line, previous: str) -> bool:
    if noted is None or noted == Anchor(line.number - 1, previous):
        return True
    if noted.number >= line.number:
        return False  # another moved it further meanwhile; or the chain was cut, which check says
    if _stands(line.centre, noted):
        return True  # it lagged
    logger.error("The journal no longer holds what was anchored: run relier check.")
    return False


def _stands(centre: UUID, noted: Anchor) -> bool:
    return Line.objects.filter(centre=centre, number=noted.number, seal=noted.seal).exists()


def forget(centre: UUID) -> None:
    """The next line of this chain is anchored whatever was noted: see `actions.anchor_again`."""
    _path(centre).unlink(missing_ok=True)


# --- the files -----------------------------------------------------------------------------------


def _path(centre: UUID) -> Path:
    folder: Path = settings.ANCHOR
    return folder / f"{centre.hex}.anchor"


@contextmanager
def _opened(centre: UUID) -> Iterator[int]:
    """The file of a chain, made on first use, for one writer at a time. Without Python's own
    buffers: this is done after every page that is read for the first time."""
    path, flags = _path(centre), os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
    try:
        file = os.open(path, flags, 0o600)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = os.open(path, flags, 0o600)
    try:
        locks.lock(file, locks.LOCK_EX)
        yield file
    finally:
        os.close(file)  # the lock goes with it


def _parse(noted: bytes) -> Anchor | None:
    number, _, seal = noted.decode("ascii").strip().partition(" ")
    return Anchor(int(number), seal) if number.isdecimal() and len(seal) == 64 else None


def _write(file: int, noted: Anchor) -> None:
    """In place, always as long, and shorter than a sector of the disk: whole, or not at all."""
    os.lseek(file, 0, os.SEEK_SET)
    os.write(file, f"{noted.number:020d} {noted.seal}\n".encode("ascii"))
