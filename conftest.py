"""Fixtures for every room's tests."""

from collections.abc import Callable

import pytest
from django.test import Client

from relier.centres.models import Member
from tests import house as houses


@pytest.fixture
def house(db: None) -> houses.House:
    return houses.build()


@pytest.fixture
def enter() -> Callable[[Member], Client]:
    """A browser signed in as this member."""

    def signed_in(member: Member) -> Client:
        client = Client()
        client.force_login(member.user)
        return client

    return signed_in
