"""A person's password is never kept: words that look like one are given back, once."""

import pytest
from django.urls import reverse

from relier.support.models import Intervention, ProcedureNews
from relier.support.rules.mandates import looks_like_a_password
from tests import factories as make

PASSWORDS = [
    "Son mot de passe est Soleil12",
    "mot de passe : awa1985",
    "MDP: x7Kp9",
    "Code PIN 4821",
    "code pin : 4821",
    "le code secret est le 12345",
    "PUK=12345678",
    "password: rain4ever",
    "code d’accès : ab12cd",
    "Elle utilise Azerty12! partout",
    "wachtwoord: fiets99",
]
ORDINARY = [
    "Elle a changé son mot de passe hier.",
    "Mot de passe oublié : nous avons demandé un nouveau lien.",
    "Rendez-vous le 12/03/2026 à 10 h 30.",
    "Code postal 4000 Liège",
    "Le code de la commune",
    "Appeler le 0470 12 34 56 ou le +32 4 222 33 44",
    "PIN le 12/03/2026 à la commune",
    "Dossier 2026-4821, montant 1 250,00 €",
    "BE68 5390 0754 7034",
    "Elle n’a pas reçu son code PIN.",
    "awa.diallo@example.invalid",
    "https://www.mySocialSecurity.be/fr?id=A12",
    "Formulaire C98, attestation A23 et A236",
]


@pytest.mark.parametrize("words", PASSWORDS)
def test_what_looks_like_a_password_is_seen(words):
    assert looks_like_a_password(words)


@pytest.mark.parametrize("words", ORDINARY)
def test_days_telephones_and_references_are_no_false_alarm(words):
    assert not looks_like_a_password(words)


@pytest.fixture
def procedure(house):
    return make.ProcedureFactory(person=house.awa, author=house.nour)


def test_the_words_come_back_and_whoever_wrote_them_decides(house, enter, procedure):
    client = enter(house.nour)
    address = reverse("support:procedure", args=[procedure.pk])
    said = {"outcome": "open", "words": "code PIN 4821"}

    refused = client.post(address, said).content.decode()
    kept_nothing = not ProcedureNews.objects.exists()
    client.post(address, {**said, "no_password": "on"})

    assert "We never keep those" in refused
    assert "code PIN 4821" in refused
    assert kept_nothing
    assert ProcedureNews.objects.count() == 1


def test_an_intervention_asks_the_same(house, enter):
    client = enter(house.nour)
    said = {"person": house.awa.pk, "words": "mot de passe : awa1985"}

    refused = client.post(reverse("support:intervention_new"), said).content.decode()

    assert 'name="no_password"' in refused
    assert not Intervention.objects.exists()


def test_the_question_is_not_on_a_page_that_holds_nothing_of_the_kind(house, enter, procedure):
    page = enter(house.nour).get(reverse("support:procedure", args=[procedure.pk]))

    assert 'name="no_password"' not in page.content.decode()
