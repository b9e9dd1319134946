import pytest

from relier.training.tests.conftest import in_english, training

__all__ = ["coordinator", "in_english", "training"]


@pytest.fixture
def coordinator(training):
    return training.coordinator
