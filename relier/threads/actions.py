"""Tying one thing to another in the thread of a problem, and undoing it."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.deliberation.actions import questions
from relier.deliberation.models import Question
from relier.inquiry.models import Problem
from relier.journal import actions as journal
from relier.resources import actions as sheets
from relier.resources.models import Resource

from . import access
from .kinds import registered
from .models import Thread, Tie


class End(NamedTuple):
    kind: str
    id: UUID


# What leads to what. What came of something is told by a testimony.
LEADS: frozenset[tuple[str, str]] = frozenset(
    {
        ("testimony", "problem"),
        ("problem", "question"),
        ("problem", "decision"),
        ("question", "decision"),
        ("problem", "resource"),
        ("decision", "resource"),
        ("problem", "testimony"),
        ("decision", "testimony"),
        ("resource", "testimony"),
    }
)


@transaction.atomic
def tie(problem: Problem, start: End, end: End, *, by: Actor) -> Tie:
    """Made once, it is that one. Both ends are rows that `by` may see. Raises ValidationError for
    two kinds of which one does not lead to the other."""
    access.require(access.may_tie(by, problem))
    if (start.kind, end.kind) not in LEADS:
        raise ValidationError(_("One of these does not lead to the other."))
    for one in (start, end):
        kind = registered(one.kind)
        access.require(kind is not None and kind.rows(by).filter(pk=one.id).exists())
        # A problem in its own thread is the one it is about.
        access.require(one.kind != "problem" or one.id == problem.pk)
    thread, _made = Thread.objects.get_or_create(
        problem=problem, defaults={"begun_on": timezone.localdate(), "begun_by_id": by.id}
    )
    row, made = Tie.objects.get_or_create(
        thread=thread,
        from_kind=start.kind,
        from_id=start.id,
        to_kind=end.kind,
        to_id=end.id,
        defaults={"tied_on": timezone.localdate(), "tied_by_id": by.id},
    )
    if made:
        journal.record("threads.tied", problem, by=by, start=start.kind, end=end.kind)
    return row


@transaction.atomic
def untie(row: Tie, *, by: Actor) -> None:
    access.require(access.may_tie(by, row.thread.problem))
    journal.record(
        "threads.untied", row.thread.problem, by=by, start=row.from_kind, end=row.to_kind
    )
    row.delete()


@transaction.atomic
def ask(
    problem: Problem, said: Mapping[str, Any], *, form_key: UUID | None = None, by: Actor
) -> Question:
    """A question that comes of a problem. Deliberation knows no problem: the tie is kept here."""
    access.require(access.may_tie(by, problem))
    question = questions.prepare(said, form_key=form_key, by=by)
    tie(problem, End("problem", problem.pk), End("question", question.pk), by=by)
    return question


@transaction.atomic
def write_sheet(
    problem: Problem, title: str, text: str, *, form_key: UUID | None = None, by: Actor
) -> Resource:
    """A practical sheet that comes of a problem."""
    access.require(access.may_tie(by, problem))
    sheet = sheets.write(title, text, form_key=form_key, by=by)
    tie(problem, End("problem", problem.pk), End("resource", sheet.pk), by=by)
    return sheet
