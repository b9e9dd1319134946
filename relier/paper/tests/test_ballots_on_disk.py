"""Ballots with the process apart and a database on the disk: read whole, killed at any moment, and
gone from the files once the count is closed."""

import io
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from relier.paper import actions
from relier.paper.rules.ballots import BLANK, VOID
from tests import factories as make
from tests import fresh

from .ballots import FRIDAY, MONDAY, both_say, opened
from .cut_counting import BALLOTS
from .marked_ballots import as_pdf, crossed

ROOT = Path(__file__).resolve().parents[3]
CUTS = int(os.environ.get("RELIER_CUTS", "4"))


@pytest.mark.django_db
def test_ballots_that_were_printed_and_marked_are_counted(house):
    count = opened(house, printed=10, by_hand=7)
    other = opened(house, printed=10)
    nour = make.actor(house.nour)
    pages = [
        crossed(count, FRIDAY),
        np.rot90(crossed(count, FRIDAY), 2),
        crossed(count, MONDAY),
        crossed(count, FRIDAY),
        crossed(count),
        crossed(count, MONDAY, FRIDAY),
        crossed(other, MONDAY),
    ]

    done = actions.read_ballots(count, io.BytesIO(as_pdf(pages)), by=nour)

    count.refresh_from_db()
    assert (done.ballots, done.foreign, done.unread) == (6, [7], [])
    assert count.votes["choice"] == {MONDAY: 1, FRIDAY: 3, BLANK: 0, VOID: 0}
    assert count.doubts.count() == 2  # the blank one, and the double
    both_say(house, count, VOID)
    actions.say_by_hand(count, 6, by=nour)
    closed = actions.close_count(count, by=nour)
    assert closed.result["choice"] == {MONDAY: 1, FRIDAY: 3, BLANK: 0, VOID: 2}


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no kill -9 on this system")
def test_after_a_kill_a_file_is_counted_whole_or_not_at_all_and_then_nothing_remains(tmp_path):
    fresh.tables_in(tmp_path, tmp_path / "keys.json")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")},
        "RELIER_DATA": str(tmp_path),
        "RELIER_KEYS": str(tmp_path / "keys.json"),
        "RELIER_BACKUPS": str(tmp_path / "backups"),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": str(ROOT),
    }
    run(environment, tmp_path, "prepare")
    chance = random.Random(20261126)

    for _ in range(CUTS):
        reading = begin(environment, tmp_path, "read")
        assert reading.stdout.readline() == b"ready\n"
        time.sleep(chance.uniform(0.0, 2.0))
        reading.kill()
        reading.communicate(timeout=30)
        assert tally(tmp_path) in ((0, 0, 0), (BALLOTS, 2, 1))

    run(environment, tmp_path, "read")
    assert tally(tmp_path) == (BALLOTS, 2, 1)
    assert run(environment, tmp_path, "read").split() == [b"ready", b"refused"]
    assert tally(tmp_path) == (BALLOTS, 2, 1)
    strips = run(environment, tmp_path, "close").split()
    assert tally(tmp_path) == (BALLOTS, 0, 0)
    assert len(strips) == 2
    files = [path for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".pdf"]
    assert any(path.name == "relier.sqlite3" for path in files)
    for path in files:
        data = path.read_bytes()
        assert not any(bytes.fromhex(strip.decode()) in data for strip in strips), path


def begin(environment, folder, what):
    program = [sys.executable, "-m", "relier.paper.tests.cut_counting", what, str(folder)]
    return subprocess.Popen(program, env=environment, cwd=ROOT, stdout=subprocess.PIPE)


def run(environment, folder, what) -> bytes:
    started = begin(environment, folder, what)
    said, _ = started.communicate(timeout=120)
    assert started.returncode == 0, what
    return said


def tally(folder: Path) -> tuple[int, ...]:
    """Ballots counted, strips that wait, files: asked of the database itself."""
    asked = (
        "SELECT counted FROM paper_ballotcount",
        "SELECT COUNT(*) FROM paper_ballotdoubt",
        "SELECT COUNT(*) FROM paper_ballotfile",
    )
    with sqlite3.connect(folder / "relier.sqlite3") as database:
        return tuple(database.execute(one).fetchone()[0] for one in asked)
