"""Reading the house as it is at one moment, without anybody waiting, and being sure later that it
has not moved.

    with at_one_moment() as asked:
        …                       # read at leisure
    with short_transaction():   # SQLite writes one transaction at a time
        if asked.has_moved(): …
        …                       # write what was made ready

Every question that was put to the database is put again, and must have the same answer: nothing
needs to know which tables matter. Answers are compared as the database gives them, without making
rows of them, which takes a hundredth of the time.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


class Asked:
    """What was asked, and a digest of each answer."""

    def __init__(self) -> None:
        self._questions: dict[tuple[str, str], tuple[str, Any]] = {}
        self._answers: dict[tuple[str, str], str] = {}
        self._listens = True

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        """A wrapper of Django's (`connection.execute_wrapper`)."""
        if self._listens and not many and sql.lstrip()[:6].upper() == "SELECT":
            self._questions.setdefault((sql, repr(params)), (sql, params))
        return execute(sql, params, many, context)

    def keep_answers(self) -> None:
        """At the same moment as the questions."""
        self._listens = False
        self._answers = {key: _answer(*asked) for key, asked in self._questions.items()}

    def has_moved(self) -> bool:
        return any(
            _answer(*self._questions[key]) != before for key, before in self._answers.items()
        )


def _answer(sql: str, params: Any) -> str:
    """The same for the same rows, in whatever order they come."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows = sorted(map(repr, cursor.fetchall()))
    return hashlib.sha256("\x1e".join(rows).encode()).hexdigest()


@contextmanager
def at_one_moment() -> Iterator[Asked]:
    asked = Asked()
    with _reading(), connection.execute_wrapper(asked):
        yield asked
        asked.keep_answers()


@contextmanager
def _reading() -> Iterator[None]:
    """A transaction that only reads, and sees one state of the house from its beginning to its end.
    Inside another, that one decides."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with _not_immediate(), transaction.atomic():
            yield
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield


@contextmanager
def _not_immediate() -> Iterator[None]:
    """Ours begin IMMEDIATE, which is to write; this one takes no lock."""
    mode, connection.transaction_mode = connection.transaction_mode, None  # type: ignore[attr-defined]
    try:
        yield
    finally:
        connection.transaction_mode = mode  # type: ignore[attr-defined]


# Of SQLite's pages, while many rows are written: those of an index of 170 000 names fit in.
ROOMY = 64 * 1024  # KiB


@contextmanager
def short_transaction() -> Iterator[None]:
    """A transaction that writes much, and must not take long: with room in memory, a third less."""
    with _roomy(), transaction.atomic():
        yield


@contextmanager
def _roomy() -> Iterator[None]:
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA cache_size").fetchone()[0]
        cursor.execute(f"PRAGMA cache_size=-{ROOMY}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA cache_size={int(before)}")
