"""The head of a chain on one short line, to paste in a message or to print: how many lines there
are, the day of the last, and the first 80 bits of its seal in groups that a hand can copy.

    3f2a9c1d 1204 2026-11-26 7F3K-92MQ-4XYZ-0ABC

Whoever holds such a line can have it compared later: what was written up to it cannot have changed
since, even by someone who holds the machine, its keys and its anchor.
"""

import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from relier.lib.keyring import ALPHABET

LETTERS = 16
_BITS = 5
_MISREAD = str.maketrans("ILOU", "110V")
_WRITTEN = re.compile(
    r"(?P<centre>[0-9a-f]{8})\s+(?P<number>\d+)\s+(?P<on>\d{4}-\d\d-\d\d)\s+"
    r"(?P<letters>(?:[0-9A-Z]{4}[-\s]?){4})",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Head:
    """`centre`: the first 8 digits of its id. `letters`: 16 letters and digits, no groups."""

    centre: str
    number: int
    on: date
    letters: str

    def __str__(self) -> str:
        groups = "-".join(self.letters[at : at + 4] for at in range(0, LETTERS, 4))
        return f"{self.centre} {self.number} {self.on:%Y-%m-%d} {groups}"

    @property
    def seal_begins(self) -> str:
        """The 20 hexadecimal digits that the seal begins with."""
        value = 0
        for letter in self.letters:
            value = (value << _BITS) | ALPHABET.index(letter)
        return f"{value:020x}"


def head_of(centre: UUID, number: int, on: date, seal: str) -> Head:
    value = int(seal[:20], 16)
    letters = "".join(ALPHABET[(value >> _BITS * place) & 31] for place in reversed(range(LETTERS)))
    return Head(centre.hex[:8], number, on, letters)


def read_head(text: str) -> Head:
    """A line as it was printed or copied. Raises ValueError where it is not one."""
    found = _WRITTEN.search(text)
    if not found:
        raise ValueError("This is not the line that relier journal head prints.")
    letters = re.sub(r"[-\s]", "", found["letters"]).upper().translate(_MISREAD)
    return Head(
        found["centre"].lower(), int(found["number"]), date.fromisoformat(found["on"]), letters
    )
