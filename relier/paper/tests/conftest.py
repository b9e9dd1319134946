"""Fixtures of the tests of sheets."""

from .tray import room

__all__ = ["room"]
