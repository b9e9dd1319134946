"""`kill -9` of a reading, with the process apart and a database on the disk, at random moments."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import fresh

ROOT = Path(__file__).resolve().parents[3]
PAGES = int(os.environ.get("RELIER_CUT_PAGES", "10"))
# Enough to cut the opening of the file, the reading of a page and the keeping of it.
CUTS = int(os.environ.get("RELIER_CUTS", "4"))


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no kill -9 on this system")
def test_after_a_kill_every_page_is_in_the_tray_or_read_and_none_twice(tmp_path):
    fresh.tables_in(tmp_path, tmp_path / "keys.json")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")},
        "RELIER_DATA": str(tmp_path),
        "RELIER_KEYS": str(tmp_path / "keys.json"),
        "RELIER_BACKUPS": str(tmp_path / "backups"),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": str(ROOT),
    }
    environment.pop("DATABASE_URL", None)
    begin(environment, "prepare", str(PAGES)).communicate(timeout=120)
    chance = random.Random(20261126)

    for _ in range(CUTS):
        reading = begin(environment, "read")
        assert reading.stdout.readline() == b"ready\n"
        time.sleep(chance.uniform(0.0, 1.2))
        reading.kill()
        reading.communicate(timeout=30)
        pages = tally(tmp_path)
        assert pages["scans"] in (1, PAGES)
        assert pages["read"] == pages["pictures"] == pages["returned"]
        assert pages["read"] + pages["waiting"] == pages["scans"]

    reading = begin(environment, "read")
    reading.communicate(timeout=12 * PAGES)
    assert reading.returncode == 0
    pages = tally(tmp_path)
    assert pages["scans"] == pages["read"] == pages["pictures"] == pages["returned"] == PAGES
    assert pages["pages"] == PAGES


def begin(environment, *what):
    program = [sys.executable, "-m", "relier.paper.tests.cut_reading", *what]
    return subprocess.Popen(program, env=environment, cwd=ROOT, stdout=subprocess.PIPE)


def tally(folder: Path) -> dict[str, int]:
    """How many of each, asked of the file itself."""
    questions = {
        "scans": "SELECT COUNT(*) FROM paper_scan",
        "waiting": "SELECT COUNT(*) FROM paper_scan WHERE state = 'received' AND why = ''",
        "read": "SELECT COUNT(*) FROM paper_scan WHERE state IN ('read', 'checked')",
        "pages": "SELECT COUNT(DISTINCT page_id) FROM paper_scan",
        "pictures": "SELECT COUNT(*) FROM paper_picture",
        "returned": "SELECT COUNT(*) FROM journal_line WHERE kind = 'paper.returned'",
    }
    with sqlite3.connect(folder / "relier.sqlite3") as database:
        return {name: database.execute(asked).fetchone()[0] for name, asked in questions.items()}
