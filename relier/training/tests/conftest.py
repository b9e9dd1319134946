import pytest

from . import stories


@pytest.fixture
def training(house):
    return stories.begin(house)
