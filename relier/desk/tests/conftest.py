"""A telephone that holds Awa's card."""

from uuid import uuid4

import pytest
from django.test import Client

from relier.desk.own import actions
from tests import factories as make

from .own import PICTURES, scan, show


@pytest.fixture
def code(house):
    card, code = actions.give_card(
        house.awa, language="en", form_key=uuid4(), by=make.actor(house.nour)
    )
    actions.choose_pictures(card, PICTURES, by=make.actor(house.nour))
    return code


@pytest.fixture
def phone(code):
    """Open with the card alone."""
    phone = Client()
    scan(phone, code)
    return phone


@pytest.fixture
def knowing(phone):
    """Open with the card and the pictures."""
    show(phone, PICTURES)
    return phone
