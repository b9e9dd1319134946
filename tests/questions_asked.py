"""A question that is open, one that is prepared, a statement of it and one that was proposed: what
pages of deliberation are about."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from relier.centres.middleware import actor_of
from relier.centres.models import Member
from relier.deliberation.actions import questions, statements
from relier.deliberation.models import Question


def plant(member: Member) -> dict[str, Any]:
    """Prepared and opened by `member`."""
    by = actor_of(member)
    prepared, question = (prepare(member, words) for words in ("Later?", "What helps?"))
    for one in (prepared, question):
        written = statements.write(one, "La salle est trop froide.", by=by)
    question = questions.open_question(question, by=by)
    proposed = statements.propose(question, "On a soif.", language="fr", form_key=uuid4())
    return {
        "question": question,
        "prepared_question": prepared,
        "statement": written,
        "proposal": proposed,
    }


def prepare(member: Member, words: str) -> Question:
    closes_on = timezone.localdate() + timedelta(days=30)
    said = {"words": words, "closes_on": closes_on, "languages": ["fr"], "rule": "consent"}
    return questions.prepare(said, by=actor_of(member))
