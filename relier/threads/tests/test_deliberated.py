"""A question made from a problem, what was decided on it, and what it changed, in its thread."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from relier.accounts.actors import SYSTEM
from relier.deliberation.actions import decisions, proposals, questions, reviews
from relier.deliberation.actions.decisions import Said
from relier.deliberation.models import Decision, Outcome, Question
from relier.deliberation.tests.stories import opened, speak
from relier.inquiry.actions import problems, testimonies
from relier.threads import actions
from relier.threads.actions import End
from relier.threads.models import Tie
from relier.threads.printing import printed
from relier.threads.telling import told
from tests import factories as make


@pytest.fixture
def by(house):
    return make.actor(house.nour)


@pytest.fixture
def problem(by):
    return problems.write("Forms are online only", "People come back.", by=by)


def address(problem, name="thread"):
    return reverse(f"threads:{name}", args=[problem.pk])


def tied(problem, house, by):
    question = opened(house.nour)
    speak(question, house.nour, [{1: 1}] * 12)
    questions.close(question, by=by)
    actions.tie(problem, End("problem", problem.pk), End("question", question.pk), by=by)
    return Question.objects.get(pk=question.pk)


def tried(question, house, by, words="An hour earlier."):
    put = proposals.put(question, words, by=by)
    until = timezone.localdate() + timedelta(days=60)
    return decisions.decide(
        question, put, Said(Outcome.TRIAL, words, until, house.bram), by=by
    )  # fmt: skip


def test_a_question_is_prepared_with_the_words_of_the_problem_and_tied_once(house, enter, problem):
    nour = enter(house.nour)
    page = nour.get(address(problem, "question_new")).content.decode()
    assert "Forms are online only" in page
    assert "People come back." in page
    form = {
        "words": "What helps?", "invited": "centre", "rule": "consent", "form_key": str(uuid4()),
        "closes_on": (timezone.localdate() + timedelta(days=9)).isoformat(),
    }  # fmt: skip
    for _time in range(2):
        nour.post(address(problem, "question_new"), form)

    question = Question.objects.get()
    tie = Tie.objects.get()
    assert (tie.from_kind, tie.to_kind, tie.to_id) == ("problem", "question", question.pk)
    said = nour.get(address(problem)).content.decode()
    assert "What helps?" in said
    assert "nobody is asked yet" in said


def test_only_who_may_prepare_a_question_is_led_there(house, enter, problem):
    reception = enter(make.MemberFactory(centre=house.centre, role="reception"))

    assert "Make a question of it" not in reception.get(address(problem)).content.decode()
    assert reception.get(address(problem, "question_new")).status_code == 404
    assert enter(house.zoe).get(address(problem, "question_new")).status_code == 404


def test_the_thread_tells_what_was_found_decided_tried_again_and_changed(house, enter, problem, by):
    decision = tried(tied(problem, house, by), house, by)
    decisions.tell(decision, "begun", "It began.", by=by)
    decisions.tell(decision, "changed", "The corridor is calm.", by=by)
    said = enter(house.bram).get(address(problem)).content.decode()

    order = ["What helps us with computers?", "12 voices.", "when it is looked at again",
             "An hour earlier.", "It began.", "The corridor is calm."]  # fmt: skip
    places = [said.index(one) for one in order]
    assert places == sorted(places)
    Decision.objects.update(until=timezone.localdate())
    reviews.reopen_due(on=timezone.localdate(), by=SYSTEM)
    assert "then asked again" in enter(house.bram).get(address(problem)).content.decode()
    assert b"%PDF" in printed(problem, told(problem, by))[:8]


def test_what_it_changed_may_be_told_after_a_decision(house, enter, problem, by):
    decision = tried(tied(problem, house, by), house, by)
    one = testimonies.give_words("She came once.", whose="worker", by=by)

    enter(house.bram).post(
        address(problem, "changed"), {"after": f"decision {decision.pk}", "thing": one.pk}
    )

    assert Tie.objects.filter(from_kind="decision", to_kind="testimony").exists()


def test_a_thread_costs_the_same_however_many_were_asked_and_decided(house, enter, problem, by):
    bram, counts = enter(house.bram), []
    for many in (2, 6):
        for number in range(many):
            question = tied(problem, house, by)
            tried(question, house, by, f"{number}")
        with CaptureQueriesContext(connection) as asked:
            bram.get(address(problem))
        counts.append(len(asked))

    assert counts[0] == counts[1]
