"""Advice explains itself: each piece says on which facts it leans, told when and by whom; what
would change it; where its rule comes from. Nothing is advised without a reason, or kept if left."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone, translation

from relier.people.models import Fact, Situation
from relier.support.advice import advice_for
from relier.support.rules.advice import RULES, looked_at
from tests import factories as make
from tests.found_out import plant as find_out

TODAY = timezone.localdate()
TOLD = {
    "equipment": {"has": ["smartphone"], "shared": "family", "works": "badly"},
    "connection": {"kind": "mobile", "where": ["home"]},
    "quiet_place": {"place": "no"},
    "languages": {"spoken": ["ar"], "reading": "little", "interpreter": "yes"},
    "ease": {"how": "someone"},
}


@pytest.fixture
def awa(house):
    """Awa told much of her situation, papers are due, and she named something to learn."""
    house.awa.reach = "phone"
    house.awa.save()
    told = Situation.objects.create(person=house.awa, author=house.nour, on=TODAY)
    for facet, choices in TOLD.items():
        Fact.objects.create(
            situation=told, person=house.awa, facet=facet, choices=choices, under_secrecy=False
        )
    due = TODAY + timedelta(days=5)
    make.ProcedureFactory(person=house.awa, author=house.nour, about="the rent", deadline=due)
    find_out(house.awa, house.nour)
    return house.awa


def advised(awa, member, language="en"):
    with translation.override(language):
        return advice_for(awa, by=make.actor(member), on=TODAY)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_05_advice_explains_itself(language, awa, house):
    pieces = advised(awa, house.nour, language)

    assert len(pieces) > 10
    for piece in pieces:
        assert piece.reasons, piece.key
        assert piece.otherwise, piece.key
        assert all(reason.words for reason in piece.reasons), piece.key
        assert RULES[piece.rule].source, piece.key
        assert looked_at(RULES[piece.rule]), piece.key


def test_the_page_shows_every_reason_and_its_day_beside_what_it_proposes(awa, house, enter):
    page = enter(house.nour).get(reverse("support:advice", args=[awa.pk])).content.decode()
    shown = {one.split("</li>\n<li><div>")[0] for one in page.split('<li><div>\n<div id="')[1:]}
    by_key = {one.split('"')[0]: one for one in shown}

    pieces = advised(awa, house.nour)
    assert by_key.keys() == {piece.key for piece in pieces}
    for piece in pieces:
        for reason in piece.reasons:
            assert reason.words in re.sub(r"&#x27;|&quot;", "'", by_key[piece.key]), piece.key
            assert reason.source in by_key[piece.key], piece.key
        assert all(words in by_key[piece.key] for words in piece.otherwise), piece.key


def test_take_its_reasons_away_and_it_is_proposed_no_more(awa, house):
    before = {piece.key: piece for piece in advised(awa, house.nour)}
    Fact.objects.filter(facet="equipment").delete()

    after = {piece.key: piece for piece in advised(awa, house.nour)}

    lent = {key for key, piece in before.items() if piece.kind == "loan"}
    assert lent
    assert not lent & after.keys()
    assert all(reason.fact != "has" for key in after for reason in after[key].reasons
               if after[key].kind == "loan")  # fmt: skip


def test_every_rule_is_told_to_whoever_works_here(house, enter):
    page = enter(house.bram).get(reverse("support:advice_rules")).content.decode()

    for rule in RULES:
        assert f'id="{rule}"' in page


def test_no_table_keeps_what_was_proposed_or_left():
    # Accepted, it is a step, which names its rule; nothing else of advice is about a person.
    kept = [model for model in apps.get_models() if "advice" in model.__name__.lower()]

    assert {model.__name__ for model in kept} == {"AdviceRuleChange", "AdviceNumberChange"}
    for model in kept:
        assert not {"person", "subject"} & {field.name for field in model._meta.get_fields()}
