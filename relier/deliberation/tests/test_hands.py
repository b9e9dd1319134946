"""Hands raised in a room: counts beside the voices, never among them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from relier.deliberation import papers, results, told_hands
from relier.deliberation.actions import hands, questions
from relier.deliberation.actions.hands import Count
from relier.deliberation.actions.releases import release_if_due
from relier.deliberation.models import Ballot, Release, ShowOfHands
from relier.deliberation.rules import hands as rules
from relier.journal.models import Line
from tests import factories as make

from .stories import opened, prepared, speak

ROWS = [{1: 1 if n % 2 else -1, 2: 1, 3: 0, 4: -1} for n in range(12)]


def count(question, member, numbers=(12, 7, 3, 1), *, of=1, seen=0, key=None, on=None):
    statement = question.statements.get(number=of)
    (row,) = hands.count_hands(
        question, [Count(statement, *numbers)], on=on or timezone.localdate(), seen=seen,
        form_key=key or uuid4(), by=make.actor(member),
    )  # fmt: skip
    return row


def sheet(question, **more):
    return {
        "on": timezone.localdate().isoformat(), "present": "12", "form_key": str(uuid4()),
        "seen": str(told_hands.last_of(question)), **more,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ((12, 7, 3, 1), ""), ((5, 5, 0, 0), ""), ((4, 4, 0, 0), "few"), ((30, 1, 1, 1), "few"),
        ((12, 0, 0, 0), "few"), ((10, 8, 2, 1), "more"),
    ],
)  # fmt: skip
def test_fewer_than_five_hands_and_more_hands_than_people_are_wrong(numbers, told):
    names = ("present", "agree", "disagree", "unsure")

    assert rules.wrong(**dict(zip(names, numbers, strict=True))) == told


@pytest.mark.parametrize(
    ("numbers", "told"),
    [((7, 2, 1), "exact"), ((6, 0, 0), "words"), ((0, 0, 9), "words"), ((10, 0, 0), "exact")],
)
def test_fewer_than_ten_hands_that_say_the_same_are_told_in_words(numbers, told):
    assert rules.how(dict(zip(rules.NAMES, numbers, strict=True))) == told


def test_hands_are_entered_on_one_sheet_and_stand_beside_the_voices(house, enter):
    question = opened(house.nour)
    speak(question, house.nour, ROWS)
    release_if_due(question)
    before = results.as_json(results.results_of(question, "en"))
    nour = enter(house.nour)

    given = sheet(question, agree_1="7", disagree_1="3", agree_3="12")
    page = nour.post(reverse("deliberation:hands", args=[question.pk]), given, follow=True)

    assert "7 agree, 3 disagree, 0 do not know." in page.content.decode()
    assert ShowOfHands.objects.count() == 2
    told = nour.get(reverse("deliberation:results", args=[question.pk])).content.decode()
    assert "7 agree, 3 disagree, 0 do not know." in told
    with translation.override("en"):
        assert all(unknown in told for unknown in told_hands.unknown())
    assert results.as_json(results.results_of(question, "en")) == before
    assert Release.objects.get().voices == 7
    assert Ballot.objects.count() == 12


def test_hands_are_told_before_any_voice_is(house, enter):
    question = opened(house.nour)
    count(question, house.nour)

    told = enter(house.bram).get(reverse("deliberation:results", args=[question.pk]))

    assert "7 agree, 3 disagree, 1 do not know." in told.content.decode()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"agree_1": "4"}, "Fewer than five hands are not written down"),
        ({"agree_1": "20"}, "There are more hands than people in the room."),
        ({}, "Write down the hands of one statement at least."),
        ({"agree_1": "7", "on": "2999-01-01"}, "This day has not come."),
        ({"agree_1": "7", "on": "2020-01-01"}, "The question was not open yet on this day."),
        ({"agree_1": "-7"}, "greater than or equal to 0"),
        ({"agree_1": "7", "present": ""}, "This field is required"),
        ({"agree_1": "99999999999999999999"}, "less than or equal to 2000"),
    ],
)
def test_what_is_wrong_on_the_sheet_is_said_and_nothing_is_kept(house, enter, given, told):
    question = opened(house.nour)
    address = reverse("deliberation:hands", args=[question.pk])

    page = enter(house.nour).post(address, sheet(question, **given))

    assert told in page.content.decode()
    assert not ShowOfHands.objects.exists()


def test_a_sheet_sent_twice_is_written_down_once(house, enter):
    question = opened(house.nour)
    address, given = reverse("deliberation:hands", args=[question.pk]), sheet(question, agree_2="9")
    nour = enter(house.nour)

    nour.post(address, given)
    nour.post(address, given)

    assert ShowOfHands.objects.count() == 1
    assert Line.objects.filter(kind="deliberation.hands_counted").count() == 1


def test_a_new_count_replaces_the_one_before_which_stays_in_sight(house, enter):
    question = opened(house.nour)
    first = count(question, house.nour)
    second = count(question, house.bram, (12, 8, 3, 1), seen=first.pk)

    first.refresh_from_db()
    assert first.replaced_by == second
    page = enter(house.bram).get(reverse("deliberation:hands", args=[question.pk]))
    told = page.content.decode()
    assert "<s>7 agree, 3 disagree, 1 do not know.</s>" in told
    assert "Replaced by another count." in told


def test_a_count_that_a_colleague_entered_meanwhile_is_not_replaced_unseen(house, enter):
    question = opened(house.nour)
    count(question, house.nour)
    late = count(question, house.bram, (12, 5, 5, 1), seen=0)

    standing = ShowOfHands.objects.of(question).standing()
    assert standing.count() == 2
    page = enter(house.nour).get(reverse("deliberation:hands", args=[question.pk]))
    assert page.content.decode().count("Two counts stand") == 2
    count(question, house.nour, (12, 6, 5, 1), seen=late.pk)
    assert standing.count() == 1


def test_the_same_count_of_the_same_day_is_one_whoever_types_it(house):
    """From a device that comes back, and from the paper."""
    question = opened(house.nour)

    assert count(question, house.nour) == count(question, house.bram)
    assert ShowOfHands.objects.count() == 1


def test_a_count_of_the_wrong_statement_is_taken_back_and_stays_in_sight(house, enter):
    question = opened(house.nour)
    row = count(question, house.nour)
    nour = enter(house.nour)

    page = nour.post(reverse("deliberation:hands_take_back", args=[row.pk]), follow=True)

    assert "Taken back." in page.content.decode()
    assert not ShowOfHands.objects.of(question).standing().exists()
    assert count(question, house.nour).pk != row.pk  # and counted again, it stands


def test_all_of_a_sheet_is_kept_or_nothing(house):
    question = opened(house.nour)
    one, other = question.statements.all()[:2]

    with pytest.raises(ValidationError):
        hands.count_hands(
            question, [Count(one, 12, 7, 3, 1), Count(other, 12, 2, 1, 1)],
            on=timezone.localdate(), seen=0, form_key=uuid4(), by=make.actor(house.nour),
        )  # fmt: skip

    assert not ShowOfHands.objects.exists()


def test_hands_are_counted_once_the_question_is_open_by_whoever_runs_it(house):
    with pytest.raises(ValidationError):
        count(prepared(house.nour), house.nour)
    question = opened(house.nour)
    for member in (house.reception, house.zoe):
        with pytest.raises(Http404):
            count(question, member)
    with pytest.raises(ValidationError):
        count(question, house.nour, on=timezone.localdate() + timedelta(days=1))


def test_paper_is_typed_in_after_the_close_too(house):
    question = opened(house.nour)
    questions.close(question, by=make.actor(house.nour))

    assert count(question, house.nour).agree == 7


def test_the_wall_sheet_tells_hands_beside(house):
    question = opened(house.nour)
    count(question, house.nour)
    with translation.override("en"):
        said = papers.hands(results.results_of(question, "en"))

    assert "La salle est trop froide.\n7 agree, 3 disagree, 1 do not know." in said[1]["points"]
    assert papers.wall(results.results_of(question, "en")).startswith(b"%PDF")


def test_the_sheet_costs_the_same_however_many_counts(house, enter, django_assert_max_num_queries):
    question, nour = opened(house.nour), enter(house.nour)
    address = reverse("deliberation:hands", args=[question.pk])
    add_counts(question, house.nour, 3)
    nour.get(address)
    with CaptureQueriesContext(connection) as few:
        nour.get(address)
    add_counts(question, house.nour, 297)

    with django_assert_max_num_queries(len(few)):
        nour.get(address)


def add_counts(question, member, many):
    statement = question.statements.get(number=1)
    ShowOfHands.objects.bulk_create(
        ShowOfHands(
            question=question, round=1, statement=statement, on=timezone.localdate(),
            entered_by=member, form_key=uuid4(), present=12, agree=7, disagree=number % 5,
            unsure=0,
        )
        for number in range(many)
    )  # fmt: skip
