"""Relier: social interventions on the digital divide, on screen and on paper."""

__version__ = "0.1.0"
