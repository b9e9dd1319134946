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
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from .whole_files import write_whole

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
    write_whole(path, as_text(ring).encode("ascii"))


# --- on paper ------------------------------------------------------------------------------------

# Crockford's base 32: no I, L, O or U, so that a hand copies it without doubt.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_STANDARD = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_TO_PAPER = str.maketrans(_STANDARD, ALPHABET)
_FROM_PAPER = str.maketrans(ALPHABET, _STANDARD)
_MISREAD = str.maketrans("ILOU", "110V")


GROUP = 4  # letters of the key in a group; a fifth one checks them
# Odd, so that any one letter copied wrong changes the checking letter (arithmetic modulo 32).
_WEIGHTS = (1, 3, 9, 27)


def to_words(key: Key) -> str:
    """A key as groups of five letters and digits: four, and one that checks them. The last group
    checks all the others, and what the key is for."""
    letters = base64.b32encode(key.secret).decode().rstrip("=").translate(_TO_PAPER)
    letters += _check(key.use, key.id, key.secret)
    groups = [letters[at : at + GROUP] for at in range(0, len(letters), GROUP)]
    return " ".join(group + _check_letter(number, group) for number, group in enumerate(groups))


def from_words(use: str, key_id: str, made_at: str, words: str) -> Key:
    """The key that was written on paper; spaces, dashes and capitals do not matter, nor O for 0
    or I for 1. Raises NoKeys, with the first group that was copied wrong."""
    letters = _copied(words)
    whole = -(-SIZE * 8 // 5) + GROUP  # the letters of a key, and of the last group
    body = ""
    for number in range(whole // GROUP):
        group = letters[number * (GROUP + 1) :][: GROUP + 1]
        if len(group) <= GROUP or _check_letter(number, group[:-1]) != group[-1]:
            raise NoKeys(f"Group {number + 1} ({group or 'missing'}) is not as it was printed.")
        body += group[:-1]
    if len(letters) > whole // GROUP * (GROUP + 1):
        raise NoKeys("There is something more after the last group.")
    body, check = body[:-GROUP], body[-GROUP:]
    secret = base64.b32decode(body.translate(_FROM_PAPER) + "=" * (-len(body) % 8))
    if check != _check(use, key_id, secret):
        raise NoKeys(f"These groups are not those of the key {key_id} ({use}).")
    return Key(use, key_id, made_at, secret)


def to_line(key: Key) -> str:
    """A key in one line, as the square code of the printed kit says it."""
    return f"{key.use} {key.id} {key.made_at} {to_words(key)}"


def from_line(line: str, *, at: datetime) -> Key:
    """The key of a line; `at` is when it was made, where the line does not say. Raises NoKeys."""
    said = [*line.split(), "", "", ""]
    use, key_id, rest = said[0].lower(), _hexadecimal(said[1]), said[2:]
    made_at = at.isoformat(timespec="seconds")
    day = rest[0].upper().translate(_MISREAD)
    if re.match(r"\d{4}-\d\d-\d\d", day):
        made_at = day
        rest.pop(0)
    if use not in USES:
        raise NoKeys(f"A key begins with what it is for: {', '.join(USES)}.")
    if len(key_id) != 8:
        raise NoKeys("The number of a key has eight signs, as printed beside what it is for.")
    return from_words(use, key_id, made_at, " ".join(rest))


def _hexadecimal(text: str) -> str:
    copied = text.lower().translate(str.maketrans("oil", "011"))
    return "".join(sign for sign in copied if sign in "0123456789abcdef")


def _copied(words: str) -> str:
    letters = "".join(words.split()).replace("-", "").upper().translate(_MISREAD)
    for letter in letters:
        if letter not in ALPHABET:
            raise NoKeys(f"The sign {letter} stands in no key.")
    return letters


def _check_letter(number: int, group: str) -> str:
    """The letter that checks a group, and that it stands where it was printed."""
    values = (ALPHABET.index(letter) for letter in group)
    total = sum(weight * value for weight, value in zip(_WEIGHTS, values, strict=True))
    return ALPHABET[(total + 5 * number) % len(ALPHABET)]


def _check(use: str, key_id: str, secret: bytes) -> str:
    digest = hashlib.sha256(f"{use}:{key_id}:".encode() + secret).digest()
    return base64.b32encode(digest).decode()[:4].translate(_TO_PAPER)
