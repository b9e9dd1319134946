"""The registry of holdings: each room declares here what it knows about people.

A model that points at a person (or at a member) without a declaration breaks the build
(`tests/test_house.py`). From the declarations come the hand-over of all that is held and the
erasure; so they cannot forget a table.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

Rows = list[dict[str, Any]]
# Field -> what it is called, or how its value is said, where a person reads it.
Words = Mapping[str, Any]


@dataclass(frozen=True)
class Holding:
    """What one table holds about someone.

    model      "room.Model"
    subject    lookup that leads from a row to the id of whom it is about, such as "person_id"
    why        the purpose, in words a person can read
    keep       how long after the end of the accompaniment; None while it lasts
    about      "person" (accompanied) or "member" (who works here)
    hand_over  ids -> rows; by default every column that is not a key
    erase      ids -> number of rows; by default the rows are deleted

    For the page that a person reads (privacy/held.py):
    title      what the rows are, in the plural: "notes"
    words      field -> its name in words, where the field itself has none (`verbose_name`)
    said       field -> row -> how its value is said, where it is a code that only the room knows
    silent     fields that say nothing to a person: a rank, a fingerprint
    named      fields that hold the id of a colleague without being a key: their name is said
    speaks_of_others  rows often speak of others too: whoever it is about has a copy from someone
               who went through it first, and not by themself (docs/decisions/011)
    for_them_alone  what no colleague reads of another, even to hand it over: they take it by
               themself (docs/walls.md, 6)

    For what the law keeps, and for what remains as a number (privacy/actions/rights.py):
    archived_as  classes of documents (privacy/rules/terms.py) that these rows belong to
    kept_from    the field that says from which day the law counts, where it counts from an entry:
                 the latest one, since each entry has a file of its own
    day          the field that says of which day a row is
    counted_by   fields whose values stay counted, by year, once the rows are erased
    """

    model: str
    subject: str
    why: Any
    keep: timedelta | None = None
    about: str = "person"
    hand_over: Callable[["Holding", Iterable[UUID]], Rows] = field(
        default=lambda h, s: as_rows(h, s)
    )
    erase: Callable[["Holding", Iterable[UUID]], int] = field(
        default=lambda h, s: delete_rows(h, s)
    )
    title: Any = ""
    words: Words = field(default_factory=dict)
    said: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)
    silent: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    speaks_of_others: bool = False
    for_them_alone: bool = False
    archived_as: tuple[str, ...] = ()
    kept_from: str = ""
    day: str = ""
    counted_by: tuple[str, ...] = ()

    @property
    def of(self) -> type[models.Model]:
        return apps.get_model(self.model)

    def leaves(self, *, alone: bool) -> bool:
        """Whether these rows are in a hand-over: the one that someone takes by themself (`alone`),
        or the one that a colleague prepares."""
        return not (self.speaks_of_others if alone else self.for_them_alone)

    def rows(self, subjects: Iterable[UUID]) -> models.QuerySet[models.Model]:
        manager = self.of._base_manager
        return manager.filter(**{f"{self.subject}__in": list(subjects)}).order_by("pk")


# A table may hold rows about people and rows about members: each has its own declaration.
_holdings: dict[tuple[str, str], Holding] = {}


def declare(*holdings: Holding) -> None:
    """Called by each room's `personal_data` when Relier starts."""
    for holding in holdings:
        key = (holding.model, holding.about)
        if key in _holdings:
            raise ValueError(f"{holding.model} is declared twice.")
        _holdings[key] = holding


def holdings(*, about: str | None = None) -> list[Holding]:
    """Every declaration, the latest floors first, so that erasing meets no protected row."""
    order = [config.label for config in apps.get_app_configs()]
    found = [h for h in _holdings.values() if about is None or h.about == about]
    return sorted(found, key=lambda h: order.index(h.model.split(".")[0]))


def as_rows(holding: Holding, subjects: Iterable[UUID]) -> Rows:
    """Every plain column of each row; keys of other tables stay as opaque ids. Asked of the rows
    and not of the database, so that what is sealed there is handed over in words."""
    names = [f.attname for f in holding.of._meta.concrete_fields]
    return [{name: getattr(row, name) for name in names} for row in holding.rows(subjects)]


def delete_rows(holding: Holding, subjects: Iterable[UUID]) -> int:
    return holding.rows(subjects).delete()[0]
