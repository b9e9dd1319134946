"""The disk: whether a fault means that it is full, and how much room is left."""

import errno
import shutil
import sqlite3
from pathlib import Path

from django.conf import settings

# Below this, the people who keep Relier running are told (`relier check`).
LITTLE = 500_000_000


def is_full(fault: BaseException) -> bool:
    """Whether this fault, or one that led to it, comes from a disk that holds no more."""
    seen: BaseException | None = fault
    for _ in range(10):
        if seen is None:
            return False
        if isinstance(seen, OSError) and seen.errno in {errno.ENOSPC, errno.EDQUOT}:
            return True
        if getattr(seen, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
            return True
        if getattr(seen, "sqlstate", None) == "53100":  # PostgreSQL, disk_full
            return True
        seen = seen.__cause__ or seen.__context__
    return False


def places() -> set[Path]:
    """The folders that Relier writes in."""
    return {settings.DATA, settings.BACKUPS, settings.KEYS_FILE.parent}


def nearly_full() -> list[Path]:
    """Those that have little room left."""
    return [
        place
        for place in sorted(places())
        if place.exists() and shutil.disk_usage(place).free < LITTLE
    ]
