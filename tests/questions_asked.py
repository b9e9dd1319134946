"""A question that is open, one that is prepared, a statement of it and one that was proposed, a
meeting that is held: what pages of deliberation are about."""

from datetime import time, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from relier.centres.middleware import actor_of
from relier.centres.models import Member
from relier.deliberation.actions import (
    cards,
    counting,
    hands,
    meetings,
    questions,
    releases,
    running,
    statements,
    voices,
)
from relier.deliberation.actions.hands import Count
from relier.deliberation.models import Aspect, Question, Refusal
from relier.deliberation.tickets import Ticket

from .entries_planted import coordinator_of

LONG = "Il faudrait que quelqu'un vienne à la maison pour le premier branchement de l'ordinateur."


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


def prepare(member: Member, words: str, **more: Any) -> Question:
    closes_on = timezone.localdate() + timedelta(days=30)
    said = {"words": words, "closes_on": closes_on, "languages": ["fr"], "rule": "consent"}
    return questions.prepare(said | more, by=actor_of(member))


def plant_answered(member: Member, *counters: Member) -> tuple[Question, list[Ticket]]:
    """A question that is open and of which much is told: statements in two languages, one that was
    refused, voices enough for figures, sentences; the cards of its pile that nobody used yet."""
    by = actor_of(member)
    question = prepare(member, "Qu'est-ce qui nous aide ?", languages=["fr", "en"])
    for words in ("La salle est trop froide.", LONG, "On peut apprendre à deux."):
        written = statements.write(question, words, pictogram="computer", by=by)
        statements.word(written, words, language="en", made="not_reviewed", by=by)
    if counters:
        counting.name_counters(question, counters, by=coordinator_of(member))
    question = questions.open_question(question, by=by)
    for words, why in (("Trop vite.", Refusal.UNCLEAR), ("Untel crie.", Refusal.NAMES_SOMEONE)):
        idea = statements.propose(question, words, language="fr", form_key=uuid4())
        statements.refuse(idea, why=why, words="Dites-le autrement.", by=by)
    pile = tickets(question, member)
    for place, ticket in enumerate(pile[:12]):
        answers = {1: 1, 2: 1 if place % 2 else -1, 3: 0 if place % 3 else 1}
        voices.give_voice(ticket, answers)
        voices.give_sentence(
            ticket, f"{LONG} ({place})", aspect=Aspect.REASON, language="fr", may_be_published=True
        )
    releases.release_if_due(question)
    return question, pile[12:]


def tickets(question: Question, member: Member) -> list[Ticket]:
    about = {"kind": "accompanied", "count": 20, "language": "fr", "form_key": uuid4()}
    _batch, codes = cards.print_cards(question, **about, by=actor_of(member))
    return [Ticket(question.pk, question.round, "accompanied", "fr", code) for code in codes]
