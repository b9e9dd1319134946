import pytest


@pytest.fixture(autouse=True)
def an_anchor_of_its_own(settings, tmp_path):
    settings.ANCHOR = tmp_path / "anchors"
