"""What the law and the centre say of how long things are kept and agreements stand: plain values,
no database."""

from .agreements import ask_again_from, last_day

__all__ = ["ask_again_from", "last_day"]
