"""A sheet of the house answered, whatever the way; and what is kept of it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.utils.translation import override

from relier.accounts.actors import Actor
from relier.journal.models import Line
from relier.paper import sheets
from relier.people.models import Person

CHANNELS = ("screen", "paper", "voice")
# What tells one keeping from another, and says nothing of what was kept.
OF_THE_MOMENT = {
    "id", "form_key", "recorded_at", "started_at", "kept_at", "positioning", "mandate",
    "situation", "proof",
}  # fmt: skip


def answered(
    name: str,
    given: Mapping[str, Any],
    *,
    channel: str = "paper",
    person: Person | None = None,
    occasion: Mapping[str, str] | None = None,
    **more: Any,
) -> sheets.Answered:
    """As a page, a form or a voice gives it: checked, then handed to its room."""
    sheet = sheets.build(name, occasion)
    return sheets.Answered(
        sheet=sheet,
        answers=sheets.kept(sheets.cleaned(sheet, given)),
        channel=channel,
        occasion=occasion or {},
        subject=person.pk if person else None,
        **{"language": "en", **more},
    )


@dataclass
class Kept:
    """The rows of some tables, without what is of the moment; and the deeds of the journal."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    deeds: list[str] = field(default_factory=list)

    def without(self, *names: str) -> "Kept":
        rows = [{k: v for k, v in row.items() if k not in names} for row in self.rows]
        return Kept(rows, self.deeds)


def kept_by(act: Callable[[], object], tables: Iterable[type[models.Model]]) -> Kept:
    """What a deed keeps; then it is as if it had never been."""
    with override("en"):
        point = transaction.savepoint()  # no `atomic`: lines are written as the outermost one ends
        before = set(Line.objects.values_list("pk", flat=True))
        act()
        rows = [
            _values(row) for table in tables for row in table._default_manager.order_by(*_by(table))
        ]
        new = Line.objects.deeds().exclude(pk__in=before).order_by("at", "number")
        kinds = list(new.values_list("kind", flat=True))
        transaction.savepoint_rollback(point)
    return Kept(rows, kinds)


def _by(table: type[models.Model]) -> list[str]:
    """The order in which rows were kept."""
    names = {one.name for one in table._meta.get_fields()}
    return [*(name for name in ("recorded_at", "started_at") if name in names), "pk"]


def _values(row: models.Model) -> dict[str, Any]:
    """Opened from their seal."""
    return {
        one.attname: getattr(row, one.attname)
        for one in row._meta.concrete_fields
        if one.name not in OF_THE_MOMENT
    }


def received(one: sheets.Answered, by: Actor) -> Callable[[], object]:
    return lambda: sheets.receive(one, by=by)
