"""The deeds of this room, each with its author, its permission and its line in the journal."""

from .agreements import let_agreement_end, receive_agreement, withdraw_agreement
from .entries import end_entry, end_replacement, open_with_reason, replace
from .followings import follow, hand_to_team, set_worker, stop_following
from .meanwhile import ChangedMeanwhile
from .merges import merge, undo_merge
from .notes import AlreadyCorrected, correct_note, keep_late_words, usual_audience, write_note
from .persons import CHANGEABLE, add_person, change_person, forget_earlier_values
from .sharing import end_sharing, share
from .situations import Said, record_situation

__all__ = [
    "CHANGEABLE",
    "AlreadyCorrected",
    "ChangedMeanwhile",
    "Said",
    "add_person",
    "change_person",
    "correct_note",
    "end_entry",
    "end_replacement",
    "end_sharing",
    "follow",
    "forget_earlier_values",
    "hand_to_team",
    "keep_late_words",
    "let_agreement_end",
    "merge",
    "open_with_reason",
    "receive_agreement",
    "record_situation",
    "replace",
    "set_worker",
    "share",
    "stop_following",
    "undo_merge",
    "usual_audience",
    "withdraw_agreement",
    "write_note",
]
