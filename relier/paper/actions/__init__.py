"""What is done with sheets: printed, received, read, decided, closed; and forgotten in time."""

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
    "assign",
    "begin_pile",
    "close_copy",
    "decide",
    "forget_pictures",
    "keep_batch",
    "pdf_of",
    "prefer",
    "print_batch",
    "read_by_hand",
    "read_waiting",
    "receive",
    "set_aside",
    "take_back",
    "undo",
]
