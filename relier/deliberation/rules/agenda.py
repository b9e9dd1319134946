"""The agenda of a meeting: hours, what is left of an item, the way from one step to the next, and
two agendas to begin with. Plain values."""

import math
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple, TypeVar

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

# What is done statement by statement: one step each.
WALKED: Final = frozenset({"statements", "hands"})

Of = TypeVar("Of")  # the key of an item
On = TypeVar("On")  # the key of a statement


class Line(NamedTuple):
    """What one is told to do, for so many minutes. The title is read by everybody in the room."""

    title: str | Promise
    minutes: int
    doing: str


READY: Final[dict[str, tuple[Line, ...]]] = {
    "60": (
        Line(pgettext_lazy("person", "Welcome. Why we are here"), 5, "welcome"),
        Line(pgettext_lazy("person", "What people think so far"), 10, "results"),
        Line(pgettext_lazy("person", "In small groups: what do we say about it?"), 15, "groups"),
        Line(pgettext_lazy("person", "One sentence after another: we raise hands"), 15, "hands"),
        Line(pgettext_lazy("person", "What we could try"), 10, "proposals"),
        Line(pgettext_lazy("person", "What happens next"), 5, "close"),
    ),
    "90": (
        Line(pgettext_lazy("person", "Welcome. Why we are here"), 10, "welcome"),
        Line(pgettext_lazy("person", "What people think so far"), 10, "results"),
        Line(pgettext_lazy("person", "In small groups: what do we say about it?"), 20, "groups"),
        Line(pgettext_lazy("person", "A break"), 10, "break"),
        Line(pgettext_lazy("person", "One sentence after another: we raise hands"), 20, "hands"),
        Line(pgettext_lazy("person", "What we could try"), 15, "proposals"),
        Line(pgettext_lazy("person", "What happens next"), 5, "close"),
    ),
}


def hours(starts_at: time, minutes: Iterable[int]) -> list[time]:
    """When each item begins, then when the last one ends. Past midnight, the hours of the day
    after."""
    at = datetime.combine(date(2000, 1, 1), starts_at)
    found = [at.time()]
    for some in minutes:
        at += timedelta(minutes=some)
        found.append(at.time())
    return found


def minutes_left(since: datetime, minutes: int, *, now: datetime) -> int:
    """Whole minutes of an item that are left, the one under way included; 0 once it is over, and
    never more than it has (the clock of the server may have been put back)."""
    seconds = (since + timedelta(minutes=minutes) - now).total_seconds()
    return max(0, min(minutes, math.ceil(seconds / 60)))


def steps(items: Iterable[tuple[Of, str]], statements: Sequence[On]) -> list[tuple[Of, On | None]]:
    """What is on the screen one after another: (item, None), or (item, statement) for each
    statement of what is walked through. `items`: (item, what is done)."""
    found: list[tuple[Of, On | None]] = []
    for item, doing in items:
        if doing in WALKED and statements:
            found += [(item, statement) for statement in statements]
        else:
            found.append((item, None))
    return found


def place_of(way: Sequence[tuple[Of, On | None]], here: tuple[Of | None, On | None]) -> int:
    """Where one stands on the way: the step itself; where its statement went away, the first of its
    item; where the item went away, the first of all."""
    for at, step in enumerate(way):
        if step == here:
            return at
    return next((at for at, step in enumerate(way) if step[0] == here[0]), 0)
