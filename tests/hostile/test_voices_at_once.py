"""Voices at the same instant: two people, one card twice, a count that goes on meanwhile, the end
of the question. None lost, none twice, and what is published is always what a recount says.

On a SQLite file as in an office, or on the PostgreSQL that the tests were given.
"""

from django.test import Client

from relier.deliberation.actions import questions, voices
from relier.deliberation.actions.releases import release_if_due
from relier.deliberation.models import Ballot, Question, Release
from relier.deliberation.rules import telling
from relier.deliberation.tests.stories import opened, pile, telephone, tickets
from tests import factories as make
from tests import house as houses

from .racing import alone, faults, in_threads

ROW = {1: 1, 2: -1, 3: 0, 4: 1}


def a_question():
    house = houses.build()
    return house, opened(house.nour)


def ready(code):
    """A telephone on which everything is answered, and nothing given yet."""
    client = telephone(code)
    for number in ROW:
        client.post(f"/voice/s/{number}/", {"answer": "agree"})
    return client


def recounted(question):
    """What the last release says, and what its own rows say."""
    last = Release.objects.of(question).last()
    rows = dict(Ballot.objects.exclude(counted=None).values_list("receipt", "counted"))
    numbers = [int(one) for one in last.counts]
    assert last.receipts == sorted(rows)
    assert last.counts == telling.totals_of(rows.values(), numbers)
    return last


def test_voices_of_several_cards_at_the_same_instant_are_all_kept(shared, caplog):
    house, question = alone(a_question)
    clients = alone(lambda: [ready(code) for code in pile(question, house.nour)[:6]])

    answers = in_threads(*(lambda c=c: c.post("/voice/review/") for c in clients))

    assert [one.url for one in answers] == ["/voice/given/"] * 6, faults(caplog)
    assert alone(Ballot.objects.count) == 6


def test_one_card_on_two_telephones_at_the_same_instant_is_one_ballot(shared, caplog):
    house, question = alone(a_question)
    first = alone(lambda: ready(pile(question, house.nour)[0]))
    second = Client()
    second.cookies = first.cookies.copy()

    answers = in_threads(*(lambda c=c: c.post("/voice/review/") for c in (first, second, first)))

    assert {one.url for one in answers} == {"/voice/given/"}, faults(caplog)
    assert alone(Ballot.objects.count) == 1


def test_a_count_made_while_voices_arrive_loses_none_and_is_a_recount(shared):
    house, question = alone(a_question)
    given = alone(lambda: tickets(question, house.nour, count=30))

    def mixed(number):
        return {one: 1 if (number + one) % 3 else -1 for one in ROW}

    alone(lambda: [voices.give_voice(one, mixed(n)) for n, one in enumerate(given[:14])])
    deeds = [
        lambda one=one, n=n: voices.give_voice(one, mixed(n)) for n, one in enumerate(given[14:])
    ]
    looks = [lambda: release_if_due(question)] * 4
    done = in_threads(*deeds[:8], *looks, *deeds[8:])

    assert not [one for one in done if isinstance(one, Exception)]
    assert alone(Ballot.objects.count) == 30
    made = alone(lambda: list(Release.objects.of(question).values_list("number", flat=True)))
    assert made == list(range(1, len(made) + 1))
    assert made
    alone(lambda: recounted(question))


def test_a_voice_given_as_the_question_closes_is_counted_or_told_so(shared):
    house, question = alone(a_question)
    given = alone(lambda: tickets(question, house.nour, count=16))
    alone(lambda: [voices.give_voice(one, ROW) for one in given[:8]])
    by = alone(lambda: make.actor(house.nour))

    def close():
        questions.close(question, by=by)
        return release_if_due(Question.objects.get(pk=question.pk))

    done = in_threads(
        *(lambda one=one: voices.give_voice(one, ROW) for one in given[8:12]),
        close,
        *(lambda one=one: voices.give_voice(one, ROW) for one in given[12:]),
    )

    refused = [one for one in done if isinstance(one, voices.NotNow)]
    assert not [one for one in done if isinstance(one, Exception) and one not in refused]
    question = alone(lambda: Question.objects.get(pk=question.pk))
    alone(lambda: release_if_due(question))
    last = alone(lambda: recounted(question))
    assert last.is_final
    assert last.voices == 16 - len(refused) == alone(Ballot.objects.count)
