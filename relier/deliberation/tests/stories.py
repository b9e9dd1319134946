"""A question that a team asks itself, and those who answer it."""

from datetime import timedelta

from django.utils import timezone

from relier.deliberation.actions import questions, statements
from relier.deliberation.models import Question
from tests import factories as make

WORDS = "What helps us with computers?"
STATEMENTS = (
    "La salle est trop froide.",
    "Il faut un ordinateur de plus.",
    "Les explications vont trop vite.",
    "On peut apprendre à deux.",
)


def said(**more):
    """What a form says of a question."""
    return {
        "words": WORDS,
        "context": "Three people said so.",
        "invited": Question.Invited.CENTRE,
        "team": None,
        "group": "",
        "accompanied_first_until": None,
        "closes_on": timezone.localdate() + timedelta(days=14),
        "rule": Question.Rule.CONSENT,
        "quorum": None,
        "share": 50,
        "languages": ["fr", "en"],
        **more,
    }


def prepared(member, words=STATEMENTS, **more):
    by = make.actor(member)
    question = questions.prepare(said(**more), by=by)
    for one in words:
        statements.write(question, one, by=by)
    return question


def opened(member, words=STATEMENTS, **more):
    return questions.open_question(prepared(member, words, **more), by=make.actor(member))
