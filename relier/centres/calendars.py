"""What stands in a member's own calendar, from every room: each room declares where it finds it,
and the feed (support/calendar.py) asks them all. When and where, and nothing about anyone."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Happening:
    """`starts_at` has its time zone; `minutes`: None where nobody said how long; `words`: what
    kind of thing, never what someone typed."""

    id: UUID
    starts_at: datetime
    minutes: int | None
    words: str
    place: str = ""
    is_cancelled: bool = False


# (the member, from which moment on) -> what they do, the earliest first.
Source = Callable[[UUID, datetime], Iterable[Happening]]
_sources: dict[str, Source] = {}


def declare(room: str, source: Source) -> None:
    """Called as Relier starts. Raises ValueError where the room has said it already."""
    if room in _sources:
        raise ValueError(f"{room} is declared twice.")
    _sources[room] = source


def of_member(member: UUID, *, since: datetime) -> list[Happening]:
    """One query for each room that declared something."""
    return [one for source in _sources.values() for one in source(member, since)]
