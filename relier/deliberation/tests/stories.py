"""A question that a team asks itself, and those who answer it."""

from datetime import timedelta
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from relier.deliberation.actions import cards, questions, statements, voices
from relier.deliberation.models import Question
from relier.deliberation.tickets import Ticket
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
        "languages": ["en", "fr"],
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


def pile(question, member, kind="accompanied", count=10, language="en"):
    """The codes of a new pile."""
    _batch, drawn = cards.print_cards(
        question, kind=kind, count=count, language=language, form_key=uuid4(),
        by=make.actor(member),
    )  # fmt: skip
    return drawn


def tickets(question, member, kind="accompanied", count=10):
    return [
        Ticket(question.pk, question.round, kind, "en", code)
        for code in pile(question, member, kind, count)
    ]


def telephone(code):
    """Opened with a card."""
    client = Client(headers={"accept-language": "en"})
    client.get(reverse("voice:exchange", args=[code]))
    return client


def speak(question, member, rows, kind="accompanied"):
    """Each row is what one voice answers, number -> answer; their tickets."""
    drawn = tickets(question, member, kind, max(len(rows), 5))[: len(rows)]
    for ticket, row in zip(drawn, rows, strict=True):
        voices.give_voice(ticket, row)
    return drawn


def as_it_lies(model, column):
    """A column in the order in which the database itself keeps the rows."""
    place = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {model._meta.db_table} ORDER BY {place}")
        return [row[0] for row in cursor.fetchall()]
