"""All that is held about someone, as a person reads it: table by table, with the reason of each.

From the declarations of the rooms: a field is called by its `verbose_name` where it has one, else
by the words of the declaration. What says nothing to a person (an id, a rank, a fingerprint) is
not read, and leaves with the rest in the open format (`as_document`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from relier import __version__
from relier.centres.models import Centre, Member, Team
from relier.journal import registry
from relier.journal.registry import Holding
from relier.ui import dates

from .models import Subject

# Whom a row is about, and the key of its form: never read aloud.
KEYS = frozenset({"form_key", "centre"})
NAMED = (Member, Team)

Fact = tuple[str, str]


@dataclass(frozen=True)
class Table:
    """`entries`: one list of facts (what it is called, what it says) per row."""

    title: str
    why: str
    entries: list[list[Fact]]


def tables(subjects: Iterable[UUID], *, archived_as: str = "") -> list[Table]:
    """What a person reads of every table that holds something about them. `archived_as`: only
    what belongs to a class of documents. Three queries at most for each table."""
    ids = list(subjects)
    found = []
    for holding in in_order():
        if archived_as and archived_as not in holding.archived_as:
            continue
        read = columns(holding)
        if not read:
            continue
        rows = list(rows_to_read(holding, ids, read))
        names = names_in(rows, holding)
        entries = [facts_of(row, holding, read, names) for row in rows]
        if entries:
            found.append(Table(title_of(holding), capfirst(str(holding.why)), entries))
    return found


def in_order() -> list[Holding]:
    """Who the person is first, then the rooms from the daily work down."""
    return sorted(registry.holdings(about="person"), key=lambda holding: holding.subject != "pk")


def title_of(holding: Holding) -> str:
    return str(capfirst(str(holding.title or holding.why)))


def columns(holding: Holding) -> dict[str, str]:
    """Field -> what it is called, in the order of the table. Nothing for a table that hands
    nothing over of its own (the keys of a search)."""
    if not holding.title:
        return {}
    words = {}
    for field in holding.of._meta.concrete_fields:
        name = holding.words.get(field.name) or own_words(field)
        if name and field.name not in holding.silent:
            words[field.name] = str(capfirst(str(name)))
    return words


def own_words(field: "models.Field[Any, Any]") -> Any:
    """What the field itself says it is called; nothing where Django made it up of its name."""
    if field.primary_key or field.name in KEYS:
        return ""
    # What was given: `verbose_name` itself is never empty.
    return field._verbose_name or ""  # type: ignore[attr-defined]


def unsaid(holding: Holding) -> set[str]:
    """Fields of which nobody said how a person reads them (`tests/test_house.py` allows none)."""
    if not holding.title:
        return set()
    known = {*columns(holding), *holding.silent, *KEYS}
    return {
        field.name
        for field in holding.of._meta.concrete_fields
        if not field.primary_key and field.name not in known and not leads_elsewhere(field)
    }


def leads_elsewhere(field: "models.Field[Any, Any]") -> bool:
    """A key to another table than those that name a colleague or a team."""
    return field.is_relation and not issubclass(field.related_model, NAMED)  # type: ignore[arg-type]


def rows_to_read(
    holding: Holding, ids: list[UUID], read: Iterable[str]
) -> "models.QuerySet[models.Model]":
    joined = []
    for name in read:
        field = holding.of._meta.get_field(name)
        if field.is_relation:
            joined.append(f"{name}__user" if field.related_model is Member else name)
    rows = holding.rows(ids)
    if holding.day:
        rows = rows.order_by(holding.day, "pk")
    return rows.select_related(*joined) if joined else rows


def names_in(rows: Iterable[models.Model], holding: Holding) -> dict[UUID, str]:
    """The names of the colleagues whose ids stand in these rows, in one query."""
    ids = {getattr(row, name) for row in rows for name in holding.named}
    members = Member.objects.filter(pk__in=ids).select_related("user") if ids else []
    return {member.pk: member.name for member in members}


def facts_of(
    row: models.Model, holding: Holding, read: dict[str, str], names: dict[UUID, str]
) -> list[Fact]:
    told = []
    for field, label in read.items():
        if field in holding.named:
            value = names.get(getattr(row, field), "")
        else:
            value = value_in_words(row, field, holding)
        told.append((label, value))
    return [(label, value) for label, value in told if value]


def value_in_words(row: models.Model, name: str, holding: Holding) -> str:
    if name in holding.said:
        return str(holding.said[name](row) or "")
    value = getattr(row, name)
    if value is None or value == "" or value is False:
        return ""
    if hasattr(row, f"get_{name}_display"):
        return str(capfirst(str(getattr(row, f"get_{name}_display")())))
    if value is True:
        return _("yes")
    if isinstance(value, datetime):
        moment = timezone.localtime(value)
        return f"{dates.short_day(moment)}, {dates.hour(moment)}"
    if isinstance(value, date):
        return str(dates.short_day(value))
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    return str(value)


# --- the open format -----------------------------------------------------------------------------


def as_document(subjects: Iterable[UUID], held: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """What `hand_over` gives, as the file described in docs/hand-over.md."""
    ids = list(subjects)
    centre = Centre.objects.filter(pk__in=Subject.objects.filter(pk__in=ids).values("centre"))
    return {
        "format": "relier-hand-over",
        "format_version": 1,
        "made_by": f"Relier {__version__}",
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "centre": [{"name": one.name, "approval": one.approval} for one in centre],
        "about": [str(one) for one in ids],
        "tables": [{"name": name, **table} for name, table in held.items() if table["rows"]],
    }
