"""Writing in the journal: a deed as it is done, a reading as a page is opened."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Protocol
from uuid import UUID

from django.db import models
from django.utils import timezone

from .models import Line

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
    **details: Any,
) -> Line:
    """Keep the line of a deed. `details` are codes and field names, never what someone told."""
    return Line.objects.create(
        nature=Line.Nature.DEED,
        kind=kind,
        at=timezone.now(),
        actor_kind=by.kind,
        actor=by.id,
        centre=centre or by.centre,
        thing=thing._meta.label,
        thing_id=str(thing.pk),
        subject=subject,
        details=details,
    )


def read(kind: str, thing: models.Model, *, by: Author, subject: UUID | None = None) -> None:
    """Keep the line of a reading: a file, note, document or export opened, once in 15 minutes."""
    now = timezone.now()
    recent = Line.objects.readings().filter(
        actor=by.id, kind=kind, thing_id=str(thing.pk), at__gt=now - SAME_READING
    )
    if recent.exists():
        return
    Line.objects.create(
        nature=Line.Nature.READING,
        kind=kind,
        at=now,
        actor_kind=by.kind,
        actor=by.id,
        centre=by.centre,
        thing=thing._meta.label,
        thing_id=str(thing.pk),
        subject=subject,
    )


def read_list(kind: str, *, by: Author, shown: Iterable[UUID] = (), **criteria: Any) -> None:
    """Keep the line of a list shown, with its criteria (codes and lengths, never a typed name)."""
    now = timezone.now()
    details = {"criteria": criteria, "shown": [str(subject) for subject in shown]}
    recent = Line.objects.readings().filter(
        actor=by.id, kind=kind, at__gt=now - SAME_READING, details=details
    )
    if recent.exists():
        return
    Line.objects.create(
        nature=Line.Nature.READING,
        kind=kind,
        at=now,
        actor_kind=by.kind,
        actor=by.id,
        centre=by.centre,
        details=details,
    )
