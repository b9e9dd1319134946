"""Whom data are about, and what they agreed to."""

from .consents import Consent
from .subjects import Subject
from .terms import ConsentTerm

__all__ = ["Consent", "ConsentTerm", "Subject"]
