"""What this room does: agreements, and the rights of the person."""

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
    "erase",
    "hand_over",
    "let_consent_end",
    "receive_consent",
    "say_term",
    "withdraw_consent",
]
