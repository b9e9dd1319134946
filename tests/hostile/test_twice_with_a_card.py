"""Sent twice, at the same instant, or by someone else: a person's card, what they ask on their own
page, and a file whose time is over.
"""

import re
from datetime import date
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from relier.people.models import Following
from relier.privacy.models import Card
from tests import factories as make
from tests import house as houses
from tests.cards import telephone_of
from tests.house import House

from .racing import alone, browser, faults, in_threads, rows


def test_a_card_made_at_the_same_instant_is_one_card_with_one_code(shared, caplog):
    house = alone(houses.build)
    address = alone(lambda: reverse("card", args=[house.awa.pk]))
    clients = [alone(lambda: browser(house.nour)) for _turn in range(2)]
    told = {"language": "fr", "form_key": str(uuid4())}

    answers = in_threads(*(lambda c=c: c.post(address, told) for c in clients))

    assert [answer.status_code for answer in answers] == [200, 200], faults(caplog)
    codes = {re.search(r'class="code">([^<]+)<', one.content.decode())[1] for one in answers}
    assert len(codes) == 1
    assert alone(Card.objects.count) == 1


def test_the_key_of_a_card_gives_its_code_to_nobody_else(house):
    told = {"language": "fr", "form_key": str(uuid4())}
    address = reverse("card", args=[house.awa.pk])
    bram = browser(house.bram)
    bram.get(address)
    browser(house.nour).post(address, told)
    before = rows()

    answer = bram.post(address, told)

    assert answer.status_code == 404
    assert rows() == before


def test_a_question_sent_twice_from_a_telephone_is_asked_once(shared, caplog):
    house = alone(houses.build)
    first = alone(lambda: telephone_of(house.awa, house.nour))
    second = Client(raise_request_exception=False)
    second.cookies = first.cookies.copy()
    told = {"words": "Quand vient la lettre ?", "form_key": str(uuid4())}
    address = reverse("own:ask")

    answers = in_threads(*(lambda c=c: c.post(address, told) for c in (first, second)))

    assert [answer.status_code for answer in answers] == [302, 302], faults(caplog)
    assert alone(rows)["support.HelpRequest"] == 1


def test_the_key_of_another_persons_question_is_answered_and_shows_nothing(house):
    other = make.PersonFactory(centre=house.centre, followed_by=house.team)
    told = {"words": "Je parle de ma fille.", "form_key": str(uuid4())}
    telephone_of(house.awa, house.nour).post(reverse("own:ask"), told)
    telephone = telephone_of(other, house.nour)

    answer = telephone.post(reverse("own:ask"), {**told, "words": "Bonjour"})

    assert answer.status_code == 404
    assert "ma fille" not in telephone.get(reverse("own:ask")).content.decode()


def test_a_file_proposed_twice_at_the_same_instant_waits_once(shared, caplog):
    house = alone(houses.build)
    alone(lambda: let_time_pass(house))
    address = reverse("rights:over")
    clients = [alone(lambda: browser(house.coordinator)) for _turn in range(2)]
    told = {"file": str(house.awa.pk), "form_key": str(uuid4())}

    answers = in_threads(*(lambda c=c: c.post(address, told) for c in clients))

    assert [answer.status_code for answer in answers] == [302, 302], faults(caplog)
    assert alone(rows)["privacy.Purge"] == 1


def let_time_pass(house: House) -> None:
    """Nobody has followed Awa since a time that no term outlasts."""
    Following.objects.filter(person=house.awa).update(
        started_on=date(2000, 1, 3), ended_on=date(2001, 1, 3)
    )
