"""How far a member reaches today: their own teams, and what widens it for a time.

Rooms above know of other ways in (a replacement, a file opened with a reason) and add their
question with `widen`. All are asked together, once per request, when the `Actor` is built: no page
asks more for it, and rules still read plain values. Their SQL is written once and kept
(docs/decisions/006), since to write it takes longer than to answer it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast
from django.utils import timezone

from .models import Member

TEAM, FILE = "team", "file"
# (member id, moment) -> rows as `rows_of` gives them.
Question = Callable[[UUID, datetime], "QuerySet[Any, Any]"]


@dataclass(frozen=True)
class Reach:
    """Ids of the teams whose people a member reads, and of the files opened beyond them."""

    teams: frozenset[int] = frozenset()
    files: frozenset[UUID] = frozenset()


_wider: list[Question] = []


def widen(question: Question) -> Question:
    """Add a question; used as a decorator by the rooms above, when Relier starts."""
    _wider.append(question)
    return question


def rows_of(rows: "QuerySet[Any, Any]", kind: str, lookup: str) -> "QuerySet[Any, Any]":
    """Rows as (kind, id as text), so that questions of several tables are asked as one."""
    told = rows.order_by().annotate(reached=Value(kind), reached_id=Cast(lookup, CharField()))
    return told.values_list("reached", "reached_id")


def reach_of(member: UUID) -> Reach:
    """One query, however many ways there are."""
    now = timezone.now()
    sql, params = _written(settings.TIME_ZONE)
    given = dict(zip(_sent(A_MEMBER, A_MOMENT), _sent(member, now), strict=True))
    with connection.cursor() as cursor:
        cursor.execute(sql, [given.get(value, value) for value in params])
        found = cursor.fetchall()
    return Reach(
        teams=frozenset(int(pk) for kind, pk in found if kind == TEAM),
        files=frozenset(UUID(pk) for kind, pk in found if kind == FILE),
    )


# What stands for a member and for a moment in the question that is kept.
A_MEMBER = UUID("5ca1ab1e-0000-4000-8000-000000000000")
A_MOMENT = datetime(2000, 2, 29, 12, tzinfo=timezone.get_fixed_timezone(0))


@cache
def _written(_zone: str) -> tuple[str, tuple[Any, ...]]:
    teams = Member.objects.filter(pk=A_MEMBER, teams__isnull=False)
    asked = rows_of(teams, TEAM, "teams").union(
        *(question(A_MEMBER, A_MOMENT) for question in _wider), all=True
    )
    sql, params = asked.query.sql_with_params()
    return sql, tuple(params)


def _sent(member: UUID, moment: datetime) -> list[Any]:
    """A member, a moment and its day, as they are sent to this database."""
    native = connection.features.has_native_uuid_field
    return [
        member if native else member.hex,
        connection.ops.adapt_datetimefield_value(moment),
        connection.ops.adapt_datefield_value(timezone.localdate(moment)),
    ]
