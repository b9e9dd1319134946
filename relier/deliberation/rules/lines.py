"""What somebody typed, as it is kept and read: on one line, without signs that nobody typed on
purpose and that would disturb whatever stands beside.

Dropped: control signs, marks that turn the direction of what follows (one in a statement would turn
the rest of its line round, figures with it), signs without width or drawing, halves of a sign.
Kept: accents, every script with its own marks of direction, joined emoji.
"""

import re
import unicodedata
from typing import Final

# Overrides and isolates; the plain marks of Arabic and Hebrew (U+200E, U+200F, U+061C) stay.
TURNING: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Of no width, or drawn as nothing although they count as letters.
UNSEEN: Final = re.compile("[\u200b\u2060-\u2064\ufeff\u115f\u1160\u3164\uffa0]")


def on_one_line(text: str) -> str:
    """Runs of spaces and ends of lines become one space; none at the ends."""
    plain = UNSEEN.sub("", TURNING.sub("", text))
    return " ".join("".join(sign for sign in plain if _is_a_sign(sign)).split())


def says_something(text: str) -> bool:
    """Whether there is a letter or a digit, of whatever script: pictures and signs alone cannot be
    read aloud, nor answered."""
    return any(sign.isalnum() for sign in text)


def _is_a_sign(sign: str) -> bool:
    if sign.isspace():
        return True
    place = ord(sign)
    is_none = place & 0xFFFE == 0xFFFE or 0xFDD0 <= place <= 0xFDEF  # for ever without a sign
    return not is_none and unicodedata.category(sign) not in {"Cc", "Cs"}
