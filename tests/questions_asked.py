"""A question that is open, one that is prepared, a statement of it and one that was proposed, a
meeting that is held: what pages of deliberation are about."""

from datetime import time, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from relier.centres.middleware import actor_of
from relier.centres.models import Member
from relier.deliberation.actions import hands, meetings, questions, running, statements
from relier.deliberation.actions.hands import Count
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
        **in_a_room(question, member),
    }


def in_a_room(question: Question, member: Member) -> dict[str, Any]:
    """A meeting that is held, its agenda, and hands that were counted there."""
    by, today = actor_of(member), timezone.localdate()
    said = {"day": today, "starts_at": time(14), "place": "Salle 2"}
    meeting = meetings.prepare(question, said, ready="60", by=by)
    running.begin(meeting, turn=0, by=by)
    statement = question.statements.shown().get()
    (counted,) = hands.count_hands(
        question, [Count(statement, present=12, agree=7, disagree=3, unsure=1)], on=today, seen=0,
        form_key=uuid4(), by=by,
    )  # fmt: skip
    meeting.refresh_from_db()
    return {"meeting": meeting, "agenda_line": meeting.items.last(), "count_of_hands": counted}


def prepare(member: Member, words: str) -> Question:
    closes_on = timezone.localdate() + timedelta(days=30)
    said = {"words": words, "closes_on": closes_on, "languages": ["fr"], "rule": "consent"}
    return questions.prepare(said, by=actor_of(member))
