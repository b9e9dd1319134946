"""Whoever reads all that is published, day after day, and tries to read one voice in it: two pages
compared, what is left of a total, a few people of one mind, tables tried one after another."""

import itertools
import json
from random import Random

import pytest
from django.urls import reverse

from relier.deliberation.actions import questions, voices
from relier.deliberation.actions.releases import release_if_due, votes_of
from relier.deliberation.models import Ballot, Release
from relier.deliberation.opinions.analysis import analyse
from relier.deliberation.opinions.document import document
from relier.deliberation.rules import batches, telling
from relier.deliberation.tests.stories import opened, pile, speak, telephone, tickets
from tests import factories as make

SAID = {1: "agree", -1: "disagree", 0: "pass", 2: "unclear"}
FIVE, TEN = 5, 10


def counted():
    """Receipt -> number -> answer: what figures are made of, which nobody but this test sees."""
    rows = Ballot.objects.exclude(counted=None).values_list("receipt", "counted")
    return {receipt: dict(answers) for receipt, answers in rows}


def new_between(before, after, number):
    """The answers to a statement that the later page counts and the earlier one did not."""
    return [
        answers[number]
        for receipt, answers in after.items()
        if number in answers and number not in before.get(receipt, {})
    ]


def a_room(house, chance, *, changes):
    """Voices that skip, that come back and change, while others look: what was counted each time,
    then at the end."""
    question = opened(house.nour)
    moments = []
    for ticket in tickets(question, house.nour, count=40):
        row = {one: chance.choice((1, 1, 1, -1, 0)) for one in range(1, 5) if chance.random() < 0.6}
        voices.give_voice(ticket, row or {4: 1})
        if changes and chance.random() < 0.4:
            voices.give_voice(ticket, {chance.randint(1, 4): chance.choice((1, -1))})
        if release_if_due(question, chance=chance) is not None:
            moments.append(counted())
    question = questions.close(question, by=make.actor(house.nour))
    assert release_if_due(question).is_final
    return question, [*moments, counted()]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("changes", [False, True])
def test_no_statement_of_no_two_pages_differs_by_fewer_than_five_new_answers(house, seed, changes):
    question, moments = a_room(house, Random(seed), changes=changes)
    published = list(Release.objects.of(question))
    assert len(published) == len(moments) >= 3

    for (before, first), (after, second) in itertools.combinations(
        zip(moments, published, strict=True), 2
    ):
        for number in "1234":
            new = new_between(before, after, number)
            if first.counts[number] == second.counts[number] and not new:
                continue
            if not any(number in row for row in before.values()):
                continue  # told for the first time: what a total may say is another rule
            assert len(new) >= FIVE, (number, new)
            # Of one mind only where ten answer alike, or where some changed theirs before the end.
            assert len(set(new)) > 1 or len(new) >= TEN or (changes and second.is_final)


def test_one_answer_among_five_new_voices_moves_nothing(house):
    """The attack that worked: figures moved by five voices, of whom one had seen the statement."""
    question = opened(house.nour)
    everyone = {1: 1, 2: 1}
    speak(question, house.nour, [{**everyone, 1: -1 if n % 2 else 1, 2: n % 2} for n in range(12)])
    first = release_if_due(question)
    for answer in (1, -1, 1, -1, 1, -1):
        speak(question, house.nour, [{1: answer}])
    speak(question, house.nour, [{1: 1, 2: -1}])

    second = release_if_due(question)

    assert first.counts["2"]["disagree"] == 0
    assert second.voices >= first.voices + FIVE
    assert second.counts["1"] != first.counts["1"]
    assert second.counts["2"] == first.counts["2"]


def test_an_answer_that_is_changed_moves_nothing_alone(house):
    question = opened(house.nour)
    rows = [{1: 1 if n % 2 else -1, 2: 1 if n % 3 else -1} for n in range(16)]
    given = speak(question, house.nour, rows)
    first = release_if_due(question)
    kept = counted()
    changed = next(one for one in given if one.receipt in kept)
    voices.give_voice(changed, {2: 0})
    speak(question, house.nour, [{1: 1 if n % 2 else -1} for n in range(8)])

    second = release_if_due(question)

    assert second.counts["1"] != first.counts["1"]
    assert second.counts["2"] == first.counts["2"]
    assert Ballot.objects.get(receipt=changed.receipt).answers["2"] == 0


# --- a few of one mind ----------------------------------------------------------------------------


def told(rows):
    """What is published, without the advice on what to collect, which is a threshold."""
    found = telling.published(document(analyse(votes_of(rows, (1, 2, 3)))))
    return {name: value for name, value in found.items() if name != "advice"}


@pytest.mark.parametrize("people", range(5, 10))
@pytest.mark.parametrize("answer", SAID)
def test_a_few_of_one_mind_are_told_as_they_are_when_one_of_them_differs(people, answer):
    def room(first):
        return told(
            [{"1": one, "2": n % 2, "3": 1 if n % 2 else -1} for n, one in enumerate(first)]
        )

    alike = room([answer] * people)
    other = next(one for one in SAID if one != answer)
    differing = [room([answer] * (people - 1) + [one]) for one in SAID if one != answer]

    assert alike["statements"][0]["word"] == SAID[answer]
    assert any(alike["statements"][0] == one["statements"][0] for one in differing), other
    assert alike == differing[0]


@pytest.mark.parametrize("people", range(5, 10))  # from ten on, groups of five may be told
def test_of_a_small_room_nothing_is_published_but_what_its_totals_say(people):
    """Which answers go together is told nowhere: not in a figure of the engine, by which one who
    knows what somebody answered to one statement would find their line, and read the others."""
    chance = Random(people)
    columns = [[chance.choice((1, -1, 0)) for _one in range(people)] for _statement in range(3)]

    def shuffled():
        for column in columns:
            chance.shuffle(column)
        return told([dict(zip("123", row, strict=True)) for row in zip(*columns, strict=True)])

    first = shuffled()
    assert all(shuffled() == first for _time in range(20))


def test_what_may_come_between_two_pages_may_itself_be_told():
    for answers in itertools.product(range(12), repeat=3):
        said = dict(zip((1, -1, 0), answers, strict=True))
        every = sum(answers)
        whole = every >= TEN or (every >= FIVE and max(answers) < every)
        assert batches.is_a_crowd(said) is whole


# --- what is left of a total ----------------------------------------------------------------------


@pytest.mark.parametrize(("here", "workers"), [(5, 5), (9, 4), (8, 1), (6, 7), (12, 5), (4, 4)])
def test_what_is_left_of_a_total_is_told_or_is_nobodys(house, enter, here, workers):
    question = opened(house.nour)
    for kind, many in (("accompanied", here), ("worker", workers)):
        rows = [{1: 1 if n % 2 else -1, 2: 1, 3: n % 3 - 1} for n in range(many)]
        if kind == "worker":
            rows = [{**row, 2: -1} if n < 2 else row for n, row in enumerate(rows)]
            rows[0].pop(3)
        for code, row in zip(pile(question, house.nour, kind, many + 5), rows, strict=False):
            by_pages(telephone(code), row)
    questions.close(question, by=make.actor(house.nour))
    page = enter(house.nour).get(reverse("deliberation:results_json", args=[question.pk]))
    found = json.loads(page.content)

    assert found["voices"] == here + workers
    apart = found["by_kind"]
    assert (apart is None) is (min(here, workers) < FIVE)
    whole = {one["id"]: one for one in found["found"]["statements"]}
    for number, one in (apart or {"statements": {}})["statements"].items():
        if one["told"] == "hidden":
            continue
        assert whole[number]["told"] == "exact"
        for kind in ("accompanied", "worker"):
            cell = one[kind]
            opinions = cell.get("opinions", cell.get("agree", 0) + cell.get("disagree", 0))
            assert opinions == 0 or opinions >= FIVE
            alike = "agree" in cell and not (cell["agree"] and cell["disagree"])
            assert not alike or opinions == 0 or opinions >= TEN


def by_pages(client, row):
    for number, answer in row.items():
        client.post(f"/voice/s/{number}/", {"answer": SAID[answer]})
    assert client.post("/voice/review/").url == "/voice/given/"
