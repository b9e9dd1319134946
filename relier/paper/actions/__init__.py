"""What is done with sheets: printed, received, read, decided, closed; and forgotten in time."""

from .ballot_reading import ReadFile, add_from_paper, read_ballots, say_vote
from .ballots import (
    begin_again,
    close_count,
    forget_ballots,
    give_up,
    name_readers,
    open_count,
    print_ballots,
    say_by_hand,
    swear,
)
from .ballots_apart import missing_pages, open_pile, pdf_of_pile
from .closing import assign, close_copy
from .deciding import decide, prefer, read_by_hand, set_aside, take_back, undo
from .forgetting import forget_pictures
from .printing import MOST_COPIES, Printed, keep_batch, pdf_of, print_batch
from .reading import read_waiting
from .receiving import MOST_BYTES, begin_pile, receive

__all__ = [
    "MOST_BYTES",
    "MOST_COPIES",
    "Printed",
    "ReadFile",
    "add_from_paper",
    "assign",
    "begin_again",
    "begin_pile",
    "close_copy",
    "close_count",
    "decide",
    "forget_ballots",
    "forget_pictures",
    "give_up",
    "keep_batch",
    "missing_pages",
    "name_readers",
    "open_count",
    "open_pile",
    "pdf_of",
    "pdf_of_pile",
    "prefer",
    "print_ballots",
    "print_batch",
    "read_ballots",
    "read_by_hand",
    "read_waiting",
    "receive",
    "say_by_hand",
    "say_vote",
    "set_aside",
    "swear",
    "take_back",
    "undo",
]
