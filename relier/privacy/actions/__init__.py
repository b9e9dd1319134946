"""What this room does: agreements, cards, the rights of the person, how long things are kept."""

from .archives import agree_opening, ask_opening, end_archives, open_archive
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
from .retention import change_term, close_purge, confirm_purge, propose_purge, undo_purge
from .rights import answer_right, ask_right, erase, erase_again, hand_over, preview_erasure

__all__ = [
    "NotReviewed",
    "agree_opening",
    "answer_right",
    "ask_opening",
    "ask_right",
    "change_term",
    "choose_pictures",
    "close_purge",
    "confirm_purge",
    "end_archives",
    "erase",
    "erase_again",
    "find_visit",
    "hand_over",
    "knock",
    "leave",
    "let_consent_end",
    "make_card",
    "open_archive",
    "preview_erasure",
    "propose_purge",
    "receive_consent",
    "say_term",
    "show_pictures",
    "take_back_card",
    "undo_purge",
    "withdraw_consent",
]
