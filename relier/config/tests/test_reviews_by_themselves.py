"""The daily round asks again the question of a trial whose day has come, and does it once."""

from datetime import timedelta

from django.utils import timezone

from relier.config.keeping.tidying import tidy
from relier.deliberation.actions import decisions, proposals, questions
from relier.deliberation.actions.decisions import Said
from relier.deliberation.models import Decision, Outcome, PastRound, Question
from relier.deliberation.tests.stories import opened
from tests import factories as make


def test_a_trial_whose_day_has_come_is_looked_at_again_by_itself(house):
    by, today = make.actor(house.nour), timezone.localdate()
    question = questions.close(opened(house.nour), by=by)
    put = proposals.put(question, "A second computer.", by=by)
    said = Said(Outcome.TRIAL, put.words, today + timedelta(days=9), house.bram)
    decisions.decide(question, put, said, by=by)
    tidy()
    assert Question.objects.get().round == 1
    Decision.objects.update(until=today)

    for _time in range(2):
        tidy()

    assert Question.objects.get().round == 2
    assert PastRound.objects.count() == 1
