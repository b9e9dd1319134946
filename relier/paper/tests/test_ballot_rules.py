"""Totals: plain values, no ballot among them."""

import random

import pytest

from relier.paper.reading.layouts import Question
from relier.paper.rules.ballots import (
    BLANK,
    VOID,
    NotAVote,
    Numbers,
    no_votes,
    vote_of,
    with_vote,
)

DAY = Question("day", "one", ("monday", "friday"))
TASKS = Question("tasks", "several", ("tea", "chairs", "door"))


def test_nothing_is_counted_before_the_first_vote():
    assert no_votes([DAY]) == {"day": {"monday": 0, "friday": 0, BLANK: 0, VOID: 0}}


def test_one_vote_adds_one_to_each_of_its_choices():
    totals = no_votes([DAY, TASKS])

    totals = with_vote(totals, "tasks", ("tea", "door"))
    totals = with_vote(totals, "day", ())
    totals = with_vote(totals, "day", (VOID,))

    assert totals["tasks"] == {"tea": 1, "chairs": 0, "door": 1, BLANK: 0, VOID: 0}
    assert totals["day"] == {"monday": 0, "friday": 0, BLANK: 1, VOID: 1}


def test_totals_do_not_say_in_which_order_votes_came():
    votes = [("day", says) for says in (("monday",), ("friday",), ("friday",), (), (VOID,))]
    made = set()

    for seed in range(20):
        random.Random(seed).shuffle(votes)
        totals = no_votes([DAY])
        for question, says in votes:
            totals = with_vote(totals, question, says)
        made.add(repr(totals))

    assert len(made) == 1


def test_what_was_not_asked_is_not_counted():
    for question, says in (("day", ("sunday",)), ("night", ())):
        with pytest.raises(KeyError):
            with_vote(no_votes([DAY]), question, says)


@pytest.mark.parametrize(
    ("question", "given", "says"),
    [
        (DAY, ["friday"], ("friday",)),
        (TASKS, ["door", "tea", "tea"], ("tea", "door")),
        (DAY, [BLANK], ()),
        (TASKS, [VOID], (VOID,)),
    ],
)
def test_a_reader_says_an_answer_blank_or_void(question, given, says):
    assert vote_of(question, given) == says


@pytest.mark.parametrize(
    ("question", "given"),
    [
        (DAY, []),
        (DAY, ["monday", "friday"]),
        (DAY, ["sunday"]),
        (TASKS, ["tea", VOID]),
        (TASKS, ["tea", BLANK]),
        (DAY, [BLANK, VOID]),
    ],
)
def test_nothing_else_is_said_of_a_ballot(question, given):
    with pytest.raises(NotAVote):
        vote_of(question, given)


def test_a_count_closes_when_hand_and_machine_agree_and_nothing_waits():
    assert Numbers(printed=20, by_hand=12, counted=12).may_close
    assert not Numbers(printed=20, by_hand=12, counted=12, doubts=1).may_close
    assert not Numbers(printed=20, by_hand=None, counted=0).may_close
    missing, extra = Numbers(20, 12, 11), Numbers(20, 12, 13)
    assert (missing.missing, missing.extra, missing.may_close) == (1, 0, False)
    assert (extra.missing, extra.extra, extra.may_close) == (0, 1, False)


def test_more_than_were_printed_is_said_whoever_counted_them():
    assert Numbers(printed=10, by_hand=11, counted=0).are_too_many
    assert Numbers(printed=10, by_hand=10, counted=11).are_too_many
    assert not Numbers(printed=10, by_hand=10, counted=10).are_too_many
