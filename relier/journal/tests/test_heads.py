"""A head is one line that a hand can copy, and the command compares it."""

import random
from datetime import date
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from relier.journal.heads import head_of, read_head
from relier.journal.models import Line

from .stories import by_force, write, writer


def test_what_is_printed_is_read_again():
    chance = random.Random(20261126)
    for _ in range(300):
        seal, number = chance.randbytes(32).hex(), chance.randrange(1, 10**9)
        head = head_of(uuid4(), number, date(2026, 11, 26), seal)

        assert read_head(f"{head}  Les Passerelles") == head
        assert read_head(str(head).lower()) == head
        assert seal.startswith(head.seal_begins)


def test_a_letter_misread_is_read_as_it_was_meant():
    head = head_of(uuid4(), 12, date(2026, 11, 26), "0" * 64)

    assert read_head(str(head).replace("0000-0000-0000-0000", "OOOO OOOO OOOO OOOO")) == head


@pytest.mark.parametrize("text", ["", "hello", "3f2a9c1d 12 2026-11-26", "3f2a9c1d x y z"])
def test_what_is_not_a_head_is_said(text):
    with pytest.raises(ValueError, match="not the line"):
        read_head(text)


# --- the commands --------------------------------------------------------------------------------


@pytest.fixture
def nour(house):
    nour = writer(house.centre.pk)
    write(4, by=nour, fields=["name"])
    return nour


def relier(*arguments):
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_a_head_is_printed_per_centre_and_compared_later(nour):
    printed = relier("journal", "head")
    write(3, by=nour)

    assert "Les Passerelles" in printed
    assert " 4 20" in printed
    assert "7 lines" in relier("journal", "verify", "--head", printed)
    assert "7 lines" in relier("journal", "verify")


def test_a_journal_made_anew_is_not_the_printed_one(nour):
    printed = relier("journal", "head")
    by_force("DELETE FROM journal_line WHERE number > 2")
    write(5, by=nour)

    assert "holds" in relier("journal", "verify")
    with pytest.raises(CommandError, match=r"Les Passerelles: line 4 .*made anew"):
        relier("journal", "verify", "--head", printed)


def test_a_head_of_elsewhere_is_said(nour):
    with pytest.raises(CommandError, match="no chain"):
        relier(
            "journal", "verify", "--head", str(head_of(uuid4(), 1, date(2026, 11, 26), "0" * 64))
        )
    with pytest.raises(CommandError, match="not the line"):
        relier("journal", "verify", "--head", "hello")


def test_anchored_again_by_command(nour):
    assert "1 chains" in relier("journal", "anchor", "--reason", "restored")
    assert Line.objects.filter(kind="journal.anchored_again").count() == 1


def test_check_reads_the_journal(nour):
    # Five of the journal, two of the printed versions of sheets, twelve of the ledger of hours.
    assert "Journal: 4 lines in 1 chains, 19 guards; all of it holds." in relier("check")
    assert "Journal" not in relier("check", "--quick")


def test_check_names_the_first_line_and_the_guard_that_is_missing(nour):
    by_force("DELETE FROM journal_line WHERE number = 2")

    with pytest.raises(CommandError) as said:
        relier("check")

    assert "The guard journal_line_refuses_update is missing." in str(said.value)
    assert "Les Passerelles: line 2 (the line before it is of 20" in str(said.value)
    assert "is missing." in str(said.value)
