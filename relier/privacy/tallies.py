"""What remains of the erased: numbers by year and no name, so that figures stay as they were."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from relier.journal import registry
from relier.journal.registry import Holding

from .models import Tally

# (model, year, field, value)
Key = tuple[str, int, str, str]


def counted(holding: Holding, subjects: Iterable[UUID]) -> Counter[Key]:
    """The rows about these people, by year, and by each value of the fields that are counted."""
    numbers: Counter[Key] = Counter()
    if not holding.day:
        return numbers
    for day, *values in holding.rows(subjects).values_list(holding.day, *holding.counted_by):
        year = (timezone.localtime(day) if isinstance(day, datetime) else day).year
        numbers[holding.model, year, "", ""] += 1
        for name, value in zip(holding.counted_by, values, strict=True):
            for one in as_many(value):
                numbers[holding.model, year, name, one] += 1
    return numbers


def as_many(value: Any) -> list[str]:
    """Each theme of a list counts; a field left blank counts for nothing."""
    many = value if isinstance(value, list) else [value]
    return [str(one) for one in many if one not in (None, "")]


def keep_numbers(subjects: list[UUID], *, centre: UUID) -> None:
    """Add what is about to be erased to what remains. Inside the transaction of the erasure."""
    numbers: Counter[Key] = Counter()
    for holding in registry.holdings(about="person"):
        numbers += counted(holding, subjects)
    for (model, year, name, value), number in sorted(numbers.items()):
        tally, new = Tally.objects.get_or_create(
            centre_id=centre, model=model, year=year, field=name, value=value,
            defaults={"number": number},
        )  # fmt: skip
        if not new:
            Tally.objects.filter(pk=tally.pk).update(number=F("number") + number)


def remaining(centre: UUID, model: str, *, year: int, field: str = "") -> Counter[str]:
    """Value -> how many erased rows said so, that year. A figure adds it to the rows that stand."""
    rows = Tally.objects.filter(centre=centre, model=model, year=year, field=field)
    return Counter(dict(rows.values_list("value", "number")))
