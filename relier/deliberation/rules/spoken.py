"""An answer said by a key or by a word, on the telephone or beside someone: from what was typed or
dictated to the word of a button. Plain Python.

Whole words and nothing near them: what is not one of these is asked again, never guessed.
"""

import re
import unicodedata
from typing import Final

SKIP: Final = "skip"
# In the order of the keys: 1, 2, 3, 4; and 0 to go on without an answer.
KEYS: Final = ("agree", "disagree", "pass", "unclear")
_KEYS: Final = {"0": SKIP, **{str(at): word for at, word in enumerate(KEYS, start=1)}}

_SAID: Final = {
    "agree": (
        "un", "oui", "d accord", "daccord", "je suis d accord", "tout a fait d accord",
        "one", "yes", "agree", "i agree",
    ),
    "disagree": (
        "deux", "non", "pas d accord", "pas daccord", "je ne suis pas d accord",
        "je suis pas d accord", "two", "no", "disagree", "i disagree", "i do not agree",
        "i don t agree",
    ),
    "pass": (
        "trois", "je ne sais pas", "je sais pas", "sais pas", "aucune idee",
        "three", "i don t know", "i do not know", "don t know", "no idea",
    ),
    "unclear": (
        "quatre", "je ne comprends pas", "je comprends pas", "pas compris", "je n ai pas compris",
        "four", "i don t understand", "i do not understand", "don t understand",
    ),
    SKIP: ("zero", "passer", "je passe", "passe", "suivant", "la suite", "skip", "next"),
}  # fmt: skip
_WORDS: Final = {words: answer for answer, every in _SAID.items() for words in every}


def heard(text: str) -> str | None:
    """ "agree", "disagree", "pass", "unclear" or "skip"; None for anything else."""
    plain = " ".join(re.findall(r"[a-z0-9]+", _without_accents(text)))
    return _KEYS.get(plain) or _WORDS.get(plain)


def _without_accents(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
