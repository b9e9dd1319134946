"""A stolen disk: the bytes of the database's files hold no word told under secrecy, those written
before the words were sealed included."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests import fresh

ROOT = Path(__file__).parents[2]
CANARIES = [f"canary-{word}" for word in ("wren", "crow", "owl", "heron", "rook", "finch")]

WRITE = """
import django; django.setup()
from datetime import date
from django.core.management import call_command
from tests import factories as make, house as houses
from relier.people.models import Fact, Situation
call_command("migrate", verbosity=0)
house = houses.build()
about = {"person": house.awa, "author": house.nour}
make.NoteFactory(**about, words="canary-wren")
make.InterventionFactory(**about, words="canary-crow")
procedure = make.ProcedureFactory(**about, about="canary-owl", institution="canary-heron")
make.ProcedureNewsFactory(procedure=procedure, words="canary-rook")
told = Situation.objects.create(**about, on=date(2026, 11, 20))
about = {"person": house.awa, "situation": told, "under_secrecy": True}
Fact.objects.create(**about, facet="private", words="canary-finch")
"""
BACK = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", "people", "0001", verbosity=0)
call_command("migrate", "support", "0004", verbosity=0)
"""
FORTH = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
"""


def run(code, folder):
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {
        "RELIER_DATA": str(folder / "data"),
        "RELIER_KEYS": str(folder / "keys.json"),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": str(ROOT),
    }
    subprocess.run([sys.executable, "-c", code], env=environment, cwd=ROOT, check=True, timeout=300)


def found_in(folder):
    """Which canaries stand in the bytes of any file of the data folder."""
    (folder / "data").mkdir(exist_ok=True)
    bytes_of_all = b"".join(f.read_bytes() for f in (folder / "data").rglob("*") if f.is_file())
    assert b"Diallo" in bytes_of_all  # a name, which is not sealed: the files are the right ones
    return [word for word in CANARIES if word.encode() in bytes_of_all]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite only: it looks into its files.")
def test_the_files_hold_no_word_told_under_secrecy(tmp_path):
    fresh.tables_in(tmp_path / "data", tmp_path / "keys.json")
    run(WRITE, tmp_path)
    assert found_in(tmp_path) == []

    run(BACK, tmp_path)
    assert set(found_in(tmp_path)) == set(CANARIES)

    run(FORTH, tmp_path)
    assert found_in(tmp_path) == []
