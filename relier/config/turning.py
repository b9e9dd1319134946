"""Turning a key: another one makes from now on, and the old one goes once nothing needs it.

Of what is under secrecy, everything is sealed anew; it may be stopped at any moment, power
included, and begun again: it goes on with the key that was made. A page being shown, or a save
under way, may still lean on the old key, so there is a wait before it goes. What other keys made
(the journal's chain, backups, cards) cannot be made again: the old key stays beside the new one.
"""

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from relier.accounts.sealing import reseal_secrets
from relier.lib import keyring
from relier.lib.keyring import SEALING, Ring
from relier.privacy import resealing

# Longer than any page or save takes: gunicorn ends a worker that is silent for 30 seconds.
WAIT = 40


def turn(
    use: str,
    path: Path,
    *,
    at: datetime,
    say: Callable[[str], None],
    wait: float = WAIT,
) -> Ring:
    """Returns the ring as it is kept in the end. Raises NoKeys."""
    ring = keyring.read(path)
    if use == SEALING and len(ring.of(use)) > 1:
        say("Going on with the key that was made before.")
    else:
        ring = ring.with_new(use, at=at)
        keyring.write(ring, path)
        say(f"A new key makes from now on: {use} {ring.newest(use).id}.")
    if use != SEALING:
        say("The old one stays: it still opens what it made.")
        return ring
    seal_anew(ring, say)
    say(f"Waiting {wait:.0f} seconds, for whoever reads or writes with the old key.")
    time.sleep(wait)
    seal_anew(ring, say)
    return retire(ring, path, say)


def seal_anew(ring: Ring, say: Callable[[str], None]) -> None:
    said = {"": 0.0}

    def told(label: str, done: int, total: int) -> None:
        now = time.monotonic()
        if done >= total or now - said.get(label, 0.0) > 5:
            said[label] = now
            say(f"  {label}: {done} of {max(done, total)} rows")

    count = resealing.reseal(ring, told) + reseal_secrets()
    say(f"Sealed anew: {count} values.")


def retire(ring: Ring, path: Path, say: Callable[[str], None]) -> Ring:
    """Without the old keys of which nothing remains, in any table."""
    gone = []
    for old in ring.of(SEALING)[:-1]:
        remains = resealing.where_it_remains(old)
        for label, count in remains.items():
            say(f"The key {old.id} stays: {count} values of {label} are still sealed by it.")
        if not remains:
            gone.append(old)
    kept = keyring.read(path).without(gone)
    keyring.write(kept, path)
    for old in gone:
        say(f"The key {old.id} is retired: nothing is sealed by it any more.")
    return kept
