"""Backups: whole while people work, sealed, rehearsed, restored elsewhere; refused otherwise."""

import shutil
from pathlib import Path
from threading import Event, Thread

import pytest

from tests.offices import Browser, Office

from .conftest import ON_POSTGRESQL, SERVER
from .houses import CANARY, backups_of, keep, kept_words, settled

WRITERS, EACH = 10, 40


@pytest.fixture
def backed_up(new_copy, house_backed_up) -> tuple[Office, Path]:
    """A house with one request, backed up, and nobody at work."""
    office = new_copy("home", like=house_backed_up)
    return office, backups_of(office)[-1]


def elsewhere(new_copy, office: Office, name: str = "elsewhere") -> Office:
    """Another computer, with the keys and the list of those erased of the first."""
    other = new_copy(name, RELIER_KEYS=office.settings["RELIER_KEYS"])
    shutil.copytree(office.settings["RELIER_BACKUPS"], other.settings["RELIER_BACKUPS"])
    return other


def test_a_backup_made_while_ten_write_holds_all_that_was_confirmed_before(new_copy):
    office = new_copy("home")
    settled(office)
    confirmed: list[str] = []
    halfway, faults = Event(), []

    def write(number: int) -> None:
        browser = Browser(office)
        browser.sign_in()
        for turn in range(EACH):
            words = f"écrit {number}-{turn} pendant la copie"
            try:
                keep(browser, words)
            except (AssertionError, OSError) as fault:
                faults.append(fault)
                return
            confirmed.append(words)
            if len(confirmed) >= WRITERS * EACH // 3:
                halfway.set()

    writers = [Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    assert halfway.wait(timeout=120)
    before = list(confirmed)
    office.did("backup")
    during = len(confirmed)
    for writer in writers:
        writer.join(timeout=120)
    office.cut()

    other = elsewhere(new_copy, office)
    other.did("restore", backups_of(other)[-1])

    assert not faults
    assert len(confirmed) == WRITERS * EACH
    assert during > len(before), "nobody wrote while the copy was made"
    found = set(kept_words(other))
    assert set(before) <= found <= set(confirmed)
    other.did("check")


def test_a_restored_house_goes_on(new_copy, backed_up):
    office, backup = backed_up
    other = elsewhere(new_copy, office)

    other.did("restore", backup)
    other.start()
    browser = Browser(other)
    browser.sign_in()
    keep(browser, "après le retour")
    other.cut()

    assert sorted(kept_words(other)) == sorted([CANARY, "après le retour"])
    other.did("check")


def test_nobody_stays_signed_in_in_a_restored_house(new_copy, backed_up):
    office, backup = backed_up
    other = elsewhere(new_copy, office)
    assert office.rows("SELECT COUNT(*) FROM django_session")[0][0] > 0

    other.did("restore", backup)

    assert other.rows("SELECT COUNT(*) FROM django_session") == [(0,)]


@pytest.mark.skipif(not ON_POSTGRESQL, reason="PostgreSQL only: its snapshots")
def test_a_restore_ends_while_someone_writes_elsewhere_on_the_server(new_copy, backed_up):
    import psycopg

    office, backup = backed_up
    other = elsewhere(new_copy, office)

    with psycopg.connect(SERVER) as busy:
        busy.execute("SELECT pg_current_xact_id()")
        said = other.did("restore", backup)

    assert "the next `relier tidy` writes the files anew" in said
    assert kept_words(other) == [CANARY]
    # Other databases of this server are written meanwhile too: it says so, and goes on noting it.
    while "written anew: not yet" in (said := other.did("tidy")):
        assert (other.folder / "to-clean").exists()
    assert "written anew: yes" in said


def test_a_backup_says_nothing_without_the_keys(backed_up):
    _office, backup = backed_up

    content = backup.read_bytes()

    for word in (CANARY, "Passerelles", "nour@example.invalid", "helprequest"):
        assert word.encode() not in content
    assert backup.stat().st_mode & 0o077 == 0


def test_a_backup_is_rehearsed_where_it_disturbs_nobody(backed_up):
    office, backup = backed_up

    said = office.did("backup", "--rehearse", backup)

    assert "rows in" in said
    assert kept_words(office) == [CANARY]
    office.did("check")


def test_the_rehearsal_fails_without_the_keys(backed_up):
    office, backup = backed_up

    said = office.refused("backup", "--rehearse", backup, RELIER_KEYS="/nowhere/keys.json")

    assert "/nowhere/keys.json" in said


def test_backups_are_listed_and_the_oldest_let_go(backed_up):
    office, first = backed_up
    already = len(backups_of(office))  # `relier start` makes one a day by itself
    for name in ("20200101T000000Z", "20210101T000000Z"):
        shutil.copy(first, first.with_name(f"relier-{name}.relier-backup"))

    listed = office.did("backup", "--list")
    office.did("backup", "--keep", "2")

    assert len(listed.strip().splitlines()) == already + 2
    assert len(backups_of(office)) == 2


# --- those erased since --------------------------------------------------------------------------

ADD = """
from relier.centres.middleware import actor_of
from relier.centres.models import Member
from relier.people.actions import add_person
nour = Member.objects.get()
print(add_person(call_name="Canarienne", family_name="Oiselet", by=actor_of(nour)).pk)
"""
ERASE = """
from relier.accounts.actors import SYSTEM
from relier.privacy import actions, disk
from uuid import UUID
actions.erase([UUID({person!r})], by=SYSTEM)
disk.clean_if_needed()
"""


def in_the_bytes(office: Office, words: str) -> bool:
    """Whether these words stand in any file of the database, or in any row of it."""
    if "DATABASE_URL" in office.settings:
        return office.rows(f"SELECT 1 FROM people_person WHERE call_name = '{words}'") != []
    files = office.folder.glob("relier.sqlite3*")
    return any(words.encode() in file.read_bytes() for file in files)


def test_whoever_was_erased_since_does_not_come_back_with_an_older_backup(new_copy, backed_up):
    office, _ = backed_up
    person = office.asked(ADD).strip()
    office.did("backup")
    older = backups_of(office)[-1]
    assert in_the_bytes(office, "Canarienne")
    office.asked(ERASE.format(person=person))
    assert not in_the_bytes(office, "Canarienne")

    said = office.did("restore", "--replace", older)

    assert "Erased again: 1" in said
    assert not in_the_bytes(office, "Canarienne")
    assert not in_the_bytes(office, "Oiselet")
    office.did("check")


# --- refused -------------------------------------------------------------------------------------


def test_a_restore_without_the_keys_is_refused(new_copy, backed_up):
    office, backup = backed_up
    other = new_copy("elsewhere")
    other.did("keys", "new")
    shutil.copytree(office.settings["RELIER_BACKUPS"], other.settings["RELIER_BACKUPS"])

    said = other.refused("restore", backup)

    assert "does not hold the key" in said


def test_a_restore_without_the_list_of_those_erased_is_refused(new_copy, backed_up, tmp_path):
    office, backup = backed_up
    other = new_copy("elsewhere", RELIER_KEYS=office.settings["RELIER_KEYS"])
    alone = tmp_path / "stick" / backup.name
    alone.parent.mkdir()
    shutil.copy(backup, alone)

    said = other.refused("restore", alone)

    assert "list of those erased" in said


@pytest.mark.parametrize("cut", ["erased.jsonl", "erased.head"])
def test_a_restore_with_half_the_list_of_those_erased_is_refused(new_copy, backed_up, cut):
    office, backup = backed_up
    other = elsewhere(new_copy, office)
    (Path(other.settings["RELIER_BACKUPS"]) / cut).unlink()

    other.refused("restore", backup)


def test_a_restore_does_not_replace_a_house_unless_asked(backed_up):
    office, backup = backed_up

    said = office.refused("restore", backup)

    assert "--replace" in said
    assert kept_words(office) == [CANARY]


def test_what_is_replaced_is_backed_up_first(backed_up):
    office, backup = backed_up
    office.start()
    browser = Browser(office)
    browser.sign_in()
    keep(browser, "venu après la copie")
    office.cut()

    office.did("restore", "--replace", backup)
    assert kept_words(office) == [CANARY]

    office.did("restore", "--replace", backups_of(office)[-1])
    assert sorted(kept_words(office)) == sorted([CANARY, "venu après la copie"])
    office.did("check")


def test_a_restore_waits_for_nobody_to_be_at_work(backed_up):
    office, backup = backed_up
    office.start()

    said = office.refused("restore", "--replace", backup)

    assert "Stop it first" in said
    assert kept_words(office) == [CANARY]


def test_a_damaged_backup_changes_nothing(backed_up, tmp_path):
    office, backup = backed_up
    whole = backup.read_bytes()
    damaged = {
        "cut": whole[: len(whole) // 2],
        "one byte": whole[:-20] + bytes([whole[-20] ^ 1]) + whole[-19:],
        "empty": b"",
        "another file": b"%PDF-1.7" + whole,
    }

    for name, content in damaged.items():
        wrong = backup.with_name(f"{name}.relier-backup")
        wrong.write_bytes(content)
        office.refused("restore", "--replace", wrong)
        wrong.unlink()

    office.refused("restore", "--replace", tmp_path / "nothing there")
    assert kept_words(office) == [CANARY]
    office.did("check")


def test_a_backup_is_not_begun_where_there_is_no_room(backed_up, monkeypatch):
    from collections import namedtuple

    from relier.config.keeping import backups

    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(backups.shutil, "disk_usage", lambda _: usage(1, 1, 1000))
    monkeypatch.setattr(backups, "database_size", lambda: 10_000_000)

    with pytest.raises(backups.NoBackup, match="Make room"):
        backups.refuse_without_room(backed_up[1].parent)
