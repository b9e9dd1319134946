"""The invented houses, as whoever tries Relier meets them."""

import pytest
from django.urls import reverse

from relier.accounts.models import User
from relier.config.planting.demo import plant_houses


@pytest.fixture
def planted(db):
    plant_houses()


def test_everyone_who_is_invented_has_a_password_that_nobody_knows(planted):
    assert User.objects.count() > 5
    assert all(user.has_usable_password() for user in User.objects.all())


def test_an_invented_member_opens_the_pages_about_the_password(planted, client):
    client.force_login(User.objects.earliest("email"))

    for page in ("account_change_password", "account_reauthenticate"):
        assert client.get(reverse(page)).status_code == 200
