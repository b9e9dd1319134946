"""What an import holds about people, and why.

A file that waits may name anyone, most of them unknown to the house. It is sealed, read by the
coordinators alone, and gone after two weeks; when someone is erased, every file that waits and
bears their name goes whole: the centre still has it, and may send it again without that line.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import SYSTEM
from relier.journal.registry import Holding, Rows, declare
from relier.people.models import Person

from . import staged
from .alike import lines_that_name
from .models import ImportedFile


def names_of(subjects: Iterable[UUID]) -> dict[UUID, list[str]]:
    """Centre -> the names of these people, each as it may stand in a file."""
    found: dict[UUID, list[str]] = {}
    rows = Person.objects.filter(pk__in=list(subjects)).order_by()
    for centre, call, family in rows.values_list("centre", "call_name", "family_name"):
        found.setdefault(centre, []).append(f"{call} {family}".strip())
    return found


@dataclass(frozen=True)
class WaitingFileHolding(Holding):
    """No key leads from a sealed file to anyone: their name does."""

    def rows(self, subjects: Iterable[UUID]) -> "models.QuerySet[models.Model]":
        found = [
            file.pk
            for centre, names in names_of(subjects).items()
            for file in staged.those_who_name(names, centre)
        ]
        return ImportedFile.objects.filter(pk__in=found).order_by("pk")


def their_lines(holding: Holding, subjects: Iterable[UUID]) -> Rows:
    """The lines that bear their name, and nobody else's."""
    rows: Rows = []
    for centre, names in names_of(subjects).items():
        for file in staged.those_who_name(names, centre):
            for line, told in lines_that_name(staged.book_of(file), names):
                rows.append({"received_at": file.received_at, "line": line, "words": told})
    return rows


def forget_files(holding: Holding, subjects: Iterable[UUID]) -> int:
    files = ImportedFile.objects.filter(pk__in=holding.rows(subjects).values("pk"))
    return staged.forget(files, by=SYSTEM)


declare(
    # Read before the people are erased, whose names lead to it.
    WaitingFileHolding(
        model="training.ImportedFile",
        subject="pk",
        why=_("to bring in what the centre wrote before it had this house"),
        title=_("files that wait to be imported"),
        words={
            "received_at": _("file received on"),
            "author": _("who sent it"),
            "state": _("how far it is"),
        },
        # What it holds is handed over line by line, and only the lines that bear their name.
        silent=(
            "form", "name", "book", "remarks", "sheet", "heading", "columns", "options",
            "decisions", "found", "plan", "counts", "kept_at", "kept_by", "undone_at",
        ),
        # Someone of the same name may be meant.
        speaks_of_others=True,
        hand_over=their_lines,
        erase=forget_files,
    ),
    Holding(
        model="training.ImportedRow",
        subject="person_id",
        why=_("to undo an import"),
        title=_("what an import brought"),
        words={"line": _("on which line")},
        silent=("file", "model", "object_id", "digest"),
    ),
    Holding(
        model="training.ImportedFile",
        subject="author__user_id",
        about="member",
        why=_("to say who imported which file"),
    ),
)  # fmt: skip
