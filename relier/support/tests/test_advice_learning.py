"""Advice on learning: from a positioning that its reader may see, and from nothing else."""

import gzip
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from relier.competences.standing import standing
from relier.competences.tests import finding
from tests import factories as make

from .pages import told
from .test_advice import keys, page_of, tell

ONE_BREATH = 10_240
# Awa sends photos; she could learn to answer an e-mail, and has no need of video calls.
SAID = {"send-photo": "yes", "answer-email": "could_learn", "video-call": "no_need"}
WISH = "learn_together:answer-email"


def learning(response):
    return [key for key in keys(response) if key.startswith("learn")]


def test_what_is_wanted_and_within_reach_is_proposed_and_nothing_else(house, enter):
    finding.kept(house.awa, house.nour, SAID)

    page = enter(house.nour).get(page_of(house.awa))

    assert learning(page) == [WISH]
    assert "You could learn it, and it is within reach now." in told(page)


def test_a_wish_becomes_a_step_that_says_what_is_learnt(house, enter):
    finding.kept(house.awa, house.nour, SAID)
    (offer,) = standing(house.awa, make.actor(house.nour)).within_reach[:1]

    answer = enter(house.nour).post(page_of(house.awa), {"gesture": f"accept:{WISH}"})

    assert offer.id == "answer-email"
    assert f"Learn this here, in a small group: {offer.deed.en}" in told(answer)
    assert learning(answer) == []


def test_a_positioning_that_is_not_shared_advises_its_author_only(house, enter):
    before = told(enter(house.bram).get(page_of(house.awa)))
    finding.kept(house.awa, house.nour, SAID)

    assert told(enter(house.bram).get(page_of(house.awa))) == before
    assert learning(enter(house.nour).get(page_of(house.awa))) == [WISH]


def test_shared_it_advises_the_team(house, enter):
    finding.shared(house.awa, house.nour, SAID)

    assert learning(enter(house.bram).get(page_of(house.awa))) == [WISH]


def test_someone_who_has_no_need_of_anything_is_left_in_peace(house, enter):
    finding.kept(house.awa, house.nour, {"video-call": "no_need", "answer-email": "no_need"})
    tell(house, "quiet_place", place="no")

    assert keys(enter(house.nour).get(page_of(house.awa))) == ["leave_in_peace"]


@pytest.mark.parametrize(
    ("said", "how"),
    [
        ({"video-call": "rather_not", "answer-email": "unclear"}, {}),
        ({"video-call": "yes"}, {"channel": "afterwards", "evidence": "observed"}),
        ({"video-call": "no_need"}, {"channel": "afterwards", "evidence": "observed"}),
    ],
)
def test_what_was_skipped_or_only_seen_is_not_taken_for_a_no(said, how, house, enter):
    finding.kept(house.awa, house.nour, said, **how)
    tell(house, "quiet_place", place="no")

    assert "leave_in_peace" not in keys(enter(house.nour).get(page_of(house.awa)))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_fullest_page_fits_in_one_breath(language, house, enter):
    fill(house)
    nour = enter(house.nour)
    nour.post(reverse("set_language"), {"language": language})

    page = nour.get(page_of(house.awa))

    assert len(keys(page)) > 15
    assert len(gzip.compress(page.content)) <= ONE_BREATH


def fill(house):
    """Awa, of whom everything is known that makes a rule speak."""
    tell(house, "equipment", has=["smartphone"], shared="family")
    tell(house, "connection", kind="none")
    tell(house, "quiet_place", place="no")
    tell(house, "ease", how="someone")
    tell(house, "urgent", words="The rent is due on Friday.", secret=True)
    tell(
        house, "languages", spoken=["ff", "ar", "fr"], reading="little", interpreter="sometimes",
        interpreter_language="ff",
    )  # fmt: skip
    finding.kept(house.awa, house.nour, SAID)
    today = timezone.localdate()
    for number, obstacle in enumerate(["refused", "no_answer", "no_device", "language"]):
        paper = make.ProcedureFactory(
            person=house.awa,
            author=house.nour,
            about=f"Heating allowance of {2020 + number}",
            deadline=today + timedelta(days=number) if number < 2 else None,
            right_not_claimed=True,
        )
        make.ProcedureNewsFactory(procedure=paper, outcome="blocked", obstacle=obstacle, on=today)
    house.awa.reach = "phone"
    house.awa.save()
