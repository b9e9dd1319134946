"""What a file would add to the house: plain values, no row yet. Each carries its line."""

from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, NamedTuple
from uuid import UUID


class Known(NamedTuple):
    """Someone of the centre, by the file that is shown."""

    pk: UUID


class New(NamedTuple):
    """Someone whom this file adds, by the line they stand on."""

    line: int


Who = Known | New


@dataclass(frozen=True)
class PersonDraft:
    line: int
    call_name: str
    family_name: str = ""
    born_on: date | None = None
    phone: str = ""
    address: str = ""
    team: int | None = None


@dataclass(frozen=True)
class EntryDraft:
    line: int
    who: Who
    track: UUID
    programme: UUID
    entered_on: date
    contract_on: date | None = None
    left_on: date | None = None
    reason: str = ""


@dataclass(frozen=True)
class TrackDraft:
    """`units`: the one unit of its programme, when its hours are said: (name, minutes)."""

    line: int
    name: str
    team: int
    opened_on: date
    scheme: str
    category: str = ""
    method: str = ""
    cedefop_code: str = ""
    programme: str = ""
    minutes: int = 0


@dataclass(frozen=True)
class SessionDraft:
    line: int
    name: str
    day: date
    starts_at: time
    minutes: int
    team: int
    track: UUID | None = None
    place: str = ""


@dataclass(frozen=True)
class PresenceDraft:
    """`session`: one that is there, or the line of a `SessionDraft`."""

    line: int
    person: UUID
    enrolment: UUID
    session: UUID | int
    minutes: int
    missed: int
    modality: str


@dataclass
class Drafts:
    """All that a file would add, in the order of its lines."""

    tracks: list[TrackDraft] = field(default_factory=list)
    people: list[PersonDraft] = field(default_factory=list)
    entries: list[EntryDraft] = field(default_factory=list)
    sessions: list[SessionDraft] = field(default_factory=list)
    presences: list[PresenceDraft] = field(default_factory=list)

    def parts(self) -> list[list[Any]]:
        return [self.tracks, self.people, self.entries, self.sessions, self.presences]

    def __bool__(self) -> bool:
        return any(self.parts())

    @property
    def lines(self) -> set[int]:
        return {one.line for part in self.parts() for one in part}
