import pytest
from django.utils.translation import override

from . import stories


@pytest.fixture(autouse=True)
def in_english():
    """Messages are read in the language of the code, whatever catalogues are compiled."""
    with override("en"):
        yield


@pytest.fixture
def training(house):
    return stories.begin(house)
