"""A form sent twice (a double click, a reload, a slow line) is kept once."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.http import Http404

Row = TypeVar("Row", bound=Model)


def once(rows: QuerySet[Row], form_key: UUID, keep: Callable[[], Row]) -> Row:
    """The row already kept under this key, else the one that `keep` makes now.

    `rows` is limited to what its author may meet again (their own rows), so that a key never
    shows what another wrote. Two at the same instant: the database lets one through, the other
    finds it. `keep` saves the row with this form_key and writes the journal.
    """
    known = rows.filter(form_key=form_key).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            return keep()
    except (IntegrityError, ValidationError):
        # Refused by the database, or by full_clean where the other was there just before.
        known = rows.filter(form_key=form_key).first()
        if known is not None:
            return known
        if rows.model._base_manager.filter(form_key=form_key).exists():
            # Someone else's key: only a forged form sends it. Nothing is there for a stranger.
            raise Http404 from None
        raise
