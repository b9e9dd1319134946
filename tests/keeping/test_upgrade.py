"""`relier upgrade`: the house of the version before trust, brought up to date, with a way back."""

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from relier.config.keeping import backups, restoring
from tests.offices import Office

from .conftest import ON_POSTGRESQL

pytestmark = pytest.mark.skipif(ON_POSTGRESQL, reason="SQLite only: the dump is of an office")

# The demonstration as planted by the version before trust (its people are invented): notes in
# plain words, a journal without a chain.
BEFORE = Path(__file__).with_name("before_trust.sql.gz")
# A change that breaks half-way, after it has changed something.
BREAKS = """
from django.db import migrations

def breaks(apps, schema_editor):
    apps.get_model("centres", "Centre").objects.update(name="half-way")
    raise RuntimeError("This change breaks, for a test.")

class Migration(migrations.Migration):
    atomic = False
    dependencies = [("centres", %(last)r)]
    operations = [migrations.RunPython(breaks)]
"""


def rows_of(database: Path) -> dict[str, list[tuple]]:
    with closing(sqlite3.connect(database)) as opened:
        names = opened.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        return {
            name: sorted(opened.execute(f"SELECT * FROM {name}"), key=repr) for (name,) in names
        }


@pytest.fixture
def old_house(new_copy) -> Office:
    office = new_copy("old")
    office.folder.mkdir(parents=True)
    with closing(sqlite3.connect(office.folder / "relier.sqlite3")) as database:
        database.executescript(gzip.decompress(BEFORE.read_bytes()).decode())
    office.did("keys", "new")
    return office


def test_the_house_of_the_version_before_is_brought_up_to_date(old_house):
    counted = {
        name: len(rows)
        for name, rows in rows_of(old_house.folder / "relier.sqlite3").items()
        if name.split("_")[0] in {"people", "support", "privacy", "centres", "competences"}
    }

    said = old_house.did("upgrade")

    assert "way back" in said
    after = rows_of(old_house.folder / "relier.sqlite3")
    assert {name: len(after[name]) for name in counted} == counted
    assert len(after["journal_line"]) >= 215
    assert "Nothing to do" in old_house.did("upgrade")
    old_house.did("check")


def test_what_was_under_secrecy_is_sealed_by_the_upgrade(old_house):
    database = old_house.folder / "relier.sqlite3"
    secret = [
        words
        for (words,) in old_house.rows("SELECT words FROM people_note WHERE audience = 'secrecy'")
    ]
    assert secret

    old_house.did("upgrade")

    content = database.read_bytes()
    for words in secret:
        assert words.encode() not in content


def test_the_way_back_holds_the_very_rows_of_the_version_before(old_house, settings, tmp_path):
    before = rows_of(old_house.folder / "relier.sqlite3")
    old_house.did("upgrade")
    (backup,) = Path(old_house.settings["RELIER_BACKUPS"]).glob("*.relier-backup")

    settings.KEYS_FILE = Path(old_house.settings["RELIER_KEYS"])
    with backups.opened(backup) as parts:
        manifest = backups.read_manifest(parts)
        restoring.extract_database(parts, tmp_path / "back.sqlite3", manifest["sha256"])

    after = rows_of(tmp_path / "back.sqlite3")
    del before["django_session"], after["django_session"]
    assert after == before


def test_an_upgrade_that_breaks_leaves_everything_as_it_was(old_house, tmp_path):
    database = old_house.folder / "relier.sqlite3"
    before = rows_of(database)
    package = tmp_path / "broken"
    (package / "broken_migrations").mkdir(parents=True)
    import relier.centres.migrations as real

    folder = Path(real.__file__).parent
    last = ""
    for migration in sorted(folder.glob("0*.py")):
        (package / "broken_migrations" / migration.name).write_text(migration.read_text())
        last = migration.stem
    (package / "broken_migrations" / "__init__.py").write_text("")
    (package / "broken_migrations" / "9999_breaks.py").write_text(BREAKS % {"last": last})
    (package / "broken_settings.py").write_text(
        "from relier.config.settings import *\n"
        "MIGRATION_MODULES = {'centres': 'broken_migrations'}\n"
    )

    said = old_house.refused(
        "upgrade", PYTHONPATH=f"{package}:.", DJANGO_SETTINGS_MODULE="broken_settings"
    )

    assert "Everything is as it was" in said
    after = rows_of(database)
    del before["django_session"], after["django_session"]
    assert after == before


def test_an_upgrade_without_the_keys_begins_nothing(old_house):
    before = rows_of(old_house.folder / "relier.sqlite3")

    said = old_house.refused("upgrade", RELIER_KEYS="/nowhere/keys.json")

    assert "/nowhere/keys.json" in said
    assert rows_of(old_house.folder / "relier.sqlite3") == before
