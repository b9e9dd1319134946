"""Short journals for the tests, and hands that reach into the database."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import connection, transaction

from relier.journal import actions
from relier.journal.models import Detail, Line
from tests.engines import drop_guards

# What a deed is done to: any row would do.
THING = Detail(pk="a thing")


@dataclass(frozen=True)
class Writer:
    """Someone of a centre."""

    centre: UUID | None
    id: UUID
    kind: str = "member"


def writer(centre: UUID | None = None) -> Writer:
    return Writer(centre=centre or uuid4(), id=uuid4())


def write(lines: int, *, by: Writer, **details) -> list[Line]:
    return [actions.record("centres.changed", THING, by=by, **details) for _ in range(lines)]


def by_force(sql: str, *values) -> None:
    """What whoever owns the database can do, once the guards are away."""
    with connection.cursor() as cursor:
        drop_guards(connection, cursor)
        cursor.execute(sql, values)


def write_and_fall(*, by: Writer) -> None:
    with transaction.atomic():
        write(1, by=by)
        raise ZeroDivisionError
