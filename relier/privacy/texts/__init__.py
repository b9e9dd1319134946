"""The texts that people agree to, as they are read aloud: `PURPOSE.VERSION.LANGUAGE.txt`.

A text is never edited once released: a change is a new version, and the old one stays, so that
what someone agreed to can be shown again years later.
"""

from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class ConsentText:
    purpose: str
    version: str
    language: str
    words: str


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
