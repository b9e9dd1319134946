"""Every page of the tray, walked by Nour: printed, received, read, checked, closed."""

import pytest
from django.urls import reverse

from relier.paper import actions

from .tray import NAME, Told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("room", "in_english")]


@pytest.fixture(autouse=True)
def told(monkeypatch):
    """The pages read what they are told, and not what a process apart sees."""
    machine = Told()
    monkeypatch.setattr(actions.reading.read_waiting, "__kwdefaults__",
                        {**actions.reading.read_waiting.__kwdefaults__, "reader": machine})  # fmt: skip
    return machine


@pytest.fixture
def nour(house, enter):
    house.nour.user.language = "en"
    house.nour.user.save()
    return enter(house.nour)


def test_walk(house, nour):
    for url in ["paper:home", "paper:batches", "paper:receive", "paper:phone", "paper:tray"]:
        assert nour.get(reverse(url)).status_code == 200, url
    assert nour.get(reverse("paper:for_person", args=[house.awa.pk])).status_code == 200
    assert nour.get(reverse("paper:print", args=[NAME])).status_code == 200
