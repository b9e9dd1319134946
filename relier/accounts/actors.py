"""The `Actor`: who does a deed or a reading.

Plain values, so that rules need no database: a member of a centre (or of a federation), a
person with a card, or the system itself. Built once per request by `centres.middleware`.
"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Kind(StrEnum):
    MEMBER = "member"
    PERSON = "person"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `id` names them in the journal; `centre` is None for a federation."""

    kind: Kind
    id: UUID
    name: str = ""
    user: UUID | None = None
    centre: UUID | None = None
    centre_name: str = ""
    federation: UUID | None = None
    role: str = ""
    bound: bool = False
    # The teams whose people they read today: their own, and those they join for a time.
    teams: frozenset[int] = frozenset()
    officer: bool = False
    # Files beyond those teams that they opened with a reason, still open now.
    entries: frozenset[UUID] = frozenset()

    @property
    def own_centre(self) -> UUID:
        """The centre of a member of one. Raises LookupError for others: ask `require` before."""
        if self.centre is None:
            raise LookupError("This actor is a member of no centre.")
        return self.centre

    @property
    def in_a_centre(self) -> bool:
        return self.kind is Kind.MEMBER and self.centre is not None


# The system's own deeds (planting a demonstration, an import by command) carry this name.
SYSTEM = Actor(kind=Kind.SYSTEM, id=UUID(int=0), name="Relier")
