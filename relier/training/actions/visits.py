"""Keeping a draw of the rehearsed visit, and saying the school calendar otherwise."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from relier.accounts.actors import Actor
from relier.journal import actions as journal
from relier.journal.once import once
from relier.training import access
from relier.training.models import CalendarChange, Rehearsal


@transaction.atomic
def keep_rehearsal(
    year: int, seed: int, figures: dict[str, Any], *, by: Actor, form_key: UUID | None = None
) -> Rehearsal:
    """Keep what a draw said today. `figures`: the columns of `Rehearsal` beside its year and seed;
    numbers of the centre only, nothing of anyone."""
    access.require(access.may_steer(by))

    def keep(key: UUID) -> Rehearsal:
        row = Rehearsal(
            centre_id=by.own_centre, year=year, seed=seed, author_id=by.id, form_key=key, **figures
        )
        row.full_clean(exclude=["form_key", "weeks"])
        row.save()
        journal.record("training.visit_kept", row, by=by, year=year)
        return row

    return once(Rehearsal.objects.filter(author=by.id), form_key, keep)


@transaction.atomic
def say_calendar(
    first_on: date,
    last_on: date,
    *,
    is_holiday: bool,
    source: str,
    by: Actor,
    form_key: UUID | None = None,
) -> CalendarChange:
    """Days that were school holidays, or were not, otherwise than the calendar that comes with
    Relier. A row is added; the latest that names a day counts."""
    access.require(access.may_steer(by))

    def keep(key: UUID) -> CalendarChange:
        row = CalendarChange(
            centre_id=by.own_centre, first_on=first_on, last_on=last_on, is_holiday=is_holiday,
            source=source, author_id=by.id, form_key=key,
        )  # fmt: skip
        row.full_clean(exclude=["form_key"])
        row.save()
        journal.record("training.calendar_said", row, by=by)
        return row

    said = {"first_on": first_on, "last_on": last_on, "is_holiday": is_holiday, "source": source}
    return once(CalendarChange.objects.filter(author=by.id), form_key, keep, said=said)
