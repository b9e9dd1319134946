"""Rows written anew in a drawn order, under drawn keys.

A database remembers the order in which rows came, whatever their keys: SQLite in `rowid`,
PostgreSQL in `ctid` and `xmin`. Written anew together, they all came at the same time and in no
order. The caller holds the question, so that nobody writes meanwhile.
"""

from collections.abc import Iterable
from random import SystemRandom
from typing import TypeVar

from django.db.models import Model, QuerySet

from relier.deliberation.models.cards import drawn_key

Row = TypeVar("Row", bound=Model)

# With each voice, so many of those that wait are written anew with it: all of them, in a room.
FEW = 60
CHANCE = SystemRandom()


def write_anew(rows: Iterable[Row], among: QuerySet[Row]) -> None:
    """Write these rows, new or known, as if they all came now. `among`: the table they are in."""
    every = list(rows)
    CHANCE.shuffle(every)
    among.model._base_manager.filter(
        pk__in=[row.pk for row in every if not row._state.adding]
    ).delete()
    for row in every:
        row.pk = drawn_key()
        row._state.adding = True
    among.model._base_manager.bulk_create(every)


def some_of(rows: QuerySet[Row]) -> list[Row]:
    """As many as are written anew with one more."""
    found = list(rows.values_list("pk", flat=True))
    drawn = found if len(found) <= FEW else CHANCE.sample(found, FEW)
    return list(rows.filter(pk__in=drawn))


def in_another_order(rows: QuerySet[Row]) -> None:
    """The same rows under the same keys, written anew in a drawn order: neither the order in which
    they came nor the transaction that wrote one of them is left. Keys to them hold: they are looked
    at when the transaction ends."""
    every = list(rows)
    CHANCE.shuffle(every)
    again = rows.model._base_manager.filter(pk__in=[row.pk for row in every])
    # Not `delete`, which would follow the keys and take what hangs on them.
    again._raw_delete(again.db)
    for row in every:
        row._state.adding = True
    rows.model._base_manager.bulk_create(every)
