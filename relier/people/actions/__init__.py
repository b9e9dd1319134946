"""The deeds of this room, each with its author, its permission and its line in the journal."""

from .followings import follow, set_worker, stop_following
from .merges import merge, undo_merge
from .notes import AlreadyCorrected, correct_note, usual_audience, write_note
from .persons import ChangedMeanwhile, add_person, change_person
from .situations import Said, record_situation

__all__ = [
    "AlreadyCorrected",
    "ChangedMeanwhile",
    "Said",
    "add_person",
    "change_person",
    "correct_note",
    "follow",
    "merge",
    "record_situation",
    "set_worker",
    "stop_following",
    "undo_merge",
    "usual_audience",
    "write_note",
]
