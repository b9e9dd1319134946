"""The twelve pictures among which a person chooses three, in an order that only they know.

Their keys are hashed with a card: one that is taken away closes the cards that hold it.
1 320 to 1 728 ways, five tries: someone who finds a card is let in once in 345 cards.
"""

from dataclasses import dataclass

from django.utils.translation import pgettext_lazy

ASKED = 3


@dataclass(frozen=True)
class Picture:
    key: str
    word: object


PICTURES = (
    Picture("house", pgettext_lazy("own page", "House")),
    Picture("key", pgettext_lazy("own page", "Key")),
    Picture("money", pgettext_lazy("own page", "Money")),
    Picture("transport", pgettext_lazy("own page", "Bus")),
    Picture("health", pgettext_lazy("own page", "Heart")),
    Picture("phone", pgettext_lazy("own page", "Telephone")),
    Picture("letter", pgettext_lazy("own page", "Envelope")),
    Picture("computer", pgettext_lazy("own page", "Computer")),
    Picture("camera", pgettext_lazy("own page", "Camera")),
    Picture("clock", pgettext_lazy("own page", "Clock")),
    Picture("battery", pgettext_lazy("own page", "Battery")),
    Picture("idea", pgettext_lazy("own page", "Lamp")),
)
KEYS = frozenset(picture.key for picture in PICTURES)


def chosen_so_far(posted: str, pressed: str) -> list[str]:
    """The pictures pressed on the pages before, and on this one. What is none of ours is left."""
    keys = [*posted.split(" "), pressed]
    return [key for key in keys if key in KEYS][:ASKED]


def as_pictures(keys: list[str]) -> list[Picture]:
    known = {picture.key: picture for picture in PICTURES}
    return [known[key] for key in keys]
