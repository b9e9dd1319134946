"""Verifying the chains: the first line of each that does not hold, with its number and its day.

A chain is read once, a line at a time, whatever its length. It ends where its anchor says, or
further (the anchor may lag).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from relier.lib.keyring import JOURNAL, Key, NoKeys, Ring

from . import anchor, chain, keys
from .models import Line

# How many lines are read at once.
PAGE = 2_000
DETAILS_FORGOTTEN = "journal.details_forgotten"


class Wrong(StrEnum):
    MISSING = "is missing"
    MOVED = "was moved"
    ALTERED = "was altered"
    UNKNOWN_KEY = "was sealed by a key that is not in the file of keys"
    DETAIL_ALTERED = "has details that were altered"
    DETAIL_TAKEN = "lost its details, and nobody asked to forget them"
    CUT = "was anchored, and is no longer there: the end of the journal was cut off"
    NOT_ANCHORED = "is not the one that was anchored: the journal was made anew"


@dataclass(frozen=True)
class Fault:
    """The first line that does not hold; the day is that of the last line that does."""

    centre: UUID
    number: int
    after: datetime | None
    wrong: Wrong

    def __str__(self) -> str:
        day = f" (the line before it is of {self.after:%Y-%m-%d})" if self.after else ""
        return f"line {self.number}{day} {self.wrong}"


@dataclass
class Checked:
    """A chain that was read to its end, or to its first fault."""

    centre: UUID
    lines: int = 0
    seal: str = ""
    at: datetime | None = None
    fault: Fault | None = None
    # number -> seal, of the lines that were asked for
    noted: dict[int, str] = field(default_factory=dict)


def centres() -> list[UUID]:
    """Every chain there is, or was: a chain that is gone has left its anchor."""
    found = Line.objects.order_by().values_list("centre", flat=True).distinct()
    return sorted({*found, *anchor.read_all()})


def check_all() -> Iterator[Checked]:
    for centre in centres():
        yield check(centre)


def check(centre: UUID, *, also: Mapping[int, str] | None = None) -> Checked:
    """Read a chain against its keys and its anchor; `also`, more seals that must be found: number
    -> the letters a seal begins with (a head that was printed)."""
    noted = anchor.read(centre)
    must = dict(also or {})
    reading = _Reading(Checked(centre), keys.ring(), noted, must)
    rows = Line.objects.chain(centre).values_list(
        "id", "seal", "detail__salt", "detail__said", *chain.COVERED
    )
    for row in rows.iterator(chunk_size=PAGE):
        if not reading.goes_on(*row):
            return reading.checked
    reading.end()
    return reading.checked


class _Reading:
    """Where the reading of a chain stands."""

    def __init__(
        self, checked: Checked, ring: Ring, noted: anchor.Anchor | None, must: dict[int, str]
    ) -> None:
        self.checked = checked
        self.keys: dict[str, Key | None] = {}
        self.ring = ring
        self.noted = noted
        self.must = must
        self.last_id = 0
        # Whose details are gone -> the first line that lost some; and who asked for it.
        self.taken: dict[tuple[UUID | None, UUID], tuple[int, datetime | None]] = {}
        self.forgotten: set[UUID | None] = set()

    def goes_on(
        self, pk: int, seal: str, salt: bytes | None, said: str | None, *covered: object
    ) -> bool:
        """False at the first line that does not hold."""
        checked = self.checked
        _, number, _, _, kind, at, _, actor, _, _, subject, proof = covered
        wrong = self._wrong(pk, seal, salt, said, covered)
        if wrong:
            return self._stop(checked.lines + 1, wrong)
        if self.noted and number == self.noted.number and seal != self.noted.seal:
            return self._stop(checked.lines + 1, Wrong.NOT_ANCHORED)
        if not seal.startswith(self.must.pop(number, "")):  # type: ignore[call-overload]
            return self._stop(checked.lines + 1, Wrong.NOT_ANCHORED)
        if proof and salt is None:
            self.taken.setdefault((subject, actor), (number, checked.at))  # type: ignore[arg-type]
        if kind == DETAILS_FORGOTTEN:
            self.forgotten.add(subject)  # type: ignore[arg-type]
        checked.lines, checked.seal, checked.at = number, seal, at  # type: ignore[assignment]
        self.last_id = pk
        return True

    def _wrong(
        self, pk: int, seal: str, salt: bytes | None, said: str | None, covered: tuple
    ) -> Wrong | None:
        if covered[1] != self.checked.lines + 1:
            return Wrong.MISSING
        key = self._key(covered[0])
        if key is None:
            return Wrong.UNKNOWN_KEY
        if key.mac(chain.message(self.checked.seal, *covered)).hex() != seal:
            return Wrong.MOVED if self._was_moved(pk) else Wrong.ALTERED
        if pk <= self.last_id:
            return Wrong.MOVED
        if salt is not None and chain.proof_of(bytes(salt), said or "") != covered[-1]:
            return Wrong.DETAIL_ALTERED
        return None

    def _was_moved(self, pk: int) -> bool:
        """Rows are numbered by the database as they come: in a chain, `id` grows with `number`."""
        centre, number = self.checked.centre, self.checked.lines + 1
        after = Line.objects.filter(centre=centre, number__gt=number, pk__lt=pk)
        return pk <= self.last_id or after.exists()

    def _key(self, key_id: str) -> Key | None:
        if key_id not in self.keys:
            try:
                self.keys[key_id] = self.ring.find(JOURNAL, key_id)
            except NoKeys:
                self.keys[key_id] = None
        return self.keys[key_id]

    def _stop(self, number: int, wrong: Wrong) -> bool:
        self.checked.fault = Fault(self.checked.centre, number, self.checked.at, wrong)
        return False

    def end(self) -> None:
        """What only the end of a chain can say: that it is too short, that details were taken."""
        awaited = [self.noted.number] if self.noted else []
        if max([*awaited, *self.must], default=0) > self.checked.lines:
            self._stop(self.checked.lines + 1, Wrong.CUT)
            return
        for (subject, actor), (number, after) in self.taken.items():
            if not {subject, actor} & self.forgotten:
                self.checked.fault = Fault(self.checked.centre, number, after, Wrong.DETAIL_TAKEN)
                return
