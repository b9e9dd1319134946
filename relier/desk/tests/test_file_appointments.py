"""The appointments on a person's file: those that are still to take place."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from relier.support.models.reception import midnight
from tests import factories as make


@pytest.fixture
def file(house, enter):
    browser = enter(house.nour)
    return lambda: browser.get(reverse("file", args=[house.awa.pk])).context["file"].appointments


def test_an_appointment_of_today_stays_on_the_file_until_midnight(house, file):
    about = {"person": house.awa, "with_member": house.nour}
    first_hour = midnight(timezone.localdate())
    today = make.AppointmentFactory(starts_at=first_hour, **about)
    make.AppointmentFactory(starts_at=first_hour - timedelta(minutes=1), **about)

    assert file() == [today]


@pytest.mark.parametrize("state", ["cancelled", "seen", "missed"])
def test_an_appointment_that_is_over_is_no_longer_to_come(house, file, state):
    make.AppointmentFactory(person=house.awa, with_member=house.nour, state=state)

    assert file() == []
