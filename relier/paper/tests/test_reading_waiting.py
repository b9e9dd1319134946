"""Reading what waits: nothing lost, nothing twice, each page in one state."""

from datetime import timedelta

import pytest
from django.utils import timezone

from relier.accounts.actors import SYSTEM
from relier.centres.access import Refused
from relier.journal.models import Line
from relier.paper import actions
from relier.paper.models import Picture, PrintedPage, Printing, ReceivedFile, Scan, State, Why
from relier.paper.models.scans import LEASE, MOST_TRIES
from tests import factories as make

from .tray import BOXES, Told, a_picture, file_of, page, printed_for, received

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("room", "in_english")]


class PowerCut(BaseException):
    """What `kill -9` does to whoever reads: nothing after it runs."""


def waiting(house, *pages, by=None):
    actor = make.actor(by or house.nour)
    return actions.receive(actions.begin_pile("scan", by=actor), file_of(*pages), by=actor)


def read(house, reader, **more):
    return actions.read_waiting(house.centre.pk, by=SYSTEM, reader=reader, **more)


def states(file):
    return [(scan.state, scan.why) for scan in file.scans.order_by("number")]


def test_a_page_without_doubt_is_checked_and_one_with_doubt_waits(house):
    sure, doubtful = printed_for(house, house.awa, house.awa, name=BOXES)
    written = printed_for(house, house.awa)[0]

    scans = received(
        house,
        page(sure.identifier),
        page(doubtful.identifier, sure=False),
        page(written.identifier),
    )

    assert [scan.state for scan in scans] == [State.CHECKED, State.READ, State.READ]
    assert [scan.subject_id for scan in scans] == [house.awa.pk] * 3
    assert list(Scan.objects.in_tray()) == scans[1:]


def test_what_cannot_be_read_waits_with_a_sentence_and_its_picture(house):
    known = printed_for(house, house.awa, name=BOXES)[0].identifier

    scans = received(
        house,
        page(state="unidentified", why="no_code"),
        page(state="unidentified", why="several_pages"),
        page("ABCDEFGHJKMNP"),
        page(known, state="unregistered", why="corners"),
        page(known, state="unregistered", why="small"),
    )

    assert [(scan.state, scan.why) for scan in scans] == [
        (State.RECEIVED, Why.NO_CODE),
        (State.RECEIVED, Why.SEVERAL),
        (State.RECEIVED, Why.UNKNOWN),
        (State.IDENTIFIED, Why.CORNERS),
        (State.REGISTERED, Why.SMALL),
    ]
    assert all(scan.get_why_display().endswith(".") for scan in scans)
    assert all(scan.picture.content() == a_picture() for scan in scans)
    assert Scan.objects.unknown().count() == 1
    assert Scan.objects.unreadable().count() == 4
    assert Scan.objects.in_tray().count() == 5


def test_a_page_of_another_centre_is_unknown_here(house):
    mine = printed_for(house, None, name=BOXES)[0]
    other = make.MemberFactory(centre=house.zoe.centre, teams=[])

    actor = make.actor(other)
    pile = actions.begin_pile("scan", by=actor)
    file = actions.receive(pile, file_of(page(mine.identifier)), by=actor)
    actions.read_waiting(other.centre_id, by=actor, reader=Told())

    scan = file.scans.get()
    assert (scan.why, scan.page) == (Why.UNKNOWN, None)


def test_a_second_picture_is_a_duplicate_and_a_better_one_stands(house):
    twice, retaken = printed_for(house, house.awa, house.awa, name=BOXES)

    scans = received(
        house,
        page(twice.identifier),
        page(twice.identifier, reply=("phone",)),
        page(retaken.identifier, state="unregistered", why="corners"),
        page(retaken.identifier),
    )

    assert [scan.why for scan in scans] == ["", Why.DUPLICATE, Why.CORNERS, ""]
    assert list(Scan.objects.duplicates()) == [scans[1]]
    assert scans[1].reading["questions"]["reply"]["answers"] == ["phone"]


def test_printed_against_returned_is_counted_and_missing_pages_are_listed(house):
    pages = printed_for(house, house.awa, None, None, name=BOXES)
    received(house, page(pages[0].identifier), page(pages[0].identifier), page("ABCDEFGHJKMNP"))

    counted = Printing.objects.counted().get()

    assert (counted.pages_printed, counted.pages_returned) == (3, 1)
    returned = {one.pk: one.returned for one in PrintedPage.objects.with_returned()}
    assert returned == {pages[0].pk: True, pages[1].pk: False, pages[2].pk: False}


def test_a_page_is_missing_once_another_of_its_copy_came_back(house):
    first = printed_for(house, house.awa, name=BOXES)[0]
    second = PrintedPage.objects.create(
        copy=first.copy, centre=house.centre, number=2, identifier="2" * 13, short="22222222"
    )
    assert not PrintedPage.objects.missing()

    received(house, page(first.identifier))

    assert list(PrintedPage.objects.missing()) == [second]


def test_a_page_that_ends_the_process_waits_and_the_next_ones_are_read(house):
    pages = printed_for(house, None, None, None, name=BOXES)
    reader = Told(faults={1: "crashed", 2: "slow"})

    scans = received(house, *(page(one.identifier) for one in pages), reader=reader)

    assert [scan.why for scan in scans] == [Why.CRASHED, Why.SLOW, ""]
    assert Picture.objects.count() == 3


def test_a_file_that_does_not_open_is_one_line_in_the_tray(house):
    class Damaged(Told):
        def open(self, data):
            from relier.paper.reading.headers import Fault, Unreadable

            raise Unreadable(Fault.MANY)

    file = waiting(house, page(), page())
    read(house, Damaged())

    assert states(file) == [(State.RECEIVED, Why.MANY)]


# --- power cuts ----------------------------------------------------------------------------------


def later(monkeypatch):
    """After the claims of whoever is no more."""
    Scan.objects.exclude(claimed_at=None).update(
        claimed_at=timezone.now() - LEASE - timedelta(seconds=1)
    )


@pytest.mark.parametrize("cut_at", [1, 2, 5])
def test_wherever_the_power_is_cut_every_page_is_read_once(house, cut_at, monkeypatch):
    pages = printed_for(house, *[None] * 5, name=BOXES)
    file = waiting(house, *(page(one.identifier) for one in pages))

    def cut(number):
        if number == cut_at:
            raise PowerCut

    with pytest.raises(PowerCut):
        read(house, Told(at_page=cut))
    assert file.scans.count() == 5  # none is lost, read or not
    assert read(house, Told()) == 5 - cut_at  # the page of the other process is left to it
    later(monkeypatch)
    read(house, Told())

    assert [state for state, _ in states(file)] == [State.CHECKED] * 5
    assert Picture.objects.count() == 5
    assert Scan.objects.standing().values("page").distinct().count() == 5


def test_a_page_that_was_abandoned_three_times_waits_for_someone(house, monkeypatch):
    file = waiting(house, page("ABCDEFGHJKMNP"))

    def cut(number):
        raise PowerCut

    for _ in range(MOST_TRIES):
        with pytest.raises(PowerCut):
            read(house, Told(at_page=cut))
        later(monkeypatch)
    read(house, Told())

    assert states(file) == [(State.RECEIVED, Why.CRASHED)]


def test_what_a_slow_process_reads_is_left_once_another_took_over(house, monkeypatch):
    identifier = printed_for(house, None, name=BOXES)[0].identifier
    file = waiting(house, page(identifier, reply=("phone",)))
    other = []

    def take_over(number):
        if not other:
            other.append(True)
            later(monkeypatch)
            read(house, Told())

    read(house, Told(at_page=take_over))

    assert states(file) == [(State.CHECKED, "")]
    assert Picture.objects.count() == 1
    assert Line.objects.filter(kind="paper.returned").count() == 0


def test_two_processes_never_read_the_same_page(house):
    pages = printed_for(house, *[None] * 4, name=BOXES)
    file = waiting(house, *(page(one.identifier) for one in pages))
    seen = []

    def beside(number):
        seen.append(("first", number))
        if number == 2:
            read(house, Told(at_page=lambda n: seen.append(("second", n))))

    read(house, Told(at_page=beside))

    assert seen == [("first", 1), ("first", 2), ("second", 3), ("second", 4)]
    assert [state for state, _ in states(file)] == [State.CHECKED] * 4


def test_a_reading_tells_how_far_it_is_and_can_be_found_again(house):
    pages = printed_for(house, *[None] * 3, name=BOXES)
    waiting(house, *(page(one.identifier) for one in pages))
    told = []

    read(house, Told(), progress=lambda done, total: told.append((done, total)))

    assert told == [(1, 3), (2, 3), (3, 3)]
    assert ReceivedFile.objects.get().pages == 3


def test_a_file_is_opened_once_for_all_its_pages(house):
    reader = Told()
    waiting(house, *(page() for _ in range(6)))

    read(house, reader)

    assert reader.opened == 1


def test_another_centre_has_nothing_read_here(house):
    with pytest.raises(Refused):
        actions.read_waiting(house.centre.pk, by=make.actor(house.zoe))


def test_the_person_reads_that_their_page_came_back(house):
    received(house, page(printed_for(house, house.awa, name=BOXES)[0].identifier))

    assert Line.objects.get(kind="paper.returned").subject == house.awa.pk
