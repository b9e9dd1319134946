import pytest
from django.utils.translation import override

from relier.training.tests import stories


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def training(house):
    """A track « Bureautique » of Awa's team; Awa entered it on 5 January 2026."""
    return stories.begin(house)


@pytest.fixture
def coordinator(training):
    return training.coordinator
