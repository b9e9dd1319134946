"""Whom data are about, what they agreed to, and the card that opens their own page."""

from .cards import Card, CardDoor, CardTry, CardVisit
from .consents import Consent
from .subjects import Subject
from .terms import ConsentTerm

__all__ = ["Card", "CardDoor", "CardTry", "CardVisit", "Consent", "ConsentTerm", "Subject"]
