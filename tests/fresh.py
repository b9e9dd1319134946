"""Folders of data made once for a whole run of the tests, and copied by each copy of Relier that
begins: to make every table, or to plant the demonstration, takes longer than most tests.

`conftest.py` opens the place they are made in, for every process of the run; outside a run (to take
pictures) there is none, and each copy begins from nothing.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from relier.lib import keyring

ROOT = Path(__file__).resolve().parents[1]
PLACE = "RELIER_TEST_COPIES"
# What would make the copy somewhere else, or otherwise.
ASIDE = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE", "RELIER_KEYS"}


@contextmanager
def place_for_a_run():
    """Where they are made, until the end; that of the process above, where there is one."""
    if PLACE in os.environ:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="relier-copies-") as folder:
        os.environ[PLACE] = folder
        yield
        del os.environ[PLACE]


def tables_in(folder: Path, keys: Path | None = None) -> None:
    """Every table, empty, in a folder where no database is yet; and keys of its own, without which
    a database that is there already is not opened."""
    made = _made("tables", "migrate", mode="office")
    if made is None or (folder / "relier.sqlite3").exists():
        return
    keys = keys or folder.resolve().with_name(f"{folder.name}.keys") / "keys.json"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(made / "relier.sqlite3", folder)
    if not keys.exists():
        keyring.write(keyring.new_ring(at=datetime.now(UTC)), keys)


def demonstration_in(folder: Path) -> None:
    """The demonstration, as its command plants it, with its keys."""
    made = _made("demonstration", "demo", "--plant-only", mode="demo")
    if made:
        shutil.copytree(made, folder, dirs_exist_ok=True)


def _made(name: str, *command: str, mode: str) -> Path | None:
    """The folder that this command makes; the others wait for whoever makes it."""
    if PLACE not in os.environ:
        return None
    place = Path(os.environ[PLACE])
    made, being_made = place / name, place / f"{name}-being-made"
    with (place / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            environment = {key: value for key, value in os.environ.items() if key not in ASIDE}
            environment |= {"RELIER_DATA": str(being_made), "RELIER_MODE": mode}
            program = [sys.executable, "-m", "relier.config.command", *command]
            subprocess.run(program, env=environment, cwd=ROOT, check=True, capture_output=True)
            being_made.rename(made)
    return made
