"""The anchor follows each commit, lags at worst, and never moves past what was cut off."""

import logging

import pytest
from django.db import connection, transaction

from relier.journal import actions, anchor, checking
from relier.journal.anchor import Anchor
from relier.journal.checking import Wrong
from relier.journal.models import Line

from .stories import by_force, write, write_and_fall, writer

pytestmark = pytest.mark.django_db(transaction=True)


def head(by):
    last = Line.objects.chain(by.centre).last()
    return Anchor(last.number, last.seal)


@pytest.fixture
def nour():
    nour = writer()
    write(5, by=nour, fields=["name"])
    return nour


def test_it_follows_each_commit(nour):
    assert anchor.read(nour.centre) == head(nour)

    with transaction.atomic():
        write(3, by=nour)

    assert anchor.read(nour.centre) == head(nour)
    assert head(nour).number == 8


def test_what_is_rolled_back_does_not_move_it(nour):
    before = head(nour)

    with pytest.raises(ZeroDivisionError):
        write_and_fall(by=nour)

    assert anchor.read(nour.centre) == before


def test_a_fall_between_commit_and_anchor_is_no_fault_and_mends_itself(nour, monkeypatch):
    with monkeypatch.context() as fallen:
        fallen.setattr(anchor, "move", lambda *_, **__: None)
        write(3, by=nour)

    assert anchor.read(nour.centre).number == 5
    assert checking.check(nour.centre).fault is None

    write(1, by=nour)
    assert anchor.read(nour.centre) == head(nour)


def test_it_does_not_move_past_what_was_cut_off(nour, caplog):
    by_force("DELETE FROM journal_line WHERE number > 2")
    noted = anchor.read(nour.centre)

    with caplog.at_level(logging.ERROR):
        write(10, by=nour)

    assert anchor.read(nour.centre) == noted
    assert checking.check(nour.centre).fault.wrong == Wrong.NOT_ANCHORED
    assert "no longer holds" in caplog.text


def test_a_folder_that_cannot_be_written_loses_no_deed(nour, settings, tmp_path, caplog):
    settings.ANCHOR = tmp_path / "a file"
    settings.ANCHOR.write_text("")

    write(1, by=nour)

    assert head(nour).number == 6
    assert "could not be moved" in caplog.text


def test_a_restored_backup_is_anchored_again_by_a_deed_that_says_so(nour):
    by_force("DELETE FROM journal_line WHERE number > 2")
    assert checking.check(nour.centre).fault.wrong == Wrong.CUT

    actions.anchor_again(by=writer(), reason="backup of Monday")

    assert checking.check(nour.centre).fault is None
    line = Line.objects.chain(nour.centre).last()
    assert (line.number, line.kind) == (3, "journal.anchored_again")
    assert line.details["was"] == 5
    assert line.details["reason"] == "backup of Monday"
    assert anchor.read(nour.centre) == head(nour)


def test_a_chain_that_is_gone_with_the_backup_is_anchored_again_too(nour):
    by_force("DELETE FROM journal_line")

    assert actions.anchor_again(by=nour, reason="") == [nour.centre]

    assert Line.objects.get().details["was"] == 5
    assert checking.check(nour.centre).fault is None


def test_the_anchor_is_closed_to_others(nour, settings):
    (file,) = settings.ANCHOR.iterdir()

    assert file.stat().st_mode & 0o077 == 0
    assert settings.ANCHOR.stat().st_mode & 0o077 == 0
    assert connection.vendor not in file.read_text()
