"""A correction is a new row (docs/decisions/002): the one gesture that all the others use."""

from typing import Any, TypeVar
from uuid import UUID

from relier.accounts.actors import Actor
from relier.training.models.walls import Versioned

Row = TypeVar("Row", bound=Versioned)

OF_EACH_VERSION = {"id", "author", "written_at", "replaces", "first", "form_key"}


def latest_of(row: Row) -> Row:
    """The version that stands. The first one is locked, so that two corrections come in turn."""
    rows = type(row)._default_manager
    rows.select_for_update().get(pk=row.source)
    return rows.versions_of(row).get(correction=None)  # type: ignore[attr-defined]


def new_version(row: Row, changes: dict[str, Any], *, form_key: UUID, by: Actor) -> Row | None:
    """Keep a version of `row` with these changes. None where the form was sent already, or says
    nothing new: what stands, stands."""
    latest = latest_of(row)
    rows = type(row)._default_manager
    if rows.filter(form_key=form_key, author=by.id).exists():
        return None
    if all(getattr(latest, name) == value for name, value in changes.items()):
        return None
    kept = {
        field.attname: getattr(latest, field.attname)
        for field in type(row)._meta.concrete_fields
        if field.name not in OF_EACH_VERSION
    }
    new = type(row)(**kept)
    for name, value in changes.items():
        setattr(new, name, value)
    new.author_id, new.form_key = by.id, form_key
    new.replaces, new.first_id = latest, row.source
    new.full_clean(exclude=["form_key"])
    new.save()
    return new
