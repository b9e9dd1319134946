"""red-dwarf 0.4.0 in an environment of its own, made from `requirements/bench-red-dwarf.txt`."""

import os
import subprocess
import sys
import venv
from pathlib import Path

from .conversations import ROOT

LOCK = ROOT / "requirements" / "bench-red-dwarf.txt"
# Git does not look there.
HOME = ROOT / ".venv" / "peers" / "red-dwarf"


class NotInstalled(Exception):  # noqa: N818 — said as a sentence
    """What is missing, in a sentence."""


def python() -> Path:
    """Its interpreter. The environment is made the first time, and when the lock changes."""
    home = Path(os.environ.get("RELIER_RED_DWARF", HOME))
    found = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    stamp = home / "installed.txt"
    if stamp.is_file() and stamp.read_text() == LOCK.read_text():
        return found
    venv.create(home, with_pip=True, clear=True)
    done = subprocess.run(
        [found, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
         "--require-hashes", "-r", LOCK],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise NotInstalled(f"red-dwarf could not be installed: {done.stderr.strip()[-300:]}")
    stamp.write_text(LOCK.read_text())
    return found
