"""The list of those erased: opaque ids, in a file beside the backups.

A backup made before an erasure does not know of it. Whoever restores one reads this list, and
erases again. So the list lives outside the database, and a restore refuses to run where it is
missing, cut or altered (`NoTombstones`).

Two files in `settings.BACKUPS`. `erased.jsonl` holds one line per erased subject, each sealed by an
HMAC that covers the line before it, under a key kept outside the database. `erased.head` says how
many lines there are and what the last one was sealed with: without it, a list whose end was cut off
would still hold. The journal of the database is a third witness: whoever it says was erased must
be in the list.

The list is written and on the disk before the rows go. After a power cut between the two, someone
is listed who is still there: `erase_again` (and `relier tidy`) erases them. The other way round,
someone erased would come back with a backup, and nobody would know.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from relier.journal import keys
from relier.journal.models import Line
from relier.lib import keyring
from relier.lib.whole_files import write_whole

ERASED = "privacy.erased"
FIRST = "0" * 64
# Any number that nothing else locks with (PostgreSQL only; SQLite has one writer at a time).
LOCK = 7_216_401


class NoTombstones(Exception):  # noqa: N818 — said to people as a sentence, not as a fault
    """The list of those erased is missing, cut or altered."""


@dataclass(frozen=True)
class Tombstone:
    """One erased subject. `deed` is the same for all the files of one person. `archived_until`:
    where the law obliged to keep something, of which class, since when, and until when."""

    id: UUID
    centre: UUID
    at: datetime
    deed: UUID
    document_class: str = ""
    entered_on: date | None = None
    archived_until: date | None = None


def list_file() -> Path:
    return Path(settings.BACKUPS) / "erased.jsonl"


def head_file() -> Path:
    return Path(settings.BACKUPS) / "erased.head"


def read() -> list[Tombstone]:
    """Everyone listed, the first erased first. Raises NoTombstones (and NoKeys).

    A list that is not there is refused, even where the database knows of nobody: an older backup
    would not. `begin` makes the empty list of a new copy.
    """
    if not list_file().exists():
        raise NoTombstones(f"There is no list of those erased at {list_file()}.")
    return _agreed()


def whole_since() -> datetime | None:
    """Whoever was erased before this moment is no longer listed: no backup as old may come back.
    None where the list is whole. Raises NoTombstones."""
    return _checked()[1]


def begin() -> bool:
    """Make the empty list of a copy in which nobody was ever erased. True when it was made.
    Raises NoTombstones where there was a list, and it is gone."""
    with transaction.atomic():
        _one_at_a_time()
        if list_file().exists():
            return False
        _agreed()
        _write([], since=None, kept=[])
        return True


def _agreed() -> list[Tombstone]:
    """The list, once the journal was found to know of nobody else."""
    lines, since = _checked()
    listed = {stone.id for stone in lines}
    known = Line.objects.deeds().filter(kind=ERASED, subject__isnull=False)
    if since:
        known = known.filter(at__gte=since)
    if missing := set(known.values_list("subject", flat=True)) - listed:
        raise NoTombstones(
            f"The journal knows of {len(missing)} erased that {list_file()} does not list."
        )
    return lines


def append(ids: Iterable[UUID], *, like: Tombstone) -> None:
    """List those who are about to be erased, each once; on the disk when this returns.

    Called inside the transaction of the erasure, so that two never write at once. Raises
    NoTombstones: nobody is erased where the list does not hold.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("Listed inside its erasure, or not at all.")
    _one_at_a_time()
    _agreed()
    known, since = _checked()
    listed = {stone.id for stone in known}
    new = [replace(like, id=one) for one in ids if one not in listed]
    if new:
        kept = list_file().read_text(encoding="ascii").splitlines() if known else []
        _write(new, since=since, kept=kept)


def forget_before(moment: datetime) -> int:
    """Drop those erased before a moment: no backup is as old. Returns how many."""
    with transaction.atomic():
        _one_at_a_time()
        known, since = _checked()
        kept = [stone for stone in known if stone.at >= moment]
        if len(kept) < len(known):
            _write(kept, since=max(moment, since) if since else moment, kept=[])
        return len(known) - len(kept)


def _one_at_a_time() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


# --- the two files -------------------------------------------------------------------------------


def _checked() -> tuple[list[Tombstone], datetime | None]:
    """The list and the moment since which it is whole, once both files were found to hold."""
    path = list_file()
    if not path.exists() and not head_file().exists():
        return [], None
    try:
        text = path.read_text(encoding="ascii") if path.exists() else ""
        head = json.loads(head_file().read_text(encoding="ascii"))
        ring = keys.ring()
        sealed = ring.find(keyring.BACKUPS, head["key"]).mac(_head_text(head)).hex()
        lines = [json.loads(line) for line in text.splitlines()]
        stones = _followed(lines)
    except FileNotFoundError as missing:
        raise NoTombstones(f"{missing.filename} is missing.") from missing
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError) as damaged:
        raise NoTombstones(f"{path} is damaged.") from damaged
    if sealed != head.get("mac"):
        raise NoTombstones(f"{head_file()} was altered.")
    for close in head["closes"]:
        count = close["count"]
        last = FIRST if not count else lines[count - 1]["mac"] if count <= len(lines) else ""
        if last == close["last"]:
            return stones, _moment(close["since"])
    raise NoTombstones(f"{path} was cut, or is not the list that {head_file().name} closes.")


def _followed(lines: list[dict[str, Any]]) -> list[Tombstone]:
    """Each line in the chain of those before it. Raises NoTombstones at the first that is not."""
    ring = keys.ring()
    before, stones = FIRST, []
    for number, line in enumerate(lines, start=1):
        key = ring.find(keyring.BACKUPS, line["key"])
        if line["mac"] != _mac(key, before, line):
            raise NoTombstones(f"{list_file()}: line {number} does not hold.")
        before = line["mac"]
        stones.append(_from_line(line))
    return stones


def _write(stones: list[Tombstone], *, since: datetime | None, kept: list[str]) -> None:
    """The whole list anew, then its head. The lines `kept` stay as they were sealed.

    A cut before the head is written leaves a list that goes on after what its head says: it still
    holds. A list that begins anew does not go on: its head says both, until it is in its place.
    """
    Path(settings.BACKUPS).mkdir(parents=True, exist_ok=True, mode=0o700)
    key = keys.newest(keyring.BACKUPS)
    before = json.loads(kept[-1])["mac"] if kept else FIRST
    lines = list(kept)
    for stone in stones:
        line = {**_as_line(stone), "key": key.id}
        before = line["mac"] = _mac(key, before, line)
        lines.append(json.dumps(line, sort_keys=True))
    close = {
        "count": len(lines),
        "last": before,
        "since": since.isoformat() if since else None,
    }
    if not kept:
        _write_head([*_closes(), close], key)
    write_whole(list_file(), ("".join(f"{line}\n" for line in lines)).encode("ascii"))
    _write_head([close], key)


def _closes() -> list[dict[str, Any]]:
    """What the head closes as it stands: an empty list, where there is none yet."""
    if not head_file().exists():
        return [{"count": 0, "last": FIRST, "since": None}]
    closes: list[dict[str, Any]] = json.loads(head_file().read_text(encoding="ascii"))["closes"]
    return closes


def _write_head(closes: list[dict[str, Any]], key: keyring.Key) -> None:
    head: dict[str, Any] = {"closes": closes, "key": key.id}
    head["mac"] = key.mac(_head_text(head)).hex()
    write_whole(head_file(), (json.dumps(head, sort_keys=True) + "\n").encode("ascii"))


def _mac(key: keyring.Key, before: str, line: dict[str, Any]) -> str:
    said = json.dumps({k: v for k, v in line.items() if k != "mac"}, sort_keys=True)
    return key.mac(f"{before}\n{said}".encode()).hex()


def _head_text(head: dict[str, Any]) -> bytes:
    return json.dumps({k: v for k, v in head.items() if k != "mac"}, sort_keys=True).encode()


def _as_line(stone: Tombstone) -> dict[str, Any]:
    return {
        "id": str(stone.id),
        "centre": str(stone.centre),
        "at": stone.at.isoformat(),
        "deed": str(stone.deed),
        "class": stone.document_class,
        "entered": stone.entered_on.isoformat() if stone.entered_on else None,
        "until": stone.archived_until.isoformat() if stone.archived_until else None,
    }


def _from_line(line: dict[str, Any]) -> Tombstone:
    return Tombstone(
        id=UUID(line["id"]),
        centre=UUID(line["centre"]),
        at=datetime.fromisoformat(line["at"]),
        deed=UUID(line["deed"]),
        document_class=line["class"],
        entered_on=date.fromisoformat(line["entered"]) if line["entered"] else None,
        archived_until=date.fromisoformat(line["until"]) if line["until"] else None,
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
