"""Whom data are about, what they agreed to, and how long it is kept."""

from .archives import Archive, ArchiveOpening
from .consents import Consent
from .retention import Purge, PurgedFile, TermChange, terms_of
from .rights import RightsRequest, Tally
from .subjects import Subject
from .terms import ConsentTerm

__all__ = [
    "Archive",
    "ArchiveOpening",
    "Consent",
    "ConsentTerm",
    "Purge",
    "PurgedFile",
    "RightsRequest",
    "Subject",
    "Tally",
    "TermChange",
    "terms_of",
]
