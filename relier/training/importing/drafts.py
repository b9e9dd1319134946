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
    category: str = ""


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
    """`number`: by which presences name it."""

    line: int
    name: str
    day: date
    starts_at: time
    minutes: int
    team: int
    track: UUID | None = None
    place: str = ""
    number: int = 0


@dataclass(frozen=True)
class PresenceDraft:
    """`session`: one that is there, or the number of a `SessionDraft`. `column`: where it stands in
    a sheet by day, from 0."""

    line: int
    person: UUID
    enrolment: UUID
    session: UUID | int
    minutes: int
    missed: int
    modality: str
    column: int = -1

    @property
    def place(self) -> tuple[int, int]:
        return self.line, self.column


@dataclass(frozen=True)
class CategoryDraft:
    line: int
    person: UUID
    enrolment: UUID
    category: str


@dataclass(frozen=True)
class AbsenceDraft:
    line: int
    person: UUID
    enrolment: UUID
    ground: int
    from_on: date
    until_on: date
    proof: str = ""
    proof_received_on: date | None = None


@dataclass(frozen=True)
class PlacementDraft:
    line: int
    person: UUID
    enrolment: UUID
    kind: str
    from_on: date
    until_on: date
    minutes: int
    company: str = ""
    signed_on: date | None = None


@dataclass
class Drafts:
    """All that a file would add, in the order of its lines."""

    tracks: list[TrackDraft] = field(default_factory=list)
    people: list[PersonDraft] = field(default_factory=list)
    entries: list[EntryDraft] = field(default_factory=list)
    sessions: list[SessionDraft] = field(default_factory=list)
    presences: list[PresenceDraft] = field(default_factory=list)
    categories: list[CategoryDraft] = field(default_factory=list)
    absences: list[AbsenceDraft] = field(default_factory=list)
    placements: list[PlacementDraft] = field(default_factory=list)

    def parts(self) -> dict[str, list[Any]]:
        """What it would add -> the drafts of it, in the order in which they are written."""
        return dict(vars(self))

    def counts(self) -> dict[str, int]:
        return {name: len(part) for name, part in self.parts().items()}

    def __bool__(self) -> bool:
        return any(self.parts().values())
