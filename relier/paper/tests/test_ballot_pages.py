"""The pages of a count: opened by who coordinates, read by two, each alone, and told at the end."""

import io
import re
from html import unescape
from uuid import uuid4

import pytest
from django.urls import reverse

from relier.paper import actions
from relier.paper.actions import ballot_reading
from relier.paper.models import BallotCount
from tests import factories as make

from .ballots import FRIDAY, MONDAY, ballot, both_say, opened, read
from .tray import Told, file_of

# Who asks, and from which session; how many counts there are, and a page of them.
QUERIES = 6

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("room", "in_english")]


@pytest.fixture
def count(house):
    return opened(house, printed=10, by_hand=6)


@pytest.fixture
def told_by_us(monkeypatch):
    """The machine says what it is told, on the pages too."""
    function = ballot_reading.read_ballots
    defaults = {**function.__kwdefaults__, "reader": Told()}
    monkeypatch.setattr(function, "__kwdefaults__", defaults)


def at(name, *about):
    return reverse(f"paper:{name}", args=[getattr(one, "pk", one) for one in about])


def text(answer):
    assert answer.status_code == 200, answer.status_code
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def english(client):
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def enters(enter, house):
    from relier.accounts.models import User

    User.objects.update(language="en")
    return lambda member: english(enter(member))


def test_who_coordinates_opens_a_count_and_prints_ballots(house, enters):
    colette = enters(house.coordinator)
    given = {
        "question": "Quel jour ?", "answers": "Lundi\r\n\r\nVendredi\r\n", "one": house.nour.pk,
        "two": house.bram.pk, "language": "fr", "form_key": str(uuid4()),
    }  # fmt: skip

    wrong = colette.post(at("ballot_new"), {**given, "answers": "Lundi", "two": house.nour.pk})
    answer = colette.post(at("ballot_new"), given)
    colette.post(at("ballot_new"), given)

    assert "Write from 2 to 7 answers" in text(wrong)
    assert "name two people" in text(wrong)
    count = BallotCount.objects.get()
    assert answer.url == at("ballot_print", count)
    few = colette.post(answer.url, {"copies": 2})
    assert "could be guessed" in text(few)
    pdf = colette.post(answer.url, {"copies": 8})
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert "Quel jour ?" in text(colette.get(at("ballot", count)))
    assert BallotCount.objects.get().printed == 8


def test_a_reader_promises_counts_by_hand_then_scans(house, enters, told_by_us):
    count = opened(house, printed=10, sworn=False)
    nour = enters(house.nour)

    assert nour.get(at("ballot_scan", count)).url == at("ballot_promise", count)
    assert nour.post(at("ballot_promise", count)).url == at("ballot_scan", count)
    assert "How many sheets did you count by hand?" in text(nour.get(at("ballot_scan", count)))
    nour.post(at("ballot_scan", count), {"gesture": "by-hand", "by_hand": "3"})
    pages = [ballot(count, FRIDAY), ballot(count, MONDAY), ballot(count, "x", state="unregistered")]
    scans = {"gesture": "scan", "scans": file_named(file_of(*pages))}
    done = nour.post(at("ballot_scan", count), scans, follow=True)

    assert "2 ballots were read." in text(done)
    assert "Not read nor counted: 3 in the file." in text(done)
    assert "2 of 3 sheets counted by hand are read" in text(done)


def test_a_file_that_is_too_long_is_refused_and_the_next_ones_add_up(
    house, enters, count, told_by_us, settings
):
    settings.BALLOTS_AT_ONCE = 2
    nour = enters(house.nour)

    def sends(*says):
        pages = [ballot(count, one) for one in says]
        scans = {"gesture": "scan", "scans": file_named(file_of(*pages))}
        return text(nour.post(at("ballot_scan", count), scans, follow=True))

    assert "at most 2 pages at a time" in text(nour.get(at("ballot_scan", count)))
    refused = sends(FRIDAY, FRIDAY, FRIDAY)
    assert "This file has 3 pages. Send at most 2 pages at a time" in refused
    assert "0 of 6 sheets counted by hand are read" in refused
    assert "2 of 6 sheets counted by hand are read" in sends(FRIDAY, FRIDAY)
    assert "4 of 6 sheets counted by hand are read" in sends(FRIDAY, MONDAY)


def file_named(source):
    source.name = "scans.pdf"
    return source


def test_what_is_no_scan_is_refused_in_place(house, enters, count, told_by_us):
    nour = enters(house.nour)

    for data, words in ((b"hello there", "not a PDF"), (b"", "empty")):
        sent = {"gesture": "scan", "scans": file_named(io.BytesIO(data))}
        assert words in text(nour.post(at("ballot_scan", count), sent))
    assert (
        'class="summary"'
        in nour.post(at("ballot_scan", count), {"gesture": "scan"}).content.decode()
    )


def test_each_reader_looks_alone_and_does_not_see_what_the_other_said(house, enters, count):
    read(house, count, ballot(count, sure=False))
    (doubt,) = count.doubts.all()
    nour, bram = enters(house.nour), enters(house.bram)
    before = page_of(bram.get(at("ballot_look", count)))

    nour.post(at("ballot_look", count), {"strip": doubt.pk, "says": FRIDAY})

    assert page_of(bram.get(at("ballot_look", count))) == before
    assert "The other reader has not yet." in text(nour.get(at("ballot_look", count)))
    bram.post(at("ballot_look", count), {"strip": doubt.pk, "gesture": "-blank"})
    both = text(nour.get(at("ballot_look", count)))
    assert "Nour: Vendredi · Bram: Blank" in both
    nour.post(at("ballot_look", count), {"strip": doubt.pk, "gesture": "-blank"})
    assert count.doubts.count() == 0


def page_of(answer):
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())


def test_nothing_chosen_is_never_taken_for_blank(house, enters, count):
    read(house, count, ballot(count, sure=False))
    (doubt,) = count.doubts.all()

    answer = enters(house.nour).post(at("ballot_look", count), {"strip": doubt.pk})

    assert "Choose what this ballot says." in text(answer)
    doubt.refresh_from_db()
    assert doubt.one_says is None


def test_a_strip_that_is_gone_leads_to_the_next_one(house, enters, count):
    nour = enters(house.nour)

    for gone in (uuid4(), "nothing", ""):
        assert (
            nour.post(at("ballot_look", count), {"strip": gone, "says": FRIDAY}).status_code == 302
        )


def test_only_the_two_readers_see_a_strip(house, enters, count):
    read(house, count, ballot(count, sure=False))
    (doubt,) = count.doubts.all()

    answer = enters(house.bram).get(at("ballot_strip", count, doubt))

    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.content.startswith(b"\xff\xd8")
    other = opened(house)
    for client, url in (
        (enters(house.coordinator), at("ballot_strip", count, doubt)),
        (enters(house.reception), at("ballot_strip", count, doubt)),
        (enters(house.zoe), at("ballot_strip", count, doubt)),
        (enters(house.nour), at("ballot_strip", other, doubt)),
    ):
        assert client.get(url).status_code == 404


def test_no_page_of_an_open_count_tells_a_total(house, enters, count):
    read(house, count, *[ballot(count, FRIDAY)] * 5, ballot(count, sure=False))
    for member in (house.coordinator, house.nour):
        client = enters(member)
        for name in ("ballot", "ballot_scan", "ballot_look", "ballot_print", "ballot_close"):
            answer = client.get(at(name, count))
            if answer.status_code == 200:
                assert "<td" not in answer.content.decode(), name
                assert "Vendredi 5" not in text(answer)


def test_a_count_is_closed_by_a_reader_and_its_result_is_told(house, enters, count):
    read(
        house, count, *[ballot(count, FRIDAY)] * 4, ballot(count, MONDAY), ballot(count, sure=False)
    )
    nour = enters(house.nour)
    early = nour.post(at("ballot_close", count), follow=True)
    both_say(house, count, FRIDAY)

    done = nour.post(at("ballot_close", count), follow=True)

    assert "1 answer waits for both readers." in text(early)
    assert "Lundi 1 Vendredi 5 Blank 0 Void 0" in text(done)
    assert "Lundi 1 Vendredi 5" in text(enters(house.coordinator).get(at("ballot", count)))
    again = enters(house.bram).get(at("ballot_scan", count), follow=True)
    assert "This count is closed." in text(again)


def test_more_than_were_printed_is_said_on_the_page(house, enters, count):
    actions.say_by_hand(count, 11, by=make.actor(house.nour))

    assert "More ballots than were printed" in text(enters(house.nour).get(at("ballot", count)))


def test_who_does_not_coordinate_nor_read_finds_nothing_of_it(house, enters, count):
    for member in (house.reception, house.zoe):
        client = enters(member)
        assert client.get(at("ballot", count)).status_code == 404
        assert client.post(at("ballot_give_up", count)).status_code == 404
        assert "Quel jour" not in text(client.get(at("ballots")))
    assert enters(house.nour).get(at("ballot_new")).status_code == 404


def test_the_list_costs_the_same_however_long(house, enters, django_assert_num_queries):
    colette = enters(house.coordinator)
    for _ in range(3):
        opened(house)
    colette.get(at("ballots"))
    with django_assert_num_queries(QUERIES):
        colette.get(at("ballots"))
    rows = list(BallotCount.objects.all())
    BallotCount.objects.bulk_create(
        BallotCount(
            centre=rows[0].centre, sheet=rows[0].sheet, identifier=f"{number:013}",
            reader_one=house.nour, reader_two=house.bram, opened_by=house.coordinator,
            opened_at=rows[0].opened_at,
        )
        for number in range(300)
    )  # fmt: skip

    with django_assert_num_queries(QUERIES):
        shown = colette.get(at("ballots"))

    assert shown.content.decode().count("<li>") >= 30
