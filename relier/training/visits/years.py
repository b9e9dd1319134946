"""Years of a centre in which a visit can be drawn."""

from typing import Any
from uuid import UUID

from django.db.models import Max, Min

from relier.training.models import LedgerEntry


def years_with_hours(centre: UUID, *, until: int) -> list[int]:
    """The latest first; from the first year with hours to the last that has begun. One query."""
    rows: Any = LedgerEntry.objects.filter(centre=centre)
    found = rows.aggregate(first=Min("month"), last=Max("month"))
    if found["first"] is None:
        return []
    return list(range(min(found["last"] // 100, until), found["first"] // 100 - 1, -1))
