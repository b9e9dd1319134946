"""The recovery kit: the keys on paper, to be read back by a hand or by a scanner.

It is the only copy of the keys that survives the machine. So it is made at the wish of whoever
looks after it, in a file closed to others, printed, put away, and that file deleted.
"""

import io
import os
from datetime import datetime
from pathlib import Path
from typing import Any

import segno
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from relier.lib import keyring
from relier.lib.keyring import BACKUPS, CARDS, JOURNAL, SEALING, Key, Ring
from relier.paper.typeset import KEYS_KIT, Language, typeset
from relier.ui.dates import day


def kit(ring: Ring, *, language: Language, at: datetime) -> bytes:
    """The PDF of these keys, in this language."""
    codes = {key.id: square_code(key) for key in ring.keys}
    with translation.override(language):
        return typeset(
            KEYS_KIT, data_of(ring, at=at), language=language, made_at=at, pictograms=codes
        )


def square_code(key: Key) -> bytes:
    drawn = io.BytesIO()
    segno.make(keyring.to_line(key), micro=False, error="m").save(
        drawn, kind="svg", border=4, light="white", xmldecl=False, svgns=True
    )
    return drawn.getvalue()


def data_of(ring: Ring, *, at: datetime) -> dict[str, Any]:
    return {
        "title": _("The keys of Relier"),
        "reader": "worker",
        "date": day(timezone.localtime(at).date()),
        "intro": [
            _(
                "Without these keys, nobody reads what is under secrecy, nor opens a backup: "
                "keep this paper locked away, far from the computer."
            ),
            _(
                "On the new computer, run “relier keys enter”, then scan each square or type its "
                "line: what it is for, its number, its date, and its fourteen groups."
            ),
            _(
                "The command names a group that was copied wrong, then shows a fingerprint: it "
                "must be the one below. Once a year, try this paper with “relier keys rehearse”."
            ),
        ],
        "fingerprint": ring.fingerprint,
        "keys": [
            {
                "id": key.id,
                "line": f"{key.use} {key.id} {key.made_at[:10]}",
                "what_for": capfirst(what_for(key.use)),
                "groups": keyring.to_words(key).split(),
                "alt": _("The same key, to scan"),
            }
            for key in ring.keys
        ],
        "labels": {
            "page": _("Page %(page)s of %(pages)s"),
            "fingerprint": _("Fingerprint"),
            "secret": _("Secret: whoever holds this paper and a copy of the data reads all."),
        },
    }


def what_for(use: str) -> str:
    return {
        SEALING: _("what is under secrecy in the database"),
        JOURNAL: _("the chain of the journal"),
        BACKUPS: _("backups and sealed archives"),
        CARDS: _("people’s cards"),
    }[use]


def write_closed(pdf: bytes, path: Path) -> None:
    """A new file that nobody else reads. Raises FileExistsError: nothing is overwritten."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(pdf)
