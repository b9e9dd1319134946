"""A question that the demonstration's house asked itself: answered, decided as a trial whose day is
near, tied to the problem that it comes from; and a meeting that is prepared about it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from relier.accounts.actors import Actor
from relier.centres.middleware import actor_of
from relier.centres.models import Member
from relier.deliberation import points
from relier.deliberation.actions import (
    cards,
    decisions,
    meetings,
    objections,
    proposals,
    questions,
    releases,
    sentences,
    statements,
    voices,
)
from relier.deliberation.models import Decision, KindOfVoice, Question, Sentence
from relier.deliberation.rules import answers
from relier.deliberation.tickets import Ticket
from relier.inquiry.models import Problem
from relier.threads.actions import ask

Told = Mapping[str, Any]
LETTERS = {"a": answers.AGREE, "d": answers.DISAGREE, "p": answers.PASS}
# Days before today: asked, closed, decided; and how long the trial still goes on.
ASKED, CLOSED, DECIDED, LEFT = 56, 42, 34, 5


def plant_deliberation(told: Told, members: Mapping[str, Member]) -> None:
    """`members`: those of the house, by their key."""
    by = actor_of(members[told["by"]])
    question = plant_question(told, by)
    plant_voices(told, question, by)
    question = questions.close(question, by=by)
    days_ago(Question, question.pk, opened_on=ASKED, closed_on=CLOSED, closes_on=CLOSED)
    question.refresh_from_db()
    releases.release_if_due(question)
    for one in Sentence.objects.of(question).order_by("words"):
        heading = next(row["heading"] for row in told["sentence"] if row["words"] == one.words)
        sentences.put_away(one, state=Sentence.State.SHOWN, heading=heading, by=by)
    decision = plant_decision(told, question, members, by)
    for one in told["news"]:
        author = actor_of(members[one["by"]])
        news = decisions.tell(decision, one["state"], one["words"], by=author)
        days_ago(type(news), news.pk, on=one["days_ago"])
    plant_meeting(told["meeting"], question, by)


def plant_question(told: Told, by: Actor) -> Question:
    problem = Problem.objects.get(title=told["problem"], centre=by.centre)
    said = {
        "words": told["words"],
        "context": told["context"].strip(),
        "rule": Question.Rule.CONSENT,
        "closes_on": timezone.localdate() + timedelta(days=1),
        "languages": ["fr"],
    }
    question = ask(problem, said, by=by)
    for one in told["statements"]:
        statements.write(question, one["words"], pictogram=one["pictogram"], by=by)
    return questions.open_question(question, by=by)


def plant_voices(told: Told, question: Question, by: Actor) -> None:
    """Each as by a card that was drawn; the codes are kept nowhere, here neither."""
    for kind in KindOfVoice.values:
        rows = told["voices"][kind]
        _batch, drawn = cards.print_cards(
            question, kind=kind, count=len(rows) + 2, language="fr", form_key=uuid4(), by=by
        )
        held = [Ticket(question.pk, question.round, kind, "fr", code) for code in drawn]
        for ticket, row in zip(held, rows, strict=False):
            given = {number: LETTERS[letter] for number, letter in enumerate(row, start=1)}
            voices.give_voice(ticket, given)
        for one in told["sentence"]:
            if one["kind"] == kind:
                voices.give_sentence(
                    held[0], words=one["words"], aspect=one["aspect"], may_be_published=True,
                    language="fr", statement=None,
                )  # fmt: skip


def plant_decision(
    told: Told, question: Question, members: Mapping[str, Member], by: Actor
) -> Decision:
    said, today = told["proposal"], timezone.localdate()
    first = proposals.put(question, said["first"], by=by)
    objection = objections.raise_as_member(
        first, said["objection"], language="fr", form_key=uuid4(), by=by
    )
    second = proposals.amend(first, said["words"], why=said["why"], by=by)
    objections.treat(objection, said["treated"], by=by)
    known = {one.words for one in points.of_question(question)}
    trial = decisions.Said(
        "trial", said["words"], today + timedelta(days=LEFT), members[said["owner"]],
        said["minority"],
        answers=[(point, words) for point, words in told["answers"].items() if point in known]
        + [(point, "") for point in sorted(known - set(told["answers"]))],
    )  # fmt: skip
    decision = decisions.decide(question, second, trial, by=by)
    decisions.put_up(decision, by=by)
    for one in (first, second):
        days_ago(type(one), one.pk, proposed_on=DECIDED)
    days_ago(Decision, decision.pk, decided_on=DECIDED, noticed_on=DECIDED)
    decision.refresh_from_db()
    return decision


def plant_meeting(told: Told, question: Question, by: Actor) -> None:
    """Some days ahead, with its agenda."""
    day = timezone.localdate() + timedelta(days=told["in_days"])
    said = {"day": day, "starts_at": told["starts_at"], "place": told["place"]}
    meeting = meetings.prepare(question, said, by=by)
    for one in told["items"]:
        meetings.add_item(meeting, **one, by=by)


def days_ago(model: Any, pk: Any, **columns: int) -> None:
    today = timezone.localdate()
    days = {name: today - timedelta(days=number) for name, number in columns.items()}
    model.objects.filter(pk=pk).update(**days)
