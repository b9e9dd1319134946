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
from .consents import (
    NotReviewed,
    let_consent_end,
    receive_consent,
    say_term,
    withdraw_consent,
)
from .rights import erase, hand_over

__all__ = [
    "NotReviewed",
    "choose_pictures",
    "erase",
    "find_visit",
    "hand_over",
    "knock",
    "leave",
    "let_consent_end",
    "make_card",
    "receive_consent",
    "say_term",
    "show_pictures",
    "take_back_card",
    "withdraw_consent",
]
