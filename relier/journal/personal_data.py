"""The journal says who read and who did, for the person. Its lines hold opaque ids, and stay; what
they add to them is forgotten by an erasure."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from . import actions
from .models import NOWHERE, Line
from .registry import Holding, Rows, declare
from .words import words_of


@dataclass(frozen=True)
class Journal:
    """The author of what the journal does by itself, as `accounts.actors.SYSTEM` a floor above."""

    kind: str = "system"
    id: UUID = NOWHERE
    centre: UUID | None = None


def as_told(holding: Holding, subjects: Iterable[UUID]) -> Rows:
    """When, who and what, with the words of each deed."""
    return [
        {
            "at": line.at,
            "nature": line.nature,
            "kind": line.kind,
            "what": str(words_of(line.kind)),
            "actor_kind": line.actor_kind,
            "actor": line.actor,
            "details": line.details,
        }
        for line in Line.objects.of_file(subjects).select_related("detail").order_by("at", "pk")
    ]


def forget(holding: Holding, subjects: Iterable[UUID]) -> int:
    return actions.forget_details(subjects, by=Journal())


declare(
    Holding(
        model="journal.Line",
        subject="subject",
        why=_("to say who opened a file, and what was done"),
        hand_over=as_told,
        erase=forget,
        title=_("who opened the file, and what was done"),
        words={"at": _("when"), "kind": _("what"), "actor": _("who")},
        said={"kind": lambda line: words_of(line.kind)},
        named=("actor",),
        silent=(
            "nature",
            "actor_kind",
            "thing",
            "thing_id",
            "subject",
            "detail",
            "number",
            "key",
            "seal",
        ),
        day="at",
    ),
)
