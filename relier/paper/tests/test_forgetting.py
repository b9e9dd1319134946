"""What goes with time, with the person, and what leaves with them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from relier.accounts.actors import SYSTEM
from relier.paper import actions
from relier.paper.models import (
    Copy,
    Decision,
    FilePart,
    Picture,
    PrintedPage,
    Printing,
    ReceivedFile,
    Scan,
    State,
    Why,
)
from relier.privacy import actions as privacy
from relier.privacy import held
from relier.privacy.models.retention import TermChange
from relier.privacy.rules.terms import WORKING_SCANS
from tests import factories as make

from .test_deciding import answer_all
from .tray import Told, file_of, page, printed_for, received

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("room", "in_english")]


@pytest.fixture
def nour(house):
    return make.actor(house.nour)


@pytest.fixture
def lina(house):
    return make.PersonFactory(centre=house.centre, call_name="Lina", followed_by=house.team)


@pytest.fixture
def closed(house, nour):
    scan = received(house, page(printed_for(house, house.awa)[0].identifier, written=0.4))[0]
    answer_all(scan, nour)
    actions.close_copy(scan.page.copy, by=nour)
    return scan


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def forget(days):
    return actions.forget_pictures(by=SYSTEM, on=in_days(days))


# --- with time -----------------------------------------------------------------------------------


def test_pictures_go_by_themselves_once_their_term_is_over(closed):
    assert forget(60) == 0
    assert Picture.objects.exists()

    assert forget(61) == 1

    closed.refresh_from_db()
    assert not Picture.objects.exists()
    assert not FilePart.objects.exists()
    assert ReceivedFile.objects.get().content() == b""
    assert closed.reading == {}
    assert closed.state == State.CLOSED
    assert forget(62) == 0


def test_the_crop_of_a_decision_stays_as_its_evidence(closed):
    forget(61)

    assert all(decision.crop_content() for decision in Decision.objects.all())


def test_a_centre_says_its_own_term(closed, house):
    TermChange.objects.create(
        centre=house.centre, name=WORKING_SCANS, value=5, source="Our officer", author=house.nour,
        from_on=timezone.localdate(),
    )  # fmt: skip

    assert forget(6) == 1


def test_a_signed_sheet_is_kept_by_its_own_term(closed):
    Printing.objects.update(sheet=make.PrintedSheetFactory(keeps="signed"))

    assert forget(400) == 0
    assert forget(365 * 10 + 4) == 1


def test_what_waits_in_the_tray_never_goes_by_itself(house):
    printed = printed_for(house, house.awa)[0]
    received(house, page(state="unidentified", why="no_code"), page(printed.identifier))

    assert forget(4000) == 0
    assert Picture.objects.count() == 2


def test_what_was_put_aside_goes_after_the_term_of_a_working_scan(house, nour):
    scan = received(house, page(state="unidentified", why="no_code"))[0]
    actions.set_aside(scan, "not_ours", by=nour)

    assert forget(61) == 1
    assert not FilePart.objects.exists()


def test_a_file_stays_as_long_as_one_of_its_pages_is_needed(house, nour, lina):
    hers, others = printed_for(house, house.awa, lina)
    scan, _ = received(house, page(hers.identifier, written=0.4), page(others.identifier))
    answer_all(scan, nour)
    actions.close_copy(hers.copy, by=nour)

    assert forget(61) == 1
    assert FilePart.objects.exists()


# --- with the person -----------------------------------------------------------------------------


def test_pages_are_erased_with_the_person_and_so_is_the_file_that_held_them(house, nour, lina):
    hers, others = printed_for(house, house.awa, lina)
    scans = received(house, page(hers.identifier, written=0.4), page(others.identifier))
    actions.decide(scans[0], "reply", ["phone"], by=nour)

    privacy.erase([house.awa.pk], by=nour)

    assert list(Scan.objects.all()) == [scans[1]]
    assert list(PrintedPage.objects.all()) == [others]
    assert Copy.objects.get().subject_id == lina.pk
    assert not Decision.objects.exists()
    assert not FilePart.objects.exists()
    file = ReceivedFile.objects.get()
    assert (file.content(), file.key) == (b"", "")
    # The page of someone else is there still, with its picture.
    assert Scan.objects.get().picture.content()
    assert Scan.objects.get().state == State.READ


def test_a_page_that_nobody_had_read_says_to_scan_it_again(house, nour, lina):
    hers, others = printed_for(house, house.awa, lina)
    pile = actions.begin_pile("scan", by=nour)
    file = actions.receive(pile, file_of(page(hers.identifier), page(others.identifier)), by=nour)

    def erased_meanwhile(number):
        if number == 2:
            privacy.erase([house.awa.pk], by=nour)

    actions.read_waiting(house.centre.pk, by=nour, reader=Told(at_page=erased_meanwhile))

    assert [(scan.number, scan.why) for scan in file.scans.all()] == [(2, Why.EMPTIED)]


def test_a_page_of_someone_erased_that_comes_back_later_is_unknown(house, nour):
    identifier = printed_for(house, house.awa)[0].identifier
    privacy.erase([house.awa.pk], by=nour)

    scan = received(house, page(identifier))[0]

    assert (scan.why, scan.page) == (Why.UNKNOWN, None)


def test_what_is_held_on_paper_is_handed_over_with_pictures_said_to_exist(house, nour, closed):
    given = privacy.hand_over([house.awa.pk], by=nour)

    assert given["paper.Scan"]["rows"][0]["reading"]["questions"]["reply"]
    said = [row["given"] for row in given["paper.Decision"]["rows"]]
    assert {"answers": ["Je cherche un cours"]} in said
    assert len(given["paper.Picture"]["rows"]) == 1
    assert "Je cherche un cours" in str(held.tables([house.awa.pk]))
    words = str([given[f"paper.{name}"]["rows"] for name in ("Scan", "Picture", "Decision")])
    assert "key" not in words
    assert "sealed" not in words
