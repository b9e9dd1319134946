"""What this room does: agreements, cards, and the rights of the person."""

from .cards import (
    choose_pictures,
    find_visit,
    knock,
    leave,
    make_card,
    show_pictures,
    take_back_card,
)
from .consents import receive_consent, withdraw_consent
from .rights import erase, hand_over

__all__ = [
    "choose_pictures",
    "erase",
    "find_visit",
    "hand_over",
    "knock",
    "leave",
    "make_card",
    "receive_consent",
    "show_pictures",
    "take_back_card",
    "withdraw_consent",
]
