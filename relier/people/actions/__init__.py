"""The deeds of this room, each with its author, its permission and its line in the journal."""

from .agreements import let_agreement_end, receive_agreement, withdraw_agreement
from .followings import follow, set_worker, stop_following
from .meanwhile import ChangedMeanwhile
from .merges import merge, undo_merge
from .notes import AlreadyCorrected, correct_note, usual_audience, write_note
from .persons import CHANGEABLE, add_person, change_person
from .situations import Said, record_situation

__all__ = [
    "CHANGEABLE",
    "AlreadyCorrected",
    "ChangedMeanwhile",
    "Said",
    "add_person",
    "change_person",
    "correct_note",
    "follow",
    "let_agreement_end",
    "merge",
    "receive_agreement",
    "record_situation",
    "set_worker",
    "stop_following",
    "undo_merge",
    "usual_audience",
    "withdraw_agreement",
    "write_note",
]
