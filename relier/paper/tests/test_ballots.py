"""A count of ballots: totals by two readers, and nothing of a ballot kept (docs/decisions/018)."""

import io
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from relier.accounts.actors import SYSTEM
from relier.centres.access import Refused
from relier.journal import registry as holdings
from relier.journal.models import Line
from relier.paper import actions
from relier.paper.models import BallotCount, BallotDoubt, BallotFile, PrintedPage, Scan, Why
from relier.paper.models.scans import State
from relier.paper.reading.headers import Fault
from relier.paper.rules.ballots import BLANK, VOID
from relier.paper.sheets import Choice, Number, OneChoice, Several, Sheet, registry
from relier.privacy import actions as privacy
from relier.privacy import disk
from tests import factories as make

from .ballots import FRIDAY, MONDAY, OCCASION, ballot, both_say, opened, read
from .tray import BOXES, Told, file_of, page, printed_for, received

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("room", "in_english")]


@pytest.fixture
def count(house):
    return opened(house, printed=10, by_hand=6)


@pytest.fixture
def nour(house):
    return make.actor(house.nour)


@pytest.fixture
def bram(house):
    return make.actor(house.bram)


@pytest.fixture
def colette(house):
    return make.actor(house.coordinator)


def six(count):
    return [ballot(count, choice) for choice in (MONDAY, FRIDAY, FRIDAY, MONDAY, FRIDAY, FRIDAY)]


def now(count):
    return BallotCount.objects.get(pk=count.pk)


def doubts(count):
    return list(BallotDoubt.objects.filter(count=count))


# --- opening, printing ---------------------------------------------------------------------------


def test_only_those_who_coordinate_open_a_count_with_two_members_of_their_centre(house):
    for member in (house.nour, house.reception):
        with pytest.raises(Refused):
            actions.open_count(
                "paper.ballot", occasion=OCCASION, readers=(house.nour, house.bram),
                by=make.actor(member),
            )  # fmt: skip
    with pytest.raises(Refused):
        opened(house, readers=(house.nour, house.zoe))
    with pytest.raises(ValidationError, match="Two readers"):
        opened(house, readers=(house.nour, house.nour))


def test_what_is_no_ballot_or_has_room_for_a_hand_is_not_counted(house):
    def with_a_number(**occasion):
        questions = (Number("how_many", "Combien ?"),)
        return Sheet("tests.numbers", "1", "Votre voix", questions, kind="ballot", keeps="ballot")

    registry.register("tests.numbers", build=with_a_number, receive=lambda answered, by: None)
    try:
        with pytest.raises(ValidationError, match="only boxes"):
            opened(house, name="tests.numbers", occasion={})
    finally:
        del registry._entries["tests.numbers"]
    with pytest.raises(ValidationError, match="not a ballot"):
        opened(house, name=BOXES, occasion={})


def test_a_ballot_that_needs_two_pages_is_refused_before_anything_is_kept(house):
    long = dict.fromkeys("abcdefg", "Une très longue réponse, " * 40)

    with pytest.raises(ValidationError, match="one page"):
        opened(house, occasion={"question": "Que faire ?", **long}, large=True)

    assert not BallotCount.objects.exists()


def test_more_ballots_may_be_printed_and_fewer_than_five_are_not_begun(count, house, colette):
    actions.print_ballots(count, 1, by=colette)

    assert now(count).printed == 11
    with pytest.raises(ValidationError, match="could be guessed"):
        actions.print_ballots(opened(house), 4, by=colette)


def test_a_form_sent_twice_opens_one_count(house):
    from uuid import uuid4

    key = uuid4()

    assert opened(house, form_key=key) == opened(house, form_key=key, sworn=False)


# --- reading -------------------------------------------------------------------------------------


def test_what_is_sure_is_counted_at_once_and_nothing_else_is_kept(house, count):
    done = read(house, count, *six(count))

    count = now(count)
    assert done.ballots == count.counted == 6
    assert count.votes["choice"] == {MONDAY: 2, FRIDAY: 4, BLANK: 0, VOID: 0}
    assert doubts(count) == []


def test_nobody_reads_before_both_promise_and_sheets_are_counted_by_hand(house):
    count = opened(house, printed=10, sworn=False)

    with pytest.raises(Refused):
        read(house, count, *six(count))
    actions.swear(count, by=make.actor(house.nour))
    count.refresh_from_db()
    with pytest.raises(ValidationError, match="by hand first"):
        read(house, count, *six(count))
    with pytest.raises(Refused):
        actions.swear(count, by=make.actor(house.coordinator))


def test_a_page_of_another_batch_or_that_cannot_be_read_is_told_and_adds_nothing(house, count):
    other = opened(house, printed=10)
    foreign = printed_for(house, house.awa, name=BOXES)[0].identifier
    pages = [
        ballot(count, FRIDAY),
        ballot(count, FRIDAY, identifier=other.identifier),
        ballot(count, FRIDAY, identifier=foreign),
        ballot(count, FRIDAY, state="unregistered", why="corners"),
        ballot(count, FRIDAY, state="unidentified", why="no_code", identifier=None) | {
            "identifier": None
        },
    ]  # fmt: skip

    done = read(house, count, *pages)

    assert (done.ballots, done.foreign, done.unread) == (1, [2, 3], [4, 5])
    assert now(count).counted == 1
    assert now(count).votes["choice"][FRIDAY] == 1
    assert now(other).counted == 0


def test_a_page_that_breaks_the_process_apart_is_told_and_the_others_are_read(house, count):
    machine = Told(faults={2: Fault.CRASHED})

    done = read(house, count, *six(count), reader=machine)

    assert (done.ballots, done.unread, machine.opened) == (5, [2], 2)


def test_the_same_file_is_counted_once(house, count):
    read(house, count, *six(count))

    with pytest.raises(ValidationError, match="counted already"):
        read(house, count, *six(count))

    assert now(count).counted == 6


def test_a_file_that_is_no_picture_or_has_too_many_pages_is_refused(house, count, nour, settings):
    for data, words in ((b"", "empty"), (b"hello there", "not a PDF")):
        with pytest.raises(ValidationError, match=words):
            actions.read_ballots(count, io.BytesIO(data), by=nour, reader=Told())
    many = settings.BALLOTS_AT_ONCE + 1
    with pytest.raises(ValidationError, match=f"has {many} pages. Send at most {many - 1} pages"):
        read(house, count, *[ballot(count, FRIDAY)] * many)
    assert now(count).counted == 0


def test_a_pile_of_two_hundred_is_counted_in_five_files(house, settings):
    settings.BALLOTS_AT_ONCE = 40
    count = opened(house, printed=200, by_hand=200)

    for number in range(5):
        pages = [ballot(count, FRIDAY)] * 40
        pages[number] = ballot(count, MONDAY)
        read(house, count, *pages)

    assert now(count).counted == 200
    assert now(count).votes["choice"] == {MONDAY: 5, FRIDAY: 195, BLANK: 0, VOID: 0}


class PowerCut(BaseException):
    """What `kill -9` does to whoever reads: nothing after it runs."""


@pytest.mark.parametrize("at", [1, 3, 6])
def test_after_a_power_cut_nothing_of_the_file_is_counted_and_it_is_read_again(house, count, at):
    def cut(number):
        if number == at:
            raise PowerCut

    with pytest.raises(PowerCut):
        read(house, count, *six(count), reader=Told(at_page=cut))
    assert (now(count).counted, doubts(count), BallotFile.objects.count()) == (0, [], 0)

    read(house, count, *six(count))

    assert now(count).counted == 6


def test_a_cut_while_it_is_kept_leaves_nothing_half_counted(house, count, monkeypatch):
    from relier.paper.actions import ballot_reading

    def cut(*_arguments):
        raise PowerCut

    monkeypatch.setattr(ballot_reading, "_shuffle_in", cut)
    with pytest.raises(PowerCut):
        read(house, count, *six(count))

    assert (now(count).counted, BallotFile.objects.count()) == (0, 0)
    assert now(count).votes["choice"][FRIDAY] == 0


# --- two readers ---------------------------------------------------------------------------------


def test_a_doubt_counts_once_both_readers_say_the_same_and_its_strip_goes(house, count, nour, bram):
    read(house, count, ballot(count, sure=False), ballot(count, MONDAY))
    (doubt,) = doubts(count)
    assert doubt.crop_content().startswith(b"\xff\xd8")

    assert actions.say_vote(doubt, [FRIDAY], by=nour) is False
    assert now(count).votes["choice"][FRIDAY] == 0
    assert actions.say_vote(doubt, [FRIDAY], by=bram) is True

    assert now(count).votes["choice"] == {MONDAY: 1, FRIDAY: 1, BLANK: 0, VOID: 0}
    assert doubts(count) == []


def test_one_reader_says_once_and_alone_counts_nothing(house, count, nour):
    read(house, count, ballot(count, sure=False))
    (doubt,) = doubts(count)

    for said in (FRIDAY, MONDAY, FRIDAY):
        actions.say_vote(doubt, [said], by=nour)

    (doubt,) = doubts(count)
    assert (doubt.one_says, doubt.two_says, doubt.together) == ([FRIDAY], None, False)
    assert list(count.doubts.to_look_at("one")) == []
    assert list(count.doubts.to_look_at("two")) == [doubt]


def test_where_they_differ_both_look_again_until_they_say_the_same(house, count, nour, bram):
    read(house, count, ballot(count, sure=False))
    (doubt,) = doubts(count)
    actions.say_vote(doubt, [FRIDAY], by=nour)
    actions.say_vote(doubt, [BLANK], by=bram)

    (doubt,) = doubts(count)
    assert doubt.together
    assert list(count.doubts.to_look_at("one")) == list(count.doubts.to_look_at("two")) == [doubt]
    actions.say_vote(doubt, [FRIDAY], by=nour)
    assert doubts(count) == [doubt]
    actions.say_vote(doubt, [FRIDAY], by=bram)

    assert doubts(count) == []
    assert now(count).votes["choice"][FRIDAY] == 1


def test_nobody_else_says_what_a_ballot_says(house, count, colette):
    read(house, count, ballot(count, sure=False))
    (doubt,) = doubts(count)

    for actor in (colette, make.actor(house.zoe), make.actor(house.reception)):
        with pytest.raises(Refused):
            actions.say_vote(doubt, [FRIDAY], by=actor)


@pytest.mark.parametrize("given", [[], ["z"], [FRIDAY, MONDAY], [FRIDAY, VOID]])
def test_what_is_no_answer_of_the_ballot_is_refused(house, count, nour, given):
    read(house, count, ballot(count, sure=False))

    with pytest.raises(ValidationError, match="Choose what"):
        actions.say_vote(doubts(count)[0], given, by=nour)


def test_a_sheet_that_no_scanner_reads_is_said_by_both_from_the_paper(house, count, nour):
    actions.add_from_paper(count, by=nour)
    with pytest.raises(ValidationError, match="Finish it first"):
        actions.add_from_paper(count, by=nour)
    assert doubts(count)[0].crop_content() == b""

    both_say(house, count, VOID)

    assert now(count).counted == 1
    assert now(count).votes["choice"][VOID] == 1


def test_another_reader_promises_and_says_anew_what_waits(house, count, nour, bram, colette):
    read(house, count, ballot(count, sure=False))
    actions.say_vote(doubts(count)[0], [FRIDAY], by=nour)
    actions.say_vote(doubts(count)[0], [MONDAY], by=bram)

    actions.name_readers(count, (house.nour, house.reception), by=colette)

    (doubt,) = doubts(count)
    assert (doubt.one_says, doubt.two_says, doubt.together) == ([FRIDAY], None, False)
    rosa = make.actor(house.reception)
    for stranger in (bram, rosa):
        with pytest.raises(Refused):
            actions.say_vote(doubt, [FRIDAY], by=stranger)
    actions.swear(count, by=rosa)
    assert actions.say_vote(doubt, [FRIDAY], by=rosa) is True


# --- its end -------------------------------------------------------------------------------------


def test_a_count_closes_with_its_totals_and_the_room_receives_them_once(house, room, bram):
    count = opened(house, name="tests.ballot", occasion={}, printed=10, by_hand=6)
    says = ("phone", "letter", "letter", "letter", "letter")
    read(house, count, *[ballot(count, one, question="voice") for one in says],
         ballot(count, question="voice", sure=False))  # fmt: skip
    both_say(house, count, BLANK)

    closed = actions.close_count(now(count), by=bram)

    totals = {"voice": {"phone": 1, "letter": 4, "rather_not": 0, BLANK: 1, VOID: 0}}
    assert closed.result == totals
    (received,) = room.received
    assert received.answers == totals
    assert (received.subject, received.helper, received.form_key) == (None, "", count.pk)
    with pytest.raises(ValidationError, match="closed"):
        actions.close_count(now(count), by=bram)


def test_totals_are_told_to_nobody_before_the_end(house, count):
    read(house, count, *six(count))

    assert now(count).result == {}


def test_nothing_closes_while_numbers_differ_or_a_doubt_waits(house, count, nour):
    read(house, count, *six(count)[:5], ballot(count, sure=False))
    with pytest.raises(ValidationError, match="1 answer waits"):
        actions.close_count(now(count), by=nour)
    both_say(house, count, FRIDAY)
    actions.say_by_hand(count, 7, by=nour)
    with pytest.raises(ValidationError, match="counted 7 sheets, and 6 were read"):
        actions.close_count(now(count), by=nour)

    actions.say_by_hand(count, 6, by=nour)

    assert actions.close_count(now(count), by=nour).outcome == BallotCount.Outcome.COUNTED


def test_more_than_were_printed_is_said_and_stays_said(house, count, nour):
    actions.say_by_hand(count, 11, by=nour)
    read(house, count, *six(count), *six(count)[:5])

    closed = actions.close_count(now(count), by=nour)

    assert closed.numbers.are_too_many


def test_under_five_ballots_no_total_is_kept(house, count, nour, room):
    actions.say_by_hand(count, 4, by=nour)
    read(house, count, *six(count)[:4])

    closed = actions.close_count(now(count), by=nour)

    assert (closed.outcome, closed.votes, closed.counted) == ("withheld", {}, 4)
    assert room.received == []


def test_what_is_given_up_or_begun_again_keeps_nothing_of_ballots(house, count, nour, colette):
    read(house, count, *six(count), ballot(count, sure=False))
    actions.begin_again(now(count), by=nour)
    fresh = now(count)
    assert (fresh.counted, fresh.by_hand, doubts(count)) == (0, None, [])
    assert set(fresh.votes["choice"].values()) == {0}
    actions.say_by_hand(fresh, 6, by=nour)
    read(house, now(count), *six(count))  # the same file, and nothing says that it was there

    given_up = actions.give_up(now(count), by=colette)

    assert (given_up.votes, BallotFile.objects.count()) == ({}, 0)


def test_a_count_left_open_is_given_up_after_the_term_of_a_working_scan(house, count):
    read(house, count, ballot(count, sure=False))
    today = timezone.localdate()

    assert actions.forget_ballots(by=SYSTEM, on=today + timedelta(days=60)) == 0
    assert actions.forget_ballots(by=SYSTEM, on=today + timedelta(days=61)) == 1

    assert (now(count).outcome, doubts(count)) == ("given_up", [])
    assert actions.forget_ballots(by=SYSTEM, on=today + timedelta(days=99)) == 0


def test_the_disk_is_to_be_written_anew_when_a_count_ends(house, count, nour, settings, tmp_path):
    settings.DATA = tmp_path
    read(house, count, *six(count))

    actions.close_count(now(count), by=nour)

    assert disk._note().exists()


# --- beside the others ---------------------------------------------------------------------------


def test_the_tray_keeps_nothing_of_a_ballot_that_was_put_among_other_pages(house, count):
    other = printed_for(house, house.awa, name=BOXES)[0]

    scans = received(house, ballot(count, FRIDAY), page(other.identifier))

    assert [(scan.state, scan.why) for scan in scans] == [
        (State.RECEIVED, Why.BALLOT), (State.CHECKED, ""),
    ]  # fmt: skip
    assert scans[0].reading == {}
    assert not hasattr(scans[0], "picture")
    assert scans[1].picture.content()
    assert scans[0].file.content() == b""
    with pytest.raises(ValidationError):
        actions.read_by_hand(scans[0], other.short, by=make.actor(house.nour))


def test_a_ballot_has_no_page_of_its_own_anywhere(house, count):
    read(house, count, *six(count), ballot(count, sure=False))

    assert not PrintedPage.objects.exists()
    assert not Scan.objects.exists()


def test_each_batch_is_one_line_of_the_journal_and_a_ballot_is_none(house, count, nour, bram):
    read(house, count, *six(count)[:5], ballot(count, sure=False))
    both_say(house, count, FRIDAY)

    actions.close_count(now(count), by=nour)

    lines = Line.objects.filter(thing_id=str(count.pk)).order_by("number")
    kinds = ["paper.ballots_opened", "paper.ballots_printed", "paper.ballots_closed"]
    assert [line.kind for line in lines] == kinds
    assert {line.subject for line in lines} == {None}
    assert not Line.objects.filter(thing__in=["paper.BallotDoubt", "paper.BallotFile"]).exists()


def test_ballots_hold_nothing_about_anyone_accompanied(house, count):
    read(house, count, *six(count), ballot(count, sure=False))
    before = everything_of_ballots()

    about_people = {holding.model for holding in holdings.holdings(about="person")}
    privacy.erase([house.awa.pk], by=make.actor(house.nour))

    assert not {name for name in about_people if "Ballot" in name}
    assert everything_of_ballots() == before


def everything_of_ballots():
    tables = (BallotCount, BallotDoubt, BallotFile)
    return [list(table.objects.order_by("pk").values()) for table in tables]


def test_several_questions_of_a_ballot_are_told_apart_from_each_other(house):
    choices = (Choice("tea", "Thé"), Choice("door", "Porte"))

    def build(**occasion):
        questions = (
            OneChoice("day", "Quand ?", choices=choices, rather_not=False),
            Several("tasks", "Quoi ?", choices=choices, rather_not=False),
        )
        return Sheet("tests.two", "1", "Votre voix", questions, kind="ballot", keeps="ballot")

    registry.register("tests.two", build=build, receive=lambda answered, by: None)
    try:
        count = opened(house, name="tests.two", occasion={}, printed=10, by_hand=6)
        one = ballot(count)
        one["reading"]["questions"] = {
            "day": {"answers": [], "sure": False},
            "tasks": {"answers": ["tea", "door"], "sure": True},
        }
        read(house, count, one)
    finally:
        del registry._entries["tests.two"]

    assert [doubt.question for doubt in doubts(count)] == ["day"]
    assert now(count).votes["tasks"] == {"tea": 1, "door": 1, BLANK: 0, VOID: 0}


def test_a_file_is_looked_at_in_memory_and_its_bytes_stand_in_no_table(house, count):
    # What the machine was given says it: none of these bytes is in the database afterwards.
    pages = [*six(count), ballot(count, sure=False)]
    pages[0]["reading"]["canary"] = "f1le-c4n4ry"
    assert b"f1le-c4n4ry" in file_of(*pages).read()

    read(house, count, *pages)

    assert "f1le-c4n4ry" not in str(everything_of_ballots())
