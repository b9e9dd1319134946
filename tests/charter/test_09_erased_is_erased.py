"""Erased is erased: no row keeps a word about the person, the journal included; no file of the
database keeps a byte of it, whether or not the law obliges to keep something in one sealed archive;
figures stay what they were, and an older backup brings nobody back."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from relier.accounts.actors import SYSTEM
from relier.journal.models import Line
from relier.people.search import rebuild_name_keys
from relier.privacy import actions
from tests.clusters import cluster

from .canaries import plant


def everything() -> str:
    """Every value of every table, what is sealed opened, in one long text."""
    found = []
    for model in apps.get_models():
        names = [field.attname for field in model._meta.concrete_fields]
        for row in model._base_manager.all():
            found += [as_text(getattr(row, name)) for name in names]
    return "\n".join(found)


def as_text(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace")
    return str(value)


def test_09_erased_is_erased(house):
    planted = plant(house)
    rebuild_name_keys([house.awa])
    words = planted.secret + planted.content + planted.names
    assert all(word in everything() for word in words)

    actions.erase([house.awa.pk], by=SYSTEM)

    left = everything()
    assert not [w for w in words if re.search(rf"\b{re.escape(w)}\b", left, re.IGNORECASE)]
    assert "diallo" not in left.lower()


def test_the_journal_keeps_its_lines_and_they_name_nobody(house):
    plant(house)

    actions.erase([house.awa.pk], by=SYSTEM)

    assert Line.objects.deeds().filter(kind="privacy.erased").count() == 1


def test_erasing_one_leaves_the_others(house):
    from tests import factories as make

    other = make.NoteFactory(person__centre=house.centre, author=house.nour)
    plant(house)

    actions.erase([house.awa.pk], by=SYSTEM)

    other.refresh_from_db()
    assert other.words


# --- the bytes of the files ----------------------------------------------------------------------

ROOT = Path(__file__).parents[2]


@pytest.fixture
def server():
    """On PostgreSQL, a server of its own: what is erased is really committed, and no transaction
    of another test, in another database, holds back what the files may forget."""
    if connection.vendor == "sqlite":
        yield {}
        return
    with cluster() as address:
        yield {"DATABASE_URL": address}


def erased_in_a_copy(kind, folder, server):
    """What tests/charter/erasing.py saw, in a program of its own."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("RELIER_")}
    for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE"):
        ours.pop(name, None)
    done = subprocess.run(  # a program of ours, arguments of ours
        [sys.executable, "-m", "tests.charter.erasing", kind],
        cwd=ROOT,
        env={
            **ours,
            **server,
            "RELIER_MODE": "office",
            "RELIER_DATA": str(folder / "data"),
            "RELIER_KEYS": str(folder / "keys" / "keys.json"),
            "RELIER_OLDER": str(folder / "older.sqlite3"),
            "DJANGO_SETTINGS_MODULE": "relier.config.settings",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize(("kind", "archives"), [("cisp", 1), ("other", 0)])
def test_no_file_of_the_database_holds_a_byte_of_whoever_is_erased(
    kind, archives, tmp_path, server
):
    told = erased_in_a_copy(kind, tmp_path, server)

    assert told["looked_for"] > 80
    assert {"people.Note.words", "people.Person.phone", "support.Procedure.about"} <= set(
        told["fields"]
    )
    assert told["left"] == {}
    assert told["figures_changed"] == {}
    assert told["archives"] == archives
    # An older backup came back, and was erased again.
    assert told["left_after_restoring"] == {}
    assert told["figures_changed_after_restoring"] == {}
    assert told["archives_after_restoring"] == archives
