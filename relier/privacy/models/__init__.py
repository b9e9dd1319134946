"""Whom data are about, what they agreed to, how long it is kept, and the card of their own page."""

from .archives import Archive, ArchiveOpening
from .cards import Card, CardDoor, CardTry, CardVisit
from .consents import Consent
from .retention import Purge, PurgedFile, TermChange, terms_of
from .rights import RightsRequest, Tally
from .subjects import Subject
from .terms import ConsentTerm

__all__ = [
    "Archive",
    "ArchiveOpening",
    "Card",
    "CardDoor",
    "CardTry",
    "CardVisit",
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
