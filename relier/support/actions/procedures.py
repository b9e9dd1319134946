"""Beginning a procedure, telling what became of it, changing its frame, opening and closing it."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from relier.accounts.actors import Actor
from relier.journal import actions as journal
from relier.journal.once import once
from relier.people.models import Person
from relier.support import access
from relier.support.models import Procedure, ProcedureNews
from relier.support.models.procedures import Outcome
from relier.support.rules.changes import Changes, compare, joined

from .mandates import done_online


class OpenedMeanwhile(Exception):  # noqa: N818 — a word for what happened, not a fault
    """The news was written under secrecy, and a colleague has opened the procedure since."""


@transaction.atomic
def begin_procedure(
    person: Person,
    *,
    about: str,
    by: Actor,
    on: date,
    institution: str = "",
    deadline: date | None = None,
    right_not_claimed: bool = False,
    words: str = "",
    form_key: UUID | None = None,
) -> Procedure:
    """Always under secrecy at first. By someone who is not bound, it is thereby handed over."""
    access.require(access.may_open_file(by, person))

    def keep(key: UUID) -> Procedure:
        procedure = Procedure(
            person=person.root,
            about=about,
            institution=institution,
            deadline=deadline,
            right_not_claimed=right_not_claimed,
            author_id=by.id,
            started_on=on,
            form_key=key,
        )
        procedure.full_clean(exclude=["form_key"])  # `once` asks the database
        procedure.save()
        journal.record("support.procedure_begun", procedure, by=by, subject=procedure.person_id)
        if words:
            _say(procedure, outcome=Outcome.OPEN, words=words, on=on, by=by, form_key=uuid4())
        return procedure

    said = {"about": about, "institution": institution}
    return once(Procedure.objects.filter(author=by.id), form_key, keep, said=said)


@transaction.atomic
def tell_news(
    procedure: Procedure,
    *,
    outcome: str,
    by: Actor,
    on: date,
    words: str = "",
    obstacle: str = "",
    acted: str = "",
    family: str = "",
    told_open: bool | None = None,
    form_key: UUID | None = None,
) -> ProcedureNews:
    """Add what became of it. `told_open` is what the writer was told about who reads: when it has
    been opened to the team since, nothing is kept (OpenedMeanwhile), so that they look again.
    `acted` and `family` say in whose name something was done online, and for what: the mandate that
    covered it is looked up and kept with it.
    """
    access.require(access.may_see(by, procedure))
    # Locked, so that nobody opens it between this look and the words.
    stands = Procedure.objects.select_for_update().get(pk=procedure.pk)
    if told_open is False and stands.open_to_team:
        raise OpenedMeanwhile
    rows = ProcedureNews.objects.filter(author=by.id, procedure=procedure)
    said: dict[str, Any] = {"outcome": outcome, "obstacle": obstacle, "words": words, "on": on}
    said |= done_online(procedure.person, acted=acted, family=family, on=on)
    return once(
        rows, form_key, lambda key: _say(procedure, **said, by=by, form_key=key),
        said={"words": words, "outcome": outcome},
    )  # fmt: skip


def _say(
    procedure: Procedure,
    *,
    outcome: str,
    words: str,
    on: date,
    by: Actor,
    form_key: UUID,
    obstacle: str = "",
    **done: Any,
) -> ProcedureNews:
    news = ProcedureNews(
        procedure=procedure,
        outcome=outcome,
        obstacle=obstacle,
        words=words,
        on=on,
        author_id=by.id,
        form_key=form_key,
        **done,
    )
    news.full_clean(exclude=["form_key"])  # `once` asks the database
    news.save()
    journal.record(
        "support.procedure_told", news, by=by, subject=procedure.person_id, outcome=outcome
    )
    return news


@transaction.atomic
def change_frame(
    procedure: Procedure, *, typed: Mapping[str, Any], shown: Mapping[str, Any], by: Actor
) -> Changes:
    """Change what for, with whom, until when. Where a colleague changed the same field meanwhile
    into something else, nothing is kept: the fields in question come back in `both`.
    """
    access.require(access.may_see(by, procedure))
    stands = Procedure.objects.select_for_update().get(pk=procedure.pk)
    here = {name: getattr(stands, name) for name in typed}
    changes = compare(shown, typed, here)
    if changes.both or not changes.mine:
        return changes
    for name, value in joined(changes, typed, here).items():
        setattr(stands, name, value)
    stands.full_clean()
    stands.save(update_fields=list(typed))
    journal.record(
        "support.procedure_changed",
        stands,
        by=by,
        subject=stands.person_id,
        fields=sorted(changes.mine),
    )
    return changes


@transaction.atomic
def open_to_team(procedure: Procedure, *, by: Actor) -> Procedure:
    """Lift the secrecy, on purpose: the whole team then reads it, from its first word."""
    access.require(access.may_open_to_team(by, procedure))
    return _set_open(procedure, True, by=by, deed="support.procedure_opened")


@transaction.atomic
def close_to_team(procedure: Procedure, *, by: Actor) -> Procedure:
    """Under secrecy again. Whoever sees it may close it, and may thereby lose sight of it."""
    access.require(access.may_see(by, procedure))
    return _set_open(procedure, False, by=by, deed="support.procedure_closed")


def _set_open(procedure: Procedure, wanted: bool, *, by: Actor, deed: str) -> Procedure:
    changed = Procedure.objects.filter(pk=procedure.pk, open_to_team=not wanted).update(
        open_to_team=wanted
    )
    procedure.open_to_team = wanted
    if changed:
        journal.record(deed, procedure, by=by, subject=procedure.person_id)
    return procedure
