"""Whether somebody serves this copy at the moment: a restore does not change a house where people
are at work. A lock of the system on a file of the data folder: it goes with the process."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings


class BeingServed(Exception):  # noqa: N818 — said to people as a sentence
    """Relier is open on this copy."""


def lock_file() -> Path:
    return settings.DATA / "serving.lock"


@contextmanager
def served() -> Iterator[None]:
    """Held for as long as this process serves. Raises BeingServed when another one does."""
    file = lock_file().open("a+b")
    try:
        if not _lock(file):
            raise BeingServed("Relier is already open on this data folder.")
        yield
    finally:
        file.close()


@contextmanager
def nobody_serving() -> Iterator[None]:
    """Nobody serves, and nobody begins to while the block lasts. Raises BeingServed."""
    try:
        with served():
            yield
    except BeingServed as somebody:
        raise BeingServed("Relier is open. Stop it first, so that nobody is at work.") from somebody


def _lock(file: IO[bytes]) -> bool:
    """Whether the file could be locked. The lock goes when the file is closed."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
            # Inherited by the workers of the served mode: held until the last of them ends.
            os.set_inheritable(file.fileno(), True)
    except OSError:
        return False
    return True
