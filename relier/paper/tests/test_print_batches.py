"""Printing: versions that never change, copies, pages and their codes."""

import hashlib
import uuid

import pypdfium2 as pdfium
import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import ProtectedError

from relier.centres.access import Refused
from relier.journal.models import Line
from relier.paper import actions
from relier.paper.models import Copy, PrintedPage, PrintedSheet, Printing
from relier.paper.reading import identifiers
from tests import factories as make

from .tray import NAME, printed_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("room", "in_english")]


def test_each_copy_has_a_page_with_an_identifier_of_its_own(house):
    pages = printed_for(house, house.awa, None, None)

    assert len({page.identifier for page in pages}) == 3
    assert [page.copy.subject_id for page in pages] == [house.awa.pk, None, None]
    assert all(page.short == identifiers.by_hand(page.identifier) for page in pages)


def test_a_batch_comes_with_its_pdf(house):
    nour = make.actor(house.nour)

    printed = actions.print_batch(NAME, subjects=[None] * 3, by=nour)

    assert len(pdfium.PdfDocument(printed.pdf)) == 3
    assert actions.pdf_of(printed.printing) == printed.pdf


def test_a_form_sent_twice_prints_once(house):
    nour, key = make.actor(house.nour), uuid.uuid4()

    first = actions.print_batch(NAME, subjects=[None], by=nour, form_key=key)
    again = actions.print_batch(NAME, subjects=[None], by=nour, form_key=key)

    assert first == again
    assert Copy.objects.count() == 1


def test_the_same_sheet_is_kept_once_and_another_occasion_apart(house):
    printed_for(house, None)
    printed_for(house, None)
    assert PrintedSheet.objects.count() == 1

    printed_for(house, None, occasion={"items": "send-photo"})
    printed_for(house, None, large=True)
    assert PrintedSheet.objects.count() == 3


def test_what_was_printed_says_its_layout_and_the_pdf_of_a_blank(house):
    printed_for(house, None)

    kept = PrintedSheet.objects.get()
    assert kept.as_layout.sheet == NAME
    assert len(kept.pdf_sha256) == hashlib.sha256().digest_size * 2
    assert kept.digest == kept.whole_digest()


def test_a_printed_version_never_changes(house):
    printed_for(house, None)
    kept = PrintedSheet.objects.get()

    with pytest.raises(TypeError):
        kept.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        PrintedSheet.objects.update(version="2")


def test_a_printed_version_stays_while_a_page_of_it_exists(house):
    printed_for(house, None)

    with pytest.raises(ProtectedError):
        PrintedSheet.objects.all().delete()
    Printing.objects.all().delete()
    PrintedSheet.objects.all().delete()
    assert not PrintedPage.objects.exists()


def test_a_code_that_is_taken_is_drawn_again(house, monkeypatch):
    taken = printed_for(house, None)[0].identifier
    # The same eight letters for a hand, and others behind them.
    near = taken[:7] + ("0" * 6 if taken[7:] != "0" * 6 else "1" * 6)
    drawn = iter([near, "ABCDEFGHJKMNP"])
    monkeypatch.setattr(identifiers, "new_identifier", lambda: next(drawn))

    assert [page.identifier for page in printed_for(house, None)] == ["ABCDEFGHJKMNP"]


def test_codes_that_are_always_taken_keep_nothing(house, monkeypatch):
    taken = printed_for(house, None)[0].identifier
    monkeypatch.setattr(identifiers, "new_identifier", lambda: taken)

    with pytest.raises(IntegrityError), transaction.atomic():
        printed_for(house, None)
    assert Printing.objects.count() == 1


def test_nobody_prints_for_someone_they_do_not_reach(house):
    with pytest.raises(Refused):
        printed_for(house, house.awa, by=house.coordinator)
    with pytest.raises(Refused):
        printed_for(house, house.awa, by=house.zoe)
    assert not Printing.objects.exists()


def test_a_copy_of_nobody_is_seen_by_who_printed_it_and_the_coordinator(house):
    actions.print_batch(NAME, subjects=[None], by=make.actor(house.nour))

    sees = [
        member
        for member in (house.nour, house.bram, house.reception, house.coordinator, house.zoe)
        if Copy.objects.visible_to(make.actor(member)).exists()
    ]

    assert sees == [house.nour, house.coordinator]


def test_a_ballot_is_not_printed_here(house):
    with pytest.raises(ValidationError, match="ballot"):
        printed_for(house, None, name="tests.ballot")


def test_a_person_reads_in_their_journal_that_a_sheet_was_printed(house):
    printed_for(house, house.awa, None)

    lines = Line.objects.filter(kind="paper.printed")
    assert {line.subject for line in lines} == {house.awa.pk, None}


@pytest.mark.parametrize("copies", [0, 2001])
def test_a_batch_has_a_reasonable_number_of_copies(house, copies):
    with pytest.raises(ValidationError, match="from 1 to 2000"):
        actions.print_batch(NAME, subjects=[None] * copies, by=make.actor(house.nour))
