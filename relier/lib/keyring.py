"""The key ring: the secrets that protect what is kept, in one file outside the database.

A key has a use, an id and 32 random bytes. The newest of a use makes; the older ones still open
what they made, until everything is made anew and they are retired. Whoever copies the database or
its backups without this file has words nobody can read; whoever loses this file has the same. So
it can be written on paper (`to_words`) and read back from it (`from_words`).

Plain Python. Times are ISO 8601 with their offset; ids are 8 hexadecimal digits.
"""

import base64
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

FORMAT = 1
SIZE = 32

# What keys are for. A use never borrows the key of another.
SEALING = "sealing"  # what is under secrecy, in the database
JOURNAL = "journal"  # the chain of the journal
BACKUPS = "backups"  # backups and sealed archives
CARDS = "cards"  # the codes of people's cards
USES = (SEALING, JOURNAL, BACKUPS, CARDS)


class NoKeys(Exception):  # noqa: N818 — said to people as a sentence, not as a fault
    """The file of keys is missing, damaged, or does not hold the key that is asked for."""


@dataclass(frozen=True)
class Key:
    use: str
    id: str
    made_at: str
    secret: bytes

    def __repr__(self) -> str:
        # A secret never reaches a log or a report by accident.
        return f"Key(use={self.use!r}, id={self.id!r})"

    def mac(self, message: bytes) -> bytes:
        """HMAC-SHA-256 of a message, 32 bytes (RFC 2104)."""
        return hmac.digest(self.secret, message, "sha256")


def new_key(use: str, *, at: datetime) -> Key:
    return Key(
        use, secrets.token_hex(4), at.isoformat(timespec="seconds"), secrets.token_bytes(SIZE)
    )


@dataclass(frozen=True)
class Ring:
    """Every key of one copy of Relier, oldest first."""

    keys: tuple[Key, ...]

    def of(self, use: str) -> tuple[Key, ...]:
        """The keys of a use, oldest first."""
        return tuple(key for key in self.keys if key.use == use)

    def newest(self, use: str) -> Key:
        """The key that makes. Raises NoKeys where the use has none."""
        found = self.of(use)
        if not found:
            raise NoKeys(f"The file of keys holds none for {use}.")
        return found[-1]

    def find(self, use: str, key_id: str) -> Key:
        """The key that made something. Raises NoKeys where it is not here."""
        for key in self.of(use):
            if key.id == key_id:
                return key
        raise NoKeys(f"The file of keys does not hold the key {key_id} ({use}).")

    def with_new(self, use: str, *, at: datetime) -> "Ring":
        return replace(self, keys=(*self.keys, new_key(use, at=at)))

    def without(self, retired: Iterable[Key]) -> "Ring":
        gone = set(retired)
        return replace(self, keys=tuple(key for key in self.keys if key not in gone))

    @property
    def fingerprint(self) -> str:
        """Twelve characters that tell two rings apart, and say nothing of their secrets."""
        parts = sorted(f"{key.use}:{key.id}".encode() + key.secret for key in self.keys)
        return hashlib.sha256(b"\0".join(parts)).hexdigest()[:12]


def new_ring(*, at: datetime) -> Ring:
    return Ring(tuple(new_key(use, at=at) for use in USES))


# --- the file ------------------------------------------------------------------------------------


def as_text(ring: Ring) -> str:
    keys = [
        {
            "use": key.use,
            "id": key.id,
            "made_at": key.made_at,
            "secret": base64.b64encode(key.secret).decode(),
        }
        for key in ring.keys
    ]
    return json.dumps({"format": FORMAT, "keys": keys}, indent=1) + "\n"


def from_text(text: str) -> Ring:
    """The ring written in a file. Raises NoKeys where the text is not one."""
    try:
        said = json.loads(text)
        if said["format"] != FORMAT:
            raise NoKeys("The file of keys was written by a later Relier.")
        keys = tuple(
            Key(
                str(one["use"]),
                str(one["id"]),
                str(one["made_at"]),
                base64.b64decode(one["secret"], validate=True),
            )
            for one in said["keys"]
        )
    except (ValueError, KeyError, TypeError) as damaged:
        raise NoKeys("The file of keys is damaged.") from damaged
    if any(len(key.secret) != SIZE for key in keys):
        raise NoKeys("The file of keys is damaged.")
    return Ring(keys)


def read(path: Path) -> Ring:
    """Raises NoKeys, with the path, where the file is missing or damaged."""
    try:
        return from_text(path.read_text(encoding="ascii"))
    except FileNotFoundError as missing:
        raise NoKeys(f"There is no file of keys at {path}.") from missing
    except (OSError, UnicodeDecodeError) as unreadable:
        raise NoKeys(f"The file of keys at {path} cannot be read.") from unreadable


def write(ring: Ring, path: Path) -> None:
    """Whole or not at all, closed to others: a power cut leaves the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.with_name(path.name + ".new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(as_text(ring))
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)


# --- on paper ------------------------------------------------------------------------------------

# Crockford's base 32: no I, L, O or U, so that a hand copies it without doubt.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_STANDARD = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_TO_PAPER = str.maketrans(_STANDARD, ALPHABET)
_FROM_PAPER = str.maketrans(ALPHABET, _STANDARD)
_MISREAD = str.maketrans("ILOU", "110V")


def to_words(key: Key) -> str:
    """A key as groups of four letters and digits, the last group checking the others."""
    letters = base64.b32encode(key.secret).decode().rstrip("=").translate(_TO_PAPER)
    letters += _check(key.use, key.id, key.secret)
    return " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def from_words(use: str, key_id: str, made_at: str, words: str) -> Key:
    """The key that was written on paper. Raises NoKeys where a letter was copied wrong."""
    letters = "".join(words.split()).replace("-", "").upper().translate(_MISREAD)
    body, check = letters[:-4], letters[-4:]
    try:
        padded = body.translate(_FROM_PAPER) + "=" * (-len(body) % 8)
        secret = base64.b32decode(padded)
    except ValueError as odd:
        raise NoKeys(f"The key {key_id} ({use}) has a letter that does not fit.") from odd
    if len(secret) != SIZE or check != _check(use, key_id, secret):
        raise NoKeys(f"The key {key_id} ({use}) was not copied as it was printed.")
    return Key(use, key_id, made_at, secret)


def _check(use: str, key_id: str, secret: bytes) -> str:
    digest = hashlib.sha256(f"{use}:{key_id}:".encode() + secret).digest()
    return base64.b32encode(digest).decode()[:4].translate(_TO_PAPER)
