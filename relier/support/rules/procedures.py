"""When the deadline of a procedure asks for attention."""

from datetime import date, timedelta

# Two weeks before: time to find a document. A month after: passed, but often still to be saved.
BEFORE = timedelta(days=14)
AFTER = timedelta(days=30)


def due_window(on: date) -> tuple[date, date]:
    """The first and the last deadline worth showing that day, for `due_between`."""
    return on - AFTER, on + BEFORE
