"""The key is turned while a worker writes, and the power is cut in the middle: every word written
opens, and in the end nothing is sealed by the old key."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from relier.lib import keyring
from relier.lib.keyring import SEALING
from tests import fresh

ROOT = Path(__file__).parents[2]

PREPARE = """
import django; django.setup()
from django.core.management import call_command
from tests import factories as make, house as houses
from relier.people.models import Note
call_command("migrate", verbosity=0)
house = houses.build()
about = {"person": house.awa, "centre": house.centre, "author": house.nour, "on": "2026-11-20"}
Note.objects.bulk_create(Note(**about, audience="secrecy", words=f"note {n}") for n in range(6000))
"""
# Adds and saves again until it is told to stop; says how many rows there must be.
WRITE = """
import sys, django; django.setup()
from pathlib import Path
from tests import factories as make
from relier.people.models import Note
first, count = Note.objects.order_by("pk").first(), 6000
while not Path(sys.argv[1]).exists():
    make.NoteFactory(person=first.person, author=first.author, words=f"note {count}")
    make.rewrite(first, words=first.words)
    count += 1
print(count)
"""
TURN = (
    "import django; django.setup(); from django.core.management import call_command;"
    "call_command('keys', 'turn', 'sealing', '--wait', '1')"
)
READ = """
import django; django.setup()
from relier.people.models import Note
words = {note.words for note in Note.objects.all()}
print(len(words), all(word.startswith("note ") for word in words))
"""


class Copy:
    """One copy of Relier in a folder of its own; each program is another process."""

    def __init__(self, folder):
        self.keys = folder / "keys.json"
        self.environment = {n: v for n, v in os.environ.items() if n != "DATABASE_URL"} | {
            "RELIER_DATA": str(folder / "data"),
            "RELIER_KEYS": str(self.keys),
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "PYTHONPATH": str(ROOT),
        }
        fresh.tables_in(folder / "data", self.keys)

    def start(self, code, *words):
        return subprocess.Popen(
            [sys.executable, "-c", code, *words],
            env=self.environment, cwd=ROOT, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def run(self, code):
        said, _ = (done := self.start(code)).communicate(timeout=300)
        assert done.returncode == 0
        return said


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite only: a copy of its own.")
def test_turned_while_someone_writes_and_cut_in_the_middle(tmp_path):
    seeded, copy, stop = random.Random(20261126), Copy(tmp_path), tmp_path / "stop"
    copy.run(PREPARE)
    old = keyring.read(copy.keys).newest(SEALING)
    writer = copy.start(WRITE, str(stop))

    for _ in range(2):
        turning = copy.start(TURN)
        deadline = time.monotonic() + 120
        while len(keyring.read(copy.keys).of(SEALING)) < 2 and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(seeded.uniform(0.05, 0.4))
        turning.kill()
        turning.communicate()
    begun = keyring.read(copy.keys).newest(SEALING)
    said = copy.run(TURN)
    stop.touch()
    written, _ = writer.communicate(timeout=120)

    assert "Going on with the key that was made before." in said
    assert old not in keyring.read(copy.keys).keys
    assert keyring.read(copy.keys).of(SEALING) == (begun,)
    assert copy.run(READ).split() == [str(int(written)), "True"]
