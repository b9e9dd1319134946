"""Problems in plain words, what they stand on, how they are linked."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import override

from relier.centres.access import Refused
from relier.inquiry import linked
from relier.inquiry.actions import problems, testimonies, ties
from relier.inquiry.models import Link, Passage, Problem, PutAside
from relier.inquiry.rules import links, passages
from tests import factories as make

WORDS = "The page  timed out\nwhile she was looking.  She left."


@pytest.fixture
def nour(house):
    return make.actor(house.nour)


@pytest.fixture
def two(nour):
    return problems.write("Online only", by=nour), problems.write("The counter is full", by=nour)


@pytest.mark.parametrize(
    ("piece", "found"),
    [
        ("timed out while she", "timed out\nwhile she"),
        ("She left.", "She left."),
        ("", WORDS),
        ("   ", WORDS),
        ("she left", None),
        ("(.*)", None),
    ],
)
def test_a_piece_is_found_as_it_stands_whatever_its_spaces(piece, found):
    place = passages.find(WORDS, piece)

    assert (WORDS[slice(*place)] if place else None) == found


def test_a_problem_stands_on_words_that_are_in_the_testimony_and_on_no_others(house, enter, two):
    given = testimonies.give_words(WORDS, whose="worker", by=make.actor(house.bram))
    nour, address = enter(house.nour), reverse("inquiry:found", args=[two[0].pk])

    refused = nour.post(address, {"testimony": given.pk, "piece": "He came back."})
    assert "not in the testimony" in refused.content.decode()
    for _time in range(2):
        nour.post(address, {"testimony": given.pk, "piece": "She left."})

    assert [one.words for one in Passage.objects.all()] == ["She left."]


def test_a_testimony_of_another_centre_founds_nothing(house, enter, two):
    theirs = testimonies.give_words(WORDS, whose="worker", by=make.actor(house.zoe))

    answer = enter(house.nour).post(
        reverse("inquiry:found", args=[two[0].pk]), {"testimony": theirs.pk, "piece": ""}
    )

    assert answer.status_code == 200
    with pytest.raises(Refused):
        ties.found(two[0], theirs, by=make.actor(house.nour))


def test_what_a_problem_said_before_is_kept_and_can_be_said_again(house, enter, two):
    problem, bram = two[0], enter(house.bram)
    bram.post(
        reverse("inquiry:problem_edit", args=[problem.pk]),
        {"title": "Forms are online only", "words": "And at night.", "expected": 1},
    )
    said = [(one.number, one.title, one.author.name) for one in problem.versions.all()]
    assert said == [(2, "Forms are online only", "Bram"), (1, "Online only", "Nour")]

    bram.post(reverse("inquiry:problem_go_back", args=[problem.pk, 1]))

    problem.refresh_from_db()
    assert problem.title == "Online only"
    assert problem.versions.count() == 3


def test_what_a_colleague_wrote_meanwhile_is_not_written_over(house, enter, two, nour):
    problem = problems.rewrite(two[0], "Nour's words", "", by=nour)

    answer = enter(house.bram).post(
        reverse("inquiry:problem_edit", args=[problem.pk]),
        {"title": "Bram's words", "words": "Kept on the page.", "expected": 1},
    )

    page = answer.content.decode()
    assert "rewrote it meanwhile" in page
    assert "Kept on the page." in page
    problem.refresh_from_db()
    assert problem.title == "Nour's words"


def test_a_link_is_read_both_ways(house, enter, two, nour):
    ties.link(two[0], two[1], "worsens", by=nour)

    page = enter(house.bram).get(reverse("inquiry:problem", args=[two[1].pk])).content.decode()
    with override("en"):
        there = [one.how for one in linked.of_problem(two[0])]
        here = [one.how for one in linked.of_problem(two[1])]

    assert (there, here) == (["worsens"], ["is made worse by"])
    assert "is made worse by" in page
    assert "<svg" in page
    assert "<table>" in page


def test_a_link_is_made_once_and_another_face_whichever_way_it_is_said(two, nour):
    for one, other in (two, two[::-1]):
        ties.link(one, other, "face", by=nour)
        ties.link(one, other, "depends", by=nour)
        ties.link(one, other, "depends", by=nour)

    assert Link.objects.filter(kind="face").count() == 1
    assert Link.objects.filter(kind="depends").count() == 2


def test_no_problem_is_linked_to_itself_nor_to_one_of_another_centre(house, two, nour):
    theirs = problems.write("Elsewhere", by=make.actor(house.zoe))

    with override("en"), pytest.raises(ValidationError, match="itself"):
        ties.link(two[0], two[0], "worsens", by=nour)
    with pytest.raises(Refused):
        ties.link(two[0], theirs, "worsens", by=nour)
    made = ties.link(two[0], two[1], "worsens", by=nour)
    with pytest.raises(IntegrityError), transaction.atomic():
        Link.objects.filter(pk=made.pk).update(other=two[0])


def test_the_form_says_that_a_problem_is_not_linked_to_itself(house, enter, two):
    answer = enter(house.nour).post(
        reverse("inquiry:link", args=[two[0].pk]), {"kind": "worsens", "other": two[0].pk}
    )

    assert answer.status_code == 200
    assert not Link.objects.exists()


def test_ties_are_undone(house, enter, two, nour):
    given = testimonies.give_words(WORDS, whose="worker", by=nour)
    passage, link = ties.found(two[0], given, by=nour), ties.link(*two, "worsens", by=nour)
    bram = enter(house.bram)

    bram.post(reverse("inquiry:found_no_more", args=[passage.pk]))
    bram.post(reverse("inquiry:unlink", args=[link.pk]))

    assert not Passage.objects.exists()
    assert not Link.objects.exists()


def test_an_opening_question_is_taken_up_once_or_put_aside_and_brought_back(house, enter):
    bram, home = enter(house.bram), reverse("inquiry:problems")
    question = "Is there a minimum that everyone must know"
    for deed in ("put_aside", "put_aside", "bring_back"):
        bram.post(reverse(f"inquiry:{deed}", args=["minimum"]))
        assert question in bram.get(home).content.decode()
    assert not PutAside.objects.exists()

    for _time in range(2):
        bram.post(reverse("inquiry:take_up", args=["minimum"]))

    assert Problem.objects.get().opening == "minimum"
    assert bram.post(reverse("inquiry:take_up", args=["nothing"])).status_code == 404


def test_one_centre_puts_a_question_aside_for_itself_alone(house, enter):
    enter(house.bram).post(reverse("inquiry:put_aside", args=["how_far"]))

    page = enter(house.zoe).get(reverse("inquiry:problems")).content.decode()

    assert "How far must the digital skills of a team go?" in page
    assert "Questions put aside" not in page


def test_a_picture_keeps_every_line_within_its_frame():
    told = [("worsens", "word " * 60, True, False), ("is another face of", "x" * 90, True, True)]

    drawn = links.picture("A problem " * 12, told)

    for box in (drawn.first, *drawn.others):
        assert box.x + box.width <= drawn.width
        assert box.y + box.height <= drawn.height
        assert 1 <= len(box.lines) <= links.MOST_LINES
        assert all(box.y < y <= box.y + box.height for y, _line in box.lines)
    assert drawn.first.y + drawn.first.height < drawn.others[0].label_y < drawn.others[0].y


def test_a_problem_begun_from_a_testimony_goes_on_to_its_words(house, enter):
    given = testimonies.give_words(WORDS, whose="worker", by=make.actor(house.bram))

    answer = enter(house.nour).post(
        reverse("inquiry:problem_new") + f"?testimony={given.pk}", {"title": "Time", "words": ""}
    )

    assert answer.url == reverse("inquiry:found", args=[Problem.objects.get().pk]) + (
        f"?testimony={given.pk}"
    )
    assert "She left." in enter(house.nour).get(answer.url).content.decode()
