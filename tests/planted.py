"""What is planted once for a whole module."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction


@contextmanager
def once(plant: Callable[[], Any], blocker: Any) -> Iterator[Any]:
    """Planted for a whole module; each test finds it as it was, its own deeds undone after it.
    `blocker`: pytest-django's `django_db_blocker`."""
    with blocker.unblock():
        around = transaction.atomic()
        around._from_testcase = True  # type: ignore[attr-defined]
        with around:
            yield plant()
            transaction.set_rollback(True)
