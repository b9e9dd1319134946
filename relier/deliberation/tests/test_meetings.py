"""A meeting is prepared, held from its facilitator's page, projected, printed."""

import re
from datetime import time, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from pypdf import PdfReader

from relier.deliberation.actions import meetings, running
from relier.deliberation.actions.releases import release_if_due
from relier.deliberation.models import Item, Meeting
from tests import factories as make

from .stories import STATEMENTS, opened, prepared, speak

TODAY = timezone.localdate


def planned(question, member, ready="60"):
    said = {"day": TODAY(), "starts_at": time(14), "place": "Salle 2"}
    with translation.override("en"):
        return meetings.prepare(question, said, ready=ready, by=make.actor(member))


def titles(meeting):
    return [one.title for one in meeting.items.all()]


def begun(question, member, ready="60"):
    meeting = planned(question, member, ready)
    running.begin(meeting, turn=0, by=make.actor(member))
    meeting.refresh_from_db()
    return meeting


def goes_to(meeting, member, doing):
    """Next, until what is done is this."""
    for _step in range(40):
        meeting.refresh_from_db()
        if meeting.item.doing == doing:
            return
        running.step(meeting, forward=True, turn=meeting.turn, by=make.actor(member))
    raise AssertionError(doing)


def at(name, thing):
    return reverse(f"deliberation:{name}", args=[thing.pk])


def read(client, name, thing):
    return client.get(at(name, thing)).content.decode()


def hand(question, **more):
    statement = question.statements.get(number=1)
    return {
        "what": "hands", "statement": str(statement.pk), "present": "12", "agree": "7",
        "disagree": "3", "unsure": "1", "seen": "0", "form_key": str(uuid4()), **more,
    }  # fmt: skip


# --- the agenda -----------------------------------------------------------------------------------


def test_a_meeting_comes_with_an_agenda_and_its_hours(house, enter):
    question, nour = opened(house.nour), enter(house.nour)
    given = {"day": TODAY().isoformat(), "starts_at": "14:00", "ready": "90", "form_key": uuid4()}

    page = nour.post(at("meeting_new", question), given, follow=True).content.decode()
    nour.post(at("meeting_new", question), given)

    assert "What people think so far" in page
    assert "15:30" in page
    assert Meeting.objects.get().items.count() == 7


@pytest.mark.parametrize(
    ("given", "told"),
    [({"day": "2020-01-01"}, "This day is past."), ({"ready": "7"}, "Select a valid choice")],
)
def test_what_is_wrong_in_a_meeting_is_said(house, enter, given, told):
    said = {"day": TODAY().isoformat(), "starts_at": "14:00", "ready": "60", **given}

    page = enter(house.nour).post(at("meeting_new", opened(house.nour)), said)

    assert told in page.content.decode()
    assert not Meeting.objects.exists()


def test_lines_are_added_changed_moved_and_taken_away_by_buttons(house, enter):
    meeting, nour = planned(opened(house.nour), house.nour, ready="empty"), enter(house.nour)
    for title in ("One", "Two", "Three"):
        nour.post(at("item_new", meeting), {"title": title, "minutes": 5, "doing": "other"})
    one, two, three = meeting.items.all()

    nour.post(at("item_move", three), {"do": "up"})
    nour.post(at("item_move", one), {"do": "up"})  # at the top already
    nour.post(at("item_edit", two), {"title": "Second", "minutes": 7, "doing": "break"})
    nour.post(at("item_move", one), {"do": "remove"})

    assert titles(meeting) == ["Three", "Second"]
    assert meeting.items.last().minutes == 7


def test_a_line_sent_twice_is_one(house, enter):
    meeting, nour = planned(opened(house.nour), house.nour, ready="empty"), enter(house.nour)
    given = {"title": "One", "minutes": 5, "doing": "other", "form_key": uuid4()}

    nour.post(at("item_new", meeting), given)
    nour.post(at("item_new", meeting), given)

    assert titles(meeting) == ["One"]


def test_a_line_that_is_wrong_keeps_what_was_typed(house, enter):
    meeting = planned(opened(house.nour), house.nour)

    page = enter(house.nour).post(at("item_new", meeting), {"title": "Ours", "minutes": 999})

    assert 'value="Ours"' in page.content.decode()
    assert meeting.items.count() == 6


def test_an_agenda_of_more_lines_than_anyone_holds_is_refused(house):
    meeting, by = planned(opened(house.nour), house.nour, ready="empty"), make.actor(house.nour)
    for number in range(meetings.MOST_ITEMS):
        meetings.add_item(meeting, title=str(number), minutes=1, doing="other", by=by)

    with pytest.raises(ValidationError):
        meetings.add_item(meeting, title="more", minutes=1, doing="other", by=by)


def test_what_is_on_the_screen_is_not_taken_away(house, enter):
    meeting = begun(opened(house.nour), house.nour)

    page = enter(house.nour).post(at("item_move", meeting.item), {"do": "remove"}, follow=True)

    assert "This item is on the screen: go on first." in page.content.decode()
    assert Item.objects.filter(pk=meeting.item_id).exists()


# --- who ------------------------------------------------------------------------------------------


def test_a_member_who_does_not_facilitate_sees_the_agenda_and_the_screen_and_runs_nothing(
    house, enter
):
    meeting, rosa = begun(opened(house.nour), house.nour), enter(house.reception)

    assert "Welcome. Why we are here" in read(rosa, "meeting", meeting)
    assert "Welcome. Why we are here" in read(rosa, "screen", meeting)
    assert "<form" not in read(rosa, "meeting", meeting).split("<main")[1].split("</main")[0]
    assert rosa.get(at("facilitate", meeting)).status_code == 404
    for name in ("meeting_move", "meeting_send", "item_new", "meeting_edit"):
        assert rosa.post(at(name, meeting), {"do": "next", "turn": "1"}).status_code == 404
    with pytest.raises(Http404):
        running.step(meeting, forward=True, turn=1, by=make.actor(house.reception))


def test_a_stranger_finds_no_meeting(house, enter):
    meeting = planned(opened(house.nour), house.nour)

    for name in ("meeting", "screen", "meeting_paper", "facilitate"):
        assert enter(house.zoe).get(at(name, meeting)).status_code == 404


def test_the_screen_has_no_name_of_anybody(house, enter):
    question = opened(house.nour)
    meeting = begun(question, house.nour)
    nour = enter(house.nour)
    nour.post(at("facilitate", meeting), hand(question))  # leaves a message for its author

    for doing in ("welcome", "results", "hands", "close"):
        goes_to(meeting, house.nour, doing)
        told = read(nour, "screen", meeting)
        for member in (house.nour, house.bram, house.reception):
            assert member.name not in told
        assert "It is written down" not in told


# --- holding it -----------------------------------------------------------------------------------


def test_two_who_press_next_at_once_go_one_step(house, enter):
    meeting = begun(opened(house.nour), house.nour)
    nour, bram = enter(house.nour), enter(house.bram)
    pressed = {"do": "next", "turn": meeting.turn}

    nour.post(at("meeting_move", meeting), pressed)
    second = bram.post(at("meeting_move", meeting), pressed, follow=True).content.decode()

    meeting.refresh_from_db()
    assert meeting.item.title == "What people think so far"
    assert "A colleague has just moved it" in second


def test_statements_pass_one_by_one_forward_and_back(house, enter):
    meeting = begun(opened(house.nour), house.nour)
    goes_to(meeting, house.nour, "hands")
    nour, seen = enter(house.nour), []
    for _statement in STATEMENTS:
        told = read(nour, "screen", meeting)
        seen.append(re.search(r"<h1[^>]*>(.*?)</h1>", told)[1])
        assert "I agree" in told
        meeting.refresh_from_db()
        nour.post(at("meeting_move", meeting), {"do": "next", "turn": meeting.turn})

    assert tuple(seen) == STATEMENTS
    assert "What we could try" in read(nour, "screen", meeting)
    meeting.refresh_from_db()
    nour.post(at("meeting_move", meeting), {"do": "back", "turn": meeting.turn})
    assert STATEMENTS[-1] in read(nour, "screen", meeting)


def test_it_stops_and_goes_on_from_where_it_was(house, enter):
    meeting, nour = begun(opened(house.nour), house.nour), enter(house.nour)
    goes_to(meeting, house.nour, "groups")
    nour.post(at("meeting_move", meeting), {"do": "stop", "turn": meeting.turn})
    meeting.refresh_from_db()

    assert meeting.since is None
    assert "The meeting is over." in read(nour, "screen", meeting)
    nour.post(at("meeting_move", meeting), {"do": "begin", "turn": meeting.turn})
    assert "In small groups" in read(nour, "screen", meeting)


def test_time_is_told_in_minutes_and_may_be_longer(house, enter):
    meeting, nour = begun(opened(house.nour), house.nour), enter(house.nour)

    assert "About 5 minutes left." in read(nour, "screen", meeting)
    nour.post(at("meeting_move", meeting), {"do": "longer", "turn": meeting.turn})
    nour.post(at("meeting_move", meeting), {"do": "longer", "turn": meeting.turn})  # twice
    assert "About 10 minutes left." in read(nour, "screen", meeting)
    Meeting.objects.update(since=timezone.now() - timedelta(hours=2))
    assert "We finish quietly." in read(nour, "screen", meeting)


@pytest.mark.parametrize("turn", ["", "-1", "²", "1e3", "9" * 30, "x"])
def test_a_turn_that_is_no_number_moves_nothing(house, enter, turn):
    meeting = begun(opened(house.nour), house.nour)

    page = enter(house.nour).post(at("meeting_move", meeting), {"do": "next", "turn": turn})

    assert page.status_code == 302
    assert Meeting.objects.get().turn == meeting.turn


def test_a_question_that_is_prepared_or_an_agenda_that_is_empty_is_not_begun(house, enter):
    nour = enter(house.nour)
    for meeting, told in (
        (planned(prepared(house.nour), house.nour), "Open the question first."),
        (planned(opened(house.nour), house.nour, "empty"), "Write an agenda first."),
    ):
        page = nour.post(at("meeting_move", meeting), {"do": "begin", "turn": 0}, follow=True)
        assert told in page.content.decode()
        assert not Meeting.objects.get(pk=meeting.pk).is_held


def test_the_screen_draws_itself_anew_by_a_header_and_stops_when_it_is_asked(house, enter):
    meeting, nour = begun(opened(house.nour), house.nour), enter(house.nour)

    assert nour.get(at("screen", meeting)).headers["Refresh"] == "15"
    assert "Refresh" not in nour.get(at("screen", meeting) + "?still").headers


def test_the_screen_never_shows_figures_of_ballots(house, enter):
    question = opened(house.nour)
    speak(question, house.nour, [{1: 1, 2: 1, 3: -1, 4: 1 - n % 3} for n in range(12)])
    release_if_due(question)
    meeting = begun(question, house.nour)
    nour = enter(house.nour)
    for doing in ("results", "hands"):
        goes_to(meeting, house.nour, doing)
        told = read(nour, "screen", meeting).split("<main")[1].split("</main")[0]
        assert not re.search(r"\b(?:7|12)\b", re.sub(r"<[^>]+>", " ", told))


# --- on paper -------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_paper_has_the_agenda_then_a_page_for_each_statement(house, enter, language):
    meeting, nour = planned(opened(house.nour), house.nour), enter(house.nour)

    pdf = nour.get(at("meeting_paper", meeting), headers={"accept-language": language}).content

    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]
    assert "15:00" in pages[0] or "15 h" in pages[0]
    assert len(pages) == len(STATEMENTS) + 2
    for words, page in zip(STATEMENTS, pages[1:], strict=False):
        assert words in " ".join(page.split())


# --- lists ----------------------------------------------------------------------------------------


def test_the_list_of_meetings_costs_the_same_however_many(
    house, enter, django_assert_max_num_queries
):
    question, nour = opened(house.nour), enter(house.nour)
    for _number in range(3):
        planned(question, house.nour)
    nour.get(at("meetings", question))
    with CaptureQueriesContext(connection) as few:
        nour.get(at("meetings", question))
    Meeting.objects.bulk_create(
        Meeting(question=question, round=1, day=TODAY(), starts_at=time(9), prepared_by=house.nour)
        for _number in range(297)
    )

    with django_assert_max_num_queries(len(few)):
        nour.get(at("meetings", question))
