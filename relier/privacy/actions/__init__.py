"""What this room does: agreements, the rights of the person, how long things are kept."""

from .archives import agree_opening, ask_opening, end_archives, open_archive
from .consents import (
    NotReviewed,
    let_consent_end,
    receive_consent,
    say_term,
    withdraw_consent,
)
from .retention import change_term, close_purge, confirm_purge, propose_purge, undo_purge
from .rights import answer_right, ask_right, erase, erase_again, hand_over, preview_erasure

__all__ = [
    "NotReviewed",
    "agree_opening",
    "answer_right",
    "ask_opening",
    "ask_right",
    "change_term",
    "close_purge",
    "confirm_purge",
    "end_archives",
    "erase",
    "erase_again",
    "hand_over",
    "let_consent_end",
    "open_archive",
    "preview_erasure",
    "propose_purge",
    "receive_consent",
    "say_term",
    "undo_purge",
    "withdraw_consent",
]
