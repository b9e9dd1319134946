"""A question that is over, with a proposal, an objection and a decision; one that is asked again:
what pages of deciding are about."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from django.utils import timezone

from relier.centres.middleware import actor_of
from relier.centres.models import Member
from relier.deliberation.actions import (
    decisions,
    objections,
    proposals,
    questions,
    reviews,
    statements,
)
from relier.deliberation.actions.decisions import Said
from relier.deliberation.models import Outcome, Question

from .questions_asked import prepare


def plant(member: Member) -> dict[str, Any]:
    by, today = actor_of(member), timezone.localdate()
    over, again = (closed(member, words) for words in ("What do we try?", "And now?"))
    tried = proposals.put(over, "Open an hour earlier.", by=by)
    trial = Said(Outcome.TRIAL, tried.words, today + timedelta(days=30), member)
    put = proposals.put(over, "A second computer.", by=by)
    objection = objections.raise_as_member(
        put, "It is noisy.", language="en", form_key=uuid4(), by=by
    )
    return {
        "over_question": over,
        "put": put,
        # Found by its key: the row itself is written anew as others come.
        "objection": SimpleNamespace(pk=objection.key),
        "decision": decisions.decide(over, tried, trial, by=by),
        "asked_again": reviews.ask_again(again, today + timedelta(days=9), by=by),
    }


def closed(member: Member, words: str) -> Question:
    question, by = prepare(member, words), actor_of(member)
    statements.write(question, "On vient plus tôt.", by=by)
    return questions.close(questions.open_question(question, by=by), by=by)
