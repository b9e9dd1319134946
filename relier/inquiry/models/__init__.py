"""What was lived (`testimonies`), and the problems founded on it (`problems`)."""

from .problems import Link, Passage, Problem, PutAside, Version
from .testimonies import LONGEST_TESTIMONY, Draft, Testimony, Whose

__all__ = [
    "LONGEST_TESTIMONY",
    "Draft",
    "Link",
    "Passage",
    "Problem",
    "PutAside",
    "Testimony",
    "Version",
    "Whose",
]
