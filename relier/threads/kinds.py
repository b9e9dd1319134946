"""What may be tied in a thread. A room does not know threads: what it has is registered here, by
this floor (`known.py`), with the model, what it is called, where its page is.

    register(Kind("question", "deliberation.Question", label=…, title=str, address=…))

A kind whose room has no pages yet is not registered: a thread then says that none was made.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import QuerySet

from relier.accounts.actors import Actor
from relier.inquiry.models import Problem

NAMES = ("testimony", "problem", "question", "decision", "resource")


@dataclass(frozen=True)
class Kind:
    """`model`: "room.Model", whose manager has `visible_to(actor)`; `title`, `address`: of a row;
    `day`: the name of its column that says of which day it is; `begin`: where one of a problem is
    made, in its own room."""

    name: str
    model: str
    label: Any
    title: Callable[[Any], str]
    address: Callable[[Any], str]
    day: str
    begin: Callable[[Problem], str] | None = None

    def rows(self, actor: Actor) -> QuerySet[Any]:
        """Those that this member may see."""
        rows: QuerySet[Any] = apps.get_model(self.model).objects.visible_to(actor)
        return rows

    def by_id(self, actor: Actor, ids: Iterable[UUID]) -> dict[UUID, Any]:
        wanted = set(ids)
        return self.rows(actor).in_bulk(wanted) if wanted else {}


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    if kind.name not in NAMES:
        raise ValueError(f"{kind.name!r} is none of {', '.join(NAMES)}.")
    if kind.name in _kinds:
        raise ValueError(f"{kind.name} is registered already.")
    _kinds[kind.name] = kind


def registered(name: str) -> Kind | None:
    return _kinds.get(name)
