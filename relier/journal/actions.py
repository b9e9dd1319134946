"""Writing in the journal: a deed as it is done, a reading as a page is opened.

Lines are written at the end of the transaction (`chain.py`): a line exists if, and only if, what it
tells was kept.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from django.db import connections, models, router, transaction
from django.utils import timezone

from . import anchor, chain
from .models import NOWHERE, Detail, Line

# One line per person and reader in this time: a page opened twice in a morning is one reading
# (docs/architecture.md, The journal).
SAME_READING = timedelta(minutes=15)


class Author(Protocol):
    """What the journal needs to know of an Actor; the Actor itself lives a floor above."""

    @property
    def kind(self) -> str: ...
    @property
    def id(self) -> UUID: ...
    @property
    def centre(self) -> UUID | None: ...


def record(
    kind: str,
    thing: models.Model,
    *,
    by: Author,
    subject: UUID | None = None,
    centre: UUID | None = None,
    reason: str = "",
    **details: Any,
) -> Line:
    """Keep the line of a deed, at the end of the transaction. `details` are codes and field names,
    never what someone told. `reason`: why, where a reason is asked; an erasure forgets it. What is
    under secrecy does not go there: it stands, sealed, in a row of its room.
    """
    line = _line(Line.Nature.DEED, kind, timezone.now(), thing, by=by, subject=subject)
    line.centre = centre or line.centre
    chain.add(line, {**details, "reason": reason} if reason else details)
    return line


def read(
    kind: str, thing: models.Model, *, by: Author, subject: UUID | None = None, reason: str = ""
) -> None:
    """Keep the line of a reading: a file, note, document or export opened, once in 15 minutes."""
    now = timezone.now()
    if not _was_read(kind, by=by, at=now, thing_id=str(thing.pk)):
        line = _line(Line.Nature.READING, kind, now, thing, by=by, subject=subject)
        chain.add(line, {"reason": reason} if reason else {})


def read_list(kind: str, *, by: Author, shown: Iterable[UUID] = (), **criteria: Any) -> None:
    """Keep the line of a list shown, with its criteria (codes and lengths, never a typed name)."""
    now = timezone.now()
    details = {"criteria": criteria, "shown": [str(subject) for subject in shown]}
    if not _was_read(kind, by=by, at=now, said=chain.said(details)):
        chain.add(_line(Line.Nature.READING, kind, now, None, by=by, subject=None), details)


def _line(
    nature: str,
    kind: str,
    at: datetime,
    thing: models.Model | None,
    *,
    by: Author,
    subject: UUID | None,
) -> Line:
    return Line(
        nature=nature,
        kind=kind,
        at=at,
        actor_kind=by.kind,
        actor=by.id,
        centre=by.centre or NOWHERE,
        thing=thing._meta.label if thing else "",
        thing_id=str(thing.pk) if thing else "",
        subject=subject,
    )


_LATELY = 'SELECT 1 FROM "journal_line" WHERE actor = %s AND kind = %s AND at > %s AND nature = %s '
_LATELY_THIS = _LATELY + "AND thing_id = %s LIMIT 1"
_LATELY_SAID = (
    _LATELY + 'AND EXISTS (SELECT 1 FROM "journal_detail" d '  # noqa: S608
    'WHERE d.proof = "journal_line".proof AND d.said = %s) LIMIT 1'
)


def _was_read(
    kind: str, *, by: Author, at: datetime, thing_id: str | None = None, said: str = ""
) -> bool:
    """Whether the same reader read the same a moment ago. Asked by every page, so in plain SQL: to
    write it with the ORM takes three times as long as to ask it."""
    connection = connections[router.db_for_write(Line)]
    since = Line._meta.get_field("at").get_db_prep_value(at - SAME_READING, connection)
    reader = Line._meta.get_field("actor").get_db_prep_value(by.id, connection)
    question = _LATELY_SAID if thing_id is None else _LATELY_THIS
    asked = [reader, kind, since, Line.Nature.READING.value, said if thing_id is None else thing_id]
    with connection.cursor() as cursor:
        cursor.execute(question, asked)
        return cursor.fetchone() is not None


# --- the anchor, the details ---------------------------------------------------------------------


@transaction.atomic
def anchor_again(*, by: Author, reason: str) -> list[UUID]:
    """Anchor every chain where it ends now, after a backup was restored: a deed, that says in a
    line of each chain what was anchored before. Returns the chains."""
    noted = anchor.read_all()
    chains = sorted({*noted, *Line.objects.order_by().values_list("centre", flat=True).distinct()})
    for centre in chains:
        transaction.on_commit(lambda centre=centre: anchor.forget(centre))  # type: ignore[misc]
        was = noted.get(centre)
        line = _line(
            Line.Nature.DEED, "journal.anchored_again", timezone.now(), None, by=by, subject=None
        )
        line.centre = centre
        details = {"was": was.number, "seal": was.seal[:16]} if was else {}
        chain.add(line, {**details, "reason": reason})
    return chains


@transaction.atomic
def forget_details(subjects: Iterable[UUID], *, by: Author) -> int:
    """Forget what the lines about someone added to their ids. The lines stay, and say nothing.

    A line says that it was done, so that `relier check` can tell a detail that was forgotten from
    one that somebody took away. Returns how many went.
    """
    ids = list(subjects)
    forgotten = 0
    for subject in ids:
        of_subject = models.Q(subject=subject) | models.Q(actor=subject)
        lines = Line.objects.filter(of_subject).exclude(detail=None).order_by()
        gone, _ = Detail.objects.filter(proof__in=lines.values("detail")).delete()
        if not gone:
            continue
        forgotten += gone
        for centre in lines.values_list("centre", flat=True).distinct():
            line = _line(
                Line.Nature.DEED, "journal.details_forgotten", timezone.now(), None, by=by,
                subject=subject,
            )  # fmt: skip
            line.centre = centre
            chain.add(line, {})
    return forgotten
