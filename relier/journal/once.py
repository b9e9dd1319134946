"""A form sent twice (a double click, a reload, a slow line) is kept once.

Sent again with other words (someone went back in their browser, and wrote more), nothing of it is
kept, and it is said: `SentAgain` carries the words, `config.middleware` shows them to be copied.
"""

from collections.abc import Callable, Mapping
from typing import TypeVar
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.http import Http404

Row = TypeVar("Row", bound=Model)


class SentAgain(Exception):  # noqa: N818 — a word for what happened, not a fault
    """What was kept is the first version. `words`: what was written this time, to be copied."""

    def __init__(self, words: list[str]) -> None:
        super().__init__()
        self.words = words


def once(
    rows: QuerySet[Row],
    form_key: UUID | None,
    keep: Callable[[UUID], Row],
    *,
    said: Mapping[str, object] | None = None,
) -> Row:
    """The row already kept under this key, else the one that `keep(key)` makes now.

    `rows` is limited to what its author may meet again (their own rows), so that a key never
    shows what another wrote. Two at the same instant: the database lets one through, the other
    finds it. `keep` saves the row with the key and writes the journal. Without `form_key` (another
    deed, a command), the row is new. `said`: field -> what the form says now, see `as_said`.
    """
    key = form_key or uuid4()
    known = rows.filter(form_key=key).first() if form_key else None
    if known is not None:
        return as_said(known, said or {})
    try:
        with transaction.atomic():
            return keep(key)
    except (IntegrityError, ValidationError):
        # Refused by the database, or by full_clean where the other was there just before.
        known = rows.filter(form_key=key).first()
        if known is not None:
            return as_said(known, said or {})
        if rows.model._base_manager.filter(form_key=key).exists():
            # Someone else's key: only a forged form sends it. Nothing is there for a stranger.
            raise Http404 from None
        raise


def as_said(known: Row, said: Mapping[str, object]) -> Row:
    """The row that was kept, if it says the same; raises `SentAgain` when a field differs."""
    if all(getattr(known, name) == value for name, value in said.items()):
        return known
    raise SentAgain([value for value in said.values() if isinstance(value, str) and value])
