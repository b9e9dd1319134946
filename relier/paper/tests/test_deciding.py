"""What people decide, and closing a copy: the same answers as on screen, or nothing at all."""

from datetime import date

import cv2
import numpy as np
import pytest
from django.core.exceptions import ValidationError

from relier.centres.access import Refused
from relier.journal.models import Line
from relier.paper import actions
from relier.paper.models import Copy, Decision, Scan, State, Why
from relier.paper.settling import settled
from tests import factories as make

from .tray import Told, page, printed_for, received

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("room", "in_english")]


@pytest.fixture
def nour(house):
    return make.actor(house.nour)


def doubtful(house, *people, **more):
    """A page of Awa's that came back, on which every answer waits."""
    printed = printed_for(house, *(people or [house.awa]))[0]
    return received(house, page(printed.identifier, sure=False, written=0.4, **more))[0]


def answer_all(scan, by, day="24/11/2026"):
    actions.decide(scan, "reply", ["phone"], by=by)
    actions.decide(scan, "day", [day], by=by)
    actions.decide(scan, "words", ["Je cherche un cours"], by=by)


def test_what_a_human_decides_stands_above_what_was_read(house, nour):
    scan = received(house, page(printed_for(house, house.awa)[0].identifier))[0]
    assert settled(scan)["reply"].answers == ("letter",)

    actions.decide(scan, "reply", ["phone"], by=nour)

    assert settled(scan)["reply"].answers == ("phone",)
    assert settled(scan)["reply"].decided


def test_a_page_is_checked_once_nothing_waits_and_waits_again_when_undone(house, nour):
    scan = doubtful(house)

    answer_all(scan, nour)
    scan.refresh_from_db()
    assert scan.state == State.CHECKED

    actions.undo(scan, "day", by=nour)
    scan.refresh_from_db()
    assert scan.state == State.READ
    assert settled(scan)["day"].answers is None


def test_undoing_brings_back_the_decision_before(house, nour):
    scan = doubtful(house)
    actions.decide(scan, "reply", ["letter"], by=nour)
    actions.decide(scan, "reply", ["phone"], by=nour)

    actions.undo(scan, "reply", by=nour)
    assert settled(scan)["reply"].answers == ("letter",)
    actions.undo(scan, "reply", by=nour)
    assert settled(scan)["reply"].answers is None

    assert actions.undo(scan, "reply", by=nour) is None
    assert Decision.objects.count() == 4  # nothing was taken away


def test_illegible_is_an_answer_that_says_nothing(house, nour):
    scan = doubtful(house)

    actions.decide(scan, "words", by=nour, illegible=True)

    assert settled(scan)["words"].answers == ()
    assert settled(scan)["words"].illegible


def test_a_decision_keeps_the_strip_that_was_looked_at(house, nour):
    scan = doubtful(house)

    decision = actions.decide(scan, "reply", ["phone"], by=nour)

    strip = scan.page.copy.printing.sheet.as_layout.page(1).rows["reply"]
    kept = Decision.objects.get(pk=decision.pk).crop_content()
    seen = cv2.imdecode(np.frombuffer(kept, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert abs(seen.shape[0] - (strip[3] + 6) * 6) <= 2
    assert bytes(decision.crop) != kept


def test_what_was_decided_is_sealed(house, nour):
    scan = doubtful(house)
    decision = actions.decide(scan, "words", ["Je cherche un cours"], by=nour)

    stored = Decision.objects.filter(pk=decision.pk).values_list("given", flat=True)[0]

    assert "cherche" not in str(stored)


def test_a_decision_is_never_rewritten(house, nour):
    decision = actions.decide(doubtful(house), "reply", ["phone"], by=nour)

    with pytest.raises(TypeError):
        decision.save()


@pytest.mark.parametrize(
    ("question", "answers"),
    [("reply", ["smoke"]), ("reply", ["phone", "letter"]), ("day", ["31/02/2026"]),
     ("words", ["x" * 41]), ("age", ["4"])],
)  # fmt: skip
def test_a_wrong_answer_is_refused_with_a_sentence_and_nothing_is_kept(
    house, nour, question, answers
):
    scan = doubtful(house)

    with pytest.raises(ValidationError):
        actions.decide(scan, question, answers, by=nour)
    assert not Decision.objects.exists()


def test_a_second_reading_never_overrides_a_human(house, nour):
    scan = doubtful(house)
    actions.decide(scan, "reply", ["phone"], by=nour)

    again = received(house, page(scan.page.identifier, reply=("letter",)))[0]

    assert again.why == Why.DUPLICATE
    assert Scan.objects.standing().get() == scan
    assert settled(scan)["reply"].answers == ("phone",)
    with pytest.raises(ValidationError):
        actions.decide(again, "reply", ["letter"], by=nour)


def test_a_human_may_let_the_duplicate_stand(house, nour):
    scan = doubtful(house)
    again = received(house, page(scan.page.identifier, reply=("letter",)))[0]

    actions.prefer(again, by=nour)

    assert Scan.objects.standing().get() == again
    scan.refresh_from_db()
    assert scan.why == Why.DUPLICATE


def test_a_page_put_aside_comes_back_as_it_was_or_as_a_duplicate(house, nour):
    scan = doubtful(house)

    actions.set_aside(scan, "blank", by=nour)
    assert not Scan.objects.in_tray()
    again = received(house, page(scan.page.identifier))[0]
    assert again.why == ""
    actions.take_back(scan, by=nour)

    scan.refresh_from_db()
    assert scan.why == Why.DUPLICATE


def test_a_page_is_put_aside_with_a_reason_only(house, nour):
    with pytest.raises(ValidationError):
        actions.set_aside(doubtful(house), "", by=nour)


def test_a_page_the_machine_cannot_read_is_answered_from_its_picture(house, nour, room):
    printed = printed_for(house, house.awa)[0]
    lost = received(house, page(state="unidentified", why="no_code"))[0]

    actions.read_by_hand(lost, f" {printed.short[:4]}-{printed.short[4:]} ".lower(), by=nour)

    lost.refresh_from_db()
    assert (lost.page, lost.state, lost.why) == (printed, State.READ, "")
    assert [one.answers for one in settled(lost).values()] == [None] * 3
    answer_all(lost, nour)
    actions.close_copy(printed.copy, by=nour)
    assert room.received[0].subject == house.awa.pk


def test_a_code_that_is_wrong_or_of_someone_else_finds_no_page(house, nour):
    printed = printed_for(house, house.awa)[0]
    lost = received(house, page(state="unidentified", why="no_code"), by=house.bram)[0]

    for code in ("", "0000-0000", printed.short):
        with pytest.raises(ValidationError, match="No page has this code"):
            actions.read_by_hand(lost, code, by=make.actor(house.bram))


def test_a_page_read_by_hand_does_not_take_the_place_of_another(house, nour):
    scan = doubtful(house)
    lost = received(house, page(state="unidentified", why="no_code"))[0]

    actions.read_by_hand(lost, scan.page.short, by=nour)

    lost.refresh_from_db()
    assert lost.why == Why.DUPLICATE


# --- counts --------------------------------------------------------------------------------------


@pytest.fixture
def count(house):
    printed = printed_for(house, house.awa, name="tests.count")[0]
    return received(house, page(printed.identifier, written=0.4))[0]


@pytest.fixture
def colleague(house):
    member = make.MemberFactory(centre=house.centre, teams=[house.team])
    return make.actor(member)


def test_a_count_asks_for_two_members_who_agree(count, nour, colleague):
    actions.decide(count, "present", ["12"], by=nour)
    assert settled(count)["present"].answers is None
    actions.decide(count, "present", ["12"], by=nour)
    assert settled(count)["present"].answers is None  # the same member twice is one

    actions.decide(count, "present", ["12"], by=colleague)

    assert settled(count)["present"].answers == ("12",)


def test_two_members_who_differ_go_on_until_they_agree(count, nour, colleague):
    actions.decide(count, "present", ["12"], by=nour)
    actions.decide(count, "present", ["13"], by=colleague)
    assert settled(count)["present"].answers is None

    actions.decide(count, "present", ["13"], by=nour)

    assert settled(count)["present"].answers == ("13",)


def test_a_member_alone_in_a_centre_is_enough(count, nour, house):
    type(house.nour).objects.exclude(pk=house.nour.pk).update(left_on=date(2026, 1, 1))

    actions.decide(count, "present", ["12"], by=nour)

    assert settled(count)["present"].answers == ("12",)


# --- closing -------------------------------------------------------------------------------------


def test_closing_hands_the_same_answers_as_the_screen_would(house, nour, room):
    scan = doubtful(house)
    answer_all(scan, nour)

    actions.close_copy(scan.page.copy, by=nour, helper="Bram")

    (given,) = room.received
    assert given.answers == {
        "reply": "phone",
        "day": date(2026, 11, 24),
        "words": "Je cherche un cours",
    }
    assert (given.channel, given.helper, given.subject) == ("paper", "Bram", house.awa.pk)
    scan.refresh_from_db()
    assert scan.state == State.CLOSED
    assert Line.objects.get(kind="paper.closed").subject == house.awa.pk


def test_closing_twice_hands_it_once(house, nour, room):
    scan = doubtful(house)
    answer_all(scan, nour)

    actions.close_copy(scan.page.copy, by=nour)
    actions.close_copy(scan.page.copy, by=nour)

    assert len(room.received) == 1


def test_an_answer_that_waits_keeps_the_copy_open(house, nour, room):
    scan = doubtful(house)

    with pytest.raises(ValidationError, match="3 answers wait"):
        actions.close_copy(scan.page.copy, by=nour)
    assert not room.received


def test_a_page_that_is_missing_keeps_the_copy_open(house, nour):
    scan = doubtful(house)
    actions.set_aside(scan, "mistake", by=nour)

    with pytest.raises(ValidationError, match="Page 1 is missing"):
        actions.close_copy(scan.page.copy, by=nour)


def test_what_the_room_refuses_comes_back_and_nothing_is_half_done(house, nour, room):
    scan = doubtful(house)
    answer_all(scan, nour)
    room.refusal = ValidationError({"day": ["Write a day up to today."]})

    with pytest.raises(ValidationError, match="up to today"):
        actions.close_copy(scan.page.copy, by=nour)

    scan.refresh_from_db()
    assert scan.state == State.CHECKED
    assert Copy.objects.get().closed_at is None
    assert not Line.objects.filter(kind="paper.closed").exists()


def test_nothing_of_a_closed_page_changes(house, nour):
    scan = doubtful(house)
    answer_all(scan, nour)
    actions.close_copy(scan.page.copy, by=nour)

    for deed in (
        lambda: actions.decide(scan, "reply", ["letter"], by=nour),
        lambda: actions.undo(scan, "reply", by=nour),
        lambda: actions.set_aside(scan, "blank", by=nour),
        lambda: actions.assign(scan.page.copy, house.awa.subject, by=nour),
    ):
        with pytest.raises(ValidationError, match="closed already"):
            deed()


def test_nothing_leaves_the_tray_by_itself(house, room):
    printed = printed_for(house, house.awa)[0]
    received(house, page(printed.identifier))
    received(house, page(printed.identifier), reader=Told())

    assert not room.received
    assert not Scan.objects.filter(state=State.CLOSED).exists()


def test_a_blank_copy_is_given_to_someone_on_its_return(house, nour, room):
    scan = doubtful(house, None)
    assert scan.subject_id is None

    actions.assign(scan.page.copy, house.awa.subject, by=nour)

    answer_all(scan, nour)
    actions.close_copy(scan.page.copy, by=nour)
    assert room.received[0].subject == house.awa.pk


# --- who ---------------------------------------------------------------------------------------


def test_a_page_of_someone_is_seen_by_those_bound_who_follow_them(house):
    scan = doubtful(house)

    seen = {
        member: Scan.objects.visible_to(make.actor(member)).filter(pk=scan.pk).exists()
        for member in (house.nour, house.bram, house.reception, house.coordinator, house.zoe)
    }

    assert [member for member, sees in seen.items() if sees] == [house.nour]


def test_a_room_may_open_its_sheet_to_the_whole_team(house, monkeypatch):
    from relier.paper.models import walls

    scan = doubtful(house)
    monkeypatch.setattr(walls, "_walls", {"tests.tray": walls.Wall.TEAM})

    assert Scan.objects.visible_to(make.actor(house.bram)).get() == scan
    assert not Scan.objects.visible_to(make.actor(house.coordinator))


def test_a_sheet_of_its_printer_is_seen_by_nobody_else(house, monkeypatch, colleague):
    from relier.paper.models import walls

    scan = doubtful(house)
    monkeypatch.setattr(walls, "_walls", {"tests.tray": walls.Wall.PRINTER})

    assert Scan.objects.visible_to(make.actor(house.nour)).get() == scan
    assert not Scan.objects.visible_to(colleague)


def test_a_page_of_nobody_is_seen_by_who_received_it_and_the_coordinator(house):
    received(house, page("ABCDEFGHJKMNP"), by=house.bram)

    sees = [
        member
        for member in (house.nour, house.bram, house.reception, house.coordinator, house.zoe)
        if Scan.objects.visible_to(make.actor(member)).exists()
    ]

    assert sees == [house.bram, house.coordinator]


def test_a_stranger_does_nothing_with_a_page(house, nour):
    scan = doubtful(house)
    answer_all(scan, nour)
    stranger = make.actor(house.zoe)

    for deed in (
        lambda: actions.decide(scan, "reply", ["letter"], by=stranger),
        lambda: actions.undo(scan, "reply", by=stranger),
        lambda: actions.set_aside(scan, "blank", by=stranger),
        lambda: actions.prefer(scan, by=stranger),
        lambda: actions.take_back(scan, by=stranger),
        lambda: actions.read_by_hand(scan, by=stranger),
        lambda: actions.close_copy(scan.page.copy, by=stranger),
        lambda: actions.assign(scan.page.copy, house.awa.subject, by=stranger),
    ):
        with pytest.raises(Refused):
            deed()


def test_nobody_gives_a_copy_to_someone_they_do_not_reach(house):
    scan = doubtful(house, None)
    coordinator = make.actor(house.coordinator)

    with pytest.raises(Refused):
        actions.assign(scan.page.copy, house.awa.subject, by=coordinator)
