"""The words of each deed and reading, for the person and for the officer.

Each room declares those of its own kinds in `journal_words.py`, loaded as Relier starts; a kind
without words breaks the build (`tests/test_journal_words.py`). A sentence says what was done, never
what was told: "A note was written".
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import pgettext_lazy

_words: dict[str, Any] = {}


def declare(words: Mapping[str, Any]) -> None:
    """`words`: kind -> a sentence to translate."""
    for kind, sentence in words.items():
        if kind in _words:
            raise ValueError(f"{kind} has its words already.")
        _words[kind] = sentence


def kinds() -> frozenset[str]:
    return frozenset(_words)


def words_of(kind: str) -> Any:
    """What a line says. A kind that a later Relier wrote (a backup brought back) is said as it is
    written rather than not at all."""
    return _words.get(kind, kind)


declare(
    {
        "journal.anchored_again": pgettext_lazy(
            "person", "The journal was taken up again after a backup"
        ),
        "journal.details_forgotten": pgettext_lazy(
            "person", "The details of the journal were erased"
        ),
    }
)
