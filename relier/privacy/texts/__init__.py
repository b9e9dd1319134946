"""The texts that people agree to, as they are read aloud: `PURPOSE.VERSION.LANGUAGE.txt`.

A text is never edited once released: a change is a new version, and the old one stays, so that
what someone agreed to can be shown again years later.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class ConsentText:
    purpose: str
    version: str
    language: str
    words: str

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the words, by which the very text that was shown is known again."""
        return hashlib.sha256(self.words.encode()).hexdigest()


@cache
def texts() -> tuple[ConsentText, ...]:
    """Every text shipped, oldest version first."""
    found = []
    for entry in sorted(resources.files(__package__).iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".txt"):
            purpose, version, language, _ = entry.name.split(".")
            words = entry.read_text(encoding="utf-8").strip()
            found.append(ConsentText(purpose, version, language, words))
    return tuple(found)


def latest(purpose: str, language: str) -> ConsentText:
    """The text to read today. Raises LookupError where it was never written in that language."""
    fitting = [t for t in texts() if (t.purpose, t.language) == (purpose, language)]
    if not fitting:
        raise LookupError(f"No text for {purpose} in {language}.")
    return fitting[-1]


def known(purpose: str, fingerprint: str) -> ConsentText | None:
    """The text of this purpose with this fingerprint, of whatever version, if there is one."""
    return next((t for t in texts() if (t.purpose, t.fingerprint) == (purpose, fingerprint)), None)
