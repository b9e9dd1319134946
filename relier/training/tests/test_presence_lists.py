"""The list on paper: what it prints, what it says once it is back, and what it never overwrites."""

from datetime import time, timedelta
from uuid import uuid4

import numpy as np
import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from relier.paper import actions as paper
from relier.paper import sheets
from relier.paper.crops import opened, painted
from relier.paper.models import Copy
from relier.paper.reading.layouts import Question
from relier.paper.rules.proposals import proposals
from relier.paper.versions import is_about_several, sheet_of
from relier.people.actions import change_person
from relier.training.actions import lists, presences, sessions
from relier.training.actions.presences import Took
from relier.training.models import Difference, LedgerEntry, ListLine, Presence, PresenceList
from relier.training.personal_data import paint_lines_over
from relier.training.sheets import SHEET, receive_list
from relier.training.visits.lists import SignedList, lists_of
from tests import factories as make
from tests.pages_of_paper import drawn


@pytest.fixture
def planned(training):
    """Of today, three hours; Awa and Idris are expected."""
    session = sessions.plan_session(
        "Tableur", day=timezone.localdate(), starts_at=time(9), minutes=180, place="salle 2",
        by=training.bram, team=training.house.team, track=training.track,
    )  # fmt: skip
    training.idris = training.another().person
    people = [training.house.awa, training.idris]
    sessions.expect(people, session, from_on=session.day, by=training.bram)
    return session


@pytest.fixture
def printed(training, planned):
    return lists.print_list(planned, by=training.bram, remote=True, blank=1)


def key_of(printed, person):
    return f"l{printed.lines.get(person=person).number}"


def filled(printed, *lines, illegible=(), **more):
    """What came back: (key of a line, how, minutes or None, signed)."""
    sheet = sheet_of(printed.printing.sheet)
    answers = {question.key: None for question in sheet.questions}
    for key, how, long, signed in lines:
        answers |= {f"{key}_how": how, f"{key}_long": long, f"{key}_signed": signed or None}
    return sheets.Answered(
        sheet=sheet, answers=answers | more, channel="paper", form_key=uuid4(),
        occasion=printed.printing.sheet.occasion, illegible=frozenset(illegible),
    )  # fmt: skip


def standing(person, session):
    return Presence.objects.current().get(person=person, session=session)


# --- what is printed ---


def test_the_names_stand_on_paper_and_in_no_row_of_what_was_printed(training, printed):
    sheet = sheet_of(printed.printing.sheet)
    kept = printed.printing.sheet

    assert {row.label for row in sheet.table.rows} == {
        training.house.awa.name,
        training.idris.name,
        "",
    }
    for name in (training.house.awa.name, training.idris.name):
        assert name not in kept.layout
        assert name not in str(kept.occasion)


def test_a_list_is_printed_once_however_often_it_is_asked(training, planned):
    key = uuid4()

    first = lists.print_list(planned, by=training.bram, form_key=key)
    again = lists.print_list(planned, by=training.bram, form_key=key)

    assert first == again
    assert PresenceList.objects.count() == Copy.objects.count() == 1


def test_a_list_may_be_printed_again_after_the_session_changed(training, planned, printed):
    sessions.change_session(planned, {"minutes": 60, "name": "Texte"}, by=training.bram)

    assert paper.pdf_of(printed.printing).startswith(b"%PDF")


def test_a_list_belongs_to_nobody_on_it(training, printed):
    copy = Copy.objects.get(printing=printed.printing)

    assert is_about_several(printed.printing.sheet)
    with pytest.raises(ValidationError):
        paper.assign(copy, training.house.awa.subject, by=training.bram)


def test_lists_are_printed_from_their_session_and_not_from_the_list_of_sheets(house, enter):
    answer = enter(house.bram).get(reverse("paper:home"))

    assert SHEET not in {sheet.name for sheet in answer.context["sheets"]}
    assert enter(house.bram).get(reverse("paper:print", args=[SHEET])).status_code == 404


# --- what it says ---


def test_it_keeps_what_the_grid_would_keep(training, planned, printed):
    awa, idris = key_of(printed, training.house.awa), key_of(printed, training.idris)

    receive_list(
        filled(printed, (awa, "in_person", 90, True), (idris, "away", None, False)), training.bram
    )

    kept = standing(training.house.awa, planned)
    assert (kept.modality, kept.minutes, kept.missed) == ("in_person", 90, 0)
    away = standing(training.idris, planned)
    assert (away.minutes, away.missed) == (0, 180)


def test_handed_over_twice_it_counts_once(training, planned, printed):
    answered = filled(printed, (key_of(printed, training.house.awa), "remote", None, True))

    receive_list(answered, training.bram)
    receive_list(answered, training.bram)

    assert Presence.objects.count() == 1
    assert LedgerEntry.objects.count() == 1


def test_what_contradicts_the_screen_waits_and_replaces_nothing(training, planned, printed):
    awa = training.house.awa
    presences.take_presence(planned, {awa: Took(0)}, by=training.nour)

    receive_list(filled(printed, (key_of(printed, awa), "in_person", None, True)), training.bram)

    assert standing(awa, planned).minutes == 0
    waiting = Difference.objects.open().get()
    assert (waiting.minutes, waiting.source) == (180, "paper")
    assert LedgerEntry.objects.filter(account=1).count() == 0


def test_whoever_left_or_came_since_changes_nothing_of_what_was_printed(training, planned, printed):
    awa, key = training.house.awa, key_of(printed, training.house.awa)
    planned.participations.get(person=awa).delete()
    late = training.another().person
    sessions.expect([late], planned, from_on=planned.day, by=training.bram)
    change_person(training.idris, {"call_name": "Aaron"}, by=training.bram)

    receive_list(filled(printed, (key, "in_person", None, True)), training.bram)

    assert standing(awa, planned).minutes == 180
    assert not Presence.objects.filter(person=late).exists()


def test_a_whole_session_is_as_long_as_it_was_printed(training, planned, printed):
    sessions.change_session(planned, {"minutes": 60}, by=training.bram)

    receive_list(
        filled(printed, (key_of(printed, training.house.awa), "in_person", None, True)),
        training.bram,
    )

    assert standing(training.house.awa, planned).minutes == 180


def test_a_list_of_another_day_is_refused(training, planned, printed):
    sessions.change_session(planned, {"day": planned.day - timedelta(days=1)}, by=training.bram)

    with pytest.raises(ValidationError, match="signed for"):
        receive_list(
            filled(printed, (key_of(printed, training.house.awa), "in_person", None, True)),
            training.bram,
        )


@pytest.mark.parametrize(
    ("how", "long", "signed", "unread", "said"),
    [
        (None, None, True, False, "no box is ticked"),
        (None, 90, False, False, "no box is ticked"),
        ("away", None, True, False, "it is signed"),
        ("away", 90, False, False, "hours are written"),
        ("in_person", None, True, True, "cannot be read"),
    ],
)
def test_a_line_that_contradicts_itself_is_said_and_nothing_is_kept(
    training, planned, printed, how, long, signed, unread, said
):
    awa, idris = key_of(printed, training.house.awa), key_of(printed, training.idris)
    unreadable = [f"{awa}_long"] if unread else []

    with pytest.raises(ValidationError, match=said):
        receive_list(
            filled(
                printed, (awa, how, long, signed), (idris, "in_person", None, True),
                illegible=unreadable,
            ),
            training.bram,
        )  # fmt: skip

    assert not Presence.objects.exists()


# --- whoever was not foreseen ---


def test_a_name_written_on_a_blank_line_is_looked_for_among_those_of_the_team(
    training, planned, printed
):
    lucie = make.PersonFactory(
        centre=training.house.centre, followed_by=training.house.team, call_name="Lucie",
        family_name="Baert",
    )  # fmt: skip

    receive_list(
        filled(printed, ("b1", "in_person", None, True), b1_name="lucie baert"), training.bram
    )

    assert standing(lucie, planned).minutes == 180
    assert ListLine.objects.filter(of=printed, person=lucie).exists()


@pytest.mark.parametrize(("name", "said"), [("Personne", "nobody"), ("Lucie", "several")])
def test_a_name_that_is_nobodys_or_that_several_have_is_refused(
    training, planned, printed, name, said
):
    for family in ("Baert", "Claes"):
        make.PersonFactory(
            centre=training.house.centre, followed_by=training.house.team, call_name="Lucie",
            family_name=family,
        )  # fmt: skip

    with pytest.raises(ValidationError, match=said):
        receive_list(filled(printed, ("b1", "in_person", None, True), b1_name=name), training.bram)


# --- ink ---


@pytest.mark.parametrize(
    ("kind", "ink", "sure", "answers"),
    [
        ("signature", 0.2, True, ("signed",)), ("signature", 0.0, True, ()),
        ("signature", 0.01, False, ()), ("hours", 0.0, True, ()), ("hours", 0.05, False, ()),
    ],
)  # fmt: skip
def test_ink_that_is_surely_there_or_surely_not_asks_nobody(kind, ink, sure, answers):
    reading = {"questions": {}, "written": {"q": ink}}

    found = proposals(reading, [Question("q", kind, by_ink=True)])["q"]

    assert (found.sure, found.answers) == (sure, answers)


@pytest.mark.parametrize(("by_ink", "why", "sure"), [
    (True, "none", True), (True, "box", False), (False, "none", False),
])  # fmt: skip
def test_a_row_without_a_mark_is_blank_by_itself_only_where_most_are(by_ink, why, sure):
    reading = {"questions": {"q": {"answers": [], "sure": False, "why": why}}}

    found = proposals(reading, [Question("q", "one", ("a", "b"), by_ink=by_ink)])["q"]

    assert found.sure is sure


# --- erased ---


def test_the_strip_of_someone_who_is_erased_is_painted_over(training, printed):
    layout = printed.printing.sheet.as_layout
    page = drawn(paper.pdf_of(printed.printing))[0]
    strip = layout.page(1).rows["l1_how"]

    x, y, width, height = (round(edge * 6) for edge in strip)
    after = opened(painted(page, [strip], pixels_a_mm=6.0))

    assert np.ptp(after[y + 6 : y + height - 6, x + 6 : x + width - 6].astype(int)) < 12
    assert np.ptp(after[: y - 6].astype(int)) > 200


def test_once_erased_someone_has_no_line_and_the_list_is_still_read(training, planned, printed):
    number = printed.lines.get(person=training.house.awa).number

    paint_lines_over(None, [training.house.awa.pk])

    sheet = sheet_of(printed.printing.sheet)
    assert str(sheet.table.rows[number - 1].label) == "Someone who was erased"
    idris = key_of(printed, training.idris)
    receive_list(filled(printed, (idris, "in_person", None, True)), training.bram)
    assert standing(training.idris, planned).minutes == 180


# --- pages ---


def test_the_session_says_where_its_list_is(training, planned, printed, enter):
    page = enter(training.house.bram).get(reverse("training:session", args=[planned.pk]))

    assert "Printed, not back yet" in page.text
    assert "Presence is not taken yet." in page.text


@pytest.mark.parametrize("count", [3, 300])
def test_a_session_asks_the_same_questions_whatever_differs(
    training, planned, enter, django_assert_num_queries, count
):
    person = training.house.awa
    presences.take_presence(planned, {person: Took(60)}, by=training.bram)
    against = Presence.objects.get()
    Difference.objects.bulk_create(
        Difference(
            session=planned, person=person, centre_id=planned.centre_id, against=against,
            source="device", minutes=90, author_id=training.nour.id,
        )
        for _number in range(count)
    )  # fmt: skip
    lists.print_list(planned, by=training.bram)
    client = enter(training.house.bram)
    address = reverse("training:session", args=[planned.pk])
    client.get(address)

    with django_assert_num_queries(17):
        client.get(address)


# --- what the visit may rest on ---


def test_a_list_that_is_out_says_nothing_of_what_was_signed(planned, printed):
    assert lists_of({planned.pk}) == {planned.pk: None}


def test_what_a_list_bore_is_kept_and_only_signed_hours_are_listed(training, planned, printed):
    awa, idris = training.house.awa, training.idris
    lucie = make.PersonFactory(
        centre=training.house.centre, followed_by=training.house.team, call_name="Lucie",
        family_name="Mertens",
    )  # fmt: skip
    came = filled(
        printed,
        (key_of(printed, awa), "in_person", 90, True),
        (key_of(printed, idris), "in_person", None, False),
        ("b1", "in_person", None, True),
        b1_name=lucie.name,
    )

    receive_list(came, training.bram)

    assert lists_of({planned.pk}) == {planned.pk: SignedList(True, {awa.pk: 90, lucie.pk: 180})}
    unsigned = ListLine.objects.get(person=idris)
    assert (unsigned.minutes, unsigned.signed) == (180, False)


def test_lists_of_three_sessions_and_of_thirty_cost_the_same(training, django_assert_num_queries):
    made = []
    for number in range(30):
        session = training.session(number)
        sessions.expect([training.house.awa], session, from_on=session.day, by=training.bram)
        made.append(session.pk)
        PresenceList.objects.create(
            session=session, centre=training.house.centre, name="Tableur", day=session.day,
            starts_at=time(9), minutes=360, author=training.house.bram,
            received_at=timezone.now(),
        )  # fmt: skip

    for some in (made[:3], made):
        with django_assert_num_queries(2):
            assert all(one == SignedList(True, {}) for one in lists_of(some).values())
