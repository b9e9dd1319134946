"""The texts that people agree to, as they are read aloud: `PURPOSE.VERSION.LANGUAGE.txt`.

A text is never edited once released: a change is a new version, and the old one stays, so that
what someone agreed to can be shown again years later. Some have gaps, %(centre)s, that are filled
before the text is read: what is kept and hashed is the text without gaps.

`reviews.toml` says who read each text again, and when. A text without a review of its very words
may be read aloud as a help; what is signed is then the same text in a language that was reviewed.
"""

import hashlib
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import resources

# In which language the original is signed when the one that is read was not reviewed.
ORIGINALS = ("fr", "en")


@dataclass(frozen=True)
class ConsentText:
    purpose: str
    version: str
    language: str
    words: str

    @property
    def name(self) -> str:
        return f"{self.purpose}.{self.version}.{self.language}"

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the words, by which the very text that was shown is known again."""
        return hashlib.sha256(self.words.encode()).hexdigest()

    @property
    def paragraphs(self) -> list[list[str]]:
        """Paragraphs, each a list of sentences, as the text was written to be read aloud."""
        return [part.splitlines() for part in self.words.split("\n\n")]

    def filled(self, values: Mapping[str, str]) -> "ConsentText":
        """The same text, its gaps filled: the words that are read, kept and hashed."""
        return replace(self, words=self.words % values)


@dataclass(frozen=True)
class Review:
    """Who read the very words of a text again. `doubt`: what they could not say for certain. Both
    are said in the language of the page: language -> words."""

    text: str
    by: Mapping[str, str]
    on: date
    fingerprint: str
    doubt: Mapping[str, str]


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


@cache
def reviews() -> dict[str, Review]:
    """The review of each text, by the name of its file without its ending."""
    raw = (resources.files(__package__) / "reviews.toml").read_text(encoding="utf-8")
    return {told["text"]: Review(**told) for told in tomllib.loads(raw)["review"]}


def review_of(text: ConsentText) -> Review | None:
    """Its review, if the words are still those that were read again. Ask before filling gaps."""
    review = reviews().get(text.name)
    return review if review and review.fingerprint == text.fingerprint else None


def latest(purpose: str, language: str) -> ConsentText:
    """The text to read today. Raises LookupError where it was never written in that language."""
    fitting = [t for t in texts() if (t.purpose, t.language) == (purpose, language)]
    if not fitting:
        raise LookupError(f"No text for {purpose} in {language}.")
    return fitting[-1]


def of_version(
    purpose: str, version: str, language: str, *, among: Collection[str] = ORIGINALS
) -> ConsentText:
    """The text of one version that a sheet bears: in this language where it is one of `among`,
    else in the first of the originals that is. Whether it was reviewed changes nothing to it: a
    page printed before has the same words. Raises LookupError where there is none."""
    fitting = {
        text.language: text
        for text in texts()
        if (text.purpose, text.version) == (purpose, version) and text.language in among
    }
    for one in (language, *ORIGINALS):
        if one in fitting:
            return fitting[one]
    raise LookupError(f"No text for {purpose} of the version {version}.")


def known(purpose: str, fingerprint: str) -> ConsentText | None:
    """The text of this purpose with this fingerprint, of whatever version, if there is one."""
    return next((t for t in texts() if (t.purpose, t.fingerprint) == (purpose, fingerprint)), None)


def languages_of(purpose: str) -> list[str]:
    """The languages in which this text may be read, those to sign in first."""
    found = {text.language for text in texts() if text.purpose == purpose}
    return sorted(found, key=lambda one: (one not in ORIGINALS, one))


def original_of(text: ConsentText) -> ConsentText:
    """The text to sign when this one is read: itself if it was reviewed, else the latest of its
    purpose that was. Raises LookupError where none was."""
    if review_of(text):
        return text
    for language in ORIGINALS:
        if language in languages_of(text.purpose):
            candidate = latest(text.purpose, language)
            if review_of(candidate):
                return candidate
    raise LookupError(f"No text for {text.purpose} was reviewed.")
