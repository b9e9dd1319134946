"""Whom data are about, and what they agreed to."""

from .consents import Consent
from .subjects import Subject

__all__ = ["Consent", "Subject"]
