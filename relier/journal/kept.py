"""Questions of the database whose SQL is written once.

A day or a file is opened a hundred times a day, and asks each time the same dozen questions. To
write their SQL takes Django longer than the database takes to answer; so it is written the first
time and kept (docs/decisions/006). The walls are in the SQL itself: a question is kept for each
answer that they can give, and what changes from one file to another (its ids, a day) is given anew
each time, as a parameter.
"""

import copy
import uuid
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet

Row = TypeVar("Row")


class Kept(Generic[Row]):
    """A question, written once and asked often.

    `asked` is a queryset; it is never changed. `rows` gives what the queryset would give today,
    `instead` saying which of its values are now others (ids or days, each a value that stands
    nowhere else in the question).
    """

    def __init__(self, asked: "QuerySet[Any, Row]") -> None:
        self.asked = asked
        self.compiler = asked.query.get_compiler(asked.db)
        try:
            self.sql, self.params = self.compiler.as_sql()
        except EmptyResultSet:  # someone of no team follows nobody: there is nothing to ask
            self.sql, self.params = "", ()
            return
        selected = [column[0] for column in self.compiler.select[: self.compiler.col_count]]
        self.converters = self.compiler.get_converters(selected)

    def rows(self, instead: Mapping[Any, Any] | None = None) -> list[Row]:
        if not self.sql:
            return []
        asked = self.asked.all()
        connection = connections[asked.db]
        changes = (instead or {}).items()
        sent = {_as_sent(old, connection): _as_sent(new, connection) for old, new in changes}
        params = tuple(sent.get(value, value) for value in self.params)
        compiler = copy.copy(self.compiler)
        compiler.connection = connection
        compiler.as_sql = lambda *_, **__: (self.sql, params)  # type: ignore[method-assign]
        compiler.get_converters = lambda *_: self.converters
        asked.query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
        return list(asked)


@cache
def stand_ins(count: int) -> tuple[uuid.UUID, ...]:
    """Ids that nothing has, to write a question with, and to change for real ones."""
    return tuple(uuid.uuid5(uuid.NAMESPACE_OID, f"row {number}") for number in range(count))


def _as_sent(value: Any, connection: Any) -> Any:
    """A value as it is sent to this database."""
    if isinstance(value, uuid.UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    raise TypeError(f"{type(value).__name__} cannot be changed in a kept question.")
