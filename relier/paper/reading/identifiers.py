"""The identifier of a printed page: opaque, twice on the page, checked, and copied by hand.

What a code on the page holds is 16 letters, the most that a QR code of version 1 takes at its
level of correction Q (ISO/IEC 18004):

    1 · thirteen drawn at random (65 bits) · one that checks those before · the corner, A or B

A sheet that is found tells nothing: no name, no address, no number of a file. Under the code stand
eight letters for a hand, `7K3M-Q9XT`: the first seven drawn (35 bits) and their own check.
Whoever prints draws again where those seven are already taken.
"""

from dataclasses import dataclass
from typing import Literal

from relier.lib import codes

FORMAT = "1"
DRAWN = 13
LENGTH = 16
BY_HAND = 8
GROUP = 4
Corner = Literal["A", "B"]
CORNERS: tuple[Corner, Corner] = ("A", "B")


@dataclass(frozen=True)
class Seen:
    """What a code says of the page: its identifier, and which of the two codes it is."""

    identifier: str
    corner: Corner


def new_identifier() -> str:
    """The thirteen letters that name one printed page."""
    return codes.draw(DRAWN)


def payload(identifier: str, corner: Corner) -> str:
    """What the code at this corner holds."""
    return codes.with_check(FORMAT + identifier) + corner


def read_payload(text: str) -> Seen | None:
    """None for the code of another house, another form, or one that was damaged."""
    if len(text) != LENGTH or text[0] != FORMAT or text[-1] not in CORNERS:
        return None
    if not codes.is_whole(text[:-1]):
        return None
    return Seen(text[1:-2], "A" if text[-1] == "A" else "B")


def by_hand(identifier: str) -> str:
    """The short code of a page, as it is kept: eight letters."""
    return codes.with_check(identifier[: BY_HAND - 1])


def as_printed(short: str) -> str:
    return codes.in_groups(short, GROUP)


def read_by_hand(text: str) -> str | None:
    """The short code that someone copied from a page; None when it cannot be one."""
    return codes.read(text, BY_HAND)
