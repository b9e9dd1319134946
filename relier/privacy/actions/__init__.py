"""What this room does: agreements, and the rights of the person."""

from .consents import receive_consent, withdraw_consent
from .rights import erase, hand_over

__all__ = ["erase", "hand_over", "receive_consent", "withdraw_consent"]
