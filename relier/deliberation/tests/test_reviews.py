"""The day of a trial comes: its question is asked again, and nothing of before is lost."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone, translation

from relier.accounts.actors import SYSTEM
from relier.deliberation.actions import cards, decisions, proposals, questions, reviews, voices
from relier.deliberation.actions.decisions import Said
from relier.deliberation.models import Decision, Outcome, PastRound, Release, Sentence
from relier.deliberation.tests.stories import opened, pile, speak, telephone, tickets
from relier.journal.models import Line
from tests import factories as make

ROWS = [{1: 1, 2: -1 if n % 2 else 1} for n in range(12)]


@pytest.fixture(autouse=True)
def in_english():
    """Refusals are matched by their words."""
    with translation.override("en"):
        yield


@pytest.fixture
def by(house):
    return make.actor(house.nour)


@pytest.fixture
def tried(house, by):
    """A trial that ends in a month, seen to by Bram, of a question that twelve answered."""
    question = opened(house.nour)
    speak(question, house.nour, ROWS)
    questions.close(question, by=by)
    put = proposals.put(question, "A second computer.", by=by)
    until = timezone.localdate() + timedelta(days=30)
    said = Said(Outcome.TRIAL, "We try it.", until, house.bram)
    return decisions.decide(question, put, said, by=by)


def its_day_comes(decision):
    Decision.objects.filter(pk=decision.pk).update(until=timezone.localdate())


def question_of(decision):
    return type(decision.question).objects.get(pk=decision.question_id)


def test_before_its_day_nothing_moves(tried):
    assert reviews.reopen_due(on=timezone.localdate(), by=SYSTEM) == 0
    assert question_of(tried).round == 1


def test_its_day_come_the_question_is_asked_again_and_once(tried):
    its_day_comes(tried)

    for _time in range(2):
        reviews.reopen_due(on=timezone.localdate(), by=SYSTEM)

    question = question_of(tried)
    assert question.round == 2
    assert question.is_open(on=timezone.localdate())
    assert question.closes_on == timezone.localdate() + reviews.THREE_WEEKS
    tried.refresh_from_db()
    assert (tried.reopened_on, tried.reopened_as) == (timezone.localdate(), 2)
    assert Line.objects.filter(kind="deliberation.trial_reviewed").count() == 1
    assert PastRound.objects.get().round == 1


def test_of_two_processes_that_both_saw_it_due_one_asks_again(tried):
    its_day_comes(tried)
    both = [Decision.objects.select_related("question").get(pk=tried.pk) for _one in range(2)]

    done = [reviews.reopen(one, on=timezone.localdate(), by=SYSTEM) for one in both]

    assert done == [True, False]
    assert question_of(tried).round == 2


def test_what_was_found_and_decided_before_stays_to_be_read(house, enter, tried):
    its_day_comes(tried)
    reviews.reopen_due(on=timezone.localdate(), by=SYSTEM)

    bram, pk = enter(house.bram), tried.question_id
    then = bram.get(reverse("deliberation:round", args=[pk, 1])).content.decode()
    assert "12 voices." in then
    assert "We try it." in then
    assert "A second computer." in then
    now = bram.get(reverse("deliberation:results", args=[pk])).content.decode()
    assert "Nothing can be told yet." in now
    assert bram.get(reverse("deliberation:round", args=[pk, 2])).status_code == 404
    assert Release.objects.get(question=pk).is_final


def test_voices_that_waited_are_counted_before_the_round_ends(house, by):
    question = opened(house.nour)
    speak(question, house.nour, ROWS[:7])
    questions.close(question, by=by)

    reviews.ask_again(question, timezone.localdate() + timedelta(days=9), by=by)

    assert Release.objects.get(question=question, round=1).voices == 7


def test_new_cards_open_the_question_and_tell_of_the_trial(house, by, tried):
    its_day_comes(tried)
    reviews.reopen_due(on=timezone.localdate(), by=SYSTEM)
    question = question_of(tried)
    new = telephone(pile(question, house.nour)[0])

    assert question.words in new.get(reverse("voice:home")).content.decode()
    assert new.get(reverse("voice:next")).status_code == 302
    assert "We try it." in new.get(reverse("voice:proposed")).content.decode()


def test_a_telephone_of_the_round_before_is_led_to_the_door(house, by):
    question = opened(house.nour)
    phone = telephone(pile(question, house.nour)[0])
    questions.close(question, by=by)
    reviews.ask_again(question, timezone.localdate() + timedelta(days=9), by=by)

    assert phone.get(reverse("voice:results")).url == reverse("voice:home")


def test_people_accompanied_speak_first_again_and_for_as_long(house, by):
    today = timezone.localdate()
    question = opened(house.nour, accompanied_first_until=today + timedelta(days=4))
    questions.close(question, by=by)

    again = reviews.ask_again(question, today + timedelta(days=20), by=by)
    assert again.accompanied_first_until == today + timedelta(days=4)


def test_the_page_says_what_to_do_until_there_are_cards(house, enter, by, tried):
    its_day_comes(tried)
    reviews.reopen_due(on=timezone.localdate(), by=SYSTEM)
    address = reverse("deliberation:question", args=[tried.question_id])
    assert "print new cards" in enter(house.nour).get(address).content.decode()
    for member in (house.nour, house.bram):  # who facilitates, and who sees to it
        assert "print cards" in enter(member).get(reverse("day")).content.decode()

    cards.print_cards(
        question_of(tried), kind="worker", count=5, language="fr", form_key=uuid4(), by=by
    )

    assert "print new cards" not in enter(house.nour).get(address).content.decode()
    assert "print cards" not in enter(house.bram).get(reverse("day")).content.decode()


def test_a_review_that_comes_within_a_week_stands_on_the_day_of_whoever_sees_to_it(
    house, enter, tried
):
    soon = timezone.localdate() + timedelta(days=6)
    Decision.objects.filter(pk=tried.pk).update(until=soon)
    other = make.MemberFactory(centre=house.centre)

    assert "We try it." in enter(house.bram).get(reverse("day")).content.decode()
    assert "We try it." not in enter(other).get(reverse("day")).content.decode()


def test_asked_again_by_hand_only_once_it_is_over_and_once(house, enter, by):
    question = opened(house.nour)
    until = timezone.localdate() + timedelta(days=9)
    with pytest.raises(ValidationError, match="not over"):
        reviews.ask_again(question, until, by=by)
    questions.close(question, by=by)
    address = reverse("deliberation:ask_again", args=[question.pk])
    form = {"until": until.isoformat(), "round": "1"}
    for _time in range(2):
        enter(house.nour).post(address, form)

    question.refresh_from_db()
    assert question.round == 2


def test_a_trial_that_comes_due_in_a_round_that_is_asked_already_is_looked_at_with_it(
    house, by, tried
):
    reviews.ask_again(question_of(tried), timezone.localdate() + timedelta(days=9), by=by)
    its_day_comes(tried)

    reviews.reopen_due(on=timezone.localdate(), by=SYSTEM)

    tried.refresh_from_db()
    assert tried.reopened_as == 2
    assert question_of(tried).round == 2


def test_sentences_that_nobody_read_in_time_are_read_from_the_page_of_their_round(house, enter, by):
    question = opened(house.nour)
    for number, ticket in enumerate(tickets(question, house.nour, count=5)[:3]):
        voices.give_sentence(
            ticket, f"Reason {number}", aspect="reason", language="en", may_be_published=number < 2
        )
    speak(question, house.nour, ROWS[:7])
    questions.close(question, by=by)
    question = reviews.ask_again(question, timezone.localdate() + timedelta(days=9), by=by)
    Sentence.objects.update(is_out=False)  # a pile was awaited: they had not come out
    before = list(Release.objects.values())
    page = reverse("deliberation:round", args=[question.pk, 1])
    reading = reverse("deliberation:round_sentences", args=[question.pk, 1])
    nour, rosa = enter(house.nour), enter(house.reception)

    assert "3 sentences of this round were not read" in nour.get(page).content.decode()
    assert "not read when it ended" not in rosa.get(page).content.decode()
    assert rosa.get(reading).status_code == 404
    assert "Reason 0" in nour.get(reading).content.decode()
    for one in Sentence.objects.all():
        given = {"sentence": one.pk, "state": "shown", "heading": "The room"}
        assert nour.post(reading, given).url == reading

    said = rosa.get(page).content.decode()
    assert "The room" in said
    assert "Reason 0" in said
    assert "Reason 2" not in said  # its author did not agree
    assert "not read when it ended" not in nour.get(page).content.decode()
    assert list(Release.objects.values()) == before
    # Of this round only: nothing of it stands where the new one is read.
    assert "Reason 0" not in nour.get(
        reverse("deliberation:sentences", args=[question.pk])
    ).content.decode()  # fmt: skip
    assert nour.get(
        reverse("deliberation:round_sentences", args=[question.pk, 2])
    ).status_code == 404  # fmt: skip
