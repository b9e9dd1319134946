"""`relier keys`: on paper, back from paper, and turned."""

import io
import os
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from relier.config import kit
from relier.journal import keys
from relier.lib import keyring
from relier.lib.keyring import SEALING
from relier.people.models import Note
from tests import factories as make

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


@pytest.fixture
def ring(settings, tmp_path):
    settings.KEYS_FILE = tmp_path / "keys.json"
    ring = keyring.new_ring(at=NOW)
    keyring.write(ring, settings.KEYS_FILE)
    return ring


@pytest.fixture
def note(house, ring):
    return make.NoteFactory(person=house.awa, author=house.nour, words="canary-wren")


def relier_keys(*words, **options):
    said = io.StringIO()
    call_command("keys", *words, stdout=said, **options)
    return said.getvalue()


def typing(monkeypatch, *lines):
    waiting = iter([*lines, ""])
    monkeypatch.setattr("builtins.input", lambda _prompt: next(waiting))


def lines_of(ring):
    return [keyring.to_line(key) for key in ring.keys]


def text_of(pdf):
    return " ".join(
        " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split()
    )


# --- turning ---


def test_turned_the_words_open_and_the_old_key_is_retired(note, ring):
    said = relier_keys("turn", "SEALING", "--wait", "0")

    now = keys.ring()
    assert len(now.of(SEALING)) == 1
    assert now.newest(SEALING) != ring.newest(SEALING)
    assert "is retired" in said
    assert "No recovery kit was printed yet" in said
    assert Note.objects.get().words == "canary-wren"


def test_a_turn_that_was_stopped_goes_on_with_the_same_key(note, ring, settings):
    begun = ring.with_new(SEALING, at=NOW)
    keyring.write(begun, settings.KEYS_FILE)

    relier_keys("turn", "sealing", "--wait", "0")

    assert keys.ring().of(SEALING) == (begun.newest(SEALING),)


def test_an_old_key_that_something_still_needs_stays(note, ring, house):
    house.nour.user.name = f"s1.{ring.newest(SEALING).id}.sealed-in-another-way"
    house.nour.user.save()

    said = relier_keys("turn", "sealing", "--wait", "0")

    assert len(keys.ring().of(SEALING)) == 2
    assert "stays: 1 values of accounts.User.name" in said


def test_other_keys_are_turned_and_the_old_ones_stay(ring):
    relier_keys("turn", "journal")

    assert len(keys.ring().of("journal")) == 2


# --- on paper ---


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "Les clés de Relier"), ("en", "The keys of Relier")]
)
def test_the_kit_holds_every_group_of_every_key(ring, language, words):
    printed = text_of(kit.kit(ring, language=language, at=NOW))

    assert words in printed
    assert ring.fingerprint in printed
    for key in ring.keys:
        assert f"{key.use} {key.id} 2026-11-26" in printed
        assert all(group in printed for group in keyring.to_words(key).split())


def test_the_kit_goes_to_a_new_file_closed_to_others_and_is_remembered(ring, tmp_path):
    assert keys.last_kit() is None

    said = relier_keys("kit", str(tmp_path / "kit.pdf"))

    assert os.stat(tmp_path / "kit.pdf").st_mode & 0o077 == 0
    assert keys.last_kit().fingerprint == ring.fingerprint
    assert "delete" in said
    with pytest.raises(CommandError, match="already"):
        relier_keys("kit", str(tmp_path / "kit.pdf"))


def test_a_kit_that_lacks_the_latest_keys_is_said(ring, tmp_path):
    relier_keys("kit", str(tmp_path / "kit.pdf"))
    assert "was printed on" in relier_keys("show")

    relier_keys("turn", "backups")

    assert "lacks the latest keys" in relier_keys("show")


# --- back from paper ---


def test_typed_again_by_hand_the_keys_are_the_same(note, ring, settings, monkeypatch):
    settings.KEYS_FILE.unlink()
    by_hand = [line.lower().replace("0", "o") for line in lines_of(ring)]
    typing(monkeypatch, *by_hand)

    said = relier_keys("enter")

    assert keys.ring().fingerprint == ring.fingerprint
    assert "They open 1 values of the 1 that were tried." in said
    assert Note.objects.get().words == "canary-wren"


def test_what_comes_before_the_groups_may_be_typed_alone(ring, settings, monkeypatch, db):
    settings.KEYS_FILE.unlink()
    lines = []
    for key in ring.keys:
        lines += [f"{key.use} {key.id} 2026-11-26", keyring.to_words(key)]
    typing(monkeypatch, *lines)

    relier_keys("enter")

    assert keys.ring().fingerprint == ring.fingerprint


def test_a_group_copied_wrong_is_named_and_typed_again(ring, settings, monkeypatch, db):
    settings.KEYS_FILE.unlink()
    first, *rest = lines_of(ring)
    use, key_id, made_at, *groups = first.split()
    groups[4] = ("B" if groups[4][0] != "B" else "C") + groups[4][1:]
    typing(monkeypatch, " ".join([use, key_id, made_at, *groups]), first, *rest)

    said = relier_keys("enter")

    assert f"Group 5 ({groups[4]}) is not as it was printed." in said
    assert keys.ring().fingerprint == ring.fingerprint


def test_keys_of_another_copy_are_refused(note, ring, settings, monkeypatch):
    settings.KEYS_FILE.unlink()
    typing(monkeypatch, *lines_of(keyring.new_ring(at=NOW)))

    with pytest.raises(CommandError, match="open nothing"):
        relier_keys("enter")
    assert not settings.KEYS_FILE.exists()


def test_a_paper_that_lacks_a_key_is_refused(ring, settings, monkeypatch, db):
    settings.KEYS_FILE.unlink()
    typing(monkeypatch, *lines_of(ring)[:2])

    with pytest.raises(CommandError, match="backups, cards"):
        relier_keys("enter")


def test_a_file_that_is_there_is_never_overwritten(ring, monkeypatch):
    typing(monkeypatch, *lines_of(ring))

    with pytest.raises(CommandError, match="already"):
        relier_keys("enter")


def test_a_rehearsal_changes_nothing_and_says_whether_the_paper_is_good(
    note, ring, settings, monkeypatch
):
    before = settings.KEYS_FILE.read_text()
    typing(monkeypatch, *lines_of(ring))
    assert "The paper is good." in relier_keys("rehearse")

    typing(monkeypatch, *lines_of(keyring.new_ring(at=NOW)))
    with pytest.raises(CommandError, match="do not open"):
        relier_keys("rehearse")
    assert settings.KEYS_FILE.read_text() == before
