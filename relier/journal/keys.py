"""The keys of this copy, read from their file when they are first needed.

The file is read again when it changes, so that turning a key needs no restart. Where it is missing,
`NoKeys` says where it was looked for: nothing is ever made silently beside a database that another
file of keys had sealed.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from relier.lib import keyring
from relier.lib.keyring import Key, Ring

# path -> (when the file changed last, what it held)
_read: dict[Path, tuple[int, Ring]] = {}


def ring() -> Ring:
    """Raises `relier.lib.keyring.NoKeys` where the file is missing or damaged."""
    path: Path = settings.KEYS_FILE
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        return keyring.read(path)  # says that it is missing, and where
    known = _read.get(path)
    if known is None or known[0] != changed:
        known = _read[path] = (changed, keyring.read(path))
    return known[1]


def newest(use: str) -> Key:
    return ring().newest(use)


def make_if_missing() -> bool:
    """Make the file of keys of a new copy. True when it was made."""
    if settings.KEYS_FILE.exists():
        return False
    keyring.write(keyring.new_ring(at=timezone.now()), settings.KEYS_FILE)
    return True


# --- the kit on paper ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Kit:
    """When the keys were put on paper last, and which: their fingerprint then."""

    at: datetime
    fingerprint: str


def kit_path() -> Path:
    return settings.KEYS_FILE.with_name(settings.KEYS_FILE.name + ".kit")


def last_kit() -> Kit | None:
    """None where no kit was ever made of this copy."""
    try:
        said = json.loads(kit_path().read_text(encoding="ascii"))
        return Kit(datetime.fromisoformat(said["at"]), str(said["fingerprint"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def kit_was_made(of: Ring, *, at: datetime) -> None:
    """Beside the file of keys: it says nothing of them."""
    said = {"at": at.isoformat(timespec="seconds"), "fingerprint": of.fingerprint}
    kit_path().write_text(json.dumps(said) + "\n", encoding="ascii")
