"""The walls (docs/walls.md), in one place for every table about people.

Two of them: content asks that one of the reader's teams follows the person today, or that they
opened the file with a reason; what is under secrecy asks that the reader be bound as well. A model
derives its queryset from `WordsQuerySet` and says with `open_rows` which of its rows are content.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor
from relier.paper.models.walls import reached_by

from .person import Following, Person, within_reach


class Audience(models.TextChoices):
    """Who reads it. Under secrecy unless opened on purpose (docs/walls.md)."""

    SECRECY = "secrecy", _("under secrecy")
    TEAM = "team", _("for the team")
    WITH_PERSON = "with_person", _("with the person")


Rows = TypeVar("Rows", bound="models.QuerySet[Any]")
NOT_SECRET = ~Q(audience=Audience.SECRECY)


def visible_words(rows: Rows, actor: Actor | None, *, open_rows: Q | None = None) -> Rows:
    """Limit rows about people (with a `person` and a `centre`) to what this member may read.

    Content asks that the person be within their reach today (a team of theirs, or a reason); what
    is under secrecy asks for the status too. `open_rows` says which rows are content: those not
    under secrecy, by default. The same words serve every table, so that a wall has one place.
    """
    if not actor or not actor.in_a_centre:
        return rows.none()
    rows = rows.filter(within_reach(actor), centre=actor.centre)
    return rows if actor.bound else rows.filter(NOT_SECRET if open_rows is None else open_rows)


@dataclass(frozen=True)
class OpenFile:
    """A person's file that someone was let into: the wall of the team is behind them, the wall of
    secrecy is not. Only `open_file` makes one."""

    ids: tuple[uuid.UUID, ...]
    bound: bool


def open_file(
    person: Person, followings: Iterable[Following], actor: Actor | None
) -> OpenFile | None:
    """Let an actor in whose team follows the person today (`followings`: who does) or who opened
    their file with a reason; or None."""
    if actor is None or person.centre_id != actor.centre:
        return None
    follows = any(f.ended_on is None and f.team_id in actor.teams for f in followings)
    if not follows and person.root_id not in actor.entries:
        return None
    return OpenFile(ids=tuple(person.file_ids), bound=actor.bound)


class WordsQuerySet(models.QuerySet[Any]):
    """Rows about people behind both walls; `open_rows` says which of them are content."""

    open_rows = NOT_SECRET

    def visible_to(self, actor: Actor | None) -> Self:
        return visible_words(self, actor, open_rows=self.open_rows)

    def in_file(self, file: OpenFile) -> Self:
        """The same rows for someone who is in the file already: one question less to ask."""
        rows = self.filter(person__in=file.ids)
        return rows if file.bound else rows.filter(self.open_rows)


@reached_by
def whose_pages(actor: Actor) -> "models.QuerySet[Any, Any]":
    """A page that came back on paper is seen where the file of the person is. The centre is asked
    of the pages and not of the people, or SQLite would read a whole centre for each list."""
    return Person.objects.filter(within_reach(actor, "root")).order_by().values("pk")
