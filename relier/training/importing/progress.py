"""How far long work is: in a small file, since nobody sees the rows of a transaction before its
end. It names nobody, and its loss costs nothing."""

import json
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import close_old_connections

# Without a word for so long, the work is no more: the power was cut.
SILENT = 90.0
# Told at most so often.
EVERY = 0.5


@dataclass(frozen=True)
class Progress:
    """`failed`: a word of what happened, "" while the work goes on. `where`: the lines that stood
    in the way, and what of them, where some did."""

    done: int
    whole: int
    failed: str = ""
    where: list[list[Any]] = field(default_factory=list)


def _file(pk: UUID) -> Path:
    folder = Path(settings.DATA) / "imports"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / f"{pk.hex}.json"


class Telling:
    """Writes how far it is, now and then. Called as `told(done, whole)`."""

    def __init__(self, pk: UUID) -> None:
        self._file, self._last = _file(pk), 0.0

    def __call__(self, done: int, whole: int) -> None:
        now = time.monotonic()
        if now - self._last >= EVERY:
            self._last = now
            self._write(done, whole, "")

    def failed(self, why: str, where: Sequence[Any] = ()) -> None:
        self._write(0, 0, why, where)

    def _write(self, done: int, whole: int, failed: str, where: Sequence[Any] = ()) -> None:
        told = {"done": done, "whole": whole, "failed": failed, "where": where, "at": time.time()}
        said = json.dumps(told)
        beside = self._file.with_suffix(".new")
        beside.write_text(said, encoding="utf-8")
        beside.replace(self._file)

    def over(self) -> None:
        self._file.unlink(missing_ok=True)


def progress_of(pk: UUID) -> Progress | None:
    """None where nothing is under way."""
    try:
        said = json.loads(_file(pk).read_text(encoding="utf-8"))
        found = Progress(
            int(said["done"]), int(said["whole"]), str(said["failed"]), list(said["where"])
        )
        silent = time.time() - float(said["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if found.failed or silent < SILENT:
        return found
    return Progress(found.done, found.whole, "cut")


def forget(pk: UUID) -> None:
    _file(pk).unlink(missing_ok=True)


def in_the_background(pk: UUID, work: Callable[[Telling], str]) -> None:
    """Do long work in a thread of its own. `work` returns what went wrong, having told it, and ""
    where nothing did."""
    telling = Telling(pk)
    telling(0, 0)

    def walk() -> None:
        close_old_connections()
        try:
            failed = work(telling)
        except Exception:  # said on the page: nothing was kept, since it is one transaction
            failed = "fault"
            raise
        finally:
            if failed == "fault":
                telling.failed(failed)
            elif not failed:
                telling.over()
            close_old_connections()

    threading.Thread(target=walk, name=f"import {pk.hex[:8]}", daemon=True).start()
