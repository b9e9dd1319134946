"""What was printed, what came back, and what was decided of it."""

from .ballot_sheets import BallotPage, BallotSheet
from .ballots import BallotCount, BallotDoubt, BallotFile
from .decisions import Decision
from .printed import Copy, PrintedPage, PrintedSheet, Printing
from .received import FilePart, Pile, ReceivedFile
from .scans import Picture, Scan, SetAside, State, Why

__all__ = [
    "BallotCount",
    "BallotDoubt",
    "BallotFile",
    "BallotPage",
    "BallotSheet",
    "Copy",
    "Decision",
    "FilePart",
    "Picture",
    "Pile",
    "PrintedPage",
    "PrintedSheet",
    "Printing",
    "ReceivedFile",
    "Scan",
    "SetAside",
    "State",
    "Why",
]
