"""Fixtures of the tests of sheets."""

from collections.abc import Iterator

import pytest
from django.utils.translation import override

from .tray import room

__all__ = ["in_english", "room"]


@pytest.fixture
def in_english() -> Iterator[None]:
    """Sentences as the code says them, whether the catalogues are compiled or not."""
    with override("en"):
        yield
